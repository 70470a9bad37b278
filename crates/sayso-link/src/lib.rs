//! Across documents: what is a copy, what is one story, one event, one claim, and how many
//! independent origins stand behind it.
//!
//! Everything follows from the documents and from what people decided, whatever order they came
//! in: two documents are compared by themselves and by tables that ship, and what is joined is
//! named by its oldest member.

mod claims;
mod copies;
mod decisions;
mod error;
mod events;
mod joined;
mod link;
mod origins;
mod standings;
mod stories;
mod text;

pub use claims::{
    Claim, Disagreement, Figure, Label, Member, Milestone, Responsible, SaidBy, Stance, Standing,
};
pub use copies::{Copy, CopyKind, Rewrite};
pub use decisions::{SourceNames, relate, set_letter, set_name};
pub use error::LinkError;
pub use events::{InEvent, training};
pub use link::{
    Linked, Linker, Step, claim, claims, copies, copies_of, events, origins, rewrites, stories,
    waiting,
};
pub use origins::Origin;
pub use standings::{
    ClaimChoice, ClaimLine, ClaimOrder, Page, StoryLine, StoryOrder, claim_counts, claim_lines,
    claims_of, story, story_lines,
};
pub use stories::InStory;
