//! One document of a page: its text with marks, and its attributions beside it.

use std::ops::Range;

use maud::{Markup, PreEscaped, html};
use sayso_read::Trace;
use sayso_reading::{Attribution, BlockKind, Document, Reading};

use super::account::{self, mentions, tables};
use super::facets::facets;
use super::lines::{PageLine, lines};
use super::marks::{Mark, Marker, Names, RowNames, marks};
use super::part;
use super::row::list_row;
use super::why::why;
use crate::explain::{Explainer, Subject};
use crate::output::account::account as account_of;
use crate::output::glyphs::UNICODE;
use crate::output::labels;
use crate::output::rows::{is_unnamed, one_line, ordered, rows};

/// An article is a heading on a page of its own, or one among others below the page's heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The page has only this document.
    Alone,
    /// The page has others.
    AmongOthers,
}

/// What a row of the list leads to, beside its words.
#[derive(Clone, Copy)]
pub enum Aside<'a> {
    /// Nothing.
    Nothing,
    /// Why it is what it is, folded away under it.
    Why(&'a Trace),
    /// What is made of the attribution.
    Made(&'a dyn Fn(&Attribution) -> Markup),
}

/// How an article is headed.
pub struct Head {
    /// Its rank on the page.
    pub rank: Rank,
    /// Its title, shown where no headline of the text says the same.
    pub title: String,
    /// What stands above it: outlet, day, place.
    pub details: Vec<String>,
    /// The bytes of the text that are shown, where that is not all.
    pub part: Option<Range<usize>>,
}

impl Head {
    /// As the document itself has it.
    pub fn of(document: &Document, rank: Rank) -> Self {
        Self {
            rank,
            title: labels::title(document),
            details: labels::details(document),
            part: None,
        }
    }
}

/// The parts in which a text is shown on pages of its own.
pub fn parts_of(document: &Document) -> Vec<Range<usize>> {
    part::parts(document.text(), &lines(document))
}

/// The article element of a reading; `number` counts documents from 1 and names all its anchors.
pub fn article(reading: &Reading, aside: Aside, number: usize, head: &Head) -> Markup {
    let attributions = ordered(reading);
    let document = &reading.document;
    let rows: Vec<_> = attributions
        .iter()
        .enumerate()
        .map(|(row, (attribution, _))| names(number, row, attribution))
        .collect();
    let groups = account_of(reading, UNICODE);
    let facts = account::names(&groups, number);
    let names: Vec<_> = rows
        .iter()
        .cloned()
        .map(Names::Attribution)
        .chain(facts)
        .collect();
    let marks = marks(document.text(), &attributions, mentions(&groups));
    let part = head.part.clone().unwrap_or(0..document.text().len());
    let lines = part::within(lines(document), &part);
    let first = first_lines(&lines, &marks, names.len());
    let (of_rows, of_facts) = first.split_at(rows.len().min(first.len()));
    let has_words: Vec<_> = of_facts.iter().map(Option::is_some).collect();
    let explainer = match aside {
        Aside::Why(trace) => Some(Explainer::new(reading, trace)),
        _ => None,
    };
    let whys: Vec<_> = attributions
        .iter()
        .map(|(attribution, _)| match (&explainer, aside) {
            (Some(e), _) => Some(why(&e.fields(Subject::Attribution(attribution)))),
            (None, Aside::Made(made)) => Some(made(attribution)),
            _ => None,
        })
        .collect();
    let is_part = head.part.is_some();
    let notes = notes(reading, (&rows, &whys), of_rows, (lines.len(), is_part));
    let marker = Marker::new(document.text(), &marks, &names);
    let is_headed = part.start == 0 && has_headline(document, &head.title);
    let heading = is_headed.then_some((number, head.rank));
    let body = body((document.text(), part), heading, &lines, &notes, marker);
    html! {
        article #{ "d" (number) } aria-labelledby={ "d" (number) "t" } {
            (header(reading, number, head, is_headed))
            div.text lang=[document.language.as_deref()] { (body) }
            (tables(&groups, number, (&has_words, is_part)))
            (remarks(reading))
        }
    }
}

fn names(number: usize, row: usize, attribution: &Attribution) -> RowNames {
    let row_name = format!("d{number}{}", attribution.id);
    RowNames {
        words: format!("{row_name}w"),
        row: row_name,
        number: row + 1,
        facets: facets(attribution),
        unnamed: is_unnamed(attribution),
    }
}

/// Whether the text has a headline that says what the title says; pages add their name to a title.
fn has_headline(document: &Document, title: &str) -> bool {
    let mut blocks = document.blocks().iter();
    let headline = blocks.find(|block| block.kind == BlockKind::Headline);
    let words = headline.and_then(|block| block.span.slice(document.text()));
    words.is_some_and(|words| {
        let (words, title) = (one_line(words).to_lowercase(), title.to_lowercase());
        title.contains(&words) || words.contains(&title)
    })
}

