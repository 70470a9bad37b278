//! Parts that pages share: days, kinds, labels, chains, links to documents.

use std::borrow::Cow;
use std::collections::HashMap;

use maud::{Markup, html};
use rusqlite::OptionalExtension as _;
use sayso_case::{Case, StatementRow};
use sayso_link::Label;
use sayso_reading::{Edtf, SourceKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::output::glyphs::UNICODE;
use crate::output::labels;
use crate::output::rows::one_line;
use crate::serve::asked::Around;
use crate::serve::links;
use crate::serve::problem::Problem;

/// Characters of the first words that stand for a title.
const TITLE: usize = 120;

/// What a list says of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct DocumentLine {
    /// Its name in the case.
    pub id: String,
    /// The page's title, else its first line, else the name of its file.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, in EDTF.
    pub published: Option<String>,
}

/// Some documents by their names. One without a title is called by its headline, or by its first words.
pub(crate) fn documents<'n>(
    case: &Case,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<HashMap<String, DocumentLine>, Problem> {
    let mut find = case
        .connection()
        .prepare_cached("SELECT v.title, p.name, v.published FROM document d JOIN version v ON v.document = d.id AND v.until IS NULL LEFT JOIN publisher p ON p.id = v.publisher WHERE d.name = ?1")
        .map_err(|e| case.error(e))?;
    let mut first = case
        .connection()
        .prepare_cached("SELECT substr(text, 1, 400) FROM v_block WHERE document = ?1 AND kind <> 'boilerplate' ORDER BY kind <> 'headline', position LIMIT 1")
        .map_err(|e| case.error(e))?;
    let mut out = HashMap::new();
    for name in names {
        if out.contains_key(name) {
            continue;
        }
        let found = find.query_row([name], |row| {
            Ok(DocumentLine {
                id: name.to_owned(),
                title: one_line(&row.get::<_, Option<String>>(0)?.unwrap_or_default()),
                publisher: row.get(1)?,
                published: row.get(2)?,
            })
        });
        let Some(mut line) = found.optional().map_err(|e| case.error(e))? else {
            continue;
        };
        if line.title.is_empty() {
            let words = first.query_row([name], |row| row.get::<_, String>(0));
            let words = words.optional().map_err(|e| case.error(e))?;
            line.title = shortened(&one_line(&words.unwrap_or_default()), TITLE);
        }
        if line.title.is_empty() {
            name.clone_into(&mut line.title);
        }
        out.insert(name.to_owned(), line);
    }
    Ok(out)
}

/// The first words, as many as fit in some characters.
fn shortened(words: &str, most: usize) -> String {
    let Some((end, _)) = words.char_indices().nth(most) else {
        return words.to_owned();
    };
    let whole = words.get(..end).unwrap_or_default();
    let end = whole.rfind(' ').unwrap_or(end);
    format!("{}…", words.get(..end).unwrap_or_default())
}

/// Of some statements, those whose source the text names: only these can be told apart from others. Each by its
/// document and its id in it, with the name.
pub(crate) fn named(
    case: &Case,
    rows: &[StatementRow],
) -> Result<HashMap<(String, String), String>, Problem> {
    let mut find = case
        .connection()
        .prepare_cached("SELECT a.source_name FROM document d JOIN version v ON v.document = d.id JOIN reading g ON g.version = v.id JOIN attribution a ON a.reading = g.id WHERE d.name = ?1 AND a.local = ?2 AND a.start = ?3 AND a.source_name IS NOT NULL ORDER BY a.id DESC LIMIT 1")
        .map_err(|e| case.error(e))?;
    let mut out = HashMap::new();
    for row in rows {
        let found: Option<String> = find
            .query_row((&row.document, &row.id, row.start), |found| found.get(0))
            .optional()
            .map_err(|e| case.error(e))?;
        out.extend(found.map(|name| ((row.document.clone(), row.id.clone()), name)));
    }
    Ok(out)
}

/// The address of a page as it is looked at.
pub(crate) fn here(around: &Around) -> String {
    if around.query.is_empty() {
        around.path.clone()
    } else {
        format!("{}?{}", around.path, around.query)
    }
}

/// Words of which the middle is left out where they are too many characters.
pub(crate) fn middle_out(words: &str, most: usize) -> Cow<'_, str> {
    let place = |chars: usize| words.char_indices().nth(chars).map(|(at, _)| at);
    let length = words.chars().count();
    let ends = place(most / 2).zip(place(length.saturating_sub(most / 2)));
    match ends.filter(|_| length > most) {
        Some((end, start)) => {
            let of = |range: Option<&str>| range.unwrap_or_default().to_owned();
            Cow::Owned(of(words.get(..end)) + " … " + &of(words.get(start..)))
        }
        None => Cow::Borrowed(words),
    }
}

/// A link to a document with whose it is and when.
pub(crate) fn document(line: &DocumentLine) -> Markup {
    html! {
        a.title href=(links::document(&line.id)) { bdi { (line.title) } }
        " " (whose(line.publisher.as_deref(), line.published.as_deref()))
    }
}

/// Whose it is and when it was published.
pub(crate) fn whose(publisher: Option<&str>, at: Option<&str>) -> Markup {
    html! {
        span.meta {
            @if let Some(publisher) = publisher { bdi { (publisher) } }
            @if publisher.is_some() && at.is_some() { " · " }
            @if let Some(at) = at { (day(at)) }
            @if publisher.is_none() && at.is_none() { "publisher and day unknown" }
        }
    }
}

/// A day or time as people write it.
pub(crate) fn day(written: &str) -> Markup {
    html! { time datetime=(written) { (day_words(written)) } }
}

