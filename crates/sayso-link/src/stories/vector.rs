//! A document as weighted words and pairs of words, by which it is compared with others.

use std::collections::HashMap;
use std::sync::OnceLock;

use sayso_reading::{BlockKind, Document};

/// Document frequencies of words, counted over open corpora by `train/words.py`.
const TABLE: &str = include_str!("../../../../data/words.tsv");
/// A word of the title counts as so many in the text.
const TITLE: f32 = 8.0;
/// Words of less weight are dropped: they stand in more than a third of all documents.
const STOP: f32 = 1.0;
/// The heaviest words, and as many pairs, are kept.
const KEPT: usize = 400;
/// So many of the heaviest words are keys of the index.
const KEYS: usize = 32;
/// What a weight of one is kept as.
pub(crate) const UNIT: f32 = 255.0;

/// How rare words are.
pub(crate) struct Rarity {
    documents: f32,
    frequencies: HashMap<&'static str, f32>,
}

impl Rarity {
    /// The table that ships.
    pub(crate) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Rarity> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut lines = TABLE.lines();
            let documents = lines.next().and_then(|n| n.parse().ok()).unwrap_or(1.0);
            let frequencies = lines
                .filter_map(|line| {
                    let (word, n) = line.split_once('\t')?;
                    Some((word, n.parse().ok()?))
                })
                .collect();
            Self {
                documents,
                frequencies,
            }
        })
    }

    /// Inverse document frequency; a word that is not in the table stood in one document.
    pub(crate) fn of(&self, word: &str) -> f32 {
        let frequency = self.frequencies.get(word).copied().unwrap_or(1.0);
        ((self.documents + 1.0) / (frequency + 0.5)).ln()
    }
}

/// Weighted words and pairs of words of a document, by their hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vector {
    /// Sorted by the hash.
    pub terms: Vec<(u32, u8)>,
    /// The heaviest words, the heaviest first.
    pub keys: Vec<(u32, u8)>,
}

impl Vector {
    pub(crate) fn of(document: &Document) -> Self {
        let rarity = Rarity::shipped();
        let mut words: HashMap<String, f32> = HashMap::new();
        let mut pairs: HashMap<(String, String), f32> = HashMap::new();
        let text = document.text();
        let headline = document
            .blocks()
            .iter()
            .find(|b| b.kind == BlockKind::Headline)
            .and_then(|b| b.span.slice(text));
        let title = document.title.as_deref().filter(|t| !t.trim().is_empty());
        let body = document
            .blocks()
            .iter()
            .filter(|b| {
                matches!(
                    b.kind,
                    BlockKind::Subheading
                        | BlockKind::Paragraph
                        | BlockKind::Caption
                        | BlockKind::List
                )
            })
            .filter_map(|b| b.span.slice(text));
        let all = title.or(headline).map(|t| (t, TITLE)).into_iter();
        for (stretch, weight) in all.chain(body.map(|b| (b, 1.0))) {
            let mut before: Option<String> = None;
            for word in lower_words(stretch) {
                if rarity.of(&word) < STOP {
                    before = None;
                    continue;
                }
                *words.entry(word.clone()).or_default() += weight;
                if let Some(first) = before.replace(word.clone()) {
                    *pairs.entry((first, word)).or_default() += weight;
                }
            }
        }
        let words = words
            .into_iter()
            .map(|(word, n)| (n.sqrt() * rarity.of(&word), word));
        let pairs = pairs.into_iter().map(|((a, b), n)| {
            (
                n * f32::midpoint(rarity.of(&a), rarity.of(&b)),
                format!("{a} {b}"),
            )
        });
        let (words, pairs) = (heaviest(words.collect()), heaviest(pairs.collect()));
        let keys = whole_numbers(words.get(..KEYS).unwrap_or(&words));
        let mut terms: Vec<(u32, u8)> = whole_numbers(&words);
        terms.extend(whole_numbers(&pairs));
        terms.sort_unstable();
        terms.dedup_by_key(|(hash, _)| *hash);
        Self { terms, keys }
    }
}

/// Terms as they are kept: hash and weight of each.
pub(crate) fn to_bytes(terms: &[(u32, u8)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(5 * terms.len());
    for (hash, weight) in terms {
        out.extend_from_slice(&hash.to_le_bytes());
        out.push(*weight);
    }
    out
}

/// Terms out of what is kept.
pub(crate) fn of_bytes(bytes: &[u8]) -> Vec<(u32, u8)> {
    let term = |&[a, b, c, d, weight]: &[u8; 5]| (u32::from_le_bytes([a, b, c, d]), weight);
    bytes.as_chunks::<5>().0.iter().map(term).collect()
}

/// The heaviest terms first, brought to the length one; of equal ones in the order of letters.
fn heaviest(mut terms: Vec<(f32, String)>) -> Vec<(f32, String)> {
    terms.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    // summed in this order, so that the same words give the same length
    let length = terms.iter().map(|(w, _)| w * w).sum::<f32>().sqrt();
    terms.truncate(KEPT);
    for (weight, _) in &mut terms {
        *weight /= length;
    }
    terms
}

#[expect(clippy::cast_sign_loss, reason = "weights lie between 0 and 1")]
fn whole_numbers(terms: &[(f32, String)]) -> Vec<(u32, u8)> {
    terms
        .iter()
        .map(|(weight, term)| (hash(term), (weight * UNIT).round() as u8))
        .filter(|(_, weight)| *weight > 0)
        .collect()
}

/// FNV-1a in 32 bits: the same everywhere, for it is kept.
pub(crate) fn hash(term: &str) -> u32 {
    term.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// Runs of letters and digits, in lower case.
pub(crate) fn lower_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// How much two documents have in common by their words: sum of the products of shared terms.
pub(crate) fn product(a: &[(u32, u8)], b: &[(u32, u8)]) -> u32 {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some((x, weight)), Some((y, other))) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += u32::from(*weight) * u32::from(*other);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        let rarity = Rarity::shipped();
        assert!(rarity.of("the") < STOP);
        assert!(rarity.of("missile") > 2.0);
        assert!(rarity.of("zhezkazgan") > rarity.of("missile"));
    }

    #[test]
    fn what_is_kept_comes_back() {
        let vector = Vector::of(&Document::of_paragraphs("Rockets hit a depot near Kirkuk."));
        assert_eq!(of_bytes(&to_bytes(&vector.terms)), vector.terms);
        assert_eq!(
            vector.keys.len(),
            5,
            "rockets hit depot near Kirkuk, less a common one or so"
        );
    }

    #[test]
    fn alike_texts_have_much_in_common_and_others_little() {
        let of = |text: &str| Vector::of(&Document::of_paragraphs(text)).terms;
        let a = of("Four rockets hit a fuel depot on the southern edge of Kirkuk before dawn.");
        let b = of("A fuel depot south of Kirkuk was hit by rockets before sunrise.");
        let c = of("The central bank left its rates unchanged, as all had expected.");
        assert!(product(&a, &b) > 10 * product(&a, &c).max(1));
        assert_eq!(product(&a, &b), product(&b, &a));
    }
}
