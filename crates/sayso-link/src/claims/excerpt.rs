//! A member of a claim with its words.

use rusqlite::{Connection, Result};
use sayso_read::sentence_around;

use super::Member;
use super::actor::Actor;
use super::gather::Draft;
use super::rows::Telling;

/// What a document says, as it is told; its words are still to be [`quoted`].
pub(super) fn member(draft: &Draft, actor: Option<&Actor>, through: Vec<String>) -> Member {
    let telling = draft.telling;
    Member {
        document: telling.name.clone(),
        stance: draft.stance,
        act: telling.by.as_ref().and_then(|by| by.act.clone()),
        letter: None,
        called: None,
        origin: actor.map_or_else(|| "unknown".to_owned(), |a| a.name.clone()),
        origin_number: None,
        origin_kind: actor.map_or_else(|| "unstated".to_owned(), |a| a.kind.clone()),
        unnamed: actor.is_some_and(Actor::is_unnamed),
        through,
        certainty: telling.by.as_ref().and_then(|by| by.certainty.clone()),
        realis: telling.realis.clone(),
        mention: telling.local.clone(),
        attribution: telling.by.as_ref().map(|by| by.local.clone()),
        words: String::new(),
        start: 0,
        end: 0,
        published: telling.at.clone(),
    }
}

/// Looks up the words of a member.
pub(super) fn quoted(c: &Connection, telling: &Telling, member: &mut Member) -> Result<()> {
    (member.start, member.end) = match &telling.by {
        Some(by) => (by.start, by.end),
        None => sentence(c, telling)?,
    };
    member.words = c
        .prepare_cached("SELECT substr(v.text, ?2 + 1, ?3 - ?2) FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row((telling.document, member.start, member.end), |row| row.get(0))?;
    Ok(())
}

/// The sentence around an event that stands in the author's own words, in characters.
fn sentence(c: &Connection, telling: &Telling) -> Result<(i64, i64)> {
    let text: String = c
        .prepare_cached("SELECT v.text FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row([telling.document], |row| row.get(0))?;
    let start = usize::try_from(telling.start).unwrap_or(0);
    let at = text.char_indices().nth(start).map_or(0, |(at, _)| at);
    let around = sentence_around(&text, at);
    let letters = |end: usize| {
        let before = text.get(..end).unwrap_or_default();
        i64::try_from(before.chars().count()).unwrap_or(i64::MAX)
    };
    Ok((letters(around.start), letters(around.end)))
}
