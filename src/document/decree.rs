//! What makes a paper an order: its grounds, the operative word, its points, who prepared it, and
//! what its annexes belong to.

use super::types::{Annex, Point, Programme, Signature};
use super::view::View;
use super::writer::Writer;
use crate::russian::{self, Case, DateStyle, typographic};

/// Stands where a number is written in by hand.
const BLANK: &str = "______";

/// Fills these parts where the kind has them; the requisites are there already.
pub(super) fn fill(writer: &mut Writer<'_, '_>, programme: &mut Programme) {
    let kind = writer.view.kind;
    if let Some(preamble) = &kind.preamble {
        programme.preamble = writer.cell(preamble, None);
    }
    programme.operative = kind.operative.clone().unwrap_or_default();
    for (at, point) in kind.points.iter().enumerate() {
        let number = (at + 1).to_string();
        programme.points.push(Point { number, text: writer.cell(point, None) });
    }
    let view = writer.view;
    programme.executor = kind.executor.as_ref().map(|actor| Signature {
        position: typographic(&view.actor_title(&actor.id)),
        name: typographic(view.person(&actor.id).unwrap_or_default()),
    });
    if !kind.points.is_empty() {
        let to = belongs_to(view, programme);
        programme.annexes.iter_mut().for_each(|annex: &mut Annex| annex.to = to.clone());
    }
}

/// «к постановлению администрации … от 27.01.2022 № 13-п». An issuer that the dictionary cannot
/// decline is left out: the date and the number tell the order apart.
fn belongs_to(view: &View<'_>, programme: &Programme) -> String {
    let kind = view.kind.kind.trim();
    let kind =
        russian::decline(kind, Case::Dative).unwrap_or_else(|_| format!("документу «{kind}»"));
    let issuer = view.kind.issuer.as_ref().map(|issuer| view.actor_title(&issuer.id));
    let issuer = issuer.and_then(|title| russian::decline(&title, Case::Genitive).ok());
    let issuer = issuer.map(|issuer| format!(" {}", russian::uncapitalise(&issuer)));
    let date = match view.project.undated {
        true => BLANK.to_owned(),
        false => russian::date(view.project.date.value, DateStyle::Digits),
    };
    let number = match programme.number.is_empty() {
        true => BLANK,
        false => &programme.number,
    };
    let kind = russian::uncapitalise(&kind);
    let order = format!("к {kind}{}\nот {date} № {number}", issuer.unwrap_or_default());
    typographic(&order)
}
