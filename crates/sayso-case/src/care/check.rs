//! Is a case sound? `SQLite`'s own checks, and what `SQLite` cannot know.

use std::fmt;

use rusqlite::{Connection, Row};
use serde::Serialize;

use super::rows::Anew;
use crate::intake::identity::Facts;
use crate::intake::tags::ANY;
use crate::intake::{digest, packed};
use crate::review::{journal, links};
use crate::{Case, CaseError};

/// Something that is wrong with a case, in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Finding(String);

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// At most so many of a kind are listed.
const LISTED: usize = 20;

/// What must not be there: a sentence, and the statement that finds it and gives names.
const WRONG: [(&str, &str); 8] = [
    (
        "a document has no version",
        "SELECT name FROM document d WHERE NOT EXISTS (SELECT 1 FROM version WHERE document = d.id)",
    ),
    (
        "a document has not exactly one version that counts",
        "SELECT d.name FROM document d JOIN version v ON v.document = d.id GROUP BY d.id HAVING sum(v.until IS NULL) != 1",
    ),
    (
        "a version that counts has not exactly one reading that counts",
        "SELECT v.name FROM version v LEFT JOIN reading g ON g.version = v.id AND g.until IS NULL WHERE v.until IS NULL GROUP BY v.id HAVING count(g.id) != 1",
    ),
    (
        "an attribution counts in a reading that does not",
        "SELECT a.id FROM attribution a JOIN reading g ON g.id = a.reading WHERE a.until IS NULL AND g.until IS NOT NULL",
    ),
    (
        "an event counts in a reading that does not",
        "SELECT e.id FROM event_mention e JOIN reading g ON g.id = e.reading WHERE e.until IS NULL AND g.until IS NOT NULL",
    ),
    (
        "two attributions of a reading have one id",
        "SELECT local FROM attribution WHERE until IS NULL GROUP BY reading, local HAVING count(*) > 1",
    ),
    (
        "two events of a reading have one id",
        "SELECT local FROM event_mention WHERE until IS NULL GROUP BY reading, local HAVING count(*) > 1",
    ),
    (
        "a change is older than the one before",
        "SELECT id FROM (SELECT id, at, lag(at) OVER (ORDER BY id) AS before FROM change) WHERE at < before",
    ),
];

/// Tables and their word indexes, which have a line each for every row.
const INDEXED: [(&str, &str); 3] = [
    ("version", "text_words"),
    ("attribution", "attribution_words"),
    ("event_mention", "event_words"),
];

impl Case {
    /// What is wrong with the case; nothing where it is sound. `step` is called with
    /// how many readings have been looked at, after each.
    pub fn check(&self, mut step: impl FnMut(u64)) -> Result<Vec<Finding>, CaseError> {
        let mut found = Vec::new();
        let work = |c: &Connection| -> rusqlite::Result<()> {
            of_sqlite(c, &mut found)?;
            if !found.is_empty() {
                // what follows would stumble over the same damage
                return Ok(());
            }
            for (sentence, sql) in WRONG {
                named(c, sentence, sql, &mut found)?;
            }
            for (table, index) in INDEXED {
                counted(c, table, index, &mut found)?;
            }
            texts(c, &mut found)?;
            readings(c, &mut found, &mut step)?;
            if let Some(entry) = journal::broken(c)? {
                found.push(Finding(format!(
                    "entry {entry} of the journal was changed, or one before it was removed; compare with a backup"
                )));
            }
            if let Some(entry) = links::broken(c)? {
                found.push(Finding(format!(
                    "entry {entry} of the journal of links was changed, or one before it was removed; compare with a backup"
                )));
            }
            Ok(())
        };
        match self.told(work) {
            // damage found on the way is what was asked for
            Err(CaseError::Damaged(_)) => {
                found.push(Finding(
                    "the file is damaged beyond what SQLite can read; replace it by a backup"
                        .to_owned(),
                ));
                Ok(found)
            }
            Err(error) => Err(error),
            Ok(()) => Ok(found),
        }
    }
}

fn of_sqlite(c: &Connection, found: &mut Vec<Finding>) -> rusqlite::Result<()> {
    let mut statement = c.prepare("PRAGMA integrity_check(20)")?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
    for line in lines {
        let line = line?;
        if line != "ok" {
            found.push(Finding(format!("SQLite finds damage: {line}")));
        }
    }
    let mut statement = c.prepare("PRAGMA foreign_key_check")?;
    let lines = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, Option<i64>>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    for line in lines.take(LISTED) {
        let (table, row, parent) = line?;
        let row = row.map_or_else(String::new, |row| format!(" {row}"));
        found.push(Finding(format!(
            "{table}{row} names a row of {parent} that is not there"
        )));
    }
    Ok(())
}

