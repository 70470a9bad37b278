//! The text of a Word document, line by line.

use sayso_reading::BlockKind;

use super::styles::{Role, Styles};
use crate::xml::{Element, Step, Xml};

/// Paragraphs within paragraphs (in text boxes) and tables within tables are kept apart so deep.
const DEEPEST: usize = 20;

/// A paragraph or a row of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub text: String,
    pub kind: BlockKind,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub lines: Vec<Line>,
    pub footnotes: usize,
    /// Whether words are marked as added or deleted.
    pub changed: bool,
    pub broken: bool,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    outline: bool,
    list: bool,
}

#[derive(Default)]
struct Reader<'s> {
    body: Body,
    styles: Option<&'s Styles>,
    path: Vec<Kind>,
    paragraphs: Vec<Paragraph>,
    /// The rows that are open, each with its cells.
    rows: Vec<Vec<String>>,
    /// How many elements around are not read.
    unread: usize,
}

/// What an open element is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Row,
    Cell,
    Text,
    /// Not read, with all in it.
    Unread,
    Other,
}

/// Reads the part that holds the text.
pub(super) fn body(xml: &str, styles: &Styles) -> Body {
    let mut reader = Reader {
        styles: Some(styles),
        ..Reader::default()
    };
    let mut steps = Xml::new(xml);
    for step in steps.by_ref() {
        match step {
            Step::Open(element) => reader.open(&element),
            Step::Close => reader.close(),
            Step::Words(words) => {
                if reader.unread == 0 && reader.path.last() == Some(&Kind::Text) {
                    reader.text(&words);
                }
            }
        }
    }
    reader.body.broken = steps.is_broken() || !reader.path.is_empty();
    while !reader.path.is_empty() {
        reader.close();
    }
    reader.body
}

impl Reader<'_> {
    fn open(&mut self, element: &Element) {
        let name = element.name();
        let kind = match name {
            "p" if self.paragraphs.len() < DEEPEST => Kind::Paragraph,
            "tr" if self.rows.len() < DEEPEST => Kind::Row,
            "tc" => Kind::Cell,
            "t" => Kind::Text,
            // What older programs show instead of the same thing; what was there before a change.
            "Fallback" | "del" | "moveFrom" | "pPrChange" | "rPrChange" | "sectPr" => Kind::Unread,
            _ => Kind::Other,
        };
        self.path.push(kind);
        self.body.changed |= matches!(name, "ins" | "del" | "moveFrom" | "moveTo");
        if kind == Kind::Unread {
            self.unread += 1;
        }
        if self.unread > 0 {
            return;
        }
        match kind {
            Kind::Paragraph => self.paragraphs.push(Paragraph::default()),
            Kind::Row => self.rows.push(Vec::new()),
            Kind::Cell => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            _ => self.mark(name, element),
        }
    }

    /// What stands in a paragraph beside its words.
    fn mark(&mut self, name: &str, element: &Element) {
        match name {
            // Tabs are also what the place of tabs is called in a paragraph's properties.
            "tab" if element.attribute("pos").is_none() => self.text(" "),
            "br" | "cr" => self.text("\n"),
            "noBreakHyphen" => self.text("-"),
            "footnoteReference" | "endnoteReference" => self.body.footnotes += 1,
            _ => {}
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let value = || element.attribute("val");
        match name {
            "pStyle" => paragraph.style = value(),
            "numId" => paragraph.list = value().is_some_and(|list| list != "0"),
            "outlineLvl" => paragraph.outline = value().is_some_and(|level| level != "9"),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(words);
        }
    }

    fn close(&mut self) {
        let Some(kind) = self.path.pop() else {
            return;
        };
        if kind == Kind::Unread {
            self.unread = self.unread.saturating_sub(1);
            return;
        }
        if self.unread > 0 {
            return;
        }
        match kind {
            Kind::Paragraph => self.end_paragraph(),
            Kind::Row => self.end_row(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let text = tidy(&paragraph.text);
        if text.is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            add(cell, &text.replace('\n', " "));
            return;
        }
        let kind = self.kind(&paragraph);
        self.body.lines.push(Line { text, kind });
    }

    fn end_row(&mut self) {
        let Some(cells) = self.rows.pop() else {
            return;
        };
        let full: Vec<&str> = cells
            .iter()
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect();
        if full.is_empty() {
            return;
        }
        let text = full.join(" | ");
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => add(cell, &text),
            None => self.body.lines.push(Line {
                text,
                kind: BlockKind::Paragraph,
            }),
        }
    }

    fn kind(&self, paragraph: &Paragraph) -> BlockKind {
        let style = paragraph.style.as_deref();
        let role = style.and_then(|id| self.styles?.role(id));
        let heading = paragraph.outline || role == Some(Role::Heading);
        // The first heading over all text is the title.
        if heading && self.body.lines.is_empty() {
            return BlockKind::Headline;
        }
        match role {
            _ if paragraph.outline => BlockKind::Subheading,
            Some(role) => role.kind(),
            None if paragraph.list => BlockKind::List,
            None => BlockKind::Paragraph,
        }
    }
}

fn add(cell: &mut String, words: &str) {
    if !cell.is_empty() {
        cell.push(' ');
    }
    cell.push_str(words);
}

/// Without white space around its lines, and without empty ones.
fn tidy(text: &str) -> String {
    let lines = text.lines().map(|line| {
        line.split([' ', '\t'])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
