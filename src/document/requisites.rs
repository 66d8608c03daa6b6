//! What stands around the text: approvals, period, acts, bodies, abbreviations, signatures.

use std::collections::BTreeSet;

use super::abbreviations;
use super::codes;
use super::mentions;
use super::roadmap::Plan;
use super::types::{Approval, BodyRef, LegalBasis, Period, Programme, Signature};
use super::view::View;
use crate::base::Id;
use crate::calendar::Date;
use crate::diag::Diagnostic;
use crate::model::{Act, Ref, Validity};
use crate::russian::{self, Case, DateStyle, Gender, typographic};
use crate::text::MISSING;

/// Fills everything but the title and the text.
pub(super) fn fill(view: &View<'_>, programme: &mut Programme) {
    let institution = &view.project.institution;
    programme.id = view.kind_id();
    programme.kind = view.kind.kind.clone();
    // A paper is of the level of the plan that it carries, whoever issues it.
    let level = view.roadmap_of_kind().map_or(view.kind.level, |plan| plan.roadmap.level);
    programme.level = level.nominative().to_owned();
    let issuer = view.kind.issuer.as_ref().map(|issuer| view.actor_title(&issuer.id));
    // A paper that is written out names its issuer itself, or none.
    let own = (!view.kind.is_written_out()).then_some(institution.name.as_str());
    programme.issuer = typographic(issuer.as_deref().or(own).unwrap_or_default());
    programme.number = view.project.number.clone();
    programme.locality = typographic(&institution.locality);
    if !view.project.undated {
        programme.date = view.project.date.value.to_string();
    }
    programme.mark = mark(view);
    programme.period = period(view);
    programme.approval = approvals(view);
    programme.legal_basis = view.acts_in_force().into_iter().map(|(_, act)| basis(act)).collect();
    match view.roadmap_of_kind() {
        Some(plan) => {
            programme.bodies = plan.bodies();
            programme.abbreviations = plan.abbreviations();
        }
        None => {
            programme.bodies = bodies(view, programme);
            programme.abbreviations = abbreviations::used(view.model, &programme.sections);
        }
    }
    programme.signatures = signatures(view);
}

/// That of the programme; a paper that carries a plan speaks of the plan's years.
fn period(view: &View<'_>) -> Option<Period> {
    let is_stated = !view.kind.statement.is_empty() && view.project.period.is_some();
    if view.kind.period.is_some() || is_stated {
        let period = &view.choice.period;
        return Some(Period { from: period.from.to_string(), to: period.to.to_string() });
    }
    let (first, last) = view.roadmap_of_kind()?.roadmap.years;
    Some(Period { from: format!("{first}-01-01"), to: format!("{last}-12-31") })
}

/// The mark of the project, then that of the kind.
fn mark(view: &View<'_>) -> String {
    let kind = view.kind.mark.as_deref().unwrap_or_default();
    let marks = [view.project.mark.trim(), kind.trim()];
    let said: Vec<&str> = marks.into_iter().filter(|mark| !mark.is_empty()).collect();
    typographic(&said.join(". "))
}

// ------------------------------------------------------------ approvals

/// A stamp in its order of importance on the page: the body that accepts, the one that agrees,
/// the one that approves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stamp {
    Accepted,
    Agreed,
    Approved,
}

impl Stamp {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "принято" => Self::Accepted,
            "согласовано" => Self::Agreed,
            "утверждено" => Self::Approved,
            _ => return None,
        })
    }

    /// The word on paper, agreeing with the kind of document.
    fn printed(self, gender: Gender) -> String {
        let stem = match self {
            Self::Accepted => "ПРИНЯТ",
            Self::Agreed => "СОГЛАСОВАН",
            Self::Approved => "УТВЕРЖДЕН",
        };
        let ending = match gender {
            Gender::Masculine => "",
            Gender::Feminine => "А",
            Gender::Neuter => "О",
            Gender::Plural => "Ы",
        };
        format!("{stem}{ending}")
    }

    /// The paper that bears the decision.
    fn paper(self) -> &'static str {
        match self {
            Self::Accepted => "Протокол",
            Self::Agreed => "Письмо",
            Self::Approved => "Приказ",
        }
    }
}

pub(super) fn approvals(view: &View<'_>) -> Vec<Approval> {
    let gender = gender(view);
    let given = view.project.approvals.iter().filter_map(|approval| {
        let stamp = Stamp::of(&approval.stamp.value)?;
        Some((stamp, from_project(stamp, approval, gender)))
    });
    let mut all: Vec<(Stamp, Approval)> = given.filter(|_| needs_approval(view)).collect();
    for (stamp, blank) in asked_for(view, gender) {
        if !all.iter().any(|(given, _)| *given == stamp) {
            all.push((stamp, blank));
        }
    }
    all.sort_by_key(|(stamp, _)| *stamp);
    all.into_iter().map(|(_, approval)| approval).collect()
}

