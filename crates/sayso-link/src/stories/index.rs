//! Where the heaviest words of documents are looked up: of each word and stretch of days, the documents
//! in which it is heavy.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _, Result};
use rustc_hash::FxHashMap;

/// Days of a stretch.
const DAYS: i32 = 30;
/// Days from which on documents are not compared.
const WINDOW: i32 = 60;
/// Stretches below this one hold documents without a day, so many each by their numbers, that no
/// stretch grows without end.
const UNDATED: i64 = -1_000_000;
const TOGETHER: i64 = 4096;

/// What a document has in common with another.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shared {
    pub day: Option<i32>,
    /// How many keys.
    pub keys: u32,
    /// The sum of the products of their weights.
    pub product: u32,
}

/// A document in which a word is heavy.
#[derive(Debug, Clone, Copy)]
struct Holder {
    document: i64,
    /// Of its stretch; 0 where it is not known.
    day: u8,
    weight: u8,
}

impl Holder {
    const SIZE: usize = 10;

    fn of(bytes: &[u8; Self::SIZE]) -> Self {
        let [document @ .., day, weight] = *bytes;
        Self {
            document: i64::from_le_bytes(document),
            day,
            weight,
        }
    }

    fn to_bytes(self) -> [u8; Self::SIZE] {
        let mut out = [0; Self::SIZE];
        let (document, rest) = out.split_at_mut(8);
        document.copy_from_slice(&self.document.to_le_bytes());
        rest.copy_from_slice(&[self.day, self.weight]);
        out
    }
}

/// The stretch that a document lies in, and its day in that.
fn place(document: i64, day: Option<i32>) -> (i64, u8) {
    match day {
        Some(day) => (
            day.div_euclid(DAYS).into(),
            u8::try_from(day.rem_euclid(DAYS)).unwrap_or(0),
        ),
        None => (UNDATED - document / TOGETHER, 0),
    }
}

/// What is to be written to the index.
#[derive(Default)]
pub(crate) struct Changes(BTreeMap<(u32, i64), Change>);

#[derive(Default)]
struct Change {
    gone: BTreeSet<i64>,
    more: Vec<Holder>,
}

impl Changes {
    /// Takes a document out.
    pub(crate) fn take(&mut self, document: i64, day: Option<i32>, keys: &[(u32, u8)]) {
        let (stretch, _) = place(document, day);
        for (word, _) in keys {
            let change = self.0.entry((*word, stretch)).or_default();
            change.gone.insert(document);
        }
    }

    /// Puts a document in.
    pub(crate) fn put(&mut self, document: i64, day: Option<i32>, keys: &[(u32, u8)]) {
        let (stretch, day) = place(document, day);
        for (word, weight) in keys {
            let change = self.0.entry((*word, stretch)).or_default();
            change.more.push(Holder {
                document,
                day,
                weight: *weight,
            });
        }
    }

    pub(crate) fn write(self, c: &Connection) -> Result<()> {
        let mut find =
            c.prepare_cached("SELECT holders FROM story_key WHERE word = ?1 AND stretch = ?2")?;
        let mut keep = c.prepare_cached(
            "INSERT OR REPLACE INTO story_key (word, stretch, holders) VALUES (?1, ?2, ?3)",
        )?;
        for ((word, stretch), change) in self.0 {
            let found: Option<Vec<u8>> = find
                .query_row((word, stretch), |row| row.get(0))
                .optional()?;
            let mut holders = found.unwrap_or_default();
            if !change.gone.is_empty() {
                let all = holders.as_chunks::<{ Holder::SIZE }>().0.iter();
                let left = all.filter(|h| !change.gone.contains(&Holder::of(h).document));
                holders = left.flatten().copied().collect();
            }
            holders.extend(change.more.into_iter().flat_map(Holder::to_bytes));
            keep.execute((word, stretch, holders))?;
        }
        Ok(())
    }
}

/// What the documents not too far from a day have in common with some keys; all documents, where the
/// day is not known.
pub(crate) fn shared(
    c: &Connection,
    day: Option<i32>,
    keys: &[(u32, u8)],
) -> Result<FxHashMap<i64, Shared>> {
    let mut out: FxHashMap<i64, Shared> = FxHashMap::default();
    let mut find = c.prepare_cached(
        "SELECT stretch, holders FROM story_key WHERE word = ?1 AND stretch BETWEEN ?2 AND ?3",
    )?;
    let is_near = |other: Option<i32>| {
        let days = day.zip(other).map(|(a, b)| a.abs_diff(b));
        days.is_none_or(|days| days <= WINDOW.unsigned_abs())
    };
    let stretch = |day: i32| i64::from(day.div_euclid(DAYS));
    let spans = match day {
        Some(day) => vec![
            (i64::MIN, UNDATED),
            (stretch(day - WINDOW), stretch(day + WINDOW)),
        ],
        None => vec![(i64::MIN, i64::MAX)],
    };
    let all = keys
        .iter()
        .flat_map(|key| spans.iter().map(move |span| (key, span)));
    for ((word, weight), (from, to)) in all {
        let mut rows = find.query((word, from, to))?;
        while let Some(row) = rows.next()? {
            let stretch: i64 = row.get(0)?;
            let first = i32::try_from(stretch * i64::from(DAYS)).ok();
            let first = first.filter(|_| stretch > UNDATED);
            for bytes in row.get_ref(1)?.as_blob()?.as_chunks::<{ Holder::SIZE }>().0 {
                let holder = Holder::of(bytes);
                let day = first.map(|first| first + i32::from(holder.day));
                if is_near(day) {
                    let with = out.entry(holder.document).or_default();
                    with.day = day;
                    with.keys += 1;
                    with.product += u32::from(*weight) * u32::from(holder.weight);
                }
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(c: &Connection, day: Option<i32>, keys: &[(u32, u8)]) -> Vec<(i64, u32, u32)> {
        let all = shared(c, day, keys).unwrap();
        let mut all: Vec<_> = all
            .into_iter()
            .map(|(d, s)| (d, s.keys, s.product))
            .collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn words_are_found_within_the_window_and_in_what_has_no_day() {
        let c = Connection::open_in_memory().unwrap();
        c.execute_batch(
            "CREATE TABLE story_key (word INTEGER, stretch INTEGER, holders BLOB, PRIMARY KEY (word, stretch)) WITHOUT ROWID",
        )
        .unwrap();
        let mut changes = Changes::default();
        changes.put(1, Some(739_000), &[(5, 10), (6, 20)]);
        changes.put(2, Some(739_060), &[(5, 3)]);
        changes.put(3, Some(739_061), &[(5, 3)]);
        changes.put(9_000, None, &[(6, 2)]);
        changes.write(&c).unwrap();
        let keys = [(5, 2), (6, 1)];
        let dated = [(1, 2, 40), (2, 1, 6), (9_000, 1, 2)];
        assert_eq!(found(&c, Some(739_000), &keys), dated);
        assert_eq!(
            found(&c, None, &keys).len(),
            4,
            "what has no day is near all"
        );
        let mut changes = Changes::default();
        changes.take(1, Some(739_000), &[(5, 10), (6, 20)]);
        changes.put(1, Some(738_000), &[(5, 10)]);
        changes.write(&c).unwrap();
        assert_eq!(found(&c, Some(739_000), &keys), dated[1..]);
        assert_eq!(found(&c, Some(738_000), &keys)[0], (1, 1, 20));
    }
}
