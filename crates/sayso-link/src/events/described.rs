//! What is compared of an event mention and of its document, as it is kept.

use std::collections::HashMap;

use rusqlite::types::Type;
use rusqlite::{Connection, Error, OptionalExtension as _, Result};
use sayso_reading::Realis;
use serde::{Deserialize, Serialize};

use super::vectors::{Vector, Vectors, WIDTH, add, unit};
use crate::stories::Rarity;

/// What a weight of one is kept as.
const UNIT: f32 = 32.0;

/// Weighted words by their hashes, sorted, each once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<(u32, u8)>", into = "Vec<(u32, u8)>")]
pub(crate) struct Bag {
    terms: Vec<(u32, u8)>,
    length: f32,
}

impl From<Vec<(u32, u8)>> for Bag {
    fn from(mut terms: Vec<(u32, u8)>) -> Self {
        // of one word in two forms the rarer counts
        terms.sort_unstable_by_key(|(hash, weight)| (*hash, u8::MAX - weight));
        terms.dedup_by_key(|(hash, _)| *hash);
        let square = |(_, weight): &(u32, u8)| u32::from(*weight).pow(2);
        let length = (terms.iter().map(square).sum::<u32>() as f32).sqrt();
        Self { terms, length }
    }
}

impl From<Bag> for Vec<(u32, u8)> {
    fn from(bag: Bag) -> Self {
        bag.terms
    }
}

impl FromIterator<(u32, f32)> for Bag {
    /// Of hashes and weights, from 0 to 7.
    #[expect(clippy::cast_sign_loss, reason = "no weight is below 0")]
    fn from_iter<I: IntoIterator<Item = (u32, f32)>>(words: I) -> Self {
        let kept = |(hash, weight): (u32, f32)| (hash, (UNIT * weight).round() as u8);
        Self::from(words.into_iter().map(kept).collect::<Vec<_>>())
    }
}

impl Bag {
    /// The words by their hashes, with what they weigh here.
    pub(crate) fn terms(&self) -> &[(u32, u8)] {
        &self.terms
    }

    /// How alike two are, from 0 to 1; 0 where one is empty.
    pub(crate) fn cosine(&self, other: &Self) -> f32 {
        let (mut i, mut j, mut sum) = (0, 0, 0_u32);
        while let (Some((x, weight)), Some((y, second))) = (self.terms.get(i), other.terms.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += u32::from(*weight) * u32::from(*second);
                    i += 1;
                    j += 1;
                }
            }
        }
        if sum == 0 {
            return 0.0;
        }
        sum as f32 / (self.length * other.length)
    }
}

/// Words by their hashes, sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Set(Vec<u32>);

impl FromIterator<u32> for Set {
    fn from_iter<I: IntoIterator<Item = u32>>(hashes: I) -> Self {
        let mut all: Vec<u32> = hashes.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }
}

impl Set {
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// How many stand in both.
    pub(crate) fn shared(&self, other: &Self) -> usize {
        let (mut i, mut j, mut n) = (0, 0, 0);
        while let (Some(x), Some(y)) = (self.0.get(i), other.0.get(j)) {
            n += usize::from(x == y);
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        n
    }
}

/// The words of a trigger, with what they mean.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Spelled", into = "Spelled")]
pub(crate) struct TriggerWords {
    spelled: Spelled,
    pub head_vector: Vector,
    pub vector: Vector,
}

/// The head of a trigger and those of its words that say something, in lower case.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Spelled {
    pub head: String,
    pub words: Vec<String>,
}

impl From<Spelled> for TriggerWords {
    fn from(spelled: Spelled) -> Self {
        let head_vector = Vectors::shipped().word(&spelled.head);
        let vector = match spelled.words.as_slice() {
            [word] if *word == spelled.head => head_vector,
            words => mean(words),
        };
        Self {
            spelled,
            head_vector,
            vector,
        }
    }
}

impl From<TriggerWords> for Spelled {
    fn from(words: TriggerWords) -> Self {
        words.spelled
    }
}

/// The direction of some words, the rare ones more than the common.
fn mean(words: &[String]) -> Vector {
    let mut sum = [0.0; WIDTH];
    for word in words {
        let vector = Vectors::shipped().word(word);
        add(&mut sum, &vector, Rarity::shipped().of(word));
    }
    unit(sum)
}

/// What a document gives for all its mentions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Page {
    /// Words of all names.
    pub names: Bag,
    pub numbers: Set,
    /// How often each word stands in it, by the word.
    pub counts: Vec<(u32, u32)>,
    pub mentions: Vec<Mention>,
}

