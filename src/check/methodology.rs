//! Every parameter of a methodology has one default and steers something, and whatever it is set to,
//! lines that exclude each other leave exactly one.

use std::collections::BTreeMap;

use super::{CheckSpec, Pass};
use crate::base::{Id, Span};
use crate::diag::Code;
use crate::model::methodology::{
    Line, Methodology, Needed, Parameter, ParameterValue, Rule, Setting, When,
};

pub(super) const SPEC: CheckSpec = CheckSpec {
    code: Code(81),
    summary: "Параметр методики не задан до конца, или строки методики спорят друг с другом",
    run,
};

fn run(pass: &mut Pass<'_>) {
    for methodology in pass.model.methodologies.values() {
        for parameter in &methodology.parameters {
            defaults(pass, parameter);
            // What a base leaves without work is not its heir's mistake.
            if !parameter.inherited && !steers(methodology, &parameter.id) {
                let message = format!("параметр «{}» ни на что не влияет", parameter.id);
                let finding = pass
                    .error(parameter.meta.span, message)
                    .with_hint("назовите его в строке, которой он управляет, или уберите");
                pass.report(finding);
            }
        }
        for (what, place, lines) in competing(methodology) {
            compete(pass, methodology, &what, place, &lines);
        }
    }
}

/// A parameter is a choice of words, a number, or years; all but years have a default.
fn defaults(pass: &mut Pass<'_>, parameter: &Parameter) {
    let words = parameter.options.iter().filter(|option| option.is_default).count();
    let number = parameter.number.as_ref().is_some_and(|number| number.default.is_some());
    let fault = match words + usize::from(number) {
        _ if parameter.years && (parameter.number.is_some() || !parameter.options.is_empty()) => {
            "параметр — или годы, или значения и число"
        }
        0 if !parameter.years => "не сказано, чему параметр равен по умолчанию",
        0 | 1 => return,
        _ => "«по умолчанию» сказано не один раз",
    };
    let message = format!("параметр «{}»: {fault}", parameter.id);
    let hint = "отметьте одно: значение имя «Что это значит» по умолчанию";
    let finding = pass.error(parameter.meta.span, message).with_hint(hint);
    pass.report(finding);
}

/// Whether a line names the parameter.
fn steers(methodology: &Methodology, id: &Id) -> bool {
    fn by<T>(setting: &Option<Setting<T>>, id: &Id) -> bool {
        matches!(setting, Some(Setting::By(named)) if named == id)
    }
    let needed = |rule: &Option<Rule>| match rule {
        Some(Rule::Enough { needed: Needed::By(named), .. })
        | Some(Rule::Open { needed: Needed::By(named), .. }) => named == id,
        _ => false,
    };
    let in_domain = methodology.domains.iter().any(|domain| {
        by(&domain.degenerate, id)
            || by(&domain.min_present, id)
            || by(&domain.rounding, id)
            || by(&domain.ties, id)
            || by(&domain.min_group, id)
            || domain.categories.iter().any(|line| needed(&line.value.rule))
    });
    let named = methodology.window.as_ref().is_some_and(|window| window.by.as_ref() == Some(id));
    in_domain
        || named
        || by(&methodology.out_of_range, id)
        || by(&methodology.duplicates, id)
        || conditions(methodology).iter().any(|when| when.parameter == *id)
}

/// Every «при …» of a methodology.
fn conditions(methodology: &Methodology) -> Vec<&When> {
    fn of<T>(lines: &[Line<T>]) -> impl Iterator<Item = &When> {
        lines.iter().filter_map(|line| line.when.as_ref())
    }
    let mut found: Vec<&When> = of(&methodology.base).chain(of(&methodology.lacking)).collect();
    for domain in &methodology.domains {
        found.extend(of(&domain.terms).chain(of(&domain.scores)).chain(of(&domain.categories)));
    }
    for criterion in &methodology.criteria {
        found.extend(of(&criterion.signs));
    }
    found
}

/// Lines of which one holds at a time: whose they are, where to report, when each holds.
type Competing<'a> = (String, Span, Vec<(Option<&'a When>, Span)>);

