//! The same input gives the same bytes: from any folder, in any time zone and locale.

use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::console::pko;
use crate::schemas::{PROJECTS, validate};
use crate::{Outcome, root};

pub fn two_builds_are_one() -> Outcome {
    for project in PROJECTS {
        let (here, there) = (tempfile::tempdir()?, tempfile::tempdir()?);
        let first =
            built(here.path(), project, &[("TZ", "Asia/Krasnoyarsk"), ("LANG", "ru_RU.UTF-8")])?;
        let deep = there.path().join("другая папка");
        fs::create_dir(&deep)?;
        let second = built(&deep, project, &[("TZ", "America/New_York"), ("LC_ALL", "C")])?;
        assert!(first.len() > 2, "{project} makes documents");
        for ((name, a), (other, b)) in first.iter().zip(&second) {
            assert_eq!(name, other);
            assert!(a == b, "{project}: {name} differs");
        }
        assert_eq!(first.len(), second.len());
    }
    Ok(())
}

/// An edited project gives the same bytes twice, its JSON is what the schema says, and every edit
/// stands among the reasons.
pub fn edits_survive_a_rebuild() -> Outcome {
    let project = PROJECTS[0];
    let edits = fs::read_to_string(root().join("tests/fixtures/edits.toml"))?;
    let mut builds = Vec::new();
    for zone in ["Asia/Krasnoyarsk", "America/New_York"] {
        let place = tempfile::tempdir()?;
        copy_seeds(place.path())?;
        let path = place.path().join(project);
        let text = format!("{}{edits}", fs::read_to_string(&path)?);
        fs::write(&path, text)?;
        builds.push(build(place.path(), project, &[("TZ", zone)])?);
    }
    assert!(builds[0] == builds[1], "an edited project is built alike");
    let json = builds[0].iter().find(|(name, _)| name == "шппко.json");
    let bytes = json.map(|(_, bytes)| bytes.as_slice()).unwrap_or_default();
    let programme: Value = serde_json::from_slice(bytes)?;
    validate("programme", &programme)?;
    let directions = programme["directions"].as_array().into_iter().flatten();
    let mut activities = directions.flat_map(|it| it["activities"].as_array()).flatten();
    let seminar = activities.find(|it| it["id"] == "наш_семинар").expect("what the team added");
    assert_eq!(seminar["indicators"], serde_json::json!(["огэ_математика_2"]));
    let text = String::from_utf8_lossy(bytes);
    for reason in edits.lines().filter_map(|line| line.strip_prefix("reason = ")) {
        assert!(text.contains(reason.trim_matches('"')), "{reason} is lost");
    }
    Ok(())
}

/// Copies the project with its data and builds it; the names and bytes of what comes out.
fn built(
    folder: &Path,
    project: &str,
    environment: &[(&str, &str)],
) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    copy_seeds(folder)?;
    build(folder, project, environment)
}

fn copy_seeds(folder: &Path) -> Outcome {
    for below in ["projects", "data"] {
        fs::create_dir_all(folder.join("seeds").join(below))?;
        for entry in fs::read_dir(root().join("seeds").join(below))? {
            let path = entry?.path();
            if let Some(name) = path.file_name() {
                fs::copy(&path, folder.join("seeds").join(below).join(name))?;
            }
        }
    }
    Ok(())
}

fn build(
    folder: &Path,
    project: &str,
    environment: &[(&str, &str)],
) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let words = ["build", project, "-o", "out"].map(str::to_owned);
    let called = pko(folder, &words, environment);
    if called.code != 0 {
        return Err(Failed::from(called.both()));
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder.join("out"))? {
        let path = entry?.path();
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
        files.push((name.unwrap_or_default(), fs::read(&path)?));
    }
    files.sort();
    Ok(files)
}