/// A paper that its kind lets nobody accept or approve bears no stamps of the programme.
fn needs_approval(view: &View<'_>) -> bool {
    let kind = view.kind;
    kind.accepts.is_some() || kind.agrees.is_some() || kind.approves.is_some()
}

fn from_project(stamp: Stamp, given: &crate::data::Approval, gender: Gender) -> Approval {
    let blank = given.document.is_empty() && given.number.is_empty() && given.date.is_none();
    let paper = if blank { stamp.paper() } else { given.document.as_str() };
    Approval {
        stamp: stamp.printed(gender),
        by: typographic(&given.by),
        document: paper.to_owned(),
        number: given.number.clone(),
        date: given.date.map(|date| date.to_string()).unwrap_or_default(),
        name: typographic(&given.name),
    }
}

/// What the kind asks for, with lines to fill in by hand.
fn asked_for(view: &View<'_>, gender: Gender) -> Vec<(Stamp, Approval)> {
    let blank = |stamp: Stamp, by: &str, name: &str| {
        let approval = Approval {
            stamp: stamp.printed(gender),
            by: typographic(&russian::capitalise(by)),
            document: stamp.paper().to_owned(),
            name: typographic(name),
            ..Approval::default()
        };
        (stamp, approval)
    };
    let kind = view.kind;
    let accepts = kind.accepts.as_deref().map(|by| blank(Stamp::Accepted, by, ""));
    let agrees = kind.agrees.as_deref().map(|by| blank(Stamp::Agreed, by, ""));
    let approves = kind.approves.as_ref().map(|actor| {
        let name = view.person(&actor.id).unwrap_or_default();
        blank(Stamp::Approved, &view.actor_title(&actor.id), name)
    });
    accepts.into_iter().chain(agrees).chain(approves).collect()
}

/// The gender of the kind's head noun; an abbreviation is read by the head of the title.
fn gender(view: &View<'_>) -> Gender {
    let kind = view.kind.kind.as_str();
    let is_word = kind.chars().skip(1).any(char::is_lowercase);
    let head = |text: &str| text.split_whitespace().next().unwrap_or_default().to_lowercase();
    gender_of(&if is_word { head(kind) } else { head(&view.title) })
}

fn gender_of(noun: &str) -> Gender {
    match noun.chars().next_back() {
        Some('а' | 'я') => Gender::Feminine,
        Some('о' | 'е' | 'ё') => Gender::Neuter,
        Some('ы' | 'и') => Gender::Plural,
        _ => Gender::Masculine,
    }
}

// ------------------------------------------------------------ acts

impl<'a> View<'a> {
    /// The plan that the document carries.
    pub fn roadmap_of_kind(&self) -> Option<Plan<'a>> {
        Plan::of(self.naming(), &self.kind.roadmap.as_ref()?.id)
    }

    fn acts(&self) -> impl Iterator<Item = (&'a Ref, &'a Id, &'a Act)> {
        let model = self.model;
        self.kind.acts.iter().filter_map(move |reference| {
            let (id, act) = model.acts.get_key_value(&reference.id)?;
            Some((reference, id, act))
        })
    }

    /// The acts of the kind that are in force on the date of the document, by level, then in
    /// the order in which the kind names them: a law stands before orders, whatever their dates.
    pub fn acts_in_force(&self) -> Vec<(&'a Id, &'a Act)> {
        let day = self.project.date.value;
        let mut acts: Vec<(&Id, &Act)> = self
            .acts()
            .filter(|(_, _, act)| in_force(act, day) && self.facts.concerns(&act.meta))
            .map(|(_, id, act)| (id, act))
            .collect();
        acts.sort_by_key(|(_, act)| act.level);
        acts
    }

    fn kind_id(&self) -> String {
        let mut kinds = self.model.programmes.iter();
        let own = kinds.find(|(_, kind)| kind.meta.span == self.kind.meta.span);
        own.map_or_else(String::new, |(id, _)| id.to_string())
    }
}

/// An act without a term counts from its own date.
fn in_force(act: &Act, day: Date) -> bool {
    let holds = match act.validity {
        Some(validity) => validity.holds_on(day),
        None => act.date.is_none_or(|date| date <= day),
    };
    holds && !act.draft
}

