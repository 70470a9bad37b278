//! The JSON form: names and order of the fields, null for what is not known.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use sayso_reading::{
    Act, Amount, Attribution, AttributionId, Block, BlockKind, Carrier, Certainty, Cue, Document,
    DocumentParts, Entity, EntityId, EntityKind, EventId, EventMention, EventType, Figure,
    FigureId, FigureKind, FigureRule, Hop, Mention, MentionForm, Mode, Participant, Place, PlaceId,
    PlaceLevel, PlaceRelation, QuoteForm, Reader, Reading, ReadingError, Realis, Responsibility,
    ResponsibilityAct, Scalars, Score, Source, SourceKind, Span, Spans, Stretch, Time, TimeFrom,
    TimeId, TimeKind,
};
use serde_json::{Value, json};

/// Non-ASCII words before, inside and after the spans.
const TEXT: &str = "“Büyükçekmece’de üç ölü”, said Ayşe Öz.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len()).unwrap()
}

fn stretch(words: &str) -> Stretch {
    Stretch {
        spans: span(words).into(),
    }
}

fn document() -> Document {
    Document::new(DocumentParts {
        id: Some("x".into()),
        path: Some("a.txt".into()),
        published: Some("2020-12-04".parse().unwrap()),
        language: Some("en".into()),
        text: TEXT.into(),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            span: span(TEXT),
        }],
        notes: vec!["the page names no publisher".into()],
        ..DocumentParts::default()
    })
    .unwrap()
}

fn attribution() -> Attribution {
    Attribution {
        id: AttributionId::at(0),
        within: None,
        cue: Some(Cue {
            spans: span("said").into(),
            lemma: "say".into(),
            phrase: span("said"),
        }),
        source: Source {
            spans: span("Ayşe Öz").into(),
            entity: Some(EntityId::at(0)),
            kind: Some(SourceKind::Person),
            ..Source::default()
        },
        content: stretch("“Büyükçekmece’de üç ölü”"),
        quote: QuoteForm::Direct,
        act: Some(Act::TakeResponsibility),
        certainty: Some(Certainty::Certain),
        hedge: None,
        negated: false,
        chain: vec![Hop {
            name: Some("Ayşe Öz".into()),
            kind: SourceKind::Person,
            entity: Some(EntityId::at(0)),
            spans: Spans::none(),
            by: Some(Carrier::Said),
        }],
        score: Score::clamped(0.93),
    }
}

fn event() -> EventMention {
    EventMention {
        id: EventId::at(0),
        trigger: stretch("ölü"),
        event_type: EventType::Assault,
        mode: Some(Mode::HeavyWeapons),
        contexts: Vec::new(),
        actor: Vec::new(),
        recipient: Vec::new(),
        place: Some(PlaceId::at(0)),
        time: Some(TimeId::at(0)),
        figures: vec![FigureId::at(0)],
        realis: Realis::Actual,
        within: Some(AttributionId::at(0)),
        responsibility: vec![Responsibility {
            act: ResponsibilityAct::Claim,
            who: Participant {
                entity: None,
                spans: span("Ayşe").into(),
            },
            attribution: Some(AttributionId::at(0)),
        }],
        event: None,
        score: Score::clamped(0.5),
    }
}

fn place() -> Place {
    Place {
        id: PlaceId::at(0),
        spans: span("Büyükçekmece").into(),
        entity: None,
        geonames: Some(1),
        name: "Büyükçekmece".into(),
        lat: Some(41.02),
        lon: Some(28.58),
        level: Some(PlaceLevel::Admin2),
        radius_km: Some(8.5),
        country: Some("TR".into()),
        admin1: Some("Istanbul".into()),
        relation: PlaceRelation::In,
        score: Score::clamped(1.0),
        others: Vec::new(),
        metonym: false,
        demonym: false,
    }
}

fn reading() -> Reading {
    let mut reading = Reading::of(document(), Reader::default());
    reading.attributions.push(attribution());
    reading.events.push(event());
    reading.places.push(place());
    reading.entities.push(Entity {
        id: EntityId::at(0),
        kind: EntityKind::Person,
        name: "Ayşe Öz".into(),
        mentions: vec![Mention {
            span: span("Ayşe Öz"),
            form: MentionForm::Name,
        }],
        describes: None,
    });
    reading.times.push(Time {
        id: TimeId::at(0),
        spans: Spans::none(),
        kind: TimeKind::Date,
        edtf: Some("2020-11~".parse().unwrap()),
        earliest: Some("2020-11-01".parse().unwrap()),
        latest: Some("2020-11-30T18:00".parse().unwrap()),
        duration: Some("PXD".parse().unwrap()),
        from: TimeFrom::Published,
        text: "in November".into(),
    });
    reading.figures.push(Figure {
        id: FigureId::at(0),
        spans: span("üç").into(),
        kind: FigureKind::Killed,
        low: Amount::from(3),
        high: None,
        rule: FigureRule::AtLeast,
        unit: None,
        counts: Some(stretch("ölü")),
        time: None,
        within: None,
    });
    reading
}

