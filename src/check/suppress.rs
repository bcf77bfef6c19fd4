//! Findings that somebody has decided not to act on, as the texts themselves or the glossary's `[check]` table say.
//!
//! A comment in a text, `<!-- glosa: ignore RULE -->`, is about its line; on a line of its own, about the next one that
//! is not empty. `ignore-file` is about the whole text. Several rules stand with commas between, `all` is every rule,
//! and what follows `--` is the reason. A decision that hides nothing is reported: it has served its time, or is
//! misspelt.
//!
//! ```
//! use glosa::check::suppress::comments;
//!
//! let found = comments("<!-- glosa: ignore regional-mix -- como él lo dijo -->\nCogió el coche.\n");
//! assert_eq!((found[0].rules.as_slice(), found[0].reason.as_str()), (&["regional-mix".to_owned()][..], "como él lo dijo"));
//! ```

use std::collections::HashMap;

use super::render::{Suppressed, SuppressionKind};
use super::suggest::nearest;
use super::{Finding, Severity, SourceFile};
use crate::termbase::Ignored;
use crate::text::Span;

/// A comment in a text that some findings are not to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The comment itself.
    pub span: Span,
    /// What it is about: the findings that begin there.
    pub about: Span,
    /// The rules; `all` is every one.
    pub rules: Vec<String>,
    /// Why.
    pub reason: String,
    /// A word that no comment of ours has, in the place of `ignore`; such a comment hides nothing.
    pub unknown: Option<String>,
}

const OPENING: &str = "<!--";
const CLOSING: &str = "-->";
const OURS: &str = "glosa:";
/// What a comment of ours may begin with.
const WORDS: [&str; 2] = ["ignore", "ignore-file"];

/// Whether a text has comments of ours.
pub fn is_commented(text: &str) -> bool {
    text.match_indices(OPENING).any(|(at, _)| text[at + OPENING.len()..].trim_start().starts_with(OURS))
}

/// The comments of a text.
pub fn comments(text: &str) -> Vec<Comment> {
    let starts = text.match_indices(OPENING).map(|(at, _)| at);
    starts.filter_map(|start| comment(text, start)).collect()
}

fn comment(text: &str, start: usize) -> Option<Comment> {
    let length = text[start..].find(CLOSING)? + CLOSING.len();
    let span = Span::new(start, start + length);
    let inside = text[start + OPENING.len()..span.end - CLOSING.len()].trim();
    let said = inside.strip_prefix(OURS)?.trim_start();
    let (word, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let about = match word {
        "ignore" => lines_about(text, span),
        "ignore-file" => Span::new(0, text.len()),
        _ => {
            let unknown = Some(word.to_owned());
            return Some(Comment { span, about: span, rules: Vec::new(), reason: String::new(), unknown });
        }
    };
    let (rules, reason) = rest.split_once("--").unwrap_or((rest, ""));
    let rules = rules.split([',', ' ']).map(str::trim).filter(|rule| !rule.is_empty());
    let rules = rules.map(str::to_owned).collect();
    Some(Comment { span, about, rules, reason: reason.trim().to_owned(), unknown: None })
}

/// The line of a comment, or the next one with text where the comment stands alone.
fn lines_about(text: &str, span: Span) -> Span {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let is_alone = text[start..span.start].trim().is_empty() && text[span.end..end].trim().is_empty();
    if !is_alone {
        return Span::new(start, end);
    }
    let rest = &text[end..];
    let skipped = rest.len() - rest.trim_start().len();
    let from = end + skipped;
    let until = text[from..].find('\n').map_or(text.len(), |at| from + at);
    Span::new(from, until)
}

/// What is left to show, and what is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// To be shown.
    pub findings: Vec<Finding>,
    /// Not to be shown.
    pub suppressed: Vec<Suppressed>,
}

/// Takes out what comments and the settings say. `sources` are all texts that were checked. What hides nothing is told
/// by a warning (`unused-suppression`) among the findings; the settings are told of only where `is_whole`: where all
/// texts of the project were checked.
pub fn sift(findings: Vec<Finding>, sources: &[SourceFile], ignored: &[Ignored], is_whole: bool) -> Sifted {
    let mut comments: HashMap<&str, Vec<(Comment, bool)>> = HashMap::new();
    for source in sources {
        let found: Vec<_> =
            self::comments(&source.text).into_iter().map(|comment| (comment, false)).collect();
        if !found.is_empty() {
            comments.insert(&source.name, found);
        }
    }
    let texts: HashMap<&str, &str> =
        sources.iter().map(|source| (source.name.as_str(), source.text.as_str())).collect();
    let mut used = vec![false; ignored.len()];
    let mut sifted = Sifted::default();
    for finding in findings {
        let by_comment = by_comment(&finding, &mut comments);
        let by_settings = || {
            let text = marked(&finding, &texts);
            let nth = ignored.iter().position(|ignored| is_ignored(&finding, text, ignored))?;
            used[nth] = true;
            Some((SuppressionKind::External, ignored[nth].reason.clone().unwrap_or_default()))
        };
        match by_comment.map(|reason| (SuppressionKind::InSource, reason)).or_else(by_settings) {
            Some((kind, reason)) => sifted.suppressed.push(Suppressed { finding, kind, reason }),
            None => sifted.findings.push(finding),
        }
    }
    for source in sources {
        let comments = comments.get(source.name.as_str()).into_iter().flatten();
        let told = comments.filter_map(|(comment, used)| useless(comment, *used));
        let told = told.map(|(comment, finding)| finding.at(&source.name, comment.span));
        sifted.findings.extend(told);
    }
    if is_whole {
        let unused = ignored.iter().zip(&used).filter(|(_, used)| !**used);
        sifted.findings.extend(unused.map(|(ignored, _)| unused_setting(ignored)));
    }
    sifted
}

