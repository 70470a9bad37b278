//! Dates of a question: from a day to a day, either side may be open.

use std::fmt;

use sayso_reading::{Edtf, Moment};

/// What a date of a question means: `2024`, `2024-01..2024-02`, `2024-01..`, `..2024`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Interval {
    Date(Edtf),
    Between(Option<Edtf>, Option<Edtf>),
}

impl Interval {
    /// Reads one; `None` where it is none, ends before it begins, or lies outside the years 0 to
    /// 9999.
    pub(crate) fn parse(given: &str) -> Option<Self> {
        let interval = match given.parse::<Edtf>() {
            Ok(date) if date.is_interval() => Self::Date(date),
            Ok(_) => Self::Date(side(given)?),
            Err(_) => {
                let (from, to) = given.split_once("..")?;
                if from.is_empty() && to.is_empty() {
                    return None;
                }
                let told = |given: &str| match given {
                    "" => Some(None),
                    given => side(given).map(Some),
                };
                Self::Between(told(from)?, told(to)?)
            }
        };
        let (from, to) = interval.bounds();
        let known = |m: Option<Moment>| m.is_none_or(|m| m.date().0 >= 0);
        let in_order = from
            .zip(to)
            .is_none_or(|(from, to)| from.date() <= to.date());
        let bounded = from.is_some() || to.is_some();
        (known(from) && known(to) && in_order && bounded).then_some(interval)
    }

    /// The first and the last day; `None` where it is open.
    pub(crate) fn bounds(&self) -> (Option<Moment>, Option<Moment>) {
        match self {
            Self::Date(date) => (date.earliest(), date.latest()),
            Self::Between(from, to) => (
                from.as_ref().and_then(Edtf::earliest),
                to.as_ref().and_then(Edtf::latest),
            ),
        }
    }
}

/// A date that is no interval and has a first and a last day.
fn side(given: &str) -> Option<Edtf> {
    let date: Edtf = given.parse().ok()?;
    let known = date.earliest().is_some() && date.latest().is_some();
    (!date.is_interval() && known).then_some(date)
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Between(from, to) => {
                if let Some(from) = from {
                    write!(f, "{from}")?;
                }
                f.write_str("..")?;
                match to {
                    Some(to) => write!(f, "{to}"),
                    None => Ok(()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_intervals_of_days() {
        let told = |given: &str| {
            Interval::parse(given).map(|i| {
                let (from, to) = i.bounds();
                let side = |m: Option<Moment>| m.map_or(String::new(), |m| m.to_string());
                format!("{}..{}", side(from), side(to))
            })
        };
        assert_eq!(told("2024").as_deref(), Some("2024-01-01..2024-12-31"));
        assert_eq!(told("2024-02").as_deref(), Some("2024-02-01..2024-02-29"));
        assert_eq!(
            told("2024-01-28").as_deref(),
            Some("2024-01-28..2024-01-28")
        );
        assert_eq!(
            told("2024-01..2024-02-03").as_deref(),
            Some("2024-01-01..2024-02-03")
        );
        assert_eq!(told("2024-01..").as_deref(), Some("2024-01-01.."));
        assert_eq!(told("..2024").as_deref(), Some("..2024-12-31"));
        assert_eq!(told("202X").as_deref(), Some("2020-01-01..2029-12-31"));
        assert_eq!(told("2024/..").as_deref(), Some("2024-01-01.."));
        for wrong in [
            "",
            "..",
            "2024-13",
            "2024-1",
            "2025..2024",
            "a..b",
            "-0044",
            "Y170000002",
            "../..",
        ] {
            assert_eq!(told(wrong), None, "{wrong}");
        }
    }
}
