//! `glosa explain`.

use std::io::Write;

use clap::Args;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{self, paint};
use crate::check::rules::{self, RuleDoc};

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule's id, as findings show it in brackets; without it the rules are listed
    rule: Option<String>,
}

/// Explains a rule, or lists all.
pub(super) fn run(args: &ExplainArgs, context: &mut Context) -> Result<Exit, Failure> {
    let mut out = context.output();
    match &args.rule {
        None => {
            for rule in rules::all() {
                list(rule, context, &mut out)?;
            }
            context.next_step("`glosa explain RULE` tells what a rule finds, why, and what to do");
        }
        Some(id) => {
            let rule = rules::find(id).ok_or_else(|| unknown(id))?;
            explain(rule, context, &mut out)?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn unknown(id: &str) -> Failure {
    let near = rules::all().map(|rule| rule.id).min_by_key(|known| strsim::osa_distance(known, id));
    let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Failure::usage(format!("there is no rule `{}`{near} `glosa explain` lists them", style::printable(id)))
}

fn list(rule: &RuleDoc, context: &Context, out: &mut impl Write) -> Result<(), Failure> {
    if context.globals.json {
        writeln!(out, "{}", json(rule))?;
    } else {
        writeln!(out, "{:<26} {}", rule.id, rule.summary)?;
    }
    Ok(())
}

fn explain(rule: &RuleDoc, context: &Context, out: &mut impl Write) -> Result<(), Failure> {
    if context.globals.json {
        writeln!(out, "{}", json(rule))?;
        return Ok(());
    }
    let colour = context.colour();
    writeln!(out, "{}: {}", paint(rule.id, style::HEAD, colour), rule.summary)?;
    for (head, text) in [("What", rule.what), ("Why", rule.why), ("Example", rule.example), ("Fix", rule.fix)]
    {
        writeln!(out, "\n{}\n{text}", paint(head, style::HEAD, colour))?;
    }
    Ok(())
}

fn json(rule: &RuleDoc) -> serde_json::Value {
    serde_json::json!({
        "type": "rule", "rule": rule.id, "summary": rule.summary, "what": rule.what, "why": rule.why,
        "example": rule.example, "fix": rule.fix,
    })
}
