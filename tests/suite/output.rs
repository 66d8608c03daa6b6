//! The output folder: what a person put there stays, and nothing is half-written.

use std::fs;
use std::path::Path;

use crate::console::{Called, pko};
use crate::schemas::PROJECTS;
use crate::{Outcome, root};

fn build(folder: &Path, more: &[&str]) -> Called {
    let folder = folder.display().to_string();
    let mut words = vec!["build", PROJECTS[0], "-o", &folder, "--formats", "json"];
    words.extend(more);
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    pko(&root(), &words, &[])
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

pub fn a_changed_file_stops() -> Outcome {
    let place = tempfile::tempdir()?;
    let out = place.path().join("out");
    assert_eq!(build(&out, &[]).code, 0);
    let made = out.join("шппко.json");
    let first = fs::read(&made)?;
    assert_eq!(build(&out, &[]).code, 0, "an unchanged file is replaced");
    fs::write(&made, "поправлено рукой")?;
    let manifest = fs::read(out.join("manifest.json"))?;
    let stopped = build(&out, &[]);
    assert_eq!(stopped.code, 1);
    assert!(stopped.stderr.contains("шппко.json"), "{}", stopped.stderr);
    assert_eq!(fs::read_to_string(&made)?, "поправлено рукой");
    assert_eq!(fs::read(out.join("manifest.json"))?, manifest);
    assert_eq!(build(&out, &["--force"]).code, 0);
    assert_eq!(fs::read(&made)?, first);
    Ok(())
}

pub fn what_is_not_made_is_removed() -> Outcome {
    let place = tempfile::tempdir()?;
    let out = place.path().join("out");
    fs::create_dir(&out)?;
    fs::write(out.join("заметки.txt"), "моё")?;
    let words = ["build", PROJECTS[0], "-o"].map(str::to_owned);
    let words: Vec<String> = words.into_iter().chain([out.display().to_string()]).collect();
    assert_eq!(pko(&root(), &words, &[]).code, 0);
    assert!(names(&out).contains(&"шппко.pdf".to_owned()));
    // A build of one format leaves the other; a full build of another project removes both.
    assert_eq!(build(&out, &[]).code, 0);
    assert!(names(&out).contains(&"шппко.pdf".to_owned()));
    let other = ["build", PROJECTS[1], "-o"].map(str::to_owned);
    let other: Vec<String> = other.into_iter().chain([out.display().to_string()]).collect();
    assert_eq!(pko(&root(), &other, &[]).code, 0);
    let left = names(&out);
    assert!(!left.contains(&"шппко.pdf".to_owned()), "{left:?}");
    assert!(left.contains(&"заметки.txt".to_owned()), "{left:?}");
    Ok(())
}

/// A folder in the place of one file: the other files are not written either.
pub fn nothing_is_half_written() -> Outcome {
    let place = tempfile::tempdir()?;
    let out = place.path().join("out");
    fs::create_dir_all(out.join("manifest.json"))?;
    let refused = build(&out, &[]);
    assert_eq!(refused.code, 1, "{}{}", refused.stdout, refused.stderr);
    assert_eq!(names(&out), ["manifest.json"]);
    Ok(())
}
