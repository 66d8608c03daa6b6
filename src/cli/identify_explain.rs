//! `pko identify --explain`: one school, figure by figure and rule by rule.

use std::fmt::Write as _;

use super::identify::border_in_words;
use crate::base::Number;
use crate::cohort::{
    Category, Domain, ExplainedCriterion, ExplainedDomain, ExplainedTerm, ExplainedYear,
    Identified, Index, Measure, Needed, Place, Reason, Rule, Scoring, reason_text,
};

/// Places of a printed figure and of its worth.
const PLACES: u32 = 4;

/// How the school (of `Table::schools`) came to its verdicts; `None` of one that is not there.
pub fn explained(identified: &Identified, school: usize) -> Option<String> {
    let explanation = identified.explain(school)?;
    let mut text = format!("{}\n", identified.school_in_words(school));
    if let Some(reason) = identified.exclusion(school) {
        let _ = writeln!(text, "Не участвует: {reason}.");
        return Some(text);
    }
    for domain in &explanation.domains {
        self::domain(&mut text, identified, school, domain);
    }
    criteria(&mut text, identified, &explanation.criteria);
    fragile(&mut text, identified, school);
    Some(text)
}

fn domain(text: &mut String, identified: &Identified, school: usize, it: &ExplainedDomain) {
    let Some(declared) = identified.method.domains.get(it.domain) else { return };
    let verdict = identified.category_title(it.domain, school);
    let _ = match verdict {
        Some(verdict) => writeln!(text, "\n{}: {verdict}", declared.title),
        None => writeln!(text, "\n{}", declared.title),
    };
    let rejected = it.rejected.iter().filter_map(|at| declared.categories.get(*at));
    for category in rejected {
        let _ = writeln!(
            text,
            "  не «{}»: не выполнено — {}",
            category.title,
            rule(declared, category)
        );
    }
    if let Some(category) = it.category.and_then(|at| declared.categories.get(at)) {
        let _ = writeln!(text, "  «{}»: {}", category.title, rule(declared, category));
    }
    for year in &it.years {
        self::year(text, identified, declared, year);
    }
    if let Some(place) = &it.whole {
        let _ = writeln!(text, "  За всё окно: {}", place_in_words(declared, place));
        self::place(text, identified, declared, place);
    }
}

fn year(text: &mut String, identified: &Identified, declared: &Domain, it: &ExplainedYear) {
    let group = identified.method.groups.get(it.group).map_or("", |group| group.title.as_str());
    let place = match it.terms.iter().any(|term| term.figure.is_some()) {
        true if it.place.standing.reason() == Some(Reason::NoData) => {
            "сравнить нельзя: у всех одно и то же".to_owned()
        }
        _ => place_in_words(declared, &it.place),
    };
    let _ = writeln!(text, "  {} год, {}: {place}", it.year, group.to_lowercase());
    if it.terms.iter().all(|term| term.figure.is_none()) {
        return;
    }
    let scorings = declared.terms.iter().map(|term| &term.scoring);
    let mut missing: Vec<&str> = Vec::new();
    for (term, scoring) in it.terms.iter().zip(scorings) {
        let Some(measure) = identified.method.indicators.get(term.indicator) else { continue };
        match &term.figure {
            Some(figure) => {
                let _ = writeln!(text, "    {}", term_in_words(measure, term, figure, scoring));
            }
            None => missing.push(measure.id.as_str()),
        }
    }
    if !missing.is_empty() {
        let _ = writeln!(text, "    нет данных ({}): {}", missing.len(), missing.join(", "));
    }
    self::place(text, identified, declared, &it.place);
}

/// «индекс 0,6593, место 118 из 159, низкие», or why there is none.
fn place_in_words(declared: &Domain, place: &Place) -> String {
    let standing = &place.standing;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(standing.index.map(|index| format!("индекс {}", short(index))));
    if let Some(rank) = standing.rank {
        let of = place.border.map_or(String::new(), |border| format!(" из {}", border.ranked));
        parts.push(format!("место {}{of}", rank.rank));
    }
    let band = standing.band().and_then(|band| declared.bands.get(band));
    parts.extend(band.map(|band| band.title.clone()));
    parts.extend(standing.reason().map(|reason| reason_text(reason, declared.min_group)));
    parts.join(", ")
}

