//! A threshold rests on a reason of its own: a sentence that stands at everything is no reason.

use std::collections::{BTreeMap, BTreeSet};

use libtest_mimic::Failed;

use crate::{Outcome, shelf};

/// One reason may stand at so many deficits.
const MOST: usize = 5;

pub fn deficits_have_reasons_of_their_own() -> Outcome {
    let model = shelf::model("krasnoyarsk");
    // Declarations of one template are one deficit told for several subjects.
    let mut declared: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (id, deficit) in &model.deficits {
        match deficit.meta.methodist.as_deref() {
            Some(reason) => {
                declared.entry(reason).or_default().insert(deficit.meta.span);
            }
            None if deficit.meta.source.is_none() => faults.push(format!("«{id}» has no reason")),
            None => {}
        }
    }
    let repeated = declared.into_iter().filter(|(_, deficits)| deficits.len() > MOST);
    faults.extend(repeated.map(|(reason, deficits)| format!("{}: «{reason}»", deficits.len())));
    if faults.is_empty() { Ok(()) } else { Err(Failed::from(faults.join("\n"))) }
}
