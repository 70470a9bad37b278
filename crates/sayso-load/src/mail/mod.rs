//! Mail, and pages saved as the parts of one (MHTML).

mod letter;
mod saved_page;
mod sender;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use crate::encoding::{self, Decoded, line_breaks, replaced};
use crate::{LoadError, Origin};

pub(crate) use self::letter::letter;
pub(crate) use self::saved_page::saved_page;

/// The longest address that is taken from a header, in characters.
const LONGEST_ADDRESS: usize = 2000;

fn parse<'b>(
    bytes: &'b [u8],
    what: &'static str,
    origin: &Origin,
) -> Result<Message<'b>, LoadError> {
    let message = MessageParser::default().parse(bytes);
    message.ok_or_else(|| LoadError::Damaged {
        origin: origin.clone(),
        what,
        reason: "it has no header".to_owned(),
    })
}

/// The text of a part; `None` where it is no text.
fn text(
    message: &Message,
    part: &MessagePart,
    origin: &Origin,
) -> Result<Option<Decoded>, LoadError> {
    let (PartType::Text(text) | PartType::Html(text)) = &part.body else {
        return Ok(None);
    };
    let told = part
        .content_type()
        .is_some_and(|kind| kind.attribute("charset").is_some());
    if !told && text.contains('\u{FFFD}') {
        // Nothing told the encoding: it is found out as for any file.
        if let Some(bytes) = unpacked(message, part) {
            return encoding::decode(&bytes, origin).map(Some);
        }
    }
    Ok(Some(Decoded {
        notes: if text.contains('\u{FFFD}') {
            vec![replaced(text)]
        } else {
            Vec::new()
        },
        text: line_breaks(text),
    }))
}

/// The bytes of a part as they were before they were made fit for mail.
fn unpacked(message: &Message, part: &MessagePart) -> Option<Vec<u8>> {
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let raw = message.raw_message.get(start..end)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
}

/// An address of the web in a header of the message.
fn address(message: &Message, header: &'static str) -> Option<String> {
    let written = match message.header(header)? {
        HeaderValue::Text(text) => text.clone().into_owned(),
        _ => message.header_raw(header)?.to_owned(),
    };
    web_address(&written)
}

/// An address of the web as headers write it: in brackets or not, broken over lines or not.
fn web_address(written: &str) -> Option<String> {
    let address: String = written.split_whitespace().collect();
    let address = address.trim_start_matches('<').trim_end_matches('>');
    let web = address.starts_with("http://") || address.starts_with("https://");
    let plain = !address.contains(char::is_control);
    (web && plain && address.chars().count() <= LONGEST_ADDRESS).then(|| address.to_owned())
}

/// The day that the message's header gives, as written.
fn day(message: &Message) -> Option<String> {
    let date = message.date().filter(|date| date.is_valid())?;
    Some(format!(
        "{:04}-{:02}-{:02}",
        date.year, date.month, date.day
    ))
}
