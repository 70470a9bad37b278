//! Claims and sums of stories, put together anew and kept.

use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension as _, Result, params};

use crate::claims::{Desk, Kept};
use crate::decisions::{Decided, Moved};

/// What people decided, as it lies over the links now.
pub(super) struct Now {
    pub decided: Decided,
    pub events: Rc<Moved>,
    pub stories: Moved,
}

impl Now {
    pub(super) fn new(c: &Connection, decided: Decided) -> Result<Self> {
        Ok(Self {
            events: Rc::new(Moved::new(decided.events(c)?)),
            stories: Moved::new(decided.stories(c)?),
            decided,
        })
    }

    /// The story of a document.
    fn story(&self, c: &Connection, document: i64) -> Result<i64> {
        if let Some(story) = self.stories.of(document) {
            return Ok(story);
        }
        let found = c
            .prepare_cached("SELECT story FROM story WHERE document = ?1")?
            .query_row([document], |row| row.get(0))
            .optional()?;
        Ok(found.unwrap_or(document))
    }
}

/// Keeps the claims that some mentions name; what they named before and no longer do goes.
pub(super) fn events(c: &Connection, now: &Now, some: &[i64]) -> Result<()> {
    let desk = Desk::over(c, &now.decided, Rc::clone(&now.events));
    let mut done = c.prepare_cached("DELETE FROM claim_dirty WHERE event = ?1")?;
    for event in some {
        match desk.kept(*event)? {
            Some(kept) => keep(c, &kept, now.story(c, kept.document)?, None)?,
            None => forget(c, *event)?,
        }
        done.execute([event])?;
    }
    Ok(())
}

/// Keeps the sums of some stories, what is said in them where no event tells it, and of their documents'
/// claims that these are theirs.
pub(super) fn stories(c: &Connection, now: &Now, some: &[i64]) -> Result<()> {
    let desk = Desk::over(c, &now.decided, Rc::clone(&now.events));
    let mut members = c.prepare_cached("SELECT document FROM story WHERE story = ?1")?;
    let mut said = c.prepare_cached("SELECT event FROM claim WHERE said = ?1")?;
    let mut move_claims = c.prepare_cached(
        "UPDATE claim SET story = ?2 WHERE event IN (SELECT mention FROM event_link WHERE document = ?1) AND story <> ?2",
    )?;
    let mut done = c.prepare_cached("DELETE FROM story_dirty WHERE story = ?1")?;
    for story in some {
        let found = members.query_map([story], |row| row.get(0))?;
        let found = found.collect::<Result<Vec<i64>>>()?;
        let moved_here = now.stories.members_of(*story);
        let stayed = found.iter().filter(|d| now.stories.of(**d).is_none());
        sum(c, *story, stayed.chain(moved_here))?;
        for document in &found {
            move_claims.execute((document, now.story(c, *document)?))?;
        }
        let before = said.query_map([story], |row| row.get(0))?;
        for event in before.collect::<Result<Vec<i64>>>()? {
            forget(c, event)?;
        }
        // what one document says alone is no claim
        if found.len() > 1 {
            for kept in desk.kept_said(*story)? {
                let of = now.story(c, kept.document)?;
                keep(c, &kept, of, Some(*story))?;
            }
        }
        done.execute([story])?;
    }
    Ok(())
}

/// Keeps the sum of a story's documents; that of a story without any goes.
fn sum<'d>(c: &Connection, story: i64, documents: impl Iterator<Item = &'d i64>) -> Result<()> {
    let mut at = c.prepare_cached("SELECT at FROM link_document WHERE document = ?1")?;
    let mut dates: Vec<String> = Vec::new();
    let mut count = 0;
    for document in documents {
        let date: Option<Option<String>> = at.query_row([document], |row| row.get(0)).optional()?;
        count += 1;
        dates.extend(date.flatten());
    }
    if count == 0 {
        c.prepare_cached("DELETE FROM story_sum WHERE story = ?1")?
            .execute([story])?;
        return Ok(());
    }
    let last = dates.iter().max().map_or("", String::as_str);
    c.prepare_cached("INSERT OR REPLACE INTO story_sum (story, name, documents, first, last) SELECT ?1, name, ?2, ?3, ?4 FROM document WHERE id = ?1")?
        .execute((story, count, dates.iter().min(), last))?;
    Ok(())
}

fn forget(c: &Connection, event: i64) -> Result<()> {
    let was_kept = c
        .prepare_cached("DELETE FROM claim WHERE event = ?1")?
        .execute([event])?;
    if was_kept > 0 {
        c.prepare_cached("DELETE FROM claim_document WHERE claim = ?1")?
            .execute([event])?;
    }
    Ok(())
}

/// Keeps a claim, in the place of what was kept of it: what is said may have been so in another story.
fn keep(c: &Connection, kept: &Kept, story: i64, said: Option<i64>) -> Result<()> {
    forget(c, kept.event)?;
    let standing = &kept.standing;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let [earliest, latest] = pair(kept.time.as_ref());
    let [first, last] = pair(kept.published.as_ref());
    c.prepare_cached(
        "INSERT INTO claim (event, id, said, story, type, \"trigger\", about, label, negated, reports, copies, origins, unnamed, deniers, place, earliest, latest, first, last) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?
    .execute(params![
        kept.event,
        kept.id,
        said,
        story,
        kept.kind,
        kept.trigger,
        kept.about,
        standing.label.as_str(),
        kept.negated,
        number(standing.reports),
        number(standing.copies),
        number(standing.origins),
        number(standing.unnamed),
        number(standing.deniers),
        kept.place,
        earliest,
        latest,
        first,
        last.unwrap_or_default(),
    ])?;
    let mut insert =
        c.prepare_cached("INSERT INTO claim_document (claim, document) VALUES (?1, ?2)")?;
    for document in &kept.documents {
        insert.execute((kept.event, document))?;
    }
    Ok(())
}

fn pair(of: Option<&[String; 2]>) -> [Option<&str>; 2] {
    of.map_or([None, None], |[from, to]| [Some(from), Some(to)])
}
