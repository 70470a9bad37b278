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
    /// A web page with all that belongs to it as parts of one mail: one document.
    SavedPage,
    /// A mail: one document.
    Mail,
    /// A PDF: one document.
    Pdf,
    /// A Word document: one document.
    Docx,
    /// An RSS or Atom feed: one document an entry.
    Feed,
    /// An archive of captures from the web: one document a page.
    Warc,
    /// Such archives packed together with the list of their pages.
    Wacz,
    /// XML of which only its beginning tells more.
    Xml,
}

const ENDINGS: [(&str, Format); 21] = [
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
    (".mhtml", Format::SavedPage),
    (".mht", Format::SavedPage),
    (".eml", Format::Mail),
    (".pdf", Format::Pdf),
    (".docx", Format::Docx),
    (".rss", Format::Feed),
    (".atom", Format::Feed),
    (".warc", Format::Warc),
    (".wacz", Format::Wacz),
    (".xml", Format::Xml),
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

    /// The kind of a file that has or lacks a telling name and begins with these bytes.
    pub(crate) fn decide(named: Option<Self>, head: &[u8]) -> Self {
        let seen = Self::of_content(head);
        match named {
            // People give web pages and feeds this ending; other XML stays what it is.
            Some(Self::Xml) if matches!(seen, Self::Feed | Self::Page) => seen,
            // No text begins like these.
            Some(Self::Text | Self::Page) => of_signature(head).or(named).unwrap_or(seen),
            Some(named) => named,
            None => seen,
        }
    }

    /// Whether the name alone does not tell the kind.
    pub(crate) const fn is_open(self) -> bool {
        matches!(self, Self::Xml)
    }

    /// What files begin like.
    pub(crate) fn of_content(head: &[u8]) -> Self {
        if let Some(format) = of_signature(head) {
            return format;
        }
        let head = head
            .strip_prefix(b"\xEF\xBB\xBF")
            .unwrap_or(head)
            .trim_ascii_start();
        let start = String::from_utf8_lossy(head.get(..head.len().min(HEAD)).unwrap_or(head))
            .to_ascii_lowercase();
        if let Some(format) = of_markup(&start).or_else(|| of_headers(&start)) {
            return format;
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
        matches!(
            self,
            Self::Text | Self::Page | Self::SavedPage | Self::Mail | Self::Pdf | Self::Docx
        )
    }
}

/// How much of a file's beginning is looked at.
const HEAD: usize = 4096;

/// The kind that bytes tell which no text begins with.
fn of_signature(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"%PDF-") {
        return Some(Format::Pdf);
    }
    if head.starts_with(b"WARC/1.") || head.starts_with(b"WARC/0.") {
        return Some(Format::Warc);
    }
    // The name of the first file in a zip file stands behind 30 bytes.
    let name = head.strip_prefix(b"PK\x03\x04")?.get(26..)?;
    let among = |names: &[&str]| names.iter().any(|first| name.starts_with(first.as_bytes()));
    if among(&["[Content_Types].xml", "_rels/", "docProps/", "word/"]) {
        Some(Format::Docx)
    } else if among(&[
        "archive/",
        "datapackage",
        "indexes/",
        "pages/",
        "fuzzy.json",
    ]) {
        Some(Format::Wacz)
    } else {
        None
    }
}

/// The kind that the first tags tell, in small letters.
fn of_markup(start: &str) -> Option<Format> {
    const PAGE: [&str; 6] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<article",
        "<!--",
    ];
    const FEED: [&str; 3] = ["<rss", "<feed", "<rdf:rdf"];
    let first = first_element(start);
    if FEED.iter().any(|tag| first.starts_with(tag)) {
        return Some(Format::Feed);
    }
    let xml = start.starts_with("<?xml") && start.contains("<html");
    (xml || PAGE.iter().any(|tag| start.starts_with(tag))).then_some(Format::Page)
}

