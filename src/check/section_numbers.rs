//! Where sections are numbered by their order, none brings a number of its own.

use super::sites::{self, Part};
use super::{CheckSpec, Pass};
use crate::diag::Code;

pub(super) const SPEC: CheckSpec =
    CheckSpec { code: Code(75), summary: "У раздела два номера", run };

fn run(pass: &mut Pass<'_>) {
    for (id, kind) in pass.model.programmes.iter().filter(|(_, kind)| kind.numbers_sections) {
        for part in sites::parts(kind) {
            let Part::Section(section) = part.what else { continue };
            let Some(number) = &section.meta.number else { continue };
            let message = format!(
                "разделы «{id}» нумеруются по порядку, а у «{}» свой № {number}",
                section.id
            );
            let finding = pass
                .error(section.span, message)
                .with_hint("уберите номер или строку «разделы по порядку»");
            pass.report(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::check_code;

    #[test]
    fn a_number_is_written_or_counted() {
        let text = "программа школы п «П»\n  тип «справка»\n  разделы по порядку\n  раздел а «А»\n  \
                    раздел б № 2 «Б»\nпрограмма школы р «Р»\n  тип «справка»\n  раздел в № 7 «В»\n";
        check_code(75, text, "ПКО-075 5:3 разделы «п» нумеруются по порядку, а у «б» свой № 2\n");
    }
}
