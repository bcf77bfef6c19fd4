//! PO catalogues (GNU gettext): `msgctxt` is the concept's id, what comments say its note, `fuzzy` what nobody has
//! approved. Obsolete entries (`#~`) are passed over. A context and a source text together stand once.
//!
//! In catalogues of programs a context is a place (`menu`) that unrelated texts share; there it is no id, and is kept
//! under `x`.

use std::collections::{HashMap, HashSet};

use toml::Value;

use super::log::{At, Log, without_nul};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::pairs::{self, Pair, Pairing};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, tags};
use crate::check::{Finding, Severity};
use crate::format::decode::decode_labelled;
use crate::format::po::{are_keys, unescaped};
use crate::lang::Lang;
use crate::termbase::{Concept, LangTag, Review, Termbase};
use crate::text::{Span, langid};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "po",
    about: "PO catalogue (gettext)",
    extensions: &["po", "pot"],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["id", "note", "review", "x.msgctxt"], &[]),
    settings: &[],
    texts: Texts::Trimmed,
};

/// Where `x` has the places and the flags of a message.
const REFERENCES: &str = "references";
const FLAGS: &str = "flags";

#[derive(Clone, Debug, Default)]
struct Message {
    context: Option<String>,
    id: Option<String>,
    text: Option<String>,
    comments: Vec<String>,
    /// Where in a program it stands (`#:`), and what else is said of it (`#,`).
    references: Vec<String>,
    flags: Vec<String>,
    fuzzy: bool,
    plural: bool,
    at: usize,
}

/// Which text the next quoted line belongs to.
#[derive(Clone, Copy)]
enum Slot {
    Context,
    Id,
    Text,
    Nothing,
}

fn read(input: &Input<'_>) -> Reading {
    let decoded = match decode_labelled(input.name, input.bytes, charset(input.bytes).as_deref()) {
        Ok(decoded) => decoded,
        Err(finding) => return Reading::failed(finding),
    };
    let text = match without_nul(input.name, decoded.text) {
        Ok(text) => text,
        Err(finding) => return Reading::failed(finding),
    };
    let mut log = Log::new(input.name);
    decoded.warning.into_iter().for_each(|warning| log.add(warning));
    let messages = match messages(input.name, &text, &mut log) {
        Ok(messages) => messages,
        Err(finding) => return Reading { text, ..Reading::failed(finding) },
    };
    let header =
        messages.first().filter(|message| message.id.as_deref() == Some("") && message.context.is_none());
    let header = header.and_then(|header| header.text.as_deref()).unwrap_or_default();
    let mut builder = Builder::default();
    let places = places(&messages);
    let entries = || messages.iter().filter(|message| message.id.as_deref().is_some_and(|id| !id.is_empty()));
    if are_keys(entries().filter_map(|message| message.id.as_deref())) {
        let tag = language_of_texts(input, header, &messages, &mut log);
        entries().for_each(|message| keyed(message, &tag, &mut builder, &mut log));
    } else {
        let sides = sides(input, header, &messages, &mut log);
        entries().for_each(|message| concept(message, &places, &sides, &mut builder, &mut log));
    }
    Reading { termbase: Some(builder.finish()), findings: log.finish(), text }
}

/// The charset that the header states.
fn charset(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = memchr::memmem::find(head, b"charset=")? + b"charset=".len();
    let label: Vec<u8> = head[at..]
        .iter()
        .copied()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
        .collect();
    Some(label).filter(|label| label != b"CHARSET")
}

/// A language that the header states.
fn stated(header: &str, name: &str) -> Option<LangTag> {
    let line = header.lines().find_map(|line| line.strip_prefix(name));
    line.map(str::trim).filter(|tag| !tag.is_empty()).map(|tag| tags::tag(tag).tag)
}

