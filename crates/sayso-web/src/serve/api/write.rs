//! What programs write: documents, decisions on what was read, decisions on links.

use std::borrow::Cow;

use sayso_case::{Action, Kind, Reviewer, Target};
use sayso_link::{relate, set_letter, set_name};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::read::Sent;
use super::route::{Body, Call};
use crate::serve::adding::{self, Piece, Taken};
use crate::serve::problem::Problem;
use crate::serve::writing::{Linking, is_name};

/// Documents that are added at once: whoever sends them waits until they are read.
const TOGETHER: usize = 50;

/// Documents to add.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Documents {
    /// At most 50, in 1 MiB.
    #[schemars(length(min = 1, max = 50))]
    documents: Vec<Sent>,
}

impl Body for Documents {}

/// What became of documents.
#[derive(Serialize, JsonSchema)]
pub(super) struct Added {
    /// One for each that was sent, in order.
    items: Vec<Taken>,
}

pub(super) fn documents(call: &Call, sent: Documents) -> Result<Added, Problem> {
    if sent.documents.is_empty() || sent.documents.len() > TOGETHER {
        return Err(Problem::refused(format!(
            "Send 1 to {TOGETHER} documents at once; more with `sayso add`"
        )));
    }
    let pieces: Vec<Piece> = sent
        .documents
        .into_iter()
        .enumerate()
        .map(|(at, sent)| sent.piece(at + 1))
        .collect();
    Ok(Added {
        items: adding::add(&call.site, pieces, |_| {}),
    })
}

/// An attribution or event: `DOCUMENT#a3`, `DOCUMENT#v1`.
#[derive(Deserialize, JsonSchema)]
#[serde(transparent)]
struct At(#[schemars(regex(pattern = r"^.+#[av][0-9]{1,9}$"))] String);

impl At {
    fn target(&self) -> Result<Target, Problem> {
        Target::parse(&self.0).ok_or_else(|| {
            Problem::refused(format!(
                "{}: this names no attribution or event; write DOCUMENT#a3 or DOCUMENT#v1",
                self.0
            ))
        })
    }
}

/// The number of an entry. In JSON 3.0 is a whole number, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "serde_json::Number")]
struct Number(i64);

impl Number {
    /// The last whole number that all programs read alike.
    const MOST: i64 = (1 << 53) - 1;
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": Self::MOST })
    }
}

impl TryFrom<serde_json::Number> for Number {
    type Error = String;

    fn try_from(given: serde_json::Number) -> Result<Self, String> {
        // no fraction is left out: 3.5 is no entry
        #[expect(
            clippy::cast_possible_truncation,
            reason = "such numbers have no fraction and fit"
        )]
        let whole = |number: f64| {
            let is_whole = number.fract() == 0.0 && number.abs() < 1e16;
            is_whole.then_some(number as i64)
        };
        let number = given.as_i64().or_else(|| whole(given.as_f64()?));
        number
            .filter(|number| (1..=Self::MOST).contains(number))
            .map(Self)
            .ok_or_else(|| format!("{given}: entries have whole numbers from 1"))
    }
}

/// A name of who decides.
#[derive(Deserialize, JsonSchema)]
#[serde(transparent)]
struct Name(
    #[schemars(
        length(max = 80),
        regex(pattern = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$")
    )]
    String,
);

/// What is decided on something that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Step {
    /// It is right.
    Accept {
        /// What.
        target: At,
    },
    /// There is no such thing.
    Reject {
        /// What.
        target: At,
    },
    /// One of its fields is to be this.
    Correct {
        /// Of what.
        target: At,
        /// Which, such as `act` or `source.kind`.
        field: String,
        /// Its value from now on, as in the contract of readings; words of the text for spans.
        value: Value,
    },
    /// Something was missed.
    Add {
        /// In which document.
        document: String,
        /// What.
        kind: Kind,
        /// The item as in the contract of readings, or its known fields, with words for spans.
        item: Value,
    },
    /// An earlier decision is to count no more.
    Undo {
        /// Its number.
        entry: Number,
    },
}

