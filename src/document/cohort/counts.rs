//! Schools counted: by groups and years, by municipalities, by pairs of categories.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Cohort;
use super::fields::{NONE, index_or_none, named, or_none};
use crate::base::Number;
use crate::check::{counted, fields_of_counts};
use crate::cohort::{Border, Reason, Role};
use crate::document::rows::{Listed, Row};
use crate::russian::{self, capitalise, uncapitalise};

pub(super) fn whole(count: usize) -> Number {
    Number::from_int(i64::try_from(count).unwrap_or(i64::MAX))
}

/// «12,5 %»; a dash where there is nothing to take a part of.
pub(super) fn share(part: usize, all: usize) -> String {
    let hundredfold = &whole(part) * &Number::from_int(100);
    hundredfold
        .checked_div(&whole(all))
        .map_or_else(|| NONE.to_owned(), |share| russian::percent(&share, 1))
}

impl<'a> Cohort<'a> {
    /// Schools ranked together, with the borders of their quarters.
    pub fn borders(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let mut under = None;
        for (at, border) in self.outcome().borders.iter().enumerate() {
            let Some(domain) = self.of.method.domains.get(border.domain) else { continue };
            if under.replace(border.domain) != Some(border.domain) {
                rows.push(self.heading("границы", domain));
            }
            rows.push(Row::Listed(self.border(at, border)));
        }
        rows
    }

    fn border(&self, at: usize, border: &Border) -> Listed {
        let quarter = if border.k == 0 { NONE.to_owned() } else { border.k.to_string() };
        let year = self.year_of(border);
        Listed::new(
            format!("граница_{}", at + 1),
            vec![
                ("название", self.together(border)),
                ("группа", self.together(border)),
                ("год", year.map_or_else(|| "все годы".to_owned(), |year| year.to_string())),
                ("ранжировано", border.ranked.to_string()),
                ("четверть", quarter),
                ("нижняя_граница", index_or_none(border.low)),
                ("верхняя_граница", index_or_none(border.high)),
            ],
        )
    }

    /// Who is ranked together: «Средние школы», «Город Образцов: все школы».
    pub fn together(&self, border: &Border) -> String {
        let group = border.group.and_then(|group| self.of.method.groups.get(usize::from(group)));
        let group = group.map_or("Все школы", |group| group.title.as_str());
        match self.outcome().bases.get(border.base as usize).map_or("", String::as_str) {
            "" => group.to_owned(),
            base => format!("{base}: {}", uncapitalise(group)),
        }
    }

    pub fn year_of(&self, border: &Border) -> Option<i32> {
        border.slot.and_then(|slot| self.outcome().window.get(slot)).copied()
    }

    /// How many schools have no place, and why, year by year.
    pub fn unranked(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for (at, domain) in self.domains() {
            let mut counts: BTreeMap<(String, Reason), usize> = BTreeMap::new();
            if self.ranks_window(at) {
                for school in self.judged() {
                    let standing = self.outcome().overall(at, school);
                    if let Some(reason) = standing.and_then(|it| it.reason()) {
                        *counts.entry(("все годы".to_owned(), reason)).or_default() += 1;
                    }
                }
            } else {
                for (slot, year) in self.outcome().window.iter().enumerate() {
                    for school in self.judged() {
                        let standing = self.outcome().standing(at, school, slot);
                        let reason = standing.map_or(Some(Reason::NoData), |it| it.reason());
                        if let Some(reason) = reason {
                            *counts.entry((year.to_string(), reason)).or_default() += 1;
                        }
                    }
                }
            }
            if counts.is_empty() {
                continue;
            }
            rows.push(self.heading("без_места", domain));
            for (number, ((year, reason), count)) in counts.into_iter().enumerate() {
                rows.push(Row::Listed(Listed::new(
                    format!("без_места_{}_{}", domain.id, number + 1),
                    vec![
                        ("название", capitalise(&self.reason(at, reason))),
                        ("причина", capitalise(&self.reason(at, reason))),
                        ("год", year),
                        ("школ", count.to_string()),
                    ],
                )));
            }
        }
        rows
    }

