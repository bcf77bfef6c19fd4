//! Quotations and quoted titles: what stands between marks, within a paragraph.

use crate::text::Span;

/// What stands between quotation marks, in order, none within another. A mark without its fellow in the same paragraph
/// quotes nothing.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        within(line, start, &mut found);
        start += line.len();
    }
    found
}

fn within(line: &str, offset: usize, found: &mut Vec<Span>) {
    let mut at = 0;
    while let Some((from, opening)) = line[at..].char_indices().find(|(_, c)| closing(*c).is_some()) {
        let start = at + from + opening.len_utf8();
        let end = closing(opening).and_then(|mark| line[start..].find(mark));
        at = start;
        if let Some(end) = end {
            found.push(Span::new(start, start + end).shifted(offset));
            at = start + end;
            at += line[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
}

fn closing(opening: char) -> Option<char> {
    match opening {
        '"' => Some('"'),
        '«' => Some('»'),
        '“' | '„' => Some('”'),
        '‹' => Some('›'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_quote_within_their_paragraph() {
        let text = "Dijo “que no” y «quizá».\nUn \"error suelto\n“Otro”";
        let found: Vec<&str> = quotations(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["que no", "quizá", "Otro"]);
    }
}
