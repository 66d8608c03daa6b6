//! Another text of a text: its words changed apart from its names.

use super::scan::next_mustache;
use super::substitute::closing;

/// Rewrites the words of a source by `words` and the inside of its mustaches by `names`.
///
/// ```
/// use pko::text::rewrite;
/// let mut louder = |words: &str| words.to_uppercase();
/// let mut same = |name: &str| name.to_owned();
/// assert_eq!(rewrite("доля {{процент а}} выше", &mut louder, &mut same), "ДОЛЯ {{процент а}} ВЫШЕ");
/// ```
pub fn rewrite(
    source: &str,
    words: &mut dyn FnMut(&str) -> String,
    names: &mut dyn FnMut(&str) -> String,
) -> String {
    let mut result = String::with_capacity(source.len());
    let mut at = 0;
    while let Some(start) = next_mustache(source, at) {
        let Some(end) = source.get(start..).and_then(closing).map(|length| start + length) else {
            break;
        };
        result.push_str(&words(source.get(at..start).unwrap_or("")));
        let inside = source.get(start + 2..end - 2).unwrap_or("");
        result.push_str(&format!("{{{{{}}}}}", names(inside)));
        at = end;
    }
    result.push_str(&words(source.get(at..).unwrap_or("")));
    result
}

/// The words of a source without its names, each name a blank.
pub fn words(source: &str) -> String {
    let mut found = String::with_capacity(source.len());
    let mut keep = |words: &str| {
        found.push_str(words);
        found.push(' ');
        String::new()
    };
    rewrite(source, &mut keep, &mut |_| String::new());
    found
}

/// The inside of a mustache with the years of its figures moved: `за=2019`.
pub fn shift_years(inside: &str, by: i32) -> String {
    const OF_YEAR: &str = "за=";
    let mut result = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((before, after)) = rest.split_once(OF_YEAR) {
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        let (year, behind) = after.split_at(digits);
        result.push_str(before);
        result.push_str(OF_YEAR);
        match year.parse::<i32>() {
            Ok(year) => result.push_str(&(year + by).to_string()),
            Err(_) => result.push_str(year),
        }
        rest = behind;
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_years_of_figures_move() {
        assert_eq!(shift_years("процент а за=2019 знаков=2", 6), "процент а за=2025 знаков=2");
        assert_eq!(shift_years("число б по=\"региону\"", 6), "число б по=\"региону\"");
    }

    #[test]
    fn names_are_no_words() {
        assert_eq!(words("в 2019 году {{процент а за=2018}}: да"), "в 2019 году  : да ");
    }
}
