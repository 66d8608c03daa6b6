//! Row sources: what stands under each other in a table.

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::aims;
use super::cohort;
use super::fields;
use super::groups::{self, Group};
use super::merged::Together;
use super::results;
use super::signing;
use super::things::Thing;
use super::times::NONE;
use super::types::Because;
use super::view::View;
use crate::base::Id;
use crate::eval::{SMALL_GROUP, Untouched};
use crate::model::Meta;
use crate::russian::{self, months};

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) enum Row<'a> {
    /// A heading across the table; the thing that it stands for, if it is one.
    Heading {
        id: String,
        text: String,
    },
    /// Said across a table of figures about what its rows do not show.
    Note {
        id: String,
        text: String,
    },
    Of(Together<'a>),
    Listed(Listed),
}

/// A row put together for its table.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub id: String,
    /// By the words of the columns that may show them.
    pub fields: Vec<(Cow<'static, str>, String)>,
    /// What stands behind it besides the document as a whole.
    pub because: Vec<Because>,
}

impl Listed {
    pub fn new(id: impl Into<String>, fields: Vec<(&'static str, String)>) -> Self {
        let fields = fields.into_iter().map(|(name, text)| (Cow::Borrowed(name), text));
        Self { id: id.into(), fields: fields.collect(), because: Vec::new() }
    }

    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_str())
    }
}

impl<'a> Row<'a> {
    fn of(thing: Thing<'a>) -> Self {
        Self::Of(Together::alone(thing))
    }
}

/// The rows of a source, each thing in its own; `None` for a source that does not exist, or that needs a deficit around
/// it and has none.
pub(super) fn rows<'a>(
    view: &View<'a>,
    source: &Id,
    around: Option<Thing<'a>>,
) -> Option<Vec<Row<'a>>> {
    let name = source.as_str();
    let plain = |things: Vec<Thing<'a>>| things.into_iter().map(Row::of).collect();
    Some(match name {
        "показатели_дефицита" => match around {
            Some(Thing::Deficit(id)) => {
                plain(of_deficit(view, id).into_iter().map(Thing::Indicator).collect())
            }
            _ => return None,
        },
        "показатели_дефицитов" => {
            let mut seen = BTreeSet::new();
            let all = view.worked_on().into_iter().flat_map(|id| of_deficit(view, id));
            plain(all.filter(|id| seen.insert(*id)).map(Thing::Indicator).collect())
        }
        "показатели_школы" => of_institution(view),
        "нерассмотренные" => {
            not_looked_at(view).into_iter().map(Row::Listed).collect()
        }
        "целевые_показатели" => {
            plain(view.targets.iter().map(Thing::Target).collect())
        }
        "ожидаемые_результаты" => {
            plain(view.targets.iter().map(Thing::Result).collect())
        }
        "мероприятия_по_зонам" => grouped(&groups::by_zone(view)),
        "мероприятия_по_направлениям" | "дорожная_карта" => {
            grouped(&view.roadmap)
        }
        "ответственные" => plain(actors(view).into_iter().map(Thing::Actor).collect()),
        "итоги_ресурсов" => {
            plain(view.choice.totals.iter().map(Thing::Total).collect())
        }
        "ресурсы_по_видам" => resources(view),
        "риски" => risks(view),
        "документы" => plain(papers(view)),
        "приоритеты_уровней" => aims_by_level(view),
        "направления" => branches(view).into_iter().map(Row::Listed).collect(),
        "согласующие" => signing::agreeing(view).into_iter().map(Row::Listed).collect(),
        "ознакомленные" => {
            signing::informed(view).into_iter().map(Row::Listed).collect()
        }
        "обоснование" => reasons(view),
        _ => match view.list(name) {
            Some(things) => plain(things),
            None => cohort::rows(view, source)?,
        },
    })
}

/// The indicators that a deficit looks at and shows.
pub(super) fn of_deficit<'a>(view: &View<'a>, id: &Id) -> Vec<&'a Id> {
    let looked_at = view.finding(id).map_or(&[] as &[Id], |finding| &finding.indicators);
    let shown = view.model.deficits.get(id).map_or(&[] as &[_], |d| d.shown.as_slice());
    let mut seen = BTreeSet::new();
    let all: Vec<&'a Id> = looked_at.iter().chain(shown.iter().map(|shown| &shown.id)).collect();
    all.into_iter().filter(|id| seen.insert(*id)).collect()
}

