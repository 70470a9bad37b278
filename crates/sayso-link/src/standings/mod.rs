//! Standings of claims and sums of stories, kept so that a list of them costs no more in a large case than in a
//! small one.
//!
//! Triggers of the case take down what a change of links touches (`claim_todo`, `claim_dirty`,
//! `story_dirty`); from there on each claim and each story is put together from its own rows. What is
//! kept is at any time what all of them together would give: `tests/laws.rs` holds it.

mod keep;
mod list;
mod spread;
mod stories;

pub use list::{ClaimChoice, ClaimLine, ClaimOrder, Page, claim_counts, claim_lines, claims_of};
pub use stories::{StoryLine, StoryOrder, story, story_lines};

use rusqlite::{Connection, Result};
use sayso_case::{Case, CaseError};

use crate::LinkError;
use crate::link::{Step, decided, put_away};
use keep::Now;

/// Documents, or claims and stories, that are looked at together.
const TOGETHER: usize = 2000;

/// Brings what is kept up to date with the links and with what people decided. Each batch is on the disk
/// before the next begins; `each` is told of it.
pub(crate) fn update(
    case: &mut Case,
    each: &mut impl FnMut(Step),
) -> std::result::Result<(), LinkError> {
    let path = case.path().to_owned();
    let told = |e| LinkError::from(CaseError::at(&path, e));
    if !is_behind(case.connection()).map_err(told)? {
        return Ok(());
    }
    // the journal may grow meanwhile: what comes behind this entry is followed the next time
    let known = last_decision(case.connection()).map_err(told)?;
    let now = Now::new(case.connection(), decided(case)?).map_err(told)?;
    case.write(|t| spread::decided_on(t, &now, known).map_err(told))?;
    let todo = all(case.connection(), "SELECT document FROM claim_todo").map_err(told)?;
    for some in todo.chunks(TOGETHER) {
        case.write(|t| spread::spread(t, some).map_err(told))?;
    }
    case.write(|t| spread::follow(t).map_err(told))?;
    let events = all(case.connection(), "SELECT event FROM claim_dirty").map_err(told)?;
    let stories = all(case.connection(), "SELECT story FROM story_dirty").map_err(told)?;
    let (mut done, of) = (0, events.len() + stories.len());
    for (what, keep) in [
        (&events, keep::events as Keep),
        (&stories, keep::stories as Keep),
    ] {
        for some in what.chunks(TOGETHER) {
            case.write(|t| keep(t, &now, some).map_err(told))?;
            put_away(case, some.len())?;
            done += some.len();
            each(Step::Told { done, of });
        }
    }
    Ok(())
}

type Keep = fn(&Connection, &Now, &[i64]) -> Result<()>;

fn all(c: &Connection, sql: &str) -> Result<Vec<i64>> {
    c.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Whether something was touched, or decided on, since what is kept was brought up to date.
fn is_behind(c: &Connection) -> Result<bool> {
    let is_touched: bool = c.query_row(
        "SELECT EXISTS (SELECT 1 FROM claim_todo) OR EXISTS (SELECT 1 FROM claim_dirty) OR EXISTS (SELECT 1 FROM story_dirty)",
        [],
        |row| row.get(0),
    )?;
    Ok(is_touched || undecided(c)? > 0)
}

/// The last entry of the journal of links, 0 where there is none.
fn last_decision(c: &Connection) -> Result<i64> {
    c.query_row(
        "SELECT coalesce(max(id), 0) FROM link_decision",
        [],
        |row| row.get(0),
    )
}

/// Forgets all that is kept.
pub(crate) fn forget(c: &Connection) -> Result<()> {
    c.execute_batch("DELETE FROM claim; DELETE FROM claim_document; DELETE FROM claim_count; DELETE FROM story_sum; DELETE FROM claim_state; DELETE FROM claim_moved; DELETE FROM story_moved; DELETE FROM claim_todo; DELETE FROM claim_dirty; DELETE FROM story_dirty;")
}

/// Decisions on links that what is kept does not follow yet.
pub(crate) fn undecided(c: &Connection) -> Result<i64> {
    c.query_row(
        "SELECT count(*) FROM link_decision WHERE id > coalesce((SELECT decision FROM claim_state), 0)",
        [],
        |row| row.get(0),
    )
}
