//! The only user of the morphological library: readings of words and their forms.

use std::sync::OnceLock;

use rumorph::{Analysis, Dictionary, Source};

use super::{Case, Gender};

/// One reading of a word in the nominative, with the way to its other forms.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    analysis: Analysis,
    /// The first half of a compound whose halves both change: «педагог-психолог».
    half: Option<Box<Reading>>,
    pub gender: Gender,
    pub animate: bool,
    pub role: Role,
}

/// What a word can be in a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An adjective, an ordinal or an adjectival pronoun.
    Adjective,
    /// A participle: it may stand for a person without a noun («обучающиеся»).
    Participle,
    Noun,
    /// A surname, a first name, a patronymic.
    PersonName,
}

impl Role {
    pub fn is_adjectival(self) -> bool {
        matches!(self, Self::Adjective | Self::Participle)
    }
}

/// What is known of a word in a phrase.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    /// Readings in the nominative, the likeliest first.
    pub nominative: Vec<Reading>,
    /// Whether it can be a noun or an adjective in a case other than nominative and accusative.
    pub oblique: bool,
    /// Whether it can only be a living being where it is a noun.
    pub only_animate: bool,
    /// Whether it is likelier a preposition than anything else.
    pub preposition: bool,
    /// Whether it is likelier a cardinal numeral than anything else.
    pub numeral: bool,
    /// Whether it can be an adverb.
    pub adverb: bool,
    /// Whether an unknown word has the ending of an oblique case and of nothing else.
    pub looks_oblique: bool,
    /// Whether the dictionary holds it, or both sides of its hyphen.
    pub known: bool,
}

fn dictionary() -> Option<&'static Dictionary> {
    static DICTIONARY: OnceLock<Option<Dictionary>> = OnceLock::new();
    DICTIONARY.get_or_init(|| Dictionary::bundled().ok()).as_ref()
}

/// Reads one word, of any case of letters.
pub(super) fn read(word: &str) -> Word {
    let read = read_whole(word);
    if read.known { read } else { read_compound(word).unwrap_or(read) }
}

/// An unknown compound of two words for persons changes in both halves: «педагог-психолог».
/// Of other unknown compounds nobody can tell («чек-лист» changes in the second half alone).
fn read_compound(word: &str) -> Option<Word> {
    let (left, right) = word.split_once('-')?;
    let (left, right) = (read_whole(left), read_whole(right));
    let person = |r: &&Reading| r.role == Role::Noun && r.animate;
    let second = right.nominative.iter().find(person)?;
    let first = left.nominative.iter().filter(person).find(|r| r.gender == second.gender)?;
    let reading = Reading { half: Some(Box::new(first.clone())), ..second.clone() };
    Some(Word { nominative: vec![reading], known: true, only_animate: true, ..Word::default() })
}

fn read_whole(word: &str) -> Word {
    let Some(dictionary) = dictionary() else {
        return Word::default();
    };
    let analyses = known_analyses(dictionary, word);
    if analyses.is_empty() {
        return Word { looks_oblique: looks_oblique(dictionary, word), ..Word::default() };
    }
    let mut read = Word { known: true, only_animate: true, ..Word::default() };
    let mut has_noun = false;
    for (rank, analysis) in analyses.iter().enumerate() {
        let Some(tag) = dictionary.ud_tag(analysis.ud) else { continue };
        match tag.pos() {
            "ADP" if rank == 0 => read.preposition = true,
            "NUM" if rank == 0 => read.numeral = true,
            "ADV" => read.adverb = true,
            _ => {}
        }
        if tag.pos() == "NOUN" {
            has_noun = true;
            read.only_animate &= tag.feat("Animacy") == Some("Anim");
        }
        let Some(role) = role(tag.pos(), tag.feat("VerbForm"), tag.feat("NameType")) else {
            continue;
        };
        match tag.feat("Case") {
            Some("Nom") => read.nominative.extend(reading(dictionary, analysis, role)),
            Some("Acc") | None => {}
            Some(_) => read.oblique = true,
        }
    }
    read.only_animate &= has_noun;
    read
}

