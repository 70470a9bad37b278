//! Where: words that name a place, and which place they name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, Turn};
use crate::vocabulary::vocabulary;
use crate::{
    Border, Bytes, EntityId, PlaceId, ReadingError, Scalars, Score, Spans, TextIndex, Unit,
};

vocabulary! {
    /// How large a place is, in kind.
    PlaceLevel {
        /// A country.
        Country = "country",
        /// A first-level division: state, governorate.
        Admin1 = "admin1",
        /// A second-level division: county, district.
        Admin2 = "admin2",
        /// A city, town or village.
        City = "city",
        /// A building, camp, base, crossing.
        Site = "site",
        /// A region, sea, desert without sharp borders.
        Area = "area",
        /// Coordinates.
        Point = "point",
    }
}

vocabulary! {
    /// How what is told lies to the place named.
    PlaceRelation {
        /// In it.
        In = "in",
        /// Near it.
        Near = "near",
        /// Outside it.
        Outside = "outside",
        /// At a distance and direction from it.
        Offset = "offset",
    }
}

/// Words that name a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Place")]
pub struct Place<U: Unit = Bytes> {
    /// Its name within the reading.
    pub id: PlaceId,
    /// Where the words stand.
    pub spans: Spans<U>,
    /// The entity it is; null where there is none.
    pub entity: Option<EntityId>,
    /// Its number in GeoNames; null where it was not found there.
    pub geonames: Option<u64>,
    /// Its name in the gazetteer, else as the text has it.
    pub name: String,
    /// Degrees north of the equator (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east of Greenwich (WGS 84).
    pub lon: Option<f64>,
    /// How large it is, in kind.
    pub level: Option<PlaceLevel>,
    /// How far it reaches from its coordinates, in kilometres.
    pub radius_km: Option<f64>,
    /// The country it lies in (ISO 3166-1, two letters).
    pub country: Option<String>,
    /// The first-level division it lies in.
    pub admin1: Option<String>,
    /// How what is told lies to it.
    pub relation: PlaceRelation,
    /// How sure the reader is.
    pub score: Score,
    /// What else the words can name, best first.
    pub others: Vec<OtherPlace>,
    /// Whether the words mean an actor ("Washington said").
    pub metonym: bool,
    /// Whether the words are a people or an adjective ("the Iraqis").
    pub demonym: bool,
}

/// A place that words may name, but less likely.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OtherPlace {
    /// Its number in GeoNames.
    pub geonames: u64,
    /// Its name in the gazetteer.
    pub name: String,
    /// How likely it is.
    pub score: Score,
}

impl Place {
    /// The place with offsets in scalar values, as JSON has it; `index` is that of its text.
    /// Refused if a span lies outside the text or cuts a character.
    pub fn to_scalars(&self, index: &TextIndex<'_>) -> Result<Place<Scalars>, ReadingError> {
        self.convert(&|span| index.scalar_span(span))
    }
}

impl<U: Unit> Convert<U> for Place<U> {
    type In<V: Unit> = Place<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Place<V>, ReadingError> {
        Ok(Place {
            id: self.id,
            spans: self.spans.convert(turn)?,
            entity: self.entity,
            geonames: self.geonames,
            name: self.name.clone(),
            lat: self.lat,
            lon: self.lon,
            level: self.level,
            radius_km: self.radius_km,
            country: self.country.clone(),
            admin1: self.admin1.clone(),
            relation: self.relation,
            score: self.score,
            others: self.others.clone(),
            metonym: self.metonym,
            demonym: self.demonym,
        })
    }
}
