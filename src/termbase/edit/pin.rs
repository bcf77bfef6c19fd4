use toml_edit::{Array, InlineTable, Item, Table, Value};

use super::{Surroundings, edit, inline_concepts, layer, tidy};
use crate::check::{Finding, Severity, nearest};
use crate::termbase::model::{ConceptId, Context};
use crate::termbase::read::Layer;

/// Adds a context to a concept, so that it is always shown; one that is pinned already changes nothing.
///
/// # Errors
/// What is wrong with the file, or that it has no such concept.
pub fn pin(
    name: &str,
    text: &str,
    id: &ConceptId,
    context: &Context,
    around: &Surroundings,
) -> Result<String, Vec<Finding>> {
    let layer = layer(name, text, around)?;
    let found = layer.entries.iter().enumerate().find(|(_, entry)| entry.concept.id == *id);
    let Some((index, entry)) = found else { return Err(vec![unknown(name, id, &layer)]) };
    let is_pinned = |pinned: &Context| pinned.es == context.es && pinned.en == context.en;
    if entry.concept.contexts.iter().any(is_pinned) {
        return Ok(text.to_owned());
    }
    edit(name, text, |document| {
        let concepts = document.get_mut("concept").and_then(Item::as_array_of_tables_mut);
        let table = concepts.and_then(|concepts| concepts.get_mut(index));
        table.map(|table| insert(table, inline(context))).ok_or_else(|| vec![inline_concepts()])
    })
}

fn insert(concept: &mut Table, context: InlineTable) {
    let item = concept.entry("contexts").or_insert_with(|| Item::Value(Value::Array(Array::new())));
    if let Item::ArrayOfTables(tables) = item {
        return tables.push(context.into_table());
    }
    item.make_value();
    let Item::Value(value) = item else { return };
    if !value.is_array() {
        // A single context stands without its array.
        let single = std::mem::replace(value, Value::Array(Array::new()));
        value.as_array_mut().into_iter().for_each(|array| array.push(single.clone()));
    }
    value.as_array_mut().into_iter().for_each(|array| array.push(context.clone()));
    tidy::assigned(value, "contexts");
}

fn inline(context: &Context) -> InlineTable {
    let fields =
        [("es", &context.es), ("en", &context.en), ("source", &context.source), ("date", &context.date)];
    fields.into_iter().filter_map(|(key, text)| Some((key, Value::from(text.as_deref()?)))).collect()
}

fn unknown(name: &str, id: &ConceptId, layer: &Layer) -> Finding {
    let ids = layer.entries.iter().map(|entry| entry.concept.id.as_str());
    let help = match nearest(id.as_str(), ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "look for it with `glosa lookup`; it may stand in another file".to_owned(),
    };
    Finding::new(Severity::Error, "missing-reference", format!("{name} has no concept `{id}`")).help(help)
}
