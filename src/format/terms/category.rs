//! Categories of other systems for which glosa has no key: kept in order under `x.category`, written back where the
//! format allows.
//!
//! ```toml
//! [concept.x]
//! category = [{ element = "descrip", type = "x-desk", text = "economy" }]
//! ```

use toml::{Table, Value};

use super::xml::Node;

/// The key under `x`.
pub(super) const KEY: &str = "category";

/// An element with its attributes, its text and what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Category {
    pub(super) element: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Category>,
}

impl Category {
    pub(super) fn new(element: &str, kind: &str, text: impl Into<String>) -> Self {
        let attributes =
            if kind.is_empty() { Vec::new() } else { vec![("type".to_owned(), kind.to_owned())] };
        Category { element: element.to_owned(), attributes, text: text.into(), children: Vec::new() }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Its `type`, which is what it is.
    pub(super) fn kind(&self) -> &str {
        self.attribute("type").unwrap_or_default()
    }

    /// Nothing but text and a type.
    pub(super) fn is_plain(&self) -> bool {
        self.children.is_empty() && self.attributes.iter().all(|(key, _)| key == "type")
    }

    /// An element as it stands, its text and the elements in it apart.
    pub(super) fn of(node: &Node, text: fn(&str) -> String) -> Self {
        // What stands within text (`<hi>`) is text.
        let is_text = node.nodes().next().is_none() || !node.own_text().trim().is_empty();
        let (children, own) = match is_text {
            true => (Vec::new(), node.text()),
            false => (node.nodes().map(|node| Category::of(node, text)).collect(), String::new()),
        };
        Category {
            element: node.name.clone(),
            attributes: node.attributes.clone(),
            text: text(&own),
            children,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        let mut table = Table::new();
        let mut put = |key: &str, value: Value| table.insert(key.to_owned(), value);
        put("element", Value::from(self.element.as_str()));
        for (key, value) in &self.attributes {
            put(key, Value::from(value.as_str()));
        }
        if !self.text.is_empty() {
            put("text", Value::from(self.text.as_str()));
        }
        if !self.children.is_empty() {
            put("children", Value::Array(self.children.iter().map(Category::to_value).collect()));
        }
        Value::Table(table)
    }

    fn of_value(value: &Value) -> Option<Self> {
        let table = value.as_table()?;
        let text = |key: &str| table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let children = match table.get("children") {
            Some(Value::Array(items)) => items.iter().map(Category::of_value).collect::<Option<_>>()?,
            Some(_) => return None,
            None => Vec::new(),
        };
        let mut attributes = Vec::new();
        for (key, value) in
            table.iter().filter(|(key, _)| !matches!(key.as_str(), "element" | "text" | "children"))
        {
            attributes.push((key.clone(), value.as_str()?.to_owned()));
        }
        let element = text("element");
        (!element.is_empty()).then(|| Category { element, attributes, text: text("text"), children })
    }
}

/// Adds a category to what is kept.
pub(super) fn keep(x: &mut Table, category: &Category) {
    let list = x.entry(KEY.to_owned()).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.push(category.to_value());
    }
}

/// The categories that are kept, and the rest of `x`.
pub(super) fn kept(x: &Table) -> (Vec<Category>, Table) {
    let list = x.get(KEY).and_then(Value::as_array);
    let read = list.map(|list| list.iter().map(Category::of_value).collect::<Option<Vec<_>>>());
    match read {
        Some(Some(categories)) => (
            categories,
            x.iter().filter(|(key, _)| *key != KEY).map(|(k, v)| (k.clone(), v.clone())).collect(),
        ),
        _ => (Vec::new(), x.clone()),
    }
}
