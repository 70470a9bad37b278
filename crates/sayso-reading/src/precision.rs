//! How exactly a place and a time are told, in the codes of the event datasets.
//!
//! All are derived from what a reading holds; nothing of them is stored. ACLED's and UCDP's codes
//! are those of their codebooks, PLOVER's `resolution` that of its manual, version 2.

use crate::{Moment, Place, PlaceLevel, PlaceRelation, Time};

/// Kilometres up to which surroundings count as a limited area.
const LIMITED: f64 = 100.0;

impl Place {
    /// ACLED's `geo_precision`: 1 a named place, 2 near one or a part of a region, 3 a larger
    /// region; `None` without coordinates.
    #[must_use]
    pub fn acled_geo_precision(&self) -> Option<u8> {
        self.lat?;
        Some(match self.level? {
            PlaceLevel::City | PlaceLevel::Site | PlaceLevel::Point => 1,
            PlaceLevel::Admin2 => 2,
            PlaceLevel::Area if self.is_around() => 2,
            PlaceLevel::Area | PlaceLevel::Admin1 | PlaceLevel::Country => 3,
        })
    }

    /// UCDP's `where_prec`: 1 the exact place, 2 a limited area around it, 3 a second division, 4 a
    /// first one, 5 a larger or vague part of a country, 6 a country, 7 sea or air beyond
    /// countries; `None` without coordinates.
    #[must_use]
    pub fn ucdp_where_prec(&self) -> Option<u8> {
        self.lat?;
        Some(match self.level? {
            PlaceLevel::City | PlaceLevel::Site => 1,
            PlaceLevel::Point => 2,
            PlaceLevel::Admin2 => 3,
            PlaceLevel::Admin1 => 4,
            PlaceLevel::Country => 6,
            PlaceLevel::Area if self.is_around() => 2,
            PlaceLevel::Area if self.country.is_none() => 7,
            PlaceLevel::Area => 5,
        })
    }

    /// PLOVER's `resolution`: 5 within a city, 4 a city, 3 a district, 2 a province or region, 1 a
    /// country; `None` without coordinates, or beyond one country.
    #[must_use]
    pub fn plover_resolution(&self) -> Option<u8> {
        self.lat?;
        match self.level? {
            PlaceLevel::Site | PlaceLevel::Point => Some(5),
            PlaceLevel::City => Some(4),
            PlaceLevel::Admin2 => Some(3),
            PlaceLevel::Admin1 => Some(2),
            PlaceLevel::Area => self.country.is_some().then_some(2),
            PlaceLevel::Country => Some(1),
        }
    }

    /// Whether it is the surroundings of a place that is small enough to stand for them.
    fn is_around(&self) -> bool {
        self.relation != PlaceRelation::In && self.radius_km.is_some_and(|r| r <= LIMITED)
    }
}

impl Time {
    /// ACLED's `time_precision`: 1 the day is told, 2 a week or less, 3 a month or less; `None`
    /// for longer or open stretches and where nothing is known.
    #[must_use]
    pub fn acled_time_precision(&self) -> Option<u8> {
        match self.days()? {
            1 => Some(1),
            2..=7 => Some(2),
            8..=31 => Some(3),
            _ => None,
        }
    }

    /// UCDP's `date_prec`: 1 the day, 2 two to six days, 3 a week, 4 a month or less, 5 a year or
    /// less; `None` for longer or open stretches and where nothing is known.
    #[must_use]
    pub fn ucdp_date_prec(&self) -> Option<u8> {
        match self.days()? {
            1 => Some(1),
            2..=6 => Some(2),
            7 => Some(3),
            8..=31 => Some(4),
            32..=366 => Some(5),
            _ => None,
        }
    }

    /// How many days it may fall on.
    fn days(&self) -> Option<i64> {
        let (first, last) = (self.earliest?, self.latest?);
        Some(day_number(last) - day_number(first) + 1)
    }
}