/// The same as words.
pub(crate) fn day_words(written: &str) -> String {
    let day = written
        .get(..10)
        .filter(|_| written.as_bytes().get(10) == Some(&b'T'));
    let parsed = day.unwrap_or(written).parse::<Edtf>();
    let told = parsed.map_or_else(|_| one_line(written), |edtf| labels::day(&edtf));
    match (day, written.get(11..16)) {
        (Some(_), Some(clock)) => format!("{told}, {clock}"),
        _ => told,
    }
}

/// A stretch of time by its first and last day or moment.
pub(crate) fn stretch(first: &str, last: &str) -> String {
    if first.get(..10).is_some() && first.get(..10) == last.get(..10) {
        day_words(first.get(..10).unwrap_or(first))
    } else if let Some(month) = whole(first, last, 7) {
        day_words(month)
    } else if let Some(year) = whole(first, last, 4) {
        year.to_owned()
    } else {
        format!("{} to {}", day_words(first), day_words(last))
    }
}

/// The month or year that begins and ends with two days: what they share, `length` letters long.
fn whole<'d>(first: &'d str, last: &str, length: usize) -> Option<&'d str> {
    let shared = first.get(..length)?;
    let begins = first.len() == 10 && first.get(length..)?.trim_start_matches("-01").is_empty();
    let day: jiff::civil::Date = last.parse().ok()?;
    let ends = match length {
        4 => day.month() == 12 && day.day() == 31,
        _ => day.day() == day.days_in_month(),
    };
    let is_whole = begins && ends && last.starts_with(shared);
    is_whole.then_some(shared)
}

/// The sign of a kind of source, with the word for who does not see it.
pub(crate) fn glyph(kind: &str) -> Markup {
    let known = SourceKind::ALL.iter().find(|k| k.as_str() == kind);
    html! {
        @if let Some(known) = known {
            span.glyph aria-hidden="true" title=(kind) { (UNICODE.kind(*known)) }
            span.sr { (kind) } " "
        }
    }
}

/// Somebody by name, or kept unnamed; a link for who has a page.
pub(crate) fn somebody(name: &str, kind: &str, unnamed: bool) -> Markup {
    html! {
        @if !unnamed && has_page(kind) && is_name(name) {
            (glyph(kind))
            a.who href=(links::source(bare(name))) { bdi { (name) } }
        } @else {
            (nobody(name, kind, unnamed))
        }
    }
}

/// Somebody who has no page.
pub(crate) fn nobody(name: &str, kind: &str, unnamed: bool) -> Markup {
    html! {
        (glyph(kind))
        bdi.who.u[unnamed] { (bare(name)) }
        @if unnamed { " " span.unnamed { "unnamed" } }
    }
}

/// Whether words may be a name: "the company" is many.
fn is_name(words: &str) -> bool {
    let mut words = words.split_whitespace().filter(|word| *word != "The");
    words.any(|word| word.chars().any(char::is_uppercase))
}

/// Whether sources of a kind have pages: named bodies and their writings; never private persons, never
/// who is kept unnamed.
pub(crate) fn has_page(kind: &str) -> bool {
    matches!(
        kind,
        "organization" | "publication" | "channel" | "document"
    )
}

/// A name as it stands in texts, without what claims add to tell it apart.
pub(crate) fn bare(name: &str) -> &str {
    name.rsplit_once(" (").map_or(name, |(words, _)| words)
}

/// The label of a standing: a frame or a bar, and always the words.
pub(crate) fn label(label: Label) -> Markup {
    let class = match label {
        Label::DeniedByTheAccused | Label::Disputed => "label disputed",
        Label::SingleOrigin | Label::OnlyUnnamed | Label::Circular | Label::NoOrigin => {
            "label single"
        }
        Label::SeveralOrigins => "label",
    };
    html! { span class=(class) { (label.as_str()) } }
}

/// In which mode of being something is told.
pub(crate) fn realis(realis: &str) -> Markup {
    let word = realis_word(realis);
    html! { span class={ "realis r-" (word) } { (word) } }
}

/// The word for that.
pub(crate) fn realis_word(realis: &str) -> &str {
    match realis {
        "actual" => "happened",
        "ongoing" => "ongoing",
        "planned" => "planned",
        "hypothetical" => "supposed",
        "negated" => "denied",
        other => other,
    }
}

/// Hops from the page to the origin.
pub(crate) fn chain<'h>(hops: impl IntoIterator<Item = &'h str>) -> Markup {
    html! {
        span.chain {
            @for (at, hop) in hops.into_iter().enumerate() {
                @if at > 0 { "\u{a0}← " }
                bdi { (hop) }
            }
        }
    }
}

/// Numbers up to twelve as words.
pub(crate) fn number(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .get(n)
        .map_or_else(|| labels::grouped(n), |w| (*w).to_owned())
}

/// How many, in words: `two reports`.
pub(crate) fn some(n: usize, one: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{} {one}{ending}", number(n))
}

/// With a capital at its beginning.
pub(crate) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_month_or_year_is_told_as_one() {
        assert_eq!(stretch("2025-07-01", "2025-07-31"), "July 2025");
        assert_eq!(stretch("2024-02-01", "2024-02-29"), "February 2024");
        assert_eq!(stretch("2024-01-01", "2024-12-31"), "2024");
        assert_eq!(
            stretch("2025-07-01", "2025-07-30"),
            "1 July 2025 to 30 July 2025"
        );
        assert_eq!(stretch("2025-07-04", "2025-07-04"), "4 July 2025");
    }

    #[test]
    fn of_many_words_both_ends_are_shown() {
        assert_eq!(middle_out("abcdefgh", 4), "ab … gh");
        assert_eq!(middle_out("äöü", 3), "äöü");
    }

    #[test]
    fn first_words_end_where_a_word_ends() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("one two", 7), "one two");
        assert_eq!(shortened("oneword", 3), "one…");
    }
}
