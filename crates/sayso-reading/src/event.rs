//! What is told to have happened, by whom, to whom, where and when.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::vocabulary::vocabulary;
use crate::{
    AttributionId, Border, Bytes, Context, EntityId, EventId, EventType, FigureId, Mode, PlaceId,
    ReadingError, Scalars, Score, Spans, Stretch, TextIndex, TimeId, Unit,
};

vocabulary! {
    /// In which mode of being an event is told, as its own speaker puts it.
    Realis {
        /// As having happened.
        Actual = "actual",
        /// As going on at the time of writing.
        Ongoing = "ongoing",
        /// As announced or intended by the actor, not yet done.
        Planned = "planned",
        /// As only feared, threatened, possible, conditional or asked about.
        Hypothetical = "hypothetical",
        /// As not having happened.
        Negated = "negated",
        /// Cannot be told.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How far a context was looked for.
    ContextLevel {
        /// In the paragraph.
        Paragraph = "paragraph",
        /// In the whole document.
        Document = "document",
    }
}

vocabulary! {
    /// What somebody says about who did it.
    ResponsibilityAct {
        /// That they did it themselves.
        Claim = "claim",
        /// That they did not do it.
        Deny = "deny",
        /// That another did it.
        Accuse = "accuse",
    }
}

/// An event mention: a trigger in the text and what stands around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Event")]
pub struct EventMention<U: Unit = Bytes> {
    /// Its name within the reading.
    pub id: EventId,
    /// The words that name the act.
    pub trigger: Stretch<U>,
    /// What kind of act it is.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// How it was done; null where not told.
    pub mode: Option<Mode>,
    /// What it is about.
    pub contexts: Vec<EventContext>,
    /// Who did it.
    pub actor: Vec<Participant<U>>,
    /// To whom it was done.
    pub recipient: Vec<Participant<U>>,
    /// Where; null where not told.
    pub place: Option<PlaceId>,
    /// When; null where not told.
    pub time: Option<TimeId>,
    /// The figures that belong to it.
    pub figures: Vec<FigureId>,
    /// In which mode of being it is told.
    pub realis: Realis,
    /// In whose words it stands; null: the author's.
    pub within: Option<AttributionId>,
    /// Who is said to have done it, and who says so.
    pub responsibility: Vec<Responsibility<U>>,
    /// The event across documents; null until linked.
    pub event: Option<String>,
    /// How sure the reader is.
    pub score: Score,
}

/// A topic of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct EventContext {
    /// The topic.
    pub name: Context,
    /// How far it was looked for.
    pub level: ContextLevel,
}

/// Somebody who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Participant")]
pub struct Participant<U: Unit = Bytes> {
    /// The entity it is; null for those unnamed.
    pub entity: Option<EntityId>,
    /// The words that name them here.
    pub spans: Spans<U>,
}

/// What somebody says about who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Responsibility")]
pub struct Responsibility<U: Unit = Bytes> {
    /// Whether they claim it, deny it, or accuse another.
    pub act: ResponsibilityAct,
    /// Who is meant to have done it.
    pub who: Participant<U>,
    /// The attribution that tells so; null: the author does.
    pub attribution: Option<AttributionId>,
}

impl EventMention {
    /// The event with offsets in scalar values, as JSON has it; `index` is that of its text.
    /// Refused if a span lies outside the text or cuts a character.
    pub fn to_scalars(&self, index: &TextIndex<'_>) -> Result<EventMention<Scalars>, ReadingError> {
        self.convert(&|span| index.scalar_span(span))
    }
}

impl EventMention<Scalars> {
    /// The event with offsets in bytes; `index` is that of its text. Refused if a span lies
    /// outside the text.
    pub fn to_bytes(&self, index: &TextIndex<'_>) -> Result<EventMention, ReadingError> {
        self.convert(&|span| index.byte_span(span))
    }
}

impl<U: Unit> Convert<U> for EventMention<U> {
    type In<V: Unit> = EventMention<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<EventMention<V>, ReadingError> {
        Ok(EventMention {
            id: self.id,
            trigger: self.trigger.convert(turn)?,
            event_type: self.event_type,
            mode: self.mode,
            contexts: self.contexts.clone(),
            actor: self.actor.convert(turn)?,
            recipient: self.recipient.convert(turn)?,
            place: self.place,
            time: self.time,
            figures: self.figures.clone(),
            realis: self.realis,
            within: self.within,
            responsibility: self.responsibility.convert(turn)?,
            event: self.event.clone(),
            score: self.score,
        })
    }
}

impl<U: Unit> Convert<U> for Participant<U> {
    type In<V: Unit> = Participant<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Participant<V>, ReadingError> {
        Ok(Participant {
            entity: self.entity,
            spans: self.spans.convert(turn)?,
        })
    }
}

impl<U: Unit> Convert<U> for Responsibility<U> {
    type In<V: Unit> = Responsibility<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Responsibility<V>, ReadingError> {
        Ok(Responsibility {
            act: self.act,
            who: self.who.convert(turn)?,
            attribution: self.attribution,
        })
    }
}
