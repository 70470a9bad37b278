//! Claims and stories.

use sayso_case::Case;
use sayso_link::{
    ClaimChoice, ClaimLine, ClaimOrder, Label, Page, StoryLine, StoryOrder, claim_counts,
    claim_lines, story_lines,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::{Limit, List};
use super::route::Call;
use super::token::Token;
use crate::serve::pages::claim;
use crate::serve::problem::Problem;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    /// Only those with this label.
    label: Option<Label>,
    /// Only those of this type of events.
    #[serde(rename = "type")]
    kind: Option<String>,
    /// Only those of the story that this document is in.
    story: Option<String>,
    /// What comes first.
    #[serde(default)]
    order: Option<ClaimOrder>,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

/// Claims, and how many there are.
#[derive(Serialize, JsonSchema)]
pub(super) struct Counted {
    /// The claims of this page.
    items: Vec<ClaimLine>,
    /// What `cursor` has to be to get the next ones; null where these are the last.
    next: Option<Token>,
    /// How many claims of the whole case have which label.
    labels: Vec<(Label, usize)>,
}

pub(super) fn claims(call: &Call, case: &Case, asked: &Claims) -> Result<Counted, Problem> {
    let after = call.place(asked.cursor.as_ref())?;
    let choice = ClaimChoice {
        label: asked.label,
        kind: asked.kind.as_deref(),
        story: asked.story.as_deref(),
        order: asked.order.unwrap_or_default(),
        limit: asked.limit.rows() as usize,
        after: after.as_deref(),
        ..ClaimChoice::default()
    };
    let Page { items, next } = claim_lines(case, &choice)?;
    Ok(Counted {
        items,
        next: call.token(next.as_deref()),
        labels: claim_counts(case)?,
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    /// The claim: `DOCUMENT#v1`, percent-encoded (`#` is `%23`).
    id: String,
}

pub(super) fn claim(_: &Call, case: &Case, asked: &Named) -> Result<claim::ClaimPage, Problem> {
    claim::of(case, &asked.id)
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Stories {
    /// What comes first.
    order: Option<StoryOrder>,
    #[serde(default)]
    limit: Limit,
    cursor: Option<Token>,
}

pub(super) fn stories(
    call: &Call,
    case: &Case,
    asked: &Stories,
) -> Result<List<StoryLine>, Problem> {
    let after = call.place(asked.cursor.as_ref())?;
    let order = asked.order.unwrap_or_default();
    let limit = asked.limit.rows() as usize;
    let Page { items, next } = story_lines(case, order, after.as_deref(), limit)?;
    Ok(List::of(call, items, next.as_deref()))
}
