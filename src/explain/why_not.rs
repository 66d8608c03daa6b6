//! Why an element is not in the documents and what would bring it in, in words.

use super::View;
use super::words::place_and_year;
use crate::base::{Bound, Direction, Id, Interval, Number};
use crate::diag::{Diagnostic, Place};
use crate::eval::{
    self, Fact, FactValue, Key, Proof, Truth, Value, print_genitive, print_number, span_of,
};
use crate::model::{Kind, Meta, Model, Unit};
use crate::pipeline::{self, codes};
use crate::russian::{self, PLACES};
use crate::syntax::{NOUNS, Noun};
use crate::whynot::{self, Answer, Bar, Edit, Element, Missing, Outcome, Path, RowEdit, Standing};

/// What is told of an element.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: Id,
    /// The word of the language for it; of a part of a document, what it is.
    pub noun: &'static str,
    pub title: String,
    /// Why it is there, or what kept it out.
    pub because: Vec<Proof>,
    /// `None` where it is in the documents.
    pub answer: Option<Answer>,
}

/// The answer in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Present,
    Found,
    TooMany,
    NotFound,
    Impossible,
}

impl Verdict {
    pub fn russian(self) -> &'static str {
        match self {
            Self::Present => "уже в документе",
            Self::Found => "изменение найдено",
            Self::TooMany => "более трёх показателей",
            Self::NotFound => "изменение не найдено",
            Self::Impossible => "невозможно",
        }
    }

    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Change(_) => Self::Found,
            Outcome::TooMany => Self::TooMany,
            Outcome::NotFound => Self::NotFound,
            Outcome::Barred(_) => Self::Impossible,
        }
    }
}

/// Asks why an element is not in the documents; what is no such element is reported.
pub fn why_not(view: &View<'_>, text: &str) -> Result<Report, Diagnostic> {
    let id = Id::new(text);
    match declared(&view.bound.model, &id) {
        Some((noun, meta)) => Ok(of_element(view, Element::new(noun, &id), meta)),
        None => of_document(view, text, id),
    }
}

fn of_element(view: &View<'_>, element: Element, meta: &Meta) -> Report {
    let answer = pipeline::why_not(view.bound, &element);
    let because = match answer.is_some() {
        true => view.absent(&element).into_iter().collect(),
        false => view.element(&element.id).into_iter().collect(),
    };
    let noun = noun_word(element.noun);
    Report { id: element.id, noun, title: meta.title.clone(), because, answer }
}

/// A part of a document is there; what an adapted plan left out is not, and no data bring it back.
fn of_document(view: &View<'_>, text: &str, id: Id) -> Result<Report, Diagnostic> {
    if let Some(part) = view.part(text) {
        let because = view.explain(text);
        let title = because.first().map_or(part.text, |proof| proof.text.clone());
        return Ok(Report {
            id, noun: "часть документа", title, because, answer: None
        });
    }
    if let Some(proof) = view.dropped(&id) {
        let element = Element::new(Noun::RoadmapActivity, &id);
        let outcome = Outcome::Barred(Bar::Adapted(element.clone()));
        let paths = vec![Path { through: Vec::new(), outcome }];
        let answer = Answer { paths, standings: Vec::new(), missing: Vec::new() };
        let (noun, title) = (noun_word(element.noun), proof.text.clone());
        return Ok(Report { id, noun, title, because: vec![proof], answer: Some(answer) });
    }
    Err(match view.explain(text).is_empty() {
        true => view.unknown(text),
        false => not_asked(text),
    })
}

fn not_asked(text: &str) -> Diagnostic {
    let nouns: Vec<&str> = whynot::NOUNS.iter().map(|noun| noun_word(*noun)).collect();
    let message = format!("о «{text}» не спрашивают, почему этого нет в документах");
    Diagnostic::error(codes::NO_WHY_NOT, Place::Nowhere, message).with_hint(format!(
        "спрашивают, если имя — {}; остальное объясняет pko explain без «--why-not»",
        russian::list(&nouns, "или")
    ))
}

/// The noun of an element and whose words it is.
fn declared<'m>(model: &'m Model, id: &Id) -> Option<(Noun, &'m Meta)> {
    let found = [
        (Noun::Deficit, model.deficits.get(id).map(|it| &it.meta)),
        (Noun::Cause, model.causes.get(id).map(|it| &it.meta)),
        (Noun::Task, model.tasks.get(id).map(|it| &it.meta)),
        (Noun::Activity, model.activities.get(id).map(|it| &it.meta)),
        (Noun::Requirement, model.requirements.get(id).map(|it| &it.meta)),
        (Noun::Resource, model.resources.get(id).map(|it| &it.meta)),
        (Noun::Risk, model.risks.get(id).map(|it| &it.meta)),
        (Noun::Goal, model.goals.get(id).map(|it| &it.meta)),
    ];
    found.into_iter().find_map(|(noun, meta)| Some((noun, meta?)))
}

