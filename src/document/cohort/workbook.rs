//! The workbook of an identification: every school with its verdicts, every year with its indices,
//! and the figures behind them as far as its reader may see them.

use super::fields::named;
use super::{Cohort, Identification};
use crate::cohort::{Answer, Cell, Standing, printed};
use crate::document::workbook::{Sheet, SheetCell, SheetColumn, Shows, Workbook};
use crate::model::Model;
use crate::russian::capitalise;

/// Whose eyes a workbook is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The institute that identifies: every figure.
    Internal,
    /// Anybody: a figure of fewer pupils, or of nobody knows how many, is withheld.
    Public { least: u32 },
}

/// Stands in the place of a figure that is withheld.
const WITHHELD: &str = "скрыто";
/// Digits behind the comma of an index that are shown; the cell holds twelve.
const PLACES: u32 = 3;

/// The sheets of an identification, in the order in which they are read.
pub fn identification_workbook<'a>(
    model: &'a Model,
    told: Identification<'a>,
    audience: Audience,
) -> Workbook<'a> {
    let cohort = Cohort::new(model, told);
    let mut sheets = vec![cohort.about(audience), cohort.lists(), cohort.by_years()];
    sheets.extend(cohort.figures(audience));
    sheets.extend([cohort.borders_sheet(), cohort.parameters_sheet()]);
    sheets.extend(cohort.fragile_sheet());
    sheets.push(cohort.issues_sheet());
    Workbook { title: cohort.of.method.title.clone(), sheets }
}