fn place(text: &mut String, identified: &Identified, declared: &Domain, place: &Place) {
    if let Some(border) = &place.border {
        let _ = writeln!(text, "    граница — {}", border_in_words(identified, border));
    }
    for neighbour in &place.neighbours {
        let band = match neighbour.label {
            crate::cohort::Label::Band(band) => declared.bands.get(usize::from(band)),
            _ => None,
        };
        let title = band.map_or("другой полосы", |band| band.title.as_str());
        let _ = writeln!(
            text,
            "    до полосы «{title}» — мест: {}, там индекс {}",
            neighbour.places,
            short(neighbour.index)
        );
    }
}

fn term_in_words(
    measure: &Measure,
    term: &ExplainedTerm,
    figure: &Number,
    scoring: &Scoring,
) -> String {
    let unit = if measure.is_share { " %" } else { "" };
    let mut line = format!("{}: {}{unit}", measure.title, figure.to_russian(PLACES));
    let (Some(worth), Some(part)) = (&term.worth, &term.part) else {
        line.push_str(" — не учтено");
        return line;
    };
    let worth = worth.to_russian(PLACES);
    let how = match (scoring, &term.span) {
        (Scoring::Lag { more_than, .. }, _) => {
            let lags = *figure < -more_than;
            let said = if lags { "отстаёт" } else { "не отстаёт" };
            format!("{said} больше чем на {} → {worth}", more_than.to_russian(PLACES))
        }
        (_, Some((low, high))) => {
            let way = if *scoring == Scoring::Direct { "прямо" } else { "обратно" };
            format!("{way}, от {} до {} → {worth}", printed(low), printed(high))
        }
        (_, None) => format!("у всех поровну → {worth}"),
    };
    let _ = write!(line, "; {how}; доля в индексе {}", part.to_russian(PLACES));
    line
}

fn printed(number: &Number) -> String {
    number.to_russian(PLACES)
}

fn short(index: Index) -> String {
    index.number().to_russian(PLACES)
}

fn rule(declared: &Domain, category: &Category) -> String {
    let band = |at: usize| declared.bands.get(at).map_or("", |band| band.title.as_str());
    let needed = |needed: &Needed| match needed {
        Needed::All => "все".to_owned(),
        Needed::AtLeast(count) => format!("не меньше {count}"),
    };
    match &category.rule {
        Rule::EachYear { band: at, years } => {
            format!("«{}» в каждом из {years} последних лет", band(*at))
        }
        Rule::SomeYears { band: at, at_least, years } => {
            format!("«{}» не меньше {at_least} раз за последние годы ({years})", band(*at))
        }
        Rule::KnownIn { fewer_than } => format!("полоса известна меньше чем в {fewer_than} годах"),
        Rule::Enough { needed: count, .. } => format!("верны признаки: {}", needed(count)),
        Rule::Open { needed: count, .. } => {
            format!("неизвестно, верны ли признаки: {}", needed(count))
        }
        Rule::Otherwise => "во всех остальных случаях".to_owned(),
    }
}

fn criteria(text: &mut String, identified: &Identified, all: &[ExplainedCriterion]) {
    if !all.is_empty() {
        text.push_str("\nПризнаки\n");
    }
    for it in all {
        let Some(criterion) = identified.method.criteria.get(it.criterion) else { continue };
        let answer = match it.answer.known() {
            Some(true) => "да",
            Some(false) => "нет",
            None => "неизвестно",
        };
        let _ = writeln!(text, "  {} — {answer}: {}", criterion.id, criterion.title);
        for (indicator, figure) in &it.figures {
            let title = identified.method.indicators.get(*indicator).map(|it| it.title.as_str());
            let figure = figure.as_ref().map_or("нет данных".to_owned(), printed);
            let _ = writeln!(text, "    {}: {figure}", title.unwrap_or_default());
        }
    }
}

fn fragile(text: &mut String, identified: &Identified, school: usize) {
    let Some(found) = identified.fragile.get(school) else { return };
    let heading = match found.is_empty() {
        true => "\nЗаключения не меняются ни от одной из малых перемен, которые проверены.\n",
        false => "\nОт чего заключение зависит\n",
    };
    text.push_str(heading);
    for it in found {
        let _ = match &it.becomes {
            Some(becomes) => writeln!(text, "  {} → {becomes}", it.detail),
            None => writeln!(text, "  {} — {}", it.what.word(), it.detail),
        };
    }
}
