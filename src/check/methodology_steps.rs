//! The pipeline of a methodology is whole: every figure has limits and stands once in its index, the
//! bands share out all schools, every school gets a category.

use std::collections::BTreeMap;

use super::{CheckSpec, Pass};
use crate::base::{Id, Number, Span};
use crate::diag::Code;
use crate::model::methodology::{
    Cut, Domain, Line, Methodology, Needed, Rule, Setting, Sign, TermWay,
};
use crate::model::primitives::{Role, Ties};
use crate::model::{Indicator, Model, Ref, domain};

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(82),
    summary: "В методике не хватает шага: пределов, оценки, полосы или категории",
    run,
};

fn run(pass: &mut Pass<'_>) {
    for methodology in pass.model.methodologies.values() {
        roles(pass, methodology);
        limits(pass, methodology);
        words(pass, methodology);
        for domain in &methodology.domains {
            terms(pass, domain);
            bands(pass, domain);
            categories(pass, domain);
            possible(pass, methodology, domain);
        }
    }
}

fn report(pass: &mut Pass<'_>, place: Span, message: String, hint: &str) {
    let finding = pass.error(place, message).with_hint(hint);
    pass.report(finding);
}

/// A verdict comes from one domain, and there is at least one.
fn roles(pass: &mut Pass<'_>, methodology: &Methodology) {
    let mut seen: BTreeMap<Role, Span> = BTreeMap::new();
    for domain in &methodology.domains {
        let Some(role) = domain.role else { continue };
        if let Some(first) = seen.insert(role, domain.meta.span) {
            let message = format!("область «{}»: такое заключение уже даёт другая", domain.id);
            let finding = pass
                .error(domain.meta.span, message)
                .with_label(first, "она")
                .with_hint("оставьте «о результатах» и «об условиях» по одному разу");
            pass.report(finding);
        }
    }
    if seen.is_empty() && !methodology.domains.is_empty() {
        let message = format!("методика «{}» не даёт ни одного заключения", methodology.id);
        let hint = "добавьте области строку «о результатах» или «об условиях»";
        report(pass, methodology.meta.span, message, hint);
    }
}

/// Figures of an indicator keep within limits, or one slip of the pen would move every school.
fn limits(pass: &mut Pass<'_>, methodology: &Methodology) {
    for bounds in &methodology.bounds {
        if bounds.low >= bounds.high {
            let hint = "сначала — наименьшее значение, потом наибольшее";
            report(pass, bounds.span, "нижний предел не меньше верхнего".to_owned(), hint);
        }
    }
    let mut told: Vec<&Id> = Vec::new();
    for used in indicators(methodology) {
        let Some(declared) = pass.model.indicators.get(&used.id) else { continue };
        let is_bound = methodology
            .bounds
            .iter()
            .any(|bounds| bounds.indicators.iter().any(|it| it.id == used.id));
        if is_bound || has_limits(declared, pass.model) || told.contains(&&used.id) {
            continue;
        }
        told.push(&used.id);
        let message = format!("у показателя «{}» нет пределов", used.id);
        let hint = format!("добавьте методике: пределы {}: от 0 до 100", used.id);
        report(pass, used.span, message, &hint);
    }
}

fn has_limits(indicator: &Indicator, model: &Model) -> bool {
    domain(&indicator.kind, model).is_some_and(|all| all.low.is_some() && all.high.is_some())
}

fn indicators(methodology: &Methodology) -> Vec<&Ref> {
    let terms = methodology.domains.iter().flat_map(|domain| &domain.terms);
    let mut found: Vec<&Ref> = terms.flat_map(|line| &line.value.indicators).collect();
    for line in methodology.criteria.iter().flat_map(|criterion| &criterion.signs) {
        match &line.value {
            Sign::Threshold { indicators, .. } => found.extend(indicators),
            Sign::BelowMean { indicator, .. } => found.push(indicator),
            Sign::InBand { .. } => {}
        }
    }
    found
}

/// A word of a table means one group.
fn words(pass: &mut Pass<'_>, methodology: &Methodology) {
    let mut seen: BTreeMap<String, (&Id, Span)> = BTreeMap::new();
    for group in &methodology.groups {
        let own = std::iter::once(group.id.as_str()).chain(group.words.iter().map(String::as_str));
        for word in own {
            let word = word.to_lowercase().replace('ё', "е");
            match seen.get(&word) {
                Some((other, first)) if **other != group.id => {
                    let message = format!("словом «{word}» называются две группы");
                    let finding = pass
                        .error(group.meta.span, message)
                        .with_label(*first, "другая группа")
                        .with_hint("оставьте слово у одной из них");
                    pass.report(finding);
                }
                _ => {
                    seen.insert(word, (&group.id, group.meta.span));
                }
            }
        }
    }
}