/// The names of an object's fields, in the order in which `json` writes them.
fn keys(json: &str) -> Vec<String> {
    let (mut keys, mut depth, mut rest) = (Vec::new(), 0, json);
    while let Some(at) = rest.find(['{', '[', '}', ']', '"']) {
        let (token, after) = rest[at..].split_at(1);
        rest = after;
        match token {
            "{" | "[" => depth += 1,
            "}" | "]" => depth -= 1,
            _ => {
                let end = rest.find('"').unwrap();
                let (word, after) = rest.split_at(end);
                rest = &after[1..];
                if depth == 1 && rest.starts_with(':') {
                    keys.push(word.to_owned());
                }
            }
        }
    }
    keys
}

#[test]
fn fields_stand_in_the_order_of_the_contract() {
    let scalars = reading().to_scalars().unwrap();
    let order = |json: String| keys(&json).join(" ");
    let order_of = |part: &dyn Fn() -> serde_json::Result<String>| order(part().unwrap());
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars)),
        "schema reader document entities attributions events times places figures notes"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.document)),
        "id path url title byline publisher published modified language text blocks notes"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.attributions[0])),
        "id within cue source content quote act certainty hedge negated chain score"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.attributions[0].source)),
        "spans entity kind role condition"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.attributions[0].chain[0])),
        "name kind entity spans by"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.entities[0])),
        "id kind name mentions describes"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.events[0])),
        "id trigger type mode contexts actor recipient place time figures realis within \
         responsibility event score"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.times[0])),
        "id spans kind edtf earliest latest duration from text"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.places[0])),
        "id spans entity geonames name lat lon level radius_km country admin1 relation score \
         others metonym demonym"
    );
    assert_eq!(
        order_of(&|| serde_json::to_string(&scalars.figures[0])),
        "id spans kind low high rule unit counts time within"
    );
}

#[test]
fn offsets_count_scalar_values_and_the_unknown_is_null() {
    let json = serde_json::to_value(reading().to_scalars().unwrap()).unwrap();
    assert_eq!(json["schema"], "sayso.reading/1");
    assert_eq!(
        json["document"]["blocks"],
        json!([{"kind": "paragraph", "start": 0, "end": 39}])
    );
    let attribution = &json["attributions"][0];
    assert_eq!(attribution["id"], "a1");
    assert_eq!(attribution["within"], Value::Null);
    assert_eq!(attribution["hedge"], Value::Null);
    assert_eq!(
        attribution["cue"]["phrase"],
        json!({"start": 26, "end": 30})
    );
    assert_eq!(
        attribution["content"]["spans"],
        json!([{"start": 0, "end": 24}])
    );
    assert_eq!(attribution["act"], "take_responsibility");
    assert_eq!(
        json["entities"][0]["mentions"],
        json!([{"start": 31, "end": 38, "form": "name"}])
    );
    assert_eq!(json["events"][0]["type"], "ASSAULT");
    assert_eq!(json["events"][0]["mode"], "heavy-weapons");
    assert_eq!(json["figures"][0]["low"], json!(3));
    assert_eq!(json["figures"][0]["high"], Value::Null);
}

#[test]
fn a_full_reading_survives_json() {
    let reading = reading();
    let json = serde_json::to_string(&reading.to_scalars().unwrap()).unwrap();
    let back: Reading<Scalars> = serde_json::from_str(&json).unwrap();
    assert_eq!(back.to_bytes().unwrap(), reading);
}

#[test]
fn another_schema_is_refused_by_name() {
    let mut json = serde_json::to_value(reading().to_scalars().unwrap()).unwrap();
    json["schema"] = "sayso.reading/2".into();
    let error = serde_json::from_value::<Reading<Scalars>>(json).unwrap_err();
    assert!(error.to_string().contains("sayso.reading/2"), "{error}");
}

#[test]
fn spans_and_blocks_that_do_not_fit_the_text_are_refused() {
    let scalars = serde_json::to_value(reading().to_scalars().unwrap()).unwrap();
    let refuse = |change: &dyn Fn(&mut Value)| {
        let mut json = scalars.clone();
        change(&mut json);
        let reading: Reading<Scalars> = serde_json::from_value(json).unwrap();
        reading.to_bytes().unwrap_err()
    };
    assert!(matches!(
        refuse(&|json| json["figures"][0]["spans"] = json!([{"start": 38, "end": 40}])),
        ReadingError::Outside { length: 39, .. }
    ));
    assert!(matches!(
        refuse(&|json| json["document"]["blocks"] = json!([])),
        ReadingError::NoBlock { at: 0 }
    ));
    let mut outside = reading();
    outside.attributions[0].content.spans = Span::new(0, 1).unwrap().into();
    assert!(matches!(
        outside.to_scalars(),
        Err(ReadingError::Outside { unit: "bytes", .. })
    ));
}
