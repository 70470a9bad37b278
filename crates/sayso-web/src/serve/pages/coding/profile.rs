//! The datasets that a sheet can be made for.

use sayso_reading::{Act, Realis};
use serde::Serialize;

use super::cell::{Cell, Cells};
use super::told::Told;
use super::{acled, plover, ucdp};

/// A dataset with columns of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Profile {
    /// Armed Conflict Location & Event Data.
    #[default]
    Acled,
    /// Uppsala Conflict Data Program, georeferenced events.
    Ucdp,
    /// Political Language Ontology for Verifiable Event Records.
    Plover,
}

impl Profile {
    pub(crate) const ALL: [Self; 3] = [Self::Acled, Self::Ucdp, Self::Plover];

    /// As it stands in an address.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Acled => "acled",
            Self::Ucdp => "ucdp",
            Self::Plover => "plover",
        }
    }

    /// As people call it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Acled => "ACLED",
            Self::Ucdp => "UCDP GED",
            Self::Plover => "PLOVER",
        }
    }

    /// By its name in an address; the first where none is given.
    pub(crate) fn of(name: &str) -> Option<Self> {
        if name.is_empty() {
            return Some(Self::default());
        }
        Self::ALL.into_iter().find(|p| p.as_str() == name)
    }

    /// Which codebook the columns follow.
    pub(crate) const fn codebook(self) -> &'static str {
        match self {
            Self::Acled => "Columns of the ACLED codebook of 2024.",
            Self::Ucdp => {
                "Columns of UCDP GED 24.1. Sides, conflicts and dyads are the coder's; countries have their ISO names."
            }
            Self::Plover => {
                "Fields of a record in the PLOVER manual, version 2; planned, supposed and denied events are folded as it asks."
            }
        }
    }

    /// Its columns.
    pub(crate) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Acled => acled::COLUMNS,
            Self::Ucdp => ucdp::COLUMNS,
            Self::Plover => plover::COLUMNS,
        }
    }

    /// A row.
    pub(crate) fn cells(self, told: &Told) -> Cells {
        let cell: fn(&Told, &str) -> Cell = match self {
            Self::Acled => acled::cell,
            Self::Ucdp => ucdp::cell,
            Self::Plover => plover::cell,
        };
        let each = self.columns().iter();
        Cells(each.map(|name| (*name, cell(told, name))).collect())
    }

    /// Whether the dataset would have such an event.
    pub(crate) fn codable(self, told: &Told) -> Codable {
        match self {
            Self::Acled => acled::codable(told),
            Self::Ucdp => ucdp::codable(told),
            Self::Plover => plover::codable(told),
        }
    }
}

/// Whether a dataset has such events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codable {
    /// As far as the text tells.
    Yes,
    /// It does not, and why.
    No(&'static str),
    /// The coder has to tell, and why.
    Coder(&'static str),
}

impl Codable {
    /// In datasets of what happened: as the clause tells it, and as who says so means it.
    pub(crate) const fn as_told(realis: Realis, act: Option<Act>) -> Self {
        match (realis, act) {
            (Realis::Actual | Realis::Ongoing, Some(Act::Deny)) => {
                Self::Coder("it is told in a denial")
            }
            (Realis::Actual | Realis::Ongoing, _) => Self::Yes,
            (Realis::Planned, _) => Self::No("planned: it did not happen yet"),
            (Realis::Hypothetical, _) => Self::No("supposed: it is not told to have happened"),
            (Realis::Negated, _) => Self::No("denied: it is told not to have happened"),
            (Realis::Unknown, _) => Self::Coder("whether it happened cannot be told"),
        }
    }

    /// In words.
    pub(crate) fn words(self) -> String {
        match self {
            Self::Yes => "codable".to_owned(),
            Self::No(why) => format!("not codable; {why}"),
            Self::Coder(why) => format!("coder decides; {why}"),
        }
    }
}

impl Serialize for Codable {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn columns_are_named_once() {
        for profile in Profile::ALL {
            let names: BTreeSet<_> = profile.columns().iter().collect();
            assert_eq!(names.len(), profile.columns().len(), "{profile:?}");
            assert_eq!(Profile::of(profile.as_str()), Some(profile));
        }
        assert_eq!(Profile::of("cameo"), None);
    }

    #[test]
    fn datasets_of_what_happened_have_nothing_else() {
        assert_eq!(Codable::as_told(Realis::Ongoing, None), Codable::Yes);
        assert_eq!(
            Codable::as_told(Realis::Actual, Some(Act::Say)),
            Codable::Yes
        );
        let denied = Codable::as_told(Realis::Actual, Some(Act::Deny));
        assert!(matches!(denied, Codable::Coder(_)));
        for other in [Realis::Planned, Realis::Hypothetical, Realis::Negated] {
            assert!(matches!(Codable::as_told(other, None), Codable::No(_)));
        }
    }
}
