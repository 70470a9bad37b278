//! The same documents give the same links, in whatever order and however many at a time they come.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use sayso_case::{Case, Intake, Open};
use sayso_link::{Linker, copies, events, stories};
use sayso_reading::{Document, DocumentParts, EventMention, Reader, Reading, Scalars, TextIndex};
use tempfile::TempDir;

/// Sentences that documents are put together from: some make a story, some are boilerplate.
const SENTENCES: [&str; 8] = [
    "Four rockets hit a fuel depot on the southern edge of Kirkuk before dawn on Monday and set a tank alight, police said.",
    "Fire crews from three towns were at work until noon, and the road to Baghdad was shut for the whole day by soldiers.",
    "The central bank in Oslo left its rates unchanged on Thursday and said that the krone was weaker than it had expected.",
    "Two guards at the depot were cut by flying glass, the provincial police said, and nobody had said who fired the rockets.",
    "Subscribe to our newsletter to get the best of our reporting into your inbox every morning before the coffee is ready.",
    "Economists had expected the bank to act, and the krone fell by one per cent against the euro in the first hour of trade.",
    "Kirkuk oil exports went on as before, the ministry said, and no ship had turned back on its way to the port of Ceyhan.",
    "A court in Oslo heard the first witnesses in the trial of a shipping magnate who is accused of hiding his money abroad.",
];
const HOUSES: [Option<&str>; 4] = [
    Some("Harbour Post"),
    Some("reuters.com"),
    Some("Nordhavn Courier"),
    None,
];
const DAYS: [Option<&str>; 4] = [
    Some("2025-03-03"),
    Some("2025-03-04"),
    Some("2025-05-01"),
    None,
];

#[derive(Debug, Clone)]
struct Text {
    sentences: Vec<usize>,
    house: usize,
    day: usize,
}

fn texts() -> impl Strategy<Value = Vec<Text>> {
    let text = (
        prop::collection::vec(0..SENTENCES.len(), 1..5),
        0..HOUSES.len(),
        0..DAYS.len(),
    );
    let text = text.prop_map(|(sentences, house, day)| Text {
        sentences,
        house,
        day,
    });
    prop::collection::vec(text, 2..14)
}

fn intake(at: usize, text: &Text) -> Intake {
    let sentences: Vec<&str> = text.sentences.iter().map(|s| SENTENCES[*s]).collect();
    let made = Document::of_paragraphs(sentences.join("\n\n"));
    let document = Document::new(DocumentParts {
        id: Some(format!("t{at}")),
        publisher: HOUSES[text.house].map(str::to_owned),
        published: DAYS[text.day].map(|day| day.parse().unwrap()),
        text: made.text().to_owned(),
        blocks: made.blocks().to_vec(),
        ..DocumentParts::default()
    })
    .unwrap();
    let reader = Reader {
        version: "0".to_owned(),
        model: "none".to_owned(),
    };
    let mut reading = Reading::of(document, reader);
    reading.events = mentions(reading.document.text());
    reading.into()
}

/// The events that a reader might have found: one for each of these words.
fn mentions(text: &str) -> Vec<EventMention> {
    let triggers = [
        "hit", "shut", "left", "cut", "fired", "fell", "heard", "act",
    ];
    let mut places: Vec<(usize, &str)> = triggers
        .iter()
        .flat_map(|trigger| text.match_indices(trigger))
        .collect();
    places.sort_unstable();
    places
        .into_iter()
        .enumerate()
        .map(|(at, (start, trigger))| {
            let value = serde_json::json!({
                "id": format!("v{}", at + 1),
                "trigger": {"spans": [{"start": start, "end": start + trigger.len()}]},
                "type": if trigger == "hit" { "ASSAULT" } else { "OTHER" }, "mode": null, "contexts": [],
                "actor": [], "recipient": [], "place": null, "time": null, "figures": [],
                "realis": "actual", "within": null, "responsibility": [], "event": null, "score": 0.9
            });
            let event: EventMention<Scalars> = serde_json::from_value(value).unwrap();
            event.to_bytes(&TextIndex::new(text)).unwrap()
        })
        .collect()
}

struct Fresh {
    _folder: TempDir,
    case: Case,
}

impl Fresh {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let case = Open::default()
            .create(&folder.path().join("x.sayso"))
            .unwrap();
        Self {
            _folder: folder,
            case,
        }
    }

    fn add(&mut self, intakes: &[Intake]) {
        self.case.add(intakes).unwrap();
        Linker::default().link(&mut self.case, |_| {}).unwrap();
    }

    fn told(&self) -> String {
        let copies = serde_json::to_string_pretty(&copies(&self.case).unwrap()).unwrap();
        let stories = serde_json::to_string_pretty(&stories(&self.case).unwrap()).unwrap();
        let events = serde_json::to_string_pretty(&events(&self.case).unwrap()).unwrap();
        format!("{copies}\n{stories}\n{events}")
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("SAYSO_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_order_and_the_number_at_a_time_do_not_count(
        texts in texts(), order in any::<u64>(), changed in any::<u64>(),
    ) {
        let intakes: Vec<Intake> = texts.iter().enumerate().map(|(at, t)| intake(at, t)).collect();
        let mut at_once = Fresh::new();
        at_once.add(&intakes);

        let mut shuffled: Vec<usize> = (0..intakes.len()).collect();
        shuffled.sort_by_key(|at| order.rotate_left(7 * *at as u32).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut one_by_one = Fresh::new();
        for at in &shuffled {
            // some stood there with another text before
            if changed >> at & 1 == 1 {
                let mut other = texts[*at].clone();
                other.sentences = vec![(other.sentences[0] + 3) % SENTENCES.len(), 4];
                other.house = (other.house + 1) % HOUSES.len();
                one_by_one.add(&[intake(*at, &other)]);
            }
        }
        for at in &shuffled {
            one_by_one.add(std::slice::from_ref(&intakes[*at]));
        }
        prop_assert_eq!(at_once.told(), one_by_one.told());
    }
}

#[test]
fn linking_again_changes_nothing() {
    let text = |sentences: &[usize]| Text {
        sentences: sentences.to_vec(),
        house: 0,
        day: 0,
    };
    let mut fresh = Fresh::new();
    fresh.add(&[intake(0, &text(&[0, 1])), intake(1, &text(&[0, 1, 3]))]);
    let before = fresh.told();
    let names: BTreeSet<String> = stories(&fresh.case)
        .unwrap()
        .into_iter()
        .map(|s| s.story)
        .collect();
    assert_eq!(names, BTreeSet::from(["t0".to_owned()]));
    assert_eq!(copies(&fresh.case).unwrap().len(), 1);
    let linked = Linker::default().link(&mut fresh.case, |_| {}).unwrap();
    assert_eq!(linked.documents, 0);
    assert_eq!(fresh.told(), before);
}