fn terms(pass: &mut Pass<'_>, domain: &Domain) {
    let mut seen: Vec<(&Ref, &Line<_>)> = Vec::new();
    for line in &domain.terms {
        for indicator in &line.value.indicators {
            let twin = seen
                .iter()
                .find(|(other, earlier)| other.id == indicator.id && may_meet(earlier, line));
            if let Some((first, _)) = twin {
                let message = format!("«{}» уже входит в индекс", indicator.id);
                let finding = pass
                    .error(indicator.span, message)
                    .with_label(first.span, "здесь")
                    .with_hint("у каждого показателя один вес: оставьте его один раз");
                pass.report(finding);
            }
            seen.push((indicator, line));
        }
    }
    let lag = domain.terms.iter().find(|line| matches!(line.value.way, TermWay::Lag(_)));
    match (lag, domain.scores.as_slice()) {
        (Some(lag), []) => {
            let message = "не сказано, чему равно отставание".to_owned();
            report(pass, lag.span, message, "добавьте: отстаёт 0, не отстаёт 1");
        }
        (None, [score, ..]) => {
            let message = "оценка отставания есть, а отставаний в области нет".to_owned();
            report(pass, score.span, message, "уберите строку «отстаёт …»");
        }
        _ => {}
    }
    for score in &domain.scores {
        let fits = |value: &Number| !value.is_negative() && *value <= Number::one();
        if !fits(&score.value.lagging) || !fits(&score.value.keeping) {
            let message = "оценка отставания — от 0 до 1, как и у остальных показателей".to_owned();
            report(pass, score.span, message, "например: отстаёт 0, не отстаёт 1");
        }
    }
    let by_quarters = !matches!(&domain.ties, Some(Setting::Fixed(kind)) if *kind != Ties::Spss);
    if by_quarters && domain.ties.is_some() && domain.quarters_from.is_none() {
        let message =
            format!("область «{}»: не сказано, с какого конца считать четверти", domain.id);
        let hint = "добавьте: четверти считать нижние (или верхние): так делит школы SPSS";
        report(pass, domain.meta.span, message, hint);
    }
}

/// Two lines that no parameter keeps apart.
fn may_meet<T, U>(one: &Line<T>, other: &Line<U>) -> bool {
    match (&one.when, &other.when) {
        (Some(one), Some(other)) => one.parameter != other.parameter || one.value == other.value,
        _ => true,
    }
}

fn bands(pass: &mut Pass<'_>, domain: &Domain) {
    if domain.bands.is_empty() {
        return;
    }
    let rest = domain.bands.iter().filter(|band| band.cut == Cut::Rest).count();
    if rest != 1 {
        let message = match rest {
            0 => format!("область «{}»: нет полосы для остальных школ", domain.id),
            _ => format!("область «{}»: полос для остальных школ не одна", domain.id),
        };
        report(pass, domain.meta.span, message, "оставьте одну: полоса средние: остальные");
    }
    let mut whole = Number::zero();
    for (at, band) in domain.bands.iter().enumerate() {
        let Cut::Share(end, share) = &band.cut else { continue };
        whole = &whole + share;
        let earlier = domain.bands.iter().take(at);
        let mut twin = earlier.filter_map(|other| match &other.cut {
            Cut::Share(theirs, _) if theirs == end => Some(other.span),
            _ => None,
        });
        if let Some(first) = twin.next_back() {
            let finding = pass
                .error(band.span, "с этого конца полоса уже есть")
                .with_label(first, "она")
                .with_hint("с каждого конца бывает одна полоса");
            pass.report(finding);
        }
    }
    if whole > Number::one() {
        let message = format!("область «{}»: полосы занимают больше 100 % школ", domain.id);
        report(pass, domain.meta.span, message, "уменьшите доли");
    }
}

