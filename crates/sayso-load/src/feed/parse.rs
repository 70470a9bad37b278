//! The XML of a feed: RSS 2.0 and 0.9x, RSS 1.0 (RDF) and Atom, with the usual additions.

use super::entry::{Entry, Feed, Words};
use crate::xml::{Element, Step, Xml};

/// Elements that may be open at once.
const DEEPEST: usize = 200;

/// A feed that was read as far as it can be.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub feed: Feed,
    pub entries: Vec<Entry>,
    /// Whether it ends too early or is no XML any more.
    pub broken: bool,
}

/// What an element's words are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Content,
    Summary,
    Link,
    /// An address that goes before the link, which leads to a counter.
    OwnLink,
    Id,
    Author,
    Published,
    Updated,
    Source,
    Publisher,
    Language,
}

/// A field whose words are being gathered.
struct Open {
    field: Field,
    /// How many elements are open around its words.
    depth: usize,
    words: Words,
    /// Whether elements inside are part of its words.
    inline: bool,
}

#[derive(Default)]
struct Reader {
    parsed: Parsed,
    /// The elements that are open, by their names.
    path: Vec<String>,
    entry: Option<(usize, Entry)>,
    open: Option<Open>,
}

/// Reads a feed.
pub(super) fn parse(text: &str) -> Parsed {
    let mut reader = Reader::default();
    let mut xml = Xml::new(text);
    for step in xml.by_ref() {
        match step {
            Step::Open(element) => reader.open(&element),
            Step::Close => reader.close(),
            Step::Words(words) => reader.words(&words),
        }
        if reader.path.len() > DEEPEST {
            break;
        }
    }
    reader.parsed.broken = xml.is_broken() || !reader.path.is_empty();
    reader.parsed
}

impl Reader {
    fn open(&mut self, element: &Element) {
        let name = element.full_name();
        let name = name.strip_prefix("atom:").unwrap_or(name).to_owned();
        if let Some(open) = &mut self.open {
            if open.inline {
                open.words.text.push_str(&element.written());
            }
        } else if self.entry.is_none() && (name == "item" || name == "entry") {
            self.entry = Some((self.path.len(), Entry::default()));
        } else if let Some(field) = self.field(&name, element) {
            let kind = element.attribute("type").unwrap_or_default();
            let inline = kind == "xhtml" || kind == "application/xhtml+xml";
            let atom = matches!(name.as_str(), "content" | "summary" | "subtitle");
            let atom_title = name == "title" && self.is_atom();
            let markup = match kind.as_str() {
                "html" | "text/html" => true,
                "text" | "text/plain" => false,
                _ => inline || !(atom || atom_title),
            };
            self.open = Some(Open {
                field,
                depth: self.path.len(),
                words: Words {
                    text: String::new(),
                    markup,
                },
                inline,
            });
        }
        self.path.push(name);
    }

    fn is_atom(&self) -> bool {
        self.path.first().is_some_and(|root| root == "feed")
    }

    /// What an element is for, by its name and where it stands.
    fn field(&mut self, name: &str, element: &Element) -> Option<Field> {
        let parent = self.path.last().map_or("", String::as_str);
        let direct = match &self.entry {
            Some((depth, _)) => self.path.len() == depth + 1,
            None => matches!(parent, "channel" | "feed"),
        };
        match (name, parent) {
            ("name", "author") => return Some(Field::Author),
            ("title", "source") => return Some(Field::Source),
            _ if !direct => return None,
            _ => {}
        }
        let empty_author = name == "author" && self.is_atom();
        match name {
            "title" => Some(Field::Title),
            "content:encoded" | "content" => Some(Field::Content),
            "description" | "summary" => Some(Field::Summary),
            "link" => self.link(element),
            "feedburner:origLink" => Some(Field::OwnLink),
            "guid" if element.attribute("isPermaLink").as_deref() != Some("false") => {
                Some(Field::Id)
            }
            // In Atom the name stands in an element of its own.
            "author" if empty_author => None,
            "author" | "dc:creator" => Some(Field::Author),
            "pubDate" | "published" | "issued" | "dc:date" | "dcterms:issued" => {
                Some(Field::Published)
            }
            "updated" | "modified" | "dcterms:modified" => Some(Field::Updated),
            "source" if !self.is_atom() => Some(Field::Source),
            "dc:publisher" => Some(Field::Publisher),
            "language" | "dc:language" => Some(Field::Language),
            _ => None,
        }
    }