fn named(
    c: &Connection,
    sentence: &str,
    sql: &str,
    found: &mut Vec<Finding>,
) -> rusqlite::Result<()> {
    let mut statement = c.prepare(sql)?;
    let names = statement.query_map([], |row| {
        let value: rusqlite::types::Value = row.get(0)?;
        Ok(match value {
            rusqlite::types::Value::Integer(id) => id.to_string(),
            rusqlite::types::Value::Text(name) => name,
            _ => String::new(),
        })
    })?;
    for name in names.take(LISTED) {
        found.push(Finding(format!("{sentence}: {}", name?)));
    }
    Ok(())
}

fn counted(
    c: &Connection,
    table: &str,
    index: &str,
    found: &mut Vec<Finding>,
) -> rusqlite::Result<()> {
    let count = |sql: &str| c.query_row(sql, [], |row| row.get::<_, i64>(0));
    let rows = count(&format!("SELECT count(*) FROM {table}"))?;
    // every line has this word
    let lines = count(&format!(
        "SELECT count(*) FROM {index} WHERE {index} MATCH 'tags : {ANY}'"
    ))?;
    if rows != lines {
        found.push(Finding(format!(
            "{table} has {rows} rows and its word index {lines}; what is missing cannot be found by asking"
        )));
    }
    Ok(())
}

fn texts(c: &Connection, found: &mut Vec<Finding>) -> rusqlite::Result<()> {
    let mut statement = c.prepare(
        "SELECT v.name, v.number, v.text, v.text_sha256, v.sha256, v.url, v.title, v.byline, p.name, v.published, v.modified, v.language FROM version v LEFT JOIN publisher p ON p.id = v.publisher",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let what = changed(row)?;
        if let Some(what) = what {
            let (name, number): (String, i64) = (row.get(0)?, row.get(1)?);
            found.push(Finding(format!(
                "{what} of {name}, version {number}, is not what was taken in"
            )));
        }
    }
    Ok(())
}

/// What of a version is not as it was taken in.
fn changed(row: &Row) -> rusqlite::Result<Option<&'static str>> {
    let text_sha256: Vec<u8> = row.get(3)?;
    let bytes = row.get_ref(2)?.as_bytes();
    if !bytes.is_ok_and(|text| digest(text).as_slice() == text_sha256) {
        return Ok(Some("the text"));
    }
    let name: String = row.get(0)?;
    let told = |at: usize| row.get::<_, Option<String>>(at);
    let (url, title, byline, outlet) = (told(5)?, told(6)?, told(7)?, told(8)?);
    let (published, modified, language) = (told(9)?, told(10)?, told(11)?);
    let page = Facts {
        name: &name,
        url: url.as_deref(),
        title: title.as_deref(),
        byline: byline.as_deref(),
        publisher: outlet.as_deref(),
        published: published.as_deref(),
        modified: modified.as_deref(),
        language: language.as_deref(),
    };
    let kept: Vec<u8> = row.get(4)?;
    let sound = page.sha256(&text_sha256).as_slice() == kept;
    Ok((!sound).then_some("what the page says about the text"))
}

fn readings(
    c: &Connection,
    found: &mut Vec<Finding>,
    step: &mut impl FnMut(u64),
) -> rusqlite::Result<()> {
    let anew = Anew::new()?;
    let mut looked = 0;
    let mut statement = c.prepare(
        "SELECT v.name, g.json, g.sha256, g.id, g.blocks FROM reading g JOIN version v ON v.id = g.version",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let kept: Vec<u8> = row.get(2)?;
        let json = row.get_ref(1)?.as_bytes();
        let name: String = row.get(0)?;
        let blocks: String = row.get(4)?;
        if !json.is_ok_and(|json| packed::sha256(json, &blocks).as_slice() == kept) {
            found.push(Finding(format!(
                "a reading of {name} is not what was taken in"
            )));
        } else if let Some(what) = anew.differs(c, row.get(3)?)? {
            found.push(Finding(format!(
                "{what} of {name} is not as its reading has it"
            )));
        }
        looked += 1;
        step(looked);
    }
    Ok(())
}