/// A category of more years than the window has, or of more criteria than it names, is never given.
fn possible(pass: &mut Pass<'_>, methodology: &Methodology, domain: &Domain) {
    let window = methodology.window.as_ref().map_or(u32::MAX, |window| window.years);
    for line in &domain.categories {
        let fault = match &line.value.rule {
            Some(Rule::EachYear { years, .. } | Rule::SomeYears { years, .. })
                if *years > window =>
            {
                format!("лет здесь {years}, а в окне методики — {window}")
            }
            Some(Rule::SomeYears { at_least, years, .. }) if at_least > years => {
                format!("из {years} лет не бывает {at_least}")
            }
            Some(
                Rule::Enough { criteria, needed: Needed::AtLeast(count) }
                | Rule::Open { criteria, needed: Needed::AtLeast(count) },
            ) if *count as usize > criteria.len() => {
                format!("признаков названо {}, а нужно {count}", criteria.len())
            }
            _ => continue,
        };
        let message = format!("категории «{}» не получит никто: {fault}", line.value.title);
        report(pass, line.span, message, "поправьте числа");
    }
}

/// Where a school gets a verdict, each gets one.
fn categories(pass: &mut Pass<'_>, domain: &Domain) {
    let ends = |line: &&Line<_>| -> bool {
        let line: &Line<crate::model::methodology::Category> = line;
        line.value.rule.is_none() && line.when.is_none()
    };
    match (domain.role, domain.categories.iter().position(|line| ends(&line))) {
        (None, _) if !domain.categories.is_empty() => {
            let message =
                format!("область «{}» называет категории, но не сказано, о чём они", domain.id);
            let hint = "добавьте «о результатах» или «об условиях», или уберите категории";
            report(pass, domain.meta.span, message, hint);
        }
        (Some(_), None) => {
            let message = format!("область «{}»: школа может остаться без категории", domain.id);
            let hint = "закончите список строкой: остальные «средние» иначе";
            report(pass, domain.meta.span, message, hint);
        }
        (Some(_), Some(end)) => {
            if let Some(after) = domain.categories.get(end + 1) {
                let message = "до этой категории дело не доходит: выше стоит «иначе»".to_owned();
                report(pass, after.span, message, "перенесите её выше строки с «иначе»");
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check_code, methodology};

    #[track_caller]
    fn finds(changes: &[(&str, &str)], expected: &str) {
        check_code(82, &methodology(changes), expected);
    }

    #[test]
    fn a_whole_methodology_is_quiet() {
        finds(&[], "");
    }

    #[test]
    fn an_index_has_limits_and_each_indicator_once() {
        finds(
            &[("  пределы отрыв: от -5 до 5\n", "")],
            "ПКО-082 18:16 у показателя «отрыв» нет пределов\n",
        );
        finds(
            &[("обратные двоек", "обратные двоек, двоек")],
            "ПКО-082 18:21 «двоек» уже входит в индекс\n",
        );
        finds(
            &[("    отстаёт 0, не отстаёт 1\n", "")],
            "ПКО-082 19:5 не сказано, чему равно отставание\n",
        );
        finds(
            &[("отстаёт 0, не отстаёт 1", "отстаёт 0, не отстаёт 2")],
            "ПКО-082 20:5 оценка отставания — от 0 до 1, как и у остальных показателей\n",
        );
    }

    #[test]
    fn bands_share_out_all_schools_and_each_gets_a_category() {
        finds(
            &[("    полоса прочие: остальные\n", "")],
            "ПКО-082 16:11 область «итоги»: нет полосы для остальных школ\n",
        );
        finds(
            &[("нижние 25 %", "нижние 60 %\n    полоса высокие: верхние 50 %")],
            "ПКО-082 16:11 область «итоги»: полосы занимают больше 100 % школ\n",
        );
        finds(
            &[("      остальные «средние» иначе\n", "")],
            "ПКО-082 16:11 область «итоги»: школа может остаться без категории\n",
        );
        finds(
            &[("      шнро", "      сначала «все» иначе\n      шнро")],
            "ПКО-082 29:7 до этой категории дело не доходит: выше стоит «иначе»\n",
        );
        finds(
            &[("    о результатах\n", "")],
            "ПКО-082 5:10 методика «своя» не даёт ни одного заключения\n\
             ПКО-082 16:11 область «итоги» называет категории, но не сказано, о чём они\n",
        );
    }

    #[test]
    fn what_nobody_can_be_is_told() {
        finds(
            &[("последних 3 лет", "последних 5 лет")],
            "ПКО-082 28:7 категории «ШНРО» не получит никто: лет здесь 5, а в окне методики — 3\n",
        );
    }

    #[test]
    fn a_word_of_a_table_means_one_group() {
        finds(
            &[("слова «школа»", "слова «школа»\n  группа иные «Иные»\n    слова «Школа»")],
            "ПКО-082 16:10 словом «школа» называются две группы\n",
        );
    }
}