/// The language of the translations, where they are all there is: as the header states it, as stated, by the file's
/// name, else by what they look like, which is told.
fn language_of_texts(input: &Input<'_>, header: &str, messages: &[Message], log: &mut Log<'_>) -> LangTag {
    let of_name = || crate::format::doc::lang_of_name(input.name).map(|lang| LangTag(lang.code().to_owned()));
    let known = stated(header, "Language:").or_else(|| input.languages.last().cloned()).or_else(of_name);
    known.unwrap_or_else(|| {
        let texts: Vec<&str> =
            messages.iter().filter_map(|message| message.text.as_deref()).take(pairs::SAMPLE).collect();
        let lang = langid::log_odds(&texts.join("\n")).map_or(Lang::Es, langid::side);
        let message = format!("nothing names its language; it is taken to be {lang} (`--langs` for another)");
        log.repaired("languages that nothing names", At::Nowhere, message);
        LangTag(lang.code().to_owned())
    })
}

/// The languages: as stated, else of the header, else of the file's name, else as the texts read, which is told.
fn sides(input: &Input<'_>, header: &str, messages: &[Message], log: &mut Log<'_>) -> [LangTag; 2] {
    if input.languages.len() >= 2 {
        return pairs::languages_of(input);
    }
    let target = stated(header, "Language:");
    let source = stated(header, "X-Source-Language:");
    match (source, target) {
        (Some(source), Some(target)) => [source, target],
        (None, Some(target)) => {
            let named = pairs::of_name(input.name).map(|[source, _]| source);
            let other = if tags::primary(&target) == "en" { "es" } else { "en" };
            [named.unwrap_or_else(|| LangTag(other.to_owned())), target]
        }
        _ => {
            let texts = |message: &'_ Message| {
                Some([message.id.clone().filter(|id| !id.is_empty())?, message.text.clone()?])
            };
            let pairs: Vec<[String; 2]> = messages.iter().filter_map(texts).take(pairs::SAMPLE).collect();
            pairs::assumed(input, pairs.iter().map(|pair| pair.each_ref().map(String::as_str)), log)
        }
    }
}

/// The contexts that are no ids: one of their entries has neither text in common with those before it.
fn places(messages: &[Message]) -> HashSet<String> {
    let mut told: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut places = HashSet::new();
    for message in messages {
        let Some(context) = message.context.as_deref() else { continue };
        let texts = [&message.id, &message.text].into_iter().flatten().map(|text| text.trim());
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let before = told.entry(context).or_default();
        if !before.is_empty() && !texts.iter().any(|text| before.contains(text)) {
            places.insert(context.to_owned());
        }
        before.extend(texts);
    }
    places
}

fn concept(
    message: &Message,
    places: &HashSet<String>,
    sides: &[LangTag; 2],
    builder: &mut Builder,
    log: &mut Log<'_>,
) {
    let texts = [message.id.as_deref(), message.text.as_deref()].map(Option::unwrap_or_default);
    let mut entries = Vec::new();
    for (tag, text) in sides.iter().zip(texts).filter(|(_, text)| !text.trim().is_empty()) {
        entries.extend(model::term(text, message.at, log).map(|entry| (tag.clone(), entry)));
    }
    if entries.len() < 2 {
        log.repaired("an entry without a translation", message.at, "an entry has no translation");
    }
    if message.plural {
        log.skipped("a plural", message.at, "forms of the plural are not kept: they are forms of the term");
    }
    let context = message.context.as_deref().unwrap_or_default();
    let is_place = places.contains(context);
    let id = if is_place { "" } else { context };
    let concept = builder.push_pair(id, &entries, &At::Byte(message.at), log);
    if is_place {
        concept.x.insert(PLACE.to_owned(), context.into());
    }
    remember(message, concept);
}

/// An entry of a catalogue whose messages are keys: they are the ids, the translations the terms.
fn keyed(message: &Message, tag: &LangTag, builder: &mut Builder, log: &mut Log<'_>) {
    let text = message.text.as_deref().unwrap_or_default();
    let Some(entry) = model::term(text, message.at, log) else { return };
    let id = message.id.as_deref().unwrap_or_default();
    let concept = builder.push_pair(id, &[(tag.clone(), entry)], &At::Byte(message.at), log);
    if let Some(context) = &message.context {
        concept.x.insert(PLACE.to_owned(), context.as_str().into());
    }
    remember(message, concept);
}

