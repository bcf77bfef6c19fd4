//! A writer of HTML that escapes everything it is given.
//!
//! Names of elements and attributes are the program's own (`&'static str`); whatever else goes in is text:
//!
//! ```text
//! h.tag("p").class("note").text("R&D")   →   <p class="note">R&amp;D</p>
//! ```

use crate::text::printable;

/// Elements that begin a line of the file.
const BLOCKS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "link",
    "style",
    "script",
    "body",
    "header",
    "main",
    "nav",
    "section",
    "article",
    "footer",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "li",
    "details",
    "blockquote",
    "table",
    "tr",
    "select",
    "option",
    "dl",
    "dt",
    "dd",
];

/// The HTML written so far.
#[derive(Debug, Default)]
pub(crate) struct Html {
    out: String,
}

impl Html {
    /// Begins an element; nothing is complete until [`Tag::body`], [`Tag::text`] or [`Tag::void`].
    pub(crate) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        if BLOCKS.contains(&name) && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.push('<');
        self.out.push_str(name);
        Tag { html: self, name }
    }

    /// Writes text.
    pub(crate) fn text(&mut self, text: &str) {
        escape(&mut self.out, text);
    }

    /// Writes markup of the program's own: a document type, a style sheet, a script.
    pub(crate) fn trusted(&mut self, markup: &'static str) {
        self.out.push_str(markup);
    }

    /// Writes a value as JSON that is safe inside a script element.
    pub(crate) fn json(&mut self, value: &serde_json::Value) {
        self.out.push_str(&value.to_string().replace('<', "\\u003c"));
    }

    /// The HTML, ended by a line break.
    pub(crate) fn finish(mut self) -> String {
        self.out.push('\n');
        self.out
    }
}

/// An element whose start tag is being written.
#[must_use = "an element is complete only with a body"]
pub(crate) struct Tag<'h> {
    html: &'h mut Html,
    name: &'static str,
}

impl Tag<'_> {
    /// Adds an attribute.
    pub(crate) fn attr(self, name: &'static str, value: &str) -> Self {
        let out = &mut self.html.out;
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
        self
    }

    /// Adds an attribute without a value.
    pub(crate) fn flag(self, name: &'static str) -> Self {
        self.html.out.push(' ');
        self.html.out.push_str(name);
        self
    }

    /// Adds classes.
    pub(crate) fn class(self, classes: &'static str) -> Self {
        self.attr("class", classes)
    }

    /// Adds the language of the text within.
    pub(crate) fn lang(self, tag: &str) -> Self {
        self.attr("lang", tag)
    }

    /// Writes what stands within, and the end tag.
    pub(crate) fn body(self, body: impl FnOnce(&mut Html)) {
        self.html.out.push('>');
        body(self.html);
        self.html.out.push_str("</");
        self.html.out.push_str(self.name);
        self.html.out.push('>');
    }

    /// Writes text within, and the end tag.
    pub(crate) fn text(self, text: &str) {
        self.body(|html| html.text(text));
    }

    /// Ends an element that has no end tag.
    pub(crate) fn void(self) {
        self.html.out.push('>');
    }
}

/// Text as HTML holds it; of control characters line breaks and tabs stay.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(letter),
            _ => out.push(printable(letter)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut html = Html::default();
        html.tag("p").attr("title", "\"><script>").lang("es").body(|h| {
            h.text("R&D <b> \u{1b}[31m");
            h.tag("br").void();
        });
        let expected =
            "<p title=\"&quot;&gt;&lt;script&gt;\" lang=\"es\">R&amp;D &lt;b&gt; \u{fffd}[31m<br></p>\n";
        assert_eq!(html.finish(), expected);
    }

    #[test]
    fn json_cannot_end_its_script() {
        let mut html = Html::default();
        html.tag("script").body(|h| h.json(&serde_json::json!({ "a": "</script><!--" })));
        assert_eq!(html.finish(), "<script>{\"a\":\"\\u003c/script>\\u003c!--\"}</script>\n");
    }
}
