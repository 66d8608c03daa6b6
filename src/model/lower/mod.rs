//! From syntax to declarations: names are collected first, so that order never matters; then each
//! declaration is read clause by clause. What cannot be read is reported and left out.

mod activities;
mod adaptations;
mod analyses;
mod calendars;
mod chain;
mod examples;
mod expressions;
mod functions;
mod mechanisms;
mod methodologies;
mod parts;
mod programmes;
mod roadmaps;
mod shared;
mod statement;
mod support;
mod who;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use self::shared::{items, validity};
use super::adapt::Verbs;
use super::declarations::*;
use super::expand::{expand, report_strays};
use super::names::{Names, Symbol};
use super::programme::ProgrammeKind;
use super::reader::Reader;
use super::roadmap::Roadmap;
use crate::base::{Id, Level};
use crate::calendar::{Month, Term};
use crate::diag::{Diagnostic, SourceMap};
use crate::syntax::tree::{Better, Clause, Every, Item, KindSyntax, Name, Node, Value};
use crate::syntax::{Noun, title_text};

/// A pack, parsed and not yet resolved.
#[derive(Clone)]
pub struct ParsedPack {
    pub id: Id,
    pub edition: String,
    pub head: Item,
    pub nodes: Vec<Node>,
    pub origin: String,
    pub sha256: String,
}

/// What stands around a declaration and is inherited.
#[derive(Clone, Default)]
struct Around {
    pack: Option<Id>,
    mechanism: Option<Id>,
    direction: Option<Ref>,
    source: Option<Cite>,
    methodist: Option<String>,
    institutions: Vec<Ref>,
    /// `умолчания` by level, the nearer ones over the farther.
    defaults: BTreeMap<Level, Defaults>,
    indicator_defaults: BTreeMap<Level, IndicatorDefaults>,
}

#[derive(Clone)]
struct Defaults {
    responsible: Vec<Ref>,
    controller: Option<Ref>,
    term: Option<Term<Id>>,
    methodist: Option<String>,
}

#[derive(Clone)]
struct IndicatorDefaults {
    every: Option<Every>,
    appears: Option<Month>,
    data: Option<String>,
    /// Why, in the methodist's words.
    methodist: Option<String>,
}

/// The state of the second pass.
pub struct Lowering<'a> {
    sources: &'a SourceMap,
    names: Names,
    better: BTreeMap<Id, Better>,
    levels: BTreeMap<Id, Level>,
    /// The list of each indicator «из перечня».
    lists: BTreeMap<Id, Id>,
    /// The kinds of institution that directions are for.
    direction_kinds: BTreeMap<Id, Vec<Name>>,
    unit_forms: IndexMap<String, Id>,
    /// Whether names of the document's lists may stand in expressions.
    lists_allowed: bool,
    /// Roadmaps and programmes that wait for their base.
    adapted_roadmaps: Vec<(Id, Verbs<Roadmap>)>,
    adapted_programmes: Vec<(Id, Verbs<ProgrammeKind>)>,
    /// Methodologies, read when every indicator is there.
    waiting_methodologies: Vec<(Item, Around)>,
    model: Model,
    out: &'a mut Vec<Diagnostic>,
}

/// Resolves the packs in view; the asked one is the last.
pub fn lower(packs: Vec<ParsedPack>, sources: &SourceMap, out: &mut Vec<Diagnostic>) -> Model {
    let mut lowering = Lowering {
        sources,
        names: Names::default(),
        better: BTreeMap::new(),
        levels: BTreeMap::new(),
        lists: BTreeMap::new(),
        direction_kinds: BTreeMap::new(),
        unit_forms: IndexMap::new(),
        lists_allowed: false,
        adapted_roadmaps: Vec::new(),
        adapted_programmes: Vec::new(),
        waiting_methodologies: Vec::new(),
        model: Model::default(),
        out,
    };
    lowering.enumerations(&packs);
    let packs: Vec<(ParsedPack, Vec<Node>)> = packs
        .into_iter()
        .map(|mut pack| {
            let nodes = std::mem::take(&mut pack.nodes);
            let nodes = expand(nodes, &lowering.model.enumerations, lowering.out);
            report_strays(&nodes, lowering.out);
            (pack, nodes)
        })
        .collect();
    for (_, nodes) in &packs {
        lowering.collect(nodes);
    }
    for (pack, nodes) in &packs {
        lowering.pack(pack, nodes);
    }
    lowering.adapt();
    lowering.methodologies();
    lowering.model
}

