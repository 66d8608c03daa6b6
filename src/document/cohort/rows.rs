//! The sources of rows that an identification has.

use super::Cohort;
use crate::base::Id;
use crate::check::row_source;
use crate::document::rows::{Listed, Row};
use crate::document::view::View;

/// The rows of a source; none of what no identification stands behind, `None` for a source that is
/// not of an identification.
pub(in crate::document) fn rows<'a>(view: &View<'a>, source: &Id) -> Option<Vec<Row<'a>>> {
    let known = row_source(source, view.model)?;
    match view.cohort {
        Some(cohort) => of_cohort(&cohort, source),
        None => known.rows.is_of_identification().then(Vec::new),
    }
}

fn of_cohort<'a>(cohort: &Cohort<'a>, source: &Id) -> Option<Vec<Row<'a>>> {
    Some(match source.as_str() {
        "параметры_методики" => cohort.parameters(),
        "показатели_методики" => cohort.measures(),
        "признаки_методики" => cohort.criteria(),
        "категории_методики" => cohort.categories(),
        "предупреждения_методики" => warnings(cohort),
        "группы_и_годы" => cohort.borders(),
        "без_места" => cohort.unranked(),
        "исключенные_школы" => {
            let rows = cohort.left_out().into_iter();
            rows.filter_map(|school| cohort.left_out_row(school)).map(Row::Listed).collect()
        }
        "муниципалитеты_идентификации" => cohort.municipalities(),
        "пересечения_категорий" => cohort.crossings(),
        "неустойчивые_заключения" => cohort.fragile_rows(),
        "замечания_к_данным" => cohort.issue_rows(),
        _ => {
            let schools = cohort.schools_of(source)?.into_iter();
            let rows = schools.filter_map(|school| {
                let because = cohort.reasons(school);
                Some(Row::Listed(Listed { because, ..cohort.school_row(school)? }))
            });
            rows.collect()
        }
    })
}

fn warnings<'a>(cohort: &Cohort<'a>) -> Vec<Row<'a>> {
    let each = cohort.warnings().iter().enumerate().map(|(at, warning)| {
        let fields = vec![("название", warning.clone())];
        Row::Listed(Listed::new(format!("предупреждение_{}", at + 1), fields))
    });
    each.collect()
}
