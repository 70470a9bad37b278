//! From a reading to rows of its tables and words of its indexes.

use std::collections::HashMap;

use rusqlite::Connection;
use sayso_reading::{
    Attribution, Entity, EntityId, Hop, Place, PlaceId, Reading, Spans, TextIndex, Time, TimeId,
};

use super::tags::{self, ANY};
use super::words::{AllWords, row_number};

/// Who made a row, and since when it counts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    /// The change that brings it.
    pub since: i64,
    /// The review that made it, with the item as it is now; `None`: the reader did.
    pub review: Option<(i64, &'a str)>,
}

/// A reading on its way into the tables, with what its rows share.
pub(crate) struct Kept<'r> {
    pub(super) reading: &'r Reading,
    index: TextIndex<'r>,
    /// The reading's row.
    pub(super) id: i64,
    /// Day of publication.
    pub(super) day: i64,
    /// Tags of the document: publisher, language.
    pub(super) tags: String,
    pub(super) entities: HashMap<EntityId, &'r Entity>,
    pub(super) places: HashMap<PlaceId, &'r Place>,
    pub(super) times: HashMap<TimeId, &'r Time>,
}

impl<'r> Kept<'r> {
    pub(crate) fn new(reading: &'r Reading, id: i64, day: i64, publisher: Option<i64>) -> Self {
        let mut shared = ANY.to_owned();
        if let Some(publisher) = publisher {
            push(&mut shared, &tags::number("pub", publisher));
        }
        if let Some(language) = &reading.document.language {
            push(&mut shared, &tags::value("lang", language));
        }
        Self {
            reading,
            index: TextIndex::new(reading.document.text()),
            id,
            day,
            tags: shared,
            entities: reading.entities.iter().map(|e| (e.id, e)).collect(),
            places: reading.places.iter().map(|p| (p.id, p)).collect(),
            times: reading.times.iter().map(|t| (t.id, t)).collect(),
        }
    }

    /// Writes everything of a reading that a reader made.
    pub(crate) fn write(
        &self,
        transaction: &Connection,
        since: i64,
        words: &mut AllWords,
    ) -> rusqlite::Result<()> {
        let origin = Origin {
            since,
            review: None,
        };
        self.entities(transaction)?;
        self.notes(transaction)?;
        for attribution in &self.reading.attributions {
            self.attribution(transaction, attribution, origin, words)?;
        }
        for event in &self.reading.events {
            let within = event
                .within
                .and_then(|id| self.reading.attributions.iter().find(|a| a.id == id));
            self.event(transaction, event, within, origin, words)?;
        }
        self.figures(transaction)
    }

    /// The words of the whole text; `version` is its row.
    pub(crate) fn text(&self, version: i64, words: &mut AllWords) {
        let document = &self.reading.document;
        let mut names = String::new();
        for entity in &self.reading.entities {
            push(&mut names, &entity.name);
        }
        words.texts.push(
            row_number(self.day, version),
            [
                document.title.clone().unwrap_or_default(),
                document.text().to_owned(),
                names,
                self.tags.clone(),
            ],
        );
    }

    fn entities(&self, transaction: &Connection) -> rusqlite::Result<()> {
        let mut statement = transaction.prepare_cached(
            "INSERT INTO entity (reading, local, kind, name, describes, mentions) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for e in &self.reading.entities {
            statement.execute((
                self.id,
                e.id.to_string(),
                e.kind.as_str(),
                &e.name,
                &e.describes,
                e.mentions.len() as i64,
            ))?;
        }
        Ok(())
    }

    fn notes(&self, transaction: &Connection) -> rusqlite::Result<()> {
        let mut statement = transaction
            .prepare_cached("INSERT INTO note (reading, position, text) VALUES (?1, ?2, ?3)")?;
        let notes = self
            .reading
            .document
            .notes
            .iter()
            .chain(&self.reading.notes);
        for (at, note) in notes.enumerate() {
            statement.execute((self.id, at as i64 + 1, note))?;
        }
        Ok(())
    }