/// What stands above the text: where it comes from, and how much was found.
fn header(reading: &Reading, number: usize, head: &Head, is_headed: bool) -> Markup {
    let document = &reading.document;
    let found = reading.attributions.len();
    let without = labels::without_source(reading);
    let unnamed = labels::unnamed(reading);
    html! {
        header {
            p.meta {
                @for (index, detail) in head.details.iter().enumerate() {
                    @if index > 0 { " · " }
                    bdi { (detail) }
                }
                @if let Some(byline) = &document.byline { " · " bdi { (byline) } }
                @if let Some(url) = document.url.as_deref().filter(|url| is_web(url)) {
                    " · " a href=(url) rel="noreferrer" { "the page" }
                }
            }
            @if !is_headed { (heading(head.rank, &format!("d{number}t"), &html! { bdi { (head.title) } })) }
            p.found {
                (labels::count(found, "attribution"))
                @if unnamed > 0 { " · " (labels::grouped(unnamed)) " from unnamed sources" }
                @if without > 0 { " · " (labels::grouped(without)) " without a source in the text" }
            }
        }
    }
}

/// Only addresses of the web become links; nothing else that a page calls its address does.
fn is_web(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

fn heading(rank: Rank, id: &str, words: &Markup) -> Markup {
    match rank {
        Rank::Alone => html! { h1 id=(id) { (words) } },
        Rank::AmongOthers => html! { h2 id=(id) { (words) } },
    }
}

/// For each owner of marks the line at which its words begin; none where no line has any.
fn first_lines(lines: &[PageLine], marks: &[Mark], owners: usize) -> Vec<Option<usize>> {
    let mut first: Vec<Option<usize>> = vec![None; owners];
    for mark in marks {
        let range = mark.range();
        // The first line that ends after the mark begins.
        let line = lines.partition_point(|line| line.range().end <= range.start);
        let reached = lines
            .get(line)
            .is_some_and(|line| line.range().start < range.end);
        if let Some(place) = first
            .get_mut(mark.owner())
            .filter(|place| place.is_none() && reached)
        {
            *place = Some(line);
        }
    }
    first
}

/// Rows of the list, for each line the ones whose words begin there. Rows without words on the page stand at the first
/// line, but for those whose words are in another part.
fn notes(
    reading: &Reading,
    (names, whys): (&[RowNames], &[Option<Markup>]),
    first: &[Option<usize>],
    (lines, is_part): (usize, bool),
) -> Vec<Markup> {
    let mut notes = vec![Vec::new(); lines.max(1)];
    let rows = rows(reading);
    let all = rows.iter().zip(names).zip(whys);
    for (((row, name), why), place) in all.zip(first) {
        if is_part && place.is_none() {
            continue;
        }
        let markup = list_row(row, name, place.is_some(), why.as_ref());
        if let Some(note) = notes.get_mut(place.unwrap_or_default()) {
            note.push((name.number, markup));
        }
    }
    notes.into_iter().map(|rows| note(&rows)).collect()
}

fn note(rows: &[(usize, Markup)]) -> Markup {
    html! {
        @if !rows.is_empty() {
            ol.rows aria-label="who says so" {
                @for (_, row) in rows { (row) }
            }
        }
    }
}

/// The part of the text from its first character to its last, white space between the lines included. Its first headline
/// becomes the heading where it is one.
fn body(
    (text, part): (&str, Range<usize>),
    mut headed: Option<(usize, Rank)>,
    lines: &[PageLine],
    notes: &[Markup],
    mut marker: Marker<'_>,
) -> Markup {
    let mut out = String::with_capacity(part.len() * 2);
    let mut at = part.start;
    let mut notes = notes.iter();
    for line in lines {
        let range = line.range();
        between(&mut out, text.get(at..range.start).unwrap_or_default());
        out.extend(notes.next().map(|note| note.0.as_str()));
        let words = inside(text, line, &mut marker);
        let is_headline = line.kind == BlockKind::Headline;
        let element = if let Some((number, rank)) = headed.take_if(|_| is_headline) {
            heading(rank, &format!("d{number}t"), &words)
        } else {
            html! { p.(line.kind) dir="auto" { (words) } }
        };
        out.push_str(&element.0);
        at = range.end;
    }
    out.extend(notes.map(|note| note.0.as_str()));
    between(&mut out, text.get(at..part.end).unwrap_or_default());
    PreEscaped(out)
}

/// White space between lines. A page shows some of it, such as no-break spaces, as a line of its own.
fn between(out: &mut String, blank: &str) {
    let plain = blank.bytes().all(|b| b.is_ascii_whitespace());
    let blank = html! { @if plain { (blank) } @else { span hidden { (blank) } } };
    out.push_str(&blank.0);
}

/// The words of a line; blocks of another function than the line's are set apart in it.
fn inside(text: &str, line: &PageLine, marker: &mut Marker<'_>) -> Markup {
    let mut out = String::new();
    let mut at = line.range().start;
    for block in &line.blocks {
        let range = block.span.range();
        out.push_str(text.get(at..range.start).unwrap_or_default());
        let mut words = String::new();
        marker.write(&mut words, range.clone());
        let words = PreEscaped(words);
        let element = html! {
            @if block.kind == line.kind { (words) } @else { span.(block.kind) { (words) } }
        };
        out.push_str(&element.0);
        at = range.end;
    }
    PreEscaped(out)
}

/// What people should know about how the document was loaded and read.
fn remarks(reading: &Reading) -> Markup {
    let notes = reading.document.notes.iter().chain(&reading.notes);
    let notes: Vec<_> = notes.collect();
    html! {
        footer {
            @if !notes.is_empty() {
                ul.notes aria-label="notes" { @for note in notes { li { (note) } } }
            }
            p.made { "read with sayso " (reading.reader.version) " · " span.model { (reading.reader.model) } }
        }
    }
}
