//! Attributions: a stretch of content put down to somebody.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::convert::{Convert, Turn};
use crate::vocabulary::vocabulary;
use crate::{
    AttributionId, Border, Bytes, EntityId, ReadingError, Scalars, Span, Spans, Stretch, TextIndex,
    Unit,
};

/// How sure the reader is: of those with 0.9, nine in ten are right. Between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Score(#[schemars(range(min = 0.0, max = 1.0))] f32);

impl Score {
    /// The score, if it lies between 0 and 1.
    pub fn new(value: f32) -> Result<Self, ReadingError> {
        if (0.0..=1.0).contains(&value) {
            Ok(Self(value))
        } else {
            Err(ReadingError::Score(value.to_string()))
        }
    }

    /// The nearest score to a computed value; 0 for what is no number.
    pub fn clamped(value: f32) -> Self {
        if value.is_nan() {
            Self(0.0)
        } else {
            Self(value.clamp(0.0, 1.0))
        }
    }

    /// The value, between 0 and 1.
    pub const fn value(self) -> f32 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f32::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

vocabulary! {
    /// What a source or a carrier of a statement is.
    SourceKind {
        /// A named person.
        Person = "person",
        /// A named state, ministry, army, company, militia, party.
        Organization = "organization",
        /// An outlet or agency.
        Publication = "publication",
        /// A report, statement, letter, law, poll.
        Document = "document",
        /// A forum, account, Telegram channel, broadcast.
        Channel = "channel",
        /// A person or persons meant but kept unnamed.
        Anonymous = "anonymous",
        /// People at large: residents, critics, analysts.
        Collective = "collective",
        /// No source in the text.
        Unstated = "unstated",
    }
}

vocabulary! {
    /// How far the content stands in quotation marks.
    QuoteForm {
        /// All content words.
        Direct = "direct",
        /// Some of them.
        Mixed = "mixed",
        /// None of them.
        Indirect = "indirect",
    }
}

vocabulary! {
    /// What the source does by saying it.
    Act {
        /// Says, writes, posts.
        Say = "say",
        /// Reports, shows, indicates.
        Report = "report",
        /// Asserts, and the writer stands back.
        Claim = "claim",
        /// Confirms.
        Confirm = "confirm",
        /// Denies.
        Deny = "deny",
        /// Admits, acknowledges.
        Admit = "admit",
        /// Accuses, blames.
        Accuse = "accuse",
        /// Warns.
        Warn = "warn",
        /// Threatens.
        Threaten = "threaten",
        /// Promises, vows.
        Promise = "promise",
        /// Predicts.
        Predict = "predict",
        /// Urges, calls on.
        Urge = "urge",
        /// Asks.
        Ask = "ask",
        /// Believes, thinks, wants, fears.
        Believe = "believe",
        /// Doubts.
        Doubt = "doubt",
        /// Orders, announces a decision.
        Decide = "decide",
        /// Takes responsibility.
        TakeResponsibility = "take_responsibility",
        /// Refuses to say.
        Decline = "decline",
    }
}

vocabulary! {
    /// How sure the source is of the content, as worded.
    Certainty {
        /// Put without a weakening word.
        Certain = "certain",
        /// Likely, expected.
        Probable = "probable",
        /// May, could, feared.
        Possible = "possible",
        /// Asked, declined, or left open.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// What carries a hop.
    Carrier {
        /// It told the one nearer the reader.
        Told = "told",
        /// It is cited.
        Cited = "cited",
        /// It is quoted.
        Quoted = "quoted",
        /// It posted.
        Posted = "posted",
        /// It reported.
        Reported = "reported",
        /// It published.
        Published = "published",
        /// It is credited.
        Credited = "credited",
        /// It said.
        Said = "said",
    }
}

/// The words that carry an attribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Cue")]
pub struct Cue<U: Unit = Bytes> {
    /// The smallest words that carry the act.
    pub spans: Spans<U>,
    /// Their dictionary form.
    pub lemma: String,
    /// The whole verb group around them.
    pub phrase: Span<U>,
}

/// Whom the content is put down to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Source")]
pub struct Source<U: Unit = Bytes> {
    /// The words; none where the text names no source.
    pub spans: Spans<U>,
    /// The entity with its fullest name; null where there is none.
    pub entity: Option<EntityId>,
    /// What it is; null until kinds are decided.
    pub kind: Option<SourceKind>,
    /// What the text says they are.
    pub role: Option<String>,
    /// The reason or condition for being unnamed.
    pub condition: Option<String>,
}

/// A carrier of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Hop")]
pub struct Hop<U: Unit = Bytes> {
    /// Its name; null for one without.
    pub name: Option<String>,
    /// What it is.
    pub kind: SourceKind,
    /// Its entity; null where there is none.
    pub entity: Option<EntityId>,
    /// Its words in the text.
    pub spans: Spans<U>,
    /// What carries the hop; null where the text does not say.
    pub by: Option<Carrier>,
}

/// A stretch of content put down to somebody: source, cue, content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Attribution")]
pub struct Attribution<U: Unit = Bytes> {
    /// Its identifier.
    pub id: AttributionId,
    /// The attribution whose content this one stands in; null: the author's own text.
    pub within: Option<AttributionId>,
    /// The words that carry it; null where none introduces it.
    pub cue: Option<Cue<U>>,
    /// Whom the content is put down to.
    pub source: Source<U>,
    /// The words put down to the source.
    pub content: Stretch<U>,
    /// How far the content is quoted.
    pub quote: QuoteForm,
    /// What the source does by saying it; null until acts are decided.
    pub act: Option<Act>,
    /// How sure the source is of it, as worded; null until that is decided.
    pub certainty: Option<Certainty>,
    /// Words that weaken it inside or around the content; null where there are none.
    pub hedge: Option<Stretch<U>>,
    /// The attribution itself is denied: "did not say that".
    pub negated: bool,
    /// The hops from the one nearest the reader to the origin; empty where the page's own author speaks.
    pub chain: Vec<Hop<U>>,
    /// How sure the reader is.
    pub score: Score,
}

impl Attribution {
    /// The attribution with offsets in scalar values, as JSON has it; `index` is that of its
    /// text. Refused if a span lies outside the text or cuts a character.
    pub fn to_scalars(&self, index: &TextIndex<'_>) -> Result<Attribution<Scalars>, ReadingError> {
        self.convert(&|span| index.scalar_span(span))
    }
}

impl Attribution<Scalars> {
    /// The attribution with offsets in bytes; `index` is that of its text. Refused if a span lies
    /// outside the text.
    pub fn to_bytes(&self, index: &TextIndex<'_>) -> Result<Attribution, ReadingError> {
        self.convert(&|span| index.byte_span(span))
    }
}

impl<U: Unit> Convert<U> for Cue<U> {
    type In<V: Unit> = Cue<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Cue<V>, ReadingError> {
        Ok(Cue {
            spans: self.spans.convert(turn)?,
            lemma: self.lemma.clone(),
            phrase: turn(self.phrase)?,
        })
    }
}

impl<U: Unit> Convert<U> for Source<U> {
    type In<V: Unit> = Source<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Source<V>, ReadingError> {
        Ok(Source {
            spans: self.spans.convert(turn)?,
            entity: self.entity,
            kind: self.kind,
            role: self.role.clone(),
            condition: self.condition.clone(),
        })
    }
}

impl<U: Unit> Convert<U> for Hop<U> {
    type In<V: Unit> = Hop<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Hop<V>, ReadingError> {
        Ok(Hop {
            name: self.name.clone(),
            kind: self.kind,
            entity: self.entity,
            spans: self.spans.convert(turn)?,
            by: self.by,
        })
    }
}

impl<U: Unit> Convert<U> for Attribution<U> {
    type In<V: Unit> = Attribution<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Attribution<V>, ReadingError> {
        Ok(Attribution {
            id: self.id,
            within: self.within,
            cue: self.cue.convert(turn)?,
            source: self.source.convert(turn)?,
            content: self.content.convert(turn)?,
            quote: self.quote,
            act: self.act,
            certainty: self.certainty,
            hedge: self.hedge.convert(turn)?,
            negated: self.negated,
            chain: self.chain.convert(turn)?,
            score: self.score,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_lie_between_nought_and_one() {
        assert!(Score::new(1.01).is_err());
        assert!(Score::new(f32::NAN).is_err());
        assert_eq!(Some(Score::clamped(f32::NAN)), Score::new(0.0).ok());
        assert_eq!(Some(Score::clamped(7.0)), Score::new(1.0).ok());
        assert_eq!(
            serde_json::to_string(&Score::clamped(0.93)).unwrap(),
            "0.93"
        );
        assert!(serde_json::from_str::<Score>("-0.1").is_err());
    }
}
