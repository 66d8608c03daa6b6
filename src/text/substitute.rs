//! Finite templates: the variable of `для предмет из (…)` is put into a text before it is read.

use super::scan::next_mustache;

/// Replaces every mustache whose head is the variable: `{{предмет}}`, `{{предмет.дательный}}`,
/// `{{предмет падеж="дательный"}}`. `replace` gets what stands behind the variable (`""`,
/// `".дательный"`, `" падеж=\"дательный\""`) and gives the source to put in its place. Everything
/// else, also a helper with the variable as its argument, stays as it is.
///
/// ```
/// use pko::text::substitute;
/// let title = substitute("Доля „2“ по {{предмет падеж=\"дательный\"}}", "предмет", |rest| {
///     if rest.contains("дательный") { "математике".into() } else { "математика".into() }
/// });
/// assert_eq!(title, "Доля „2“ по математике");
/// ```
pub fn substitute(source: &str, variable: &str, replace: impl Fn(&str) -> String) -> String {
    let mut result = String::with_capacity(source.len());
    let mut at = 0;
    while let Some(start) = next_mustache(source, at) {
        let Some(end) = source.get(start..).and_then(closing).map(|length| start + length) else {
            break;
        };
        result.push_str(source.get(at..start).unwrap_or(""));
        let inside = source.get(start + 2..end - 2).unwrap_or("");
        match rest_behind(inside, variable) {
            Some(rest) => result.push_str(&replace(rest)),
            None => result.push_str(source.get(start..end).unwrap_or("")),
        }
        at = end;
    }
    result.push_str(source.get(at..).unwrap_or(""));
    result
}

/// The length of a mustache with its braces; quotes may hold braces.
pub(super) fn closing(mustache: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in mustache.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == '}' && mustache.get(at..).is_some_and(|s| s.starts_with("}}")) => {
                return Some(at + 2);
            }
            None => {}
        }
    }
    None
}

fn rest_behind<'a>(inside: &'a str, variable: &str) -> Option<&'a str> {
    let rest = inside.trim_start().strip_prefix(variable)?.trim_end();
    let ends = rest.is_empty() || rest.starts_with(|c: char| c == '.' || c.is_whitespace());
    ends.then_some(rest)
}