/// A decision on something that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    /// Who decides.
    who: Name,
    /// Why, in words.
    why: Option<String>,
    /// A second opinion, on what the reader found: it counts for agreement, and changes nothing else.
    #[serde(default)]
    second: bool,
    /// What is decided.
    action: Step,
}

impl Body for Decision {}

/// A new entry of a journal.
#[derive(Serialize, JsonSchema)]
pub(super) struct Made {
    /// Its number.
    entry: i64,
}

pub(super) fn decision(call: &Call, sent: Decision) -> Result<Made, Problem> {
    let action = match sent.action {
        Step::Accept { target } => Action::Accept(target.target()?),
        Step::Reject { target } => Action::Reject(target.target()?),
        Step::Correct {
            target,
            field,
            value,
        } => Action::Correct {
            target: target.target()?,
            field,
            value,
        },
        Step::Add {
            document,
            kind,
            item,
        } => Action::Add {
            document,
            kind,
            item,
        },
        Step::Undo { entry } => Action::Undo(entry.0),
    };
    let by = reviewer(&sent.who, sent.why.as_deref())?;
    let entry = call.site.write(Linking::Beside, |case| {
        Ok(if sent.second {
            case.opine(by, &action)?
        } else {
            case.decide(by, &action)?
        })
    })?;
    Ok(Made { entry })
}

/// What can be one or not.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Linked {
    /// Two names of sources, as texts have them.
    Source,
    /// Two mentions of events, as `DOCUMENT#v1`.
    Claim,
    /// Two documents.
    Story,
}

/// What is decided on links across documents.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Tie {
    /// Two are one, or are not.
    Relate {
        /// Two of what.
        kind: Linked,
        /// Whether they are one.
        same: bool,
        /// The one.
        a: String,
        /// The other.
        b: String,
    },
    /// A source has a letter of the Admiralty Code.
    Letter {
        /// As texts name it.
        source: String,
        /// From A to F.
        letter: String,
    },
    /// A source is shown under another name.
    Rename {
        /// As texts name it.
        source: String,
        /// The name, of 1 to 200 characters.
        name: String,
    },
    /// An earlier decision is to count no more.
    Undo {
        /// Its number.
        entry: Number,
    },
}

/// A decision on links across documents.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Link {
    /// Who decides.
    who: Name,
    /// Why, in words.
    why: Option<String>,
    /// What is decided.
    action: Tie,
}

impl Body for Link {}

pub(super) fn link(call: &Call, sent: Link) -> Result<Made, Problem> {
    let by = reviewer(&sent.who, sent.why.as_deref())?;
    let entry = call.site.write(Linking::First, |case| match sent.action {
        Tie::Relate { kind, same, a, b } => {
            let kind = match kind {
                Linked::Source => sayso_case::LinkKind::Source,
                Linked::Claim => sayso_case::LinkKind::Event,
                Linked::Story => sayso_case::LinkKind::Story,
            };
            Ok(relate(case, by, kind, same, [&a, &b])?)
        }
        Tie::Letter { source, letter } => Ok(set_letter(case, by, &source, &letter)?),
        Tie::Rename { source, name } => Ok(set_name(case, by, &source, &name)?),
        Tie::Undo { entry } => Ok(case.undo_link(by, entry.0)?),
    })?;
    Ok(Made { entry })
}

fn reviewer<'a>(who: &'a Name, why: Option<&'a str>) -> Result<Reviewer<'a>, Problem> {
    let who = who.0.trim();
    if !is_name(who) {
        return Err(Problem::refused(
            "A decision needs a name of at most 80 characters: say who decides",
        ));
    }
    let why = why.map(str::trim).filter(|why| !why.is_empty());
    Ok(Reviewer { who, why })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_however_it_is_written() {
        let told = |given: &str| serde_json::from_str::<Number>(given).ok().map(|n| n.0);
        assert_eq!(told("3"), Some(3));
        assert_eq!(told("3.0"), Some(3));
        for bad in ["3.5", "0", "-1", "1e300", "\"3\""] {
            assert_eq!(told(bad), None, "{bad}");
        }
    }
}
