//! Takes the clauses of one declaration apart: each at most once unless its form allows more, each
//! in the form that its keyword promises.

use std::collections::BTreeMap;

use super::codes;
use super::declarations::{Cite, Mend};
use crate::base::Span;
use crate::diag::Diagnostic;
use crate::syntax::Noun;
use crate::syntax::tree::{
    Annotation, Clause, Item, MendSyntax, Name, Node, PlanValue, Quoted, Value,
};

/// The clauses of a declaration.
pub struct Reader<'a> {
    pub item: &'a Item,
    clauses: Vec<&'a Clause>,
}

impl<'a> Reader<'a> {
    pub fn new(item: &'a Item, out: &mut Vec<Diagnostic>) -> Self {
        let clauses: Vec<&Clause> = item
            .body
            .iter()
            .filter_map(|node| match node {
                Node::Clause(clause) => Some(clause),
                _ => None,
            })
            .collect();
        report_repeats(item, &clauses, out);
        report_contradictions(&clauses, out);
        Self { item, clauses }
    }

    pub fn all(&self, keyword: &'static str) -> impl Iterator<Item = &'a Clause> + '_ {
        self.clauses.iter().copied().filter(move |clause| clause.keyword == keyword)
    }

    pub fn one(&self, keyword: &'static str) -> Option<&'a Clause> {
        self.all(keyword).next()
    }

    pub fn value(&self, keyword: &'static str) -> Option<&'a Value> {
        self.one(keyword).map(|clause| &clause.value)
    }

    pub fn flag(&self, keyword: &'static str) -> bool {
        self.one(keyword).is_some()
    }

    pub fn name(&self, keyword: &'static str) -> Option<&'a Name> {
        match self.value(keyword)? {
            Value::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn names(&self, keyword: &'static str) -> &'a [Name] {
        match self.value(keyword) {
            Some(Value::Names(names)) => names,
            _ => &[],
        }
    }

    pub fn text(&self, keyword: &'static str) -> Option<&'a Quoted> {
        match self.value(keyword)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn words(&self, keyword: &'static str) -> Option<String> {
        self.text(keyword).map(|text| text.text.clone())
    }

    pub fn texts(&self, keyword: &'static str) -> Vec<String> {
        match self.value(keyword) {
            Some(Value::Texts(texts)) => texts.iter().map(|text| text.text.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Texts of a clause that may stand many times.
    pub fn many_texts(&self, keyword: &'static str) -> Vec<String> {
        self.all(keyword)
            .filter_map(|clause| match &clause.value {
                Value::Text(text) => Some(text.text.clone()),
                _ => None,
            })
            .collect()
    }

    pub fn cite(&self) -> Option<Cite> {
        let own = match self.value("по источнику") {
            Some(Value::Source(place)) => Some(place),
            _ => None,
        };
        own.map(Cite::from)
    }

    /// Whose words the declaration is: its own line, else the note at the end of one of its lines.
    pub fn methodist(&self) -> Option<String> {
        self.own_methodist().or_else(|| {
            self.annotations().into_iter().find_map(|(_, note)| match note {
                Annotation::Methodist { because, .. } => {
                    Some(because.as_ref().map_or(String::new(), |text| text.text.clone()))
                }
                _ => None,
            })
        })
    }

    /// The declaration's own line, which is what those inside it inherit.
    pub fn own_methodist(&self) -> Option<String> {
        match self.value("по методисту") {
            Some(Value::Reason(because)) => {
                Some(because.as_ref().map_or(String::new(), |text| text.text.clone()))
            }
            _ => None,
        }
    }

    /// The notes at the ends of clauses and of the lines below them, with the clause's keyword.
    pub fn annotations(&self) -> Vec<(&'static str, &'a Annotation)> {
        let mut found = Vec::new();
        for clause in &self.clauses {
            found.extend(clause.annotations.iter().map(|note| (clause.keyword, note)));
            annotations_below(clause.keyword, &clause.body, &mut found);
        }
        found
    }

    pub fn keywords(&self) -> Vec<&'static str> {
        self.clauses.iter().map(|clause| clause.keyword).collect()
    }

    /// What was mended of the source: of the title by lines of their own, of a clause by the note at
    /// its end. A fragment that is not there is reported.
    pub fn mends(&self, out: &mut Vec<Diagnostic>) -> Vec<Mend> {
        let title = self.item.title.as_ref().map_or("", |title| title.text.as_str());
        let mut mends = Vec::new();
        for clause in &self.clauses {
            if let Value::Mended(mend) = &clause.value {
                report_absent(mend, &[title], out);
                mends.push(mend_of(mend, "название"));
            }
            let texts = texts_of(&clause.value);
            for mend in noted(&clause.annotations) {
                report_absent(mend, &texts, out);
            }
            mends.extend(mends_of(clause));
        }
        mends
    }

    pub fn unconfirmed(&self) -> bool {
        self.flag("не подтверждено")
            || self.annotations().iter().any(|(_, note)| **note == Annotation::Unconfirmed)
    }

    /// Reports a clause that the declaration cannot do without; one that is there but could not
    /// be read has been reported already.
    pub fn missing(&self, keyword: &'static str, sample: &str, out: &mut Vec<Diagnostic>) {
        if matches!(self.value(keyword), Some(Value::Unreadable)) {
            return;
        }
        out.push(
            Diagnostic::error(
                codes::MISSING_CLAUSE,
                self.place(),
                format!("в объявлении «{}» нет строки «{keyword}»", self.item.name.text),
            )
            .with_hint(format!("добавьте, например: {sample}")),
        );
    }

    fn place(&self) -> Span {
        self.item.name.span
    }
}

/// The mends noted at the end of a clause.
pub fn mends_of(clause: &Clause) -> Vec<Mend> {
    noted(&clause.annotations).map(|mend| mend_of(mend, clause.keyword)).collect()
}

fn noted(annotations: &[Annotation]) -> impl Iterator<Item = &MendSyntax> {
    annotations.iter().filter_map(|note| match note {
        Annotation::Mended(mend) => Some(mend),
        _ => None,
    })
}

fn mend_of(mend: &MendSyntax, field: &'static str) -> Mend {
    Mend {
        field: mend.field.unwrap_or(field),
        printed: mend.printed.text.clone(),
        corrected: mend.corrected.as_ref().map(|text| text.text.clone()),
        because: mend.because.as_ref().map_or(String::new(), |text| text.text.clone()),
    }
}

/// The texts of a value in which something may have been mended.
fn texts_of(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(text) => vec![&text.text],
        Value::Texts(texts) => texts.iter().map(|text| text.text.as_str()).collect(),
        Value::Row { title, text } => vec![&title.text, &text.text],
        Value::ReadyRow { title, cells } => {
            std::iter::once(title).chain(cells).map(|text| text.text.as_str()).collect()
        }
        Value::Plan(PlanValue::Result { text, .. }) => vec![&text.text],
        Value::Documents(uses) => uses
            .iter()
            .filter_map(|document| Some(document.title.as_ref()?.text.as_str()))
            .collect(),
        _ => Vec::new(),
    }
}

/// Why a source was mended is said, or nobody can tell a mend from a slip.
fn report_reason(mend: &MendSyntax, out: &mut Vec<Diagnostic>) {
    if mend.because.is_none() {
        out.push(
            Diagnostic::error(
                codes::MENDED_NOTHING,
                mend.printed.span,
                "не сказано, почему исправлено",
            )
            .with_hint("добавьте: потому что «опечатка»"),
        );
    }
}

fn report_absent(mend: &MendSyntax, texts: &[&str], out: &mut Vec<Diagnostic>) {
    report_reason(mend, out);
    let Some(corrected) = &mend.corrected else { return };
    if corrected.text == mend.printed.text {
        out.push(
            Diagnostic::error(codes::MENDED_NOTHING, corrected.span, "исправлено на то же самое")
                .with_hint("сначала — как напечатано, после «на» — как стало; или уберите пометку"),
        );
        return;
    }
    let words = corrected.text.as_str();
    let times = texts.iter().map(|text| text.matches(words).count()).sum::<usize>();
    let (fault, hint) = match times {
        1 if !words.is_empty() => return,
        _ if words.is_empty() => (
            "после «на» нет слов".to_owned(),
            "возьмите в обе кавычки соседнее слово: так видно, откуда лишнее убрано",
        ),
        _ if texts.is_empty() => (
            "здесь исправляют всё целиком, без «на»".to_owned(),
            "оставьте только то, что напечатано в источнике: исправлено «…» потому что «…»",
        ),
        0 => (
            format!("слов «{words}» здесь нет: исправлять нечего"),
            "после «на» стоят слова, которые есть в исправленном тексте сейчас, буква в букву",
        ),
        _ => (
            format!("слова «{words}» стоят здесь не один раз: неясно, какие исправлены"),
            "возьмите в обе кавычки ещё одно соседнее слово",
        ),
    };
    out.push(Diagnostic::error(codes::MENDED_NOTHING, corrected.span, fault).with_hint(hint));
}

fn annotations_below<'a>(
    keyword: &'static str,
    body: &'a [Node],
    found: &mut Vec<(&'static str, &'a Annotation)>,
) {
    for node in body {
        if let Node::Clause(clause) = node {
            found.extend(clause.annotations.iter().map(|note| (keyword, note)));
            annotations_below(keyword, &clause.body, found);
        }
    }
}

/// Lines of which one denies the others: what is named, and that it is not named; pictures.
const OPPOSITES: [&[&str]; 5] = [
    &[
        "график_работ",
        "граф_мероприятий",
        "распределение_индексов",
        "результаты_и_условия",
        "число_по_категориям",
    ],
    &["ответственные", "ответственные не названы"],
    &["документы", "документ не назван"],
    &["срок", "срок не назван"],
    &["результат", "результат не назван"],
];

fn report_contradictions(clauses: &[&Clause], out: &mut Vec<Diagnostic>) {
    let of = |keyword| clauses.iter().find(|clause| clause.keyword == keyword);
    for words in OPPOSITES {
        let mut said = words.iter().filter_map(|word| of(*word));
        let Some(one) = said.next() else { continue };
        for other in said {
            let message = format!("сказано и «{} …», и «{}»", one.keyword, other.keyword);
            out.push(
                Diagnostic::error(codes::REPEATED_CLAUSE, other.span, message)
                    .with_label(one.span, "а здесь названо")
                    .with_hint("оставьте одну из двух строк"),
            );
        }
    }
}

/// «каждое полугодие» says the same as «каждый учебный год»: how often.
fn idea(item: &Item, keyword: &'static str) -> &'static str {
    match (item.noun, keyword) {
        (Noun::Indicator, "каждое") => "каждый",
        _ => keyword,
    }
}

fn report_repeats(item: &Item, clauses: &[&Clause], out: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, &Clause> = BTreeMap::new();
    for clause in clauses {
        let earlier = *first.entry(idea(item, clause.keyword)).or_insert(clause);
        if !std::ptr::eq(earlier, *clause) && !crate::syntax::may_repeat(item.noun, clause.keyword)
        {
            out.push(
                Diagnostic::error(
                    codes::REPEATED_CLAUSE,
                    clause.span,
                    format!("строка «{}» повторена", clause.keyword),
                )
                .with_label(earlier.span, "первая такая строка")
                .with_hint("оставьте одну или перечислите значения через запятую"),
            );
        }
    }
}
