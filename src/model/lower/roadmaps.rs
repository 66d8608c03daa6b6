//! Roadmaps: directions, activities, and what comes of them year by year.

use super::shared::{ACTORS, clauses, items};
use super::{Around, Lowering};
use crate::base::{Id, Level, Span};
use crate::calendar::Term;
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::*;
use crate::model::names::Symbol;
use crate::model::reader::{Reader, mends_of};
use crate::model::roadmap::*;
use crate::syntax::tree::{Clause, Item, Name, Node, PlanValue, Quoted, Value};
use crate::syntax::{Noun, words};

/// Years where a plan does not say: nothing is outside of them.
const ANY_YEARS: (i32, i32) = (1, 9999);

impl Lowering<'_> {
    /// The names inside a plan, those that its verbs make as well.
    pub(super) fn collect_roadmap(&mut self, item: &Item) {
        self.collect(&item.body);
        for clause in clauses(&item.body) {
            if matches!(clause.value, Value::Unreadable) {
                let line = self.sources.slice(clause.span);
                words(line, clause.span).for_each(|name| self.names.lose(&name));
            }
            let Value::Plan(plan) = &clause.value else { continue };
            if let PlanValue::Merge { into: new, .. } | PlanValue::Add { what: new, .. } = plan {
                let symbol = Symbol { noun: Noun::RoadmapActivity, span: new.name.span };
                self.names.declare(&new.name, symbol, self.out);
            }
        }
    }

    pub(super) fn roadmap(&mut self, reader: &Reader<'_>, around: &Around) -> Roadmap {
        let meta = self.meta(reader, around);
        let inner = inside(&meta, reader, around);
        if let Some(verbs) = self.verbs(reader, &inner) {
            self.adapted_roadmaps.push((reader.item.name.id(), verbs));
        }
        let (level, years) = (self.plan_level(reader), self.plan_years(reader));
        let mut directions = self.plan_directions(&reader.item.body, &inner);
        let activities = directions.iter_mut().flat_map(|direction| &mut direction.activities);
        activities.for_each(|activity| inherit_absences(activity, &absences(reader, "")));
        Roadmap {
            level,
            years,
            introduction: reader.many_texts("вступление"),
            abbreviations: self.abbreviations(reader),
            directions,
            adaptation: None,
            lost: has_lost(&reader.item.body),
            meta,
        }
    }

    fn plan_level(&mut self, reader: &Reader<'_>) -> Level {
        if let Some(Value::Level(level)) = reader.value("уровень") {
            return *level;
        }
        reader.missing("уровень", "уровень регион", self.out);
        Level::Region
    }

    fn plan_years(&mut self, reader: &Reader<'_>) -> (i32, i32) {
        if let Some(Value::Plan(PlanValue::Years(first, last))) = reader.value("годы") {
            return (*first, *last);
        }
        reader.missing("годы", "годы 2020..2022", self.out);
        ANY_YEARS
    }

    fn plan_directions(&mut self, nodes: &[Node], around: &Around) -> Vec<RoadmapDirection> {
        let mut found = Vec::new();
        for item in items(nodes) {
            if !self.is_declared(&item.name) {
                continue;
            }
            let reader = Reader::new(item, self.out);
            let meta = self.meta(&reader, around);
            let inner = at(&inside(&meta, &reader, around), "направление", &meta.number);
            let activities = self.plan_activities(&item.body, &inner);
            found.push(RoadmapDirection { id: item.name.id(), meta, activities });
        }
        found
    }

    fn abbreviations(&mut self, reader: &Reader<'_>) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        for clause in reader.all("сокращение") {
            let Value::Row { title, text } = &clause.value else { continue };
            if found.iter().any(|(short, _)| *short == title.text) {
                let message = format!("сокращение «{}» уже расшифровано", title.text);
                self.out.push(
                    Diagnostic::error(codes::REPEATED_CLAUSE, title.span, message)
                        .with_hint("оставьте одну строку «сокращение» или дайте другие буквы"),
                );
            }
            found.push((title.text.clone(), text.text.clone()));
        }
        found
    }

    fn plan_activities(&mut self, nodes: &[Node], around: &Around) -> Vec<RoadmapActivity> {
        let mut found = Vec::new();
        for item in items(nodes) {
            if self.is_declared(&item.name) {
                found.push(self.planned(item, around));
            }
        }
        found
    }

    /// An activity from its head and block.
    pub(super) fn planned(&mut self, item: &Item, around: &Around) -> RoadmapActivity {
        let reader = Reader::new(item, self.out);
        let mut absent = absences(&reader, "");
        let around = &at(around, "мероприятие", &item.number);
        let years = self.years(&reader, &mut absent);
        RoadmapActivity {
            id: item.name.id(),
            meta: self.meta(&reader, around),
            responsible: self.references(reader.names("ответственные"), ACTORS),
            controller: self.optional(reader.name("контроль"), ACTORS),
            documents: self.documents(&reader, "документы"),
            after: self.references(reader.names("после"), &[Noun::RoadmapActivity]),
            moves: self.references(reader.names("двигает"), &[Noun::Indicator]),
            years,
            absent,
        }
    }

    // ------------------------------------------------------------ years and results

    fn years(&mut self, reader: &Reader<'_>, absent: &mut Vec<String>) -> Vec<YearPlan> {
        let mut found: Vec<YearPlan> = Vec::new();
        for clause in reader.all("в") {
            let Value::Plan(PlanValue::Years(first, last)) = &clause.value else { continue };
            let block = block(clause, Noun::YearPlan, &reader.item.name, None);
            let below = Reader::new(&block, self.out);
            let plan = self.year(&below, clause);
            for year in *first..=*last {
                if let Some(earlier) = found.iter().find(|earlier| earlier.year == year) {
                    self.repeated_year(clause.span, earlier);
                    continue;
                }
                absent.extend(absences(&below, &format!(" {year}")));
                found.push(YearPlan { year, ..plan.clone() });
            }
        }
        found.sort_by_key(|plan| plan.year);
        found
    }

    fn repeated_year(&mut self, span: Span, earlier: &YearPlan) {
        let year = earlier.year;
        self.out.push(
            Diagnostic::error(codes::REPEATED_CLAUSE, span, format!("{year} год уже описан"))
                .with_label(earlier.span, "первый раз он здесь")
                .with_hint("соберите всё, что относится к году, под одной строкой «в …»"),
        );
    }

    fn year(&mut self, below: &Reader<'_>, clause: &Clause) -> YearPlan {
        let term = self.term(below);
        let mut results = Vec::new();
        for line in below.all("результат") {
            results.extend(self.result(line, &below.item.name, term.as_ref()));
        }
        // What is noted at a result is the result's own.
        let own = self.mends_within(below, "в").into_iter();
        let mended = own.filter(|mend| mend.field != "результат").collect();
        let replaces = below.flag("убрать результаты");
        let explained = self.explained(below, "срок");
        YearPlan { year: 0, results, term, mended, replaces, explained, span: clause.span }
    }

    /// The methodist's reason at a line of a block.
    fn explained(&mut self, below: &Reader<'_>, keyword: &str) -> Option<String> {
        let notes = self.meta(below, &Around::default()).notes;
        notes.into_iter().find(|note| note.keyword == keyword)?.methodist
    }

    fn result(
        &mut self,
        line: &Clause,
        owner: &Name,
        of_year: Option<&Term<Id>>,
    ) -> Option<PlannedResult> {
        let Value::Plan(PlanValue::Result { number, text }) = &line.value else { return None };
        let block = block(line, Noun::PlannedResult, owner, Some(text.clone()));
        let below = Reader::new(&block, self.out);
        let within = self.mends_within(&below, "результат");
        Some(PlannedResult {
            number: number.clone(),
            text: text.text.clone(),
            term: self.term(&below).or_else(|| of_year.cloned()),
            target: self.reach(&below),
            norms: self.norms(&below),
            mended: mends_of(line).into_iter().chain(within).collect(),
            span: line.span,
        })
    }

    /// The mends of a block; its own lines mend the text above it.
    fn mends_within(&mut self, below: &Reader<'_>, above: &'static str) -> Vec<Mend> {
        let mends = self.meta(below, &Around::default()).mended.into_iter();
        let of_above = |mend: Mend| match mend.field {
            "название" => Mend { field: above, ..mend },
            _ => mend,
        };
        mends.map(of_above).collect()
    }

    fn reach(&mut self, reader: &Reader<'_>) -> Option<(Ref, crate::model::Quantity)> {
        let Value::Plan(PlanValue::Reach { indicator, value }) = reader.value("довести")?
        else {
            return None;
        };
        let indicator = self.reference(indicator, &[Noun::Indicator])?;
        Some((indicator, self.quantity(value)?))
    }

    fn norms(&mut self, reader: &Reader<'_>) -> Vec<Norm> {
        let mut norms = Vec::new();
        for clause in reader.all("норма") {
            let Value::Plan(PlanValue::Norm { at_least, per, for_whom }) = &clause.value else {
                continue;
            };
            norms.extend(self.quantity(at_least).map(|at_least| Norm {
                at_least,
                per: per.clone(),
                for_whom: for_whom.as_ref().map(|text| text.text.clone()),
            }));
        }
        norms
    }
}

