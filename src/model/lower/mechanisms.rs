//! The table of mechanisms: directions, mechanisms, indicators.

use super::{Around, IndicatorDefaults, Lowering};
use crate::base::{Level, Number, suggest};
use crate::calendar::Month;
use crate::data::passport::{PASSPORT, PassportItem, passport_item};
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::*;
use crate::model::reader::{Reader, mends_of};
use crate::model::{Quantity, Unit};
use crate::syntax::Noun;
use crate::syntax::tree::{self, Clause, Every, KindSyntax, Name, Value};

impl Lowering<'_> {
    pub(super) fn direction(&mut self, reader: &Reader<'_>, around: &Around) {
        let meta = self.meta(reader, around);
        let inner = Around {
            source: meta.source.clone().or_else(|| around.source.clone()),
            institutions: meta.institutions.clone(),
            direction: Some(Ref { id: reader.item.name.id(), span: reader.item.span }),
            ..around.clone()
        };
        let curators = reader.texts("кураторы");
        self.model.directions.insert(reader.item.name.id(), Direction { meta, curators });
        self.nodes(&reader.item.body, inner);
    }

    pub(super) fn mechanism(&mut self, reader: &Reader<'_>, around: &Around) {
        let direction = match reader.name("входит в") {
            Some(name) => self.reference(name, &[Noun::Direction]),
            None => around.direction.clone(),
        };
        let around = &self.within(direction.as_ref(), around);
        let mut meta = self.meta(reader, around);
        // The mends of its rows' documents belong to those.
        meta.mended.retain(|mend| !mend.field.starts_with("документы"));
        if direction.is_none() && reader.name("входит в").is_none() {
            reader.missing("входит в", "входит в имя_направления", self.out);
        }
        let inner = Around {
            mechanism: Some(reader.item.name.id()),
            source: meta.source.clone().or_else(|| around.source.clone()),
            methodist: reader.own_methodist().or_else(|| around.methodist.clone()),
            institutions: meta.institutions.clone(),
            ..around.clone()
        };
        let mechanism = Mechanism {
            meta,
            direction,
            goals: reader.texts("цели"),
            in_development: reader.flag("состояние в_разработке"),
            documents: self.row_documents(reader),
        };
        self.model.mechanisms.insert(reader.item.name.id(), mechanism);
        self.nodes(&reader.item.body, inner);
    }

    /// What is around a mechanism that names its direction from afar: the kinds of institution of
    /// the direction, which may not have been read yet.
    fn within(&mut self, direction: Option<&Ref>, around: &Around) -> Around {
        let mut inner = around.clone();
        if inner.institutions.is_empty()
            && let Some(kinds) = direction.and_then(|it| self.direction_kinds.get(&it.id).cloned())
        {
            inner.institutions = self.references(&kinds, &[Noun::InstitutionKind]);
        }
        inner
    }

    /// The documents of the table's rows that belong to no activity.
    fn row_documents(&mut self, reader: &Reader<'_>) -> Vec<RowDocument> {
        let levels = [
            ("документы региона", Level::Region),
            ("документы муниципалитета", Level::Municipality),
            ("документы школы", Level::School),
            ("документы без уровня", Level::Unstated),
        ];
        let mut found = Vec::new();
        for (keyword, level) in levels {
            for clause in reader.all(keyword) {
                let Value::Documents(uses) = &clause.value else { continue };
                let mut documents: Vec<RowDocument> = self
                    .document_uses(uses)
                    .into_iter()
                    .map(|document| RowDocument {
                        level,
                        row: clause.row,
                        document,
                        mended: Vec::new(),
                    })
                    .collect();
                for mend in mends_of(clause) {
                    match mended_one(&mut documents, &mend) {
                        Some(of) => of.mended.push(mend),
                        None if mend.corrected.is_none() => self.report_whole(clause),
                        // A fragment that is not there is reported with all others.
                        None => {}
                    }
                }
                found.append(&mut documents);
            }
        }
        found
    }

    fn report_whole(&mut self, clause: &Clause) {
        self.out.push(
            Diagnostic::error(
                codes::MENDED_NOTHING,
                clause.span,
                "неясно, какой документ исправлен",
            )
            .with_hint(
                "напишите, что на что исправлено: исправлено «было» на «стало» потому что «…»",
            ),
        );
    }

    pub(super) fn indicator_defaults(&mut self, reader: &Reader<'_>) -> IndicatorDefaults {
        IndicatorDefaults {
            every: every(reader),
            appears: appears(reader),
            data: self.supplier(reader.name("данные")),
            methodist: reader.methodist(),
        }
    }

    pub(super) fn indicator(&mut self, reader: &Reader<'_>, around: &Around) -> Option<Indicator> {
        let kind = match reader.value("вид") {
            Some(Value::Kind(kind)) => self.kind(kind)?,
            _ => {
                reader.missing("вид", "вид процент", self.out);
                return None;
            }
        };
        let passport = self.of_passport(reader, &kind);
        let coverage = match reader.value("охват не меньше") {
            Some(Value::Quantity(quantity)) => self.quantity(quantity),
            _ => None,
        };
        let level = reader.item.level.unwrap_or(Level::School);
        let defaults = around.indicator_defaults.get(&level);
        let formula = self.condition(reader, "расчёт");
        let supplied = formula.is_none() && !reader.flag("расчёт");
        let mut meta = self.meta(reader, around);
        if let Some(defaults) = defaults.filter(|d| supplied && d.data.is_some())
            && !reader.flag("данные")
        {
            let methodist = defaults.methodist.clone();
            meta.notes.push(ClauseNote { keyword: "данные", source: None, methodist });
        }
        Some(Indicator {
            meta,
            level,
            kind,
            printed_kind: reader.words("индикатор"),
            better: self.better.get(&reader.item.name.id()).copied(),
            passport,
            every: every(reader).or_else(|| defaults.and_then(|d| d.every)),
            appears: appears(reader).or_else(|| defaults.and_then(|d| d.appears)),
            data: self
                .supplier(reader.name("данные"))
                .or_else(|| passport.map(|_| Level::School.nominative().to_owned()))
                .or_else(|| defaults.filter(|_| supplied).and_then(|d| d.data.clone())),
            breakdown: reader.names("разрез").iter().map(|name| name.text.clone()).collect(),
            applicable: self.condition(reader, "применимо если"),
            formula,
            coverage,
            feeds: self.references(reader.names("питает"), &[Noun::Indicator]),
            feeds_nothing: reader.words("не питает"),
            part_of: self.optional(reader.name("входит в"), &[Noun::Indicator]),
            evidence: self.documents(reader, "подтверждает"),
            facts: self.figures(reader, "факт"),
            plans: self.figures(reader, "план"),
            columns: reader.texts("колонка"),
            short: reader.words("кратко"),
            internal: reader.flag("только внутри"),
            source_column: reader.words("графа"),
        })
    }

    /// The figure of the passport that an indicator takes.
    fn of_passport(&mut self, reader: &Reader<'_>, kind: &Kind) -> Option<&'static PassportItem> {
        let name = reader.name("из паспорта")?;
        let found = passport_item(&name.id());
        let is_number = matches!(kind, Kind::Number { by: None, .. });
        if found.is_none() {
            let known = PASSPORT.iter().map(|item| item.name);
            let near = suggest(&name.text, known.collect::<Vec<_>>());
            let hint = near.map_or_else(
                || "числа паспорта перечислены в справочнике языка, «Имена в текстах»".to_owned(),
                |near| format!("возможно, вы имели в виду «{near}»"),
            );
            let message = format!("в паспорте школы нет числа «{}»", name.text);
            let fault = Diagnostic::error(codes::UNKNOWN_NAME, name.span, message);
            self.out.push(fault.with_hint(hint));
        } else if !is_number || reader.item.level.is_some_and(|level| level != Level::School) {
            let message = "из паспорта берёт значение только показатель школы вида «число»";
            let fault = Diagnostic::error(codes::BAD_MODIFIER, name.span, message);
            self.out.push(fault.with_hint("напишите: показатель школы …, вид число"));
        }
        found.filter(|_| is_number)
    }

    pub(super) fn kind(&mut self, kind: &KindSyntax) -> Option<Kind> {
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

    pub(super) fn unit_word_of(&mut self, name: &Name) -> Option<Unit> {
        let quantity = tree::Quantity {
            number: Number::zero(),
            unit: tree::UnitSyntax::Word(name.clone()),
            span: name.span,
        };
        self.quantity(&quantity).map(|quantity| quantity.unit)
    }

    /// Who supplies the figures: a body or a role by title, or a level by its word.
    pub(super) fn supplier(&mut self, name: Option<&Name>) -> Option<String> {
        let name = name?;
        if Level::from_word(&name.text).is_some() {
            return Some(name.text.clone());
        }
        self.names.resolve(name, &[Noun::Body, Noun::Role], self.out).map(|id| id.to_string())
    }

    pub(super) fn figures(
        &mut self,
        reader: &Reader<'_>,
        keyword: &'static str,
    ) -> Vec<(i32, Quantity)> {
        let Some(Value::Figures(figures)) = reader.value(keyword) else { return Vec::new() };
        figures
            .iter()
            .filter_map(|(year, quantity)| Some((*year, self.quantity(quantity)?)))
            .collect()
    }

    pub(super) fn documents(
        &mut self,
        reader: &Reader<'_>,
        keyword: &'static str,
    ) -> Vec<DocumentUse> {
        let Some(Value::Documents(uses)) = reader.value(keyword) else { return Vec::new() };
        self.document_uses(uses)
    }

    fn document_uses(&mut self, uses: &[tree::DocumentUse]) -> Vec<DocumentUse> {
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
}

/// The document that a mend is of: that with its fragment; of the whole, the only one.
fn mended_one<'d>(documents: &'d mut [RowDocument], mend: &Mend) -> Option<&'d mut RowDocument> {
    match &mend.corrected {
        Some(words) => documents.iter_mut().find(|of| {
            of.document.title.as_ref().is_some_and(|title| title.contains(words.as_str()))
        }),
        None => match documents {
            [only] => Some(only),
            _ => None,
        },
    }
}

fn every(reader: &Reader<'_>) -> Option<Every> {
    ["каждый", "каждое"].iter().find_map(|word| match reader.value(word) {
        Some(Value::Every(every)) => Some(*every),
        _ => None,
    })
}

fn appears(reader: &Reader<'_>) -> Option<Month> {
    match reader.value("появляется") {
        Some(Value::Month(month)) => Some(*month),
        _ => None,
    }
}
