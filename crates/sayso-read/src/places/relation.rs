//! How what is told lies to the place named: in it, near it, outside it, so far in a direction.

use sayso_reading::PlaceRelation;

use crate::numbers::{Tokens, number_at};

/// Kilometres that "near" adds to a place's radius; about what UCDP's second precision allows.
const NEAR: f64 = 25.0;
/// The same for "outside" and "on the outskirts of".
const OUTSIDE: f64 = 15.0;
/// The same for a direction without a distance: "north of Baghdad".
const BEYOND: f64 = 50.0;
/// What part of a told distance the point is uncertain by.
const ROUGH: f64 = 0.25;
/// Kilometres to a degree of latitude.
const DEGREE: f64 = 111.2;

/// How the words before a place's name tell where something lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Told {
    pub relation: PlaceRelation,
    /// Kilometres away, where told.
    pub distance: Option<f64>,
    /// Degrees clockwise from north, where told.
    pub bearing: Option<f64>,
    /// The first token of these words.
    pub from: usize,
    pub rule: &'static str,
}

/// A point with a radius in kilometres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Around {
    pub lat: f64,
    pub lon: f64,
    pub radius: f64,
    /// Whether it is a point of its own rather than the surroundings of the place.
    pub point: bool,
}

impl Told {
    /// In the place itself.
    pub(super) const fn inside(name: usize) -> Self {
        Self {
            relation: PlaceRelation::In,
            distance: None,
            bearing: None,
            from: name,
            rule: "place.in",
        }
    }

    /// Where it is, told from a place.
    pub(super) fn around(&self, lat: f64, lon: f64, radius: f64) -> Around {
        let surroundings = |more: f64| Around {
            lat,
            lon,
            radius: radius + more,
            point: false,
        };
        match (self.relation, self.distance, self.bearing) {
            (PlaceRelation::In, ..) => surroundings(0.0),
            (PlaceRelation::Near, ..) => surroundings(NEAR),
            (PlaceRelation::Outside, None, _) => surroundings(OUTSIDE),
            (_, Some(km), Some(bearing)) => {
                let (sin, cos) = bearing.to_radians().sin_cos();
                let north = lat + km * cos / DEGREE;
                let east = lon + km * sin / (DEGREE * lat.to_radians().cos().abs().max(0.05));
                Around {
                    lat: north.clamp(-90.0, 90.0),
                    lon: (east + 540.0).rem_euclid(360.0) - 180.0,
                    radius: (km * ROUGH).max(2.0),
                    point: true,
                }
            }
            (_, Some(km), None) => surroundings(km),
            (_, None, _) => surroundings(BEYOND),
        }
    }
}

/// What the words before a name say; that something lies in it, where they say nothing else.
pub(super) fn told(tokens: &Tokens, name: usize) -> Told {
    let at = before_noun(tokens, name);
    let plain = Told::inside(name);
    let back = |steps: usize| tokens.back(at, steps);
    let near = |steps: usize| Told {
        relation: PlaceRelation::Near,
        from: at.saturating_sub(steps),
        rule: "place.near",
        ..plain
    };
    match (back(3), back(2), back(1)) {
        (_, _, "near" | "around" | "nearby") => near(1),
        (_, "close" | "next" | "adjacent", "to") | (_, "vicinity" | "suburbs", "of") => near(2),
        ("not", "far", "from") => near(3),
        _ => away(tokens, at).unwrap_or(plain),
    }
}

/// The token behind the words that tell of place: "the city of", "the" go before a name.
fn before_noun(tokens: &Tokens, name: usize) -> usize {
    let mut at = name;
    loop {
        let noun = matches!(
            tokens.back(at, 2),
            "city"
                | "town"
                | "village"
                | "port"
                | "capital"
                | "district"
                | "province"
                | "governorate"
                | "camp"
        );
        if tokens.back(at, 1) == "of" && noun {
            at -= 2;
        } else if tokens.back(at, 1) == "the"
            || tokens.back(at, 1) == "city"
            || tokens.back(at, 1) == "town"
        {
            at -= 1;
        } else {
            return at;
        }
    }
}

/// "30 km south of", "outside", "north of", "five miles from".
fn away(tokens: &Tokens, at: usize) -> Option<Told> {
    let outside = tokens.back(at, 1) == "outside"
        || tokens.back(at, 1) == "of" && matches!(tokens.back(at, 2), "outside" | "outskirts");
    let mut here = at.checked_sub(1)?;
    if outside {
        here = if tokens.back(at, 1) == "of" {
            at.checked_sub(2)?
        } else {
            here
        };
    } else if !matches!(tokens.lower(here), "of" | "from") {
        return None;
    }
    if tokens.back(here, 1) == "away" {
        here -= 1;
    }
    let (bearing, start) = if outside {
        (None, here)
    } else {
        direction(tokens, here)
    };
    let distance = distance(tokens, start);
    if !outside && bearing.is_none() && distance.is_none() {
        return None;
    }
    Some(Told {
        relation: if outside && distance.is_none() {
            PlaceRelation::Outside
        } else {
            PlaceRelation::Offset
        },
        distance: distance.map(|(km, _)| km),
        bearing,
        from: distance.map_or(start, |(_, from)| from),
        rule: if outside {
            "place.outside"
        } else {
            "place.offset"
        },
    })
}