    fn figures(&self, transaction: &Connection) -> rusqlite::Result<()> {
        let mut statement = transaction.prepare_cached(
            "INSERT INTO figure (reading, local, kind, low, high, rule, unit, words, within, event) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for f in &self.reading.figures {
            let event = self
                .reading
                .events
                .iter()
                .find(|e| e.figures.contains(&f.id));
            statement.execute((
                self.id,
                f.id.to_string(),
                f.kind.as_str(),
                f.low.get(),
                f.high.map(sayso_reading::Amount::get),
                f.rule.as_str(),
                &f.unit,
                self.words(&f.spans),
                f.within.map(|id| id.to_string()),
                event.map(|e| e.id.to_string()),
            ))?;
        }
        Ok(())
    }

    /// Writes an attribution and gives its row.
    pub(crate) fn attribution(
        &self,
        transaction: &Connection,
        a: &Attribution,
        origin: Origin,
        words: &mut AllWords,
    ) -> rusqlite::Result<i64> {
        let (start, end) = self.characters(&a.content.spans);
        let source = self.words(&a.source.spans);
        let name = a
            .source
            .entity
            .and_then(|id| self.entities.get(&id))
            .map(|e| e.name.as_str());
        let from = self.origin(a);
        let from_kind = a.chain.last().map(|hop| hop.kind).or(a.source.kind);
        let content = self.words(&a.content.spans);
        let mut statement = transaction.prepare_cached(
            "INSERT INTO attribution (reading, local, within, source, source_name, source_kind, role, condition, cue, lemma, act, certainty, negated, quote, content, start, \"end\", hedge, origin, origin_kind, score, review, json, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)",
        )?;
        statement.execute(rusqlite::params![
            self.id,
            a.id.to_string(),
            a.within.map(|id| id.to_string()),
            some(&source),
            name,
            a.source.kind.map(sayso_reading::SourceKind::as_str),
            a.source.role,
            a.source.condition,
            a.cue.as_ref().map(|c| self.words(&c.spans)),
            a.cue.as_ref().map(|c| c.lemma.as_str()),
            a.act.map(sayso_reading::Act::as_str),
            a.certainty.map(sayso_reading::Certainty::as_str),
            a.negated,
            a.quote.as_str(),
            content,
            start,
            end,
            a.hedge.as_ref().map(|h| self.words(&h.spans)),
            from,
            from_kind.map(sayso_reading::SourceKind::as_str),
            f64::from(a.score.value()),
            origin.review.map(|(id, _)| id),
            origin.review.map(|(_, json)| json),
            origin.since,
        ])?;
        let row = transaction.last_insert_rowid();
        self.hops(transaction, row, &a.chain)?;
        words.attributions.push(
            row_number(self.day, row),
            [
                content,
                self.source_words(a),
                from.unwrap_or_default(),
                self.attribution_tags(a),
            ],
        );
        Ok(row)
    }

    fn hops(&self, transaction: &Connection, row: i64, chain: &[Hop]) -> rusqlite::Result<()> {
        let mut statement = transaction.prepare_cached(
            "INSERT INTO hop (attribution, position, name, kind, \"by\", words) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (at, hop) in chain.iter().enumerate() {
            statement.execute((
                row,
                at as i64 + 1,
                &hop.name,
                hop.kind.as_str(),
                hop.by.map(sayso_reading::Carrier::as_str),
                self.words(&hop.spans),
            ))?;
        }
        Ok(())
    }

    /// All words by which a source can be meant: its own, its name, its role, its carriers.
    pub(super) fn source_words(&self, a: &Attribution) -> String {
        let mut out = self.words(&a.source.spans);
        // most of them are the same words: once is enough
        let mut more = |words: &str| {
            if !stands_in(words, &out) {
                push(&mut out, words);
            }
        };
        if let Some(entity) = a.source.entity.and_then(|id| self.entities.get(&id)) {
            more(&entity.name);
            more(entity.describes.as_deref().unwrap_or_default());
        }
        more(a.source.role.as_deref().unwrap_or_default());
        for hop in &a.chain {
            more(&self.hop_name(hop));
        }
        out
    }

