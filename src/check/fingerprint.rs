//! What makes a finding the same finding in another version of a text: its content, never its line number.
//!
//! A fingerprint is made of the rule, the file's name, what is marked and a few words around it on its line. So a
//! finding keeps its fingerprint when paragraphs are added above it, and gets another one when its sentence changes.
//! Findings that are alike in all this are told apart by their order.

use std::collections::HashMap;

use super::{Finding, SourceFile};
use crate::text::floor_char_boundary;

/// The version of the fingerprints; those of different versions cannot be compared.
pub const VERSION: u32 = 1;

/// How much of the line around the marked text counts, in code points on either side.
const AROUND: usize = 32;

/// The fingerprints of findings, in their order: 16 hexadecimal digits each, all different.
///
/// The findings of a file are given in the order of their places, and all at once.
pub fn fingerprints<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    sources: &[SourceFile],
) -> Vec<String> {
    let texts: HashMap<&str, &str> =
        sources.iter().map(|source| (source.name.as_str(), source.text.as_str())).collect();
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let mut fingerprint = |finding| {
        let content = content(finding, &texts);
        let nth = seen.entry(content).and_modify(|nth| *nth += 1).or_insert(0);
        let hash = if *nth == 0 { content } else { fnv1a(content, &nth.to_le_bytes()) };
        format!("{hash:016x}")
    };
    findings.into_iter().map(&mut fingerprint).collect()
}

fn content(finding: &Finding, texts: &HashMap<&str, &str>) -> u64 {
    let hash = part(OFFSET_BASIS, finding.rule);
    let Some(place) = &finding.place else { return part(hash, &finding.message) };
    let hash = part(hash, &place.file.replace('\\', "/"));
    let text = texts.get(&*place.file).copied().unwrap_or("");
    let (Some(before), Some(marked), Some(after)) =
        (text.get(..place.span.start), text.get(place.span.range()), text.get(place.span.end..))
    else {
        return part(hash, &finding.message);
    };
    // A character has four bytes at most.
    let near = floor_char_boundary(before, before.len().saturating_sub(4 * AROUND));
    let line_before = before[near..].rsplit('\n').next().unwrap_or("");
    let line_after = after[..floor_char_boundary(after, 4 * AROUND)].split('\n').next().unwrap_or("");
    let start = line_before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = line_after.char_indices().nth(AROUND).map_or(line_after.len(), |(at, _)| at);
    [&line_before[start..], marked, &line_after[..end]].into_iter().fold(hash, part)
}

/// Adds a text, white space evened out, and a sign that ends it.
fn part(hash: u64, text: &str) -> u64 {
    let words = text.split_whitespace().fold(hash, |hash, word| fnv1a(fnv1a(hash, word.as_bytes()), b" "));
    fnv1a(words, &[0xff])
}

/// FNV-1a with 64 bits (Fowler, Noll and Vo): the same on every machine and in every version, which the hashes of
/// the standard library do not promise.
fn fnv1a(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Severity;
    use crate::text::Span;

    fn of(text: &str, marked: &str) -> Vec<String> {
        let finding = |(at, _): (usize, &str)| {
            Finding::new(Severity::Error, "rule", "m").at("a.txt", Span::new(at, at + marked.len()))
        };
        let findings: Vec<Finding> = text.match_indices(marked).map(finding).collect();
        fingerprints(&findings, &[SourceFile { name: "a.txt".to_owned(), text: text.to_owned() }])
    }

    #[test]
    fn a_finding_stays_itself_when_it_moves() {
        let before = of("El arancel sube.\n", "arancel");
        assert_eq!(before, of("Un párrafo.\n\nEl  arancel sube.\n", "arancel"));
        assert_ne!(before, of("Un arancel sube.\n", "arancel"));
        assert_eq!(before[0].len(), 16);
    }

    #[test]
    fn equal_findings_are_told_apart() {
        let twice = of("El arancel.\nEl arancel.\n", "arancel");
        assert_ne!(twice[0], twice[1]);
        assert_eq!(twice[0], of("El arancel.\n", "arancel")[0]);
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(OFFSET_BASIS, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn odd_places_have_fingerprints_too() {
        let finding = Finding::new(Severity::Note, "rule", "m").at("none.txt", Span::new(3, 5));
        assert_eq!(fingerprints([&finding, &Finding::new(Severity::Note, "rule", "m")], &[]).len(), 2);
    }
}