/// The word of the language for a noun.
pub fn noun_word(noun: Noun) -> &'static str {
    NOUNS.iter().find(|spec| spec.noun == noun).map_or("элемент", |spec| spec.word)
}

impl Report {
    pub fn verdict(&self) -> Verdict {
        match &self.answer {
            None => Verdict::Present,
            Some(answer) => {
                answer.paths.first().map_or(Verdict::NotFound, |path| Verdict::of(&path.outcome))
            }
        }
    }

    /// What follows the reasons, a line each; two blanks begin what belongs to the line above.
    pub fn lines(&self, model: &Model) -> Vec<String> {
        let Some(answer) = &self.answer else { return Vec::new() };
        let mut lines = vec!["Что должно измениться в данных".to_owned()];
        lines.extend(best(answer, model));
        lines.extend(others(answer, model));
        if !answer.standings.is_empty() {
            lines.push("Место среди дефицитов".to_owned());
            lines.extend(answer.standings.iter().map(|it| format!("  {}", standing(it, model))));
        }
        if !answer.missing.is_empty() {
            lines.push(
                "Каких данных не хватает (первым то, что решает больше дефицитов)".to_owned(),
            );
            let told = answer.missing.iter().map(|it| format!("  {}", self.missing(it, model)));
            lines.extend(told);
        }
        lines
    }

    /// «… за 2026 год: решает дефицитов: 1; станет доказан, если окажется не больше 59,8 %».
    pub fn missing(&self, missing: &Missing, model: &Model) -> String {
        let title = title_of_indicator(model, &missing.key.indicator);
        let place = place_and_year(&missing.key);
        let decides = match missing.decides {
            0 => String::new(),
            decides => format!(" — решает дефицитов: {decides}"),
        };
        let when = values(missing, model);
        let comes = match self.noun == noun_word(Noun::Deficit) {
            true => "станет доказан",
            false => "войдёт в документ",
        };
        match when.is_empty() {
            true => format!("{title} {place}{decides}; одного этого значения мало"),
            false => {
                format!("{title} {place}{decides}; {comes}, если окажется {}", when.join(" или "))
            }
        }
    }
}

/// The values of a missing figure with which the element comes in.
pub fn values(missing: &Missing, model: &Model) -> Vec<String> {
    let truths = missing.truths.iter().map(|truth| yes_no(*truth).to_owned());
    let Some(indicator) = model.indicators.get(&missing.key.indicator) else {
        return truths.collect();
    };
    let span = span_of(&indicator.kind, model);
    let unit = model.unit_of(indicator).unwrap_or(Unit::Plain);
    let numbers = missing.numbers.iter().map(|it| interval(it, &span, &unit, model));
    numbers.chain(truths).collect()
}

// ------------------------------------------------------------ the best way and the others

fn best(answer: &Answer, model: &Model) -> Vec<String> {
    let Some(path) = answer.paths.first() else { return Vec::new() };
    let mut lines = Vec::new();
    match &path.outcome {
        Outcome::Change(edits) => {
            lines.extend(edits.iter().map(|edit| format!("  {}", edit_in_words(edit, model))));
            lines.push("  Проверено: с этим изменением элемент входит в документ".to_owned());
            lines.extend(through(path, model).map(|through| format!("  Через: {through}")));
        }
        Outcome::TooMany => {
            lines.push("  Потребовалось бы изменить более трёх показателей".to_owned());
        }
        Outcome::NotFound => lines.push(
            "  Изменение не найдено: условие считает то, за чем перебор не следит, или ни одно из \
             опробованных изменений не подтвердилось"
                .to_owned(),
        ),
        Outcome::Barred(_) => {
            lines.push("  Никакие данные этого не изменят:".to_owned());
            lines.extend(bars(&answer.paths, model).map(|bar| format!("    {bar}")));
        }
    }
    lines
}

