//! The one door through which tests reach the checks.

use super::{CheckContext, Checked, check};
use crate::diag::{Code, Diagnostic, Place, SourceMap, sorted};
use crate::model::{NoPacks, PackFiles, load};

/// Loads and checks a pack of one file; a text without a head gets one in a file of its own, so
/// that lines count from its first.
pub(super) fn check_pack(text: &str) -> (Vec<Diagnostic>, Checked, SourceMap) {
    check_pack_with(text, "пакет проба «Проба»\n  редакция 1\n")
}

fn check_pack_with(text: &str, head: &str) -> (Vec<Diagnostic>, Checked, SourceMap) {
    let mut files = vec![("проба.pko".to_owned(), text.to_owned())];
    let has_head = text.lines().any(|line| line.starts_with("пакет "));
    if !has_head {
        files.push(("я.pko".to_owned(), head.to_owned()));
    }
    let mut sources = SourceMap::default();
    let mut loaded = Vec::new();
    let files = PackFiles { origin: "проба".to_owned(), files };
    let model = load(files, &NoPacks, &mut sources, &mut loaded);
    let checked = check(&model, &CheckContext { sources: &sources, list_unproven: false });
    (loaded, checked, sources)
}

/// All findings of a text, of loading and of the checks, a line each: code, place, message.
pub(super) fn check_source(text: &str) -> String {
    let (loaded, checked, sources) = check_pack(text);
    let all = sorted(loaded.into_iter().chain(checked.diagnostics).collect());
    all.iter().map(|finding| show(finding, &sources)).collect()
}

/// The findings of one check must be these; loading must find nothing.
#[track_caller]
pub(super) fn check_code(code: u16, text: &str, expected: &str) {
    let (loaded, checked, sources) = check_pack(text);
    let own = checked.diagnostics.iter().filter(|finding| finding.code == Code(code));
    let found: String = loaded.iter().chain(own).map(|finding| show(finding, &sources)).collect();
    assert_eq!(found, expected, "\n{text}\n{found}");
}

fn show(finding: &Diagnostic, sources: &SourceMap) -> String {
    let place = match &finding.place {
        Place::Text(span) => sources.get(span.file).map_or(String::new(), |file| {
            let (line, column) = file.line_column(span.start);
            format!("{line}:{column}")
        }),
        other => format!("{other:?}"),
    };
    format!("{} {place} {}\n", finding.code, finding.message)
}

/// A sound methodology with some of its words changed.
pub(super) fn methodology(changes: &[(&str, &str)]) -> String {
    const WHOLE: &str = "показатель школы двоек «Доля „2“»\n  вид процент\n\
        показатель школы отрыв «Отрыв»\n  вид число\n\
        методика своя «Своя»\n\
        \x20 параметр где «Где»\n\
        \x20   значение район «школы района» по умолчанию\n\
        \x20   значение край «все школы»\n\
        \x20 окно 3 года\n\
        \x20 база муниципалитет при где район\n\
        \x20 база все школы при где край\n\
        \x20 вне пределов missing; повторы missing\n\
        \x20 пределы отрыв: от -5 до 5\n\
        \x20 группа все «Школы»\n\
        \x20   слова «школа»\n\
        \x20 область итоги «Итоги»\n\
        \x20   о результатах\n\
        \x20   обратные двоек\n\
        \x20   отставания отрыв больше чем на 1\n\
        \x20   отстаёт 0, не отстаёт 1\n\
        \x20   все равны skip; имеется не меньше 1\n\
        \x20   ранжировать каждый год\n\
        \x20   округление floor; равные include\n\
        \x20   группа не меньше 4\n\
        \x20   полоса низкие: нижние 25 %\n\
        \x20   полоса прочие: остальные\n\
        \x20   категории по порядку\n\
        \x20     шнро «ШНРО» если низкие в каждом из последних 3 лет\n\
        \x20     остальные «средние» иначе\n";
    changes.iter().fold(WHOLE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "«{old}»");
        text.replacen(old, new, 1)
    })
}
