//! A map as a picture: coasts, borders, a net of degrees, and circles for places.

use std::fmt::Write as _;

use maud::{Markup, html};
use sayso_reading::PlaceLevel;

use super::outlines::{OUTLINES, Outline};
use super::spots::Spot;
use crate::serve::look::parts;

/// Width and height in units of the picture.
const SIZE: [f64; 2] = [900.0, 540.0];
/// The least stretch of latitude that is shown.
const LEAST: f64 = 7.0;
/// The greatest latitude.
const POLE: f64 = 85.0;
/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;
/// The least radius of a circle.
const DOT: f64 = 4.0;
/// Bytes of all outlines at most; they are thinned until they fit.
const BYTES: usize = 36_000;
/// Units of width of a letter of a name and of what stands under it, and of height of a line.
const LETTERS: [f64; 2] = [8.0, 6.9];
const LINE: f64 = 15.0;
/// Modes of being that a label tells.
const MODES: usize = 2;
/// How far from its place a label stands at most.
const FAR: f64 = 60.0;

/// From degrees to units: degrees of longitude are as wide as they are in the middle of the map.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    /// The western and the northern end.
    west: f64,
    north: f64,
    /// Units of a degree.
    across: f64,
    down: f64,
}

impl Fit {
    /// So that all places are shown with the circle around each.
    pub(crate) fn of(spots: &[Spot]) -> Option<Self> {
        let (mut least, mut greatest) = ([f64::MAX; 2], [f64::MIN; 2]);
        for spot in spots {
            let radius = spot.radius_km.unwrap_or(0.0) / DEGREE;
            let narrow = spot.lat.abs().min(POLE).to_radians().cos();
            for (axis, (value, reach)) in [(spot.lon, radius / narrow), (spot.lat, radius)]
                .into_iter()
                .enumerate()
            {
                least[axis] = least[axis].min(value - reach);
                greatest[axis] = greatest[axis].max(value + reach);
            }
        }
        if spots.is_empty() {
            return None;
        }
        let limits = [180.0, POLE];
        let [lon, lat] = [0, 1].map(|axis| {
            let room = (greatest[axis] - least[axis]) * 0.12;
            let low = (least[axis] - room).max(-limits[axis]);
            let high = (greatest[axis] + room).min(limits[axis]);
            [low, high]
        });
        let [mid_lon, mid_lat] = [lon, lat].map(|[low, high]| f64::midpoint(low, high));
        let narrow = mid_lat.to_radians().cos();
        let tall = (lat[1] - lat[0])
            .max(LEAST)
            .max((lon[1] - lon[0]) * narrow * SIZE[1] / SIZE[0]);
        let down = SIZE[1] / tall;
        let across = down * narrow;
        Some(Self {
            west: mid_lon - SIZE[0] / across / 2.0,
            north: mid_lat + tall / 2.0,
            across,
            down,
        })
    }

    fn at(&self, lon: f64, lat: f64) -> [f64; 2] {
        [
            (lon - self.west) * self.across,
            (self.north - lat) * self.down,
        ]
    }

    /// Of the circle around a place.
    fn radius(&self, spot: &Spot) -> f64 {
        (spot.radius_km.unwrap_or(0.0) / DEGREE * self.down).max(DOT)
    }

    fn east(&self) -> f64 {
        self.west + SIZE[0] / self.across
    }

    fn south(&self) -> f64 {
        self.north - SIZE[1] / self.down
    }

    fn shows(&self, outline: &Outline) -> bool {
        outline.greatest[0] >= self.west
            && outline.least[0] <= self.east()
            && outline.greatest[1] >= self.south()
            && outline.least[1] <= self.north
    }

    /// The outlines of a kind, with points no nearer to each other than `apart`.
    fn path(&self, is_border: bool, apart: f64) -> String {
        let mut out = String::new();
        let shown = OUTLINES
            .iter()
            .filter(|line| line.is_border == is_border && self.shows(line));
        for outline in shown {
            self.draw(outline, apart, &mut out);
        }
        out
    }

    fn draw(&self, outline: &Outline, apart: f64, out: &mut String) {
        let mut before: Option<[f64; 2]> = None;
        let mut is_down = false;
        let last = outline.points.len().saturating_sub(1);
        for (at, [lon, lat]) in outline.points.iter().copied().enumerate() {
            let point = self.at(lon, lat);
            let Some(from) = before else {
                before = Some(point);
                continue;
            };
            let is_near = (point[0] - from[0]).abs().max((point[1] - from[1]).abs()) < apart;
            if is_near && at != last {
                continue;
            }
            if crosses(from, point) {
                if !is_down {
                    let _ = write!(out, "M{:.0} {:.0}L", from[0], from[1]);
                } else if !out.ends_with('L') {
                    out.push(' ');
                }
                let _ = write!(out, "{:.0} {:.0}", point[0], point[1]);
                is_down = true;
            } else {
                is_down = false;
            }
            before = Some(point);
        }
    }
}

