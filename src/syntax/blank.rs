//! Quotes with nothing between them: what should be printed there was forgotten.

use super::tree::{Annotation, NewPlanned, PlanValue, Quoted, Value};
use crate::base::Span;

/// Where a clause has a text that says nothing.
pub(super) fn blanks(value: &Value, annotations: &[Annotation]) -> Vec<Span> {
    let reasons = annotations.iter().filter_map(|note| match note {
        Annotation::Mended(mend) => mend.because.as_ref(),
        _ => None,
    });
    let all = texts(value).into_iter().chain(reasons);
    all.filter(|text| is_blank(text)).map(|text| text.span).collect()
}

pub(super) fn is_blank(text: &Quoted) -> bool {
    text.text.trim().is_empty()
}

/// The texts of a value that must not be empty. The cell of a table may be, and what stands in
/// place of words that are taken out.
fn texts(value: &Value) -> Vec<&Quoted> {
    match value {
        Value::Text(text)
        | Value::Row { title: text, .. }
        | Value::ReadyRow { title: text, .. }
        | Value::Sentence { text, .. } => {
            vec![text]
        }
        Value::Texts(texts) => texts.iter().collect(),
        Value::Documents(uses) => uses.iter().filter_map(|used| used.title.as_ref()).collect(),
        Value::Mended(mend) => mend.because.iter().collect(),
        Value::Plan(plan) => plan_texts(plan),
        _ => Vec::new(),
    }
}

fn plan_texts(plan: &PlanValue) -> Vec<&Quoted> {
    match plan {
        PlanValue::Result { text, .. } => vec![text],
        PlanValue::Norm { for_whom, .. } => for_whom.iter().collect(),
        PlanValue::Drop { because, .. }
        | PlanValue::Shift { because, .. }
        | PlanValue::ReplaceActor { because, .. } => because.iter().collect(),
        PlanValue::ReplaceText { old, because, .. } => [old].into_iter().chain(because).collect(),
        PlanValue::Change { title, because, .. }
        | PlanValue::Merge { into: NewPlanned { title, .. }, because, .. }
        | PlanValue::Add { what: NewPlanned { title, .. }, because, .. } => {
            title.iter().chain(because).collect()
        }
        PlanValue::Years(..) | PlanValue::Reach { .. } => Vec::new(),
    }
}
