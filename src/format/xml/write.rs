//! XML, written.

use super::tree::is_allowed;

/// Writes elements on lines of their own, indented; or without any white space between them.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
    open: Vec<String>,
    compact: bool,
}

/// An attribute, or none where the value is missing.
pub(crate) type Attribute<'a> = (&'a str, Option<&'a str>);

impl Writer {
    /// A document with its declaration.
    pub(crate) fn new() -> Self {
        Writer { out: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), ..Writer::default() }
    }

    /// A document without white space between elements, for readers that take it for text.
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code, reason = "only workbooks ask for it"))]
    pub(crate) fn compact() -> Self {
        Writer { compact: true, ..Writer::new() }
    }

    pub(crate) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.indent();
        self.start(name, attributes);
        self.out.push('>');
        self.end_line();
        self.open.push(name.to_owned());
    }

    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.out += &format!("</{name}>");
            self.end_line();
        }
    }

    /// An element with text, or an empty one.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.indent();
        self.element(name, attributes, text);
        self.end_line();
    }

    /// An element with nothing in it but another with text, and no white space between them.
    pub(crate) fn leaf_within(&mut self, outer: &str, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.indent();
        self.out += &format!("<{outer}>");
        self.element(name, attributes, text);
        self.out += &format!("</{outer}>");
        self.end_line();
    }

    fn element(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.start(name, attributes);
        if text.is_empty() {
            self.out += "/>";
        } else {
            self.out.push('>');
            escape(text, false, &mut self.out);
            self.out += &format!("</{name}>");
        }
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.into_bytes()
    }

    fn start(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.out.push('<');
        self.out += name;
        for (key, value) in attributes {
            if let Some(value) = value {
                self.out += &format!(" {key}=\"");
                escape(value, true, &mut self.out);
                self.out.push('"');
            }
        }
    }

    fn indent(&mut self) {
        let depth = if self.compact { 0 } else { self.open.len() };
        self.out.extend(std::iter::repeat_n(' ', depth));
    }

    fn end_line(&mut self) {
        if !self.compact {
            self.out.push('\n');
        }
    }
}

/// Text as XML has it; characters that XML does not allow are left out.
fn escape(text: &str, attribute: bool, out: &mut String) {
    for c in text.chars().filter(|c| is_allowed(*c)) {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' if attribute => *out += "&quot;",
            '\r' => *out += "&#13;",
            '\n' | '\t' if attribute => *out += &format!("&#{};", u32::from(c)),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::first;
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let hostile = "a&b<c>\"d'\r\n\te ]]> \u{1}ñ";
        let mut xml = Writer::new();
        xml.open("r", &[]);
        xml.leaf("e", &[("a", Some(hostile)), ("b", None)], hostile);
        let text = String::from_utf8(xml.finish()).expect("UTF-8");
        let node = first(&text).expect("well formed");
        let kept = hostile.replace('\u{1}', "");
        assert_eq!((node.text(), node.attribute("a")), (kept.clone(), Some(kept.as_str())));
    }
}