/// The reason of the comment that hides a finding.
fn by_comment(finding: &Finding, comments: &mut HashMap<&str, Vec<(Comment, bool)>>) -> Option<String> {
    let place = finding.place.as_ref()?;
    let of_file = comments.get_mut(&*place.file)?;
    let at = place.span.start;
    let (comment, used) = of_file.iter_mut().find(|(comment, _)| {
        let names = comment.rules.iter().any(|rule| rule == finding.rule || rule == "all");
        names && comment.about.start <= at && at <= comment.about.end
    })?;
    *used = true;
    Some(comment.reason.clone())
}

/// What a finding marks.
fn marked<'a>(finding: &Finding, texts: &HashMap<&str, &'a str>) -> &'a str {
    let place = finding.place.as_ref();
    place.and_then(|place| texts.get(&*place.file)?.get(place.span.range())).unwrap_or("")
}

fn is_ignored(finding: &Finding, text: &str, ignored: &Ignored) -> bool {
    let file = finding.place.as_ref().map_or("", |place| &place.file);
    ignored.rule.as_deref().is_none_or(|rule| rule == finding.rule)
        && ignored.text.as_deref().is_none_or(|wanted| wanted.to_lowercase() == text.to_lowercase())
        && ignored.path.as_deref().is_none_or(|pattern| is_under(file, pattern))
}

/// Whether a file is the one named, lies in the folder named, or is as a pattern with `*` says.
fn is_under(file: &str, pattern: &str) -> bool {
    let (file, pattern) = (file.replace('\\', "/"), pattern.trim_start_matches("./").trim_end_matches('/'));
    let file = file.trim_start_matches("./");
    is_like(file, pattern) || is_like(file, &format!("{pattern}/*"))
}

/// Whether a text is as a pattern says, in which `*` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((before, rest)) = pattern.split_once('*') else { return text == pattern };
    let Some(text) = text.strip_prefix(before) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or("");
    let mut at = 0;
    for piece in pieces {
        match text[at..].find(piece) {
            Some(found) => at += found + piece.len(),
            None => return false,
        }
    }
    text[at..].ends_with(last)
}

/// What is told of a comment that says what cannot be, or hides nothing.
fn useless(comment: &Comment, is_used: bool) -> Option<(&Comment, Finding)> {
    let told = |message: String, help: String| {
        Some((comment, Finding::new(Severity::Warning, "unused-suppression", message).help(help)))
    };
    let form = "<!-- glosa: ignore RULE -->";
    if let Some(unknown) = &comment.unknown {
        let help = nearest(unknown, WORDS).map_or_else(
            || format!("write {form}, or ignore-file for the whole text"),
            |meant| format!("did you mean `{meant}`?"),
        );
        return told(format!("`{unknown}` is nothing that a comment can say to glosa"), help);
    }
    if comment.rules.is_empty() {
        return told("the comment names no rule".to_owned(), format!("write {form}, or all for every rule"));
    }
    if let Some(unknown) = comment.rules.iter().find(|rule| !known_rules().any(|known| known == *rule)) {
        let help = nearest(unknown, known_rules()).map_or_else(
            || "`glosa explain` lists the rules".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        return told(format!("the comment names a rule that does not exist, `{unknown}`"), help);
    }
    let rules = comment.rules.join(", ");
    let unused = format!("nothing is found here that `{rules}` would hide");
    if is_used { None } else { told(unused, "take the comment out".to_owned()) }
}

/// What a comment may name.
fn known_rules() -> impl Iterator<Item = &'static str> {
    super::translation::rule_ids().chain(["all"])
}

