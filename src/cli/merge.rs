//! `glosa merge`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::output::{Output, json_line};
use super::style::counted;
use crate::check::{Severity, SourceFile};
use crate::exchange::{FieldConflict, Version, merge_texts};
use crate::project::files::shown;
use crate::project::git;
use crate::termbase::{Source, read};

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The glossary file that both come from (git: %O)
    base: PathBuf,
    /// One that was made of it (git: %A)
    ours: PathBuf,
    /// The other (git: %B)
    theirs: PathBuf,
    /// How many characters mark a conflict (git: %L)
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..=1000))]
    marker_size: u16,
    /// What to call the file in messages (git: %P)
    #[arg(long, value_name = "PATH")]
    name: Option<String>,
}

/// Merges two glossary files that come from the same one; exit status 1 where somebody has to decide.
pub(super) fn run(args: &MergeArgs, context: &mut Context) -> Result<Exit, Failure> {
    let name = |path: &Path, side: &str| match &args.name {
        Some(name) => format!("{name} ({side})"),
        None => shown(path),
    };
    let paths = [(&args.base, "base"), (&args.ours, "ours"), (&args.theirs, "theirs")];
    let names = paths.map(|(path, side)| name(path, side));
    let mut texts = Vec::new();
    for (path, _) in paths {
        texts.push(context.glossary_text(path)?);
    }
    let version = |at: usize| Version { name: &names[at], text: &texts[at] };
    let merged = match merge_texts(version(0), version(1), version(2), args.marker_size.into()) {
        Ok(merged) => merged,
        Err(findings) => {
            let sources = names
                .iter()
                .zip(&texts)
                .map(|(name, text)| SourceFile { name: name.clone(), text: text.clone() });
            context.report(&findings, &sources.collect::<Vec<_>>());
            return by_lines(args, &names, context);
        }
    };
    if context.globals.output.is_some() || !context.globals.json {
        let mut out = context.output();
        out.write_all(merged.text.as_bytes())?;
        out.finish()?;
    }
    let title = args.name.clone().unwrap_or_else(|| names[1].clone());
    tell(&merged.conflicts, &title, context)?;
    if !merged.conflicts.is_empty() {
        return Ok(Exit::Nothing);
    }
    Ok(if is_sound(&title, &merged.text, context) { Exit::Done } else { Exit::Nothing })
}

/// What git itself would do: a file that git merges must hold both sides, readable or not.
fn by_lines(args: &MergeArgs, names: &[String; 3], context: &mut Context) -> Result<Exit, Failure> {
    let Some(name) = &args.name else {
        return Err(Failure::usage("nothing was merged; mend the file first"));
    };
    let [base, ours, theirs] = [(&args.base, &names[0]), (&args.ours, &names[1]), (&args.theirs, &names[2])];
    let merged = git::merge_lines(
        [ours, base, theirs].map(|(path, name)| (path.as_path(), name.as_str())),
        args.marker_size,
    )?;
    let mut out = context.output();
    out.write_all(&merged)?;
    out.finish()?;
    context.say(&format!(
        "{name} cannot be read on every side, so its lines were merged, not its entries; mend it and run `glosa lint`"
    ));
    Ok(Exit::Nothing)
}

fn tell(conflicts: &[(String, FieldConflict)], name: &str, context: &Context) -> Result<(), Failure> {
    if context.globals.json {
        let mut out = Output::new(None);
        for (concept, conflict) in conflicts {
            let mut line = serde_json::json!({ "concept": concept, "field": conflict.field });
            line["base"] = conflict.base.clone().into();
            line["ours"] = conflict.ours.clone().into();
            line["theirs"] = conflict.theirs.clone().into();
            json_line("conflict", &line, &mut out)?;
        }
        return out.finish();
    }
    for (concept, conflict) in conflicts {
        context.say(&format!("conflict in {name}: `{concept}` {}", conflict.field));
    }
    if !conflicts.is_empty() {
        context.say(&format!(
            "{} marked; choose between the lines and run `glosa lint`",
            counted(conflicts.len(), "conflict")
        ));
    }
    Ok(())
}

/// Whether the merged glossary can be read: one side may refer to what the other has taken out.
fn is_sound(name: &str, text: &str, context: &mut Context) -> bool {
    let mut findings = read(&[Source::toml(name, text)]).findings;
    findings.retain(|finding| finding.severity == Severity::Error && finding.rule != "missing-reference");
    findings.iter_mut().for_each(|finding| finding.severity = Severity::Warning);
    context.report(&findings, &[SourceFile { name: name.to_owned(), text: text.to_owned() }]);
    findings.is_empty()
}
