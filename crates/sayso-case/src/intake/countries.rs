//! Names of countries, so that what lies in Aleppo is found under Syria.

use std::sync::LazyLock;

const TABLE: &str = include_str!("countries.tsv");

/// Code and names of each country, in the order of codes.
static COUNTRIES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// The names of the country with an ISO 3166 code, parted by `|`.
pub(crate) fn names(code: &str) -> Option<&'static str> {
    let at = COUNTRIES
        .binary_search_by_key(&code, |(code, _)| *code)
        .ok()?;
    COUNTRIES.get(at).map(|(_, names)| *names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_known_ones_have_names() {
        assert!(COUNTRIES.is_sorted_by_key(|(code, _)| *code));
        assert_eq!(names("SY"), Some("Syria"));
        assert_eq!(names("GB"), Some("United Kingdom|Britain|UK|England"));
        assert_eq!(names("ZZ"), None);
    }
}
