//! Documents made by hand, so that links can be tested without the reader.

#![allow(dead_code, reason = "not every test uses all of it")]

use proptest::prelude::*;
use sayso_case::{Case, Intake, Open};
use sayso_link::{
    ClaimChoice, ClaimLine, ClaimOrder, Linker, StoryOrder, claim_lines, claims, copies, events,
    stories, story_lines,
};
use sayso_reading::{
    Attribution, Document, DocumentParts, EventMention, Reader, Reading, Scalars, TextIndex,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Sentences that documents are put together from: some make a story, some are boilerplate.
pub const SENTENCES: [&str; 8] = [
    "Four rockets hit a fuel depot on the southern edge of Kirkuk before dawn on Monday and set a tank alight, police said.",
    "Fire crews from three towns were at work until noon, and the road to Baghdad was shut for the whole day by soldiers.",
    "The central bank in Oslo left its rates unchanged on Thursday and said that the krone was weaker than it had expected.",
    "Two guards at the depot were cut by flying glass, the provincial police said, and nobody had said who fired the rockets.",
    "Subscribe to our newsletter to get the best of our reporting into your inbox every morning before the coffee is ready.",
    "Economists had expected the bank to act, and the krone fell by one per cent against the euro in the first hour of trade.",
    "Kirkuk oil exports went on as before, the ministry said, and no ship had turned back on its way to the port of Ceyhan.",
    "A court in Oslo heard the first witnesses in the trial of a shipping magnate who is accused of hiding his money abroad.",
];
/// Who is told to say them, by their words in the sentence.
const SOURCES: [Option<&str>; 8] = [
    Some("police"),
    Some("soldiers"),
    Some("The central bank"),
    Some("the provincial police"),
    None,
    Some("Economists"),
    Some("the ministry"),
    None,
];
/// In whose words a document tells them: as somebody says, as they deny it, as another outlet has it from
/// them, or in its own.
pub const VOICES: [&str; 4] = ["said", "denied", "cited", "own"];
pub const HOUSES: [Option<&str>; 4] = [
    Some("Harbour Post"),
    Some("reuters.com"),
    Some("Nordhavn Courier"),
    None,
];
pub const DAYS: [Option<&str>; 4] = [
    Some("2025-03-03"),
    Some("2025-03-04"),
    Some("2025-05-01"),
    None,
];

#[derive(Debug, Clone)]
pub struct Text {
    pub sentences: Vec<usize>,
    pub house: usize,
    pub day: usize,
    pub voice: usize,
}

impl Text {
    /// As it may have stood there before.
    pub fn changed(&self) -> Self {
        Self {
            sentences: vec![(self.sentences[0] + 3) % SENTENCES.len(), 4],
            house: (self.house + 1) % HOUSES.len(),
            ..self.clone()
        }
    }
}

pub fn texts() -> impl Strategy<Value = Vec<Text>> {
    let text = (
        prop::collection::vec(0..SENTENCES.len(), 1..5),
        0..HOUSES.len(),
        0..DAYS.len(),
        0..VOICES.len(),
    );
    let text = text.prop_map(|(sentences, house, day, voice)| Text {
        sentences,
        house,
        day,
        voice,
    });
    prop::collection::vec(text, 2..14)
}

pub fn intake(at: usize, text: &Text) -> Intake {
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
    let text_of = reading.document.text();
    let spoken = spoken(text_of, VOICES[text.voice]);
    reading.events = mentions(text_of, &spoken);
    let index = TextIndex::new(text_of);
    reading.attributions = spoken
        .iter()
        .map(|spoken| spoken.attribution().to_bytes(&index).unwrap())
        .collect();
    reading.into()
}

/// A sentence with the words of who says it.
struct Spoken<'v> {
    id: String,
    voice: &'v str,
    words: &'static str,
    content: [usize; 2],
    source: [usize; 2],
}

/// What is said in a text; nothing where it stands in the document's own words.
fn spoken<'v>(text: &str, voice: &'v str) -> Vec<Spoken<'v>> {
    let mut out = Vec::new();
    for (sentence, source) in SENTENCES.iter().zip(SOURCES) {
        let Some(words) = source.filter(|_| voice != "own") else {
            continue;
        };
        for (start, _) in text.match_indices(sentence) {
            let from = start + sentence.find(words).unwrap();
            out.push(Spoken {
                id: String::new(),
                voice,
                words,
                content: [start, start + sentence.len()],
                source: [from, from + words.len()],
            });
        }
    }
    out.sort_by_key(|spoken| spoken.content);
    for (at, spoken) in out.iter_mut().enumerate() {
        spoken.id = format!("a{}", at + 1);
    }
    out
}

