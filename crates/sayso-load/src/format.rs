//! Which kind of input a file is: by its name, else by its first bytes.

/// A kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Plain text: one document.
    Text,
    /// A web page: one document.
    Page,
    /// One JSON object a line.
    JsonLines,
    /// One JSON object, an array of them, or several one after the other.
    Json,
    /// A table with a header; the sign between its columns, where it is known.
    Table(Option<u8>),
}

const ENDINGS: [(&str, Format); 11] = [
    (".txt", Format::Text),
    (".text", Format::Text),
    (".md", Format::Text),
    (".html", Format::Page),
    (".htm", Format::Page),
    (".xhtml", Format::Page),
    (".jsonl", Format::JsonLines),
    (".ndjson", Format::JsonLines),
    (".json", Format::Json),
    (".csv", Format::Table(None)),
    (".tsv", Format::Table(Some(b'\t'))),
];

impl Format {
    /// The kind that a file's name tells, compressed or not.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        ENDINGS
            .iter()
            .find(|(ending, _)| name.ends_with(ending))
            .map(|(_, format)| *format)
    }

    /// What files begin like.
    pub(crate) fn of_content(head: &[u8]) -> Self {
        let head = head
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(head)
            .trim_ascii_start();
        let start = String::from_utf8_lossy(head.get(..head.len().min(512)).unwrap_or(head))
            .to_ascii_lowercase();
        let page = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<article",
            "<!--",
        ];
        let xml = start.starts_with("<?xml") && start.contains("<html");
        if xml || page.iter().any(|tag| start.starts_with(tag)) {
            return Self::Page;
        }
        let object = |text: &str| {
            text.strip_prefix('{')
                .is_some_and(|rest| rest.trim_start().starts_with('"'))
        };
        let array = start
            .strip_prefix('[')
            .is_some_and(|rest| object(rest.trim_start()));
        if array || object(&start) {
            Self::Json
        } else {
            Self::Text
        }
    }

    /// What file names end in that are read, for messages.
    pub(crate) fn endings() -> String {
        ENDINGS.map(|(ending, _)| ending).join(", ")
    }

    /// Whether a file of this kind is one document.
    pub(crate) const fn is_single(self) -> bool {
        matches!(self, Self::Text | Self::Page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind() {
        for (name, format) in [
            ("a/b.TXT", Some(Format::Text)),
            ("page.html.gz", Some(Format::Page)),
            ("x.jsonl", Some(Format::JsonLines)),
            ("x.json.gz", Some(Format::Json)),
            ("x.tsv", Some(Format::Table(Some(b'\t')))),
            ("x.docx", None),
            ("README", None),
        ] {
            assert_eq!(Format::of_name(name), format, "{name}");
        }
    }

    #[test]
    fn content_tells_the_kind() {
        for (head, format) in [
            ("  <!DOCTYPE html><html>", Format::Page),
            ("<?xml version='1.0'?>\n<html xmlns='x'>", Format::Page),
            ("{\"text\": \"a\"}\n", Format::Json),
            ("[ { \"text\": 1 } ]", Format::Json),
            ("[1] The first note", Format::Text),
            ("{curly} words", Format::Text),
            ("The mayor said", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of_content(head.as_bytes()), format, "{head}");
        }
    }
}
