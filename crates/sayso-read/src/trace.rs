//! Why a field has its value: the steps of a reading, kept only where they are asked for.

use sayso_reading::{AttributionId, EventId, FigureId, PlaceId, Span, TimeId};

/// What a step decides something of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// An attribution.
    Attribution(AttributionId),
    /// An expression of time.
    Time(TimeId),
    /// A mention of a place.
    Place(PlaceId),
    /// A figure.
    Figure(FigureId),
    /// An event.
    Event(EventId),
}

impl From<AttributionId> for Item {
    fn from(id: AttributionId) -> Self {
        Self::Attribution(id)
    }
}

impl From<TimeId> for Item {
    fn from(id: TimeId) -> Self {
        Self::Time(id)
    }
}

impl From<PlaceId> for Item {
    fn from(id: PlaceId) -> Self {
        Self::Place(id)
    }
}

impl From<FigureId> for Item {
    fn from(id: FigureId) -> Self {
        Self::Figure(id)
    }
}

impl From<EventId> for Item {
    fn from(id: EventId) -> Self {
        Self::Event(id)
    }
}

/// A field that a step decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// That it is there at all, with its score where it has one.
    Found,
    /// Its cue.
    Cue,
    /// Its source's words.
    Source,
    /// Its content.
    Content,
    /// What it stands in.
    Within,
    /// The source's entity.
    Entity,
    /// The kind: of an attribution, its source's.
    Kind,
    /// What the text says the source is.
    Role,
    /// The condition for being unnamed.
    Condition,
    /// The act.
    Act,
    /// Certainty.
    Certainty,
    /// Weakening words.
    Hedge,
    /// Negation.
    Negated,
    /// The chain.
    Chain,
    /// What a time comes to; the numbers of a figure and how the words bound them.
    Value,
    /// The length of a time, or its period.
    Duration,
    /// What a figure counts, in the text's words.
    Counts,
    /// The time that a figure holds for.
    Time,
    /// The place in the gazetteer that words name.
    Place,
    /// How what is told lies to a place.
    Relation,
    /// Whether a place's name means the place, an actor, or a people.
    Sense,
    /// The type of an event.
    Type,
    /// Its mode.
    Mode,
    /// Its realis.
    Realis,
    /// Who did it.
    Actor,
    /// To whom.
    Recipient,
    /// The figures that belong to it.
    Figures,
    /// What it is about.
    Contexts,
    /// Who is said to have done it.
    Responsibility,
}

impl Field {
    /// The fields of an attribution, in the order in which they are told.
    pub const OF_ATTRIBUTION: &[Self] = &[
        Self::Found,
        Self::Cue,
        Self::Source,
        Self::Content,
        Self::Within,
        Self::Entity,
        Self::Kind,
        Self::Role,
        Self::Condition,
        Self::Act,
        Self::Certainty,
        Self::Hedge,
        Self::Negated,
        Self::Chain,
    ];
    /// The fields of a time.
    pub const OF_TIME: &[Self] = &[Self::Found, Self::Kind, Self::Value, Self::Duration];
    /// The fields of a place.
    pub const OF_PLACE: &[Self] = &[Self::Found, Self::Place, Self::Relation, Self::Sense];
    /// The fields of a figure.
    pub const OF_FIGURE: &[Self] = &[
        Self::Found,
        Self::Kind,
        Self::Value,
        Self::Counts,
        Self::Time,
        Self::Within,
    ];

    /// The fields of an event.
    pub const OF_EVENT: &[Self] = &[
        Self::Found,
        Self::Type,
        Self::Mode,
        Self::Realis,
        Self::Actor,
        Self::Recipient,
        Self::Place,
        Self::Time,
        Self::Figures,
        Self::Within,
        Self::Responsibility,
        Self::Contexts,
    ];

    /// Its name, as in JSON; `found` for the whole.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Cue => "cue",
            Self::Source => "source",
            Self::Content => "content",
            Self::Within => "within",
            Self::Entity => "entity",
            Self::Kind => "kind",
            Self::Role => "role",
            Self::Condition => "condition",
            Self::Act => "act",
            Self::Certainty => "certainty",
            Self::Hedge => "hedge",
            Self::Negated => "negated",
            Self::Chain => "chain",
            Self::Value => "value",
            Self::Duration => "duration",
            Self::Counts => "counts",
            Self::Time => "time",
            Self::Place => "place",
            Self::Relation => "relation",
            Self::Sense => "sense",
            Self::Type => "type",
            Self::Mode => "mode",
            Self::Realis => "realis",
            Self::Actor => "actor",
            Self::Recipient => "recipient",
            Self::Figures => "figures",
            Self::Contexts => "contexts",
            Self::Responsibility => "responsibility",
        }
    }
}

/// One step towards a field's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Of what.
    pub of: Item,
    /// Which field it decides.
    pub field: Field,
    /// The rule or head by its name, as the manual lists it.
    pub rule: &'static str,
    /// The words it looked at.
    pub spans: Vec<Span>,
    /// What it concluded, in words.
    pub note: String,
}

/// The steps of one reading; records nothing unless asked to, so that reading stays fast.
#[derive(Debug, Default)]
pub struct Trace {
    kept: bool,
    steps: Vec<Step>,
}

impl Trace {
    /// A trace that keeps its steps.
    #[must_use]
    pub fn kept() -> Self {
        Self {
            kept: true,
            steps: Vec::new(),
        }
    }

    /// Keeps a step; `note` is only made where steps are kept.
    pub(crate) fn step(
        &mut self,
        of: impl Into<Item>,
        field: Field,
        rule: &'static str,
        spans: impl IntoIterator<Item = Span>,
        note: impl FnOnce() -> String,
    ) {
        if self.kept {
            self.steps.push(Step {
                of: of.into(),
                field,
                rule,
                spans: spans.into_iter().collect(),
                note: note(),
            });
        }
    }

    /// The steps, in the order in which they were taken.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}