    pub fn reason(&self, domain: usize, reason: Reason) -> String {
        let least = self.of.method.domains.get(domain).map_or(0, |it| it.min_group);
        match reason {
            Reason::NoData => "нет данных".to_owned(),
            Reason::FewIndicators => "мало показателей".to_owned(),
            Reason::SmallGroup => format!("в группе меньше {least} школ"),
            Reason::RankedAsWhole => "место даётся за все годы вместе".to_owned(),
            Reason::YearWithoutIndex => "нет индекса за один из годов".to_owned(),
        }
    }

    /// The municipalities in the order of the alphabet, then all together.
    pub fn municipalities(&self) -> Vec<Row<'a>> {
        let mut schools: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for school in self.judged() {
            schools.entry(self.municipality_of(school)).or_default().push(school);
        }
        schools.sort_by_cached_key(|name, _| name.to_lowercase());
        let each = schools.iter().enumerate().map(|(at, (name, schools))| {
            self.municipality(format!("муниципалитет_{}", at + 1), &or_none(name), schools)
        });
        let all = self.municipality("муниципалитеты_всего".to_owned(), "Всего", &self.judged());
        each.chain(std::iter::once(all)).map(Row::Listed).collect()
    }

    /// How many of these schools are in every category, and in every two.
    fn municipality(&self, id: String, name: &str, schools: &[usize]) -> Listed {
        let mut row = Listed::new(
            id,
            vec![("название", name.to_owned()), ("школ", schools.len().to_string())],
        );
        for field in fields_of_counts(self.model) {
            let Some((categories, as_share)) = counted(&field, self.model) else { continue };
            let is_in_all = |school: &&usize| categories.iter().all(|it| self.is_in(**school, it));
            let count = schools.iter().filter(is_in_all).count();
            let told = if as_share { share(count, schools.len()) } else { count.to_string() };
            row.fields.push((Cow::Owned(field.as_str().to_owned()), told));
        }
        row
    }

    /// Which verdicts meet in one school: of those on results with those on conditions.
    pub fn crossings(&self) -> Vec<Row<'a>> {
        let domains = (self.domain(Role::Results), self.domain(Role::Conditions));
        let (Some((results, of_results)), Some((conditions, of_conditions))) = domains else {
            return Vec::new();
        };
        let judged = self.judged();
        let mut rows = Vec::new();
        for (at, category) in of_results.categories.iter().enumerate() {
            for (with, other) in of_conditions.categories.iter().enumerate() {
                let is_both = |school: &&usize| {
                    self.outcome().category(results, **school) == Some(at)
                        && self.outcome().category(conditions, **school) == Some(with)
                };
                let count = judged.iter().filter(is_both).count();
                if count == 0 {
                    continue;
                }
                rows.push(Row::Listed(Listed::new(
                    format!("{}_{}", category.id, other.id),
                    vec![
                        ("название", format!("{}, {}", category.title, other.title)),
                        ("результаты", category.title.clone()),
                        ("условия", other.title.clone()),
                        ("школ", count.to_string()),
                        ("доля_школ", share(count, judged.len())),
                    ],
                )));
            }
        }
        rows
    }

    /// Verdicts that hang on little.
    pub fn fragile_rows(&self) -> Vec<Row<'a>> {
        let each = self.fragile.iter().enumerate().map(|(at, fragile)| {
            let school = self.of.table.schools.get(fragile.school);
            let name = school.map_or_else(String::new, |it| named(&it.name, &it.id));
            let municipality = self.municipality_of(fragile.school);
            Row::Listed(Listed::new(
                format!("неустойчивое_{}", at + 1),
                vec![
                    ("название", name),
                    ("муниципалитет", or_none(municipality)),
                    ("заключение", fragile.verdict.clone()),
                    ("что", fragile.what.clone()),
                    ("подробно", fragile.detail.clone()),
                    ("станет", fragile.becomes.clone()),
                ],
            ))
        });
        each.collect()
    }

    /// What was wrong with the table.
    pub fn issue_rows(&self) -> Vec<Row<'a>> {
        let each = self.issues.iter().enumerate().map(|(at, issue)| {
            Row::Listed(Listed::new(
                format!("замечание_{}", at + 1),
                vec![
                    ("название", capitalise(&issue.title)),
                    ("сколько", issue.count.to_string()),
                    ("примеры", or_none(&issue.examples.join("\n"))),
                ],
            ))
        });
        each.collect()
    }
}