/// Days since 1 March of the year 0 of the Gregorian calendar.
fn day_number(moment: Moment) -> i64 {
    let (year, month, day) = moment.date();
    // years begin in March, so that the leap day ends one
    let shifted = (i64::from(month) + 9) % 12;
    let year = i64::from(year) - shifted / 10;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (shifted * 306 + 5) / 10 + i64::from(day) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PlaceId, Score, Span, Spans, TimeFrom, TimeId, TimeKind};

    fn place(
        level: PlaceLevel,
        relation: PlaceRelation,
        radius: f64,
        country: Option<&str>,
    ) -> Place {
        Place {
            id: PlaceId::at(0),
            spans: Spans::from(Span::of(0, 1)),
            entity: None,
            geonames: None,
            name: "Mosul".to_owned(),
            lat: Some(36.3),
            lon: Some(43.1),
            level: Some(level),
            radius_km: Some(radius),
            country: country.map(str::to_owned),
            admin1: None,
            relation,
            score: Score::clamped(1.0),
            others: Vec::new(),
            metonym: false,
            demonym: false,
        }
    }

    #[test]
    fn places_have_the_codes_of_the_datasets() {
        use PlaceLevel::{Admin1, Admin2, Area, City, Country, Point, Site};
        use PlaceRelation::{In, Near, Offset};
        for (level, relation, radius, country, acled, ucdp, plover) in [
            (City, In, 15.0, Some("IQ"), 1, 1, Some(4)),
            (Site, In, 3.0, Some("IQ"), 1, 1, Some(5)),
            (Point, Offset, 7.5, Some("IQ"), 1, 2, Some(5)),
            (Area, Near, 40.0, Some("IQ"), 2, 2, Some(2)),
            (Area, Near, 400.0, Some("IQ"), 3, 5, Some(2)),
            (Admin2, In, 30.0, Some("IQ"), 2, 3, Some(3)),
            (Admin1, In, 120.0, Some("IQ"), 3, 4, Some(2)),
            (Area, In, 300.0, Some("IQ"), 3, 5, Some(2)),
            (Area, In, 300.0, None, 3, 7, None),
            (Country, In, 370.0, Some("IQ"), 3, 6, Some(1)),
        ] {
            let place = place(level, relation, radius, country);
            assert_eq!(
                place.acled_geo_precision(),
                Some(acled),
                "{level} {relation}"
            );
            assert_eq!(place.ucdp_where_prec(), Some(ucdp), "{level} {relation}");
            assert_eq!(place.plover_resolution(), plover, "{level} {relation}");
        }
        let mut unknown = place(City, In, 1.0, None);
        (unknown.lat, unknown.level) = (None, None);
        assert_eq!(unknown.ucdp_where_prec(), None);
    }

    #[test]
    fn times_have_the_codes_of_the_datasets() {
        let time = |first: &str, last: &str| Time {
            id: TimeId::at(0),
            spans: Spans::from(Span::of(0, 1)),
            kind: TimeKind::Date,
            edtf: None,
            earliest: first.parse().ok(),
            latest: last.parse().ok(),
            duration: None,
            from: TimeFrom::Text,
            text: String::new(),
        };
        for (first, last, acled, ucdp) in [
            ("2024-02-29", "2024-02-29", Some(1), Some(1)),
            ("2024-02-28", "2024-03-01", Some(2), Some(2)),
            ("2024-01-22", "2024-01-28", Some(2), Some(3)),
            ("2024-02-01", "2024-02-29", Some(3), Some(4)),
            ("2024-01-01", "2024-12-31", None, Some(5)),
            ("2023-01-01", "2024-12-31", None, None),
            ("1999-12-31", "2000-01-01", Some(2), Some(2)),
            ("", "2024-12-31", None, None),
        ] {
            let time = time(first, last);
            assert_eq!(time.acled_time_precision(), acled, "{first} {last}");
            assert_eq!(time.ucdp_date_prec(), ucdp, "{first} {last}");
        }
    }
}
