//! Readings of texts that nobody wrote: sentences from patterns, with all that a reader would find.

use std::sync::LazyLock;

use sayso_reading::{
    Act, Amount, Attribution, AttributionId, Block, BlockKind, Carrier, Certainty, Cue, Document,
    DocumentParts, Edtf, Entity, EntityId, EntityKind, EventId, EventMention, EventType, Figure,
    FigureId, FigureKind, FigureRule, Hop, Mention, MentionForm, Mode, Moment, Participant, Place,
    PlaceId, PlaceLevel, PlaceRelation, QuoteForm, Reader, Reading, Realis, Score, Source,
    SourceKind, Span, Spans, Stretch, Time, TimeFrom, TimeId, TimeKind,
};

use super::words::{
    ACTS, FILLER, FIRST, GROUPS, LAST, OFFICES, OUTLETS, PLACES, SYLLABLES, Scene, TARGETS, VERBS,
};

/// A small generator of numbers (xorshift64*), so that every run makes the same case.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Few of a list come up often and many seldom, as names do.
    fn skewed<T: Copy>(&mut self, of: &[T]) -> T {
        let u = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        of[((u * u * of.len() as f64) as usize).min(of.len() - 1)]
    }

    fn any<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A word of a vocabulary of 400,000, of those from a rank on, the more seldom the greater its
    /// rank (Zipf).
    fn word_from(&mut self, rank: f64) -> String {
        let u = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let mut rank = (rank * (400_000_f64 / rank).powf(u)) as usize + 500;
        let mut word = String::new();
        while rank > 0 {
            word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
            rank /= SYLLABLES.len();
        }
        word
    }
}

/// Words that stand in many texts, the commonest first: those of stories are as common as the linker
/// takes them to be.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../../data/words.tsv").lines();
    let words = lines.skip(1).filter_map(|line| line.split('\t').next());
    words.filter(|word| word.len() > 2).take(1500).collect()
});

/// Who and what a text is about: the same few come up again and again, as in a report.
struct Cast {
    people: [(&'static str, &'static str); 4],
    offices: [&'static str; 2],
    groups: [&'static str; 3],
    places: [Scene; 3],
    outlets: [&'static str; 2],
}

impl Cast {
    fn new(random: &mut Random) -> Self {
        Self {
            people: std::array::from_fn(|_| (random.skewed(&FIRST), random.skewed(&LAST))),
            offices: std::array::from_fn(|_| random.any(&OFFICES)),
            groups: std::array::from_fn(|_| random.skewed(&GROUPS)),
            places: std::array::from_fn(|_| random.skewed(&PLACES)),
            outlets: std::array::from_fn(|_| random.skewed(&OUTLETS)),
        }
    }
}

/// A text under way, with what stands in it.
struct Draft {
    cast: Cast,
    /// Words that the texts of one story share, and others have not.
    rare: Vec<String>,
    text: String,
    blocks: Vec<Block>,
    entities: Vec<Entity>,
    attributions: Vec<Attribution>,
    events: Vec<EventMention>,
    times: Vec<Time>,
    places: Vec<Place>,
    figures: Vec<Figure>,
}

/// The reading of the synthetic document with a number.
#[allow(dead_code, reason = "what is linked comes in stories")]
pub fn reading(number: u64) -> Reading {
    let random = Random::new(number + 1);
    draft(number, random, None)
}

/// The same, where documents come in stories of five: a dispatch, two copies of it, and two of
/// others' own words. A story has people, places, a day and rare words of its own.
#[allow(dead_code, reason = "only what is linked needs stories")]
pub fn reading_in_story(number: u64) -> Reading {
    let (story, place) = (number / 5, number % 5);
    let is_dispatch = place < 3;
    let random = if is_dispatch {
        Random::new(3 * story + 1)
    } else {
        Random::new(5_000_000 + number)
    };
    draft(number, random, Some(story))
}

fn draft(number: u64, mut random: Random, story: Option<u64>) -> Reading {
    let mut own = Random::new(story.map_or(number, |story| 77_000_000 + story) + 1);
    let rare = story.map_or_else(Vec::new, |_| {
        (0..40).map(|_| own.word_from(2000.0)).collect()
    });
    let of_day = if story.is_some() {
        &mut own
    } else {
        &mut random
    };
    let day = 1 + of_day.below(365 * 10) as u32;
    let (year, month, of_month) = (2015 + day / 365, 1 + (day % 365) / 31, 1 + (day % 365) % 28);
    let date = Edtf::day(year.into(), month as u8, of_month as u8).expect("a day");
    let moment = Moment::day(year.into(), month as u8, of_month as u8).expect("a day");
    let mut draft = Draft {
        cast: Cast::new(if story.is_some() {
            &mut own
        } else {
            &mut random
        }),
        rare,
        text: String::with_capacity(3000),
        blocks: Vec::new(),
        entities: Vec::new(),
        attributions: Vec::new(),
        events: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        figures: Vec::new(),
    };
    let title = format!(
        "{} in {}",
        random.any(&TARGETS),
        random.skewed(&PLACES).name
    );
    let words = 300 + random.below(200);
    let mut written = 0;
    while written < words {
        let before = draft.text.len();
        for _ in 0..2 {
            draft.statement(&mut random, moment, &date);
            draft.filler(&mut random);
        }
        let end = draft.text.trim_end().len();
        draft.blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: Span::new(before, end).expect("in order"),
        });
        written += draft.text[before..].split_whitespace().count();
        draft.text.truncate(end);
        draft.text.push_str("\n\n");
    }
    let document = Document::new(DocumentParts {
        id: Some(format!("s:{number}")),
        path: Some("synthetic.jsonl".to_owned()),
        url: Some(format!("https://news.example/{number}")),
        title: Some(title),
        publisher: Some(match story {
            Some(_) => Random::new(number + 9).any(&OUTLETS).to_owned(),
            None => random.skewed(&OUTLETS).to_owned(),
        }),
        published: Some(date),
        language: Some("en".to_owned()),
        text: draft.text,
        blocks: draft.blocks,
        ..DocumentParts::default()
    })
    .expect("blocks that hold all words");
    let reader = Reader {
        version: "0.1.0".to_owned(),
        model: "sha256:synthetic".to_owned(),
    };
    let mut reading = Reading::of(document, reader);
    reading.entities = draft.entities;
    reading.attributions = draft.attributions;
    reading.events = draft.events;
    reading.times = draft.times;
    reading.places = draft.places;
    reading.figures = draft.figures;
    reading
}

impl Draft {
    /// Writes words and gives where they stand.
    fn put(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        let span = Span::new(start, self.text.len()).expect("in order");
        self.text.push(' ');
        span
    }

