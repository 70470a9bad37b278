//! Countries by their ISO codes.

use std::sync::LazyLock;

const TABLE: &str = include_str!("countries.tsv");

/// A country.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Country {
    /// ISO 3166-1, two letters.
    two: &'static str,
    /// Three letters; Kosovo as in PLOVER.
    pub three: &'static str,
    /// Its number; `None` where ISO has none.
    pub number: Option<u16>,
    /// In English.
    pub name: &'static str,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut fields = line.split('\t');
        Some(Country {
            two: fields.next()?,
            three: fields.next()?,
            number: fields.next()?.parse().ok(),
            name: fields.next()?,
        })
    })
    .collect()
});

/// The country with a code of two letters.
pub(crate) fn country(code: &str) -> Option<&'static Country> {
    let at = COUNTRIES.binary_search_by_key(&code, |c| c.two).ok()?;
    COUNTRIES.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_countries_have_their_codes() {
        assert!(COUNTRIES.is_sorted_by_key(|c| c.two));
        let iraq = country("IQ").unwrap();
        assert_eq!(
            (iraq.three, iraq.number, iraq.name),
            ("IRQ", Some(368), "Iraq")
        );
        assert_eq!(country("XK").unwrap().number, None);
        assert_eq!(country("ZZ"), None);
    }
}
