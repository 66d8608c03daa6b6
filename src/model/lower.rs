//! From syntax to declarations: names are collected first, so that order never matters; then each
//! declaration is read clause by clause. What cannot be read is reported and left out.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::declarations::*;
use super::expand::expand;
use super::names::{Names, Symbol};
use super::reader::Reader;
use super::{codes, expr::Unit};
use crate::base::Bound;
use crate::base::{Id, Interval, Level, Number, Span};
use crate::calendar::Term;
use crate::data::Reading;
use crate::diag::{Diagnostic, SourceMap};
use crate::syntax::tree::{
    self, Better, BoundWord, Clause, Expect, ExpectedValue, GivenValue, Item, KindSyntax, Name,
    Node, TargetSyntax, Value,
};
use crate::syntax::{Noun, title_text};
use crate::text::Text;

/// A pack, parsed and not yet resolved.
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
    institution: Option<Ref>,
    /// `умолчания` by level, the nearer ones over the farther.
    defaults: BTreeMap<Level, Defaults>,
}

#[derive(Clone)]
struct Defaults {
    responsible: Vec<Ref>,
    controller: Option<Ref>,
    term: Option<Term<Id>>,
    methodist: Option<String>,
}

/// The state of the second pass.
pub struct Lowering<'a> {
    sources: &'a SourceMap,
    pub(super) names: Names,
    pub(super) better: BTreeMap<Id, Better>,
    pub(super) levels: BTreeMap<Id, Level>,
    pub(super) unit_forms: IndexMap<String, Id>,
    /// Whether names of the document's lists may stand in expressions.
    pub(super) lists_allowed: bool,
    model: Model,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

