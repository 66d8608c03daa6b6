//! What a text uses: for the checker, which resolves names, types them and requires guards.

use super::node::{Call, Node};
use super::{Argument, Arguments, HelperSpec};

/// The unit or noun beside a number: `{{число X "человек"}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub name: String,
    /// Its byte offset in the source.
    pub offset: usize,
}

/// One use of a name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The name: `огэ_математика_2`, `дефицит.название`, `роль.директор`; inside a repetition
    /// `это` and `это.…` are parts of the list named in [`Use::each`].
    pub path: String,
    /// Its byte offset in the source.
    pub offset: usize,
    /// The helper that uses it; the one with the empty name for a plain name.
    pub helper: &'static HelperSpec,
    pub arguments: Arguments,
    pub unit: Option<Unit>,
    /// Whether it only asks if the value is known: `{{#если известно X}}`.
    pub asks_known: bool,
    /// Whether the place is reached only if the value is known. For `изменение` that means both
    /// values that it compares.
    pub guarded: bool,
    /// The list that is repeated around it.
    pub each: Option<String>,
}

impl Use {
    /// The values that this use needs, as arguments for [`super::Scope::value`]: one, or two for
    /// `изменение`.
    pub fn needs(&self) -> Vec<Arguments> {
        needed(self.helper, &self.arguments)
    }
}

/// The arguments of the two values that a change compares: the later, the earlier.
pub(super) fn compared(arguments: &Arguments) -> [Arguments; 2] {
    let back = arguments.number("год_назад").unwrap_or(1);
    let chosen = arguments.choosing();
    let earlier = chosen.clone().with("год_назад", Argument::Number(back)).choosing();
    [chosen.without("год_назад"), earlier]
}

fn needed(helper: &HelperSpec, arguments: &Arguments) -> Vec<Arguments> {
    if helper.name == "изменение" {
        return compared(arguments).to_vec();
    }
    vec![arguments.choosing()]
}

/// A value that is known where we are.
type Guard = (String, Arguments);

pub(super) fn uses(nodes: &[Node]) -> Vec<Use> {
    let mut walk = Walk { uses: Vec::new(), guards: Vec::new(), each: None };
    walk.nodes(nodes);
    walk.uses
}

struct Walk {
    uses: Vec<Use>,
    guards: Vec<Guard>,
    each: Option<String>,
}

impl Walk {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Words(_) => {}
                Node::Print(call) => self.record(call, false),
                Node::If { test, known, then, otherwise } => {
                    self.record(test, *known);
                    self.guarded_by(test, then);
                    // A condition that is decided either way is known in both branches.
                    if *known { self.nodes(otherwise) } else { self.guarded_by(test, otherwise) }
                }
                Node::Each { list, body, otherwise } => {
                    self.record(list, false);
                    let around = self.each.replace(list.path.clone());
                    self.guarded_by(list, body);
                    self.each = around;
                    self.guarded_by(list, otherwise);
                }
            }
        }
    }

    fn guarded_by(&mut self, call: &Call, nodes: &[Node]) {
        self.guards.push((call.path.clone(), call.arguments.choosing()));
        self.nodes(nodes);
        self.guards.pop();
    }

    fn record(&mut self, call: &Call, asks_known: bool) {
        let known = |arguments: Arguments| {
            self.guards.iter().any(|(path, guard)| *path == call.path && *guard == arguments)
        };
        let guarded = needed(call.helper, &call.arguments).into_iter().all(known);
        self.uses.push(Use {
            path: call.path.clone(),
            offset: call.offset,
            helper: call.helper,
            arguments: call.arguments.clone(),
            unit: call.unit.clone(),
            asks_known,
            guarded,
            each: self.each.clone(),
        });
    }
}
