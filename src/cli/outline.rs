//! Proofs as an indented outline and as JSON.

use serde_json::{Value, json};

use super::pack_json::prune;
use crate::eval::Proof;

/// One line a reason, what stands behind it two columns to the right.
pub fn outline(proof: &Proof, depth: usize) -> String {
    let mut text = format!("{}{}\n", "  ".repeat(depth), line(proof));
    for child in &proof.children {
        text.push_str(&outline(child, depth + 1));
    }
    text
}

fn line(proof: &Proof) -> String {
    let mut remarks = Vec::new();
    if let Some(at) = &proof.at
        && !proof.text.contains(at.as_str())
    {
        remarks.push(format!("{at} год"));
    }
    if let Some((source, place)) = &proof.source {
        // «данные» is how a figure of the user's own files is marked; its words are in the place.
        let parts = [source.as_str(), place.as_str()].into_iter();
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty() && *part != "данные").collect();
        if parts.last().is_some_and(|last| !proof.text.contains(last)) {
            remarks.push(format!("источник: {}", parts.join(", ")));
        }
    }
    match remarks.is_empty() {
        true => proof.text.clone(),
        false => format!("{} [{}]", proof.text, remarks.join("; ")),
    }
}

/// A proof for programs, the reasons nested.
pub fn proof_json(proof: &Proof) -> Value {
    let source =
        proof.source.as_ref().map(|(source, place)| json!({ "source": source, "place": place }));
    prune(json!({
        "kind": proof.kind.russian(),
        "ref": proof.reference,
        "text": proof.text,
        "value": proof.value,
        "unit": proof.unit,
        "at": proof.at,
        "source": source,
        "because": proof.children.iter().map(proof_json).collect::<Vec<_>>(),
    }))
}
