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
}

const OPENING: &str = "<!--";
const CLOSING: &str = "-->";

/// The comments of a text.
pub fn comments(text: &str) -> Vec<Comment> {
    let starts = text.match_indices(OPENING).map(|(at, _)| at);
    starts.filter_map(|start| comment(text, start)).collect()
}

fn comment(text: &str, start: usize) -> Option<Comment> {
    let length = text[start..].find(CLOSING)? + CLOSING.len();
    let span = Span::new(start, start + length);
    let inside = text[start + OPENING.len()..span.end - CLOSING.len()].trim();
    let said = inside.strip_prefix("glosa:")?.trim_start();
    let (word, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let about = match word {
        "ignore" => lines_about(text, span),
        "ignore-file" => Span::new(0, text.len()),
        _ => return None,
    };
    let (rules, reason) = rest.split_once("--").unwrap_or((rest, ""));
    let rules = rules.split([',', ' ']).map(str::trim).filter(|rule| !rule.is_empty());
    Some(Comment { span, about, rules: rules.map(str::to_owned).collect(), reason: reason.trim().to_owned() })
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
        let unused = comments.get(source.name.as_str()).into_iter().flatten().filter(|(_, used)| !used);
        sifted.findings.extend(unused.map(|(comment, _)| unused_comment(source, comment)));
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

fn unused_comment(source: &SourceFile, comment: &Comment) -> Finding {
    let rules = comment.rules.join(", ");
    let (message, help) = if comment.rules.is_empty() {
        ("the comment names no rule".to_owned(), "write <!-- glosa: ignore RULE -->, or all for every rule")
    } else {
        (format!("nothing is found here that `{rules}` would hide"), "take the comment out")
    };
    let meant = comment.rules.iter().find_map(|rule| mistyped(rule));
    let help =
        meant.map_or_else(|| help.to_owned(), |meant| format!("write `{meant}`, or take the comment out"));
    Finding::new(Severity::Warning, "unused-suppression", message).at(&source.name, comment.span).help(help)
}

/// The rule that a name which is none most likely meant.
fn mistyped(rule: &str) -> Option<&'static str> {
    let known = || super::translation::rule_ids().chain(["all"]);
    if known().any(|id| id == rule) { None } else { nearest(rule, known()) }
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
        let findings = vec![finding("drift", text, "peaje"), finding("loan", text, "pipeline")];
        sift(findings, &[source(text)], ignored, true).findings.iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_comment_is_about_its_line_or_the_next() {
        for (text, expected) in [
            ("El peaje. <!-- glosa: ignore drift -->\nEl pipeline.", vec!["loan"]),
            ("<!-- glosa: ignore drift -->\n\nEl peaje.\nEl pipeline.", vec!["loan"]),
            ("<!-- glosa: ignore drift, loan -- citado -->\nEl peaje y el pipeline.", vec![]),
            ("<!-- glosa: ignore all -->\nEl peaje.\nEl pipeline.", vec!["loan"]),
            ("<!-- glosa: ignore-file loan -->\nEl peaje.\nEl pipeline.", vec!["drift"]),
            (
                "<!-- glosa: ignore loan -->\nEl peaje.\nEl pipeline.",
                vec!["drift", "loan", "unused-suppression"],
            ),
            ("<!-- glosa: ignore -->\nEl peaje.\nEl pipeline.", vec!["drift", "loan", "unused-suppression"]),
            ("<!-- otro: ignore all -->\nEl peaje.\nEl pipeline.", vec!["drift", "loan"]),
            ("<!-- glosa: ignore loan\nEl peaje.\nEl pipeline.", vec!["drift", "loan"]),
        ] {
            assert_eq!(left(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn settings_hide_by_rule_path_and_text() {
        let text = "El peaje.\nEl pipeline.";
        let some = |value: &str| Some(value.to_owned());
        for (ignored, expected) in [
            (Ignored { rule: some("drift"), ..Ignored::default() }, vec!["loan"]),
            (Ignored { text: some("Pipeline"), ..Ignored::default() }, vec!["drift"]),
            (Ignored { path: some("notas/"), ..Ignored::default() }, vec![]),
            (Ignored { path: some("notas/*.md"), rule: some("loan"), ..Ignored::default() }, vec!["drift"]),
            (
                Ignored { path: some("otras"), ..Ignored::default() },
                vec!["drift", "loan", "unused-suppression"],
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