fn is_defaults(item: &Item) -> bool {
    matches!(item.noun, Noun::Defaults | Noun::IndicatorDefaults)
}

impl Lowering<'_> {
    // ------------------------------------------------------------ first pass: names

    fn enumerations(&mut self, packs: &[ParsedPack]) {
        for pack in packs {
            for node in &pack.nodes {
                let Node::Item(item) = node else { continue };
                if item.noun == Noun::Enumeration {
                    let around = Around { pack: Some(pack.id.clone()), ..Around::default() };
                    let reader = Reader::new(item, self.out);
                    let enumeration = self.enumeration(&reader, &around);
                    self.model.enumerations.insert(item.name.id(), enumeration);
                }
            }
        }
    }

    fn collect(&mut self, nodes: &[Node]) {
        for node in nodes {
            let item = match node {
                Node::Item(item) => item,
                Node::Lost(names) => {
                    names.iter().for_each(|name| self.names.lose(name));
                    continue;
                }
                _ => continue,
            };
            if !is_defaults(item) {
                let symbol = Symbol { noun: item.noun, span: item.name.span };
                self.names.declare(&item.name, symbol, self.out);
            }
            match item.noun {
                Noun::Indicator => self.collect_indicator(item),
                Noun::Unit => self.collect_unit(item),
                Noun::Roadmap => self.collect_roadmap(item),
                Noun::Programme => self.collect_statement(item),
                Noun::Direction => {
                    self.collect_kinds(item);
                    self.collect(&item.body);
                }
                Noun::RoadmapDirection | Noun::Mechanism | Noun::Analysis => {
                    self.collect(&item.body)
                }
                _ => {}
            }
        }
    }

    fn collect_indicator(&mut self, item: &Item) {
        let id = item.name.id();
        if let Some(level) = item.level {
            self.levels.insert(id.clone(), level);
        }
        for node in &item.body {
            match node {
                Node::Clause(Clause { value: Value::Better(better), .. }) => {
                    self.better.insert(id.clone(), *better);
                }
                Node::Clause(Clause { value: Value::Kind(KindSyntax::OneOf { list }), .. }) => {
                    self.lists.insert(id.clone(), list.id());
                }
                _ => {}
            }
        }
    }

    fn collect_kinds(&mut self, direction: &Item) {
        for node in &direction.body {
            if let Node::Clause(Clause { keyword: "для", value: Value::Names(kinds), .. }) = node
            {
                self.direction_kinds.insert(direction.name.id(), kinds.clone());
            }
        }
    }

    fn collect_unit(&mut self, item: &Item) {
        let id = item.name.id();
        for form in title_text(&item.title).split(',') {
            self.unit_forms.entry(form.trim().to_owned()).or_insert_with(|| id.clone());
        }
        self.unit_forms.insert(item.name.text.clone(), id);
    }

    // ------------------------------------------------------------ second pass: declarations

    fn pack(&mut self, pack: &ParsedPack, nodes: &[Node]) {
        let reader = Reader::new(&pack.head, self.out);
        let mut uses: Vec<Id> = reader.names("использует").iter().map(Name::id).collect();
        let base = match reader.value("на основе") {
            Some(Value::Base { name, .. }) => Some(name.id()),
            _ => None,
        };
        uses.extend(base.clone());
        if pack.edition.is_empty() {
            reader.missing("редакция", "редакция 2026.1", self.out);
        }
        self.model.packs.push(PackInfo {
            id: pack.id.clone(),
            title: title_text(&pack.head.title).to_owned(),
            edition: pack.edition.clone(),
            origin: pack.origin.clone(),
            sha256: pack.sha256.clone(),
            uses,
            base,
            validity: validity(&reader),
            span: pack.head.span,
        });
        let around = Around {
            pack: Some(pack.id.clone()),
            source: reader.cite(),
            methodist: reader.own_methodist(),
            ..Around::default()
        };
        self.nodes(nodes, around);
    }

    fn nodes(&mut self, nodes: &[Node], mut around: Around) {
        for item in items(nodes).filter(|item| is_defaults(item)) {
            let reader = Reader::new(item, self.out);
            let Some(level) = item.level else { continue };
            if item.noun == Noun::Defaults {
                let defaults = self.defaults(&reader);
                around.defaults.insert(level, defaults);
            } else {
                let defaults = self.indicator_defaults(&reader);
                around.indicator_defaults.insert(level, defaults);
            }
        }
        for item in items(nodes).filter(|item| !is_defaults(item)) {
            self.item(item, &around);
        }
    }

    /// Whether a name is that of its declaration, not of a second one that was refused.
    fn is_declared(&self, name: &Name) -> bool {
        self.names.get(&name.id()).is_some_and(|symbol| symbol.span == name.span)
    }

    fn item(&mut self, item: &Item, around: &Around) {
        if !self.is_declared(&item.name) {
            return;
        }
        let reader = Reader::new(item, self.out);
        let id = item.name.id();
        macro_rules! enter {
            ($table:ident, $make:expr) => {{
                let made = $make;
                self.model.$table.insert(id, made);
            }};
        }
        macro_rules! enter_if {
            ($table:ident, $make:expr) => {{
                if let Some(made) = $make {
                    self.model.$table.insert(id, made);
                }
            }};
        }
        match item.noun {
            Noun::Source => enter!(sources, self.source(&reader, around)),
            Noun::Act => enter!(acts, self.act(&reader, around)),
            Noun::Body => enter!(bodies, self.body(&reader, around)),
            Noun::Role => enter!(roles, self.role(&reader, around)),
            Noun::Unit => enter_if!(units, self.unit(&reader, around)),
            Noun::Scale => enter_if!(scales, self.scale(&reader, around)),
            Noun::Category => enter!(categories, self.category(&reader, around)),
            Noun::InstitutionKind => {
                enter!(institution_kinds, self.institution_kind(&reader, around))
            }
            Noun::Vocabulary => enter!(vocabularies, self.vocabulary(&reader, around)),
            Noun::Zone => enter!(zones, Zone { meta: self.meta(&reader, around) }),
            Noun::Direction => self.direction(&reader, around),
            Noun::Mechanism => self.mechanism(&reader, around),
            Noun::Indicator => enter_if!(indicators, self.indicator(&reader, around)),
            Noun::Question => enter!(questions, self.question(&reader, around)),
            Noun::Deficit => enter_if!(deficits, self.deficit(&reader, around)),
            Noun::Cause => enter!(causes, self.cause(&reader, around)),
            Noun::Requirement => enter!(requirements, self.requirement(&reader, around)),
            Noun::Goal => enter!(goals, self.goal(&reader, around)),
            Noun::Task => enter!(tasks, self.task(&reader, around)),
            Noun::Activity => enter!(activities, self.activity(&reader, around)),
            Noun::Resource => enter!(resources, self.resource(&reader, around)),
            Noun::Risk => enter!(risks, self.risk(&reader, around)),
            Noun::Analysis => enter!(analyses, self.analysis(&reader, around)),
            Noun::Calendar => enter!(calendars, self.calendar(&reader, around)),
            Noun::Document => enter!(documents, self.document(&reader, around)),
            Noun::Roadmap => enter!(roadmaps, self.roadmap(&reader, around)),
            Noun::Programme => enter!(programmes, self.programme(&reader, around)),
            Noun::Test => enter!(tests, self.test(&reader, around)),
            Noun::Function => enter_if!(functions, self.function(&reader, around)),
            Noun::Methodology => {
                self.waiting_methodologies.push((item.clone(), around.clone()));
            }
            Noun::Enumeration
            | Noun::Pack
            | Noun::AnalysisBlock
            | Noun::Conclusion
            | Noun::Defaults
            | Noun::IndicatorDefaults
            | Noun::RoadmapDirection
            | Noun::RoadmapActivity
            | Noun::RoadmapChange
            | Noun::PartChange
            | Noun::YearPlan
            | Noun::PlannedResult
            | Noun::Section
            | Noun::Stage
            | Noun::StatedGoal
            | Noun::StatedTask
            | Noun::StatedResult
            | Noun::Participant
            | Noun::Annex
            | Noun::Table
            | Noun::Chart
            | Noun::Parameter
            | Noun::SchoolGroup
            | Noun::Domain
            | Noun::Criterion => {}
        }
    }
}