/// The direction that ends before a token, in degrees, and where it starts.
fn direction(tokens: &Tokens, end: usize) -> (Option<f64>, usize) {
    let degrees = |word: &str| match word {
        "north" => Some(0.0),
        "northeast" => Some(45.0),
        "east" => Some(90.0),
        "southeast" => Some(135.0),
        "south" => Some(180.0),
        "southwest" => Some(225.0),
        "west" => Some(270.0),
        "northwest" => Some(315.0),
        _ => None,
    };
    let last = tokens.back(end, 1);
    let Some(bearing) = degrees(last) else {
        return (None, end);
    };
    if tokens.back(end, 2) == "-" && end >= 3 {
        let whole = format!("{}{last}", tokens.back(end, 3));
        if let Some(bearing) = degrees(&whole) {
            return (Some(bearing), end - 3);
        }
    }
    (Some(bearing), end - 1)
}

/// The distance that ends before a token, in kilometres, and where it starts.
fn distance(tokens: &Tokens, end: usize) -> Option<(f64, usize)> {
    /// Tokens that a number has at most here.
    const LONGEST: usize = 5;
    // "30 kilometres (19 miles) north of"
    let end = if tokens.back(end, 1) == ")" {
        (1..8)
            .find(|&n| tokens.back(end, n) == "(")
            .and_then(|n| end.checked_sub(n))?
    } else {
        end
    };
    let unit = end.checked_sub(1)?;
    let km = match tokens.lower(unit) {
        "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => 1.0,
        "mile" | "miles" | "mi" if tokens.back(unit, 1) == "nautical" => 1.852,
        "mile" | "miles" | "mi" => 1.609,
        "m" | "meter" | "meters" | "metre" | "metres" => 0.001,
        _ => return None,
    };
    let number_end = if tokens.back(unit, 1) == "nautical" {
        unit - 1
    } else {
        unit
    };
    let number_end = if tokens.back(number_end, 1) == "-" {
        number_end - 1
    } else {
        number_end
    };
    let number = (number_end.saturating_sub(LONGEST)..number_end)
        .filter_map(|at| number_at(tokens, at))
        .find(|n| n.tokens.end == number_end && !n.ordinal)?;
    Some((number.value * km, number.tokens.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, name: &str) -> Told {
        let tokens = Tokens::new(text, 0..text.len());
        let at = text.find(name).expect("the name is there");
        told(&tokens, tokens.behind(at))
    }

    #[test]
    fn words_before_a_name_tell_how_something_lies_to_it() {
        use PlaceRelation::{In, Near, Offset, Outside};
        for (text, relation, distance, bearing) in [
            ("a strike in Mosul", In, None, None),
            ("a base near Mosul", Near, None, None),
            ("a base near the city of Mosul", Near, None, None),
            ("a village not far from Mosul", Near, None, None),
            ("on the outskirts of Mosul", Outside, None, None),
            ("a depot just outside Mosul", Outside, None, None),
            ("30 km south of Mosul", Offset, Some(30.0), Some(180.0)),
            (
                "some 30 kilometres (19 miles) north-west of Mosul",
                Offset,
                Some(30.0),
                Some(315.0),
            ),
            ("five kilometers from Mosul", Offset, Some(5.0), None),
            ("ten kilometers outside Mosul", Offset, Some(10.0), None),
            ("the desert east of Mosul", Offset, None, Some(90.0)),
            ("the mayor of Mosul", In, None, None),
            ("came from Mosul", In, None, None),
        ] {
            let told = of(text, "Mosul");
            assert_eq!(
                (told.relation, told.distance, told.bearing),
                (relation, distance, bearing),
                "{text}"
            );
        }
    }

    #[test]
    fn an_offset_moves_the_point() {
        let around = of("30 km south of Mosul", "Mosul").around(36.0, 43.0, 10.0);
        assert!((around.lat - 35.73).abs() < 0.01 && (around.lon - 43.0).abs() < 0.001);
        assert!(around.point && (around.radius - 7.5).abs() < 0.01);
        assert!((of("near Mosul", "Mosul").around(36.0, 43.0, 10.0).radius - 35.0).abs() < 0.01);
    }
}