impl Spoken<'_> {
    fn attribution(&self) -> Attribution<Scalars> {
        let span = |[start, end]: [usize; 2]| json!({"start": start, "end": end});
        let hop = |name: &str, kind: &str| json!({"name": name, "kind": kind, "entity": null, "spans": [span(self.source)], "by": "said"});
        let mut chain = vec![hop(self.words, "organization")];
        if self.voice == "cited" {
            chain.insert(0, hop("Harbour Post", "publication"));
        }
        let value = json!({
            "id": self.id, "within": null,
            "cue": {"spans": [span(self.source)], "lemma": "say", "phrase": span(self.source)},
            "source": {"spans": [span(self.source)], "entity": null, "kind": "organization", "role": null, "condition": null},
            "content": {"spans": [span(self.content)]},
            "quote": "indirect", "act": if self.voice == "denied" { "deny" } else { "say" }, "certainty": "certain",
            "hedge": null, "negated": false, "chain": chain, "score": 0.9
        });
        serde_json::from_value(value).unwrap()
    }
}

/// The events that a reader might have found: one for each of these words.
fn mentions(text: &str, spoken: &[Spoken]) -> Vec<EventMention> {
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
            let within = spoken.iter().find(|s| (s.content[0]..s.content[1]).contains(&start));
            let within = within.map(|spoken| spoken.id.as_str());
            let value = json!({
                "id": format!("v{}", at + 1),
                "trigger": {"spans": [{"start": start, "end": start + trigger.len()}]},
                "type": if trigger == "hit" { "ASSAULT" } else { "OTHER" }, "mode": null, "contexts": [],
                "actor": [], "recipient": [], "place": null, "time": null, "figures": [],
                "realis": "actual", "within": within, "responsibility": [], "event": null, "score": 0.9
            });
            let event: EventMention<Scalars> = serde_json::from_value(value).unwrap();
            event.to_bytes(&TextIndex::new(text)).unwrap()
        })
        .collect()
}

/// A new case, linked whenever something is done to it.
pub struct Fresh {
    _folder: TempDir,
    pub case: Case,
}

impl Fresh {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let case = Open::default()
            .create(&folder.path().join("x.sayso"))
            .unwrap();
        Self {
            _folder: folder,
            case,
        }
    }

    pub fn add(&mut self, intakes: &[Intake]) {
        self.case.add(intakes).unwrap();
        self.link();
    }

    pub fn link(&mut self) {
        Linker::default().link(&mut self.case, |_| {}).unwrap();
    }

    pub fn told(&self) -> String {
        let copies = serde_json::to_string_pretty(&copies(&self.case).unwrap()).unwrap();
        let stories = serde_json::to_string_pretty(&stories(&self.case).unwrap()).unwrap();
        let events = serde_json::to_string_pretty(&events(&self.case).unwrap()).unwrap();
        format!("{copies}\n{stories}\n{events}")
    }
}

/// All pages of a list of claims, three at a time.
pub fn all_lines(case: &Case, order: ClaimOrder) -> Vec<ClaimLine> {
    let mut out = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let choice = ClaimChoice {
            order,
            limit: 3,
            after: after.as_deref(),
            ..ClaimChoice::default()
        };
        let page = claim_lines(case, &choice).unwrap();
        assert!(page.items.len() <= 3);
        out.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return out,
        }
    }
}

/// What is kept of claims and stories, sorted by names.
pub fn kept(case: &Case) -> Vec<Value> {
    let mut out: Vec<Value> = all_lines(case, ClaimOrder::MostTold)
        .iter()
        .map(|line| serde_json::to_value(line).unwrap())
        .collect();
    let mut after: Option<String> = None;
    loop {
        let page = story_lines(case, StoryOrder::Largest, after.as_deref(), 2).unwrap();
        out.extend(
            page.items
                .iter()
                .map(|line| serde_json::to_value(line).unwrap()),
        );
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    out.sort_by_key(Value::to_string);
    out
}

/// The same, by putting all claims and stories together.
pub fn from_scratch(case: &Case) -> Vec<Value> {
    let stories = stories(case).unwrap();
    let story_of = |document: &str| {
        let found = stories.iter().find(|s| s.id == document).unwrap();
        found.story.clone()
    };
    let mut out = Vec::new();
    for claim in claims(case).unwrap() {
        assert_eq!(claim, sayso_link::claim(case, &claim.id).unwrap());
        if claim.members.len() < 2 && claim.members.iter().all(|m| m.stance.is_for()) {
            continue;
        }
        let dates = || claim.members.iter().filter_map(|m| m.published.clone());
        let (document, _) = claim.id.rsplit_once('#').unwrap();
        out.push(json!({
            "id": claim.id, "type": claim.kind, "trigger": claim.trigger, "about": claim.about,
            "negated": claim.negated, "standing": claim.standing, "place": claim.place, "time": claim.time,
            "first": dates().min(), "last": dates().max(), "story": story_of(document),
        }));
    }
    for documents in stories.chunk_by(|a, b| a.story == b.story) {
        let dates = || documents.iter().filter_map(|d| d.published.clone());
        out.push(json!({
            "id": documents[0].story, "title": documents[0].title, "documents": documents.len(),
            "first": dates().min(), "last": dates().max(),
        }));
    }
    out.sort_by_key(Value::to_string);
    out
}