/// Resolves the packs in view; the asked one is the last.
pub fn lower(packs: Vec<ParsedPack>, sources: &SourceMap, out: &mut Vec<Diagnostic>) -> Model {
    let mut lowering = Lowering {
        sources,
        names: Names::default(),
        better: BTreeMap::new(),
        levels: BTreeMap::new(),
        unit_forms: IndexMap::new(),
        lists_allowed: false,
        model: Model::default(),
        out,
    };
    lowering.enumerations(&packs);
    let packs: Vec<(ParsedPack, Vec<Node>)> = packs
        .into_iter()
        .map(|mut pack| {
            let nodes = std::mem::take(&mut pack.nodes);
            let nodes = expand(nodes, &lowering.model.enumerations, lowering.out);
            (pack, nodes)
        })
        .collect();
    for (_, nodes) in &packs {
        lowering.collect(nodes);
    }
    for (pack, nodes) in &packs {
        lowering.pack(pack, nodes);
    }
    lowering.model
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
            let Node::Item(item) = node else { continue };
            if item.noun != Noun::Defaults {
                let symbol = Symbol { noun: item.noun, span: item.name.span };
                self.names.declare(&item.name, symbol, self.out);
            }
            match item.noun {
                Noun::Indicator => self.collect_indicator(item),
                Noun::Unit => self.collect_unit(item),
                Noun::Mechanism | Noun::Direction => self.collect(&item.body),
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
            if let Node::Clause(Clause { value: Value::Better(better), .. }) = node {
                self.better.insert(id.clone(), *better);
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
        if let Some(Value::Base { name, .. }) = reader.value("на основе") {
            uses.push(name.id());
        }
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
        for item in items(nodes).filter(|item| item.noun == Noun::Defaults) {
            let reader = Reader::new(item, self.out);
            let defaults = self.defaults(&reader);
            if let Some(level) = item.level {
                around.defaults.insert(level, defaults);
            }
        }
        for item in items(nodes).filter(|item| item.noun != Noun::Defaults) {
            self.item(item, &around);
        }
    }

    fn item(&mut self, item: &Item, around: &Around) {
        let known = self.names.get(&item.name.id()).is_some_and(|s| s.span == item.name.span);
        if !known {
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
            Noun::Document => enter!(documents, self.document(&reader, around)),
            Noun::Programme => enter!(programmes, self.programme(&reader, around)),
            Noun::Test => enter!(tests, self.test(&reader, around)),
            Noun::Function => enter_if!(functions, self.function(&reader, around)),
            Noun::Enumeration
            | Noun::Pack
            | Noun::Defaults
            | Noun::Section
            | Noun::Annex
            | Noun::Table
            | Noun::Chart => {}
        }
    }

    fn meta(&mut self, reader: &Reader<'_>, around: &Around) -> Meta {
        let item = reader.item;
        let cite = reader.cite().or_else(|| around.source.clone());
        let source = cite.filter(|cite| self.source_exists(cite, reader));
        let methodist = reader.methodist();
        let methodists_own = reader.own_methodist().is_some() && reader.cite().is_none();
        Meta {
            pack: around.pack.clone().unwrap_or_else(|| Id::new("")),
            span: item.name.span,
            title: title_text(&item.title).to_owned(),
            number: item.number.clone(),
            mechanism: around.mechanism.clone(),
            source: if methodists_own { None } else { source },
            methodist: methodist.or_else(|| around.methodist.clone()),
            mended: reader.mends(),
            unconfirmed: reader.unconfirmed(),
            prose: self.prose(item),
        }
    }

    fn prose(&self, item: &Item) -> String {
        let lines: Vec<&str> = item.prose.iter().map(|span| self.sources.slice(*span)).collect();
        lines.join("\n")
    }

    /// A text with names in it; its faults are reported where they stand.
    fn template(&mut self, quoted: &tree::Quoted) -> Option<Template> {
        let length = quoted.text.len();
        match Text::parse(&quoted.text) {
            Ok(text) => Some(Template { source: quoted.text.clone(), text, span: quoted.span }),
            Err(faults) => {
                for fault in faults {
                    let place = place_in_quotes(quoted.span, length, fault.offset, 2);
                    self.out.push(Diagnostic::error(codes::BAD_TEXT, place, fault.message));
                }
                None
            }
        }
    }

    fn templates(&mut self, reader: &Reader<'_>, keyword: &'static str) -> Vec<Template> {
        reader
            .all(keyword)
            .filter_map(|clause| match &clause.value {
                Value::Text(text) => self.template(text),
                _ => None,
            })
            .collect()
    }

    /// A citation of a source that nobody declared is reported where it is written, once.
    fn source_exists(&mut self, cite: &Cite, reader: &Reader<'_>) -> bool {
        let known = self.names.get(&cite.source).is_some_and(|s| s.noun == Noun::Source);
        if !known && let Some(Value::Source(place)) = reader.value("по источнику") {
            self.names.resolve(&place.source, &[Noun::Source], self.out);
        }
        known
    }

    fn reference(&mut self, name: &Name, nouns: &[Noun]) -> Option<Ref> {
        let id = self.names.resolve(name, nouns, self.out)?;
        Some(Ref { id, span: name.span })
    }

    fn references(&mut self, names: &[Name], nouns: &[Noun]) -> Vec<Ref> {
        names.iter().filter_map(|name| self.reference(name, nouns)).collect()
    }

    fn optional(&mut self, name: Option<&Name>, nouns: &[Noun]) -> Option<Ref> {
        name.and_then(|name| self.reference(name, nouns))
    }

    fn condition(&mut self, reader: &Reader<'_>, keyword: &'static str) -> Option<super::Expr> {
        match reader.value(keyword)? {
            Value::Expr(expr) => self.expr(expr),
            _ => None,
        }
    }

    // ------------------------------------------------------------ who, where from

    fn source(&mut self, reader: &Reader<'_>, around: &Around) -> Source {
        Source {
            meta: self.meta(reader, around),
            issuer: reader.words("издатель").unwrap_or_default(),
            date: date(reader),
            number: number(reader),
        }
    }

    fn act(&mut self, reader: &Reader<'_>, around: &Around) -> Act {
        let level = match reader.value("уровень") {
            Some(Value::Level(level)) => *level,
            _ => {
                reader.missing("уровень", "уровень федерация", self.out);
                Level::Federation
            }
        };
        Act {
            meta: self.meta(reader, around),
            level,
            kind: reader.words("вид").unwrap_or_default(),
            issuer: reader.words("издатель").unwrap_or_default(),
            date: date(reader),
            number: number(reader),
            validity: validity(reader),
            draft: reader.flag("состояние проект"),
        }
    }

    fn body(&mut self, reader: &Reader<'_>, around: &Around) -> Body {
        Body {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            short: reader.words("сокращённо"),
            synonyms: reader.texts("синонимы"),
        }
    }

    fn role(&mut self, reader: &Reader<'_>, around: &Around) -> Role {
        let mut forms = BTreeMap::new();
        for clause in reader.one("склонение").map_or(&[] as &[Node], |clause| &clause.body)
        {
            if let Node::Clause(Clause { value: Value::Row { title, text }, .. }) = clause {
                forms.insert(title.text.clone(), text.text.clone());
            }
        }
        Role {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            short: reader.words("сокращённо"),
            forms,
        }
    }

    fn unit(&mut self, reader: &Reader<'_>, around: &Around) -> Option<UnitDecl> {
        let title = title_text(&reader.item.title);
        let forms: Vec<String> = title.split(',').map(|form| form.trim().to_owned()).collect();
        match <[String; 3]>::try_from(forms) {
            Ok(forms) if forms.iter().all(|form| !form.is_empty()) => {
                Some(UnitDecl { meta: self.meta(reader, around), forms })
            }
            _ => {
                let place = reader.item.title.as_ref().map_or(reader.item.span, |t| t.span);
                self.out.push(
                    Diagnostic::error(codes::BAD_FORMS, place, "у единицы должно быть три формы")
                        .with_hint("для 1, для 2–4 и для 5: «событие, события, событий»"),
                );
                None
            }
        }
    }

    fn scale(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Scale> {
        match reader.value("от") {
            Some(Value::Range(low, high)) if low < high => Some(Scale {
                meta: self.meta(reader, around),
                low: low.clone(),
                high: high.clone(),
            }),
            _ => {
                reader.missing("от", "от 0 до 100 (начало меньше конца)", self.out);
                None
            }
        }
    }

    fn enumeration(&mut self, reader: &Reader<'_>, around: &Around) -> Enumeration {
        let mut elements = Table::new();
        for clause in reader.all("-") {
            let Value::Element { name, title, forms } = &clause.value else { continue };
            let forms =
                forms.iter().map(|(case, text)| (case.clone(), text.text.clone())).collect();
            let element = Element { title: title.text.clone(), forms };
            if elements.insert(name.id(), element).is_some() {
                self.out.push(Diagnostic::error(
                    codes::DUPLICATE,
                    name.span,
                    format!("значение «{}» уже есть в перечне", name.text),
                ));
            }
        }
        Enumeration { meta: self.meta(reader, around), elements }
    }

    fn category(&mut self, reader: &Reader<'_>, around: &Around) -> Category {
        Category {
            meta: self.meta(reader, around),
            short: reader.words("сокращённо"),
            synonyms: reader.texts("синонимы"),
        }
    }

    fn institution_kind(&mut self, reader: &Reader<'_>, around: &Around) -> InstitutionKind {
        InstitutionKind {
            meta: self.meta(reader, around), short: reader.words("сокращённо")
        }
    }

    // ------------------------------------------------------------ the table of mechanisms

    fn direction(&mut self, reader: &Reader<'_>, around: &Around) {
        let meta = self.meta(reader, around);
        let inner = Around {
            source: meta.source.clone().or_else(|| around.source.clone()),
            direction: Some(Ref { id: reader.item.name.id(), span: reader.item.span }),
            ..around.clone()
        };
        let curators = self.references(reader.names("кураторы"), &[Noun::Body, Noun::Role]);
        self.model.directions.insert(reader.item.name.id(), Direction { meta, curators });
        self.nodes(&reader.item.body, inner);
    }

    fn mechanism(&mut self, reader: &Reader<'_>, around: &Around) {
        let meta = self.meta(reader, around);
        let direction = match reader.name("входит в") {
            Some(name) => self.reference(name, &[Noun::Direction]),
            None => around.direction.clone(),
        };
        if direction.is_none() && reader.name("входит в").is_none() {
            reader.missing("входит в", "входит в имя_направления", self.out);
        }
        let institution = self.optional(reader.name("для"), &[Noun::InstitutionKind]);
        let inner = Around {
            mechanism: Some(reader.item.name.id()),
            source: meta.source.clone().or_else(|| around.source.clone()),
            methodist: reader.own_methodist().or_else(|| around.methodist.clone()),
            institution: institution.clone(),
            ..around.clone()
        };
        let mechanism = Mechanism {
            meta,
            direction,
            goals: reader.texts("цели"),
            in_development: reader.flag("состояние в_разработке"),
            institution,
        };
        self.model.mechanisms.insert(reader.item.name.id(), mechanism);
        self.nodes(&reader.item.body, inner);
    }

    fn indicator(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Indicator> {
        let kind = match reader.value("вид") {
            Some(Value::Kind(kind)) => self.kind(kind)?,
            _ => {
                reader.missing("вид", "вид процент", self.out);
                return None;
            }
        };
        let coverage = match reader.value("охват не меньше") {
            Some(Value::Quantity(quantity)) => self.quantity(quantity),
            _ => None,
        };
        let every = ["каждый", "каждое"].iter().find_map(|word| match reader.value(word) {
            Some(Value::Every(every)) => Some(*every),
            _ => None,
        });
        Some(Indicator {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            kind,
            better: self.better.get(&reader.item.name.id()).copied(),
            every,
            appears: match reader.value("появляется") {
                Some(Value::Month(month)) => Some(*month),
                _ => None,
            },
            data: self.supplier(reader.name("данные")),
            breakdown: reader.names("разрез").iter().map(|name| name.text.clone()).collect(),
            applicable: self.condition(reader, "применимо если"),
            formula: self.condition(reader, "расчёт"),
            coverage,
            feeds: self.references(reader.names("питает"), &[Noun::Indicator]),
            part_of: self.optional(reader.name("входит в"), &[Noun::Indicator]),
            evidence: self.documents(reader, "подтверждает"),
            facts: self.figures(reader, "факт"),
            plans: self.figures(reader, "план"),
            column: reader.words("колонка"),
            short: reader.words("кратко"),
            internal: reader.flag("только внутри"),
            source_column: reader.words("графа"),
        })
    }

    fn kind(&mut self, kind: &KindSyntax) -> Option<Kind> {
        Some(match kind {
            KindSyntax::YesNo => Kind::YesNo,
            KindSyntax::Percent { of } => Kind::Percent {
                of: match of {
                    Some(name) => Some(self.names.resolve(name, &[Noun::Indicator], self.out)?),
                    None => None,
                },
            },
            KindSyntax::Points => Kind::Points,
            KindSyntax::Number { unit, by } => Kind::Number {
                unit: match unit {
                    Some(name) => match self.unit_word_of(name)? {
                        Unit::Count(id) => Some(id),
                        _ => None,
                    },
                    None => None,
                },
                by: match by {
                    Some(name) => Some(self.names.resolve(name, &[Noun::Enumeration], self.out)?),
                    None => None,
                },
            },
            KindSyntax::Score { scale } => {
                Kind::Score { scale: self.names.resolve(scale, &[Noun::Scale], self.out)? }
            }
            KindSyntax::Mark => Kind::Mark,
            KindSyntax::Date => Kind::Date,
            KindSyntax::Text => Kind::Text,
            KindSyntax::OneOf { list } => {
                Kind::OneOf { list: self.names.resolve(list, &[Noun::Enumeration], self.out)? }
            }
        })
    }

    fn unit_word_of(&mut self, name: &Name) -> Option<Unit> {
        let quantity = tree::Quantity {
            number: Number::zero(),
            unit: tree::UnitSyntax::Word(name.clone()),
            span: name.span,
        };
        self.quantity(&quantity).map(|quantity| quantity.unit)
    }

    /// Who supplies the figures: a body or a role by title, or a level by its word.
    fn supplier(&mut self, name: Option<&Name>) -> Option<String> {
        let name = name?;
        if Level::from_word(&name.text).is_some() {
            return Some(name.text.clone());
        }
        self.names.resolve(name, &[Noun::Body, Noun::Role], self.out).map(|id| id.to_string())
    }

    fn figures(
        &mut self,
        reader: &Reader<'_>,
        keyword: &'static str,
    ) -> Vec<(i32, super::Quantity)> {
        let Some(Value::Figures(figures)) = reader.value(keyword) else { return Vec::new() };
        figures
            .iter()
            .filter_map(|(year, quantity)| Some((*year, self.quantity(quantity)?)))
            .collect()
    }

    fn documents(&mut self, reader: &Reader<'_>, keyword: &'static str) -> Vec<DocumentUse> {
        let Some(Value::Documents(uses)) = reader.value(keyword) else { return Vec::new() };
        uses.iter()
            .filter_map(|document| {
                Some(DocumentUse {
                    kind: self.reference(&document.kind, &[Noun::Document])?,
                    number: document.number.clone(),
                    title: document.title.as_ref().map(|title| title.text.clone()),
                    alternative: document.alternative,
                    outside: document.outside,
                })
            })
            .collect()
    }

    // ------------------------------------------------------------ the chain

    fn question(&mut self, reader: &Reader<'_>, around: &Around) -> Question {
        Question {
            meta: self.meta(reader, around),
            who: self.optional(reader.name("отвечает"), &[Noun::Role, Noun::Body]),
            yes_confirms: self.references(reader.names("да подтверждает"), &[Noun::Cause]),
            no_confirms: self.references(reader.names("нет подтверждает"), &[Noun::Cause]),
            note: reader.words("пояснение").unwrap_or_default(),
        }
    }

    fn deficit(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Deficit> {
        let zone = self.optional(reader.name("зона"), &[Noun::Zone]);
        let causes = self.references(reader.names("возможные причины"), &[Noun::Cause]);
        let shown = self.references(reader.names("показатели"), &[Noun::Indicator]);
        let weights = self.weights(reader);
        if !reader.flag("если") {
            reader.missing("если", "если показатель хуже показатель по региону", self.out);
        }
        Some(Deficit {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            zone,
            condition: self.condition(reader, "если")?,
            weights,
            causes,
            shown,
            texts: self.templates(reader, "текст"),
        })
    }

    fn weights(&mut self, reader: &Reader<'_>) -> Vec<Weight> {
        let lines = reader.one("вес").map_or(&[] as &[Node], |clause| &clause.body);
        clauses(lines)
            .filter_map(|clause| match &clause.value {
                Value::Weight { value, condition: None } => {
                    Some(Weight { value: value.clone(), condition: None })
                }
                Value::Weight { value, condition: Some(condition) } => {
                    Some(Weight { value: value.clone(), condition: Some(self.expr(condition)?) })
                }
                _ => None,
            })
            .collect()
    }

    fn cause(&mut self, reader: &Reader<'_>, around: &Around) -> Cause {
        Cause {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            zone: self.optional(reader.name("зона"), &[Noun::Zone]),
            condition: self.condition(reader, "если"),
        }
    }

    fn requirement(&mut self, reader: &Reader<'_>, around: &Around) -> Requirement {
        self.lists_allowed = true;
        let condition = self.condition(reader, "если");
        self.lists_allowed = false;
        Requirement {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            acts: self.references(reader.names("основания"), &[Noun::Act]),
            condition,
        }
    }

    fn goal(&mut self, reader: &Reader<'_>, around: &Around) -> Goal {
        Goal {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            targets: self.targets(reader),
        }
    }

    fn targets(&mut self, reader: &Reader<'_>) -> Vec<Target> {
        reader
            .all("довести")
            .filter_map(|clause| match &clause.value {
                Value::Target(target) => self.target(target, clause.span),
                _ => None,
            })
            .collect()
    }

    fn target(&mut self, target: &TargetSyntax, span: Span) -> Option<Target> {
        let indicator = self.reference(&target.indicator, &[Noun::Indicator])?;
        let value = match &target.value {
            tree::TargetValue::OfBaseline(factor) => TargetValue::OfBaseline(factor.clone()),
            tree::TargetValue::Quantity(quantity) => {
                TargetValue::Quantity(self.quantity(quantity)?)
            }
            tree::TargetValue::Reference(reference) => {
                TargetValue::Observe(self.observe(reference)?)
            }
        };
        Some(Target { indicator, value, month: target.month, year: target.year, span })
    }

    fn task(&mut self, reader: &Reader<'_>, around: &Around) -> Task {
        let answers = self.references(reader.names("отвечает"), &[Noun::Deficit, Noun::Cause]);
        let is_deficit = |reference: &Ref| {
            self.names.get(&reference.id).is_some_and(|symbol| symbol.noun == Noun::Deficit)
        };
        let (deficits, causes) = answers.into_iter().partition(is_deficit);
        Task {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            deficits,
            causes,
            goal: self.optional(reader.name("к цели"), &[Noun::Goal]),
            zone: self.optional(reader.name("зона"), &[Noun::Zone]),
        }
    }

    fn activity(&mut self, reader: &Reader<'_>, around: &Around) -> Activity {
        let level = reader.item.level.unwrap_or(Level::School);
        let mut activity = Activity {
            meta: self.meta(reader, around),
            level,
            tasks: self.references(reader.names("решает"), &[Noun::Task]),
            requirements: self.references(reader.names("исполняет"), &[Noun::Requirement]),
            causes: self.references(reader.names("устраняет"), &[Noun::Cause]),
            condition: self.condition(reader, "нужно если"),
            responsible: self.references(reader.names("ответственные"), ACTORS),
            controller: self.optional(reader.name("контроль"), ACTORS),
            participants: reader.names("участники").iter().map(|n| n.text.clone()).collect(),
            term: self.term(reader),
            defaults_by: None,
            after: self.references(reader.names("после"), &[Noun::Activity]),
            before: self.references(reader.names("до"), &[Noun::Activity]),
            documents: self.documents(reader, "документы"),
            results: reader.many_texts("результат"),
            moves: self.references(reader.names("двигает"), &[Noun::Indicator]),
            targets: self.targets(reader),
            first_step: reader.words("первый шаг"),
            institution: match reader.name("для") {
                Some(name) => self.reference(name, &[Noun::InstitutionKind]),
                None => around.institution.clone(),
            },
            modality: modality(reader),
            actions: reader.many_texts("действие"),
            absent: absences(reader),
            external: reader.flag("внешнее"),
        };
        if let Some(defaults) = around.defaults.get(&level) {
            apply_defaults(&mut activity, defaults);
        }
        activity
    }

    fn defaults(&mut self, reader: &Reader<'_>) -> Defaults {
        Defaults {
            responsible: self.references(reader.names("ответственные"), ACTORS),
            controller: self.optional(reader.name("контроль"), ACTORS),
            term: self.term(reader),
            methodist: reader.methodist(),
        }
    }

    fn term(&mut self, reader: &Reader<'_>) -> Option<Term<Id>> {
        match reader.value("срок")? {
            Value::Term(term) => term
                .clone()
                .map_document(|name| self.names.resolve(&name, &[Noun::Document], self.out)),
            _ => None,
        }
    }

    fn document(&mut self, reader: &Reader<'_>, around: &Around) -> DocumentKind {
        DocumentKind {
            meta: self.meta(reader, around),
            template: reader.words("шаблон"),
            external: reader.flag("внешний"),
        }
    }

    // ------------------------------------------------------------ programmes

    fn programme(&mut self, reader: &Reader<'_>, around: &Around) -> ProgrammeKind {
        self.lists_allowed = true;
        let sections = self.sections(&reader.item.body);
        self.lists_allowed = false;
        let kind = reader.words("тип").unwrap_or_else(|| {
            reader.missing("тип", "тип «ШППКО»", self.out);
            String::new()
        });
        let max_priorities = match reader.value("приоритетов не больше") {
            Some(Value::Quantity(quantity)) => {
                quantity.number.floor().and_then(|n| u32::try_from(n).ok())
            }
            _ => None,
        };
        ProgrammeKind {
            meta: self.meta(reader, around),
            level: reader.item.level.unwrap_or(Level::School),
            kind,
            period: match reader.value("период") {
                Some(Value::Period { years, from }) => Some((*years, *from)),
                _ => None,
            },
            max_priorities,
            accepts: reader.words("принимает"),
            agrees: reader.words("согласует"),
            approves: self.optional(reader.name("утверждает"), ACTORS),
            signs: self.optional(reader.name("подписывает"), ACTORS),
            acts: self.references(reader.names("основания"), &[Noun::Act]),
            directions: self
                .references(reader.names("порядок направлений"), &[Noun::Direction, Noun::Zone]),
            mark: reader.words("пометка"),
            title: reader.item.title.as_ref().and_then(|title| self.template(title)),
            sections,
        }
    }

    fn sections(&mut self, nodes: &[Node]) -> Vec<Section> {
        let sections: Vec<&Item> =
            items(nodes).filter(|item| matches!(item.noun, Noun::Section | Noun::Annex)).collect();
        sections.into_iter().map(|item| self.section(item)).collect()
    }

    fn section(&mut self, item: &Item) -> Section {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        Section {
            id: item.name.id(),
            number: item.number.clone(),
            title: title_text(&item.title).to_owned(),
            annex: item.noun == Noun::Annex,
            landscape: reader.flag("альбомный лист"),
            condition,
            blocks: self.blocks(&item.body),
            span: item.span,
        }
    }

    fn show_if(&mut self, reader: &Reader<'_>) -> Option<ShowIf> {
        self.condition(reader, "показать если").map(|expr| ShowIf { expr })
    }

    /// The blocks of a section in the order in which they stand.
    fn blocks(&mut self, nodes: &[Node]) -> Vec<SectionBlock> {
        nodes.iter().filter_map(|node| self.block(node)).collect()
    }

    fn block(&mut self, node: &Node) -> Option<SectionBlock> {
        match node {
            Node::Item(item) => Some(match item.noun {
                Noun::Table => SectionBlock::Table(self.table(item)),
                Noun::Chart => SectionBlock::Chart(self.chart(item)),
                _ => SectionBlock::Section(self.section(item)),
            }),
            Node::Clause(clause) => match (&clause.value, clause.keyword) {
                (Value::Text(text), keyword) => {
                    let kind = match keyword {
                        "список" => TextKind::List,
                        "вывод" => TextKind::Conclusion,
                        "текст" => TextKind::Paragraph,
                        _ => return None,
                    };
                    Some(SectionBlock::Text { template: self.template(text)?, kind })
                }
                (Value::Name(name), "каждый" | "каждая" | "каждое") => {
                    let condition = clauses(&clause.body).find_map(|inner| match &inner.value {
                        Value::Expr(expr) if inner.keyword == "показать если" => {
                            Some(expr)
                        }
                        _ => None,
                    });
                    let condition =
                        condition.and_then(|expr| self.expr(expr)).map(|expr| ShowIf { expr });
                    Some(SectionBlock::Each {
                        what: Ref { id: name.id(), span: name.span },
                        blocks: self.blocks(&clause.body),
                        condition,
                    })
                }
                _ => None,
            },
            Node::Template(_) => None,
        }
    }

    fn table(&mut self, item: &Item) -> TableSpec {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        let columns = reader.all("графа").filter_map(|clause| self.column(clause)).collect();
        let fixed = reader
            .all("строка")
            .filter_map(|clause| match &clause.value {
                Value::Row { title, text } => Some((title.text.clone(), self.template(text)?)),
                _ => None,
            })
            .collect();
        TableSpec {
            id: item.name.id(),
            title: item.title.as_ref().and_then(|title| self.template(title)),
            rows: reader.name("строки").map(|name| Ref { id: name.id(), span: name.span }),
            columns,
            fixed,
            condition,
            if_empty: reader.text("если пусто").and_then(|text| self.template(text)),
            span: item.span,
        }
    }

    fn column(&mut self, clause: &Clause) -> Option<ColumnSpec> {
        let Value::Column { title, field, modifiers, width } = &clause.value else { return None };
        let mut spec = ColumnSpec {
            title: self.template(title)?,
            field: Ref { id: field.id(), span: field.span },
            level: None,
            when: super::When::Current,
            width: *width,
        };
        for modifier in modifiers {
            match modifier {
                tree::Modifier::At(level) => spec.level = Some(*level),
                tree::Modifier::YearsAgo(years) => spec.when = super::When::YearsAgo(*years),
                tree::Modifier::InYear(year) => spec.when = super::When::Year(*year),
                _ => {}
            }
        }
        Some(spec)
    }

    fn chart(&mut self, item: &Item) -> ChartSpec {
        let reader = Reader::new(item, self.out);
        let condition = self.show_if(&reader);
        ChartSpec {
            id: item.name.id(),
            title: item.title.as_ref().and_then(|title| self.template(title)),
            indicators: self.references(reader.names("показатели"), &[Noun::Indicator]),
            rows: reader.name("строки").map(|name| Ref { id: name.id(), span: name.span }),
            condition,
            span: item.span,
        }
    }

    // ------------------------------------------------------------ tests and functions

    fn function(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Function> {
        let inputs = reader.one("вход").map_or(&[] as &[Node], |clause| &clause.body);
        let inputs = clauses(inputs)
            .filter_map(|clause| match &clause.value {
                Value::Input { name, kind, may_be_unknown } => Some(Input {
                    name: name.id(),
                    kind: self.kind(kind)?,
                    may_be_unknown: *may_be_unknown,
                }),
                _ => None,
            })
            .collect();
        let Some(Value::Kind(output)) = reader.value("выход") else {
            reader.missing("выход", "выход процент", self.out);
            return None;
        };
        let Some(code) = reader.one("код").and_then(|clause| clause.raw) else {
            reader.missing("код", "код rhai, ниже — вычисление", self.out);
            return None;
        };
        Some(Function {
            meta: self.meta(reader, around),
            inputs,
            output: self.kind(output)?,
            code: dedent(self.sources.slice(code)),
            code_span: code,
        })
    }

    fn test(&mut self, reader: &Reader<'_>, around: &Around) -> RuleTest {
        let mut given = Vec::new();
        let mut schools = Vec::new();
        let mut answers = Vec::new();
        for clause in reader.all("дано").flat_map(|block| clauses(&block.body)) {
            given.extend(self.given(clause));
        }
        for clause in reader.all("дано ответы").flat_map(|block| clauses(&block.body)) {
            if let Value::Answer { question, value } = &clause.value
                && let Some(question) = self.reference(question, &[Noun::Question])
            {
                answers.push((question, *value));
            }
        }
        for clause in reader.all("дано школы").flat_map(|block| clauses(&block.body)) {
            if let Value::School { title, facts } = &clause.value {
                let facts = facts
                    .iter()
                    .filter_map(|(name, value)| self.given_fact(name, None, None, value))
                    .collect();
                schools.push(GivenSchool { title: title.text.clone(), facts });
            }
        }
        let expectations = reader.all("ожидаем").filter_map(|clause| self.expectation(clause));
        RuleTest {
            expectations: expectations.collect(),
            meta: self.meta(reader, around),
            date: date(reader),
            programme: self.optional(reader.name("программа"), &[Noun::Programme]),
            given,
            answers,
            schools,
        }
    }

    fn given(&mut self, clause: &Clause) -> Vec<GivenFact> {
        let Value::Given { name, level, figures } = &clause.value else { return Vec::new() };
        figures
            .iter()
            .filter_map(|(year, value)| self.given_fact(name, *level, *year, value))
            .collect()
    }

    fn given_fact(
        &mut self,
        name: &Name,
        level: Option<Level>,
        year: Option<i32>,
        value: &GivenValue,
    ) -> Option<GivenFact> {
        let name = self.reference(name, &[Noun::Indicator, Noun::Category])?;
        let participants = match value {
            GivenValue::Quantity { participants, .. } => *participants,
            _ => None,
        };
        Some(GivenFact { name, level, year, reading: reading(value), participants })
    }

    fn expectation(&mut self, clause: &Clause) -> Option<Expectation> {
        let Value::Expect(expect) = &clause.value else { return None };
        let what = self.expected(expect)?;
        let mut missing = Vec::new();
        for below in clauses(&clause.body) {
            if let Value::Missing(references) = &below.value {
                missing.extend(references.iter().filter_map(|r| self.observe(r)));
            }
        }
        Some(Expectation { what, missing, span: clause.span })
    }

    fn expected(&mut self, expect: &Expect) -> Option<Expected> {
        Some(match expect {
            Expect::Deficit { name, state, weight } => Expected::Deficit {
                deficit: self.reference(name, &[Noun::Deficit])?,
                state: *state,
                weight: weight.clone(),
            },
            Expect::Cause { name, state } => {
                Expected::Cause { cause: self.reference(name, &[Noun::Cause])?, state: *state }
            }
            Expect::Absent { noun, name } => {
                Expected::Absent { noun: *noun, element: self.reference(name, &[*noun])? }
            }
            Expect::Chosen { noun, name, term } => Expected::Chosen {
                noun: *noun,
                element: self.reference(name, &[*noun])?,
                term: *term,
            },
            Expect::Text { name, contains } => Expected::Text {
                deficit: self.reference(name, &[Noun::Deficit])?,
                contains: contains.text.clone(),
            },
            Expect::Between { reference, low, high } => Expected::Between {
                observe: self.observe(reference)?,
                low: self.quantity(low)?,
                high: self.quantity(high)?,
            },
            Expect::Indicator { reference, value } => Expected::Indicator {
                observe: self.observe(reference)?,
                value: match value {
                    ExpectedValue::Unknown => ExpectedReading::Unknown,
                    ExpectedValue::Inapplicable => ExpectedReading::Inapplicable,
                    ExpectedValue::Truth(truth) => ExpectedReading::Truth(*truth),
                    ExpectedValue::Quantity(quantity) => {
                        ExpectedReading::Quantity(self.quantity(quantity)?)
                    }
                },
            },
        })
    }
}

/// Raw text without the indentation that all its lines share.
fn dedent(text: &str) -> String {
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shared = text.lines().filter(|line| !line.trim().is_empty()).map(depth).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(shared..).unwrap_or("")).collect();
    lines.join("\n")
}

const ACTORS: &[Noun] = &[Noun::Role, Noun::Body];

fn items(nodes: &[Node]) -> impl Iterator<Item = &Item> {
    nodes.iter().filter_map(|node| match node {
        Node::Item(item) => Some(item),
        _ => None,
    })
}

fn clauses(nodes: &[Node]) -> impl Iterator<Item = &Clause> {
    nodes.iter().filter_map(|node| match node {
        Node::Clause(clause) => Some(clause),
        _ => None,
    })
}

fn date(reader: &Reader<'_>) -> Option<crate::calendar::Date> {
    match reader.value("дата")? {
        Value::Date(date) => *date,
        _ => None,
    }
}

fn number(reader: &Reader<'_>) -> Option<String> {
    match reader.value("номер")? {
        Value::Printed(number) => number.as_ref().map(|text| text.text.clone()),
        _ => None,
    }
}

fn validity(reader: &Reader<'_>) -> Option<Validity> {
    match reader.value("действует")? {
        Value::Validity { from, to } => Some(Validity { from: *from, to: *to }),
        _ => None,
    }
}

fn modality(reader: &Reader<'_>) -> Modality {
    let modes = [
        ("рекомендуется", Modality::Recommended),
        ("по запросу", Modality::OnRequest),
        ("при необходимости", Modality::WhenNeeded),
    ];
    modes
        .into_iter()
        .find(|(keyword, _)| reader.flag(keyword))
        .map_or(Modality::Obligatory, |(_, mode)| mode)
}

fn absences(reader: &Reader<'_>) -> Vec<String> {
    let statements = [
        ("ответственные не названы", "ответственный"),
        ("срок не назван", "срок"),
        ("документ не назван", "документ"),
    ];
    statements
        .into_iter()
        .filter(|(keyword, _)| reader.flag(keyword))
        .map(|(_, what)| what.to_owned())
        .collect()
}

/// What the activity does not say and is not stated to be absent comes from the `умолчания`.
fn apply_defaults(activity: &mut Activity, defaults: &Defaults) {
    let stated = |what: &str| activity.absent.iter().any(|absent| absent == what);
    let (no_one, no_term) = (stated("ответственный"), stated("срок"));
    let mut used = false;
    if activity.responsible.is_empty() && !no_one {
        activity.responsible.clone_from(&defaults.responsible);
        used = true;
    }
    if activity.controller.is_none() {
        activity.controller.clone_from(&defaults.controller);
    }
    if activity.term.is_none() && !no_term {
        activity.term.clone_from(&defaults.term);
        used = true;
    }
    if used {
        activity.defaults_by.clone_from(&defaults.methodist);
    }
}

/// What a line of a test says, as a data file would.
fn reading(value: &GivenValue) -> Reading {
    let percent = |quantity: &tree::Quantity| quantity.unit == tree::UnitSyntax::Percent;
    match value {
        GivenValue::Unknown => Reading::Missing,
        GivenValue::Moved(direction) => Reading::Moved(*direction),
        GivenValue::Truth(truth) => Reading::Truth(*truth),
        GivenValue::Words(words) => Reading::Words(words.clone()),
        GivenValue::Quantity { quantity, .. } => {
            Reading::Figure { value: quantity.number.clone(), percent: percent(quantity) }
        }
        GivenValue::Bound { word, quantity } => {
            let open = Bound::open(quantity.number.clone());
            let closed = Bound::closed(quantity.number.clone());
            let interval = match word {
                BoundWord::More => Interval { low: Some(open), high: None },
                BoundWord::NotLess => Interval { low: Some(closed), high: None },
                BoundWord::Less => Interval { low: None, high: Some(open) },
                BoundWord::NotMore => Interval { low: None, high: Some(closed) },
            };
            Reading::Within { interval, percent: percent(quantity) }
        }
    }
}
