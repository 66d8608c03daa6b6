//! Whether a block is shown.

use super::view::View;
use crate::eval::Truth;
use crate::model::ShowIf;

/// Whether what bears the condition is shown: without a condition it is; with one, where the
/// condition certainly holds.
pub(super) fn is_shown(view: &View<'_>, condition: Option<&ShowIf>) -> bool {
    let holds = |condition: &ShowIf| {
        view.evaluator.judge(&condition.expr, &view.evaluator.own()).truth == Truth::Yes
    };
    condition.is_none_or(holds)
}
