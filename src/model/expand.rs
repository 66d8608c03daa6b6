//! Finite templates: `для предмет из (математика, русский)` becomes its body once for each value,
//! holes in names filled with the value's name, mustaches in texts with its words.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::codes;
use super::declarations::{Element, Enumeration, Table};
use crate::base::{Span, suggest};
use crate::diag::Diagnostic;
use crate::russian::Case;
use crate::syntax::tree::{
    Annotation, Clause, MendSyntax, Name, Node, Quoted, Rows, Template, Value,
};
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
            Node::Rows(rows) => done.extend(in_row(rows, lists, out)),
            Node::Lost(names) => done.push(Node::Lost(names)),
        }
    }
    done
}

/// What stands in one row of the source's table, marked with it.
fn in_row(rows: Rows, lists: &Table<Enumeration>, out: &mut Vec<Diagnostic>) -> Vec<Node> {
    let ([row], false) = (rows.numbers.as_slice(), rows.each) else {
        out.push(
            Diagnostic::error(codes::ROWS, rows.span, "строк не столько, сколько значений")
                .with_hint("внутри «для … из (…)» назовите по строке на каждое значение, все разные; вне — одну: «строка 1»"),
        );
        return Vec::new();
    };
    let mut body = expand(rows.body, lists, out);
    for node in &mut body {
        match node {
            Node::Item(item) => {
                item.row = item.row.or(Some(*row));
                if item.number.as_deref() == Some(ROW_NUMBER) {
                    item.number = Some(row.to_string());
                }
            }
            Node::Clause(clause) => clause.row = clause.row.or(Some(*row)),
            Node::Template(_) | Node::Rows(_) | Node::Lost(_) => {}
        }
    }
    body
}

/// `№ строки`: the number printed is that of the row.
const ROW_NUMBER: &str = "строки";

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
    for (nth, value) in template.values.iter().enumerate() {
        match list.elements.get(&value.id()) {
            Some(element) => all.extend(instance(&template, nth, value, element, out)),
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
    nth: usize,
    value: &Name,
    element: &Element,
    out: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let mut body = template.body.clone();
    select(&mut body, template, nth);
    let faults = RefCell::default();
    let fill = Fill { variable: &template.variable.text, value, element, faults };
    visit::nodes(&mut body, &fill);
    out.extend(fill.faults.into_inner());
    body
}

/// Leaves what belongs to the `nth` instance: its row of several, the mends of its value. Marks
/// declarations with the value that they are made for.
fn select(nodes: &mut Vec<Node>, template: &Template, nth: usize) {
    nodes.retain_mut(|node| match node {
        Node::Clause(Clause { value: Value::Mended(mend), .. }) => belongs(mend, template, nth),
        _ => true,
    });
    for node in nodes {
        match node {
            Node::Item(item) => {
                let value = template.values.get(nth);
                item.values.extend(value.map(|value| (template.variable.clone(), value.clone())));
                select(&mut item.body, template, nth);
            }
            Node::Template(inner) => select(&mut inner.body, template, nth),
            Node::Lost(_) => {}
            Node::Rows(rows) => {
                deal_out(rows, template, nth);
                select(&mut rows.body, template, nth);
            }
            Node::Clause(clause) => {
                clause.annotations.retain_mut(|note| match note {
                    Annotation::Mended(mend) => belongs(mend, template, nth),
                    _ => true,
                });
                select(&mut clause.body, template, nth);
            }
        }
    }
}

/// Of as many different rows as there are values each value gets its own.
fn deal_out(rows: &mut Rows, template: &Template, nth: usize) {
    let different: BTreeSet<u32> = rows.numbers.iter().copied().collect();
    if rows.numbers.len() == template.values.len()
        && different.len() == rows.numbers.len()
        && let Some(row) = rows.numbers.get(nth)
    {
        rows.numbers = vec![*row];
        rows.each = false;
    }
}

/// A mend for one value of this template belongs to that value's instance alone, and there is no
/// longer for a value.
fn belongs(mend: &mut MendSyntax, template: &Template, nth: usize) -> bool {
    let Some(only) = &mend.only else { return true };
    match template.values.iter().position(|value| value.text == only.text) {
        Some(at) => {
            mend.only = None;
            at == nth
        }
        None => true,
    }
}

/// Reports what only a template or a row gives a meaning to, left outside of them.
pub fn report_strays(nodes: &[Node], out: &mut Vec<Diagnostic>) {
    for node in nodes {
        match node {
            Node::Item(item) => {
                if item.number.as_deref() == Some(ROW_NUMBER) {
                    out.push(
                        Diagnostic::error(codes::ROWS, item.name.span, "«№ строки» — вне строки")
                            .with_hint("поставьте объявление под «строка N» или напишите номер"),
                    );
                }
                report_strays(&item.body, out);
            }
            Node::Clause(clause) => {
                if let Value::Mended(mend) = &clause.value {
                    report_stray(mend, out);
                }
                for note in &clause.annotations {
                    if let Annotation::Mended(mend) = note {
                        report_stray(mend, out);
                    }
                }
                report_strays(&clause.body, out);
            }
            Node::Template(_) | Node::Rows(_) | Node::Lost(_) => {}
        }
    }
}

fn report_stray(mend: &MendSyntax, out: &mut Vec<Diagnostic>) {
    let Some(only) = &mend.only else { return };
    let message = format!("«{}» — не значение шаблона вокруг", only.text);
    out.push(
        Diagnostic::error(codes::UNKNOWN_NAME, only.span, message)
            .with_hint("после «исправлено для» стоит одно из значений «для … из (…)»"),
    );
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
        self.element.in_case(case).unwrap_or_else(|| {
            self.faults.borrow_mut().push(self.undeclined(name, place));
            self.element.title.clone()
        })
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
