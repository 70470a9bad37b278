//! Event mentions: their rows and the words they are found by.

use rusqlite::Connection;
use sayso_reading::{Attribution, EventMention, Figure, FigureKind, Participant, Place};

use super::countries;
use super::rows::{Kept, Origin, attribution_values, push, some};
use super::tags;
use super::words::{AllWords, row_number};

impl<'r> Kept<'r> {
    /// Writes an event mention that stands in `within`, and gives its row.
    pub(crate) fn event(
        &self,
        transaction: &Connection,
        e: &EventMention,
        within: Option<&Attribution>,
        origin: Origin,
        words: &mut AllWords,
    ) -> rusqlite::Result<i64> {
        let (start, end) = self.characters(&e.trigger.spans);
        let trigger = self.words(&e.trigger.spans);
        let (actor, recipient) = (self.participants(&e.actor), self.participants(&e.recipient));
        let place = e.place.and_then(|id| self.places.get(&id).copied());
        let time = e.time.and_then(|id| self.times.get(&id).copied());
        let killed = self.toll(e, FigureKind::Killed);
        let injured = self.toll(e, FigureKind::Injured);
        let mut statement = transaction.prepare_cached(
            "INSERT INTO event_mention (reading, local, \"trigger\", start, \"end\", type, mode, realis, within, actor, recipient, place, country, geonames, lat, lon, time_words, edtf, earliest, latest, killed_low, killed_high, injured_low, injured_high, score, review, json, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)",
        )?;
        statement.execute(rusqlite::params![
            self.id,
            e.id.to_string(),
            trigger,
            start,
            end,
            e.event_type.as_str(),
            e.mode.map(sayso_reading::Mode::as_str),
            e.realis.as_str(),
            e.within.map(|id| id.to_string()),
            some(&actor.join("; ")),
            some(&recipient.join("; ")),
            place.map(|p| p.name.as_str()),
            place.and_then(|p| p.country.as_deref()),
            place
                .and_then(|p| p.geonames)
                .and_then(|n| i64::try_from(n).ok()),
            place.and_then(|p| p.lat),
            place.and_then(|p| p.lon),
            time.map(|t| t.text.as_str()),
            time.and_then(|t| t.edtf.as_ref()).map(ToString::to_string),
            time.and_then(|t| t.earliest).map(|m| m.to_string()),
            time.and_then(|t| t.latest).map(|m| m.to_string()),
            killed.map(|f| f.low.get()),
            killed.and_then(|f| f.high).map(sayso_reading::Amount::get),
            injured.map(|f| f.low.get()),
            injured.and_then(|f| f.high).map(sayso_reading::Amount::get),
            f64::from(e.score.value()),
            origin.review.map(|(id, _)| id),
            origin.review.map(|(_, json)| json),
            origin.since,
        ])?;
        let row = transaction.last_insert_rowid();
        self.responsibilities(transaction, row, e)?;
        words.events.push(
            row_number(self.day, row),
            [
                trigger,
                actor.join(" "),
                recipient.join(" "),
                place.map(place_words).unwrap_or_default(),
                within.map(|a| self.source_words(a)).unwrap_or_default(),
                within.and_then(|a| self.origin(a)).unwrap_or_default(),
                self.event_tags(e, within),
            ],
        );
        Ok(row)
    }

    fn responsibilities(
        &self,
        transaction: &Connection,
        row: i64,
        e: &EventMention,
    ) -> rusqlite::Result<()> {
        let mut statement = transaction.prepare_cached(
            "INSERT INTO responsibility (event, position, act, who, attribution) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (at, r) in e.responsibility.iter().enumerate() {
            statement.execute((
                row,
                at as i64 + 1,
                r.act.as_str(),
                self.participant(&r.who),
                r.attribution.map(|id| id.to_string()),
            ))?;
        }
        Ok(())
    }

    fn event_tags(&self, e: &EventMention, within: Option<&Attribution>) -> String {
        let mut out = self.tags.clone();
        tags::push(&mut out, "ev", e.event_type.as_str());
        if let Some(mode) = e.mode {
            tags::push(&mut out, "mode", mode.as_str());
        }
        tags::push(&mut out, "realis", e.realis.as_str());
        for context in &e.contexts {
            tags::push(&mut out, "ctx", context.name.as_str());
        }
        for r in &e.responsibility {
            tags::push(&mut out, "resp", r.act.as_str());
        }
        let place = e.place.and_then(|id| self.places.get(&id).copied());
        if let Some(country) = place.and_then(|p| p.country.as_deref()) {
            tags::push(&mut out, "cty", country);
        }
        if let Some(time) = e.time.and_then(|id| self.times.get(&id)) {
            for tag in tags::time(time.earliest, time.latest) {
                push(&mut out, &tag);
            }
        }
        for (list, kind) in [("k", FigureKind::Killed), ("i", FigureKind::Injured)] {
            if let Some(figure) = self.toll(e, kind) {
                for tag in tags::reached(list, figure.low.get()) {
                    push(&mut out, &tag);
                }
            }
        }
        match within {
            Some(a) => attribution_values(a, &mut out),
            None => push(&mut out, "kindauthor"),
        }
        out
    }

    /// The greatest figure of a kind that belongs to an event.
    fn toll(&self, e: &EventMention, kind: FigureKind) -> Option<&'r Figure> {
        self.reading
            .figures
            .iter()
            .filter(|f| f.kind == kind && e.figures.contains(&f.id))
            .max_by(|a, b| a.low.get().total_cmp(&b.low.get()))
    }

    fn participants(&self, of: &[Participant]) -> Vec<String> {
        of.iter().map(|p| self.participant(p)).collect()
    }

    fn participant(&self, p: &Participant) -> String {
        match p.entity.and_then(|id| self.entities.get(&id)) {
            Some(entity) => entity.name.clone(),
            None => self.words(&p.spans),
        }
    }
}

/// A place's name and those of the greater ones around it.
fn place_words(place: &Place) -> String {
    let mut out = place.name.clone();
    push(&mut out, place.admin1.as_deref().unwrap_or_default());
    if let Some(names) = place.country.as_deref().and_then(countries::names) {
        push(&mut out, &names.replace('|', " "));
    }
    out
}
