//! A report with times, places and figures of every form, and the makers of these.

use sayso::reading::{
    Amount, AttributionId, BlockKind, Figure, FigureId, FigureKind, FigureRule, Place, PlaceId,
    PlaceLevel, PlaceRelation, QuoteForm, Reading, Score, Span, Stretch, Time, TimeFrom, TimeId,
    TimeKind,
};

use crate::support::{self, document, reading, said, spans};

/// Its text.
pub const FERRY: &str = include_str!("../data/read/ferry.txt");

/// A reading of a report with times, places and figures of every form.
pub fn ferry() -> Reading {
    let told = said(
        FERRY,
        &["Turkish officials"],
        Some("said"),
        &["At least 40 people were killed on Tuesday when a ferry sank near Mersin"],
        QuoteForm::Indirect,
    );
    let denied = said(
        FERRY,
        &["Ankara"],
        Some("denied"),
        &["that the boat had carried about 300 people"],
        QuoteForm::Indirect,
    );
    let mut parts = document(FERRY, &[BlockKind::Headline]);
    parts.published = Some("2023-05-03".parse().unwrap());
    let mut reading = reading(parts, vec![told, denied]);
    reading.times = vec![
        time("Tuesday", "2023-05-02", ("2023-05-02", "2023-05-02")),
        time(
            "6 p.m.",
            "2023-05-02",
            ("2023-05-02T18:00", "2023-05-02T18:00"),
        ),
        time("March 1998", "1998-03", ("1998-03-01", "1998-03-31")),
    ];
    let mut weeks = time("two weeks", "1998", ("1998-01-01", "1998-12-31"));
    (weeks.edtf, weeks.earliest, weeks.latest) = (None, None, None);
    weeks.kind = TimeKind::Duration;
    weeks.duration = Some("P2W".parse().unwrap());
    reading.times.push(weeks);
    let mersin = || place("Mersin", PlaceLevel::City);
    let mut near = mersin();
    near.spans = second("Mersin").into();
    near.relation = PlaceRelation::Near;
    let mut people = place("Turkish", PlaceLevel::Country);
    (people.name, people.geonames, people.demonym) = ("Turkey".to_owned(), Some(1), true);
    let mut actor = place("Ankara", PlaceLevel::City);
    (actor.metonym, actor.geonames) = (true, Some(3));
    let mut unsure = place("Izmir", PlaceLevel::City);
    (unsure.name, unsure.geonames) = ("İzmir".to_owned(), None);
    unsure.score = Score::clamped(0.4);
    reading.places = vec![mersin(), near, people, actor, unsure];
    let mut killed = figure(
        "At least 40",
        Some("people"),
        FigureRule::AtLeast,
        (40, None),
    );
    killed.kind = FigureKind::Killed;
    killed.time = Some(TimeId::at(0));
    killed.within = Some(AttributionId::at(0));
    let picked = figure(
        "112",
        Some("passengers"),
        FigureRule::Exact,
        (112, Some(112)),
    );
    reading.figures = vec![picked, killed];
    for (index, time) in reading.times.iter_mut().enumerate() {
        time.id = TimeId::at(index);
    }
    for (index, place) in reading.places.iter_mut().enumerate() {
        place.id = PlaceId::at(index);
    }
    for (index, figure) in reading.figures.iter_mut().enumerate() {
        figure.id = FigureId::at(index);
    }
    reading
}

/// The second place of some words in the report.
fn second(words: &str) -> Span {
    let first = support::span(FERRY, words);
    let next = support::span(&FERRY[first.end()..], words);
    Span::new(first.end() + next.start(), first.end() + next.end()).unwrap()
}

/// A date by its words and bounds.
pub fn time(words: &str, edtf: &str, (first, last): (&str, &str)) -> Time {
    Time {
        id: TimeId::at(0),
        spans: spans(FERRY, &[words]),
        kind: TimeKind::Date,
        edtf: Some(edtf.parse().unwrap()),
        earliest: Some(first.parse().unwrap()),
        latest: Some(last.parse().unwrap()),
        duration: None,
        from: TimeFrom::Published,
        text: words.to_owned(),
    }
}

/// A place by its words.
pub fn place(words: &str, level: PlaceLevel) -> Place {
    Place {
        id: PlaceId::at(0),
        spans: spans(FERRY, &[words]),
        entity: None,
        geonames: Some(2),
        name: words.to_owned(),
        lat: Some(36.8),
        lon: Some(34.63),
        level: Some(level),
        radius_km: Some(12.0),
        country: Some("TR".to_owned()),
        admin1: None,
        relation: PlaceRelation::In,
        score: Score::clamped(0.9),
        others: Vec::new(),
        metonym: false,
        demonym: false,
    }
}

/// A figure by its words and what it counts.
pub fn figure(
    words: &str,
    counts: Option<&str>,
    rule: FigureRule,
    (low, high): (u32, Option<u32>),
) -> Figure {
    let counts = counts.map(|counts| Stretch {
        spans: spans(FERRY, &[counts]),
    });
    Figure {
        id: FigureId::at(0),
        spans: spans(FERRY, &[words]),
        kind: FigureKind::Other,
        low: Amount::from(low),
        high: high.map(Amount::from),
        rule,
        unit: None,
        counts,
        time: None,
        within: None,
    }
}
