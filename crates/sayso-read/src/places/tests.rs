//! Places on marked passages: `tests/places/passages.md`; and what holds for any text.

use proptest::prelude::*;
use sayso_reading::{Document, Place, PlaceRelation};

use super::{Gazetteer, fill};
use crate::chains::Outlets;
use crate::entities::{Found, NameClass, Registry};
use crate::passages::unmarked;
use crate::trace::Trace;

const PASSAGES: &str = include_str!("../../tests/places/passages.md");

fn read(text: &str, names: &[Found], gazetteer: &Gazetteer) -> Vec<Place> {
    let document = Document::of_paragraphs(text);
    let registry = Registry::new(&document, names, &Outlets::default());
    fill(
        &document,
        names,
        &registry,
        &[],
        gazetteer,
        &mut Trace::kept(),
    )
}

/// A place as the page writes it.
fn line(text: &str, place: &Place) -> String {
    let words = place
        .spans
        .hull()
        .and_then(|s| s.slice(text))
        .unwrap_or_default();
    let (name, level) = match place.level {
        Some(level) => (place.name.as_str(), level.as_str()),
        None => ("?", "–"),
    };
    let country = place.country.as_deref().unwrap_or("–");
    let mut out = format!("{words} · {name} {country} {level}");
    let relation = place.relation != PlaceRelation::In;
    let more = [
        relation.then_some(place.relation.as_str()),
        place.metonym.then_some("actor"),
        place.demonym.then_some("people"),
    ];
    let more: Vec<&str> = more.into_iter().flatten().collect();
    if !more.is_empty() {
        out.push_str(" · ");
        out.push_str(&more.join(", "));
    }
    out
}

#[test]
fn every_passage_has_the_places_that_the_page_says() {
    let gazetteer = Gazetteer::built_in().expect("the built-in gazetteer");
    let mut wrong = Vec::new();
    for section in PASSAGES.split("\n## ").skip(1) {
        let (title, rest) = section.split_once("\n\n").expect("a title");
        let (marked, expected) = rest.split_once("\n\n- ").unwrap_or((rest, ""));
        let passage = unmarked(marked.trim_end());
        let places = read(&passage.text, &passage.names, &gazetteer);
        let got: Vec<String> = places.iter().map(|p| line(&passage.text, p)).collect();
        let expected: Vec<&str> = expected
            .split('\n')
            .map(|l| l.trim_start_matches("- ").trim())
            .filter(|l| !l.is_empty())
            .collect();
        if got != expected {
            wrong.push(format!(
                "{title}\n  expected {}\n  got      {}",
                expected.join("\n           "),
                got.join("\n           ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_built_in_gazetteer_is_whole() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/gazetteer.bin");
    Gazetteer::open(path.as_ref()).expect("its checksum is right");
}

#[test]
fn places_of_the_user_go_before_all_others() {
    let known = Gazetteer::built_in().expect("the built-in gazetteer");
    let csv = "name,aliases,lat,lon,country,level,radius_km\nOrchard Post,The Orchard,33.5,44.1,IQ,site,1\nParis,,10,20,TD,city,\n";
    let own = known.with_own(csv, "mine.csv").expect("a good file");
    let text = "Shots fell at Orchard Post, far from Paris.";
    let places = read(text, &[], &own);
    let lines: Vec<String> = places.iter().map(|p| line(text, p)).collect();
    assert_eq!(
        lines,
        [
            "Orchard Post · Orchard Post IQ site",
            "Paris · Paris TD city"
        ]
    );
    assert_eq!(
        (places[0].lat, places[0].radius_km, places[0].geonames),
        (Some(33.5), Some(1.0), None)
    );
}

#[test]
fn a_bad_row_is_told_with_file_line_column_and_reason() {
    let known = Gazetteer::built_in().expect("the built-in gazetteer");
    for (csv, told) in [
        ("name,lat\nX,1\n", "names no column `lon`"),
        (
            "name,lat,lon\nX,91,0\n",
            "line 2, column lat: `91` is no number of degrees from -90 to 90",
        ),
        (
            "name,lat,lon\nX,1,0\n,1,0\n",
            "line 3, column name: there is no name",
        ),
        (
            "name,lat,lon,level\nX,1,0,hut\n",
            "line 2, column level: `hut` is none of",
        ),
        (
            "name,lat,lon,country\nX,1,0,Iraq\n",
            "line 2, column country: `Iraq` is no ISO 3166-1 code",
        ),
        (
            "name,lat,lon,country,admin1\nX,1,0,IQ,Texas\n",
            "line 2, column admin1: no first division `Texas` of IQ is known",
        ),
        (
            "name,lat,lon,radius_km\nX,1,0,-4\n",
            "line 2, column radius_km: `-4` is no number of kilometres",
        ),
    ] {
        let error = known
            .with_own(csv, "mine.csv")
            .expect_err("a bad file")
            .to_string();
        assert!(
            error.starts_with("mine.csv") && error.contains(told),
            "{error}"
        );
    }
}

proptest! {
    /// Whatever stands where: nothing panics, places are in order, on characters, and on the earth.
    #[test]
    fn any_text_can_be_read(
        words in proptest::collection::vec("(Paris|New|York|Texas|in|near|30|km|south|of|the|St|Iraqi|Deir|ez-Zor|U.S.|’s|,|\\.|-|\n|é|Москва|بغداد|O'|Saint|Bank|said)", 0..60),
        cuts in proptest::collection::vec((0_usize..60, 1_usize..4, 0_usize..4), 0..8),
        glue in "( |)",
    ) {
        let text = words.join(&glue);
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let classes = [NameClass::Place, NameClass::Person, NameClass::Organization, NameClass::Group];
        let names: Vec<Found> = cuts.iter().map(|&(from, length, class)| {
            let from = from % borders.len();
            let to = (from + length * 4).min(borders.len() - 1);
            Found { range: borders[from]..borders[to], class: classes[class], inner: false, confidence: 0.9 }
        }).filter(|f| !f.range.is_empty()).collect();
        let gazetteer = Gazetteer::built_in().expect("the built-in gazetteer");
        let mut end = 0;
        for place in read(&text, &names, &gazetteer) {
            let hull = place.spans.hull().expect("words");
            prop_assert!(hull.slice(&text).is_some() && hull.start() >= end);
            end = hull.end();
            prop_assert!(place.lat.is_none_or(|l| l.abs() <= 90.0) && place.lon.is_none_or(|l| l.abs() <= 180.0));
            prop_assert!(place.others.iter().all(|o| o.score <= place.score || place.lat.is_none()));
        }
    }
}