/// Acts that the kind names and that are left out.
pub(super) fn acts_out_of_force(view: &View<'_>) -> Vec<Diagnostic> {
    let day = view.project.date.value;
    let out = view.acts().filter(|(_, _, act)| !in_force(act, day));
    out.map(|(reference, _, act)| {
        let why = if act.draft { "это проект" } else { "он не действует" };
        let message = format!(
            "акт «{}» не включён в основания: на {} {why}",
            act.meta.title,
            russian::date(day, DateStyle::Full)
        );
        Diagnostic::warning(codes::ACT_NOT_IN_FORCE, reference.span, message)
            .with_label(act.meta.span, "акт объявлен здесь")
            .with_hint("замените его действующим или проверьте срок действия")
    })
    .collect()
}

fn basis(act: &Act) -> LegalBasis {
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    LegalBasis {
        level: act.level.nominative().to_owned(),
        title: format!("{} «{}»", act.kind, act.meta.title).trim().to_owned(),
        date: day(act.date),
        number: act.number.clone().unwrap_or_default(),
        valid_from: day(act.validity.map(|validity| validity.from)),
        valid_to: day(act.validity.and_then(|validity| validity.to)),
    }
}

/// «Приказ Министерства просвещения … от 31 мая 2021 г. № 287»
pub(super) fn act_requisites(act: &Act) -> String {
    let issuer = act.issuer.trim();
    let declined = russian::decline(issuer, Case::Genitive);
    let (beside, behind) = match declined {
        _ if issuer.is_empty() => (String::new(), String::new()),
        Ok(genitive) => (format!(" {genitive}"), String::new()),
        Err(_) => (String::new(), format!(" ({issuer})")),
    };
    let date = match act.date {
        Some(date) => russian::date(date, DateStyle::Short),
        None => format!("(дата: {MISSING})"),
    };
    let number = match &act.number {
        Some(number) => format!("№ {number}"),
        None => format!("(номер: {MISSING})"),
    };
    let from = if act.date.is_some() { "от " } else { "" };
    format!("{}{beside} {from}{date} {number}{behind}", act.kind).trim().to_owned()
}

/// A pack that was written for other days than that of the document.
pub(super) fn pack_out_of_term(view: &View<'_>) -> Option<Diagnostic> {
    let pack = view.model.pack()?;
    let validity = pack.validity?;
    let date = &view.project.date;
    let out = !validity.holds_on(date.value);
    out.then(|| {
        let message = format!(
            "пакет «{}» действует {}, а документ — от {}",
            pack.id,
            term(validity),
            russian::date(date.value, DateStyle::Short)
        );
        Diagnostic::warning(codes::PACK_OUT_OF_TERM, date.place.clone(), message)
            .with_label(pack.span, "пакет объявлен здесь")
            .with_hint("поправьте дату документа или возьмите пакет, который действует на неё")
    })
}

/// The requisites and the title.
pub(super) fn act_in_full(act: &Act) -> String {
    format!("{} «{}»", act_requisites(act), act.meta.title)
}

/// «с 1 сентября 2013 г.»
pub(super) fn act_validity(act: &Act) -> String {
    match act.validity {
        Some(validity) => term(validity),
        None => format!("(срок действия: {MISSING})"),
    }
}

fn term(Validity { from, to }: Validity) -> String {
    let from = format!("с {}", russian::date(from, DateStyle::Short));
    match to {
        Some(to) => format!("{from} по {}", russian::date(to, DateStyle::Short)),
        None => from,
    }
}

// ------------------------------------------------------------ bodies, abbreviations, signatures

/// The bodies that take part or that the document names, by their names in this place.
fn bodies(view: &View<'_>, programme: &Programme) -> Vec<BodyRef> {
    let declared = view.choice.activities.iter().filter_map(|a| view.model.activities.get(&a.id));
    let named: BTreeSet<&Id> = declared
        .flat_map(|activity| activity.responsible.iter().chain(&activity.controller))
        .map(|actor| &actor.id)
        .collect();
    let said = mentions::texts(programme);
    // A body far above may bear the name of one nearby.
    let is_near = |id: &Id| {
        let here = view.project.bodies.iter().any(|body| Id::new(&body.id.value) == *id);
        here || view.model.bodies.get(id).is_some_and(|body| body.level == view.own_level())
    };
    let is_said = |id: &Id| {
        let title = typographic(&view.actor_title(id)).to_lowercase();
        is_near(id) && said.iter().any(|text| text.contains(&title))
    };
    view.naming().bodies(|id| named.contains(id) || is_said(id))
}

fn signatures(view: &View<'_>) -> Vec<Signature> {
    let signs = view.kind.signs.iter();
    let signature = |actor: &Ref| Signature {
        position: typographic(&view.actor_title(&actor.id)),
        name: typographic(view.person(&actor.id).unwrap_or_default()),
    };
    signs.map(signature).collect()
}