/// What a message says beside its texts.
fn remember(message: &Message, concept: &mut Concept) {
    model::add_note(&mut concept.note, &message.comments.join("\n"));
    let said = [(REFERENCES, &message.references), (FLAGS, &message.flags)];
    for (key, said) in said.into_iter().filter(|(_, said)| !said.is_empty()) {
        let list = concept.x.entry(key.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.extend(said.iter().map(|text| Value::from(text.as_str())));
        }
    }
    if message.fuzzy {
        concept.review = Some(Review::Proposed);
    }
}

fn messages(name: &str, text: &str, log: &mut Log<'_>) -> Result<Vec<Message>, Finding> {
    let mut messages = Vec::new();
    let mut current = Message::default();
    let mut slot = Slot::Nothing;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let line = line[indent..].trim_end_matches([' ', '\t', '\r', '\n']);
        let begins = line.starts_with('#')
            || line.starts_with("msgctxt")
            || (line.starts_with("msgid ") && !matches!(slot, Slot::Context));
        if begins && current.text.is_some() {
            messages.push(std::mem::take(&mut current));
            slot = Slot::Nothing;
        }
        if line.starts_with("#|") {
            log.skipped("a text before it was changed", start, "the text before a change (#|) is not kept");
        } else if line.starts_with("#~") && line.contains("msgid \"") {
            log.skipped("an obsolete entry", start, "an obsolete entry (#~) is left out");
        }
        if line.starts_with('#') {
            remark(line, &mut current);
        } else if !line.is_empty() {
            let read = content(line, &mut current, &mut slot, start);
            read.map_err(|(why, column)| syntax(name, start + indent + column, why))?;
        }
    }
    if current.id.is_some() {
        messages.push(current);
    }
    Ok(messages)
}

fn syntax(name: &str, at: usize, why: &str) -> Finding {
    Finding::new(Severity::Error, "format-syntax", format!("not a line of a PO catalogue: {why}"))
        .at(name, Span::new(at, at))
        .help("correct this line; nothing was read")
}

fn remark(line: &str, current: &mut Message) {
    match line.get(..2) {
        Some("#." | "# ") => current.comments.push(line[2..].trim_matches([' ', '\t']).to_owned()),
        Some("#:") => current.references.push(line[2..].trim().to_owned()),
        Some("#,") => {
            for flag in line[2..].split(',').map(str::trim).filter(|flag| !flag.is_empty()) {
                current.fuzzy |= flag == "fuzzy";
                current.flags.extend(Some(flag).filter(|flag| *flag != "fuzzy").map(str::to_owned));
            }
        }
        _ if line.len() > 1 && !line.starts_with("#~") && !line.starts_with("#|") => {
            current.comments.push(line[1..].trim_matches([' ', '\t']).to_owned());
        }
        _ => {}
    }
}

/// A line of a message: a keyword with a string, or a string that goes on. What is wrong comes with its byte in the line.
fn content(
    line: &str,
    current: &mut Message,
    slot: &mut Slot,
    at: usize,
) -> Result<(), (&'static str, usize)> {
    let (keyword, rest) = line.find('"').map_or((line, ""), |quote| line.split_at(quote));
    match keyword.trim() {
        "msgctxt" => *slot = Slot::Context,
        "msgid" => {
            (*slot, current.at) = (Slot::Id, at);
        }
        "msgstr" | "msgstr[0]" => *slot = Slot::Text,
        "" => {}
        // Further forms of the plural are not terms of their own.
        other if other == "msgid_plural" || other.starts_with("msgstr[") => {
            (*slot, current.plural) = (Slot::Nothing, true);
        }
        _ => return Err(("unknown keyword", 0)),
    }
    let text = unquoted(rest).ok_or(("a string without its quotes", keyword.len()))?;
    match slot {
        Slot::Context => current.context.get_or_insert_default().push_str(&text),
        Slot::Id => current.id.get_or_insert_default().push_str(&text),
        Slot::Text => current.text.get_or_insert_default().push_str(&text),
        Slot::Nothing => {}
    }
    Ok(())
}

