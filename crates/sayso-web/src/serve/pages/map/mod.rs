//! A map of events: of a question, a story or a claim. Outlines only; nothing is asked of others.

mod draw;
mod outlines;
mod spots;

use axum::extract::Query as Pairs;
use axum::response::Response;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::coding::countries::country;
use super::coding::ways;
use crate::output::labels::{count, grouped};
use crate::serve::answer::{Table, View, cell};
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts;
use spots::{Found, Item, Spot};

/// Places that are drawn.
const PLACES: usize = 200;
/// Events of a place that are listed.
const EVENTS: usize = 6;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub story: String,
    #[serde(default)]
    pub claim: String,
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Map {
    #[serde(flatten)]
    found: Found,
    #[serde(skip)]
    choice: Choice,
}

pub(crate) async fn map(asked: Asked, Pairs(choice): Pairs<Choice>) -> Response {
    asked
        .show(move |case| {
            Ok(Map {
                found: spots::found(case, &choice)?,
                choice,
            })
        })
        .await
}

impl Map {
    /// The places that are drawn; the rest is folded.
    fn drawn(&self) -> &[Spot] {
        let all = &self.found.places;
        all.get(..PLACES).unwrap_or(all)
    }

    fn is_of_question(&self) -> bool {
        self.choice.story.is_empty() && self.choice.claim.is_empty()
    }

    fn counts(&self) -> Markup {
        let all = &self.found.places;
        let events: usize = all.iter().map(|spot| spot.events.len()).sum();
        let folded = all.len().saturating_sub(PLACES);
        html! {
            p.meta {
                (count(events, "event")) " at " (count(all.len(), "place")) "."
                @if folded > 0 { " The " (grouped(folded)) " places with fewest are not drawn; they are in the CSV." }
                @if self.found.without_place > 0 { " " (count(self.found.without_place, "more event")) " without a place that is known." }
                @if self.found.is_part { " There are more than were looked at: ask for less." }
            }
        }
    }
}

/// What the circles mean.
fn legend() -> Markup {
    html! {
        p.meta { "A circle is as wide as its place: solid for a town, site or point, dashed for a district, province or area, hatched for a country. Labels tell how many events are told in which mode. Coasts and borders: Natural Earth, as they are held and not as they are claimed." }
    }
}

/// A place in words.
fn level(spot: &Spot) -> String {
    let level = spot.level.map_or("place", |level| match level.as_str() {
        "admin1" => "first division",
        "admin2" => "second division",
        other => other,
    });
    let lies_in = spot.country.as_deref().filter(|_| level != "country");
    let lies_in = lies_in.map(|code| country(code).map_or(code, |known| known.name));
    match (spot.radius_km, lies_in) {
        (Some(radius), Some(country)) => format!("{level}, {country}, {radius:.0} km around"),
        (Some(radius), None) => format!("{level}, {radius:.0} km around"),
        (None, Some(country)) => format!("{level}, {country}"),
        (None, None) => level.to_owned(),
    }
}

fn item(item: &Item) -> Markup {
    html! {
        li {
            (parts::realis(&item.realis)) " "
            a href=(links::within(&item.document, &item.id)) { bdi { (item.words) } }
            span.meta { " " (item.kind.to_lowercase()) }
            @if let Some(edtf) = &item.edtf { " · " (parts::day(edtf)) }
            " · " (parts::whose(item.publisher.as_deref(), item.published.as_deref()))
        }
    }
}

fn place(at: usize, spot: &Spot) -> Markup {
    let rest = spot.events.len().saturating_sub(EVENTS);
    html! {
        li id={ "place-" (at) } {
            h3 { bdi { (spot.name) } " " span.meta { (level(spot)) } }
            ul { @for event in spot.events.iter().take(EVENTS) { (item(event)) } }
            @if rest > 0 { p.meta { a href=(links::search(&format!("place:\"{}\" show:events", spot.name.replace('"', "\"\"")))) { (grouped(rest)) " more" } } }
        }
    }
}

impl View for Map {
    fn title(&self) -> String {
        "Map".to_owned()
    }

    fn body(&self, _: &Around) -> Markup {
        html! {
            h1 { "Map" }
            (ways())
            @if self.is_of_question() {
                form.search action="/map" {
                    label for="q" { "Which events" }
                    div.box {
                        input #q type="search" name="q" value=(self.choice.q) spellcheck="false" autocapitalize="off" placeholder="the newest; or event:ASSAULT realis:actual";
                        button type="submit" { "Show" }
                    }
                }
            } @else {
                p { "Of the " @if self.choice.story.is_empty() { "claim" } @else { "story" } " " a href=(self.found.link) { bdi { (self.found.of) } } }
            }
            (self.counts())
            @if self.found.places.is_empty() { p.none { "Nothing to be drawn." } }
            @else {
                (draw::picture(self.drawn()))
                (legend())
                h2.sr { "Places" }
                ol.lines.places { @for (at, spot) in self.drawn().iter().enumerate() { (place(at, spot)) } }
            }
        }
    }

    fn table(&self) -> Option<Table> {
        let mut table = Table::new(&[
            "place",
            "country",
            "geonames",
            "lat",
            "lon",
            "level",
            "radius_km",
            "document",
            "id",
            "words",
            "type",
            "realis",
            "edtf",
            "publisher",
            "published",
        ]);
        for spot in &self.found.places {
            for event in &spot.events {
                table.rows.push(vec![
                    spot.name.clone(),
                    cell(spot.country.as_ref()),
                    cell(spot.geonames.as_ref()),
                    spot.lat.to_string(),
                    spot.lon.to_string(),
                    cell(spot.level.as_ref()),
                    cell(spot.radius_km.as_ref()),
                    event.document.clone(),
                    event.id.clone(),
                    event.words.clone(),
                    event.kind.clone(),
                    event.realis.clone(),
                    cell(event.edtf.as_ref()),
                    cell(event.publisher.as_ref()),
                    cell(event.published.as_ref()),
                ]);
            }
        }
        Some(table)
    }
}