/// What the ways beside the best one come to.
fn others(answer: &Answer, model: &Model) -> Vec<String> {
    let Some((first, rest)) = answer.paths.split_first() else { return Vec::new() };
    if matches!(first.outcome, Outcome::Barred(_)) {
        return Vec::new();
    }
    let count =
        |verdict: Verdict| rest.iter().filter(|path| Verdict::of(&path.outcome) == verdict).count();
    let mut lines = Vec::new();
    for (verdict, words) in [
        (Verdict::Found, "Других способов с изменением данных"),
        (Verdict::TooMany, "Способов, где показателей больше трёх"),
        (Verdict::NotFound, "Способов, где изменение не найдено"),
    ] {
        match count(verdict) {
            0 => {}
            n => lines.push(format!("  {words}: {n}")),
        }
    }
    let barred: Vec<String> = bars(rest, model).collect();
    if !barred.is_empty() {
        lines.push("  Данными не открыть:".to_owned());
        lines.extend(barred.into_iter().map(|bar| format!("    {bar}")));
    }
    lines
}

/// Every bar once.
fn bars<'a>(paths: &'a [Path], model: &'a Model) -> impl Iterator<Item = String> + use<'a> {
    let mut told: Vec<String> = Vec::new();
    for path in paths {
        if let Outcome::Barred(bar) = &path.outcome {
            let words = bar_in_words(bar, model);
            if !told.contains(&words) {
                told.push(words);
            }
        }
    }
    told.into_iter()
}

/// «дефицит «…» → задача «…»», from the data to the element.
pub fn through(path: &Path, model: &Model) -> Option<String> {
    let steps: Vec<String> = path.through.iter().map(|step| named(step, model)).collect();
    (!steps.is_empty()).then(|| steps.join(" → "))
}

/// «дефицит «Название»».
fn named(element: &Element, model: &Model) -> String {
    let title = declared(model, &element.id).map_or(element.id.as_str(), |(_, meta)| &meta.title);
    format!("{} «{title}»", noun_word(element.noun))
}

/// A proven deficit beside the others.
fn standing(standing: &Standing, model: &Model) -> String {
    let deficit = named(&Element::new(Noun::Deficit, &standing.deficit), model);
    if let Some(n) = standing.small_group {
        return format!(
            "{deficit} доказан, но участников {n}: чтобы его взяли в работу, нужно не меньше {}",
            eval::SMALL_GROUP
        );
    }
    let weight = standing.weight.to_russian(PLACES);
    match &standing.needed {
        Some(needed) if *needed > standing.weight => format!(
            "{deficit} доказан, вес {weight}; чтобы его взяли в работу, нужен вес не меньше {}",
            needed.to_russian(PLACES)
        ),
        _ => format!("{deficit} доказан, вес {weight}"),
    }
}

/// Why a way is closed, whatever the data are.
pub fn bar_in_words(bar: &Bar, model: &Model) -> String {
    match bar {
        Bar::Team(element, reason) => {
            let did = match element.noun {
                Noun::Cause => "опровергнута",
                Noun::Activity => "исключено",
                _ => "исключён",
            };
            format!(
                "{}: {did} решением команды ({reason}); уберите эту правку",
                named(element, model)
            )
        }
        Bar::OtherLevel(element, level) => {
            format!("{}: это уровень {}", named(element, model), level.genitive())
        }
        Bar::External(element) => format!("{}: его ведут другие", named(element, model)),
        Bar::OtherInstitution(element, kind) => {
            let kind = model.institution_kinds.get(kind).map_or(kind.as_str(), |it| &it.meta.title);
            format!("{}: только для организаций вида «{kind}»", named(element, model))
        }
        Bar::Contradiction(element) => {
            let why = "условие не выполняется ни при каких данных: его части исключают друг друга";
            format!("{}: {why}", named(element, model))
        }
        Bar::TooLight { deficit, most, needed } => format!(
            "{}: правила дают ему вес не больше {}, а для приоритета нужен {}",
            named(deficit, model),
            most.to_russian(PLACES),
            needed.to_russian(PLACES)
        ),
        Bar::Unconnected(element) => {
            let linked = match element.noun {
                Noun::Activity => "правила не связывают его ни с задачей, ни с требованием",
                _ => "в пакете к этому ничто не ведёт",
            };
            format!("{}: {linked}", named(element, model))
        }
        Bar::Adapted(element) => {
            format!("«{}»: так решено, когда основу приспосабливали к месту", element.id)
        }
        Bar::NoDocument => {
            "документы проекта переписаны из пакета: по данным в них ничего не выбирают".to_owned()
        }
    }
}

// ------------------------------------------------------------ edits of data

