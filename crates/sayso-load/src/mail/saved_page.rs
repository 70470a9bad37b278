//! A web page saved with all that belongs to it as the parts of one mail.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::{address, day, parse, text, web_address};
use crate::assemble::Raw;
use crate::{LoadError, Options, Origin, page};

/// The page of an MHTML file.
pub(crate) fn saved_page(
    bytes: &[u8],
    options: &Options,
    origin: &Origin,
) -> Result<Raw, LoadError> {
    let message = parse(bytes, "saved page", origin)?;
    let Some(root) = root(&message) else {
        return Err(LoadError::Damaged {
            origin: origin.clone(),
            what: "saved page",
            reason: "none of its parts is a web page".to_owned(),
        });
    };
    let decoded = text(&message, root, origin)?.unwrap_or_default();
    if decoded.text.trim().is_empty() {
        return Err(LoadError::Empty {
            origin: origin.clone(),
        });
    }
    let mut raw = page::read(&decoded.text, decoded.notes, options, origin)?;
    let url = address(&message, "Snapshot-Content-Location")
        .or_else(|| root.content_location().and_then(web_address))
        .or_else(|| address(&message, "Content-Location"));
    raw.parts.url = url.or(raw.parts.url.take());
    if raw.parts.title.is_none() {
        let subject = message.subject().map(str::trim);
        raw.parts.title = subject.filter(|words| !words.is_empty()).map(str::to_owned);
    }
    raw.parts.notes.push(match day(&message) {
        Some(day) => format!("the page was saved on {day}, which is not its publication date"),
        None => "the saved page does not say when it was saved".to_owned(),
    });
    let frames = message.parts.iter().filter(|part| is_page(part)).count();
    if frames > 1 {
        raw.parts.notes.push(format!(
            "other pages within the saved page (frames) were not read: {}",
            frames - 1
        ));
    }
    Ok(raw)
}

/// The part that is the page: the one that the header names, else the first page.
fn root<'m>(message: &'m Message<'m>) -> Option<&'m MessagePart<'m>> {
    let start = message
        .content_type()
        .and_then(|kind| kind.attribute("start"))
        .map(|id| id.trim_matches(['<', '>']));
    let mut pages = message.parts.iter().filter(|part| is_page(part));
    let named = pages
        .clone()
        .find(|part| start.is_some() && part.content_id() == start);
    named.or_else(|| pages.next())
}

fn is_page(part: &MessagePart) -> bool {
    matches!(part.body, PartType::Html(_))
}
