//! When, where, how many: the account in the table and on the page, and why it is what it is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a panic is a failed test"
)]

#[path = "support/ferry.rs"]
mod ferry;
#[path = "support/looks.rs"]
mod looks;
mod support;

use ferry::{FERRY, ferry};
use looks::{articles, page, plain, shown, shown_to};
use sayso::Trace;
use sayso::explain::{Explainer, Subject, at, list, name_of, write};
use sayso::output::glyphs::{ASCII, UNICODE};
use sayso::output::table::{Extent, Look};
use sayso::reading::{Place, PlaceId};

#[test]
fn when_where_and_how_many_stand_under_the_attributions() {
    insta::assert_snapshot!(shown(&ferry(), 80, UNICODE));
}

#[test]
fn when_where_and_how_many_on_a_narrow_terminal_with_ascii_signs() {
    insta::assert_snapshot!(shown(&ferry(), 50, ASCII));
}

#[test]
fn long_accounts_are_short_unless_all_is_asked_for() {
    let mut reading = ferry();
    let place = reading.places[0].clone();
    let many = (0..40_u32).map(|number| Place {
        id: PlaceId::new(number + 1),
        geonames: Some(u64::from(number)),
        name: format!("Town {number}"),
        ..place.clone()
    });
    reading.places = many.collect();
    let count = |extent| {
        let look = Look {
            width: 80,
            glyphs: UNICODE,
        };
        let shown = shown_to(&reading, look, extent);
        (
            shown.matches("Town").count(),
            shown.contains("… and 29 more"),
        )
    };
    assert_eq!(count(Extent::Short), (11, true));
    assert_eq!(count(Extent::Whole), (40, false));
}

#[test]
fn times_places_and_figures_are_explained_like_attributions() {
    let reading = ferry();
    let trace = Trace::kept();
    let explainer = Explainer::new(&reading, &trace);
    let look = Look {
        width: 80,
        glyphs: UNICODE,
    };
    let mut out = Vec::new();
    let attributions = reading.attributions.iter().map(Subject::Attribution);
    for subject in attributions.take(1).chain(Subject::facts(&reading)) {
        let why = explainer.explain(subject).unwrap();
        write(&mut out, &why, look).unwrap();
        out.push(b'\n');
    }
    list(&mut out, &reading, "ferry.txt", look).unwrap();
    insta::assert_snapshot!(plain(&out));
}

#[test]
fn a_position_outside_attributions_finds_the_time_place_or_figure_there() {
    let reading = ferry();
    let found = |words: &str, step: usize| {
        let at = at(&reading, support::span(FERRY, words).start() + step);
        at.map(|subject| name_of(subject.id()))
    };
    assert_eq!(found("March 1998", 7).as_deref(), Some("t3"));
    assert_eq!(found("Izmir", 0).as_deref(), Some("p5"));
    assert_eq!(found("passengers", 0).as_deref(), Some("f1"));
    // inside an attribution that one comes first
    assert_eq!(found("on Tuesday", 3).as_deref(), Some("a1"));
    assert_eq!(found("It was built", 0), None);
}

#[test]
fn a_page_with_times_places_and_figures() {
    insta::assert_snapshot!(articles(&page([ferry()])));
}
