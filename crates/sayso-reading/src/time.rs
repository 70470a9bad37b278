//! When: expressions of time and what they come to.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::edtf::days_of_month;
use crate::text::written_as_text;
use crate::vocabulary::vocabulary;
use crate::{Border, Bytes, Edtf, ReadingError, Spans, TimeId, Unit};

vocabulary! {
    /// What an expression of time tells.
    TimeKind {
        /// A day, month, year, season.
        Date = "date",
        /// A time of day.
        Time = "time",
        /// A length of time.
        Duration = "duration",
        /// Times that recur.
        Set = "set",
        /// A stretch from one time to another.
        Interval = "interval",
    }
}

vocabulary! {
    /// What an expression of time was resolved against.
    TimeFrom {
        /// The text alone.
        Text = "text",
        /// The date of publication.
        Published = "published",
        /// Nothing: it is relative, and there is no date to hold on to.
        Unknown = "unknown",
    }
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Time")]
pub struct Time<U: Unit = Bytes> {
    /// Its name within the reading.
    pub id: TimeId,
    /// Where it stands.
    pub spans: Spans<U>,
    /// What it tells.
    pub kind: TimeKind,
    /// The date it comes to; null where it comes to none.
    pub edtf: Option<Edtf>,
    /// The first day or minute it can mean.
    pub earliest: Option<Moment>,
    /// The last day or minute it can mean.
    pub latest: Option<Moment>,
    /// The length of a duration, the period of a set; else null.
    pub duration: Option<Duration>,
    /// What it was resolved against.
    pub from: TimeFrom,
    /// Its words.
    pub text: String,
}

impl<U: Unit> Convert<U> for Time<U> {
    type In<V: Unit> = Time<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Time<V>, ReadingError> {
        Ok(Time {
            id: self.id,
            spans: self.spans.convert(turn)?,
            kind: self.kind,
            edtf: self.edtf.clone(),
            earliest: self.earliest.clone(),
            latest: self.latest.clone(),
            duration: self.duration.clone(),
            from: self.from,
            text: self.text.clone(),
        })
    }
}

/// A day (`2020-11-05`) or a minute of a day (`2020-11-05T18:00`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment(String);

impl Moment {
    /// The moment as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Moment {
    type Err = ReadingError;

    fn from_str(given: &str) -> Result<Self, ReadingError> {
        if is_moment(given) {
            Ok(Self(given.to_owned()))
        } else {
            Err(ReadingError::Moment(given.to_owned()))
        }
    }
}

written_as_text!(
    Moment,
    "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$"
);

fn is_moment(given: &str) -> bool {
    let (day, minute) = given
        .split_once('T')
        .map_or((given, None), |(day, rest)| (day, Some(rest)));
    is_day(day) && minute.is_none_or(is_minute)
}

fn is_day(given: &str) -> bool {
    let (negative, plain) = given
        .strip_prefix('-')
        .map_or((false, given), |rest| (true, rest));
    let mut parts = plain.split('-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let year = if negative {
        -i32::from(year)
    } else {
        i32::from(year)
    };
    let days = u8::try_from(month).map_or(0, |month| days_of_month(year, month));
    (1..=u16::from(days)).contains(&day)
}

fn is_minute(given: &str) -> bool {
    given.split_once(':').is_some_and(|(hour, minute)| {
        digits(hour, 2).is_some_and(|hour| hour < 24)
            && digits(minute, 2).is_some_and(|minute| minute < 60)
    })
}

fn digits(given: &str, length: usize) -> Option<u16> {
    let plain = given.len() == length && given.bytes().all(|byte| byte.is_ascii_digit());
    if plain { given.parse().ok() } else { None }
}

/// An ISO 8601 duration (`P2Y`, `P1W`, `PT6H`); `X` stands for a number that is not said (`PXD`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Duration(String);

impl Duration {
    /// The duration as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Duration {
    type Err = ReadingError;

    fn from_str(given: &str) -> Result<Self, ReadingError> {
        if is_duration(given) {
            Ok(Self(given.to_owned()))
        } else {
            Err(ReadingError::Duration(given.to_owned()))
        }
    }
}

written_as_text!(Duration, "^P[0-9X.YMWDTHS]+$");

fn is_duration(given: &str) -> bool {
    let Some(rest) = given.strip_prefix('P') else {
        return false;
    };
    let (date, time) = rest
        .split_once('T')
        .map_or((rest, None), |(date, time)| (date, Some(time)));
    let date_parts = count_parts(date, "YMWD");
    match time {
        None => date_parts.is_some_and(|parts| parts > 0),
        Some(time) => {
            date_parts.is_some() && count_parts(time, "HMS").is_some_and(|parts| parts > 0)
        }
    }
}

/// How many numbers with a unit there are; `None` unless the units keep the order of `units`.
fn count_parts(given: &str, units: &str) -> Option<usize> {
    let (mut rest, mut units, mut parts) = (given, units, 0);
    while !rest.is_empty() {
        let at = rest.find(|character: char| character.is_ascii_uppercase() && character != 'X')?;
        let (number, tail) = rest.split_at_checked(at)?;
        let unit = tail.chars().next()?;
        let (_, later) = units.split_once(unit)?;
        if !is_number(number) {
            return None;
        }
        (rest, units, parts) = (tail.get(unit.len_utf8()..)?, later, parts + 1);
    }
    Some(parts)
}

fn is_number(given: &str) -> bool {
    let whole = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    given == "X"
        || given
            .split_once('.')
            .map_or_else(|| whole(given), |(one, two)| whole(one) && whole(two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_or_minutes_of_the_calendar() {
        for given in [
            "2020-11-05",
            "2020-02-29T00:00",
            "2020-11-05T23:59",
            "-0043-03-15",
        ] {
            assert_eq!(
                given.parse::<Moment>().map(|moment| moment.to_string()),
                Ok(given.to_owned())
            );
        }
        for given in [
            "2020",
            "2020-11",
            "2021-02-29",
            "2020-11-05T",
            "2020-11-05T24:00",
            "2020-11-05T18:60",
            "2020-11-05T18:00:00",
            "2020-11-05 18:00",
            "2020-11-05T1:00",
            "2020-13-01",
            "2020-00-01",
        ] {
            assert!(given.parse::<Moment>().is_err(), "{given}");
        }
    }

    #[test]
    fn durations_keep_the_order_of_their_units() {
        for given in [
            "P2Y",
            "PXD",
            "P3M",
            "P1W",
            "P1Y2M10DT2H30M",
            "PT0.5H",
            "P2.5Y",
            "PTXM",
        ] {
            assert_eq!(
                given.parse::<Duration>().map(|length| length.to_string()),
                Ok(given.to_owned())
            );
        }
        for given in [
            "", "P", "PT", "2Y", "PY", "P2", "P1D2Y", "P2Y2Y", "P1DT", "PXXD", "P1H", "PT1D",
            "P-1D", "P.5D", "P5.D", "p1d", "P1é",
        ] {
            assert!(given.parse::<Duration>().is_err(), "{given}");
        }
    }
}