/// What is inherited, with the place in the source told by a printed number.
fn at(around: &Around, word: &str, number: &Option<String>) -> Around {
    let mut around = around.clone();
    if let Some(number) = number {
        around.source = around.source.map(|cite| cite.within(&format!("{word} {number}")));
    }
    around
}

/// What those inside a declaration of a plan inherit.
pub(super) fn inside(meta: &Meta, reader: &Reader<'_>, around: &Around) -> Around {
    Around {
        source: meta.source.clone().or_else(|| around.source.clone()),
        methodist: reader.own_methodist().or_else(|| around.methodist.clone()),
        ..around.clone()
    }
}

fn is_unread(clause: &Clause) -> bool {
    matches!(clause.value, Value::Unreadable)
}

/// Whether something among the declarations could not be read.
pub(super) fn has_lost(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Lost(_) => true,
        Node::Item(item) => has_lost(&item.body),
        _ => false,
    })
}

/// What is stated not to be named; `of` says of which year. A line that names it and could not be
/// read counts as well: it was reported, nothing is missing.
fn absences(reader: &Reader<'_>, of: &str) -> Vec<String> {
    let statements = [
        ("ответственные не названы", "ответственные", "ответственный"),
        ("документ не назван", "документы", "документ"),
        ("срок не назван", "срок", "срок"),
        ("результат не назван", "результат", "результат"),
    ];
    let unread = |keyword| reader.all(keyword).any(is_unread);
    let of_results = reader.all("результат").flat_map(|result| clauses(&result.body));
    let unread_term = of_results.filter(|clause| clause.keyword == "срок").any(is_unread);
    let stated = statements.into_iter().filter(|(keyword, named, what)| {
        reader.flag(keyword) || unread(named) || (*what == "срок" && unread_term)
    });
    stated.map(|(_, _, what)| format!("{what}{of}")).collect()
}

/// A column that the table of the source does not have is said once, for the whole plan.
fn inherit_absences(activity: &mut RoadmapActivity, of_plan: &[String]) {
    for what in of_plan {
        let is_named = match what.as_str() {
            "документ" => !activity.documents.is_empty(),
            _ => !activity.responsible.is_empty(),
        };
        if !is_named && !activity.absent.contains(what) {
            activity.absent.push(what.clone());
        }
    }
}

/// The block below a clause as a declaration, so that its lines are read like any other's.
pub(super) fn block(clause: &Clause, noun: Noun, name: &Name, title: Option<Quoted>) -> Item {
    Item {
        noun,
        span: clause.span,
        level: None,
        name: name.clone(),
        number: None,
        row: None,
        title,
        body: clause.body.clone(),
        prose: Vec::new(),
        values: Vec::new(),
    }
}
