//! Golden documents by content: what a reader of each bundled document sees, block by block. The
//! layout is the renderer's; reasons are tested apart.

use std::fs;
use std::path::PathBuf;

use libtest_mimic::{Failed, Trial};
use pko::document::types::{Block, Programme, Section};

use crate::console::built_as_json;
use crate::schemas::{PRIMERNY, SCHOOLS};
use crate::{Outcome, root};

/// One test for each bundled school, and for the programme made of another town's.
pub fn trials() -> Vec<Trial> {
    SCHOOLS
        .iter()
        .chain([&PRIMERNY])
        .map(|project| Trial::test(format!("golden::{}", stem(project)), || project_reads(project)))
        .collect()
}

fn stem(project: &str) -> &str {
    project.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or(project)
}

fn project_reads(project: &str) -> Outcome {
    let out = built_as_json(project)?;
    let mut documents: Vec<PathBuf> = fs::read_dir(out.path())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .filter(|path| path.file_name().is_some_and(|name| name != "manifest.json"))
        .collect();
    documents.sort();
    for path in documents {
        let document: Programme = serde_json::from_slice(&fs::read(&path)?)?;
        compare(project, &document)?;
    }
    Ok(())
}

fn compare(project: &str, document: &Programme) -> Outcome {
    let golden = root().join("golden").join(stem(project)).join(format!("{}.md", document.id));
    let reads = outline(document);
    if std::env::var_os("UPDATE").is_some() {
        if let Some(folder) = golden.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&golden, &reads)?;
        return Ok(());
    }
    let wanted = fs::read_to_string(&golden).unwrap_or_default();
    for (at, (was, is)) in wanted.lines().zip(reads.lines()).enumerate() {
        if was != is {
            return Err(Failed::from(format!(
                "{}: line {}\n  golden: {was}\n  now:    {is}",
                golden.display(),
                at + 1
            )));
        }
    }
    assert_eq!(wanted.lines().count(), reads.lines().count(), "{}", golden.display());
    Ok(())
}

/// The document as text: requisites, sections, blocks, and the counts of its structure.
pub fn outline(document: &Programme) -> String {
    let mut lines = vec![format!("# {}", document.title), String::new()];
    lines.push(format!("{} — {} — {}", document.kind, document.issuer, document.date));
    for approval in &document.approval {
        lines.push(format!("{}: {} {}", approval.stamp, approval.by, approval.name));
    }
    for section in &document.sections {
        outline_section(section, 2, &mut lines);
    }
    lines.push(String::new());
    lines.push("## Структура".to_owned());
    for deficit in &document.deficits {
        lines.push(format!("- дефицит {}: {}, вес {}", deficit.id, deficit.state, deficit.weight));
    }
    for indicator in &document.indicators {
        let targets: Vec<String> =
            indicator.targets.iter().map(|t| format!("{} к {}", t.value, t.by)).collect();
        let start = indicator.baseline.as_ref().map_or("нет данных", |b| b.value.as_str());
        lines.push(format!("- показатель {}: {start} → {}", indicator.id, targets.join("; ")));
    }
    for activity in document.directions.iter().flat_map(|direction| &direction.activities) {
        let terms: Vec<&str> = activity
            .entries
            .iter()
            .flat_map(|entry| [entry.from.as_str(), entry.to.as_str()])
            .collect();
        lines.push(format!("- мероприятие {}: {}", activity.id, terms.join(" ")));
    }
    lines.join("\n") + "\n"
}

pub fn outline_section(section: &Section, depth: usize, lines: &mut Vec<String>) {
    lines.push(String::new());
    lines.push(format!("{} {} {}", "#".repeat(depth), section.number, section.title));
    for block in &section.blocks {
        outline_block(block, lines);
    }
    for inner in &section.sections {
        outline_section(inner, depth + 1, lines);
    }
}

fn outline_block(block: &Block, lines: &mut Vec<String>) {
    if !block.text.is_empty() {
        lines.push(format!("[{}] {}", block.kind, block.text));
    }
    lines.extend(block.items.iter().map(|item| format!("- {item}")));
    if !block.columns.is_empty() {
        let titles: Vec<&str> = block.columns.iter().map(|c| c.title.as_str()).collect();
        lines.push(format!("| {} |", titles.join(" | ")));
    }
    for row in &block.rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.text.replace('\n', " / ")).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    if let Some(figure) = &block.figure {
        lines.push(format!("({}) {}", figure.kind, figure.alt));
    }
}
