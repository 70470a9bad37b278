//! Why a field has its value: the steps of a reading, kept only where they are asked for.

use sayso_reading::{AttributionId, Span};

/// A field of an attribution that a step decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// That it is an attribution at all, with its score.
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
    /// The source's kind.
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
}

impl Field {
    /// All fields, in the order in which they are told.
    pub const ALL: &[Self] = &[
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

    /// Its name, as in JSON; `found` for the attribution as a whole.
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
        }
    }
}

/// One step towards a field's value.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Of which attribution.
    pub attribution: AttributionId,
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
        attribution: AttributionId,
        field: Field,
        rule: &'static str,
        spans: impl IntoIterator<Item = Span>,
        note: impl FnOnce() -> String,
    ) {
        if self.kept {
            self.steps.push(Step {
                attribution,
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
