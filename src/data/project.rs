//! A project: what one institution asks of pko.

use jiff::civil::Date;

use super::passport::Passport;
use crate::base::{Id, Level};
use crate::calendar::{Entry, Week};
use crate::diag::Place;

/// A text with the place where the user wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    pub value: T,
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// The project file as the user names it.
    pub name: String,
    pub pack: Placed<String>,
    /// The kinds of programme to compose, ids of the pack.
    pub programmes: Vec<Placed<String>>,
    /// The date that the documents bear.
    pub date: Placed<Date>,
    /// No date was given, only the day on which to look: the documents bear none.
    pub undated: bool,
    /// The number that a registered paper bears («13-п»).
    pub number: String,
    /// The day on which the figures are looked at; `date` unless given.
    pub as_of: Placed<Date>,
    /// First and last day of the programme.
    pub period: Option<(Placed<Date>, Placed<Date>)>,
    /// A mark for every page («учебный пример …»).
    pub mark: String,
    pub calendar: CalendarChange,
    pub institution: Institution,
    pub people: Vec<Person>,
    pub bodies: Vec<BodyEntry>,
    pub approvals: Vec<Approval>,
    pub data: Vec<DataFile>,
    /// What `pko identify` wrote: the file, as written, relative to the project's folder.
    pub identification: Option<Placed<String>>,
    /// Aims that others set, besides those of the pack's acts.
    pub priorities: Vec<Priority>,
    pub answers: Vec<Answer>,
    pub edits: Vec<Edit>,
    pub added_activities: Vec<AddedActivity>,
    pub added_paragraphs: Vec<AddedParagraph>,
}

impl Project {
    /// A project of nobody: where names, a number and a date would stand, papers have blanks.
    pub fn blank(level: Level, day: Date) -> Self {
        let nowhere = |value: &str| Placed { value: value.to_owned(), place: Place::Nowhere };
        let day = Placed { value: day, place: Place::Nowhere };
        Self {
            name: String::new(),
            pack: nowhere(""),
            programmes: Vec::new(),
            date: day.clone(),
            undated: true,
            number: String::new(),
            as_of: day,
            period: None,
            mark: String::new(),
            calendar: CalendarChange::default(),
            institution: Institution::blank(level),
            people: Vec::new(),
            bodies: Vec::new(),
            approvals: Vec::new(),
            data: Vec::new(),
            identification: None,
            priorities: Vec::new(),
            answers: Vec::new(),
            edits: Vec::new(),
            added_activities: Vec::new(),
            added_paragraphs: Vec::new(),
        }
    }

    /// Whether the team has edited or added anything.
    pub fn has_edits(&self) -> bool {
        !self.edits.is_empty() || !self.added_activities.is_empty()
    }
}

/// What the institution's own calendar says otherwise than that of the pack.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CalendarChange {
    pub week: Option<Week>,
    pub entries: Vec<Entry>,
}

/// The passport of a school, or of those who run the schools of a place. Absent values are «нет
/// данных», never a guess.
#[derive(Clone, Debug, PartialEq)]
pub struct Institution {
    pub level: Level,
    /// The school in the data; above the schools it may be empty.
    pub id: Placed<String>,
    pub name: String,
    pub short_name: String,
    /// The name in the genitive, prepositional … where the user gives them; key is the case's name
    /// («родительный»).
    pub name_forms: Vec<(String, String)>,
    /// A kind of institution of the pack, or «школа».
    pub kind: Placed<String>,
    pub municipality: String,
    pub region: String,
    pub locality: String,
    pub founder: String,
    pub address: String,
    /// The school that helps this one.
    pub partner_school: String,
    /// Who looks after the programme from outside, as documents name them.
    pub curator: String,
    pub passport: Passport,
    /// Labels such as ШНРО that somebody has already given: id of the category, the year.
    pub categories: Vec<(Placed<String>, i32)>,
}

impl Institution {
    fn blank(level: Level) -> Self {
        let nowhere = |value: &str| Placed { value: value.to_owned(), place: Place::Nowhere };
        Self {
            level,
            id: nowhere(""),
            name: String::new(),
            short_name: String::new(),
            name_forms: Vec::new(),
            kind: nowhere(""),
            municipality: String::new(),
            region: String::new(),
            locality: String::new(),
            founder: String::new(),
            address: String::new(),
            partner_school: String::new(),
            curator: String::new(),
            passport: Passport::default(),
            categories: Vec::new(),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    pub role: Placed<String>,
    pub name: String,
}

/// Who the bodies of the pack are here: the id of the pack's body, its name in this place.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyEntry {
    pub id: Placed<String>,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Approval {
    /// утверждено, принято, согласовано.
    pub stamp: Placed<String>,
    pub by: String,
    pub document: String,
    pub number: String,
    pub date: Option<Date>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DataFile {
    /// As written, relative to the project's folder.
    pub path: Placed<String>,
    /// The source in words for rows that name none.
    pub source: String,
}

/// An aim of education policy that the institution takes into account.
#[derive(Clone, Debug, PartialEq)]
pub struct Priority {
    /// Its name in documents: `приоритет_1`.
    pub id: Id,
    /// Who sets it.
    pub level: Level,
    pub text: String,
    /// The act or the programme that it stands in; empty where nobody said.
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerValue {
    Yes,
    No,
    Unknown,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub question: Placed<String>,
    pub value: AnswerValue,
    pub comment: String,
}

/// A person's change to an element of the generated document.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub id: Placed<String>,
    pub field: Placed<String>,
    /// What the program says without the edit.
    pub was: Placed<String>,
    pub becomes: Placed<String>,
    pub reason: String,
}

/// An activity that no rule of the pack knows.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedActivity {
    pub id: Placed<String>,
    pub title: String,
    /// As the language writes terms.
    pub term: Placed<String>,
    /// How long it takes, as the language says it: «2 недели».
    pub lasts: Option<Placed<String>>,
    /// Roles or bodies of the pack.
    pub responsible: Vec<Placed<String>>,
    pub controller: Option<Placed<String>>,
    pub result: String,
    /// Tasks and requirements of the pack.
    pub answers: Vec<Placed<String>>,
    /// Activities that come before it.
    pub after: Vec<Placed<String>>,
    /// Indicators of the pack that it is to move.
    pub indicators: Vec<Placed<String>>,
    pub reason: String,
}

/// A paragraph of one's own at the end of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedParagraph {
    pub section: Placed<String>,
    pub text: Placed<String>,
    pub reason: String,
}