fn competing(methodology: &Methodology) -> Vec<Competing<'_>> {
    fn of<T>(lines: &[Line<T>]) -> Vec<(Option<&When>, Span)> {
        lines.iter().map(|line| (line.when.as_ref(), line.span)).collect()
    }
    let mut found = vec![("«база»".to_owned(), methodology.meta.span, of(&methodology.base))];
    for domain in &methodology.domains {
        let what = format!("«отстаёт» области «{}»", domain.id);
        found.push((what, domain.meta.span, of(&domain.scores)));
    }
    for criterion in &methodology.criteria {
        let what = format!("«если» признака «{}»", criterion.id);
        found.push((what, criterion.meta.span, of(&criterion.signs)));
    }
    found.retain(|(_, _, lines)| !lines.is_empty());
    found
}

fn compete(
    pass: &mut Pass<'_>,
    methodology: &Methodology,
    what: &str,
    place: Span,
    lines: &[(Option<&When>, Span)],
) {
    let named: Vec<&Parameter> = methodology
        .parameters
        .iter()
        .filter(|it| lines.iter().any(|(when, _)| when.is_some_and(|w| w.parameter == it.id)))
        .collect();
    for values in combinations(&named) {
        let holds = |when: &Option<&When>| {
            when.is_none_or(|when| values.get(&when.parameter) == Some(&when.value))
        };
        let holding: Vec<Span> =
            lines.iter().filter(|(when, _)| holds(when)).map(|(_, span)| *span).collect();
        let at = told(&values);
        let finding = match holding.as_slice() {
            [_] => continue,
            [] => pass
                .error(place, format!("{at}не действует ни одна строка {what}"))
                .with_hint("добавьте строку для этого значения"),
            [first, second, ..] => pass
                .error(*second, format!("{at}действуют две строки {what}"))
                .with_label(*first, "первая")
                .with_hint("поставьте в конце каждой: при параметр значение"),
        };
        pass.report(finding);
        return;
    }
}

/// Every way to set parameters of words; of a number, the default.
fn combinations(parameters: &[&Parameter]) -> Vec<BTreeMap<Id, ParameterValue>> {
    let mut all = vec![BTreeMap::new()];
    for parameter in parameters {
        let words = parameter.options.iter().map(|it| ParameterValue::Option(it.id.clone()));
        let number = parameter.number.as_ref().and_then(|it| it.default.clone());
        let values: Vec<ParameterValue> = words.chain(number.map(ParameterValue::Figure)).collect();
        all = all
            .into_iter()
            .flat_map(|set| {
                values.iter().map(move |value| {
                    let mut set = set.clone();
                    set.insert(parameter.id.clone(), value.clone());
                    set
                })
            })
            .collect();
    }
    all
}

fn told(values: &BTreeMap<Id, ParameterValue>) -> String {
    let parts: Vec<String> = values
        .iter()
        .map(|(id, value)| match value {
            ParameterValue::Option(word) => format!("{id} {word}"),
            ParameterValue::Figure(figure) => format!("{id} {}", figure.number.to_russian(6)),
            ParameterValue::Years(_) => id.to_string(),
        })
        .collect();
    if parts.is_empty() { String::new() } else { format!("при {} ", parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{check_code, methodology};

    #[track_caller]
    fn finds(changes: &[(&str, &str)], expected: &str) {
        check_code(81, &methodology(changes), expected);
    }

    #[test]
    fn a_parameter_has_one_default_and_steers_something() {
        finds(&[], "");
        finds(
            &[(" «школы района» по умолчанию", " «школы района»")],
            "ПКО-081 6:12 параметр «где»: не сказано, чему параметр равен по умолчанию\n",
        );
        finds(
            &[(" «все школы»", " «все школы» по умолчанию")],
            "ПКО-081 6:12 параметр «где»: «по умолчанию» сказано не один раз\n",
        );
        finds(
            &[(" при где район", ""), ("  база все школы при где край\n", "")],
            "ПКО-081 6:12 параметр «где» ни на что не влияет\n",
        );
    }

    #[test]
    fn of_lines_that_exclude_each_other_one_holds() {
        finds(
            &[("  база все школы при где край\n", "")],
            "ПКО-081 5:10 при где край не действует ни одна строка «база»\n",
        );
        finds(
            &[("все школы при где край", "все школы")],
            "ПКО-081 11:3 при где район действуют две строки «база»\n",
        );
    }
}
