//! A mail as a document: a newsletter, a press release, a letter.

use mail_parser::{Message, MimeHeaders, PartType};

use super::sender::{Sender, sender};
use super::{address, day, parse, text};
use crate::assemble::Raw;
use crate::encoding::Decoded;
use crate::error::quotable;
use crate::{LoadError, Options, Origin, dates, page};

/// Attachments that a note names.
const NAMED: usize = 10;
/// The longest name of one, in characters.
const LONGEST_NAME: usize = 80;

/// The text of a mail and what its header says.
pub(crate) fn letter(bytes: &[u8], options: &Options, origin: &Origin) -> Result<Raw, LoadError> {
    let message = parse(bytes, "mail", origin)?;
    let mut raw = body(&message, options, origin)?;
    let parts = &mut raw.parts;
    let subject = message.subject().map(str::trim);
    parts.title = subject.filter(|words| !words.is_empty()).map(str::to_owned);
    parts.url = address(&message, "Archived-At");
    parts.published = day(&message).and_then(|day| dates::edtf(&day).ok());
    if parts.published.is_none() {
        parts.notes.push("the mail gives no date".to_owned());
    }
    let from = message.from().and_then(|from| from.first());
    let told = sender(
        from.and_then(|from| from.name.as_deref()),
        from.and_then(|from| from.address.as_deref()),
    );
    let Sender { byline, publisher } = told;
    parts.notes.push(match (&publisher, &byline) {
        (Some(outlet), _) => format!(
            "the publisher was taken from the sender of the mail, “{}”",
            quotable(outlet, LONGEST_NAME)
        ),
        (None, Some(_)) => "the mail names a person as its sender and no publisher".to_owned(),
        (None, None) => "the mail does not name its sender".to_owned(),
    });
    parts.byline = byline;
    parts.publisher = publisher;
    parts.notes.extend(attachments(&message));
    Ok(raw)
}

/// The text: the plain one, unless it only stands in for the one with markup.
fn body(message: &Message, options: &Options, origin: &Origin) -> Result<Raw, LoadError> {
    let mut plain = Decoded::default();
    for part in message.text_bodies() {
        if matches!(part.body, PartType::Text(_))
            && let Some(decoded) = text(message, part, origin)?
        {
            let flowed = part
                .content_type()
                .filter(|kind| kind.attribute("format").is_some_and(is_flowed));
            let words = match flowed {
                Some(kind) => {
                    let joined = kind.attribute("delsp").is_some_and(is_yes);
                    unflow(&decoded.text, joined)
                }
                None => decoded.text,
            };
            if !plain.text.is_empty() {
                plain.text.push_str("\n\n");
            }
            plain.text.push_str(&words);
            plain.notes.extend(decoded.notes);
        }
    }
    let page = message
        .html_bodies()
        .find(|part| matches!(part.body, PartType::Html(_)));
    let Some(page) = page else {
        return Ok(Raw::of_text(plain.text, plain.notes));
    };
    let decoded = text(message, page, origin)?.unwrap_or_default();
    let mut marked = match page::piece(&decoded.text, options.limit, origin) {
        Ok(marked) => marked,
        // What cannot be parsed is no loss where the same stands there in plain.
        Err(_) if !plain.text.trim().is_empty() => Raw::default(),
        Err(error) => return Err(error),
    };
    marked.parts.notes = decoded.notes;
    let words = |text: &str| text.split_whitespace().count();
    let (in_plain, in_page) = (words(&plain.text), words(&marked.parts.text));
    if in_plain == 0 {
        return Ok(marked);
    }
    let note = "the mail holds its text in plain and as a page; the";
    if in_plain * 2 >= in_page {
        let mut raw = Raw::of_text(plain.text, plain.notes);
        raw.parts.notes.push(format!("{note} plain one was read"));
        Ok(raw)
    } else {
        marked
            .parts
            .notes
            .push(format!("{note} page was read, because it says more"));
        Ok(marked)
    }
}

fn is_flowed(value: &str) -> bool {
    value.eq_ignore_ascii_case("flowed")
}

fn is_yes(value: &str) -> bool {
    value.eq_ignore_ascii_case("yes")
}

/// Puts the lines of a paragraph together that were broken for mail: those that end in a space go
/// on in the next (RFC 3676). With `joined` that space itself is not part of the text.
fn unflow(text: &str, joined: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|byte| *byte == b'>').count();
        let words = line.get(depth..).unwrap_or_default();
        let words = words.strip_prefix(' ').unwrap_or(words);
        if open != Some(depth) {
            if open.is_some() {
                out.push('\n');
            }
            if depth > 0 {
                out.push_str(&">".repeat(depth));
                out.push(' ');
            }
        }
        // Behind this line stands the signature.
        let goes_on = words.ends_with(' ') && words != "-- ";
        open = goes_on.then_some(depth);
        if goes_on && joined {
            out.push_str(words.get(..words.len() - 1).unwrap_or_default());
        } else {
            out.push_str(words);
        }
        if !goes_on {
            out.push('\n');
        }
    }
    out
}

/// The note on what hangs on the mail.
fn attachments(message: &Message) -> Option<String> {
    let names: Vec<String> = message
        .attachments()
        .filter(|part| !matches!(part.body, PartType::InlineBinary(_)))
        .map(|part| {
            let kind = part.content_type().map(|kind| match kind.subtype() {
                Some(subtype) => format!("{}/{subtype}", kind.ctype()),
                None => kind.ctype().to_owned(),
            });
            let name = part.attachment_name().map(str::to_owned).or(kind);
            quotable(
                name.as_deref().unwrap_or("a part without a name"),
                LONGEST_NAME,
            )
        })
        .collect();
    let more = names.len().saturating_sub(NAMED);
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    (!shown.is_empty()).then(|| format!("attachments were not read: {}{more}", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_put_together() {
        assert_eq!(
            unflow(
                "The mayor \nsaid.\n\n> She \n> left.\nNo. \n> He\n-- \nA \n B",
                false
            ),
            "The mayor said.\n\n> She left.\nNo. \n> He\n-- \nA B\n"
        );
        assert_eq!(unflow("foot \nball\n", true), "football\n");
        assert_eq!(unflow("", false), "");
    }
}