/// The results of the institution. What is unknown altogether, as far as a deficit asks for it, or
/// does not apply is named in rows across the table; so is what stands on few people.
fn of_institution<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let deficits = &view.diagnosis.deficits;
    let looked_at = deficits.iter().filter(|finding| !finding.is_untouched);
    let asked: BTreeSet<&Id> = looked_at.flat_map(|finding| &finding.indicators).collect();
    let (mut known, mut unknown, mut inapplicable) = (Vec::new(), Vec::new(), Vec::new());
    for id in results::all(view) {
        match view.reading(id) {
            Some(_) if results::is_known_anywhere(view, id) => known.push(id),
            None if asked.contains(id) => inapplicable.push(id),
            Some(_) if asked.contains(id) => unknown.push(id),
            _ => {}
        }
    }
    let is_small = known.iter().any(|id| view.is_small_group(id));
    let mut known: Vec<Row<'a>> =
        known.into_iter().map(|id| Row::of(Thing::Indicator(id))).collect();
    known.extend(is_small.then(|| Row::Note {
        id: "малая_группа".to_owned(),
        text: format!(
            "* Меньше {SMALL_GROUP} человек: доля говорит об отдельных людях, вывод \
             предварительный"
        ),
    }));
    known.extend(named_across(view, "нет_данных", "Нет данных ни за один год", &unknown));
    known.extend(named_across(view, "не_применимо", "Не применимо", &inapplicable));
    known
}

fn named_across<'a>(view: &View<'a>, id: &str, label: &str, named: &[&Id]) -> Option<Row<'a>> {
    let names: Vec<String> = named.iter().map(|id| view.indicator_short(id)).collect();
    let text = format!("{label}: {}", names.join("; "));
    (!names.is_empty()).then(|| Row::Note { id: id.to_owned(), text })
}

fn grouped<'a>(groups: &[Group<'a>]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for group in groups {
        let numbered = format!("{} {}", group.number, group.title);
        rows.push(Row::Heading { id: group.id.clone(), text: numbered.trim().to_owned() });
        rows.extend(group.activities.iter().copied().map(Thing::Activity).map(Row::of));
    }
    rows
}

/// What the levels want, each under its name.
fn aims_by_level<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut under = None;
    for aim in aims::all(view) {
        if under.replace(aim.level) != Some(aim.level) {
            let word = aim.level.nominative();
            let text = russian::capitalise(word);
            rows.push(Row::Heading { id: format!("приоритеты_{word}"), text });
        }
        rows.push(Row::of(Thing::Aim(aim)));
    }
    rows
}

/// The directions of the roadmap: which activities, from when to when, who answers.
fn branches(view: &View<'_>) -> Vec<Listed> {
    let each = view.roadmap.iter().map(|group| {
        let ids: Vec<Id> = group.activities.iter().map(|chosen| chosen.id.clone()).collect();
        let times = || group.activities.iter().flat_map(|chosen| &chosen.occurrences);
        let from = times().map(|time| time.from).min();
        let to = times().map(|time| time.to).max();
        let term = from.zip(to).map_or_else(|| NONE.to_owned(), |(from, to)| months(from, to));
        let mut who: Vec<String> = Vec::new();
        let declared = ids.iter().filter_map(|id| view.model.activities.get(id));
        for actor in declared.flat_map(|activity| &activity.responsible) {
            let title = view.actor_title(&actor.id);
            if !who.contains(&title) {
                who.push(title);
            }
        }
        Listed::new(
            format!("{}_сводка", group.id),
            vec![
                ("название", format!("{} {}", group.number, group.title).trim().to_owned()),
                ("мероприятия", fields::numbers(view, &ids)),
                ("срок", term),
                ("ответственные", who.join("\n")),
            ],
        )
    });
    each.collect()
}

