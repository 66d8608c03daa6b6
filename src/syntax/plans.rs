//! The lines of roadmaps as they stand in a file: years, results, and the verbs by which a plan or a
//! programme is adapted.

use super::tree::{Name, Quantity, Quoted};
use super::visit::{Change, quantity};

/// «потому что …», where it is said.
pub type Because = Option<Quoted>;

/// What a line of a roadmap says.
#[derive(Clone, Debug)]
pub enum PlanValue {
    /// First and last year.
    Years(i32, i32),
    Result {
        number: Option<String>,
        text: Quoted,
    },
    /// What an indicator is brought to.
    Reach {
        indicator: Name,
        value: Quantity,
    },
    Norm {
        at_least: Quantity,
        per: Option<String>,
        for_whom: Option<Quoted>,
    },
    Drop {
        what: Vec<Name>,
        because: Because,
    },
    Merge {
        what: Vec<Name>,
        into: NewPlanned,
        because: Because,
    },
    Shift {
        years: i32,
        because: Because,
    },
    ReplaceActor {
        old: Name,
        new: Name,
        because: Because,
    },
    ReplaceText {
        old: Quoted,
        new: Quoted,
        because: Because,
    },
    Change {
        what: Name,
        number: NewNumber,
        title: Option<Quoted>,
        because: Because,
    },
    Add {
        what: NewPlanned,
        spot: SpotSyntax,
        because: Because,
    },
}

/// The head of what a verb makes; a participant has no title.
#[derive(Clone, Debug)]
pub struct NewPlanned {
    pub name: Name,
    pub number: Option<String>,
    pub title: Option<Quoted>,
}

/// Where something new stands.
#[derive(Clone, Debug)]
pub enum SpotSyntax {
    Inside(Name),
    After(Name),
}

impl SpotSyntax {
    fn change(&mut self, change: &dyn Change) {
        match self {
            Self::Inside(name) | Self::After(name) => change.name(name),
        }
    }
}

/// What becomes of a printed number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewNumber {
    Kept,
    Removed,
    Set(String),
}

impl PlanValue {
    pub(super) fn change(&mut self, change: &dyn Change) {
        match self {
            Self::Years(..) | Self::Shift { .. } => {}
            Self::Result { text, .. } => change.text(text),
            Self::Reach { indicator, value } => {
                change.name(indicator);
                quantity(value, change);
            }
            Self::Norm { at_least, for_whom, .. } => {
                quantity(at_least, change);
                for_whom.iter_mut().for_each(|text| change.text(text));
            }
            Self::Drop { what, .. } => what.iter_mut().for_each(|name| change.name(name)),
            Self::Merge { what, into, .. } => {
                what.iter_mut().for_each(|name| change.name(name));
                into.change(change);
            }
            Self::ReplaceActor { old, new, .. } => {
                change.name(old);
                change.name(new);
            }
            Self::ReplaceText { old, new, .. } => {
                change.text(old);
                change.text(new);
            }
            Self::Change { what, title, .. } => {
                change.name(what);
                title.iter_mut().for_each(|text| change.text(text));
            }
            Self::Add { what, spot, .. } => {
                what.change(change);
                spot.change(change);
            }
        }
    }
}

impl NewPlanned {
    fn change(&mut self, change: &dyn Change) {
        change.name(&mut self.name);
        self.title.iter_mut().for_each(|title| change.text(title));
    }
}

#[cfg(test)]
mod tests {
    use crate::base::FileId;
    use crate::syntax::parse_file;
    use crate::syntax::tree::{Item, NewNumber, Node, PlanValue, UnitSyntax, Value};

    /// The plan of some lines, and what is said of them: message and hint.
    fn read(lines: &str) -> (Vec<Node>, String) {
        let mut out = Vec::new();
        let text = format!("дорожная_карта п «П»\n{lines}\n");
        let file = parse_file(FileId(0), &text, &mut out);
        let show = |d: &crate::diag::Diagnostic| {
            format!("{} ({})", d.message, d.hint.as_deref().unwrap_or("-"))
        };
        let body = match file.nodes.into_iter().next() {
            Some(Node::Item(Item { body, .. })) => body,
            other => panic!("{other:?}"),
        };
        (body, out.iter().map(show).collect::<Vec<_>>().join("\n"))
    }

    #[track_caller]
    fn plan(line: &str) -> PlanValue {
        let (body, faults) = read(&format!("  {line}"));
        assert_eq!(faults, "");
        match body.into_iter().next() {
            Some(Node::Clause(clause)) => match clause.value {
                Value::Plan(value) => value,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn verbs_are_read_with_their_reasons() {
        let PlanValue::Merge { what, into, because } =
            plan("объединить а, б в новое № 2.3 «Новое» потому что «так»")
        else {
            panic!("no merge")
        };
        assert_eq!((what.len(), into.number.as_deref()), (2, Some("2.3")));
        assert_eq!(because.map(|text| text.text).as_deref(), Some("так"));
        let change = |line: &str| match plan(line) {
            PlanValue::Change { number, title, .. } => (number, title.is_some()),
            other => panic!("{other:?}"),
        };
        assert_eq!(change("изменить а без номера «Б»"), (NewNumber::Removed, true));
        assert_eq!(change("изменить а № 4"), (NewNumber::Set("4".to_owned()), false));
        assert_eq!(change("изменить а потому что «так»"), (NewNumber::Kept, false));
        assert!(matches!(plan("сдвинуть на 2 года"), PlanValue::Shift { years: 2, .. }));
        assert!(matches!(plan("годы 2020..2022"), PlanValue::Years(2020, 2022)));
    }

    #[test]
    fn a_norm_says_of_what_how_often_and_for_whom() {
        let norm = |words: &str| {
            let lines = format!(
                "  направление н «Н»\n    мероприятие м «М»\n      в 2020\n        результат «Р»\n          норма {words}"
            );
            assert_eq!(read(&lines).1, "");
            format!("{:?}", read(&lines).0)
        };
        assert!(norm("не меньше 5 встреч за учебный год, для «школ»").contains("учебный год"));
        let plain = norm("не меньше 5 для «школ»");
        assert!(plain.contains(&format!("{:?}", UnitSyntax::None)), "{plain}");
    }

    #[test]
    fn slips_are_told_with_what_is_expected() {
        let faults = |lines: &str| read(lines).1;
        assert_eq!(faults("  заменить текст «а»"), "строка оборвана (здесь ожидается: «на»)");
        assert_eq!(
            faults("  годы 2022..2020"),
            "такого значения не бывает (проверьте даты, номера кварталов, длину чисел и число лет (от 1 до 30))"
        );
        assert_eq!(
            faults("  направление н «Н»\n    мероприятие региона м «М»"),
            "«мероприятие»: у него не бывает уровня (образец: мероприятие имя № 1 «Название»)"
        );
    }
}
