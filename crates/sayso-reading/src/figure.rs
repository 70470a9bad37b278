//! How many: figures and what they count.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::convert::{Convert, Turn};
use crate::vocabulary::vocabulary;
use crate::{
    AttributionId, Border, Bytes, FigureId, ReadingError, Scalars, Spans, Stretch, TextIndex,
    TimeId, Unit,
};

vocabulary! {
    /// What a figure counts.
    FigureKind {
        /// People killed.
        Killed = "killed",
        /// People injured.
        Injured = "injured",
        /// People captured.
        Captured = "captured",
        /// People arrested.
        Arrested = "arrested",
        /// People driven from their homes.
        Displaced = "displaced",
        /// Attacks.
        Attacks = "attacks",
        /// Soldiers, fighters, staff.
        Personnel = "personnel",
        /// Money.
        Money = "money",
        /// A distance.
        Distance = "distance",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// How the words bound a figure.
    FigureRule {
        /// This number.
        Exact = "exact",
        /// This number or more.
        AtLeast = "at_least",
        /// This number or less.
        AtMost = "at_most",
        /// Near this number.
        About = "about",
        /// From one number to another.
        Range = "range",
        /// A word without a number ("dozens").
        Vague = "vague",
    }
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Figure")]
pub struct Figure<U: Unit = Bytes> {
    /// Its name within the reading.
    pub id: FigureId,
    /// Where it stands.
    pub spans: Spans<U>,
    /// What it counts, in kind.
    pub kind: FigureKind,
    /// The least it can mean.
    pub low: Amount,
    /// The most it can mean; null where open.
    pub high: Option<Amount>,
    /// How the words bound it.
    pub rule: FigureRule,
    /// The unit of money or distance; null for counts.
    pub unit: Option<String>,
    /// The words for what it counts; null where there are none.
    pub counts: Option<Stretch<U>>,
    /// As of when; null where not told.
    pub time: Option<TimeId>,
    /// In whose words it stands; null: the author's.
    pub within: Option<AttributionId>,
}

impl Figure {
    /// The figure with offsets in scalar values, as JSON has it; `index` is that of its text.
    /// Refused if a span lies outside the text or cuts a character.
    pub fn to_scalars(&self, index: &TextIndex<'_>) -> Result<Figure<Scalars>, ReadingError> {
        self.convert(&|span| index.scalar_span(span))
    }
}

impl<U: Unit> Convert<U> for Figure<U> {
    type In<V: Unit> = Figure<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Figure<V>, ReadingError> {
        Ok(Figure {
            id: self.id,
            spans: self.spans.convert(turn)?,
            kind: self.kind,
            low: self.low,
            high: self.high,
            rule: self.rule,
            unit: self.unit.clone(),
            counts: self.counts.convert(turn)?,
            time: self.time,
            within: self.within,
        })
    }
}

/// Below this, every whole number has a value of its own among the floating-point numbers.
const WHOLE_LIMIT: f64 = 9_007_199_254_740_992.0;

/// A finite number, written in JSON without a point where it is whole.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Amount(f64);

impl Amount {
    /// The number as an amount.
    pub fn new(number: f64) -> Result<Self, ReadingError> {
        if number.is_finite() {
            Ok(Self(number))
        } else {
            Err(ReadingError::NotFinite(number.to_string()))
        }
    }

    /// The number.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The number as a count; none where it is negative, has a fraction, or is too large.
    pub fn whole(self) -> Option<u64> {
        let whole = self.0.fract() == 0.0 && self.0.abs() < WHOLE_LIMIT;
        let count = whole.then_some(self.0 as i64)?;
        u64::try_from(count).ok()
    }
}

impl From<u32> for Amount {
    fn from(number: u32) -> Self {
        Self(f64::from(number))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 && self.0.abs() < WHOLE_LIMIT {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Amount {
    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_amounts_have_no_point_in_json() {
        let json = |number| serde_json::to_string(&Amount::new(number).unwrap()).unwrap();
        assert_eq!(
            [json(3.0), json(2.5), json(-0.0), json(1e300)],
            ["3", "2.5", "0", "1e+300"]
        );
        assert_eq!(
            serde_json::from_str::<Amount>("3").unwrap(),
            Amount::from(3)
        );
        assert!(Amount::new(f64::NAN).is_err());
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        let whole = |number| Amount::new(number).unwrap().whole();
        assert_eq!(
            [whole(3.0), whole(0.0), whole(-0.0)],
            [Some(3), Some(0), Some(0)]
        );
        assert_eq!([whole(2.5), whole(-1.0), whole(1e300)], [None; 3]);
    }
}
