//! The outlet that a source spoke to: "told CNN", "confirmed to the paper", "in remarks to AFP".

use std::ops::Range;

use sayso_reading::{Attribution, EntityKind};

use crate::entities::{Known, Registry};
use crate::prose::words;
use crate::sources::{OUTLETS, Scene};

/// An outlet that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub entity: usize,
    pub range: Range<usize>,
}

/// Verbs that take the one who is told as their object.
const TELL: &[&str] = &["told", "tell", "tells", "telling", "informed", "assured"];
/// Before "to": verbs and nouns of speaking.
const SPEAK: &[&str] = &[
    "said",
    "speaking",
    "spoke",
    "confirmed",
    "remarks",
    "comments",
    "statement",
    "confided",
    "admitted",
    "explained",
    "revealed",
    "disclosed",
    "talking",
    "talked",
    "wrote",
    "email",
    "emailed",
    "saying",
    "comment",
    "statements",
    "conceded",
    "acknowledged",
    "described",
    "briefing",
];
/// The outlet that the source of an attribution told it to, in the attribution's own sentence
/// and outside its content.
pub(crate) fn told(
    text: &str,
    registry: &Registry,
    scene: &Scene,
    attribution: &Attribution,
) -> Option<Told> {
    let cue = attribution.cue.as_ref()?.phrase;
    let sentence = scene.sentence(cue.start());
    let outside = |r: &Range<usize>| {
        !attribution
            .content
            .spans
            .iter()
            .any(|c| c.start() < r.end && r.start < c.end())
    };
    let all = words(text, sentence.clone());
    let lower: Vec<String> = all
        .iter()
        .map(|w| text.get(w.clone()).unwrap_or_default().to_lowercase())
        .collect();
    for at in 0..all.len() {
        let Some(first) = object_of_speaking(&lower, at) else {
            continue;
        };
        // only the verb of this attribution, not another's in the sentence
        let own = all[at].start < cue.end() + 60 && cue.start() < all[at].end + 60;
        let Some(start) = all.get(first).map(|w| w.start).filter(|_| own) else {
            continue;
        };
        let reach = start..sentence.end;
        let named = registry
            .named_in(&reach)
            .next()
            .filter(|(r, i)| {
                registry.known[*i].kind == EntityKind::Publication
                    && near(text, start, r.start)
                    && outside(r)
            })
            .map(|(r, i)| Told {
                entity: *i,
                range: r.clone(),
            });
        if named.is_some() {
            return named;
        }
        if let Some(noun) = all
            .get(first + usize::from(lower.get(first).is_some_and(|w| w == "the" || w == "that")))
            && outside(noun)
            && lower.get(first).is_some_and(|w| w == "the")
            && text.get(noun.clone()).is_some_and(|w| OUTLETS.contains(&w))
            && let Some(entity) = outlet_before(registry, noun.start, text.get(noun.clone())?)
        {
            return Some(Told {
                entity,
                range: noun.clone(),
            });
        }
    }
    None
}

/// The index of the word behind a verb of telling at `at`, or behind its "to".
fn object_of_speaking(lower: &[String], at: usize) -> Option<usize> {
    let word = lower[at].as_str();
    if TELL.contains(&word) {
        return Some(at + 1);
    }
    if SPEAK.contains(&word) {
        let to = (at + 1..lower.len().min(at + 4)).find(|&i| lower[i] == "to")?;
        return Some(to + 1);
    }
    None
}

/// Whether only a few words without a stop stand between the verb and the name:
/// "told The New Arab’s sister site al-Araby al-Jadeed".
fn near(text: &str, from: usize, to: usize) -> bool {
    text.get(from..to).is_some_and(|between| {
        between.split_whitespace().count() <= 4 && !between.contains([',', '“', '"', '.'])
    })
}

/// The outlet named last that a noun fits: "the agency" is no newspaper.
fn outlet_before(registry: &Registry, at: usize, noun: &str) -> Option<usize> {
    registry.named_before(at, |k| k.kind == EntityKind::Publication && fits(noun, k))
}

/// Whether a noun can mean an outlet, as far as is known what it is.
fn fits(noun: &str, known: &Known) -> bool {
    const PAPERS: &[&str] = &[
        "paper",
        "newspaper",
        "daily",
        "magazine",
        "weekly",
        "tabloid",
    ];
    const AIR: &[&str] = &["network", "broadcaster", "channel", "station"];
    let name = known.name.to_lowercase();
    let kind = known.outlet.as_deref().unwrap_or_default().to_lowercase();
    let agency = kind.ends_with("agency") || name.contains("agency");
    let paper = PAPERS.iter().any(|w| kind.ends_with(w));
    let air = AIR.iter().any(|w| kind.ends_with(w));
    match noun {
        "agency" => agency || !(paper || air),
        n if PAPERS.contains(&n) => paper || !(agency || air),
        n if AIR.contains(&n) => air || !(agency || paper),
        _ => true,
    }
}
