//! One record of an archive: whether it is a page, and what of it becomes a document.

use std::io::BufRead;

use super::http::{self, Head};
use super::listed::Listed;
use super::records::{self, Fields, Header, Records};
use super::{broken, is};
use crate::assemble::Raw;
use crate::error::quotable;
use crate::format::Format;
use crate::{LoadError, Options, Origin, dates, encoding, page};

/// How much of a block is read to see whether the rest is wanted: the head of an answer.
const START: u64 = 64 * 1024;

/// What a record is.
pub(super) enum Found {
    Nothing,
    Again(Again),
    Page(Box<Capture>),
}

/// A page that was seen again and not kept again.
pub(super) struct Again {
    pub url: String,
    /// Where it is kept.
    pub refers_to: Option<String>,
    pub digest: Option<String>,
    /// Whether the record says that it is a page or plain text.
    pub readable: bool,
}

/// A page as it was captured.
pub(super) struct Capture {
    pub url: String,
    pub digest: Option<String>,
    kind: Kind,
    charset: Option<String>,
    date: Option<String>,
    bytes: Vec<u8>,
    /// Why it is incomplete.
    cut: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Text,
}

/// Why a record's page cannot be had.
pub(super) enum Trouble {
    Stream(records::Trouble),
    TooLong,
    Damaged(String),
}

impl Trouble {
    /// As a sentence.
    pub(super) fn told(self, origin: Origin, packed: bool, options: &Options) -> LoadError {
        let limit = options.limit;
        match self {
            Self::Stream(records::Trouble::Broken(reason)) => broken(origin, packed, reason),
            Self::Stream(records::Trouble::Lost(_)) => LoadError::Record {
                origin,
                reason: "it is no record".to_owned(),
            },
            Self::TooLong => LoadError::TooLong { origin, limit },
            Self::Damaged(reason) => LoadError::Record { origin, reason },
        }
    }
}

/// Reads a record as far as it is wanted.
pub(super) fn capture<R: BufRead>(
    header: &Header,
    records: &mut Records<R>,
    listed: Option<&mut Listed>,
    options: &Options,
) -> Result<Found, Trouble> {
    let (response, resource) = (is(header, "response"), is(header, "resource"));
    let Some(url) = address(&header.fields).filter(|url| is_of_the_web(url)) else {
        return Ok(Found::Nothing);
    };
    if is(header, "revisit") {
        let start = records.block(START).map_err(Trouble::Stream)?;
        return Ok(Found::Again(again(&header.fields, url, &start)));
    }
    if !(response || resource) || is_for_robots(&url) {
        return Ok(Found::Nothing);
    }
    let mut listed = listed;
    if listed.as_mut().is_some_and(|list| !list.has(&url)) {
        return Ok(Found::Nothing);
    }
    let mut block = records.block(START).map_err(Trouble::Stream)?;
    let head = if response {
        let broken = || Trouble::Damaged("the head of the answer is damaged".to_owned());
        Some(http::head(&block).ok_or_else(broken)?)
    } else {
        None
    };
    if let (Some(head), Some(list)) = (&head, listed)
        && (300..400).contains(&head.status)
        && let Some(to) = head.fields.get("Location")
    {
        list.moved(&url, to);
    }
    let Some((kind, charset)) = readable(header, head.as_ref(), &block) else {
        return Ok(Found::Nothing);
    };
    if header.length > options.limit.saturating_add(START) {
        return Err(Trouble::TooLong);
    }
    block.extend(records.block(header.length).map_err(Trouble::Stream)?);
    let cut = truncated(header, &block);
    let body = match &head {
        Some(head) => {
            let raw = block.get(head.body..).unwrap_or_default();
            http::body(&head.fields, raw, options.limit)
        }
        None => http::body(&Fields::default(), &block, options.limit),
    };
    let body = body.map_err(|trouble| match trouble {
        http::Trouble::TooLong => Trouble::TooLong,
        http::Trouble::Unknown(how) => Trouble::Damaged(format!(
            "its body is packed as “{}”, which is not known here",
            quotable(&how, 40)
        )),
    })?;
    let ends = || "its body ends too early".to_owned();
    Ok(Found::Page(Box::new(Capture {
        url,
        digest: header.fields.get("WARC-Payload-Digest").map(str::to_owned),
        kind,
        charset,
        date: header.fields.get("WARC-Date").map(str::to_owned),
        bytes: body.bytes,
        cut: cut.or_else(|| body.cut.then(ends)),
    })))
}