/// Whether a stroke may be seen: the rectangle around it touches the picture.
fn crosses(a: [f64; 2], b: [f64; 2]) -> bool {
    [0, 1]
        .into_iter()
        .all(|axis| a[axis].max(b[axis]) >= 0.0 && a[axis].min(b[axis]) <= SIZE[axis])
}

/// Coasts and borders, thinned as far as needed.
fn outlines(fit: &Fit) -> [String; 2] {
    let mut apart = 1.5;
    loop {
        let paths = [fit.path(false, apart), fit.path(true, apart)];
        if paths.iter().map(String::len).sum::<usize>() <= BYTES || apart > 12.0 {
            return paths;
        }
        apart *= 1.6;
    }
}

/// How far the lines of the net are apart, in degrees.
fn mesh(fit: &Fit) -> f64 {
    let tall = SIZE[1] / fit.down;
    [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
        .into_iter()
        .find(|step| tall / step <= 6.0)
        .unwrap_or(30.0)
}

/// Multiples of a step between two ends.
fn steps(low: f64, high: f64, step: f64) -> Vec<f64> {
    let mut out = Vec::new();
    let mut at = (low / step).ceil() * step;
    while at <= high {
        out.push(at);
        at += step;
    }
    out
}

/// Degrees with their side of the world.
fn side(value: f64, [plus, minus]: [&str; 2]) -> String {
    let sign = if value > 0.0 {
        plus
    } else if value < 0.0 {
        minus
    } else {
        ""
    };
    format!("{}°{sign}", value.abs())
}

fn net(fit: &Fit) -> Markup {
    let step = mesh(fit);
    let lats = steps(fit.south().max(-90.0), fit.north.min(90.0), step);
    let lons = steps(fit.west.max(-180.0), fit.east().min(180.0), step);
    html! {
        g.net {
            @for lat in lats {
                @let [_, y] = fit.at(0.0, lat);
                path d={ "M0 " (units(y)) "H" (SIZE[0]) } {}
                text x="4" y=(units(y - 3.0)) { (side(lat, ["N", "S"])) }
            }
            @for lon in lons {
                @let [x, _] = fit.at(lon, 0.0);
                path d={ "M" (units(x)) " 0V" (SIZE[1]) } {}
                text x=(units(x + 3.0)) y=(SIZE[1] - 5.0) { (side(lon, ["E", "W"])) }
            }
        }
    }
}

/// A length in tenths.
fn units(value: f64) -> String {
    format!("{value:.1}")
}

/// How a circle is drawn, by the level of its place.
pub(crate) const fn class(level: Option<PlaceLevel>) -> &'static str {
    match level {
        Some(PlaceLevel::Country) => "country",
        Some(PlaceLevel::Admin1 | PlaceLevel::Admin2 | PlaceLevel::Area) => "area",
        Some(PlaceLevel::City | PlaceLevel::Site | PlaceLevel::Point) | None => "point",
    }
}

/// How many events are told in which mode of being: "2 happened, 1 denied".
pub(crate) fn tally(spot: &Spot) -> Vec<(usize, &str)> {
    let mut out: Vec<(usize, &str)> = Vec::new();
    for event in &spot.events {
        match out.iter_mut().find(|(_, realis)| *realis == event.realis) {
            Some((n, _)) => *n += 1,
            None => out.push((1, &event.realis)),
        }
    }
    out.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    out
}

/// A label with its two lines, and where it stands.
struct Label {
    /// Where it begins, or ends where it stands at the left of its place.
    at: [f64; 2],
    is_left: bool,
    tags: String,
}

/// A rectangle: its left upper and its right lower corner.
#[derive(Clone, Copy)]
struct Room([f64; 2], [f64; 2]);

impl Room {
    /// Of a label that stands at a point.
    fn of([x, y]: [f64; 2], wide: f64) -> Self {
        Self([x, y - LINE], [x + wide, y + LINE])
    }

    fn touches(&self, other: &Self) -> bool {
        [0, 1]
            .into_iter()
            .all(|axis| self.0[axis] < other.1[axis] && other.0[axis] < self.1[axis])
    }

    fn is_inside(&self) -> bool {
        [0, 1]
            .into_iter()
            .all(|axis| self.0[axis] >= 0.0 && self.1[axis] <= SIZE[axis])
    }
}