/// The readings that rest on the dictionary. A word that is merely guessed from its ending has
/// none; of an unknown compound with a hyphen the adjective («социально-педагогический») has.
fn known_analyses(dictionary: &Dictionary, word: &str) -> Vec<Analysis> {
    let last_part = word.rsplit('-').next().unwrap_or(word);
    let compound = last_part != word && dictionary.is_known(last_part);
    let mut analyses = dictionary.analyze(word);
    analyses.retain(|analysis| match analysis.source {
        Source::Dictionary => true,
        Source::Rule | Source::Guess => {
            compound && dictionary.ud_tag(analysis.ud).is_some_and(|tag| tag.pos() == "ADJ")
        }
        _ => false,
    });
    analyses
}

/// Whether every guess at an unknown word is a case other than nominative and accusative.
fn looks_oblique(dictionary: &Dictionary, word: &str) -> bool {
    let oblique = |analysis: &Analysis| {
        let case = dictionary.ud_tag(analysis.ud).and_then(|tag| tag.feat("Case"));
        case.is_some_and(|case| !matches!(case, "Nom" | "Acc"))
    };
    let guesses = dictionary.analyze(word);
    !guesses.is_empty() && guesses.iter().all(oblique)
}

fn role(pos: &str, verb_form: Option<&str>, name_type: Option<&str>) -> Option<Role> {
    match (pos, verb_form, name_type) {
        ("PROPN", _, Some("Sur" | "Giv" | "Pat")) => Some(Role::PersonName),
        ("NOUN" | "PROPN", _, _) => Some(Role::Noun),
        ("ADJ" | "DET", _, _) => Some(Role::Adjective),
        ("VERB", Some("Part"), _) => Some(Role::Participle),
        _ => None,
    }
}

fn reading(dictionary: &Dictionary, analysis: &Analysis, role: Role) -> Option<Reading> {
    let tag = dictionary.ud_tag(analysis.ud)?;
    let gender = match (tag.feat("Number"), tag.feat("Gender")) {
        (Some("Plur"), _) => Gender::Plural,
        (_, Some("Masc")) => Gender::Masculine,
        (_, Some("Fem")) => Gender::Feminine,
        (_, Some("Neut")) => Gender::Neuter,
        _ => return None,
    };
    let animate = match role {
        Role::Noun | Role::PersonName => tag.feat("Animacy") == Some("Anim"),
        Role::Participle => gender != Gender::Neuter,
        Role::Adjective => false,
    };
    Some(Reading { analysis: analysis.clone(), half: None, gender, animate, role })
}

impl Reading {
    /// The form in a case; an adjective takes the accusative of a living being if `animate`.
    pub fn in_case(&self, case: Case, animate: bool) -> Option<String> {
        let number = if self.is_singular() { "Sing" } else { "Plur" };
        let mut features = vec![("Case", case.tag()), ("Number", number)];
        if self.role.is_adjectival() {
            features.extend(gender_tag(self.gender).map(|gender| ("Gender", gender)));
            if case == Case::Accusative && matches!(self.gender, Gender::Masculine | Gender::Plural)
            {
                features.push(("Animacy", if animate { "Anim" } else { "Inan" }));
            }
        }
        let form = dictionary()?.inflect(&self.analysis, &features)?.word;
        self.with_half(form, |half| half.in_case(case, animate))
    }

    /// The form after a whole number: «1 год», «2 года», «5 лет».
    pub fn counted(&self, number: u64) -> Option<String> {
        let form = dictionary()?.agree(&self.analysis, number)?.word;
        self.with_half(form, |half| half.counted(number))
    }

    /// The form after a fraction: «1,5 года».
    pub fn counted_fraction(&self) -> Option<String> {
        let form = dictionary()?.agree_fraction(&self.analysis)?.word;
        self.with_half(form, Self::counted_fraction)
    }

    fn with_half(&self, form: String, change: impl Fn(&Self) -> Option<String>) -> Option<String> {
        match &self.half {
            Some(half) => Some(format!("{}-{form}", change(half)?)),
            None => Some(form),
        }
    }

    /// The word itself as the dictionary spells it, with its «ё».
    pub fn spelling(&self) -> &str {
        &self.analysis.word
    }

    /// Whether it is not a plural.
    pub fn is_singular(&self) -> bool {
        self.gender != Gender::Plural
    }
}

fn gender_tag(gender: Gender) -> Option<&'static str> {
    match gender {
        Gender::Masculine => Some("Masc"),
        Gender::Feminine => Some("Fem"),
        Gender::Neuter => Some("Neut"),
        Gender::Plural => None,
    }
}
