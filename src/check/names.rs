//! Every name in a text exists, and is of a kind that the helper beside it can word.

use super::composition::each_of;
use super::scope::{ANALYSIS_NAMES, Found, Names, wanted};
use super::sites::{self, Part, PlacedPart};
use super::{CheckSpec, Pass};
use crate::base::{Id, Level, suggest};
use crate::diag::Code;
use crate::model::{Analysis, ColumnSpec, Indicator, Kind, ProgrammeKind, Template};
use crate::text::{Argument, Takes, Use};

pub(super) const SPEC: CheckSpec =
    CheckSpec {
        code: Code(40), summary: "Имени в тексте нет, или оно не того вида", run
    };

fn run(pass: &mut Pass<'_>) {
    let model = pass.model;
    let names = Names { model, programme: false, sections: Vec::new(), repeated: Vec::new() };
    for template in model.deficits.values().flat_map(|deficit| &deficit.texts) {
        self::template(pass, &names, template);
    }
    let names = Names { repeated: ANALYSIS_NAMES.to_vec(), ..names };
    for template in model.analyses.values().flat_map(Analysis::texts) {
        self::template(pass, &names, template);
    }
    for programme in model.programmes.values() {
        let sections = sections(programme);
        let names = Names { model, programme: true, sections, repeated: Vec::new() };
        let own = programme.title.iter().chain(&programme.preamble).chain(&programme.points);
        for text in own {
            template(pass, &names, text);
        }
        for part in sites::parts(programme) {
            let names = Names { repeated: repeated(&part), ..names.clone() };
            for template in templates(&part) {
                self::template(pass, &names, template);
            }
        }
    }
}

/// What the repetitions around a part offer to it.
fn repeated(part: &PlacedPart<'_>) -> Vec<super::scope::NameSpec> {
    let around = part.around.iter().filter_map(|around| each_of(&around.id));
    around.flat_map(|each| each.names.iter().copied()).collect()
}

fn templates<'a>(part: &PlacedPart<'a>) -> Vec<&'a Template> {
    match part.what {
        Part::Text(template) => vec![template],
        Part::Table(table) => {
            let columns = table.columns.iter().map(|column: &ColumnSpec| &column.title);
            let heads = table.heads.iter().map(|head| &head.title);
            let fixed = table.fixed.iter().flat_map(|row| &row.cells);
            table
                .title
                .iter()
                .chain(columns)
                .chain(heads)
                .chain(fixed)
                .chain(&table.if_empty)
                .collect()
        }
        Part::Chart(chart) => chart.title.iter().collect(),
        Part::Section(_) | Part::Each(..) => Vec::new(),
    }
}

fn template(pass: &mut Pass<'_>, names: &Names<'_>, template: &Template) {
    for used in template.text.uses() {
        if used.helper.takes == Takes::Identifier {
            identifier(pass, names, template, &used);
            continue;
        }
        match names.find(&used.path, used.each.is_some()) {
            None => missing(pass, names, template, &used),
            Some(found) => {
                kind(pass, template, &used, found);
                arguments(pass, template, &used, found);
            }
        }
    }
}

fn missing(pass: &mut Pass<'_>, names: &Names<'_>, template: &Template, used: &Use) {
    let place = template.place(used.offset, used.path.len());
    let hint = match names.near(&used.path, used.each.is_some()) {
        Some(near) => format!("возможно, вы имели в виду «{near}»"),
        None => "здесь бывают показатели, «школа.название», «год», «дата» и им подобные".to_owned(),
    };
    let finding = pass.error(place, format!("имени «{}» в тексте нет", used.path)).with_hint(hint);
    pass.report(finding);
}

fn sections(programme: &ProgrammeKind) -> Vec<&Id> {
    let parts = sites::parts(programme).into_iter();
    let sections = parts.filter_map(|part| match part.what {
        Part::Section(section) => Some(&section.id),
        _ => None,
    });
    sections.collect()
}

/// `роль "директор"` is looked up as `роль.директор`.
fn identifier(pass: &mut Pass<'_>, names: &Names<'_>, template: &Template, used: &Use) {
    let id = used.path.split_once('.').map_or(used.path.as_str(), |(_, id)| id);
    match used.helper.name {
        "раздел" => section(pass, names, template, (used, id)),
        _ => role(pass, template, (used, id)),
    }
}

fn section(pass: &mut Pass<'_>, names: &Names<'_>, template: &Template, (used, id): (&Use, &str)) {
    if names.sections.contains(&&Id::new(id)) {
        return;
    }
    let hint = match suggest(id, names.sections.iter().map(|section| section.as_str())) {
        Some(near) => format!("возможно, вы имели в виду «{near}»"),
        None => "назовите раздел или приложение этой программы его именем".to_owned(),
    };
    let place = template.place(used.offset, id.len());
    let finding = pass.error(place, format!("раздела «{id}» в программе нет")).with_hint(hint);
    pass.report(finding);
}

fn role(pass: &mut Pass<'_>, template: &Template, (used, id): (&Use, &str)) {
    let roles = &pass.model.roles;
    if roles.contains_key(&Id::new(id)) {
        return;
    }
    let hint = match suggest(id, roles.keys().map(|role| role.as_str())) {
        Some(near) => format!("возможно, вы имели в виду «{near}»"),
        None => format!("объявите: роль школы {id} «Название»"),
    };
    let place = template.place(used.offset, id.len());
    let finding = pass.error(place, format!("роли «{id}» нет")).with_hint(hint);
    pass.report(finding);
}

