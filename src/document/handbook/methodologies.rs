//! The methodologies of a pack: what they choose where the source leaves a choice, what an index is
//! made of, what a school is called when.

use super::{DASH, Table, chapter, list, own, paragraph, part, stacked, text_cell};
use crate::base::Id;
use crate::document::because::of_words;
use crate::document::types::{Block, Section};
use crate::model::Model;
use crate::model::methodology::{
    Cut, Domain, Methodology, Needed, Parameter, ParameterValue, Rule, TermWay, When,
};
use crate::model::primitives::{End, Role};

/// The chapter, if the pack declares a methodology.
pub(super) fn chapters(model: &Model) -> Option<Section> {
    let all = own(model, &model.methodologies, |it| &it.meta);
    let sections: Vec<Section> = all.map(|(id, it)| methodology(model, id, it)).collect();
    let whole = Section {
        sections, ..chapter("методики", "Методики идентификации", Vec::new())
    };
    (!whole.sections.is_empty()).then_some(whole)
}

fn methodology(model: &Model, id: &Id, methodology: &Methodology) -> Section {
    let name = |of: &str| format!("{id}_{of}");
    let mut blocks = vec![paragraph(&name("имя"), &format!("Имя для команды: {id}."))];
    let warnings = methodology.warnings.iter().enumerate();
    blocks.extend(warnings.map(|(at, text)| paragraph(&name(&format!("внимание_{at}")), text)));
    blocks.extend(parameters(model, id, methodology));
    for domain in &methodology.domains {
        blocks.extend(terms(model, id, domain));
        blocks.extend(categories(id, domain));
    }
    blocks.extend(criteria(model, id, methodology));
    part(id.as_str(), "", &methodology.meta.title, blocks)
}

fn parameters(model: &Model, id: &Id, methodology: &Methodology) -> Option<Block> {
    let columns = ["Параметр", "По умолчанию", "Другие значения", "Почему так"];
    let mut table = Table::new(&format!("{id}_параметры"), "Параметры", &columns);
    table.weights(&[26, 18, 26, 30]);
    for parameter in &methodology.parameters {
        let default = parameter.default();
        let others = parameter.options.iter().filter(|option| !option.is_default);
        let mut others: Vec<String> =
            others.map(|option| format!("{}: {}", option.id, option.title)).collect();
        others.extend(parameter.number.as_ref().map(|it| match it.title.as_str() {
            "" => "другое число".to_owned(),
            title => title.to_owned(),
        }));
        let why = parameter.meta.methodist.as_deref().unwrap_or(DASH);
        let cells = vec![
            text_cell(&format!("{} ({})", parameter.meta.title, parameter.id)),
            text_cell(&default_in_words(parameter, default.as_ref())),
            stacked(&others),
            text_cell(why),
        ];
        table.row(cells, &parameter.id, of_words(model, &parameter.meta));
    }
    table.block()
}

fn default_in_words(parameter: &Parameter, default: Option<&ParameterValue>) -> String {
    match default {
        Some(ParameterValue::Option(word)) => {
            let option = parameter.options.iter().find(|option| option.id == *word);
            format!("{word}: {}", option.map_or("", |option| option.title.as_str()))
        }
        Some(ParameterValue::Figure(figure)) => figure.number.to_russian(6),
        Some(ParameterValue::Years(_)) | None => "последние годы данных".to_owned(),
    }
}

