//! What `sayso explain` is asked: a text, perhaps one record of a file, perhaps one attribution,
//! time, place or figure.

use std::path::Path;

use anyhow::{anyhow, bail};
use sayso::Item;
use sayso::explain::{Place, named};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The file, or `-`.
    pub file: String,
    /// The identifier of a record in it.
    pub record: Option<String>,
    /// What in the text.
    pub what: What,
}

/// What in a text is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A list of what can be asked.
    All,
    /// One attribution, time, place or figure by its identifier.
    Item(Item),
    /// What stands at a place.
    At(Place),
}

impl Target {
    /// Takes apart what was asked; `exists` tells whether a name is that of a file.
    pub fn parse(asked: &str, exists: impl Fn(&str) -> bool) -> anyhow::Result<Self> {
        let is_file = |name: &str| name == "-" || exists(name);
        if is_file(asked) {
            return Ok(Self::of(asked, None, What::All));
        }
        let Some(file) = file_of(asked, is_file) else {
            let name = asked.split('#').next().unwrap_or(asked);
            bail!("{name}: there is no such file; check the name");
        };
        let rest = asked.get(file.len()..).unwrap_or_default();
        if let Some(position) = rest.strip_prefix(':') {
            let place = position.parse().map_err(|e| anyhow!("{asked}: {e}"))?;
            return Ok(Self::of(file, None, What::At(place)));
        }
        let rest = rest.strip_prefix('#').unwrap_or(rest);
        if let Some(id) = named(rest) {
            return Ok(Self::of(file, None, What::Item(id)));
        }
        let (record, what) = record_and_what(rest);
        if record.is_empty() {
            bail!(
                "{asked}: nothing stands behind the `#`; ask for {file}#a1, or for {file} to see all"
            );
        }
        Ok(Self::of(file, Some(record), what))
    }

    fn of(file: &str, record: Option<&str>, what: What) -> Self {
        Self {
            file: file.to_owned(),
            record: record.map(str::to_owned),
            what,
        }
    }

    /// How something of this text is asked for, up to the `#` before its identifier.
    pub fn address(&self, record: Option<&str>) -> String {
        match record {
            Some(record) => format!("{}#{record}", self.file),
            None => self.file.clone(),
        }
    }
}

/// The longest beginning of what was asked that is a file, up to a `#` or a colon.
fn file_of(asked: &str, is_file: impl Fn(&str) -> bool) -> Option<&str> {
    let ends = asked.rmatch_indices(['#', ':']).map(|(at, _)| at);
    ends.filter_map(|end| asked.get(..end))
        .find(|name| is_file(name))
}

/// A record's identifier, and what is asked of it.
fn record_and_what(rest: &str) -> (&str, What) {
    if let Some((record, id)) = rest.rsplit_once('#')
        && let Some(id) = named(id)
    {
        return (record, What::Item(id));
    }
    // an identifier may have colons itself
    let colons = rest.rmatch_indices(':').nth(1);
    if let Some((at, _)) = colons
        && let (Some(record), Some(position)) = (rest.get(..at), rest.get(at + 1..))
        && let Ok(place) = position.parse()
    {
        return (record, What::At(place));
    }
    (rest, What::All)
}

/// Whether a name is that of something to read.
pub fn exists(name: &str) -> bool {
    Path::new(name).exists()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::reading::{AttributionId, FigureId};

    fn parsed(asked: &str) -> Result<(String, Option<String>, What), String> {
        let there = ["a.txt", "b#1.txt", "c:2.jsonl"];
        let target = Target::parse(asked, |name| there.contains(&name));
        target
            .map(|t| (t.file, t.record, t.what))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn texts_records_identifiers_and_places_are_told_apart() {
        let id = What::Item(AttributionId::new(3).into());
        let figure = What::Item(FigureId::new(2).into());
        let at = What::At(Place {
            line: 12,
            column: 40,
        });
        for (asked, file, record, what) in [
            ("a.txt", "a.txt", None, What::All),
            ("a.txt#a3", "a.txt", None, id),
            ("a.txt:12:40", "a.txt", None, at),
            ("-#a3", "-", None, id),
            ("a.txt#f2", "a.txt", None, figure),
            ("c:2.jsonl#x-1#f2", "c:2.jsonl", Some("x-1"), figure),
            ("-:12:40", "-", None, at),
            ("b#1.txt#a3", "b#1.txt", None, id),
            ("c:2.jsonl#x-1#a3", "c:2.jsonl", Some("x-1"), id),
            ("c:2.jsonl#d:01:12:40", "c:2.jsonl", Some("d:01"), at),
            ("c:2.jsonl#d:01", "c:2.jsonl", Some("d:01"), What::All),
            ("c:2.jsonl#x#y#a3", "c:2.jsonl", Some("x#y"), id),
        ] {
            let expected = (file.to_owned(), record.map(str::to_owned), what);
            assert_eq!(parsed(asked), Ok(expected), "{asked}");
        }
    }

    #[test]
    fn what_cannot_be_looked_up_is_told() {
        for (asked, words) in [
            ("none.txt#a1", "none.txt: there is no such file"),
            ("a.txt:12", "write line and column"),
            ("a.txt:0:3", "counted from 1"),
            ("a.txt#", "nothing stands behind"),
        ] {
            let told = parsed(asked).unwrap_err();
            assert!(told.contains(words), "{asked}: {told}");
        }
    }
}