    /// A sentence without anything to find.
    fn filler(&mut self, random: &mut Random) {
        self.put("The");
        self.fill(random, 9);
        self.stop();
    }

    /// `least` words or up to nine more: most of them common, some seldom.
    fn fill(&mut self, random: &mut Random, least: usize) {
        for _ in 0..least + random.below(9) {
            if !self.rare.is_empty() && random.below(3) == 0 {
                self.put_rare(random);
            } else if random.below(5) == 0 {
                // what no list of words knows stands in few texts
                let least = if self.rare.is_empty() { 1.0 } else { 2000.0 };
                let word = random.word_from(least);
                self.put(&word);
            } else if !self.rare.is_empty() {
                self.put(random.skewed(&COMMON));
            } else {
                self.put(random.skewed(&FILLER));
            }
        }
    }

    /// A word that the texts of a story share.
    fn put_rare(&mut self, random: &mut Random) {
        if !self.rare.is_empty() {
            let word = self.rare[random.below(self.rare.len())].clone();
            self.put(&word);
        }
    }

    fn stop(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str(". ");
    }

    fn entity(&mut self, kind: EntityKind, name: &str, span: Span) -> EntityId {
        if let Some(known) = self.entities.iter_mut().find(|e| e.name == name) {
            known.mentions.push(Mention {
                span,
                form: MentionForm::Name,
            });
            return known.id;
        }
        let id = EntityId::at(self.entities.len());
        self.entities.push(Entity {
            id,
            kind,
            name: name.to_owned(),
            mentions: vec![Mention {
                span,
                form: MentionForm::Name,
            }],
            describes: None,
        });
        id
    }

