//! What a case holds of the mentions of events: who tells them, and how.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Result, Row};

use super::actor::Actor;
use crate::decisions::Moved;

/// A mention of an event, as a document tells it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Telling {
    /// The mention that names the event.
    pub event: i64,
    pub mention: i64,
    pub document: i64,
    pub name: String,
    pub local: String,
    pub trigger: String,
    pub start: i64,
    pub kind: String,
    pub realis: String,
    pub actor: Option<String>,
    pub place: Option<String>,
    pub country: Option<String>,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub reading: i64,
    /// In whose content it stands; `None` in the author's words.
    pub by: Option<Attribution>,
    /// When the document was published.
    pub at: Option<String>,
    pub house: Option<String>,
}

/// An attribution with the carriers of what it says.
#[derive(Debug, Clone)]
pub(crate) struct Attribution {
    pub id: i64,
    pub local: String,
    pub act: Option<String>,
    pub certainty: Option<String>,
    pub is_negated: bool,
    pub source: Option<String>,
    pub source_name: Option<String>,
    pub source_kind: Option<String>,
    pub role: Option<String>,
    pub content: String,
    pub start: i64,
    pub end: i64,
    pub hops: Vec<Hop>,
}

impl Attribution {
    /// Whether who denies it speaks of a deed of their own: "that its guards had fired",
    /// "involvement".
    pub(crate) fn denies_own(&self) -> bool {
        const OWN: [&str; 15] = [
            "it",
            "its",
            "he",
            "his",
            "she",
            "her",
            "they",
            "their",
            "we",
            "our",
            "i",
            "my",
            "involvement",
            "responsibility",
            "having",
        ];
        const BEFORE: [&str; 5] = ["", "that", "any", "all", "the"];
        let lower = self.content.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric());
        self.act.as_deref() == Some("deny")
            && words
                .find(|w| !BEFORE.contains(w))
                .is_some_and(|w| OWN.contains(&w))
    }

    /// Whether its content leaves open what it is about: "whether the dam held", "who fired".
    pub(crate) fn is_question(&self) -> bool {
        let first = self.content.split_whitespace().next().unwrap_or_default();
        let first = first.to_lowercase();
        [
            "whether", "if", "who", "where", "why", "how", "what", "when", "which",
        ]
        .contains(&first.as_str())
    }
}

impl Telling {
    /// Its place in the order of time.
    fn order(&self) -> (bool, Option<&str>, &str, i64, i64) {
        let at = self.at.as_deref();
        (at.is_none(), at, &self.name, self.start, self.mention)
    }

    /// Whether who tells it tells of an attack of their own: "it had attacked", "our men struck".
    pub(crate) fn is_deed_of(&self, teller: &Actor) -> bool {
        const OWN: [&str; 6] = ["it", "its", "we", "our", "i", "my"];
        let Some(actor) = self.actor.as_deref().filter(|_| self.by.is_some()) else {
            return false;
        };
        let first = actor.split(' ').next().unwrap_or_default().to_lowercase();
        let is_teller = || !teller.is_unnamed() && Actor::named(actor, "organization").is(teller);
        let is_body = matches!(teller.kind.as_str(), "organization" | "group" | "person");
        self.kind == "ASSAULT"
            && self.realis == "actual"
            && is_body
            && (OWN.contains(&first.as_str()) || is_teller())
    }

    /// Whether it tells that somebody did not answer: no claim of anything.
    pub(crate) fn is_no_answer(&self) -> bool {
        const ANSWERS: [&str; 8] = [
            "answered",
            "comment",
            "commented",
            "discuss",
            "replied",
            "reply",
            "respond",
            "responded",
        ];
        self.realis == "negated" && ANSWERS.contains(&self.trigger.to_lowercase().as_str())
    }
}