    /// A link gives its address in an attribute (Atom) or in words (RSS).
    fn link(&mut self, element: &Element) -> Option<Field> {
        let Some(address) = element.attribute("href") else {
            return Some(Field::Link);
        };
        let way = element.attribute("rel");
        if let Some((_, entry)) = &mut self.entry
            && way.is_none_or(|way| way == "alternate")
            && entry.link.is_none()
        {
            entry.link = Some(address);
        }
        None
    }

    fn words(&mut self, words: &str) {
        let Some(open) = &mut self.open else {
            return;
        };
        if open.inline {
            let escaped = words.replace('&', "&amp;").replace('<', "&lt;");
            open.words.text.push_str(&escaped);
        } else {
            open.words.text.push_str(words);
        }
    }

    fn close(&mut self) {
        let Some(name) = self.path.pop() else {
            return;
        };
        let depth = self.path.len();
        match self.open.take() {
            Some(open) if open.depth == depth => self.take(open),
            Some(mut open) => {
                if open.inline {
                    open.words.text.extend(["</", &name, ">"]);
                }
                self.open = Some(open);
            }
            None => {}
        }
        if let Some((_, entry)) = self.entry.take_if(|(at, _)| *at == depth) {
            self.parsed.entries.push(entry);
        }
    }

    fn take(&mut self, open: Open) {
        let words = open.words;
        let text = words.text.trim();
        let text = (!text.is_empty()).then(|| text.to_owned());
        let Some((_, entry)) = &mut self.entry else {
            let feed = &mut self.parsed.feed;
            match open.field {
                Field::Title if feed.title.is_none() => feed.title = Some(words),
                Field::Author => feed.authors.extend(text.as_deref().and_then(person)),
                Field::Language => feed.language = text.and_then(|code| language(&code)),
                _ => {}
            }
            return;
        };
        match open.field {
            Field::Title => fill(&mut entry.title, Some(words)),
            Field::Content => fill(&mut entry.content, Some(words)),
            Field::Summary => fill(&mut entry.summary, Some(words)),
            Field::Link => fill(&mut entry.link, text),
            Field::OwnLink => entry.link = text,
            Field::Id => fill(&mut entry.id, text),
            Field::Author => {
                let name = text.as_deref().and_then(person);
                let known = |name: &String| entry.authors.contains(name);
                if let Some(name) = name.filter(|name| !known(name)) {
                    entry.authors.push(name);
                }
            }
            Field::Published => fill(&mut entry.published, text),
            Field::Updated => fill(&mut entry.updated, text),
            Field::Source => fill(&mut entry.source, Some(words)),
            Field::Publisher => fill(&mut entry.publisher, text),
            Field::Language => {}
        }
    }
}

fn fill<T>(mine: &mut Option<T>, told: Option<T>) {
    if mine.is_none() {
        *mine = told;
    }
}

/// The name of an author, who may be written as `mail@address (Name)`; nobody where there is only
/// an address.
fn person(written: &str) -> Option<String> {
    let name = match written.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end().trim_end_matches(')'),
        _ => written,
    };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

fn language(written: &str) -> Option<String> {
    let code = written.split(['-', '_']).next()?.to_ascii_lowercase();
    let plain = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    plain.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_names() {
        assert_eq!(
            person("lena@post.example (Lena Ortiz)").as_deref(),
            Some("Lena Ortiz")
        );
        assert_eq!(
            person(" Lena  Ortiz (Elsin)").as_deref(),
            Some("Lena Ortiz (Elsin)")
        );
        assert_eq!(person("lena@post.example"), None);
    }

    #[test]
    fn what_stands_deeper_is_not_the_entrys_own() {
        let parsed = parse(
            "<feed><title>F</title><entry><source><title>S</title><id>x</id></source>\
             <title>E</title><media:group><title>no</title></media:group></entry></feed>",
        );
        let entry = &parsed.entries[0];
        assert_eq!(entry.title.as_ref().unwrap().text, "E");
        assert_eq!(entry.source.as_ref().unwrap().text, "S");
        assert!(!parsed.broken);
    }

    #[test]
    fn nesting_ends_somewhere() {
        let parsed = parse(&"<item>".repeat(100_000));
        assert!(parsed.broken && parsed.entries.is_empty());
    }
}