/// Labels beside their places, those of most events first; where there is no room, there is none.
fn labels(spots: &[Spot], fit: &Fit) -> Vec<Option<Label>> {
    let mut taken: Vec<Room> = Vec::new();
    let place = |spot: &Spot| {
        let told = tally(spot);
        let words: Vec<String> = told
            .iter()
            .take(MODES)
            .map(|(n, realis)| format!("{n} {}", parts::realis_word(realis)))
            .collect();
        let rest = if told.len() > MODES { " · …" } else { "" };
        let tags = format!("{}{rest}", words.join(" · "));
        let [name, under] = [&spot.name, &tags].map(|words| words.chars().count() as f64);
        let wide = (name * LETTERS[0]).max(under * LETTERS[1]);
        let [x, y] = fit.at(spot.lon, spot.lat);
        let away = fit.radius(spot).min(FAR) + 4.0;
        let (right, left) = (x + away, x - away);
        let sides = [-2.0, 0.0, 2.0].map(|lines| {
            [(right, false), (left, true)].map(|(x, is_left)| ([x, y + lines * LINE], is_left))
        });
        let [above, beside, below] = sides;
        let mut sides = [beside, below, above].into_iter().flatten();
        let room_of = |([x, y], is_left): ([f64; 2], bool)| {
            Room::of([if is_left { x - wide } else { x }, y], wide)
        };
        let free = sides.find(|side| {
            let room = room_of(*side);
            room.is_inside() && !taken.iter().any(|other| room.touches(other))
        })?;
        taken.push(room_of(free));
        let (at, is_left) = free;
        Some(Label { at, is_left, tags })
    };
    spots.iter().map(place).collect()
}

/// The picture.
pub(crate) fn picture(spots: &[Spot]) -> Markup {
    let Some(fit) = Fit::of(spots) else {
        return html! {};
    };
    let [coasts, borders] = outlines(&fit);
    let labels = labels(spots, &fit);
    html! {
        div.plot.map tabindex="0" role="group" aria-label="map; the list below has the same" {
            svg viewBox={ "0 0 " (SIZE[0]) " " (SIZE[1]) } aria-hidden="true" {
                defs {
                    pattern #hatch width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { path d="M0 0V7" {} }
                }
                (net(&fit))
                path.coast d=(coasts) {}
                path.border d=(borders) {}
                @for (at, spot) in spots.iter().enumerate().rev() { (circle(at, spot, &fit)) }
                @for (spot, label) in spots.iter().zip(&labels) {
                    @if let Some(label) = label {
                        @let anchor = if label.is_left { "end" } else { "start" };
                        text.name text-anchor=(anchor) x=(units(label.at[0])) y=(units(label.at[1])) { (spot.name) }
                        text.tags text-anchor=(anchor) x=(units(label.at[0])) y=(units(label.at[1] + 12.0)) { (label.tags) }
                    }
                }
            }
        }
    }
}

fn circle(at: usize, spot: &Spot, fit: &Fit) -> Markup {
    let [x, y] = fit.at(spot.lon, spot.lat);
    html! {
        a tabindex="-1" href={ "#place-" (at) } class={ "spot " (class(spot.level)) } {
            title { (spot.name) }
            circle.reach cx=(units(x)) cy=(units(y)) r=(units(fit.radius(spot))) {}
            circle.middle cx=(units(x)) cy=(units(y)) r="2.5" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(lat: f64, lon: f64, radius: f64) -> Spot {
        Spot {
            name: "Erbil".to_owned(),
            country: None,
            geonames: None,
            lat,
            lon,
            level: Some(PlaceLevel::City),
            radius_km: Some(radius),
            events: Vec::new(),
        }
    }

    #[test]
    fn all_places_are_within_the_picture() {
        for spots in [
            vec![spot(36.2, 44.0, 10.0)],
            vec![spot(36.2, 44.0, 10.0), spot(35.5, 44.4, 5.0)],
            vec![
                spot(-33.9, 151.2, 20.0),
                spot(64.1, -21.9, 15.0),
                spot(40.0, -100.0, 1800.0),
            ],
            vec![spot(89.0, 0.0, 500.0)],
        ] {
            let fit = Fit::of(&spots).unwrap();
            for spot in spots.iter().filter(|s| s.lat.abs() < POLE) {
                let [x, y] = fit.at(spot.lon, spot.lat);
                assert!((0.0..=SIZE[0]).contains(&x), "{x}");
                assert!((0.0..=SIZE[1]).contains(&y), "{y}");
            }
            let paths = outlines(&fit);
            assert!(paths.iter().map(String::len).sum::<usize>() < 2 * BYTES);
        }
        assert!(Fit::of(&[]).is_none());
    }

    #[test]
    fn degrees_are_as_long_both_ways_in_the_middle() {
        let fit = Fit::of(&[spot(60.0, 10.0, 50.0)]).unwrap();
        assert!((fit.across / fit.down - 0.5).abs() < 0.01);
    }
}
