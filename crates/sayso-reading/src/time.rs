//! When: expressions of time and what they come to.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::text::written_as_text;
use crate::vocabulary::vocabulary;
use crate::{Border, Bytes, Edtf, Moment, ReadingError, Scalars, Spans, TextIndex, TimeId, Unit};

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

impl Time {
    /// The time with offsets in scalar values, as JSON has it; `index` is that of its text.
    /// Refused if a span lies outside the text or cuts a character.
    pub fn to_scalars(&self, index: &TextIndex<'_>) -> Result<Time<Scalars>, ReadingError> {
        self.convert(&|span| index.scalar_span(span))
    }
}

impl<U: Unit> Convert<U> for Time<U> {
    type In<V: Unit> = Time<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Time<V>, ReadingError> {
        Ok(Time {
            id: self.id,
            spans: self.spans.convert(turn)?,
            kind: self.kind,
            edtf: self.edtf.clone(),
            earliest: self.earliest,
            latest: self.latest,
            duration: self.duration.clone(),
            from: self.from,
            text: self.text.clone(),
        })
    }
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
