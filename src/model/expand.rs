//! Finite templates: `для предмет из (математика, русский)` becomes its body once for each value,
//! holes in names filled with the value's name, mustaches in texts with its words.

use std::cell::RefCell;

use super::codes;
use super::declarations::{Element, Enumeration, Table};
use crate::base::{Span, suggest};
use crate::diag::Diagnostic;
use crate::russian::{Case, decline};
use crate::syntax::tree::{Name, Node, Quoted, Template};
use crate::syntax::visit::{self, Change};
use crate::text::substitute;

/// The nodes with every template replaced by its instances, also within declarations.
pub fn expand(
    nodes: Vec<Node>,
    lists: &Table<Enumeration>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let mut done = Vec::new();
    for node in nodes {
        match node {
            Node::Template(template) => {
                let instances = instances(template, lists, out);
                done.extend(expand(instances, lists, out));
            }
            Node::Item(mut item) => {
                item.body = expand(item.body, lists, out);
                done.push(Node::Item(item));
            }
            Node::Clause(mut clause) => {
                clause.body = expand(clause.body, lists, out);
                done.push(Node::Clause(clause));
            }
        }
    }
    done
}

fn instances(
    template: Template,
    lists: &Table<Enumeration>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let Some(list) = lists.get(&template.variable.id()) else {
        let near = suggest(&template.variable.text, lists.keys().map(|id| id.as_str()));
        let fault = Diagnostic::error(
            codes::UNKNOWN_NAME,
            template.variable.span,
            format!("нет перечня «{}»", template.variable.text),
        );
        out.push(match near {
            Some(near) => fault.with_hint(format!("возможно, вы имели в виду «{near}»")),
            None => fault.with_hint("объявите: перечень имя «Название», ниже — его значения"),
        });
        return Vec::new();
    };
    let mut all = Vec::new();
    for value in &template.values {
        match list.elements.get(&value.id()) {
            Some(element) => all.extend(instance(&template, value, element, out)),
            None => out.push(unknown_value(value, &template.variable, list)),
        }
    }
    all
}

fn unknown_value(value: &Name, variable: &Name, list: &Enumeration) -> Diagnostic {
    let known: Vec<&str> = list.elements.keys().map(|id| id.as_str()).collect();
    Diagnostic::error(
        codes::UNKNOWN_NAME,
        value.span,
        format!("в перечне «{}» нет значения «{}»", variable.text, value.text),
    )
    .with_label(list.meta.span, "перечень объявлен здесь")
    .with_hint(format!("в нём есть: {}", known.join(", ")))
}

fn instance(
    template: &Template,
    value: &Name,
    element: &Element,
    out: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let mut body = template.body.clone();
    let faults = RefCell::default();
    let fill = Fill { variable: &template.variable.text, value, element, faults };
    visit::nodes(&mut body, &fill);
    out.extend(fill.faults.into_inner());
    body
}

struct Fill<'a> {
    variable: &'a str,
    value: &'a Name,
    element: &'a Element,
    faults: RefCell<Vec<Diagnostic>>,
}

impl Change for Fill<'_> {
    fn name(&self, name: &mut Name) {
        let hole = format!("_({})", self.variable);
        if name.text.contains(&hole) {
            name.text = name.text.replace(&hole, &format!("_{}", self.value.text));
        } else if name.text == self.variable {
            name.text.clone_from(&self.value.text);
        }
    }

    fn text(&self, text: &mut Quoted) {
        if text.text.contains("{{") {
            text.text = substitute(&text.text, self.variable, |rest| self.words(rest, text.span));
        }
        let hole = format!("_({})", self.variable);
        if text.text.contains(&hole) {
            text.text = text.text.replace(&hole, &format!("_{}", self.value.text));
        }
    }
}

impl Fill<'_> {
    /// The value's words in the case that the rest of the mustache names.
    fn words(&self, rest: &str, place: Span) -> String {
        let Some((name, case)) =
            Case::ALL.iter().map(|case| (case.word(), *case)).find(|(name, _)| rest.contains(name))
        else {
            return self.element.title.clone();
        };
        match self.element.forms.get(name) {
            Some(given) => given.clone(),
            None => decline(&self.element.title, case).unwrap_or_else(|_| {
                self.faults.borrow_mut().push(self.undeclined(name, place));
                self.element.title.clone()
            }),
        }
    }

    fn undeclined(&self, case: &str, place: Span) -> Diagnostic {
        let title = &self.element.title;
        Diagnostic::error(
            codes::BAD_FORMS,
            place,
            format!("слова «{title}» не склоняются по словарю: {case} падеж неизвестен"),
        )
        .with_hint(format!("задайте форму в перечне: - {} «{title}», {case} «…»", self.value.text))
    }
}