/// A C string without its quotes and escapes.
fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = inner[at..].chars().next() {
        match c {
            '\\' if at + 1 == inner.len() => return None,
            '\\' => {
                let (stands_for, length) = unescaped(&inner[at..]);
                out += &stands_for;
                at += length;
            }
            '"' => return None,
            c => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    Some(out)
}

fn quoted(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
        .replace('\t', "\\t")
        .replace('\r', "\\r");
    format!("\"{escaped}\"")
}

/// The key under `x` for a context that is a place in a program.
const PLACE: &str = "msgctxt";

/// The place in a program that a concept comes from.
fn place_of(concept: &Concept) -> Option<&str> {
    concept.x.get(PLACE).and_then(|place| place.as_str()).filter(|place| !place.is_empty())
}

/// Tells the ids and places that a reader does not take for what they are: there is one context for both.
fn tell_contexts(pairs: &[Pair<'_>], losses: &mut Losses) {
    let message = |Pair { concept, source, target }: &Pair<'_>| Message {
        context: Some(place_of(concept).unwrap_or(concept.id.as_str()).to_owned()),
        id: Some(source.term.clone()),
        text: Some(target.term.clone()),
        ..Message::default()
    };
    let places = places(&pairs.iter().map(message).collect::<Vec<_>>());
    let mut told = HashSet::new();
    for concept in pairs.iter().map(|pair| pair.concept).filter(|one| told.insert(one.id.as_str())) {
        match place_of(concept) {
            Some(place) => {
                if concept.id_written {
                    let reason = "the context is its place in the program";
                    losses.add(LossKind::Dropped, "id", reason, concept);
                }
                if !places.contains(place) {
                    let reason = "a context that no unrelated entry has is the id of its entry";
                    losses.add(LossKind::Changed, "x", reason, concept);
                }
            }
            None if places.contains(concept.id.as_str()) => {
                let reason = "the context is a place in the program of other entries";
                losses.add(LossKind::Changed, "id", reason, concept);
            }
            None => {}
        }
    }
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let [source, to] = &languages;
    let mut losses = Losses::default();
    let mut out = format!(
        "msgid \"\"\nmsgstr \"\"\n\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\
         \"Content-Transfer-Encoding: 8bit\\n\"\n\"Language: {}\\n\"\n\"X-Source-Language: {}\\n\"\n",
        to.as_str().replace('-', "_"),
        source.as_str().replace('-', "_")
    );
    let all = pairs::pairs(termbase, &languages, Pairing::BestTarget, &mut losses);
    tell_contexts(&all, &mut losses);
    pairs::tell_review(termbase, &mut losses);
    let mut seen = HashSet::new();
    for Pair { concept, source, target } in all {
        let context = place_of(concept).unwrap_or(concept.id.as_str());
        if !seen.insert((context, source.term.as_str())) {
            losses.add(LossKind::Dropped, "terms", "a source term stands once", concept);
            continue;
        }
        out.push('\n');
        for line in concept.note.as_deref().unwrap_or_default().lines() {
            out += &format!("#. {line}\n");
        }
        let kept = |key: &str| {
            let list = concept.x.get(key).and_then(Value::as_array);
            list.into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .filter(|text| !text.contains('\n'))
                .collect::<Vec<_>>()
        };
        kept(REFERENCES).iter().for_each(|place| out += &format!("#: {place}\n"));
        let is_fuzzy = concept.review == Some(Review::Proposed);
        let flags: Vec<&str> = is_fuzzy.then_some("fuzzy").into_iter().chain(kept(FLAGS)).collect();
        if !flags.is_empty() {
            out += &format!("#, {}\n", flags.join(", "));
        }
        let context = quoted(context);
        out +=
            &format!("msgctxt {context}\nmsgid {}\nmsgstr {}\n", quoted(&source.term), quoted(&target.term));
    }
    let bytes = if seen.is_empty() { Vec::new() } else { out.into_bytes() };
    Ok(Written { bytes, losses: losses.finish() })
}