/// The mechanisms not looked at, under their directions: which, how many deficits, what to collect.
fn not_looked_at(view: &View<'_>) -> Vec<Listed> {
    let mut under: IndexMap<&Id, Vec<&Untouched>> = IndexMap::new();
    for untouched in &view.diagnosis.untouched {
        let declared = view.model.mechanisms.get(&untouched.mechanism);
        let direction =
            declared.and_then(|it| it.direction.as_ref()).map(|direction| &direction.id);
        under.entry(direction.unwrap_or(&untouched.mechanism)).or_default().push(untouched);
    }
    let row = |(direction, all): (&Id, Vec<&Untouched>)| {
        let meta = view.model.directions.get(direction).map(|it| &it.meta);
        let numbered = |meta: &Meta| match &meta.number {
            Some(number) => format!("{number} {}", meta.title),
            None => meta.title.clone(),
        };
        let mechanisms: Vec<&Meta> = all
            .iter()
            .filter_map(|it| view.model.mechanisms.get(&it.mechanism).map(|found| &found.meta))
            .collect();
        let names = mechanisms.iter().map(|it| it.number.as_ref().unwrap_or(&it.title).as_str());
        let deficits: usize = all.iter().map(|it| it.deficits.len()).sum();
        let mut data: Vec<String> = Vec::new();
        for name in all.iter().flat_map(|it| &it.indicators).map(|id| view.indicator_short(id)) {
            if !data.contains(&name) {
                data.push(name);
            }
        }
        Listed::new(
            format!("{direction}_не_рассмотрено"),
            vec![
                ("название", meta.map_or_else(|| direction.to_string(), numbered)),
                ("механизмы", names.collect::<Vec<_>>().join(", ")),
                ("дефициты", deficits.to_string()),
                ("данные", data.join("; ")),
            ],
        )
    };
    under.into_iter().map(row).collect()
}

/// Everyone who answers for an activity, in the order of the roadmap.
fn actors<'a>(view: &View<'a>) -> Vec<&'a Id> {
    let mut seen = BTreeSet::new();
    let chosen = view.roadmap.iter().flat_map(|group| &group.activities);
    let declared = chosen.filter_map(|activity| view.model.activities.get(&activity.id));
    let all = declared.flat_map(|activity| &activity.responsible).map(|actor| &actor.id);
    all.filter(|id| seen.insert(*id)).collect()
}

fn papers<'a>(view: &View<'a>) -> Vec<Thing<'a>> {
    let chosen = view.roadmap.iter().flat_map(|group| &group.activities);
    let each = chosen.flat_map(|activity| {
        view.papers(activity).into_iter().map(|(paper, _)| Thing::Paper(activity, paper))
    });
    each.collect()
}

/// The resources under the words of their kinds.
fn resources<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut under = None;
    for chosen in &view.choice.resources {
        let kind = view.model.resources.get(&chosen.id).and_then(|resource| resource.kind);
        if let Some(kind) = kind.filter(|kind| under != Some(*kind)) {
            let word = kind.russian();
            let text = russian::capitalise(word);
            rows.push(Row::Heading { id: format!("ресурсы_{word}"), text });
            under = Some(kind);
        }
        rows.push(Row::of(Thing::Resource(chosen)));
    }
    rows
}

/// The risks that are there, then those of which the data do not tell, under what is missing.
fn risks<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut said = String::new();
    for risk in &view.choice.risks {
        let missing = fields::missing_of_risk(view, risk);
        if !missing.is_empty() && missing != said {
            rows.push(Row::Heading {
                id: format!("{}_нет_данных", risk.id),
                text: missing.clone(),
            });
            said = missing;
        }
        rows.push(Row::of(Thing::Risk(risk)));
    }
    rows
}

/// Every element with a reason of its own, under headings.
fn reasons<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let parts = [
        ("дефициты", "Дефициты"),
        ("причины", "Причины, о которых решила команда"),
        ("задачи", "Задачи"),
        ("требования", "Требования"),
        ("мероприятия", "Мероприятия"),
        ("риски", "Риски"),
        ("неопределенные_риски", "Риски, о которых нет данных, чтобы судить"),
    ];
    let mut rows = Vec::new();
    for (name, title) in parts {
        let things = match name {
            "дефициты" => view.worked_on().into_iter().map(Thing::Deficit).collect(),
            "причины" => decided(view),
            _ => view.list(name).unwrap_or_default(),
        };
        push_part(&mut rows, name, title, things);
    }
    let targets = view.targets.iter().map(Thing::Target).collect();
    push_part(&mut rows, "целевые_показатели", "Целевые значения", targets);
    rows
}

/// The causes that the team confirmed or refuted over the answers; the others stand on their
/// questions, which the table of causes shows.
fn decided<'a>(view: &View<'a>) -> Vec<Thing<'a>> {
    let causes = view.list("причины").unwrap_or_default().into_iter();
    causes.filter(|cause| view.facts.decisions.causes.contains_key(cause.id())).collect()
}

fn push_part<'a>(rows: &mut Vec<Row<'a>>, id: &str, title: &str, things: Vec<Thing<'a>>) {
    if !things.is_empty() {
        rows.push(Row::Heading { id: id.to_owned(), text: russian::capitalise(title) });
        rows.extend(things.into_iter().map(Row::of));
    }
}
