//! PDF documents with a text layer: their lines, put together into paragraphs again.

mod font;
mod info;
mod lines;
mod matrix;
mod paragraphs;
mod show;

use lopdf::{Document, LoadOptions};

use self::font::{Budget, Fonts};
use self::lines::{Line, lines};
use self::paragraphs::paragraphs;
use self::show::{Shown, show};
use crate::assemble::Raw;
use crate::error::quotable;
use crate::{LoadError, Options, Origin};

const WHAT: &str = "PDF file";
/// The fewest letters that are a text layer.
const FEWEST_LETTERS: usize = 10;

/// The text of a PDF and what its properties say.
pub(crate) fn read(bytes: &[u8], options: &Options, origin: &Origin) -> Result<Raw, LoadError> {
    let damaged = |reason: &str| LoadError::Damaged {
        origin: origin.clone(),
        what: WHAT,
        reason: quotable(reason, 200),
    };
    // A page takes many times the memory of its drawing instructions.
    let stream = usize::try_from(options.limit / 8).unwrap_or(usize::MAX);
    let loading = LoadOptions::with_max_decompressed_size(stream);
    let pdf = Document::load_mem_with_options(bytes, loading)
        .map_err(|error| damaged(&error.to_string()))?;
    let ids: Vec<_> = pdf.get_pages().into_values().collect();
    if ids.is_empty() {
        return Err(if pdf.is_encrypted() {
            LoadError::Locked {
                origin: origin.clone(),
            }
        } else {
            damaged("it has no pages")
        });
    }
    let mut pages = Vec::with_capacity(ids.len());
    let (mut fonts, mut budget) = (Fonts::new(&pdf), Budget::new(stream.saturating_mul(32)));
    let (mut size, mut unread, mut unknown) = (0, 0, 0);
    for id in &ids {
        let shown = show(&pdf, *id, &mut fonts, &mut budget, stream);
        unread += usize::from(shown.is_none());
        let Shown {
            pieces,
            unknown: without_letters,
        } = shown.unwrap_or_default();
        unknown += without_letters;
        size += pieces.iter().map(|piece| piece.text.len()).sum::<usize>();
        if size as u64 > options.limit {
            return Err(LoadError::TooLong {
                origin: origin.clone(),
                limit: options.limit,
            });
        }
        pages.push(lines(&pieces));
    }
    let letters = letters(&pages);
    if letters < FEWEST_LETTERS {
        return Err(match unknown {
            0 if unread == pages.len() => damaged("none of its pages can be read"),
            0 => LoadError::NoTextLayer {
                origin: origin.clone(),
            },
            _ => damaged("its fonts do not tell which letters they show"),
        });
    }
    Ok(document(&pdf, &pages, unread, unknown))
}

/// How many letters and digits the pages hold.
fn letters(pages: &[Vec<Line>]) -> usize {
    let lines = pages.iter().flatten();
    lines
        .map(|line| {
            line.text
                .chars()
                .filter(|sign| sign.is_alphanumeric())
                .count()
        })
        .sum()
}

/// The text with its notes.
fn document(pdf: &Document, pages: &[Vec<Line>], unread: usize, unknown: usize) -> Raw {
    let mut raw = Raw::default();
    let text = paragraphs(pages);
    for paragraph in &text.paragraphs {
        raw.push(&paragraph.text, paragraph.kind, true);
    }
    let notes = &mut raw.parts.notes;
    notes.push(format!(
        "the text was put together from the lines of the pages ({}); order and paragraphs may be \
         wrong",
        pages.len()
    ));
    let empty = pages.iter().filter(|page| page.is_empty()).count();
    for (count, what) in [
        (empty.saturating_sub(unread), "pages without text"),
        (unread, "pages that could not be read"),
        (
            unknown,
            "signs left out because the file does not tell their letters",
        ),
        (
            text.mended,
            "words put together that were divided at line ends",
        ),
        (
            text.furniture,
            "lines left out because they belong to the pages, such as running heads",
        ),
    ] {
        if count > 0 {
            notes.push(format!("{what}: {count}"));
        }
    }
    info::properties(pdf, &mut raw.parts);
    raw
}