fn kind(pass: &mut Pass<'_>, template: &Template, used: &Use, found: Found<'_>) {
    if used.asks_known || found.kind.fits(used.helper.takes, used.helper.name) {
        return;
    }
    let message = format!(
        "«{}» — {}, а здесь нужно: {}",
        used.path,
        found.kind.russian(),
        wanted(used.helper.takes)
    );
    let mut finding = pass
        .error(template.place(used.offset, used.path.len()), message)
        .with_hint("возьмите другое слово-помощник или другое имя");
    if let Some(indicator) = found.indicator {
        finding = finding.with_label(indicator.meta.span, "показатель объявлен здесь");
    }
    pass.report(finding);
}

/// Levels, years and cells are for indicators.
fn arguments(pass: &mut Pass<'_>, template: &Template, used: &Use, found: Found<'_>) {
    for (name, value) in used.arguments.choosing().iter() {
        let fault = match found.indicator {
            None => Some(format!("«{}» не бывает по уровням и годам", used.path)),
            Some(indicator) => argument(pass, indicator, name, value),
        };
        if let Some(message) = fault {
            let finding = pass
                .error(template.place(used.offset, used.path.len()), message)
                .with_hint("поправьте или уберите уточнение после имени");
            pass.report(finding);
        }
    }
}

fn argument(
    pass: &Pass<'_>,
    indicator: &Indicator,
    name: &str,
    value: &Argument,
) -> Option<String> {
    match (name, value) {
        ("по", Argument::Text(word)) => match Level::from_word(word) {
            None if !is_region_word(word) => {
                Some(format!("уровня «{word}» нет: бывает федерация, регион, муниципалитет, школа"))
            }
            Some(level) if level > indicator.level => Some(format!(
                "показатель {} не смотрят по уровню ниже: {}",
                indicator.level.genitive(),
                level.nominative()
            )),
            _ => None,
        },
        ("вида", Argument::Text(cell)) => match cells(pass, indicator) {
            None => Some("у этого показателя нет видов".to_owned()),
            Some(cells) if !cells.contains(&Id::new(cell)) => {
                let known: Vec<&str> = cells.iter().map(|id| id.as_str()).collect();
                Some(format!("вида «{cell}» нет: есть {}", known.join(", ")))
            }
            Some(_) => None,
        },
        _ => None,
    }
}

/// «край» is a region.
fn is_region_word(word: &str) -> bool {
    ["край", "края", "краю", "район", "города"].contains(&word)
}

fn cells(pass: &Pass<'_>, indicator: &Indicator) -> Option<Vec<Id>> {
    let Kind::Number { by: Some(list), .. } = &indicator.kind else { return None };
    Some(pass.model.enumerations.get(list)?.elements.keys().cloned().collect())
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    const NAMES: &str = "\
показатель школы огэ_2 «ОГЭ»
  вид процент
показатель школы есть «Есть»
  вид да/нет
показатель муниципалитета люди «Люди»
  вид число
роль школы директор «Директор»
";

    #[track_caller]
    fn in_deficit(text: &str, expected: &str) {
        check_code(
            40,
            &format!("{NAMES}дефицит школы д «Д»\n  если есть\n  текст «{text}»\n"),
            expected,
        );
    }

    #[track_caller]
    fn in_programme(blocks: &str, expected: &str) {
        let head = "программа школы п «П»\n  тип «справка»\n  раздел а «А»\n";
        check_code(40, &format!("{NAMES}{head}{blocks}"), expected);
    }

    #[test]
    fn a_deficit_sees_indicators_and_the_school() {
        in_deficit(
            "{{процент огэ_2 по=\"региону\"}} и {{изменение огэ_2}} в {{школа.название падеж=\"предложный\"}}, \
             {{роль \"директор\"}}, {{год}}{{#если известно огэ_2 год_назад=1}}!{{/если}}{{#если есть}}?{{/если}}",
            "",
        );
        in_deficit("доля {{процент огэ_3}}", "ПКО-040 10:25 имени «огэ_3» в тексте нет\n");
        in_deficit("{{число приоритеты}}", "ПКО-040 10:18 имени «приоритеты» в тексте нет\n");
    }

    #[test]
    fn kinds_fit_their_helpers() {
        in_deficit("{{процент люди}}", "ПКО-040 10:20 «люди» — число, а здесь нужно: процент\n");
        in_deficit("{{балл огэ_2}}", "ПКО-040 10:17 «огэ_2» — процент, а здесь нужно: балл\n");
        in_deficit(
            "{{#если огэ_2}}а{{/если}}",
            "ПКО-040 10:18 «огэ_2» — процент, а здесь нужно: да/нет или список\n",
        );
        in_deficit("{{#если известно огэ_2}}а{{/если}}", "");
    }

    #[test]
    fn choosing_arguments_are_for_indicators() {
        in_deficit(
            "{{школа.адрес год_назад=1}}",
            "ПКО-040 10:12 «школа.адрес» не бывает по уровням и годам\n",
        );
        in_deficit(
            "{{число люди по=\"школе\"}}",
            "ПКО-040 10:18 показатель муниципалитета не смотрят по уровню ниже: школа\n",
        );
        in_deficit("{{роль \"директр\"}}", "ПКО-040 10:17 роли «директр» нет\n");
    }

    #[test]
    fn a_programme_sees_lists_and_what_it_repeats() {
        in_programme(
            "    текст «{{число приоритеты \"дефицит\"}}, {{дата период.начало}}{{#каждый задачи}}{{это.название}}{{/каждый}}»\n    \
             каждый приоритет\n      текст «{{номер}}. {{дефицит.название}}: {{перечень дефицит.причины}}»\n",
            "",
        );
        in_programme(
            "    текст «{{дефицит.название}}»\n    каждая задача\n      текст «{{задача.вес}}»\n",
            "ПКО-040 11:14 имени «дефицит.название» в тексте нет\n\
             ПКО-040 13:16 имени «задача.вес» в тексте нет\n",
        );
    }
}
