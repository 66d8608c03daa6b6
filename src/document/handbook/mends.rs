//! What a pack mended of its sources where no place beside the words is left for it: in plans, and
//! in the papers that carry them.

use super::{DASH, Table, own, text_cell};
use crate::base::Id;
use crate::document::parts::numbered;
use crate::document::types::Block;
use crate::model::{Mend, Model, Roadmap, RoadmapActivity};
use crate::russian::{NBSP, capitalise, typographic};

/// What mends are told under: an element, then the mends with the year they are of.
type Mended<'m> = (String, Vec<(Option<i32>, &'m Mend)>);

/// A row for each mend of a plan and of its papers; nothing where nothing was mended. The table may
/// stand pages below the heading of the plan, so that its caption names the plan again.
pub(super) fn table(model: &Model, id: &Id, plan: &Roadmap) -> Option<Block> {
    let title = &plan.meta.title;
    let caption = typographic(&format!("Исправления по сравнению с источником: «{title}»"));
    let columns = ["Где", "В источнике", "Здесь", "Почему"];
    let mut table = Table::new(&format!("{id}_исправления"), &caption, &columns);
    table.weights(&[14, 30, 30, 26]);
    let mut number = 0;
    for (element, mends) in all(model, id, plan) {
        if !mends.is_empty() {
            table.heading(&element, &format!("{id}_исправления_{}", number + 1));
        }
        for (year, mend) in mends {
            number += 1;
            let place = place(year, mend);
            let cells = [
                place.as_str(),
                mend.printed.as_str(),
                mend.corrected.as_deref().unwrap_or(DASH),
                mend.because.as_str(),
            ];
            let row = Id::new(&format!("{id}_исправление_{number}"));
            table.row(cells.map(text_cell).to_vec(), &row, Vec::new());
        }
    }
    table.block()
}

/// From the whole down to single activities, then the papers.
fn all<'m>(model: &'m Model, id: &Id, plan: &'m Roadmap) -> Vec<Mended<'m>> {
    let mut all = vec![("Карта в целом".to_owned(), whole(&plan.meta.mended))];
    for direction in &plan.directions {
        let title = numbered(&direction.meta);
        all.push((format!("Направление {title}"), whole(&direction.meta.mended)));
        all.extend(direction.activities.iter().map(of_activity));
    }
    let papers = own(model, &model.programmes, |it| &it.meta).map(|(_, kind)| kind);
    let carrying = papers.filter(|it| it.roadmap.as_ref().is_some_and(|plan| plan.id == *id));
    all.extend(carrying.map(|paper| (capitalise(&paper.kind), whole(&paper.meta.mended))));
    all
}

fn whole(mends: &[Mend]) -> Vec<(Option<i32>, &Mend)> {
    mends.iter().map(|mend| (None, mend)).collect()
}

fn of_activity(activity: &RoadmapActivity) -> Mended<'_> {
    let mut mends = whole(&activity.meta.mended);
    for year in &activity.years {
        let of_results = year.results.iter().flat_map(|result| &result.mended);
        mends.extend(year.mended.iter().chain(of_results).map(|mend| (Some(year.year), mend)));
    }
    (numbered(&activity.meta), mends)
}

/// «2022 год, №».
fn place(year: Option<i32>, mend: &Mend) -> String {
    let year = year.map(|year| format!("{year}{NBSP}год"));
    let told: Vec<String> = year.into_iter().chain([mend.field.to_owned()]).collect();
    told.join(", ")
}
