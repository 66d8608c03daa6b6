//! The symbol table: one flat namespace for all nouns and levels of the packs in view.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::codes;
use crate::base::{Id, Span, is_mixed_script, latin_letters, skeleton, suggest};
use crate::diag::Diagnostic;
use crate::syntax::tree::Name;
use crate::syntax::{NOUNS, Noun};

#[derive(Clone, Debug)]
pub struct Symbol {
    pub noun: Noun,
    /// The name in the head of the declaration.
    pub span: Span,
}

#[derive(Default)]
pub struct Names {
    symbols: IndexMap<Id, Symbol>,
    skeletons: IndexMap<String, Id>,
    /// What lines that could not be read may have declared.
    lost: BTreeSet<Id>,
}

impl Names {
    /// Enters a declaration; a second one of the same name, or one that looks the same, is
    /// reported and refused.
    pub fn declare(&mut self, name: &Name, symbol: Symbol, out: &mut Vec<Diagnostic>) -> bool {
        if is_mixed_script(&name.text) {
            out.push(
                Diagnostic::error(
                    codes::LOOK_ALIKE,
                    name.span,
                    format!("в имени «{}» смешаны кириллица и латиница", name.text),
                )
                .with_hint(format!(
                    "{}наберите имя буквами одного алфавита",
                    latin_letters(&name.text)
                )),
            );
        }
        let id = name.id();
        if let Some(earlier) = self.symbols.get(&id) {
            out.push(
                Diagnostic::error(
                    codes::DUPLICATE,
                    name.span,
                    format!("имя «{}» объявлено дважды", name.text),
                )
                .with_label(earlier.span, "первое объявление")
                .with_hint("имена общие для всех видов объявлений: переименуйте одно из них"),
            );
            return false;
        }
        let looks = skeleton(id.as_str());
        if let Some(twin) = self.skeletons.get(&looks)
            && let Some(earlier) = self.symbols.get(twin)
        {
            out.push(
                Diagnostic::error(
                    codes::LOOK_ALIKE,
                    name.span,
                    format!("имя «{}» на вид не отличить от другого", name.text),
                )
                .with_label(earlier.span, "такое же на вид")
                .with_hint("буквы разных алфавитов выглядят одинаково: переименуйте одно из них"),
            );
            return false;
        }
        self.skeletons.insert(looks, id.clone());
        self.symbols.insert(id, symbol);
        true
    }

    /// A name whose declaration was reported and not read: nobody is told that it is unknown.
    pub fn lose(&mut self, name: &Name) {
        self.lost.insert(name.id());
    }

    pub fn get(&self, id: &Id) -> Option<&Symbol> {
        self.symbols.get(id)
    }

    /// The id behind a name that must be one of `nouns`; a fault is reported.
    pub fn resolve(&self, name: &Name, nouns: &[Noun], out: &mut Vec<Diagnostic>) -> Option<Id> {
        let id = name.id();
        match self.symbols.get(&id) {
            Some(symbol) if nouns.contains(&symbol.noun) => Some(id),
            Some(symbol) => {
                out.push(
                    Diagnostic::error(
                        codes::WRONG_NOUN,
                        name.span,
                        format!(
                            "здесь нужно: {}; «{}» — {}",
                            words(nouns),
                            name.text,
                            word(symbol.noun)
                        ),
                    )
                    .with_label(symbol.span, "объявлено здесь"),
                );
                None
            }
            None if self.lost.contains(&id) => None,
            None => {
                out.push(self.unknown(name, nouns));
                None
            }
        }
    }

    fn unknown(&self, name: &Name, nouns: &[Noun]) -> Diagnostic {
        let fault = Diagnostic::error(
            codes::UNKNOWN_NAME,
            name.span,
            format!("имя «{}» нигде не объявлено", name.text),
        );
        let fitting = self
            .symbols
            .iter()
            .filter(|(_, symbol)| nouns.contains(&symbol.noun))
            .map(|(id, _)| id.as_str());
        match suggest(&name.text, fitting) {
            Some(near) => fault.with_hint(format!(
                "{}возможно, вы имели в виду «{near}»",
                latin_letters(&name.text)
            )),
            None => fault.with_hint(format!("объявите его: {} {} …", words(nouns), name.text)),
        }
    }
}

/// The keyword of a noun; where two share one, what tells them apart.
pub fn word(noun: Noun) -> &'static str {
    match noun {
        Noun::RoadmapActivity => "мероприятие дорожной карты",
        Noun::RoadmapDirection => "направление дорожной карты",
        _ => NOUNS
            .iter()
            .find(|spec| spec.noun == noun)
            .map_or("объявление", |spec| spec.word),
    }
}

fn words(nouns: &[Noun]) -> String {
    nouns.iter().map(|noun| word(*noun)).collect::<Vec<_>>().join(" или ")
}