fn terms(model: &Model, id: &Id, domain: &Domain) -> Option<Block> {
    let caption = match domain.role {
        Some(Role::Results) => {
            format!("{}: показатели заключения о результатах", domain.meta.title)
        }
        Some(Role::Conditions) => {
            format!("{}: показатели заключения об условиях", domain.meta.title)
        }
        None => format!("{}: показатели", domain.meta.title),
    };
    let columns = ["Показатель", "Графа таблицы", "Как входит в индекс"];
    let mut table = Table::new(&format!("{id}_{}", domain.id), &caption, &columns);
    table.weights(&[60, 18, 22]);
    for line in &domain.terms {
        for indicator in &line.value.indicators {
            let Some(declared) = model.indicators.get(&indicator.id) else { continue };
            let mut way = match &line.value.way {
                TermWay::Direct => "прямо".to_owned(),
                TermWay::Inverse => "обратно".to_owned(),
                TermWay::Lag(than) => {
                    format!("отставание больше чем на {}", than.to_russian(6))
                }
            };
            way.push_str(&condition(line.when.as_ref()));
            let cells = vec![
                text_cell(&declared.meta.title),
                text_cell(indicator.id.as_str()),
                text_cell(&way),
            ];
            table.row(cells, &indicator.id, of_words(model, &declared.meta));
        }
    }
    table.block()
}

fn categories(id: &Id, domain: &Domain) -> Option<Block> {
    let bands = domain.bands.iter().map(|band| match &band.cut {
        Cut::Share(end, share) => {
            let end = if *end == End::Lowest {
                "самые низкие"
            } else {
                "самые высокие"
            };
            let percent = (share * &crate::base::Number::from_int(100)).to_russian(2);
            format!("Полоса «{}»: {percent} % школ, {end} индексы.", band.title)
        }
        Cut::Rest => format!("Полоса «{}»: остальные школы.", band.title),
    });
    let rules = domain.categories.iter().map(|line| {
        let rule = line.value.rule.as_ref();
        let rule = rule
            .map_or("во всех остальных случаях".to_owned(), |rule| {
                rule_in_words(rule, domain)
            });
        let when = condition(line.when.as_ref());
        format!("«{}»: {rule}{when}.", line.value.title)
    });
    let items: Vec<String> = bands.chain(rules).collect();
    let name = format!("{id}_{}_категории", domain.id);
    (!items.is_empty()).then(|| list(&name, items))
}

fn rule_in_words(rule: &Rule, domain: &Domain) -> String {
    let band = |id: &Id| {
        let found = domain.bands.iter().find(|band| band.id == *id);
        found.map_or(id.to_string(), |band| band.title.clone())
    };
    let needed = |needed: &Needed| match needed {
        Needed::All => "все".to_owned(),
        Needed::AtLeast(count) => format!("не меньше {count}"),
        Needed::By(parameter) => format!("столько, сколько велит параметр {parameter}"),
    };
    let names = |criteria: &[Id]| criteria.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    match rule {
        Rule::EachYear { band: id, years } => {
            format!("полоса «{}» в каждом из последних лет окна: {years}", band(id))
        }
        Rule::SomeYears { band: id, at_least, years } => {
            format!("полоса «{}» не меньше {at_least} раз за последние {years}", band(id))
        }
        Rule::KnownIn { fewer_than } => format!("полоса известна меньше чем в {fewer_than} годах"),
        Rule::Enough { criteria, needed: count } => {
            format!("из признаков {} верны {}", names(criteria), needed(count))
        }
        Rule::Open { criteria, needed: count } => {
            format!("неизвестно, верны ли из признаков {} {}", names(criteria), needed(count))
        }
    }
}

fn condition(when: Option<&When>) -> String {
    match when.map(|when| (&when.parameter, &when.value)) {
        Some((parameter, ParameterValue::Option(word))) => format!(" (при {parameter} {word})"),
        Some((parameter, _)) => format!(" (при {parameter})"),
        None => String::new(),
    }
}

fn criteria(model: &Model, id: &Id, methodology: &Methodology) -> Option<Block> {
    let mut table =
        Table::new(&format!("{id}_признаки"), "Признаки", &["Признак", "Что он значит"]);
    table.weights(&[12, 88]);
    for criterion in &methodology.criteria {
        let cells = vec![text_cell(criterion.id.as_str()), text_cell(&criterion.meta.title)];
        table.row(cells, &criterion.id, of_words(model, &criterion.meta));
    }
    table.block()
}