/// From the first element on, behind declarations, instructions and comments.
fn first_element(start: &str) -> &str {
    let mut rest = start;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            ">"
        } else {
            return rest;
        };
        match rest.split_once(end) {
            Some((_, behind)) => rest = behind,
            None => return "",
        }
    }
}

/// Whether a file begins with the lines that mails begin with, in small letters.
fn of_headers(start: &str) -> Option<Format> {
    // Only what mail programs write: people begin notes with such lines as `From:` too.
    const MACHINE: [&str; 6] = [
        "mime-version:",
        "message-id:",
        "received:",
        "return-path:",
        "dkim-signature:",
        "snapshot-content-location:",
    ];
    let mut machine = 0;
    for (at, line) in start.lines().enumerate() {
        if line.is_empty() {
            break;
        }
        let continued = at > 0 && line.starts_with([' ', '\t']);
        let name = line.split_once(':').map(|(name, _)| name);
        let header = |name: &str| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        };
        // The last line may be cut by the end of what is looked at.
        let cut = start.len() >= HEAD / 2 && !start.contains("\n\n");
        if !continued && !name.is_some_and(header) {
            if cut && machine > 0 {
                break;
            }
            return None;
        }
        machine += usize::from(MACHINE.iter().any(|name| line.starts_with(name)));
    }
    let saved = start.contains("\nsnapshot-content-location:")
        || start.starts_with("from: <saved by ")
        || (start.contains("multipart/related") && !start.contains("\nto:"));
    match machine {
        0 => None,
        _ if saved => Some(Format::SavedPage),
        _ => Some(Format::Mail),
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
            ("x.docx", Some(Format::Docx)),
            ("x.warc.gz", Some(Format::Warc)),
            ("x.wacz", Some(Format::Wacz)),
            ("Page.MHT", Some(Format::SavedPage)),
            ("x.xml", Some(Format::Xml)),
            ("x.xlsx", None),
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
            ("%PDF-1.4\n", Format::Pdf),
            ("WARC/1.0\r\nWARC-Type: warcinfo", Format::Warc),
            (
                "<?xml version='1.0'?><!-- html --><rss version='2.0'>",
                Format::Feed,
            ),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
            ("<?xml version='1.0'?><!DOCTYPE x><rdf:RDF>", Format::Feed),
            ("<?xml version='1.0'?><urlset>", Format::Text),
            (
                "From: a@b.example\r\nMIME-Version: 1.0\r\n\r\nx",
                Format::Mail,
            ),
            ("Received: by x;\n\tMon\nFrom: a\nTo: b\n\nx", Format::Mail),
            (
                "From: the mayor\nSubject: the bridge\n\nClosed.",
                Format::Text,
            ),
            (
                "From: Saved\nSnapshot-Content-Location: https://a.example/\n\n",
                Format::SavedPage,
            ),
            (
                "Note: he came.\nReceived: nothing.\nAnd then he left.\n",
                Format::Text,
            ),
        ] {
            assert_eq!(Format::of_content(head.as_bytes()), format, "{head}");
        }
    }

    #[test]
    fn the_first_name_in_a_zip_file_tells_its_kind() {
        let zip = |name: &str| [b"PK\x03\x04".as_slice(), &[0; 26], name.as_bytes()].concat();
        assert_eq!(
            Format::of_content(&zip("[Content_Types].xml")),
            Format::Docx
        );
        assert_eq!(Format::of_content(&zip("archive/a.warc.gz")), Format::Wacz);
        assert_eq!(Format::of_content(&zip("mimetype")), Format::Text);
    }

    #[test]
    fn xml_is_what_it_begins_like() {
        let decide = |head: &str| Format::decide(Some(Format::Xml), head.as_bytes());
        assert_eq!(decide("<rss>"), Format::Feed);
        assert_eq!(decide("<?xml?><html>"), Format::Page);
        assert_eq!(decide("<urlset>"), Format::Xml);
        assert_eq!(Format::decide(Some(Format::Text), b"<rss>"), Format::Text);
        assert_eq!(Format::decide(Some(Format::Text), b"%PDF-1.4"), Format::Pdf);
    }
}
