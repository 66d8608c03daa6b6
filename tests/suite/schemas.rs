//! Every JSON that pko writes, against `schemas/`: extra fields are allowed, missing ones are not.

use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use serde_json::{Value, json};

use crate::console::{built_as_json, pko};
use crate::{Outcome, root};

/// Every bundled project.
pub const PROJECTS: [&str; 12] = [
    "seeds/projects/shppko-primer.toml",
    "seeds/projects/spravka-lesosibirsk-6.toml",
    "seeds/projects/krasnoyarsk-roadmap-2020.toml",
    "seeds/projects/kedrovy-roadmap-2022.toml",
    "seeds/projects/shppko-russkiy.toml",
    "seeds/projects/shppko-rovnaya.toml",
    "seeds/projects/khabarovsk-programme-2020.toml",
    "seeds/projects/lesosibirsk-mppko-2020.toml",
    KINDERGARTEN,
    "seeds/projects/shppko-selskaya.toml",
    "seeds/projects/shppko-gorodskaya.toml",
    PRIMERNY,
];
pub const PRIMERNY: &str = "seeds/projects/primerny-mppko.toml";
pub const KINDERGARTEN: &str = "seeds/projects/dou-primer.toml";
/// Those of schools and kindergartens.
pub const SCHOOLS: &[&str] =
    &[PROJECTS[0], PROJECTS[1], PROJECTS[4], PROJECTS[5], PROJECTS[8], PROJECTS[9], PROJECTS[10]];

/// Whether a document is what its schema says; the faults otherwise.
pub fn validate(schema: &str, document: &Value) -> Result<(), String> {
    let path = root().join("schemas").join(format!("{schema}.schema.json"));
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let schema: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let validator = jsonschema::validator_for(&schema).map_err(|e| e.to_string())?;
    let faults: Vec<String> = validator
        .iter_errors(document)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

pub fn every_json_is_valid() -> Outcome {
    let place = tempfile::tempdir()?;
    for pack in ["common", "krasnoyarsk", "kedrovy", "khabarovsk", "lesosibirsk", "primerny"] {
        printed("pack", &["show", pack])?;
        printed("diagnostics", &["check", pack])?;
    }
    printed("diagnostics", &["test", "krasnoyarsk"])?;
    for pack in ["common", "krasnoyarsk"] {
        let folder = place.path().join(pack);
        handbook(pack, &folder)?;
        files(&folder)?;
    }
    for (at, project) in PROJECTS.iter().enumerate() {
        if SCHOOLS.contains(project) {
            printed("diagnosis", &["diagnose", project])?;
        }
        let folder = place.path().join(at.to_string());
        let output = folder.display().to_string();
        let words = ["build", project, "-o", &output, "--formats", "json"].map(str::to_owned);
        let called = pko(&root(), &words, &[]);
        if called.code != 0 {
            return Err(Failed::from(called.both()));
        }
        files(&folder)?;
    }
    Ok(())
}

fn handbook(pack: &str, folder: &Path) -> Outcome {
    let output = folder.display().to_string();
    let words = ["doc", pack, "-o", &output, "--formats", "json"].map(str::to_owned);
    let called = pko(&root(), &words, &[]);
    if called.code == 0 { Ok(()) } else { Err(Failed::from(called.both())) }
}

fn printed(schema: &str, words: &[&str]) -> Outcome {
    let mut all: Vec<String> = ["--format", "json"].map(str::to_owned).to_vec();
    all.extend(words.iter().map(|word| (*word).to_owned()));
    let called = pko(&root(), &all, &[]);
    let document: Value = serde_json::from_str(&called.stdout)
        .map_err(|_| Failed::from(format!("{words:?}: {}{}", called.stdout, called.stderr)))?;
    validate(schema, &document).map_err(|faults| Failed::from(format!("{words:?}: {faults}")))
}

/// The manifest and every document of a build.
fn files(folder: &Path) -> Outcome {
    let read = |name: &str| -> Result<Value, Failed> {
        Ok(serde_json::from_str(&fs::read_to_string(folder.join(name))?)?)
    };
    let manifest = read("manifest.json")?;
    validate("manifest", &manifest)?;
    let files = manifest["files"].as_array().cloned().unwrap_or_default();
    assert!(!files.is_empty());
    for file in files {
        let name = file["path"].as_str().unwrap_or_default();
        if name.ends_with(".json") {
            validate("programme", &read(name)?)
                .map_err(|faults| Failed::from(format!("{name}: {faults}")))?;
        }
    }
    Ok(())
}

/// What the contract names of a programme, the bundled example of a school has.
pub fn a_whole_programme_fills_the_contract() -> Outcome {
    let out = built_as_json(PROJECTS[0])?;
    let programme: Value =
        serde_json::from_str(&fs::read_to_string(out.path().join("шппко.json"))?)?;
    let named = [
        "period",
        "approval",
        "legal_basis",
        "abbreviations",
        "bodies",
        "goal",
        "tasks",
        "stages",
        "priorities",
        "deficits",
        "indicators",
        "expected_results",
        "participants",
        "resources",
        "risks",
        "sections",
        "directions",
        "annexes",
        "signatures",
    ];
    let is_empty = |key: &&&str| match &programme[**key] {
        Value::Array(list) => list.is_empty(),
        other => other.is_null(),
    };
    let missing: Vec<&&str> = named.iter().filter(is_empty).collect();
    assert!(missing.is_empty(), "{missing:?}");
    Ok(())
}

/// A schema that lets everything pass is no schema.
pub fn a_missing_field_is_noticed() -> Outcome {
    for schema in
        ["diagnostics", "pack", "diagnosis", "programme", "manifest", "why-not", "identification"]
    {
        let named = json!({ "schema": format!("pko/{schema}/1") });
        assert!(validate(schema, &named).is_err(), "{schema} asks for nothing");
    }
    let wrong = json!({ "schema": "pko/diagnosis/1", "school": 7, "as_of": "2026" });
    assert!(validate("diagnosis", &wrong).is_err());
    Ok(())
}
