//! Methodologies: the names of a methodology are its own, so each line is bound against what stands
//! inside it, or in the methodology that it is made of.

use super::shared::{clauses, items};
use super::{Around, Lowering};
use crate::base::{Id, Number, suggest};
use crate::diag::Diagnostic;
use crate::model::codes;
use crate::model::declarations::Ref;
use crate::model::methodology::*;
use crate::model::primitives::*;
use crate::model::reader::Reader;
use crate::syntax::Noun;
use crate::syntax::tree::{
    Clause, FigureSyntax, Item, MethodValue, Name, PlanValue, Quantity, RuleSyntax, SettingSyntax,
    SignSyntax, UnitSyntax, Value, WhenSyntax,
};

/// The fields of a table that may have other headers.
const FIELDS: [&str; 9] = [
    "school_id",
    "school_name",
    "municipality",
    "group",
    "year",
    "excluded",
    "indicator",
    "value",
    "n",
];

impl Lowering<'_> {
    /// Reads the methodologies that waited: each after the one that it is made of.
    pub(super) fn methodologies(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting_methodologies);
        let order: Vec<Id> = waiting.iter().map(|(item, _)| item.name.id()).collect();
        while !waiting.is_empty() {
            let (ready, rest): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(item, _)| match base_of(item) {
                    Some(base) => {
                        !order.contains(&base.id())
                            || self.model.methodologies.contains_key(&base.id())
                    }
                    None => true,
                });
            if ready.is_empty() {
                self.methodology_cycle(&rest);
                break;
            }
            for (item, around) in &ready {
                let made = self.methodology(item, around);
                self.model.methodologies.insert(item.name.id(), made);
            }
            waiting = rest;
        }
        let place = |id: &Id| order.iter().position(|known| known == id);
        self.model.methodologies.sort_by(|a, _, b, _| place(a).cmp(&place(b)));
    }

    fn methodology_cycle(&mut self, waiting: &[(Item, Around)]) {
        for (item, _) in waiting {
            let message = format!("методика «{}» составлена на основе самой себя", item.name.text);
            self.out.push(
                Diagnostic::error(codes::METHODOLOGY, item.name.span, message)
                    .with_hint("уберите «на основе» у одной из методик этого круга"),
            );
        }
    }

    fn methodology(&mut self, item: &Item, around: &Around) -> Methodology {
        let reader = &Reader::new(item, self.out);
        let inside = Around {
            source: reader.cite().or_else(|| around.source.clone()),
            methodist: reader.own_methodist().or_else(|| around.methodist.clone()),
            ..around.clone()
        };
        let mut made = self.inherited(reader, around);
        made.id = item.name.id();
        made.meta = self.meta(reader, around);
        self.nested(item, &inside, &mut made);
        self.methodology_lines(reader, &mut made);
        self.drop_indicators(reader, &mut made);
        self.required_lines(reader, &made);
        made
    }

    /// What the methodology starts from: another one, or nothing.
    fn inherited(&mut self, reader: &Reader<'_>, around: &Around) -> Methodology {
        let base = reader.name("на основе").and_then(|base| {
            let base = self.reference(base, &[Noun::Methodology])?;
            self.model.methodologies.get(&base.id).cloned()
        });
        if let Some(mut base) = base {
            base.parameters.iter_mut().for_each(|parameter| parameter.inherited = true);
            return base;
        }
        Methodology {
            id: reader.item.name.id(),
            meta: self.meta(reader, around),
            warnings: Vec::new(),
            parameters: Vec::new(),
            headers: Vec::new(),
            groups: Vec::new(),
            by_group: false,
            adjusted_by_experts: false,
            bounds: Vec::new(),
            lacking: Vec::new(),
            window: None,
            base: Vec::new(),
            out_of_range: None,
            duplicates: None,
            doubtful: Vec::new(),
            domains: Vec::new(),
            criteria: Vec::new(),
        }
    }

    /// What is declared inside, those first that others name: a declaration takes the place of an
    /// inherited one of its name.
    fn nested(&mut self, item: &Item, around: &Around, made: &mut Methodology) {
        self.report_twins(item);
        let of = |noun: Noun| items(&item.body).filter(move |item| item.noun == noun);
        for item in of(Noun::Parameter) {
            let parameter = self.parameter(item, around);
            put(&mut made.parameters, parameter, |it| &it.id);
        }
        for item in of(Noun::SchoolGroup) {
            let reader = &Reader::new(item, self.out);
            let group = SchoolGroup {
                id: item.name.id(),
                meta: self.meta(reader, around),
                words: reader.texts("слова"),
                excluded: reader.words("не участвует"),
            };
            put(&mut made.groups, group, |it| &it.id);
        }
        let criteria: Vec<Id> = of(Noun::Criterion).map(|item| item.name.id()).collect();
        for item in of(Noun::Domain) {
            let domain = self.domain(item, around, made, &criteria);
            put(&mut made.domains, domain, |it| &it.id);
        }
        for item in of(Noun::Criterion) {
            let reader = &Reader::new(item, self.out);
            if !reader.flag("если") {
                reader.missing("если", "если доля_продолживших меньше 60 %", self.out);
            }
            let meta = self.meta(reader, around);
            let signs = reader.all("если").filter_map(|clause| self.sign(clause, made)).collect();
            put(&mut made.criteria, Criterion { id: item.name.id(), meta, signs }, |it| &it.id);
        }
    }

    /// Names inside a methodology are its own, and still each stands for one thing.
    fn report_twins(&mut self, item: &Item) {
        let mut seen: Vec<&Name> = Vec::new();
        for item in items(&item.body) {
            if let Some(first) = seen.iter().find(|name| name.id() == item.name.id()) {
                let message = format!("имя «{}» объявлено дважды", item.name.text);
                self.out.push(
                    Diagnostic::error(codes::DUPLICATE, item.name.span, message)
                        .with_label(first.span, "первое объявление")
                        .with_hint("переименуйте одно из них"),
                );
            }
            seen.push(&item.name);
        }
    }

    fn parameter(&mut self, item: &Item, around: &Around) -> Parameter {
        let reader = &Reader::new(item, self.out);
        let options = reader.all("значение").filter_map(|clause| match &clause.value {
            Value::Method(MethodValue::Option { name, title, is_default }) => {
                Some(ParameterOption {
                    id: name.id(),
                    title: title.text.clone(),
                    is_default: *is_default,
                    span: name.span,
                })
            }
            _ => None,
        });
        let number = reader.one("число").and_then(|clause| match &clause.value {
            Value::Method(MethodValue::NumberOption { title, default }) => Some(NumberOption {
                title: title.as_ref().map_or(String::new(), |title| title.text.clone()),
                default: default.as_ref().map(figure),
                span: clause.span,
            }),
            _ => None,
        });
        Parameter {
            id: item.name.id(),
            options: options.collect(),
            number,
            years: reader.flag("годы"),
            inherited: false,
            meta: self.meta(reader, around),
        }
    }

    // -------------------------------------------------------------- lines of the methodology

    fn methodology_lines(&mut self, reader: &Reader<'_>, made: &mut Methodology) {
        // A warning speaks of what the methodology itself holds.
        made.warnings = reader.many_texts("предупреждение");
        made.by_group |= reader.flag("отдельно по группам");
        made.adjusted_by_experts |= reader.flag("список уточняют эксперты");
        made.doubtful.extend(reader.texts("сомнительные названия"));
        for clause in reader.all("заголовок") {
            if let Value::Method(MethodValue::Header { field, titles }) = &clause.value
                && let Some(field) = self.field(field)
            {
                let titles = titles.iter().map(|title| title.text.clone()).collect();
                made.headers.push(Header { field, titles });
            }
        }
        for clause in reader.all("пределы") {
            if let Value::Method(MethodValue::Bounds { indicators, low, high }) = &clause.value {
                let (low, high) = (low.clone(), high.clone());
                let indicators = self.references(indicators, &[Noun::Indicator]);
                made.bounds.push(Bounds { indicators, low, high, span: clause.span });
            }
        }
        for clause in reader.all("нет у") {
            let line = self.lacking(clause, made);
            made.lacking.extend(line);
        }
        let bases: Vec<Line<Base>> = reader
            .all("база")
            .filter_map(|clause| match &clause.value {
                Value::Method(MethodValue::Base { whole, when }) => {
                    let value = if *whole { Base::All } else { Base::Municipality };
                    self.line(value, when.as_ref(), clause, made)
                }
                _ => None,
            })
            .collect();
        if !bases.is_empty() {
            made.base = bases;
        }
        if let Some(Value::Method(MethodValue::Window { years, by })) = reader.value("окно") {
            let by = by.as_ref().and_then(|name| self.own_parameter(name, made));
            made.window = Some(Window { years: *years, by });
        }
        if let Some(setting) = self.setting(reader, "вне пределов", made) {
            made.out_of_range = Some(setting);
        }
        if let Some(setting) = self.setting(reader, "повторы", made) {
            made.duplicates = Some(setting);
        }
    }

    fn field(&mut self, name: &Name) -> Option<String> {
        let field = FIELDS.iter().find(|field| **field == name.text);
        if field.is_none() {
            let message = format!("графы «{}» в таблице не бывает", name.text);
            self.local_fault(name, message, FIELDS.into_iter());
        }
        field.map(|field| (*field).to_owned())
    }

    fn lacking(&mut self, clause: &Clause, made: &Methodology) -> Option<Line<Lacking>> {
        let Value::Method(MethodValue::Lacks { group, indicators, when }) = &clause.value else {
            return None;
        };
        let groups = made.groups.iter().map(|group| &group.id);
        let group = self.local("группы", group, groups)?;
        let indicators = self.references(indicators, &[Noun::Indicator]);
        self.line(Lacking { group, indicators }, when.as_ref(), clause, made)
    }

    /// Takes out indicators that the base has; each must be there.
    fn drop_indicators(&mut self, reader: &Reader<'_>, made: &mut Methodology) {
        for clause in reader.all("исключить показатели") {
            let Value::Plan(PlanValue::Drop { what, .. }) = &clause.value else { continue };
            for indicator in self.references(what, &[Noun::Indicator]) {
                if !made.drop_indicator(&indicator.id) {
                    let message =
                        format!("показателя «{}» в этой методике и так нет", indicator.id);
                    self.out.push(
                        Diagnostic::error(codes::METHODOLOGY, indicator.span, message)
                            .with_hint("исключить можно то, что есть в методике-основе"),
                    );
                }
            }
        }
    }

    fn required_lines(&mut self, reader: &Reader<'_>, made: &Methodology) {
        let mut need = |there: bool, keyword, sample| {
            if !there {
                reader.missing(keyword, sample, self.out);
            }
        };
        need(made.window.is_some(), "окно", "окно 3 года");
        need(made.out_of_range.is_some(), "вне пределов", "вне пределов missing");
        need(made.duplicates.is_some(), "повторы", "повторы missing");
        need(!made.base.is_empty(), "база", "база все школы");
        need(!made.groups.is_empty(), "группа", "группа среднее «Средние школы»");
        need(!made.domains.is_empty(), "область", "область результаты «Результаты»");
    }

    // -------------------------------------------------------------- domains

    fn domain(
        &mut self,
        item: &Item,
        around: &Around,
        made: &Methodology,
        criteria: &[Id],
    ) -> Domain {
        let reader = &Reader::new(item, self.out);
        let roles = [Role::Results, Role::Conditions];
        let word = |role: Role| Role::ALL.iter().find(|(_, it)| *it == role).map(|(word, _)| *word);
        let role = roles.into_iter().find(|role| word(*role).is_some_and(|word| reader.flag(word)));
        let base = made.domain(&item.name.id()).cloned();
        let own_bands = self.bands(reader);
        let bands = match &base {
            Some(base) if own_bands.is_empty() => base.bands.clone(),
            _ => own_bands.clone(),
        };
        let labels = reader.one("категории по порядку").map_or(&[] as &[_], |it| &it.body);
        let categories = clauses(labels)
            .filter_map(|clause| self.category_line(clause, made, &bands, criteria))
            .collect();
        let domain = Domain {
            id: item.name.id(),
            meta: self.meta(reader, around),
            role,
            terms: self.terms(reader, made),
            scores: self.scores(reader, made),
            degenerate: self.setting(reader, "все равны", made),
            min_present: self.figure_setting(reader, "имеется не меньше", made),
            ranked: words(reader, "ранжировать").and_then(Ranked::from_word),
            rounding: self.setting(reader, "округление", made),
            ties: self.setting(reader, "равные", made),
            quarters_from: words(reader, "четверти считать").and_then(End::from_word),
            min_group: self.figure_setting(reader, "группа не меньше", made),
            bands: own_bands,
            categories,
        };
        if let Some(base) = base {
            return domain.over(base);
        }
        self.required_of_domain(reader, &domain);
        domain
    }

    fn required_of_domain(&mut self, reader: &Reader<'_>, domain: &Domain) {
        const SAMPLES: [(&str, &str); 7] = [
            ("все равны", "все равны skip"),
            ("имеется не меньше", "имеется не меньше 0,5"),
            ("ранжировать", "ранжировать каждый год"),
            ("округление", "округление floor"),
            ("равные", "равные include"),
            ("группа не меньше", "группа не меньше 4"),
            ("полоса", "полоса низкие: нижние 25 %"),
        ];
        if domain.terms.is_empty() && !reader.flag("отставания") && !reader.flag("обратные")
        {
            reader.missing("прямые", "прямые доля_сдавших", self.out);
        }
        for (keyword, sample) in SAMPLES {
            if !reader.flag(keyword) {
                reader.missing(keyword, sample, self.out);
            }
        }
    }

    fn terms(&mut self, reader: &Reader<'_>, made: &Methodology) -> Vec<Line<Terms>> {
        let mut terms = Vec::new();
        for keyword in ["прямые", "обратные", "отставания"] {
            for clause in reader.all(keyword) {
                let (way, names, when) = match &clause.value {
                    Value::Method(MethodValue::Terms { indicators, when }) => {
                        let direct = keyword == "прямые";
                        (if direct { TermWay::Direct } else { TermWay::Inverse }, indicators, when)
                    }
                    Value::Method(MethodValue::Lags { indicators, more_than, when }) => {
                        (TermWay::Lag(more_than.clone()), indicators, when)
                    }
                    _ => continue,
                };
                let indicators = self.references(names, &[Noun::Indicator]);
                terms.extend(self.line(Terms { way, indicators }, when.as_ref(), clause, made));
            }
        }
        terms.sort_by_key(|line| line.span.start);
        terms
    }

    fn scores(&mut self, reader: &Reader<'_>, made: &Methodology) -> Vec<Line<Score>> {
        let mut scores = Vec::new();
        for clause in reader.all("отстаёт") {
            if let Value::Method(MethodValue::Score { lagging, keeping, when }) = &clause.value {
                let score = Score { lagging: lagging.clone(), keeping: keeping.clone() };
                scores.extend(self.line(score, when.as_ref(), clause, made));
            }
        }
        scores
    }

    fn bands(&mut self, reader: &Reader<'_>) -> Vec<Band> {
        let mut bands = Vec::new();
        for clause in reader.all("полоса") {
            let Value::Method(MethodValue::Band { name, cut }) = &clause.value else { continue };
            let cut = match cut {
                None => Some(Cut::Rest),
                Some((end, share)) => self
                    .share(share)
                    .and_then(|share| Some(Cut::Share(End::from_word(end)?, share))),
            };
            bands.extend(cut.map(|cut| Band {
                id: name.id(),
                title: name.text.replace('_', " "),
                cut,
                span: clause.span,
            }));
        }
        bands
    }

    /// A part of the schools, from 0 to 1.
    fn share(&mut self, share: &Quantity) -> Option<Number> {
        let hundred = Number::from_int(100);
        let part = share.number.checked_div(&hundred)?;
        let fits = !share.number.is_negative() && share.number <= hundred;
        if share.unit == UnitSyntax::Percent && fits && !share.number.is_zero() {
            return Some(part);
        }
        self.out.push(
            Diagnostic::error(codes::METHODOLOGY, share.span, "здесь нужна доля школ в процентах")
                .with_hint("например: 25 %"),
        );
        None
    }

    fn category_line(
        &mut self,
        clause: &Clause,
        made: &Methodology,
        bands: &[Band],
        criteria: &[Id],
    ) -> Option<Line<Category>> {
        let Value::Method(MethodValue::Category { name, title, rule, when }) = &clause.value else {
            return None;
        };
        let rule = match rule {
            Some(rule) => Some(self.rule(rule, made, bands, criteria)?),
            None => None,
        };
        let category = Category { id: name.id(), title: title.text.clone(), rule };
        self.line(category, when.as_ref(), clause, made)
    }

    fn rule(
        &mut self,
        rule: &RuleSyntax,
        made: &Methodology,
        bands: &[Band],
        criteria: &[Id],
    ) -> Option<Rule> {
        let known = || bands.iter().map(|band| &band.id);
        Some(match rule {
            RuleSyntax::EachYear { band, years } => {
                Rule::EachYear { band: self.local("полосы", band, known())?, years: *years }
            }
            RuleSyntax::SomeYears { band, at_least, years } => Rule::SomeYears {
                band: self.local("полосы", band, known())?,
                at_least: *at_least,
                years: *years,
            },
            RuleSyntax::KnownIn { fewer_than } => Rule::KnownIn { fewer_than: *fewer_than },
            RuleSyntax::Enough { criteria: names, needed } => Rule::Enough {
                criteria: self.criteria(names, made, criteria)?,
                needed: self.needed(needed, made)?,
            },
            RuleSyntax::Open { criteria: names, needed } => Rule::Open {
                criteria: self.criteria(names, made, criteria)?,
                needed: self.needed(needed, made)?,
            },
        })
    }

    fn criteria(&mut self, names: &[Name], made: &Methodology, own: &[Id]) -> Option<Vec<Id>> {
        let known: Vec<Id> =
            own.iter().cloned().chain(made.criteria.iter().map(|it| it.id.clone())).collect();
        let found: Vec<Id> =
            names.iter().filter_map(|name| self.local("признака", name, known.iter())).collect();
        (found.len() == names.len()).then_some(found)
    }

    fn needed(&mut self, needed: &SettingSyntax, made: &Methodology) -> Option<Needed> {
        match needed {
            SettingSyntax::Figure(figure) => self.count(figure).map(Needed::AtLeast),
            SettingSyntax::Name(name) => {
                if let Some(parameter) = made.parameter(name.id().as_str()) {
                    self.options_fit::<Quantifier>(parameter, name);
                    return Some(Needed::By(parameter.id.clone()));
                }
                match self.word::<Quantifier>(name, made)? {
                    Quantifier::Any => Some(Needed::AtLeast(1)),
                    Quantifier::All => Some(Needed::All),
                }
            }
        }
    }

    fn count(&mut self, figure: &FigureSyntax) -> Option<u32> {
        let whole = if figure.has_mark { None } else { figure.number.floor() };
        let count = whole.and_then(|count| u32::try_from(count).ok()).filter(|count| *count > 0);
        if count.is_none() {
            self.out.push(Diagnostic::error(
                codes::METHODOLOGY,
                figure.span,
                "здесь нужно целое число, не меньше 1",
            ));
        }
        count
    }

    // -------------------------------------------------------------- criteria

    fn sign(&mut self, clause: &Clause, made: &Methodology) -> Option<Line<Sign>> {
        let Value::Method(MethodValue::Sign { sign, when }) = &clause.value else { return None };
        let sign = match sign {
            SignSyntax::Threshold { which, indicators, over, compare, than } => {
                let indicators = self.references(indicators, &[Noun::Indicator]);
                self.measured(&indicators, than, UnitSyntax::Percent);
                Sign::Threshold {
                    indicators,
                    over: over.as_deref().and_then(Over::from_word).unwrap_or(Over::LastYear),
                    compare: Compare::from_word(compare)?,
                    than: than.number.clone(),
                    which: which.as_deref().and_then(Which::from_word).unwrap_or(Which::Each),
                }
            }
            SignSyntax::BelowMean { indicator, by } => {
                let indicator = self.reference(indicator, &[Noun::Indicator])?;
                self.measured(std::slice::from_ref(&indicator), by, UnitSyntax::Points);
                Sign::BelowMean { indicator, by: by.number.clone() }
            }
            SignSyntax::InBand { domain, band } => {
                let ids = made.domains.iter().map(|domain| &domain.id);
                let id = self.local("области", domain, ids)?;
                let bands = made.domain(&id).map_or(&[] as &[Band], |domain| &domain.bands);
                let band = self.local("полосы", band, bands.iter().map(|band| &band.id))?;
                Sign::InBand { domain: id, band }
            }
        };
        self.line(sign, when.as_ref(), clause, made)
    }

    /// A share is compared with per cent, its lag behind a mean is in points; figures of other
    /// kinds are compared with plain numbers or with those of their unit.
    fn measured(&mut self, indicators: &[Ref], than: &Quantity, share: UnitSyntax) {
        for indicator in indicators {
            let Some(declared) = self.model.indicators.get(&indicator.id) else { continue };
            let is_share = declared.kind.is_share();
            let fits = is_share == (than.unit == share);
            let unit = if share == UnitSyntax::Percent { "«%»" } else { "«п.п.»" };
            if !fits {
                let message = match is_share {
                    true => format!("«{}» — доля: сравнивают с числом и {unit}", indicator.id),
                    false => format!("«{}» — не доля: {unit} здесь ни при чём", indicator.id),
                };
                self.out.push(Diagnostic::error(codes::METHODOLOGY, than.span, message));
            }
        }
    }

    // -------------------------------------------------------------- settings and local names

    /// A line with its «при …», whose parameter and value must exist.
    fn line<T>(
        &mut self,
        value: T,
        when: Option<&WhenSyntax>,
        clause: &Clause,
        made: &Methodology,
    ) -> Option<Line<T>> {
        let when = match when {
            None => None,
            Some(written) => Some(self.when(written, made)?),
        };
        Some(Line { value, when, span: clause.span })
    }

    fn when(&mut self, written: &WhenSyntax, made: &Methodology) -> Option<When> {
        let id = self.own_parameter(&written.parameter, made)?;
        let parameter = made.parameter(id.as_str())?;
        let value = match &written.value {
            SettingSyntax::Name(name) => {
                let options = parameter.options.iter().map(|option| &option.id);
                ParameterValue::Option(self.local("значения", name, options)?)
            }
            SettingSyntax::Figure(written) => ParameterValue::Figure(figure(written)),
        };
        Some(When { parameter: id, value, span: written.span })
    }

    fn own_parameter(&mut self, name: &Name, made: &Methodology) -> Option<Id> {
        self.local("параметра", name, made.parameters.iter().map(|parameter| &parameter.id))
    }

    /// The kind that a line names, or the parameter that chooses it.
    fn setting<T: Primitive>(
        &mut self,
        reader: &Reader<'_>,
        keyword: &'static str,
        made: &Methodology,
    ) -> Option<Setting<T>> {
        let Some(Value::Method(MethodValue::Setting(setting))) = reader.value(keyword) else {
            return None;
        };
        match setting {
            SettingSyntax::Name(name) => match made.parameter(name.id().as_str()) {
                Some(parameter) => {
                    self.options_fit::<T>(parameter, name);
                    Some(Setting::By(parameter.id.clone()))
                }
                None => self.word::<T>(name, made).map(Setting::Fixed),
            },
            SettingSyntax::Figure(figure) => {
                let message = format!("«{keyword}» не бывает числом");
                let hint = format!("бывает: {}", listed::<T>());
                self.out.push(
                    Diagnostic::error(codes::METHODOLOGY, figure.span, message).with_hint(hint),
                );
                None
            }
        }
    }

    fn figure_setting(
        &mut self,
        reader: &Reader<'_>,
        keyword: &'static str,
        made: &Methodology,
    ) -> Option<Setting<Figure>> {
        let Some(Value::Method(MethodValue::Setting(setting))) = reader.value(keyword) else {
            return None;
        };
        match setting {
            SettingSyntax::Figure(written) => Some(Setting::Fixed(figure(written))),
            SettingSyntax::Name(name) => {
                let id = self.own_parameter(name, made)?;
                let is_number = made.parameter(id.as_str()).is_some_and(|it| it.number.is_some());
                if !is_number {
                    let message = format!("«{keyword}» — число, а параметр «{id}» — не число");
                    self.out.push(Diagnostic::error(codes::METHODOLOGY, name.span, message));
                }
                is_number.then_some(Setting::By(id))
            }
        }
    }

    fn word<T: Primitive>(&mut self, name: &Name, made: &Methodology) -> Option<T> {
        let found = T::from_word(name.id().as_str());
        if found.is_none() {
            let message = format!("«{}» — не параметр и не одно из значений", name.text);
            let parameters = made.parameters.iter().map(|parameter| parameter.id.as_str());
            let words = T::ALL.iter().map(|(word, _)| *word);
            self.local_fault(name, message, words.chain(parameters));
        }
        found
    }

    /// Whatever the parameter is set to, the step must know it.
    fn options_fit<T: Primitive>(&mut self, parameter: &Parameter, used: &Name) {
        for option in &parameter.options {
            if T::from_word(option.id.as_str()).is_none() {
                let message = format!(
                    "значения «{}» параметра «{}» эта строка не понимает",
                    option.id, parameter.id
                );
                self.out.push(
                    Diagnostic::error(codes::METHODOLOGY, used.span, message)
                        .with_label(option.span, "значение объявлено здесь")
                        .with_hint(format!("бывает: {}", listed::<T>())),
                );
            }
        }
    }

    fn local<'b>(
        &mut self,
        what: &str,
        name: &Name,
        known: impl Iterator<Item = &'b Id>,
    ) -> Option<Id> {
        let known: Vec<&Id> = known.collect();
        let id = name.id();
        if known.contains(&&id) {
            return Some(id);
        }
        let message = format!("{what} «{}» в этой методике нет", name.text);
        self.local_fault(name, message, known.into_iter().map(Id::as_str));
        None
    }

    fn local_fault<'b>(
        &mut self,
        name: &Name,
        message: String,
        known: impl Iterator<Item = &'b str>,
    ) {
        let known: Vec<&str> = known.collect();
        let hint = match suggest(&name.text, known.iter().copied()) {
            Some(near) => format!("возможно, вы имели в виду «{near}»"),
            None if known.is_empty() => "объявите его внутри методики".to_owned(),
            None => format!("бывает: {}", known.join(", ")),
        };
        self.out.push(Diagnostic::error(codes::METHODOLOGY, name.span, message).with_hint(hint));
    }
}

fn base_of(item: &Item) -> Option<&Name> {
    clauses(&item.body).find_map(|clause| match &clause.value {
        Value::Name(name) if clause.keyword == "на основе" => Some(name),
        _ => None,
    })
}

fn figure(written: &FigureSyntax) -> Figure {
    Figure { number: written.number.clone(), is_share: written.has_mark }
}

fn words<'a>(reader: &Reader<'a>, keyword: &'static str) -> Option<&'a str> {
    match reader.value(keyword)? {
        Value::Method(MethodValue::Words(words)) => Some(words),
        _ => None,
    }
}

fn listed<T: Primitive>() -> String {
    let words: Vec<&str> = T::ALL.iter().map(|(word, _)| *word).collect();
    words.join(", ")
}

/// Enters a declaration in the place of an inherited one of its name, else behind the others.
fn put<T>(all: &mut Vec<T>, one: T, id: impl Fn(&T) -> &Id) {
    match all.iter_mut().find(|known| id(known) == id(&one)) {
        Some(known) => *known = one,
        None => all.push(one),
    }
}
