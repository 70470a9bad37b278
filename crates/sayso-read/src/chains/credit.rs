//! Rule `chain.credited`: a page that credits an agency which is not its publisher ("(AFP) -",
//! "By Ann Lee | Reuters") got its report through that agency.

use std::ops::Range;

use sayso_reading::{BlockKind, Document};

use super::letters;
use super::outlets::Outlets;
use crate::prose::words;

/// The words that credit an agency in a dateline, a credit or a byline; `None` where the page
/// names no publisher, since then the agency itself may be the page's author.
pub(crate) fn credited(document: &Document, outlets: &Outlets) -> Option<Range<usize>> {
    let own = letters(document.publisher.as_deref()?);
    let text = document.text();
    let blocks = document.blocks().iter().filter(|b| {
        matches!(
            b.kind,
            BlockKind::Dateline | BlockKind::Credit | BlockKind::Byline
        )
    });
    for block in blocks {
        let all = words(text, block.span.range());
        for first in 0..all.len() {
            let longest = (first..all.len().min(first + LONGEST))
                .rev()
                .find_map(|last| {
                    let range = all[first].start..all[last].end;
                    let name = text.get(range.clone())?;
                    let outlet = outlets.get(name)?;
                    let agency = outlet.kind.as_deref()?.ends_with("agency");
                    let same = letters(name) == own || letters(&outlet.name) == own;
                    (agency && !same && name.starts_with(char::is_uppercase)).then_some(range)
                });
            if longest.is_some() {
                return longest;
            }
        }
    }
    None
}

/// Words of the longest name looked for.
const LONGEST: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_reading::{Block, DocumentParts, Span};

    fn agency(publisher: Option<&str>, dateline: &str) -> Option<String> {
        let text = format!("{dateline} A dam broke, police said.");
        let block = |kind, start, end| Block {
            kind,
            span: Span::new(start, end).expect("in order"),
        };
        let document = Document::new(DocumentParts {
            publisher: publisher.map(str::to_owned),
            blocks: vec![
                block(BlockKind::Dateline, 0, dateline.len()),
                block(BlockKind::Paragraph, dateline.len() + 1, text.len()),
            ],
            text: text.clone(),
            ..DocumentParts::default()
        })
        .expect("a document");
        credited(&document, &Outlets::default()).map(|r| text[r].to_owned())
    }

    #[test]
    fn an_agency_is_credited_by_others_only() {
        let afp = Some("AFP".to_owned());
        assert_eq!(agency(Some("Jordan Times"), "AMMAN (AFP) -"), afp);
        assert_eq!(agency(Some("Agence France-Presse"), "AMMAN (AFP) -"), None);
        assert_eq!(agency(None, "AMMAN (AFP) -"), None);
        assert_eq!(agency(Some("Jordan Times"), "AMMAN, Feb 3 -"), None);
    }
}
