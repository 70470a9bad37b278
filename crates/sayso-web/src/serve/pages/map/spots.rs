//! Events by the places that they are told to have happened at.

use std::collections::HashMap;

use sayso_case::{Case, EventRow, Query, Rows};
use sayso_reading::{Place, PlaceLevel, Reading};
use serde::Serialize;

use super::Choice;
use crate::output::rows::{one_line, words};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::problem::Problem;

/// Events that are looked at.
const EVENTS: u32 = 300;
/// Documents of a story that are looked at.
const DOCUMENTS: usize = 60;

/// A place with what is told of it.
#[derive(Debug, Serialize)]
pub(crate) struct Spot {
    pub name: String,
    pub country: Option<String>,
    pub geonames: Option<u64>,
    pub lat: f64,
    pub lon: f64,
    pub level: Option<PlaceLevel>,
    pub radius_km: Option<f64>,
    pub events: Vec<Item>,
}

/// An event at it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Item {
    pub document: String,
    pub id: String,
    pub words: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub realis: String,
    pub edtf: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
}

/// What is on a map.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Found {
    /// What it is of, in words.
    pub of: String,
    /// Where that is.
    #[serde(skip)]
    pub link: String,
    /// The places, those with most events first.
    pub places: Vec<Spot>,
    /// Events that tell no place, or one of which nobody knows where it is.
    pub without_place: usize,
    /// Whether there are more events or documents than were looked at.
    pub is_part: bool,
}

/// Of a question, a story or a claim.
pub(crate) fn found(case: &Case, choice: &Choice) -> Result<Found, Problem> {
    match (choice.story.as_str(), choice.claim.as_str()) {
        ("", "") => of_question(case, &choice.q),
        (story, "") => of_story(case, story),
        ("", claim) => of_claim(case, claim),
        _ => Err(Problem::refused(
            "A map is of a question, of a story or of a claim; ask for one of them",
        )),
    }
}

fn of_question(case: &Case, q: &str) -> Result<Found, Problem> {
    let asked = if q.contains("show:") {
        q.trim().to_owned()
    } else {
        format!("{q} show:events").trim().to_owned()
    };
    let query = Query::parse(&asked)?.limited(EVENTS);
    let answer = case.ask(&query, None)?;
    let Rows::Events(rows) = answer.rows else {
        return Err(Problem::refused(
            "A map has events on it; leave out `show:`, or write show:events",
        ));
    };
    let mut out = Gathered::default();
    for row in &rows {
        out.row(case, row)?;
    }
    Ok(out.found(
        query.to_string(),
        links::search(&asked),
        answer.next.is_some(),
    ))
}

fn of_story(case: &Case, name: &str) -> Result<Found, Problem> {
    let documents = sayso_link::story(case, name)?;
    let story = documents
        .first()
        .map_or(name, |first| first.story.as_str())
        .to_owned();
    let mut out = Gathered::default();
    for document in documents.iter().take(DOCUMENTS) {
        out.document(case, &document.id)?;
    }
    let title = parts::documents(case, [story.as_str()])?;
    let title = title
        .get(&story)
        .map_or_else(|| story.clone(), |line| line.title.clone());
    Ok(out.found(title, links::story(&story), documents.len() > DOCUMENTS))
}

fn of_claim(case: &Case, id: &str) -> Result<Found, Problem> {
    let claim = sayso_link::claim(case, id)?;
    let mut out = Gathered::default();
    for member in &claim.members {
        out.event(case, &member.document, &member.mention)?;
    }
    Ok(out.found(claim.about, links::claim(&claim.id), false))
}

/// What is one place: its name and its degrees, in hundredths.
type Key = (String, i64, i64);

fn key(name: &str, lat: f64, lon: f64) -> Key {
    let hundredths = |degrees: f64| (degrees * 100.0).round() as i64;
    (name.to_owned(), hundredths(lat), hundredths(lon))
}

/// Places and readings while they are gathered.
#[derive(Default)]
struct Gathered {
    readings: HashMap<String, Reading>,
    at: HashMap<Key, usize>,
    spots: Vec<Spot>,
    without_place: usize,
}

impl Gathered {
    fn read(&mut self, case: &Case, document: &str) -> Result<(), Problem> {
        if !self.readings.contains_key(document) {
            let reading = case.reading(document)?;
            self.readings.insert(document.to_owned(), reading);
        }
        Ok(())
    }

    /// One event of an answer. Only the first at each place is looked up in its reading, for how wide the
    /// place is.
    fn row(&mut self, case: &Case, row: &EventRow) -> Result<(), Problem> {
        let (Some(name), Some(lat), Some(lon)) = (&row.place, row.lat, row.lon) else {
            self.without_place += 1;
            return Ok(());
        };
        let known = self.at.get(&key(name, lat, lon));
        let Some(spot) = known.and_then(|at| self.spots.get_mut(*at)) else {
            return self.event(case, &row.document, &row.id);
        };
        spot.events.push(Item {
            document: row.document.clone(),
            id: row.id.clone(),
            words: one_line(&row.trigger),
            kind: row.kind.clone(),
            realis: row.realis.clone(),
            edtf: row.edtf.clone(),
            publisher: row.publisher.clone(),
            published: row.published.clone(),
        });
        Ok(())
    }

    /// One event.
    fn event(&mut self, case: &Case, document: &str, id: &str) -> Result<(), Problem> {
        self.read(case, document)?;
        self.put(document, |event| event == id);
        Ok(())
    }

    /// All events of a document.
    fn document(&mut self, case: &Case, document: &str) -> Result<(), Problem> {
        self.read(case, document)?;
        self.put(document, |_| true);
        Ok(())
    }

    fn put(&mut self, document: &str, wanted: impl Fn(&str) -> bool) {
        let Some(reading) = self.readings.get(document) else {
            return;
        };
        let text = reading.document.text();
        for event in &reading.events {
            let id = event.id.to_string();
            if !wanted(&id) {
                continue;
            }
            let place = reading.places.iter().find(|p| Some(p.id) == event.place);
            let Some((place, lat, lon)) = place.and_then(located) else {
                self.without_place += 1;
                continue;
            };
            let time = reading.times.iter().find(|t| Some(t.id) == event.time);
            let item = Item {
                document: document.to_owned(),
                words: words(text, &event.trigger.spans).unwrap_or_else(|| id.clone()),
                id,
                kind: event.event_type.as_str().to_owned(),
                realis: event.realis.as_str().to_owned(),
                edtf: time.and_then(|t| t.edtf.as_ref()).map(ToString::to_string),
                publisher: reading.document.publisher.clone(),
                published: reading.document.published.as_ref().map(ToString::to_string),
            };
            let key = key(&place.name, lat, lon);
            let at = *self.at.entry(key).or_insert(self.spots.len());
            if let Some(spot) = self.spots.get_mut(at) {
                spot.events.push(item);
            } else {
                self.spots.push(Spot {
                    name: place.name.clone(),
                    country: place.country.clone(),
                    geonames: place.geonames,
                    lat,
                    lon,
                    level: place.level,
                    radius_km: place.radius_km,
                    events: vec![item],
                });
            }
        }
    }

    fn found(mut self, of: String, link: String, is_part: bool) -> Found {
        self.spots
            .sort_by(|a, b| (b.events.len(), &a.name).cmp(&(a.events.len(), &b.name)));
        Found {
            of,
            link,
            places: self.spots,
            without_place: self.without_place,
            is_part,
        }
    }
}

fn located(place: &Place) -> Option<(&Place, f64, f64)> {
    Some((place, place.lat?, place.lon?))
}
