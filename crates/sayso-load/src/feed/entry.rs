//! An entry of a feed, as it is written, and as a document.

use sayso_reading::Edtf;

use crate::assemble::Raw;
use crate::{LoadError, Origin, dates, page};

/// Words of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub text: String,
    /// Whether tags and references in it are markup.
    pub markup: bool,
}

impl Words {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// On one line, without markup; `None` where nothing is left.
    fn line(&self, limit: u64, origin: &Origin) -> Option<String> {
        let marked = self.markup && self.text.contains(['<', '&']);
        let piece = marked.then(|| page::piece(&self.text, limit, origin).ok());
        let text = match piece.flatten() {
            Some(raw) => raw.parts.text,
            None => self.text.clone(),
        };
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }
}

/// What a feed says of itself.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub title: Option<Words>,
    pub language: Option<String>,
    pub authors: Vec<String>,
}

/// What an entry says.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub title: Option<Words>,
    pub content: Option<Words>,
    pub summary: Option<Words>,
    pub link: Option<String>,
    /// An identifier that may be an address.
    pub id: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    /// The feed or outlet that it was taken over from.
    pub source: Option<Words>,
    pub publisher: Option<String>,
}

impl Entry {
    /// The text, and what entry and feed say about it.
    pub(super) fn into_raw(
        self,
        feed: &Feed,
        limit: u64,
        origin: &Origin,
    ) -> Result<Raw, LoadError> {
        let full = self.content.as_ref().filter(|words| !words.is_blank());
        let body = full.or(self.summary.as_ref());
        let Some(body) = body.filter(|words| !words.is_blank()) else {
            return Err(LoadError::Empty {
                origin: origin.clone(),
            });
        };
        let mut raw = if body.markup {
            page::piece(&body.text, limit, origin)?
        } else {
            Raw::of_text(body.text.trim().to_owned(), Vec::new())
        };
        let parts = &mut raw.parts;
        if full.is_none() {
            let note = "the feed gives no full text of this entry; its summary was read";
            parts.notes.push(note.to_owned());
        }
        let line = |words: &Option<Words>| words.as_ref()?.line(limit, origin);
        parts.title = line(&self.title);
        parts.url = address(self.link.as_deref()).or_else(|| address(self.id.as_deref()));
        let authors = if self.authors.is_empty() {
            &feed.authors
        } else {
            &self.authors
        };
        parts.byline = (!authors.is_empty()).then(|| authors.join(", "));
        parts.publisher = line(&self.source)
            .or(self.publisher)
            .or_else(|| line(&feed.title));
        parts.published = date(
            self.published.as_deref(),
            "publication date",
            &mut parts.notes,
        );
        parts.modified = date(self.updated.as_deref(), "date of change", &mut parts.notes);
        if self.published.is_none() {
            let note = match parts.modified {
                Some(_) => "the entry gives no publication date, only when it was last changed",
                None => "the entry gives no publication date",
            };
            parts.notes.push(note.to_owned());
        }
        if parts.publisher.is_none() {
            parts
                .notes
                .push("the feed has no title to name a publisher".to_owned());
        }
        raw.declared_language.clone_from(&feed.language);
        Ok(raw)
    }
}

fn date(written: Option<&str>, what: &str, notes: &mut Vec<String>) -> Option<Edtf> {
    let written = written?;
    match dates::edtf(written) {
        Ok(date) => Some(date),
        Err(trouble) => {
            notes.push(trouble.note(&format!("the entry’s {what}"), written));
            None
        }
    }
}

fn address(written: Option<&str>) -> Option<String> {
    let address = written?.trim();
    let web = address.starts_with("http://") || address.starts_with("https://");
    let plain = !address.contains(|sign: char| sign.is_whitespace() || sign.is_control());
    (web && plain).then(|| address.to_owned())
}
