//! Entities: persons, organizations, places and the rest, within one document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::vocabulary::vocabulary;
use crate::{Border, Bytes, EntityId, ReadingError, Span, Unit};

vocabulary! {
    /// What an entity is.
    EntityKind {
        /// A person.
        Person = "person",
        /// A state organ, army, company, militia, party.
        Organization = "organization",
        /// A people, followers, militants without one organization.
        Group = "group",
        /// A place.
        Place = "place",
        /// An outlet or agency.
        Publication = "publication",
        /// A forum, account, Telegram channel, broadcast.
        Channel = "channel",
        /// A report, statement, letter, law, poll.
        Document = "document",
        /// A ship, aircraft or weapon with a name.
        VesselOrWeapon = "vessel_or_weapon",
    }
}

vocabulary! {
    /// In which form a mention names its entity.
    MentionForm {
        /// By a name.
        Name = "name",
        /// By a description.
        Nominal = "nominal",
        /// By a pronoun.
        Pronoun = "pronoun",
    }
}

/// One place where the text names an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Mention")]
pub struct Mention<U: Unit = Bytes> {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span<U>,
    /// How it names the entity.
    pub form: MentionForm,
}

/// A person, organization, group, place, publication, channel, document, vessel or weapon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Entity")]
pub struct Entity<U: Unit = Bytes> {
    /// Its identifier.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Its fullest name in the text.
    pub name: String,
    /// Where the text names it, in text order.
    pub mentions: Vec<Mention<U>>,
    /// What the text says it is; null where it does not.
    pub describes: Option<String>,
}

impl<U: Unit> Convert<U> for Mention<U> {
    type In<V: Unit> = Mention<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Mention<V>, ReadingError> {
        Ok(Mention {
            span: turn(self.span)?,
            form: self.form,
        })
    }
}

impl<U: Unit> Convert<U> for Entity<U> {
    type In<V: Unit> = Entity<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Entity<V>, ReadingError> {
        Ok(Entity {
            id: self.id,
            kind: self.kind,
            name: self.name.clone(),
            mentions: self.mentions.convert(turn)?,
            describes: self.describes.clone(),
        })
    }
}
