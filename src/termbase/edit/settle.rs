use toml_edit::{Item, Value};

use super::add::terms_table;
use super::{Surroundings, edit, inline_concepts, layer, tidy};
use crate::check::{Finding, Severity};
use crate::termbase::model::{ConceptId, LangTag};

/// What is decided of a proposed concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right: `review = "approved"`.
    Accept,
    /// It is right with these terms.
    Replace(Vec<(LangTag, Vec<String>)>),
    /// It is taken out.
    Reject,
}

/// Settles a proposed concept of a glossary file.
///
/// # Errors
/// What is wrong with the file, or that it has no such concept.
pub fn settle(
    name: &str,
    text: &str,
    id: &ConceptId,
    verdict: &Verdict,
    around: &Surroundings,
) -> Result<String, Vec<Finding>> {
    let layer = layer(name, text, around)?;
    let index = layer
        .entries
        .iter()
        .position(|entry| entry.concept.id == *id)
        .ok_or_else(|| vec![unknown(name, id)])?;
    edit(name, text, |document| {
        let concepts = document.get_mut("concept").and_then(Item::as_array_of_tables_mut);
        let concepts =
            concepts.filter(|concepts| index < concepts.len()).ok_or_else(|| vec![inline_concepts()])?;
        if *verdict == Verdict::Reject {
            concepts.remove(index);
            return Ok(());
        }
        let table = concepts.get_mut(index).ok_or_else(|| vec![inline_concepts()])?;
        table.insert("review", Item::Value(Value::from("approved")));
        if let Verdict::Replace(terms) = verdict {
            table.insert("terms", Item::Table(terms_table(terms)));
        }
        tidy::concept(table);
        Ok(())
    })
}

fn unknown(name: &str, id: &ConceptId) -> Finding {
    Finding::new(Severity::Error, "missing-reference", format!("{name} has no concept `{id}`"))
        .help("look for it with `glosa lookup`; it may stand in another file")
}
