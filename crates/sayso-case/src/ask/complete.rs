//! What may stand next in a question.

use std::collections::BTreeSet;

use rusqlite::Connection;
use sayso_reading::{EventType, Mode};
use serde::Serialize;

use super::key::{Holds, KEYS, Key};
use crate::{Case, CaseError};

/// The most names from a case.
const NAMES: u32 = 10;
/// The rows of an index that are looked at for them.
const LOOKED_AT: i64 = 200;
/// The letters from which on an index is asked: fewer stand in too many words.
const LETTERS: usize = 3;

/// What may stand in a question instead of some of its characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The first character that it stands instead of, from 0.
    pub start: usize,
    /// The one behind the last.
    pub end: usize,
    /// What would stand there.
    pub text: String,
    /// What that is, in a line.
    pub about: String,
}

/// What may stand in a question at a place, counted in characters from 0: keys, values of closed
/// lists, and names of publishers and sources from a case.
pub fn complete(
    question: &str,
    cursor: usize,
    case: Option<&Case>,
) -> Result<Vec<Suggestion>, CaseError> {
    let before: Vec<char> = question.chars().take(cursor).collect();
    let place = Place::of(&before);
    let Some((name, sign, value)) = place.keyed() else {
        return Ok(place.keys());
    };
    let Some(about) = Key::named(&name) else {
        return Ok(Vec::new());
    };
    let start = before.len() - value.chars().count();
    let one = |text: String, about: &str| Suggestion {
        start,
        end: before.len(),
        text,
        about: about.to_owned(),
    };
    if about.holds == Holds::Event {
        return Ok(events(&value)
            .into_iter()
            .map(|text| one(text, about.line))
            .collect());
    }
    let values = about.key.values();
    if sign == ':' && !values.is_empty() {
        let fit = values.into_iter().filter(|word| begins(word, &value));
        return Ok(fit.map(|word| one(word.to_owned(), about.line)).collect());
    }
    let Some(case) = case else {
        return Ok(Vec::new());
    };
    let begun = value.strip_prefix('"').unwrap_or(&value);
    let names = case.told(|c| match about.key {
        Key::Publisher => publishers(c, begun),
        Key::Source | Key::Origin => sources(c, about.key, begun),
        _ => Ok(BTreeSet::new()),
    })?;
    let quoted = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
    Ok(names
        .iter()
        .map(|name| one(quoted(name), about.line))
        .collect())
}

/// The term in which a cursor stands, up to it.
struct Place {
    /// Where the term begins.
    start: usize,
    term: Vec<char>,
}

impl Place {
    fn of(before: &[char]) -> Self {
        let mut start = 0;
        let mut quoted = false;
        for (at, c) in before.iter().enumerate() {
            match c {
                '"' | '“' | '”' => quoted = !quoted,
                _ if quoted => {}
                c if c.is_whitespace() || matches!(c, '(' | ')') => start = at + 1,
                '-' if start == at => start = at + 1,
                _ => {}
            }
        }
        Self {
            start,
            term: before.get(start..).unwrap_or_default().to_vec(),
        }
    }

    /// Key, sign, and the value that is being written, the last of a list.
    fn keyed(&self) -> Option<(String, char, String)> {
        let at = self
            .term
            .iter()
            .position(|c| matches!(c, ':' | '=' | '<' | '>'))?;
        let name: String = self.term.get(..at)?.iter().collect();
        if name.contains(['"', '“']) {
            return None;
        }
        let sign = *self.term.get(at)?;
        let mut rest = self.term.get(at + 1..)?;
        if rest.first() == Some(&'=') {
            rest = rest.get(1..)?;
        }
        let mut value = Vec::new();
        let mut quoted = false;
        for c in rest {
            match c {
                ',' if !quoted => value.clear(),
                _ => {
                    quoted ^= *c == '"';
                    value.push(*c);
                }
            }
        }
        Some((name, sign, value.into_iter().collect()))
    }

    fn keys(&self) -> Vec<Suggestion> {
        let begun: String = self.term.iter().collect();
        let fit = KEYS.iter().filter(|about| begins(about.name, &begun));
        fit.map(|about| Suggestion {
            start: self.start,
            end: self.start + self.term.len(),
            text: match about.holds {
                Holds::Number => format!("{}>=", about.name),
                _ => format!("{}:", about.name),
            },
            about: about.line.to_owned(),
        })
        .collect()
    }
}

/// Whether a word begins so, letter case aside.
fn begins(word: &str, begun: &str) -> bool {
    let start = word.get(..begun.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(begun))
}

fn events(value: &str) -> Vec<String> {
    let types = EventType::ALL.iter().map(|kind| kind.as_str());
    let Some((kind, mode)) = value.split_once('.') else {
        return types
            .filter(|kind| begins(kind, value))
            .map(str::to_owned)
            .collect();
    };
    let known = EventType::ALL
        .iter()
        .find(|k| k.as_str().eq_ignore_ascii_case(kind));
    let (written, modes) = match known {
        Some(known) => (known.as_str(), known.modes()),
        None if kind.is_empty() => ("", Mode::ALL),
        None => return Vec::new(),
    };
    let fit = modes.iter().filter(|m| begins(m.as_str(), mode));
    fit.map(|mode| format!("{written}.{}", mode.as_str()))
        .collect()
}

fn publishers(c: &Connection, begun: &str) -> rusqlite::Result<BTreeSet<String>> {
    let pattern: String = begun
        .chars()
        .flat_map(|c| {
            matches!(c, '%' | '_' | '\\')
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .chain(['%'])
        .collect();
    c.prepare_cached("SELECT name FROM publisher WHERE name LIKE ?1 ESCAPE '\\' LIMIT ?2")?
        .query_map((pattern, NAMES), |row| row.get(0))?
        .collect()
}

/// Names of sources with a word that begins so, among the newest statements that have one.
fn sources(c: &Connection, key: Key, begun: &str) -> rusqlite::Result<BTreeSet<String>> {
    let plain: String = begun
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let plain = plain.trim();
    if plain.chars().count() < LETTERS {
        return Ok(BTreeSet::new());
    }
    let (index, column) = match key {
        Key::Origin => ("origin", "t.origin"),
        _ => ("source", "coalesce(t.source_name, t.source)"),
    };
    let mut statement = c.prepare_cached(&format!(
        "SELECT {column} FROM attribution_words w CROSS JOIN attribution t ON t.id = w.rowid & 1099511627775 WHERE w.attribution_words MATCH ?1 AND t.until IS NULL ORDER BY w.rowid DESC LIMIT ?2"
    ))?;
    let mut rows = statement.query((format!("{index} : \"{plain}\" *"), LOOKED_AT))?;
    let mut out = BTreeSet::new();
    while let Some(row) = rows.next()? {
        out.extend(row.get::<_, Option<String>>(0)?);
        if out.len() == NAMES as usize {
            break;
        }
    }
    Ok(out)
}