fn unused_setting(ignored: &Ignored) -> Finding {
    let parts = [("rule", &ignored.rule), ("path", &ignored.path), ("text", &ignored.text)];
    let told = parts.iter().filter_map(|(key, value)| Some(format!("{key} = \"{}\"", value.as_ref()?)));
    let told = told.collect::<Vec<_>>().join(", ");
    let message = format!("nothing is found that `ignore` {{ {told} }} in [check] would hide");
    let finding = Finding::new(Severity::Warning, "unused-suppression", message);
    let help = "take it out of the glossary file, or correct the rule, path or text";
    Finding { place: ignored.place.clone(), ..finding.help(help) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> SourceFile {
        SourceFile { name: "notas/a.md".to_owned(), text: text.to_owned() }
    }

    fn finding(rule: &'static str, text: &str, marked: &str) -> Finding {
        let at = text.find(marked).expect("the marked text");
        Finding::new(Severity::Warning, rule, "m").at("notas/a.md", Span::new(at, at + marked.len()))
    }

    fn left(text: &str, ignored: &[Ignored]) -> Vec<&'static str> {
        let findings =
            vec![finding("deprecated-term", text, "peaje"), finding("untranslated-term", text, "pipeline")];
        sift(findings, &[source(text)], ignored, true).findings.iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_comment_is_about_its_line_or_the_next() {
        for (text, expected) in [
            ("El peaje. <!-- glosa: ignore deprecated-term -->\nEl pipeline.", vec!["untranslated-term"]),
            ("<!-- glosa: ignore deprecated-term -->\n\nEl peaje.\nEl pipeline.", vec!["untranslated-term"]),
            (
                "<!-- glosa: ignore deprecated-term, untranslated-term -- citado -->\nEl peaje y el pipeline.",
                vec![],
            ),
            ("<!-- glosa: ignore all -->\nEl peaje.\nEl pipeline.", vec!["untranslated-term"]),
            (
                "<!-- glosa: ignore-file untranslated-term -->\nEl peaje.\nEl pipeline.",
                vec!["deprecated-term"],
            ),
            (
                "<!-- glosa: ignore untranslated-term -->\nEl peaje.\nEl pipeline.",
                vec!["deprecated-term", "untranslated-term", "unused-suppression"],
            ),
            (
                "<!-- glosa: ignore -->\nEl peaje.\nEl pipeline.",
                vec!["deprecated-term", "untranslated-term", "unused-suppression"],
            ),
            (
                "<!-- otro: ignore all -->\nEl peaje.\nEl pipeline.",
                vec!["deprecated-term", "untranslated-term"],
            ),
            (
                "<!-- glosa: ignore untranslated-term\nEl peaje.\nEl pipeline.",
                vec!["deprecated-term", "untranslated-term"],
            ),
        ] {
            assert_eq!(left(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn what_a_comment_cannot_say_is_told() {
        for (text, message, help) in [
            ("<!-- glosa: ignroe deprecated-term -->", "`ignroe` is nothing", "did you mean `ignore`?"),
            ("<!--glosa:hide all-->", "`hide` is nothing", "write <!-- glosa: ignore RULE -->"),
            (
                "<!-- glosa: ignore deprecated-trem -->",
                "`deprecated-trem`",
                "did you mean `deprecated-term`?",
            ),
            // One that hides something too.
            ("El peaje. <!-- glosa: ignore deprecated-term, xyzzy -->", "`xyzzy`", "lists the rules"),
        ] {
            assert!(is_commented(text), "{text}");
            let found = text.contains("peaje").then(|| finding("deprecated-term", text, "peaje"));
            let left = sift(found.into_iter().collect(), &[source(text)], &[], true).findings;
            assert_eq!(left.len(), 1, "{left:?}");
            let told = (&left[0].message, left[0].help.as_deref().unwrap_or(""));
            assert!(told.0.contains(message) && told.1.contains(help), "{told:?}");
        }
        assert!(!is_commented("<!-- otro: glosa: -->"));
    }

    #[test]
    fn settings_hide_by_rule_path_and_text() {
        let text = "El peaje.\nEl pipeline.";
        let some = |value: &str| Some(value.to_owned());
        for (ignored, expected) in [
            (Ignored { rule: some("deprecated-term"), ..Ignored::default() }, vec!["untranslated-term"]),
            (Ignored { text: some("Pipeline"), ..Ignored::default() }, vec!["deprecated-term"]),
            (Ignored { path: some("notas/"), ..Ignored::default() }, vec![]),
            (
                Ignored { path: some("notas/*.md"), rule: some("untranslated-term"), ..Ignored::default() },
                vec!["deprecated-term"],
            ),
            (
                Ignored { path: some("otras"), ..Ignored::default() },
                vec!["deprecated-term", "untranslated-term", "unused-suppression"],
            ),
        ] {
            assert_eq!(left(text, std::slice::from_ref(&ignored)), expected, "{ignored:?}");
        }
    }

    #[test]
    fn patterns_have_stars() {
        for (text, pattern, expected) in [
            ("a/b.md", "*.md", true),
            ("a/b.md", "a/*.txt", false),
            ("aba", "a*a*", true),
            ("aa", "a*aa", false),
        ] {
            assert_eq!(is_like(text, pattern), expected, "{text} {pattern}");
        }
    }
}