/// What is compared of a mention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mention {
    /// Its id within the reading, or that of a labelled text.
    #[serde(skip)]
    pub local: String,
    pub sentence: usize,
    pub words: TriggerWords,
    /// Of the trigger's head.
    pub stem: u32,
    /// The head as written, in lower case.
    pub head: u32,
    pub rarity: f32,
    pub is_light: bool,
    /// It tells of several at once: "four attacks", "a wave of strikes".
    pub is_many: bool,
    /// The head without the letter of the plural.
    pub singular: Option<u32>,
    pub is_lead: bool,
    pub trigger: Bag,
    /// Words of the trigger besides its head.
    pub extra: Set,
    pub around: Bag,
    pub near: Bag,
    pub people: Set,
    pub organizations: Set,
    pub places_named: Set,
    /// The name before the trigger, and the one behind it.
    pub before: Set,
    pub after: Set,
    pub numbers: Set,
    pub days: Set,
    pub places: Set,
    pub kind: Option<u32>,
    pub realis: Option<Realis>,
}

/// The events of a document, ready to be compared.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Described {
    /// With the mentions in the order of their rows.
    pub page: Page,
    pub rows: Vec<i64>,
}

impl Described {
    /// The mentions of a page with their rows, by their ids in the reading; those without one are
    /// left out.
    pub(crate) fn new(mut page: Page, rows: &HashMap<String, i64>) -> Self {
        let row = |m: &Mention| rows.get(&m.local).copied();
        page.mentions.retain(|m| row(m).is_some());
        page.mentions.sort_by_key(row);
        let rows = page.mentions.iter().filter_map(row).collect();
        Self { page, rows }
    }

    /// As it is kept.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>> {
        postcard::to_stdvec(self).map_err(|e| Error::ToSqlConversionFailure(e.into()))
    }

    /// Those of a document as they are kept; `None` where it is not linked.
    pub(crate) fn kept(c: &Connection, document: i64) -> Result<Option<Self>> {
        c.prepare_cached("SELECT page FROM event_page WHERE document = ?1")?
            .query_row([document], |row| {
                let bytes = row.get_ref(0)?.as_blob()?;
                let damaged =
                    |e: postcard::Error| Error::FromSqlConversionFailure(0, Type::Blob, e.into());
                postcard::from_bytes(bytes).map_err(damaged)
            })
            .optional()
    }
}

/// Keeps the events of a document, as they were described.
pub(crate) fn keep(c: &Connection, document: i64, described: &[u8]) -> Result<()> {
    c.prepare_cached("INSERT OR REPLACE INTO event_page (document, page) VALUES (?1, ?2)")?
        .execute((document, described))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sayso_reading::{Document, Reader, Reading, Span, Spans};

    use super::super::mention::{Trigger, page_of};
    use super::super::pair::{Between, Side, features};
    use super::*;

    fn page(text: &str, trigger: &str) -> Page {
        let document = Document::of_paragraphs(text);
        let start = text.find(trigger).unwrap();
        let span = Span::new(start, start + trigger.len()).unwrap();
        let reading = Reading::of(document, Reader::default());
        let trigger = Trigger {
            local: "v1".to_owned(),
            spans: Spans::from_pieces([span]),
            event: None,
        };
        page_of(&reading, vec![trigger])
    }

    #[test]
    fn what_is_kept_compares_as_what_was_described() {
        let a = page(
            "Four rockets hit a fuel depot near Kirkuk before dawn.",
            "hit",
        );
        let b = page(
            "A depot south of Kirkuk was struck by rockets on Monday.",
            "struck",
        );
        let rows = HashMap::from([("v1".to_owned(), 7)]);
        let described = Described::new(a.clone(), &rows);
        let kept: Described = postcard::from_bytes(&described.to_bytes().unwrap()).unwrap();
        assert_eq!(kept.rows, [7]);
        let with = |page: &Page| {
            let side = |page| Side {
                page,
                mention: &page.mentions[0],
            };
            features(side(page), side(&b), Between::two(page, &b, 0.2)).map(f32::to_bits)
        };
        assert_eq!(with(&a), with(&kept.page));
    }

    #[test]
    fn several_are_told_from_one() {
        let is_many = |text, trigger| page(text, trigger).mentions[0].is_many;
        assert!(is_many("The group claimed dozens of attacks.", "attacks"));
        assert!(is_many(
            "There were 13 rocket and bombing attacks.",
            "attacks"
        ));
        assert!(!is_many("Biden blamed the attack on militias.", "attack"));
        assert!(!is_many("In 2023 the attacks went on.", "attacks"));
    }

    #[test]
    fn bags_are_alike_by_the_words_that_they_share() {
        let bag = |words: &[(u32, f32)]| words.iter().copied().collect::<Bag>();
        let a = bag(&[(1, 2.0), (2, 1.0)]);
        assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
        assert!((a.cosine(&bag(&[(2, 1.0), (1, 2.0), (1, 1.0)])) - 1.0).abs() < 1e-6);
        assert!(a.cosine(&bag(&[(3, 1.0)])) == 0.0 && a.cosine(&Bag::default()) == 0.0);
    }
}
