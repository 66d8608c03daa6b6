//! What every drawing is put together from: rectangles, lines, texts.

use svg::node::element::{Line, Rectangle, Text};

/// A rectangle from its left upper corner; `rim` is the width of its outline, 0 for none.
pub(super) fn rectangle(
    (x, y, width, height): (f64, f64, f64, f64),
    fill: &str,
    rim: f64,
) -> Rectangle {
    let plain = Rectangle::new()
        .set("x", round(x))
        .set("y", round(y))
        .set("width", round(width))
        .set("height", round(height))
        .set("fill", fill);
    if rim > 0.0 { plain.set("stroke", "#222222").set("stroke-width", rim) } else { plain }
}

pub(super) fn line(x1: f64, y1: f64, x2: f64, y2: f64, width: f64, colour: &str) -> Line {
    Line::new()
        .set("x1", round(x1))
        .set("y1", round(y1))
        .set("x2", round(x2))
        .set("y2", round(y2))
        .set("stroke", colour)
        .set("stroke-width", width)
}

pub(super) fn text(x: f64, y: f64, size: f64, anchor: &str, content: &str) -> Text {
    Text::new(content)
        .set("x", round(x))
        .set("y", round(y))
        .set("font-size", round(size))
        .set("text-anchor", anchor)
        .set("fill", "#000000")
}

/// Hundredths of a unit are below the eye, and their text is the same everywhere.
pub(super) fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A title in lines of so many letters, so many at most; what is too long ends in «…».
pub(super) fn broken(title: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split_whitespace() {
        let is_last = lines.len() >= most;
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + 1 + word.chars().count() <= letters {
            last.push(' ');
            last.push_str(word);
        } else if !is_last {
            lines.push(word.to_owned());
        } else {
            let is_full = last.chars().count() + 2 > letters;
            let kept = if is_full { shortened(last) } else { last.as_str() };
            *last = format!("{} …", kept.trim_end_matches([',', ';', ':']));
            break;
        }
    }
    lines
}

/// A line without its last word.
fn shortened(line: &str) -> &str {
    line.rsplit_once(' ').map_or(line, |(kept, _)| kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_break_between_words_and_end_in_an_ellipsis() {
        assert_eq!(broken("Проводит диагностику", 53, 2), ["Проводит диагностику"]);
        let long = "слово ".repeat(40);
        let lines = broken(&long, 53, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.chars().count() <= 53 + 2));
        assert!(lines.last().is_some_and(|line| line.ends_with(" …")), "{lines:?}");
    }
}
