//! The visible text of a page or a part of it, as lines.

use dom_query::NodeRef;
use sayso_reading::BlockKind;

/// A line of text and what the markup says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    pub kind: BlockKind,
    /// Whether more than a line break stands before it.
    pub apart: bool,
}

impl Line {
    /// Its letters and digits, in lower case: lines with the same ones are the same.
    pub(super) fn key(&self) -> String {
        key(&self.text)
    }
}

/// Letters and digits in lower case.
pub(super) fn key(text: &str) -> String {
    text.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Elements that are not shown as text.
const UNSEEN: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "head", "iframe", "object", "canvas",
    "select", "textarea", "input", "button", "math", "audio", "video", "dialog",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
];

/// Deeper elements are passed over: the page was checked before it was parsed.
const DEEPEST: usize = 2000;

/// The longest line that may be a byline, in characters.
const LONGEST_BYLINE: usize = 140;

/// The lines under a node.
pub(super) fn lines(node: &NodeRef) -> Vec<Line> {
    let mut walk = Walk::default();
    walk.node(
        node,
        Place {
            kind: BlockKind::Paragraph,
            keeps_lines: false,
            depth: 0,
        },
    );
    walk.end_line(true);
    walk.lines
}

/// Where in the page a node stands.
#[derive(Clone, Copy)]
struct Place {
    kind: BlockKind,
    /// Line breaks of the source are line breaks of the text.
    keeps_lines: bool,
    depth: usize,
}

#[derive(Default)]
struct Walk {
    lines: Vec<Line>,
    /// The line so far, and what it is.
    text: String,
    kind: Option<BlockKind>,
    /// A space is due before the next word.
    space: bool,
    /// The next line stands apart.
    apart: bool,
    byline: bool,
}

impl Walk {
    fn node(&mut self, node: &NodeRef, place: Place) {
        if node.is_text() {
            self.words(&node.text(), place);
            return;
        }
        let name = node
            .node_name()
            .map(|name| name.to_ascii_lowercase())
            .unwrap_or_default();
        if place.depth > DEEPEST || UNSEEN.contains(&name.as_str()) || is_hidden(node) {
            return;
        }
        let block = BLOCKS.contains(&name.as_str());
        match name.as_str() {
            "br" | "li" => self.end_line(false),
            "td" | "th" if !self.text.is_empty() => self.words(" | ", place),
            _ if block => self.end_line(true),
            _ => {}
        }
        self.byline |= names_author(node);
        let inside = Place {
            // A caption may be laid out as a list.
            kind: match place.kind {
                BlockKind::Caption => BlockKind::Caption,
                around => kind_of(&name).unwrap_or(around),
            },
            keeps_lines: place.keeps_lines || name == "pre",
            depth: place.depth + 1,
        };
        for child in node.children_it(false) {
            self.node(&child, inside);
        }
        if block {
            self.end_line(name != "li");
        }
    }

    fn words(&mut self, words: &str, place: Place) {
        for sign in words.chars() {
            match sign {
                '\n' if place.keeps_lines => self.end_line(false),
                ' ' | '\t' | '\n' | '\r' | '\u{C}' => self.space = true,
                // Signs without width: hyphens and breaks that could have been.
                '\u{AD}' | '\u{200B}' | '\u{FEFF}' => {}
                sign => {
                    if self.space && !self.text.is_empty() {
                        self.text.push(' ');
                    }
                    self.space = false;
                    self.kind.get_or_insert(place.kind);
                    self.text.push(sign);
                }
            }
        }
    }

    fn end_line(&mut self, apart: bool) {
        let text = std::mem::take(&mut self.text);
        let byline = std::mem::take(&mut self.byline);
        let kind = self.kind.take().unwrap_or(BlockKind::Paragraph);
        self.space = false;
        let words = text.trim();
        if words.is_empty() {
            self.apart |= apart;
            self.byline = byline;
            return;
        }
        let short = words.chars().count() <= LONGEST_BYLINE;
        let kind = if byline && short && kind == BlockKind::Paragraph {
            BlockKind::Byline
        } else {
            kind
        };
        self.lines.push(Line {
            text: words.to_owned(),
            kind,
            apart: self.apart,
        });
        self.apart = apart;
    }
}

fn kind_of(name: &str) -> Option<BlockKind> {
    match name {
        "h1" => Some(BlockKind::Headline),
        "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Subheading),
        "li" => Some(BlockKind::List),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        _ => None,
    }
}

fn is_hidden(node: &NodeRef) -> bool {
    let style = node
        .attr("style")
        .map(|style| style.to_ascii_lowercase().replace(' ', ""))
        .unwrap_or_default();
    node.has_attr("hidden") || style.contains("display:none") || style.contains("visibility:hidden")
}

/// Whether the element is marked as naming the author.
fn names_author(node: &NodeRef) -> bool {
    let is = |attribute: &str, word: &str| {
        node.attr(attribute).is_some_and(|value| {
            value
                .split_ascii_whitespace()
                .any(|part| part.eq_ignore_ascii_case(word))
        })
    };
    let classes = node
        .attr("class")
        .map(|class| class.to_ascii_lowercase())
        .unwrap_or_default();
    is("itemprop", "author")
        || is("rel", "author")
        || classes
            .split_ascii_whitespace()
            .any(|class| class.contains("byline"))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn found(html: &str) -> Vec<(BlockKind, String)> {
        let page = Document::from(html);
        lines(&page.root())
            .into_iter()
            .map(|line| (line.kind, line.text))
            .collect()
    }

    #[test]
    fn blocks_become_lines() {
        let html = "<h2>A  title</h2><div>One <b>two</b>,\n three.<p>Four<br>five.</p></div>\
                    <ul><li>six<li>seven</ul><figure><img><figcaption>A ship</figcaption></figure>\
                    <script>no()</script><p hidden>no</p><p style='display: none'>no</p>\
                    <div class='meta byline-x'>By <a rel=author>Lena Ortiz</a></div>";
        assert_eq!(
            found(html),
            [
                (BlockKind::Subheading, "A title".to_owned()),
                (BlockKind::Paragraph, "One two, three.".to_owned()),
                (BlockKind::Paragraph, "Four".to_owned()),
                (BlockKind::Paragraph, "five.".to_owned()),
                (BlockKind::List, "six".to_owned()),
                (BlockKind::List, "seven".to_owned()),
                (BlockKind::Caption, "A ship".to_owned()),
                (BlockKind::Byline, "By Lena Ortiz".to_owned()),
            ]
        );
    }

    #[test]
    fn tables_and_kept_lines() {
        let html = "<table><tr><td>a</td><td>b</td></tr></table><pre>x\n y</pre>so\u{AD}ft";
        let texts: Vec<String> = found(html).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["a | b", "x", "y", "soft"]);
    }

    #[test]
    fn paragraphs_stand_apart_and_broken_lines_do_not() {
        let page = Document::from("<p>a<br>b</p><p>c</p>");
        let apart: Vec<bool> = lines(&page.root()).iter().map(|line| line.apart).collect();
        assert_eq!(apart, [true, false, true]);
    }
}
