//! Web pages: the article, what stands around it, and what the page says about itself.

mod facts;
mod guard;
mod json_ld;
mod lines;
mod merge;
mod saved;
mod weight;

use std::borrow::Cow;

use dom_query::Document as Page;
use dom_smoothie::{Config, Readability};
use sayso_reading::BlockKind;

use self::lines::{Line, key, lines};
use self::merge::{Merged, merge};
use crate::assemble::Raw;
use crate::{LoadError, Options, Origin};

/// The most elements that are searched for the article.
const ELEMENTS: usize = 200_000;
/// The fewest words an article has.
const FEWEST_WORDS: usize = 15;

/// A page's markup that was found fit to be parsed.
fn checked<'h>(html: &'h str, limit: u64, origin: &Origin) -> Result<Cow<'h, str>, LoadError> {
    let html = weight::lighten(html);
    // A parsed page takes several times its size.
    let limit = limit / 4;
    if html.len() as u64 > limit {
        return Err(LoadError::TooLong {
            origin: origin.clone(),
            limit,
        });
    }
    if !guard::is_shallow(&html) {
        return Err(LoadError::TooDeep {
            origin: origin.clone(),
        });
    }
    Ok(html)
}

/// The text of a page and what it says about itself.
pub(crate) fn read(
    html: &str,
    notes: Vec<String>,
    options: &Options,
    origin: &Origin,
) -> Result<Raw, LoadError> {
    let html = checked(html, options.limit, origin)?;
    let page = Page::from(html.as_ref());
    let mut findings = facts::findings(&page.root());
    let all = lines(&page.root());
    let language = findings.language.take();
    let mut raw = Raw {
        declared_language: language,
        ..Raw::default()
    };
    raw.parts.notes = notes;
    findings.choose(&mut raw.parts);
    if let Some(saved) = saved::saved(&html) {
        raw.parts.url = saved.url.or(raw.parts.url.take());
        raw.parts.notes.push(saved.note);
    }
    let title = raw.parts.title.clone().unwrap_or_default();
    match article(page) {
        Some(article) => lay_out(&mut raw, &all, &article, &title, options.full_page),
        None if options.full_page => {
            raw.parts
                .notes
                .push("no article was found in the page; all of its text was taken".to_owned());
            for line in &all {
                write(&mut raw, line, line.kind);
            }
        }
        None => {
            return Err(LoadError::NoArticle {
                origin: origin.clone(),
            });
        }
    }
    Ok(raw)
}

/// All of the text of a piece of markup that is no page of its own, such as a mail or an entry of a
/// feed.
pub(crate) fn piece(html: &str, limit: u64, origin: &Origin) -> Result<Raw, LoadError> {
    let html = checked(html, limit, origin)?;
    let mut raw = Raw::default();
    for line in lines(&Page::from(html.as_ref()).root()) {
        // The title stands beside such a text, not in it.
        let kind = match line.kind {
            BlockKind::Headline => BlockKind::Subheading,
            kind => kind,
        };
        write(&mut raw, &line, kind);
    }
    Ok(raw)
}

/// The lines of the main text; `None` where there is none to speak of.
fn article(page: Page) -> Option<Vec<Line>> {
    let config = Config {
        max_elements_to_parse: ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let found = Readability::with_document(page, None, Some(config))
        .ok()?
        .parse()
        .ok()?;
    let content = Page::from(found.content.as_ref());
    let found = lines(&content.root());
    let running = found
        .iter()
        .filter(|line| matches!(line.kind, BlockKind::Paragraph | BlockKind::List));
    let words: usize = running
        .map(|line| line.text.split_whitespace().count())
        .sum();
    (words >= FEWEST_WORDS).then_some(found)
}

/// Writes the article's lines, and of the page's others what belongs to it or is asked for.
fn lay_out(raw: &mut Raw, page: &[Line], article: &[Line], title: &str, full_page: bool) {
    let merged = merge(page, article);
    let start = merged.iter().position(is_running).unwrap_or(merged.len());
    let headline = headline(&merged, start, title);
    let mut left_out = 0;
    for (at, line) in merged.iter().enumerate() {
        match line {
            Merged::Kept(line) if headline == Some(at) => write(raw, line, BlockKind::Headline),
            Merged::Kept(line) if line.kind == BlockKind::Headline => {
                write(raw, line, BlockKind::Subheading);
            }
            Merged::Kept(line) => write(raw, line, line.kind),
            Merged::LeftOut(line) => match belongs(line, at, headline, start) {
                Some(kind) => write(raw, line, kind),
                None if full_page => write(raw, line, BlockKind::Boilerplate),
                None => left_out += line.text.chars().count(),
            },
        }
    }
    if left_out > 0 {
        raw.parts.notes.push(format!(
            "{left_out} characters of the page outside its article were left out; --full-page keeps them, marked"
        ));
    }
}

/// Whether the article's running text has begun.
fn is_running(line: &Merged) -> bool {
    match line {
        Merged::Kept(line) => {
            line.kind == BlockKind::Paragraph
                && line.text.split_whitespace().count() >= FEWEST_WORDS
        }
        Merged::LeftOut(_) => false,
    }
}

/// The line above the running text that is the title, else the last heading of the first level.
fn headline(merged: &[Merged], start: usize, title: &str) -> Option<usize> {
    let above = merged.get(..start)?;
    let titled = above
        .iter()
        .rposition(|line| same(&line.line().text, title));
    titled.or_else(|| {
        above
            .iter()
            .rposition(|line| line.line().kind == BlockKind::Headline)
    })
}

/// What a line that the article left out is to it: headline, the line under it, byline.
fn belongs(line: &Line, at: usize, headline: Option<usize>, start: usize) -> Option<BlockKind> {
    let headline = headline?;
    let under = at > headline && at < start;
    match line.kind {
        _ if at == headline => Some(BlockKind::Headline),
        BlockKind::Subheading if at == headline + 1 && line.text.split_whitespace().count() > 4 => {
            Some(BlockKind::Subheading)
        }
        BlockKind::Byline if under => Some(BlockKind::Byline),
        _ => None,
    }
}

/// The shortest start of a title that stands for it, in letters: titles go on with the site's or
/// the author's name.
const TITLE_START: usize = 20;

/// Whether a line is the title, as far as its letters go.
fn same(line: &str, title: &str) -> bool {
    let (line, title) = (key(line), key(title));
    !line.is_empty() && (line == title || (line.len() >= TITLE_START && title.starts_with(&line)))
}

/// The author that a byline of the page names, where the page says so nowhere else.
fn byline(line: &str) -> Option<String> {
    let names = line
        .strip_prefix("By ")
        .or_else(|| line.strip_prefix("by "))?;
    let name = facts::name_alone(names);
    let is_name = name.contains(' ') && name.starts_with(char::is_uppercase);
    is_name.then_some(name)
}

/// Adds a line to the text, with the break that stands before it.
fn write(raw: &mut Raw, line: &Line, kind: BlockKind) {
    if kind == BlockKind::Byline && raw.parts.byline.is_none() {
        raw.parts.byline = byline(&line.text);
    }
    raw.push(&line.text, kind, line.apart);
}
