//! Who signs beside the title page: those who agree to a programme, and those who have read it.

use indexmap::IndexMap;

use super::requisites;
use super::rows::Listed;
use super::view::View;
use crate::base::{Id, Level};
use crate::model::Ref;
use crate::russian::typographic;

/// Those who accept, agree and approve by the title page; then those who control the work and who
/// lead it, each once. What nobody has filled in stays blank, to be written by hand.
pub(super) fn agreeing(view: &View<'_>) -> Vec<Listed> {
    let stamps = requisites::approvals(view).into_iter().map(|stamp| (stamp.by, stamp.name));
    let mut all: Vec<(String, String)> = stamps.collect();
    let declared = view.choice.activities.iter().filter_map(|it| view.model.activities.get(&it.id));
    let controllers = declared.filter_map(|activity| activity.controller.as_ref());
    for actor in view.kind.signs.iter().chain(controllers).filter(|it| is_own_role(view, &it.id)) {
        let name = typographic(view.person(&actor.id).unwrap_or_default());
        let is_known = all.iter().any(|(_, known)| !name.is_empty() && *known == name);
        let signs = (typographic(&view.actor_title(&actor.id)), name);
        if !is_known && !all.contains(&signs) {
            all.push(signs);
        }
    }
    listed("согласование", all)
}

/// Everyone who answers for an activity, each person once with every position; a role that nobody
/// is named for leaves a blank.
pub(super) fn informed(view: &View<'_>) -> Vec<Listed> {
    let declared = view.roadmap.iter().flat_map(|group| &group.activities);
    let declared = declared.filter_map(|chosen| view.model.activities.get(&chosen.id));
    let mut roles: Vec<&Ref> = Vec::new();
    for actor in
        declared.flat_map(|activity| activity.responsible.iter().chain(&activity.controller))
    {
        if is_own_role(view, &actor.id) && !roles.iter().any(|role| role.id == actor.id) {
            roles.push(actor);
        }
    }
    let mut people: IndexMap<String, Vec<String>> = IndexMap::new();
    let mut apart = Vec::new();
    for role in roles {
        let title = view.actor_title(&role.id);
        match view.person(&role.id) {
            None => apart.push((title, String::new())),
            Some(names) => {
                for (name, what) in names_of(names) {
                    let title = what.map_or_else(|| title.clone(), |it| format!("{title} {it}"));
                    if is_number_of_people(name) {
                        apart.push((title, name.to_owned()));
                    } else {
                        people.entry(name.to_owned()).or_default().push(title);
                    }
                }
            }
        }
    }
    let named = people.into_iter().map(|(name, titles)| (titles.join("\n"), name));
    listed("ознакомление", named.chain(apart).collect())
}

/// «9 человек» are others in every role.
fn is_number_of_people(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

/// The people that a line names, each with what stands in brackets behind: «А. Б. Иванова (5 и 6
/// классы), В. Г. Петров». A comma within brackets parts nobody.
fn names_of(line: &str) -> Vec<(&str, Option<&str>)> {
    let mut depth = 0_usize;
    let parts = line.split(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    let named = parts.map(str::trim).filter(|part| !part.is_empty());
    let each = named.map(|part| match part.find('(') {
        Some(at) if at > 0 && part.ends_with(')') => {
            let (name, what) = part.split_at(at);
            (name.trim_end(), Some(what))
        }
        _ => (part, None),
    });
    each.collect()
}

/// A position in the institution itself: bodies and those above sign nothing here.
fn is_own_role(view: &View<'_>, id: &Id) -> bool {
    view.model.roles.get(id).is_some_and(|role| role.level == Level::School)
}

fn listed(id: &str, people: Vec<(String, String)>) -> Vec<Listed> {
    let each = people.into_iter().enumerate().map(|(at, (title, name))| {
        Listed::new(
            format!("{id}_{}", at + 1),
            vec![
                ("название", title),
                ("лицо", name),
                ("подпись", String::new()),
                ("дата_подписи", String::new()),
            ],
        )
    });
    each.collect()
}