impl<'a> Cohort<'a> {
    fn about(&self, audience: Audience) -> Sheet<'a> {
        let outcome = self.outcome();
        let shown = match audience {
            Audience::Internal => {
                "Для служебного пользования: значения показателей показаны все.".to_owned()
            }
            Audience::Public { least } => format!(
                "Для публикации: значение показателя скрыто, если участников меньше {least} или \
                 сколько их, неизвестно; если показать нельзя ничего, листа «Показатели» в книге \
                 нет. Сумм и итогов, по которым скрытое можно восстановить, тоже нет."
            ),
        };
        let mut rows = vec![
            ("Методика", self.of.method.title.clone()),
            ("Годы", super::reading::joined(&outcome.window)),
            ("Школ в данных", outcome.schools.len().to_string()),
            ("Из них участвуют", (outcome.schools.len() - outcome.n_excluded()).to_string()),
            ("Что показано", shown),
            (
                "Индекс",
                "От 0 до 1; в ячейке — двенадцать знаков после запятой, на экране — три."
                    .to_owned(),
            ),
            ("Место", "1 — у самого большого индекса; у равных индексов место одно.".to_owned()),
        ];
        rows.extend(self.warnings().iter().map(|warning| ("Предупреждение", warning.clone())));
        let columns = vec![words("О чём", 20), words("Что", 100)];
        let rows = rows.into_iter().map(|(of, what)| vec![of.into(), what.into()]);
        Sheet { name: "О книге", columns, rows: Box::new(rows) }
    }

    // ------------------------------------------------------------ schools

    /// Every school of the table, those that take no part as well.
    fn lists(&self) -> Sheet<'a> {
        let cohort = *self;
        let mut columns = school_columns();
        columns.push(words("Группа", 12));
        let ruling: Vec<usize> = cohort
            .domains()
            .filter(|(_, domain)| !domain.categories.is_empty())
            .map(|(at, domain)| {
                columns.push(words(domain.title.clone(), 22));
                at
            })
            .collect();
        for criterion in &cohort.of.method.criteria {
            columns.push(words(criterion.id.to_string(), 7));
        }
        if !cohort.of.method.criteria.is_empty() {
            columns.push(count("Признаков есть", 10));
        }
        columns.push(words("Пометки", 24));
        columns.push(words("Не участвует, потому что", 34));
        let schools = 0..cohort.of.table.schools.len();
        let rows = schools.map(move |school| {
            let mut row = cohort.school_cells(school);
            row.push(cohort.known_group_of(school).unwrap_or_default().into());
            let left_out = cohort.of.exclusion(school);
            let is_in = left_out.is_none();
            for domain in &ruling {
                let verdict = is_in.then(|| cohort.verdict(Some(*domain), school));
                row.push(verdict.unwrap_or_default().into());
            }
            for criterion in 0..cohort.of.method.criteria.len() {
                let answer = match cohort.outcome().answer(school, criterion) {
                    _ if !is_in => "",
                    Answer::Yes => "да",
                    Answer::No => "нет",
                    Answer::Unknown => "нет данных",
                };
                row.push(answer.to_owned().into());
            }
            if !cohort.of.method.criteria.is_empty() {
                let met = cohort.outcome().schools.get(school).map_or(0, |judged| judged.met);
                row.push(if is_in { SheetCell::count(met) } else { SheetCell::Empty });
            }
            row.push(cohort.flags(school).join("; ").into());
            row.push(left_out.unwrap_or_default().into());
            row
        });
        Sheet { name: "Списки", columns, rows: Box::new(rows) }
    }

    fn school_cells(&self, school: usize) -> Vec<SheetCell> {
        let Some(declared) = self.of.table.schools.get(school) else { return Vec::new() };
        vec![
            declared.id.clone().into(),
            named(&declared.name, &declared.id).into(),
            declared.municipality.clone().into(),
        ]
    }

    // ------------------------------------------------------------ years

    /// A row for each school that takes part, each domain and each year.
    fn by_years(&self) -> Sheet<'a> {
        let cohort = *self;
        let mut columns = school_columns();
        columns.extend([
            words("Область", 26),
            count("Год", 10),
            words("Группа", 12),
            SheetColumn::new("Индекс", 10, Shows::Places(PLACES)),
            count("Место", 9),
            count("По порядку", 9),
            words("Полоса", 20),
            count("Показателей", 13),
            words("Каких не хватает", 40),
            words("Почему нет места", 26),
        ]);
        let rows = cohort.judged().into_iter().flat_map(move |school| {
            let domains = cohort.of.method.domains.len();
            (0..domains).flat_map(move |domain| cohort.years_of(school, domain))
        });
        Sheet { name: "Индексы по годам", columns, rows: Box::new(rows) }
    }

    fn years_of(&self, school: usize, domain: usize) -> Vec<Vec<SheetCell>> {
        let outcome = self.outcome();
        let slots = 0..outcome.window.len();
        let mut rows: Vec<Vec<SheetCell>> = slots
            .filter_map(|slot| {
                let standing = outcome.standing(domain, school, slot)?;
                let year = year_cell(Some(*outcome.window.get(slot)?));
                let group = self.group_in(outcome.row(school, slot)?)?;
                let place = (domain, school, slot);
                let lacking = outcome.missing(&self.of.method, &self.of.table, place);
                let lacking =
                    lacking.into_iter().filter_map(|at| self.of.method.indicators.get(at));
                let lacking: Vec<&str> = lacking.map(|it| it.id.as_str()).collect();
                Some(self.standing_row(school, domain, (year, group), standing, &lacking))
            })
            .collect();
        if self.ranks_window(domain)
            && let Some(standing) = outcome.overall(domain, school)
        {
            let when = (year_cell(None), self.group_of(school));
            rows.push(self.standing_row(school, domain, when, standing, &[]));
        }
        rows
    }

    fn standing_row(
        &self,
        school: usize,
        domain: usize,
        (year, group): (SheetCell, String),
        standing: &Standing,
        lacking: &[&str],
    ) -> Vec<SheetCell> {
        let title = self.of.method.domains.get(domain).map_or("", |it| it.title.as_str());
        let rank = |of: fn(crate::cohort::Rank) -> u32| {
            standing.rank.map_or(SheetCell::Empty, |rank| SheetCell::count(of(rank)))
        };
        let band = match standing.band() {
            Some(_) => self.label(Some(domain), standing.label),
            None => String::new(),
        };
        let reason = standing.reason().map(|reason| self.reason(domain, reason));
        let mut row = self.school_cells(school);
        row.extend([
            title.to_owned().into(),
            year,
            group.into(),
            standing.index.map_or(SheetCell::Empty, |index| fraction(index.0)),
            rank(|rank| rank.rank),
            rank(|rank| rank.position),
            band.into(),
            SheetCell::count(standing.present),
            lacking.join(", ").into(),
            reason.unwrap_or_default().into(),
        ]);
        row
    }

    // ------------------------------------------------------------ figures

    /// The figures as read; no sheet where its reader may see none of them.
    fn figures(&self, audience: Audience) -> Option<Sheet<'a>> {
        let cohort = *self;
        let n_rows = cohort.of.table.rows.len();
        let indicators = cohort.of.method.indicators.len();
        let is_seen = |row| (0..indicators).any(|at| cohort.is_shown(audience, row, at));
        if audience != Audience::Internal && !(0..n_rows).any(is_seen) {
            return None;
        }
        let mut columns = school_columns();
        columns.extend([count("Год", 8), words("Группа", 12)]);
        for indicator in &cohort.of.method.indicators {
            let title = format!("{} ({})", indicator.title, indicator.id);
            columns.push(SheetColumn::new(title, 18, Shows::Figure));
        }
        let rows = (0..n_rows).filter_map(move |at| {
            let row = cohort.of.table.rows.get(at)?;
            let mut cells = cohort.school_cells(row.school as usize);
            cells.push(year_cell(Some(row.year)));
            cells.push(cohort.group_in(at).unwrap_or_default().into());
            cells.extend((0..indicators).map(|column| cohort.figure_cell(audience, at, column)));
            Some(cells)
        });
        Some(Sheet { name: "Показатели", columns, rows: Box::new(rows) })
    }

    fn is_shown(&self, audience: Audience, row: usize, indicator: usize) -> bool {
        match audience {
            Audience::Internal => true,
            Audience::Public { least } => {
                let taken_part = self.of.table.participants(row, indicator);
                taken_part.is_some_and(|count| count >= least)
            }
        }
    }

    fn figure_cell(&self, audience: Audience, row: usize, indicator: usize) -> SheetCell {
        match self.of.table.cell(row, indicator) {
            Cell::Missing => SheetCell::Empty,
            _ if !self.is_shown(audience, row, indicator) => WITHHELD.to_owned().into(),
            Cell::Fine(units) => fraction(units),
            Cell::Large(number) => SheetCell::Number(number.to_f64_for_drawing()),
        }
    }

    // ------------------------------------------------------------ the method

    fn borders_sheet(&self) -> Sheet<'a> {
        let cohort = *self;
        let border = |title| SheetColumn::new(title, 12, Shows::Places(PLACES));
        let columns = vec![
            words("Область", 30),
            words("Кого сравнивают", 40),
            count("Год", 10),
            count("Школ", 9),
            count("В четверти", 10),
            border("Нижняя граница"),
            border("Верхняя граница"),
        ];
        let rows = cohort.outcome().borders.iter().map(move |border| {
            let domain = cohort.of.method.domains.get(border.domain);
            let index = |it: Option<crate::cohort::Index>| {
                it.map_or(SheetCell::Empty, |index| fraction(index.0))
            };
            vec![
                domain.map_or_else(String::new, |it| it.title.clone()).into(),
                cohort.together(border).into(),
                year_cell(cohort.year_of(border)),
                SheetCell::count(border.ranked),
                SheetCell::count(border.k),
                index(border.low),
                index(border.high),
            ]
        });
        Sheet { name: "Границы", columns, rows: Box::new(rows) }
    }

    fn parameters_sheet(&self) -> Sheet<'a> {
        let cohort = *self;
        let columns = vec![
            words("Параметр", 34),
            words("Имя для --set", 16),
            words("Значение", 14),
            words("Как решено", 34),
            words("Отличие", 24),
            words("Почему по умолчанию так", 70),
        ];
        let declared = cohort.methodology().map_or(&[] as &[_], |it| it.parameters.as_slice());
        let rows = declared.iter().map(move |parameter| {
            let row = cohort.parameter(parameter);
            let value = cohort.of.settings.get(&parameter.id).map(printed).unwrap_or_default();
            let told = |field| SheetCell::words(row.field(field).unwrap_or_default());
            vec![
                told("название"),
                told("параметр"),
                value.into(),
                told("выбрано"),
                told("умолчание"),
                told("почему"),
            ]
        });
        Sheet { name: "Параметры", columns, rows: Box::new(rows) }
    }

    fn fragile_sheet(&self) -> Option<Sheet<'a>> {
        let cohort = *self;
        let mut columns = school_columns();
        columns.extend([
            words("Заключение", 20),
            words("От чего зависит", 18),
            words("Подробно", 60),
            words("Станет", 20),
        ]);
        let rows = cohort.fragile.iter().map(move |fragile| {
            let mut row = cohort.school_cells(fragile.school);
            let told = [&fragile.verdict, &fragile.what, &fragile.detail, &fragile.becomes];
            row.extend(told.map(|text| SheetCell::words(text.as_str())));
            row
        });
        let sheet = Sheet { name: "Неустойчивые", columns, rows: Box::new(rows) };
        (!cohort.fragile.is_empty()).then_some(sheet)
    }

    fn issues_sheet(&self) -> Sheet<'a> {
        let columns = vec![words("Замечание", 50), count("Сколько", 10), words("Примеры", 90)];
        let rows = self.issues.iter().map(|issue| {
            vec![
                capitalise(&issue.title).into(),
                SheetCell::count(issue.count as u64),
                issue.examples.join("; ").into(),
            ]
        });
        Sheet { name: "Замечания", columns, rows: Box::new(rows) }
    }
}

impl From<String> for SheetCell {
    fn from(text: String) -> Self {
        Self::words(text)
    }
}

impl From<&str> for SheetCell {
    fn from(text: &str) -> Self {
        Self::words(text)
    }
}

/// A number in units of 10⁻¹², for a cell.
fn fraction(units: i64) -> SheetCell {
    SheetCell::Number(units as f64 / crate::cohort::Index::ONE as f64)
}

/// A year; words of a window that is ranked as a whole.
fn year_cell(year: Option<i32>) -> SheetCell {
    year.map_or_else(|| "все годы".into(), |year| SheetCell::Number(f64::from(year)))
}

fn words(title: impl Into<String>, width: u32) -> SheetColumn {
    SheetColumn::new(title, width, Shows::Words)
}

fn count(title: &str, width: u32) -> SheetColumn {
    SheetColumn::new(title, width, Shows::Count)
}

fn school_columns() -> Vec<SheetColumn> {
    vec![words("Код", 14), words("Школа", 40), words("Муниципалитет", 24)]
}
