//! Tables made up of a seed.

use std::collections::BTreeMap;

use crate::base::Number;
use crate::cohort::{Figure, Method, Row, School, Table};

/// A small generator with a seed of its own: the same numbers everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

/// What a made-up table is like.
#[derive(Clone, Copy)]
pub struct Recipe {
    pub schools: usize,
    /// Steps between the ends of an indicator.
    pub steps: u64,
    pub missing: u64,
    /// Schools that repeat the figures of the school before, in per cent.
    pub clones: u64,
    /// Schools without a year, in per cent.
    pub gaps: u64,
    /// Cells that do not fit units of 10⁻¹², in per cent.
    pub large: u64,
    pub groups: u64,
    pub participants: bool,
}

pub const PLAIN: Recipe = Recipe {
    schools: 60,
    steps: 10_000,
    missing: 0,
    clones: 0,
    gaps: 0,
    large: 0,
    groups: 3,
    participants: false,
};

/// The figures of a table before it is put together.
pub struct Draft {
    pub schools: Vec<School>,
    pub rows: Vec<(Row, Vec<Option<Number>>)>,
    pub participants: Vec<u32>,
}

pub fn school(id: &str) -> School {
    School {
        id: id.to_owned(),
        name: format!("Школа {id}"),
        municipality: String::new(),
        excluded: None,
    }
}

impl Draft {
    pub fn table(&self, width: usize) -> Table {
        let mut cells = Vec::new();
        let mut large = BTreeMap::new();
        for (_, figures) in &self.rows {
            for figure in figures {
                match figure {
                    None => cells.push(Figure::MISSING),
                    Some(number) => match fine(number) {
                        Some(figure) => cells.push(figure),
                        None => {
                            large.insert(cells.len(), number.clone());
                            cells.push(Figure::MISSING);
                        }
                    },
                }
            }
        }
        let rows = self.rows.iter().map(|(row, _)| *row).collect();
        Table::new(self.schools.clone(), rows, width, cells, large, self.participants.clone())
    }
}

/// The number as a cell of the table, where it fits.
pub fn fine(number: &Number) -> Option<Figure> {
    let units = number * &Number::from_int(Figure::ONE);
    units.is_integer().then(|| units.floor()).flatten().and_then(Figure::fine)
}

/// Schools of 2018 to 2020.
pub fn random(method: &Method, recipe: Recipe, seed: u64) -> Draft {
    let mut dice = Dice::new(seed);
    let mut draft = Draft { schools: Vec::new(), rows: Vec::new(), participants: Vec::new() };
    let mut before: BTreeMap<i32, Vec<Option<Number>>> = BTreeMap::new();
    for at in 0..recipe.schools {
        let mut school = school(&format!("{at:05}"));
        school.municipality = format!("район {}", dice.below(3));
        school.excluded = dice.percent(recipe.gaps / 4).then(|| "по решению".to_owned());
        draft.schools.push(school);
        let group = dice.below(recipe.groups) as u8;
        let is_clone = at > 0 && dice.percent(recipe.clones);
        for year in 2018..=2020 {
            if dice.percent(recipe.gaps) {
                continue;
            }
            let group =
                if dice.percent(recipe.gaps / 3) { dice.below(recipe.groups) as u8 } else { group };
            let own = figures(method, recipe, &mut dice);
            let kept = before.get(&year).filter(|_| is_clone).cloned().unwrap_or(own);
            before.insert(year, kept.clone());
            draft.rows.push((Row { school: at as u32, year, group }, kept));
        }
    }
    if recipe.participants {
        let n_cells = draft.rows.len() * method.indicators.len();
        draft.participants = (0..n_cells).map(|_| dice.below(8) as u32).collect();
    }
    draft
}

fn figures(method: &Method, recipe: Recipe, dice: &mut Dice) -> Vec<Option<Number>> {
    let one = |measure: &crate::cohort::Measure| {
        if dice.percent(recipe.missing) {
            return None;
        }
        let span = &measure.high - &measure.low;
        // Not all of the range: the ends of most columns are held by one school.
        let step = Number::from_int(dice.below(recipe.steps + 1) as i64);
        let mut value =
            &(&span * &step).checked_div(&Number::from_int(recipe.steps as i64))? + &measure.low;
        if fine(&value).is_none() && recipe.large == 0 {
            value = Number::from_int(value.floor()?);
        }
        if dice.percent(recipe.large) {
            value = &value + &Number::one().checked_div(&Number::from_int(3))?;
        }
        Some(value)
    };
    method.indicators.iter().map(one).collect()
}