/// «Доля «2» …, 2026 год: было 0 % (0 из 25), станет 4 % (1 из 25)».
pub fn edit_in_words(edit: &Edit, model: &Model) -> String {
    match edit {
        Edit::Figure(row) => row_in_words(row, model),
        Edit::Answer { question, was, becomes } => {
            let title =
                model.questions.get(question).map_or(question.as_str(), |it| &it.meta.title);
            let was = was.map_or("нет ответа", yes_no);
            format!("Ответ на вопрос «{title}»: был «{was}», станет «{}»", yes_no(*becomes))
        }
        Edit::Category { category, year, becomes } => {
            let title =
                model.categories.get(category).map_or(category.as_str(), |it| &it.meta.title);
            let did = if *becomes { "присвоена" } else { "не присвоена" };
            format!("Категория «{title}» ({year} год): станет {did}")
        }
    }
}

fn row_in_words(row: &RowEdit, model: &Model) -> String {
    let RowEdit { key, was, becomes, follows } = row;
    let title = title_of_indicator(model, &key.indicator);
    let words = |fact: &Fact| fact_in_words(key, fact, model);
    let is_uncounted = becomes.as_ref().is_some_and(|fact| fact.n.is_none());
    let was = was.as_ref().map(words);
    let was = was.map_or_else(|| "данных не было".to_owned(), |was| format!("было {was}"));
    let becomes = becomes.as_ref().map(words);
    let becomes = becomes.unwrap_or_else(|| "«нет данных»".to_owned());
    let why = match follows {
        true if is_uncounted => " — без числа участников",
        true => " — пересчёт на целых учеников",
        false => "",
    };
    format!("{title} {}: {was}, станет {becomes}{why}", place_and_year(key))
}

/// What a row says: its value and, of a share, how many of how many.
fn fact_in_words(key: &Key, fact: &Fact, model: &Model) -> String {
    let mut words = value_in_words(key, fact, model);
    if matches!(fact.value, FactValue::Truth(_)) {
        words = format!("«{words}»");
    }
    let indicator = model.indicators.get(&key.indicator);
    let is_share = indicator.is_some_and(|it| matches!(it.kind, Kind::Percent { .. }));
    if let (Some(n), true) = (fact.n, is_share) {
        match people(fact, n) {
            Some(people) => words.push_str(&format!(" ({people} из {n})")),
            None => words.push_str(&format!(" (участников {n})")),
        }
    }
    words
}

/// How many of n a share is.
fn people(fact: &Fact, n: u64) -> Option<i64> {
    let FactValue::Number(interval) = &fact.value else { return None };
    let all = Number::from_int(i64::try_from(n).ok()?);
    (interval.exact()? * &all).checked_div(&Number::from_int(100))?.round()
}

/// The value as a person reads it.
pub fn value_in_words(key: &Key, fact: &Fact, model: &Model) -> String {
    let indicator = model.indicators.get(&key.indicator);
    let printed = |value: &Value| eval::print(value, indicator?, model);
    let words = match &fact.value {
        FactValue::Number(interval) => printed(&Value::Number(interval.clone())),
        FactValue::Truth(truth) => printed(&Value::Truth(Truth::of(Some(*truth)))),
        FactValue::Words(words) => Some(format!("«{words}»")),
        FactValue::Moved(direction) => Some(
            match direction {
                Direction::Rose => "«выросло»",
                Direction::Fell => "«снизилось»",
                Direction::Unchanged => "«без изменений»",
            }
            .to_owned(),
        ),
    };
    words.unwrap_or_else(|| "нет данных".to_owned())
}

pub fn title_of_indicator(model: &Model, id: &Id) -> String {
    model.indicators.get(id).map_or(id.to_string(), |it| it.meta.title.clone())
}

fn yes_no(truth: bool) -> &'static str {
    if truth { "да" } else { "нет" }
}

/// «больше 20 %», «не больше 59,8 %», «больше 5 и меньше 7».
fn interval(interval: &Interval, span: &Interval, unit: &Unit, model: &Model) -> String {
    if let Some(exact) = interval.exact() {
        return print_number(exact, unit, model);
    }
    let end = |bound: &Bound| print_genitive(&bound.at, unit, model);
    let low = interval.low.as_ref().filter(|low| span.low.as_ref() != Some(low));
    let high = interval.high.as_ref().filter(|high| span.high.as_ref() != Some(high));
    let low = low.map(|low| match low.inclusive {
        true => format!("не меньше {}", end(low)),
        false => format!("больше {}", end(low)),
    });
    let high = high.map(|high| match high.inclusive {
        true => format!("не больше {}", end(high)),
        false => format!("меньше {}", end(high)),
    });
    let ends: Vec<String> = low.into_iter().chain(high).collect();
    if ends.is_empty() { "любым".to_owned() } else { ends.join(" и ") }
}