impl Capture {
    /// The text of the page and what it says about itself.
    pub(super) fn into_raw(self, options: &Options, origin: &Origin) -> Result<Raw, LoadError> {
        let told = self.charset.as_deref();
        let decoded = encoding::decode_told(&self.bytes, told, origin)?;
        let mut raw = match self.kind {
            Kind::Page if decoded.text.trim().is_empty() => {
                return Err(LoadError::Empty {
                    origin: origin.clone(),
                });
            }
            Kind::Page => page::read(&decoded.text, decoded.notes, options, origin)?,
            Kind::Text => Raw::of_text(decoded.text, decoded.notes),
        };
        raw.parts.url = Some(self.url);
        let day = self.date.as_deref().and_then(|date| dates::edtf(date).ok());
        if let Some(day) = day {
            raw.parts.notes.push(format!(
                "the page was captured on {day}, which is not its publication date"
            ));
        }
        if let Some(cut) = self.cut {
            raw.parts.notes.push(format!(
                "the capture is incomplete ({cut}); text may be missing at its end"
            ));
        }
        Ok(raw)
    }
}

fn address(fields: &Fields) -> Option<String> {
    let url = fields.get("WARC-Target-URI")?;
    let url = url.strip_prefix('<').unwrap_or(url);
    Some(url.strip_suffix('>').unwrap_or(url).to_owned())
}

/// Tools keep notes of their own under other addresses, such as `urn:`.
fn is_of_the_web(url: &str) -> bool {
    let plain = !url.contains(|sign: char| sign.is_whitespace() || sign.is_control());
    let web = ["http://", "https://", "ftp://", "file://"];
    plain && web.iter().any(|start| url.starts_with(start))
}

fn is_for_robots(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    path.ends_with("/robots.txt")
}

fn again(fields: &Fields, url: String, start: &[u8]) -> Again {
    let head = http::head(start);
    let kind = head
        .as_ref()
        .and_then(|head| head.fields.get("Content-Type"))
        .and_then(kind_of);
    Again {
        readable: kind.is_some() && !is_for_robots(&url),
        url,
        refers_to: fields
            .get("WARC-Refers-To-Target-URI")
            .map(|url| url.trim_matches(['<', '>']).to_owned()),
        digest: fields.get("WARC-Payload-Digest").map(str::to_owned),
    }
}

/// Whether a record is a page or plain text, and the encoding that its header tells.
fn readable(header: &Header, head: Option<&Head>, block: &[u8]) -> Option<(Kind, Option<String>)> {
    let told = match head {
        Some(head) if !(200..300).contains(&head.status) => return None,
        Some(head) => head.fields.get("Content-Type"),
        None => header.fields.get("Content-Type"),
    };
    let Some(told) = told else {
        let body = block.get(head.map_or(0, |head| head.body)..)?;
        return (Format::of_content(body) == Format::Page).then_some((Kind::Page, None));
    };
    Some((kind_of(told)?, charset(told)))
}

fn kind_of(content_type: &str) -> Option<Kind> {
    let name = content_type.split(';').next().unwrap_or_default().trim();
    match name.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Page),
        "text/plain" => Some(Kind::Text),
        _ => None,
    }
}

fn charset(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let (_, label) = lower.split_once("charset=")?;
    let label = label.split(';').next().unwrap_or_default();
    let label = label.trim().trim_matches(['"', '\'']);
    (!label.is_empty()).then(|| label.to_owned())
}

/// Why a record is incomplete, where it is.
fn truncated(header: &Header, block: &[u8]) -> Option<String> {
    let told = header.fields.get("WARC-Truncated");
    if let Some(why) = told {
        return Some(format!("it was cut short, reason “{}”", quotable(why, 40)));
    }
    let ends = (block.len() as u64) < header.length;
    ends.then(|| "the archive ends within it".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_kind_and_encoding() {
        assert_eq!(kind_of("Text/HTML; charset=x"), Some(Kind::Page));
        assert_eq!(kind_of("text/plain"), Some(Kind::Text));
        assert_eq!(kind_of("image/png"), None);
        assert_eq!(
            charset("text/html; Charset=\"ISO-8859-2\"; x").as_deref(),
            Some("iso-8859-2")
        );
        assert_eq!(charset("text/html"), None);
    }

    #[test]
    fn only_addresses_of_the_web_are_pages() {
        assert!(is_of_the_web("https://a.example/"));
        assert!(!is_of_the_web("urn:pageinfo:https://a.example/"));
        assert!(!is_of_the_web("https://a.example/ x"));
        assert!(is_for_robots("https://a.example/robots.txt?x"));
    }
}