    /// "Ann Lee, the army's spokesman, said that rebels shelled a base near Idlib, killing 3."
    fn statement(&mut self, random: &mut Random, day: Moment, date: &Edtf) {
        let (unnamed, outlet) = (random.below(4) == 0, random.below(6) == 0);
        let office = random.any(&self.cast.offices);
        let (name, who) = if unnamed {
            let words = format!("an unnamed {office}");
            let span = self.put(&words);
            (None, span)
        } else {
            let name = if outlet {
                random.any(&self.cast.outlets).to_owned()
            } else {
                let (first, last) = random.any(&self.cast.people);
                format!("{first} {last}")
            };
            let span = self.put(&name);
            (Some(name), span)
        };
        let entity = name.as_ref().map(|n| {
            self.entity(
                if outlet {
                    EntityKind::Publication
                } else {
                    EntityKind::Person
                },
                n,
                who,
            )
        });
        let (cue, lemma, act): (&str, &str, Act) = random.skewed(&ACTS);
        let cue = self.put(cue);
        self.put("that");
        let id = AttributionId::at(self.attributions.len());
        let start = self.text.len();
        // not every statement is about something that happens
        if random.below(3) == 0 {
            self.fill(random, 6);
        } else {
            self.event(random, id, day, date);
        }
        let end = self.text.trim_end().len();
        let kind = match (unnamed, outlet) {
            (true, _) => SourceKind::Anonymous,
            (_, true) => SourceKind::Publication,
            _ => SourceKind::Person,
        };
        let mut chain = vec![Hop {
            name: name.clone(),
            kind,
            entity,
            spans: Spans::from_pieces([who]),
            by: Some(Carrier::Said),
        }];
        if random.below(3) == 0 {
            let outlet = random.any(&self.cast.outlets);
            self.put(", according to");
            let span = self.put(outlet);
            let entity = self.entity(EntityKind::Publication, outlet, span);
            chain.insert(
                0,
                Hop {
                    name: Some(outlet.to_owned()),
                    kind: SourceKind::Publication,
                    entity: Some(entity),
                    spans: Spans::from_pieces([span]),
                    by: Some(Carrier::Reported),
                },
            );
        }
        self.stop();
        self.attributions.push(Attribution {
            id,
            within: None,
            cue: Some(Cue {
                spans: Spans::from_pieces([cue]),
                lemma: lemma.to_owned(),
                phrase: cue,
            }),
            source: Source {
                spans: Spans::from_pieces([who]),
                entity,
                kind: Some(kind),
                role: unnamed.then(|| office.to_owned()),
                condition: None,
            },
            content: stretch(Span::new(start, end).expect("in order")),
            quote: random.any(&[QuoteForm::Indirect, QuoteForm::Indirect, QuoteForm::Mixed]),
            act: Some(act),
            certainty: Some(random.any(&[
                Certainty::Certain,
                Certainty::Certain,
                Certainty::Probable,
                Certainty::Possible,
            ])),
            hedge: None,
            negated: random.below(50) == 0,
            chain,
            score: Score::clamped(0.5 + 0.5 * (random.below(100) as f32) / 100.0),
        });
    }

    fn event(&mut self, random: &mut Random, within: AttributionId, day: Moment, date: &Edtf) {
        let group = random.any(&self.cast.groups);
        let actor = self.put(group);
        let actor_entity = self.entity(EntityKind::Organization, group, actor);
        let (verb, event_type, mode): (&str, EventType, Option<Mode>) = random.skewed(&VERBS);
        let trigger = self.put(verb);
        let recipient = self.put(random.any(&TARGETS));
        self.put("in");
        let Scene {
            name,
            country,
            lat,
            lon,
        } = random.any(&self.cast.places);
        self.put_rare(random);
        let at = self.put(name);
        let place_entity = self.entity(EntityKind::Place, name, at);
        let place = PlaceId::at(self.places.len());
        self.places.push(Place {
            id: place,
            spans: Spans::from_pieces([at]),
            entity: Some(place_entity),
            geonames: Some(100_000 + u64::from(at.start() as u32 % 977)),
            name: name.to_owned(),
            lat: Some(lat),
            lon: Some(lon),
            level: Some(PlaceLevel::City),
            radius_km: Some(8.0),
            country: Some(country.to_owned()),
            admin1: None,
            relation: PlaceRelation::In,
            score: Score::clamped(0.9),
            others: Vec::new(),
            metonym: false,
            demonym: false,
        });
        let told = self.put("on that day");
        let time = TimeId::at(self.times.len());
        self.times.push(Time {
            id: time,
            spans: Spans::from_pieces([told]),
            kind: TimeKind::Date,
            edtf: Some(date.clone()),
            earliest: Some(day),
            latest: Some(day),
            duration: None,
            from: TimeFrom::Published,
            text: "on that day".to_owned(),
        });
        let mut figures = Vec::new();
        if random.below(3) == 0 {
            self.put(", killing");
            let dead = 1 + random.below(4) * random.below(9);
            let span = self.put(&dead.to_string());
            let id = FigureId::at(self.figures.len());
            self.figures.push(Figure {
                id,
                spans: Spans::from_pieces([span]),
                kind: FigureKind::Killed,
                low: Amount::new(dead as f64).expect("a number"),
                high: Amount::new(dead as f64).ok(),
                rule: FigureRule::Exact,
                unit: None,
                counts: None,
                time: None,
                within: Some(within),
            });
            figures.push(id);
        }
        self.events.push(EventMention {
            id: EventId::at(self.events.len()),
            trigger: stretch(trigger),
            event_type,
            mode,
            contexts: Vec::new(),
            actor: vec![Participant {
                entity: Some(actor_entity),
                spans: Spans::from_pieces([actor]),
            }],
            recipient: vec![Participant {
                entity: None,
                spans: Spans::from_pieces([recipient]),
            }],
            place: Some(place),
            time: Some(time),
            figures,
            realis: random.any(&[
                Realis::Actual,
                Realis::Actual,
                Realis::Actual,
                Realis::Planned,
                Realis::Hypothetical,
            ]),
            within: Some(within),
            responsibility: Vec::new(),
            event: None,
            score: Score::clamped(0.8),
        });
    }
}

fn stretch(span: Span) -> Stretch {
    Stretch {
        spans: Spans::from_pieces([span]),
    }
}