/// Who wrote what a telling has from a writing of somebody who was named just before: "a statement that the
/// group published", "the message". Gives the writing's words and its author.
pub(crate) fn author(c: &Connection, telling: &Telling) -> Result<Option<(String, Actor)>> {
    const WRITINGS: [&str; 7] = [
        "statement",
        "message",
        "post",
        "posting",
        "communique",
        "communiqué",
        "video",
    ];
    const THEIRS: [&str; 6] = [
        "the group",
        "the militia",
        "the movement",
        " its ",
        " their ",
        "the organization",
    ];
    let Some(by) = &telling.by else {
        return Ok(None);
    };
    let Some(last) = by.hops.last().filter(|hop| hop.name.is_none()) else {
        return Ok(None);
    };
    let lower = format!("{} ", last.words.to_lowercase());
    let words: Vec<&str> = lower.split_whitespace().collect();
    let is_writing = |word: &&str| WRITINGS.contains(word);
    let is_theirs = match words.as_slice() {
        ["the", head] => is_writing(head),
        [_, head, ..] => is_writing(head) && THEIRS.iter().any(|mark| lower.contains(mark)),
        _ => false,
    };
    if !is_theirs || !matches!(last.kind.as_str(), "document" | "channel") {
        return Ok(None);
    }
    let author: Option<(String, String)> = c
        .prepare_cached("SELECT source_name, source_kind FROM attribution WHERE reading = ?1 AND start < ?2 AND until IS NULL AND source_name IS NOT NULL AND source_kind IN ('organization', 'person', 'group') ORDER BY start DESC LIMIT 1")?
        .query_row((telling.reading, by.start), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(author.map(|(name, kind)| (last.words.clone(), Actor::named(&name, &kind))))
}

/// A carrier.
#[derive(Debug, Clone)]
pub(crate) struct Hop {
    pub name: Option<String>,
    pub kind: String,
    pub words: String,
}

/// What is selected of an attribution `a` in both kinds of rows.
const ATTRIBUTION: &str = "a.id, a.local, a.act, a.certainty, a.negated, a.source, a.source_name, a.source_kind, coalesce(a.role, (SELECT e.describes FROM entity e WHERE e.reading = a.reading AND e.name = a.source_name AND e.describes IS NOT NULL LIMIT 1)), a.start, a.\"end\", a.content";

const TELLINGS: &str = "l.event, l.mention, l.document, d.name, m.local, m.\"trigger\", m.start, m.type, m.realis, m.actor, m.place, m.country, m.earliest, m.latest, m.reading, p.at, h.name";

/// Where the same words are put down to two, it is the longer chain: "the Courier reported, citing an
/// armed group".
const OF_EVENTS: &str = "FROM event_link l
JOIN document d ON d.id = l.document
JOIN event_mention m ON m.id = l.mention
JOIN link_document p ON p.document = l.document
LEFT JOIN house h ON h.id = p.house
LEFT JOIN attribution a ON a.id = (SELECT b.id FROM attribution w JOIN attribution b ON b.reading = w.reading AND b.start = w.start AND b.\"end\" = w.\"end\" AND b.until IS NULL WHERE w.reading = m.reading AND w.local = m.within AND w.until IS NULL ORDER BY (SELECT count(*) FROM hop h WHERE h.attribution = b.id) DESC, b.id LIMIT 1)";

/// All tellings of a case, or of some events, by event; of each event in the order of time. `moved`
/// has the mentions of other events than were found.
pub(crate) fn tellings(
    c: &Connection,
    events: Option<&BTreeSet<i64>>,
    moved: &Moved,
) -> Result<BTreeMap<i64, Vec<Telling>>> {
    let which = if events.is_some() {
        "WHERE l.event = ?1"
    } else {
        "WHERE ?1 IS NULL"
    };
    let sql = format!("SELECT {TELLINGS}, {ATTRIBUTION} {OF_EVENTS} {which} ORDER BY l.mention");
    let mut statement = c.prepare_cached(&sql)?;
    let mut all = Vec::new();
    let wanted: Vec<Option<i64>> = match events {
        Some(events) => events.iter().copied().map(Some).collect(),
        None => vec![None],
    };
    for event in wanted {
        let mut rows = statement.query([event])?;
        while let Some(row) = rows.next()? {
            let mut telling = telling(row)?;
            carried(c, &mut telling)?;
            if let Some(event) = moved.of(telling.mention) {
                telling.event = event;
            }
            all.push(telling);
        }
    }
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut out: BTreeMap<i64, Vec<Telling>> = BTreeMap::new();
    for telling in all {
        out.entry(telling.event).or_default().push(telling);
    }
    Ok(out)
}

/// What is said without an event that the reader knows, in documents that are near others; in the
/// order of time. As their event stands their story; as their mention the attribution's row, negative.
pub(crate) fn statements(c: &Connection, story: Option<i64>) -> Result<Vec<Telling>> {
    let which = match story {
        Some(_) => "s.story = ?1",
        None => "?1 IS NULL",
    };
    let sql = format!(
        "SELECT s.story, -a.id, p.document, d.name, a.local, '', a.start, 'OTHER', 'actual', NULL, NULL, NULL, NULL, NULL, a.reading, p.at, h.name, {ATTRIBUTION}
FROM story s
JOIN link_document p ON p.document = s.document
JOIN document d ON d.id = s.document
JOIN reading g ON g.version = p.version AND g.until IS NULL
JOIN attribution a ON a.reading = g.id AND a.until IS NULL
LEFT JOIN house h ON h.id = p.house
WHERE {which}
  AND NOT EXISTS (SELECT 1 FROM event_mention m WHERE m.reading = a.reading AND m.start >= a.start AND m.\"end\" <= a.\"end\" AND m.until IS NULL)
ORDER BY p.at IS NULL, p.at, d.name, a.start, a.id"
    );
    let mut statement = c.prepare_cached(&sql)?;
    let mut rows = statement.query([story])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let mut telling = telling(row)?;
        carried(c, &mut telling)?;
        out.push(telling);
    }
    Ok(out)
}

/// Looks up the carriers of what a telling has from others, in the order of the chain.
fn carried(c: &Connection, telling: &mut Telling) -> Result<()> {
    let Some(by) = &mut telling.by else {
        return Ok(());
    };
    by.hops = c
        .prepare_cached(
            "SELECT name, kind, words FROM hop WHERE attribution = ?1 ORDER BY position",
        )?
        .query_map([by.id], |row| {
            Ok(Hop {
                name: row.get(0)?,
                kind: row.get(1)?,
                words: row.get(2)?,
            })
        })?
        .collect::<Result<_>>()?;
    Ok(())
}

fn telling(row: &Row) -> Result<Telling> {
    let id: Option<i64> = row.get(17)?;
    let by = id.map(|id| attribution(row, id)).transpose()?;
    Ok(Telling {
        event: row.get(0)?,
        mention: row.get(1)?,
        document: row.get(2)?,
        name: row.get(3)?,
        local: row.get(4)?,
        trigger: row.get(5)?,
        start: row.get(6)?,
        kind: row.get(7)?,
        realis: row.get(8)?,
        actor: row.get(9)?,
        place: row.get(10)?,
        country: row.get(11)?,
        earliest: row.get(12)?,
        latest: row.get(13)?,
        reading: row.get(14)?,
        at: row.get(15)?,
        house: row.get(16)?,
        by,
    })
}

fn attribution(row: &Row, id: i64) -> Result<Attribution> {
    Ok(Attribution {
        id,
        local: row.get(18)?,
        act: row.get(19)?,
        certainty: row.get(20)?,
        is_negated: row.get(21)?,
        source: row.get(22)?,
        source_name: row.get(23)?,
        source_kind: row.get(24)?,
        role: row.get(25)?,
        content: row.get(28)?,
        start: row.get(26)?,
        end: row.get(27)?,
        hops: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denial(content: &str) -> Attribution {
        Attribution {
            id: 1,
            local: "a1".to_owned(),
            act: Some("deny".to_owned()),
            certainty: None,
            is_negated: false,
            source: None,
            source_name: None,
            source_kind: None,
            role: None,
            content: content.to_owned(),
            start: 0,
            end: 0,
            hops: Vec::new(),
        }
    }

    #[test]
    fn who_denies_a_deed_of_their_own_is_the_accused() {
        for own in [
            "that its guards had fired",
            "any involvement",
            "it sent drones",
        ] {
            assert!(denial(own).denies_own(), "{own}");
        }
        assert!(!denial("that anybody was hurt").denies_own());
    }

    #[test]
    fn not_to_have_answered_is_no_claim() {
        let told = |trigger: &str, realis: &str| Telling {
            trigger: trigger.to_owned(),
            realis: realis.to_owned(),
            ..Telling::default()
        };
        assert!(told("reply", "negated").is_no_answer());
        assert!(!told("replied", "actual").is_no_answer());
        assert!(!told("killed", "negated").is_no_answer());
    }

    #[test]
    fn an_attack_told_by_who_did_it_is_a_deed_of_theirs() {
        let told = |actor: &str| Telling {
            kind: "ASSAULT".to_owned(),
            realis: "actual".to_owned(),
            actor: Some(actor.to_owned()),
            by: Some(denial("")),
            ..Telling::default()
        };
        let brigade = Actor::named("Ashab al-Sahra Brigade", "organization");
        for own in ["it", "Our men", "the Ashab al-Sahra Brigade"] {
            assert!(told(own).is_deed_of(&brigade), "{own}");
        }
        assert!(!told("an ISIS cell").is_deed_of(&brigade));
    }
}
