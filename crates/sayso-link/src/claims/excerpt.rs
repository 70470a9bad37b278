//! A member of a claim with its words.

use rusqlite::{Connection, Result};

use super::Member;
use super::actor::Actor;
use super::gather::Draft;
use super::rows::Telling;

/// What a document says, as it is told.
pub(super) fn member(
    c: &Connection,
    draft: &Draft,
    actor: Option<&Actor>,
    through: Vec<String>,
) -> Result<Member> {
    let telling = draft.telling;
    let (start, end) = match &telling.by {
        Some(by) => (by.start, by.end),
        None => sentence(c, telling)?,
    };
    let words: String = c
        .prepare_cached("SELECT substr(v.text, ?2 + 1, ?3 - ?2) FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row((telling.document, start, end), |row| row.get(0))?;
    Ok(Member {
        document: telling.name.clone(),
        stance: draft.stance,
        act: telling.by.as_ref().and_then(|by| by.act.clone()),
        letter: None,
        origin: actor.map_or_else(|| "unknown".to_owned(), |a| a.name.clone()),
        origin_kind: actor.map_or_else(|| "unstated".to_owned(), |a| a.kind.clone()),
        unnamed: actor.is_some_and(Actor::is_unnamed),
        through,
        certainty: telling.by.as_ref().and_then(|by| by.certainty.clone()),
        realis: telling.realis.clone(),
        mention: telling.local.clone(),
        attribution: telling.by.as_ref().map(|by| by.local.clone()),
        words,
        start,
        end,
        published: telling.at.clone(),
    })
}

/// The sentence around an event that stands in the author's own words, in characters.
#[expect(clippy::cast_possible_wrap, reason = "texts are at most some MiB long")]
fn sentence(c: &Connection, telling: &Telling) -> Result<(i64, i64)> {
    let text: String = c
        .prepare_cached("SELECT v.text FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row([telling.document], |row| row.get(0))?;
    let letters: Vec<char> = text.chars().collect();
    let place = |at: i64| usize::try_from(at).unwrap_or(0).min(letters.len());
    let (start, end) = (place(telling.start), place(telling.end));
    let is_end = |at: usize| {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        matches!(letters.get(at), Some('\n'))
            || (matches!(letters.get(at), Some('.' | '!' | '?')) && next.is_whitespace())
    };
    let first = (0..start)
        .rev()
        .find(|at| is_end(*at))
        .map_or(0, |at| at + 1);
    let first = (first..start)
        .find(|at| !letters[*at].is_whitespace())
        .unwrap_or(start);
    let last = (end..letters.len())
        .find(|at| is_end(*at))
        .unwrap_or(letters.len());
    let last = if letters.get(last).is_some_and(|c| *c != '\n') {
        last + 1
    } else {
        last
    };
    Ok((first as i64, last as i64))
}