    /// Where it comes from: the last hop, else the source.
    pub(super) fn origin(&self, a: &Attribution) -> Option<String> {
        if let Some(hop) = a.chain.last() {
            return some(&self.hop_name(hop));
        }
        match a.source.entity.and_then(|id| self.entities.get(&id)) {
            Some(entity) => Some(entity.name.clone()),
            None => some(&self.words(&a.source.spans)),
        }
    }

    fn hop_name(&self, hop: &Hop) -> String {
        hop.name.clone().unwrap_or_else(|| self.words(&hop.spans))
    }

    fn attribution_tags(&self, a: &Attribution) -> String {
        let mut out = self.tags.clone();
        attribution_values(a, &mut out);
        if !a.chain.is_empty() {
            for tag in tags::reached("hop", a.chain.len() as f64) {
                push(&mut out, &tag);
            }
        }
        out
    }

    /// The words of some spans on one line, left-out stretches marked.
    pub(super) fn words(&self, spans: &Spans) -> String {
        let mut out = String::new();
        for (at, span) in spans.iter().enumerate() {
            if at > 0 {
                out.push_str(" … ");
            }
            let words = span.slice(self.reading.document.text()).unwrap_or_default();
            if is_one_line(words) {
                out.push_str(words);
                continue;
            }
            for (at, word) in words.split_whitespace().enumerate() {
                if at > 0 {
                    out.push(' ');
                }
                out.push_str(word);
            }
        }
        out
    }

    /// From where to where some spans reach, in characters.
    pub(super) fn characters(&self, spans: &Spans) -> (i64, i64) {
        let hull = spans
            .hull()
            .and_then(|hull| self.index.scalar_span(hull).ok());
        hull.map_or((0, 0), |hull| (hull.start() as i64, hull.end() as i64))
    }
}

/// Writes the tags of an attribution's closed values; an event that stands in it has them too.
pub(super) fn attribution_values(a: &Attribution, out: &mut String) {
    let last = a.chain.last().map(|hop| hop.kind).or(a.source.kind);
    for (list, value) in [
        ("quote", Some(a.quote.as_str())),
        ("act", a.act.map(sayso_reading::Act::as_str)),
        ("cert", a.certainty.map(sayso_reading::Certainty::as_str)),
        ("kind", a.source.kind.map(sayso_reading::SourceKind::as_str)),
        ("okind", last.map(sayso_reading::SourceKind::as_str)),
    ] {
        if let Some(value) = value {
            tags::push(out, list, value);
        }
    }
    if a.negated {
        push(out, "neg");
    }
}

/// Whether single spaces part its words, as nearly always.
fn is_one_line(words: &str) -> bool {
    let mut before = ' ';
    for c in words.chars() {
        if c.is_whitespace() && (c != ' ' || before == ' ') {
            return false;
        }
        before = c;
    }
    before != ' '
}

/// Whether some words stand in others as whole words: "Syria" does not in "a Syrian official".
fn stands_in(words: &str, others: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    others.match_indices(words).any(|(at, found)| {
        let before = others.get(..at).and_then(|b| b.chars().next_back());
        let after = others
            .get(at + found.len()..)
            .and_then(|a| a.chars().next());
        is_edge(before) && is_edge(after)
    })
}

pub(super) fn push(out: &mut String, word: &str) {
    if !word.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

pub(super) fn some(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_others_as_whole_words() {
        assert!(stands_in("Ann Lee", "Minister Ann Lee, 52"));
        assert!(!stands_in("Syria", "a Syrian official"));
        assert!(!stands_in("Lee", "Ann Leeds"));
        assert!(stands_in("Lee", "Ann Leeds and Lee"));
    }
}
