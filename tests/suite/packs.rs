//! The packs' own tests, and the packs in the binary against those on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use pko::diag::{SourceMap, render_terminal};
use pko::model::{NoPacks, PackFiles, load};
use pko::ruletest;
use serde_json::Value;

use crate::console::pko;
use crate::{Outcome, root};

/// A test for each pack of `rules`, and for each file of `tests/cases/eval`.
pub fn trials() -> Vec<Trial> {
    let packs = below("rules").into_iter().filter(|path| path.is_dir());
    let evaluations = below("tests/cases/eval")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "pko"));
    let mut trials: Vec<Trial> = packs
        .flat_map(|path| {
            let name = name(&path);
            let embedded = name.clone();
            [
                Trial::test(format!("packs::{name}::checked"), {
                    let path = path.clone();
                    move || passes("check", &path)
                }),
                Trial::test(format!("packs::{name}::tested"), move || passes("test", &path)),
                Trial::test(format!("packs::{name}::embedded"), move || is_embedded(&embedded)),
            ]
        })
        .collect();
    trials.extend(
        evaluations
            .map(|path| Trial::test(format!("eval::{}", name(&path)), move || evaluates(&path))),
    );
    trials
}

fn below(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn passes(command: &str, path: &Path) -> Outcome {
    let called = pko(&root(), &[command.to_owned(), path.display().to_string()], &[]);
    match called.code {
        0 => Ok(()),
        _ => Err(Failed::from(format!("{}{}", called.stdout, called.stderr))),
    }
}

/// A pack of evaluations: it has no chain from deficits to activities, so it is not checked.
fn evaluates(path: &Path) -> Outcome {
    let files = vec![(name(path), fs::read_to_string(path)?)];
    let files = PackFiles { origin: "случай".to_owned(), files };
    let (mut sources, mut findings) = (SourceMap::default(), Vec::new());
    let model = load(files, &NoPacks, &mut sources, &mut findings);
    let report = ruletest::run(&model);
    findings.extend(report.findings());
    assert!(!report.tests.is_empty(), "no test in {}", path.display());
    match findings.as_slice() {
        [] => Ok(()),
        found => Err(Failed::from(render_terminal(found, &sources, false))),
    }
}

/// The pack in the binary is the one on the disk: their hashes agree.
fn is_embedded(pack: &str) -> Outcome {
    let elsewhere = tempfile::tempdir()?;
    let hash = |folder: &Path| -> Result<(String, String), Failed> {
        let words = ["--format", "json", "show", pack].map(str::to_owned);
        let called = pko(folder, &words, &[]);
        let shown: Value =
            serde_json::from_str(&called.stdout).map_err(|_| Failed::from(called.both()))?;
        let text = |key: &str| shown[key].as_str().unwrap_or_default().to_owned();
        Ok((text("origin"), text("sha256")))
    };
    let (disk_origin, disk) = hash(&root())?;
    let (binary_origin, binary) = hash(elsewhere.path())?;
    assert_eq!(binary_origin, "встроенный");
    assert_ne!(disk_origin, "встроенный");
    if disk == binary { Ok(()) } else { Err("the binary holds another edition".into()) }
}
