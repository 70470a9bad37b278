//! Addresses of pages. What can be seen has one, and it stays the same.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::answer::Format;

/// All that may not stand in an address as it is.
const OTHERS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A name as the last part of a path. One that ends like a form says that it is meant for people.
pub(crate) fn part(name: &str) -> String {
    let form = name
        .rsplit_once('.')
        .and_then(|(_, end)| Format::of_suffix(end));
    let end = if form.is_some() { ".html" } else { "" };
    format!("{}{end}", utf8_percent_encode(name, OTHERS))
}

pub(crate) fn document(name: &str) -> String {
    format!("/document/{}", part(name))
}

/// Something in a document: `a3`, `v1`. Of a long text, the part that it stands in is shown.
pub(crate) fn within(document: &str, local: &str) -> String {
    let path = with(&self::document(document), &[("see", local)]);
    format!("{path}#d1{local}")
}

/// A part of a long text, counted from 1.
pub(crate) fn part_of(document: &str, number: usize) -> String {
    with(&self::document(document), &[("part", &number.to_string())])
}

pub(crate) fn why(document: &str, local: &str) -> String {
    format!(
        "/why/{}/{}",
        utf8_percent_encode(local, OTHERS),
        part(document)
    )
}

/// Where something in a document is decided on.
pub(crate) fn review(document: &str, local: &str) -> String {
    format!(
        "/review/{}/{}",
        utf8_percent_encode(local, OTHERS),
        part(document)
    )
}

/// A claim by its id: `DOCUMENT#v1`.
pub(crate) fn claim(id: &str) -> String {
    let (document, local) = id.rsplit_once('#').unwrap_or((id, ""));
    format!(
        "/claim/{}/{}",
        utf8_percent_encode(local, OTHERS),
        part(document)
    )
}

pub(crate) fn story(name: &str) -> String {
    format!("/story/{}", part(name))
}

pub(crate) fn source(name: &str) -> String {
    with("/source", &[("name", name)])
}

pub(crate) fn search(question: &str) -> String {
    with("/search", &[("q", question)])
}

/// A path with what is asked of it; what is empty is left out.
pub(crate) fn with(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (at, (key, value)) in pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .enumerate()
    {
        let sign = if at == 0 { '?' } else { '&' };
        let _ = write!(out, "{sign}{key}={}", utf8_percent_encode(value, OTHERS));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_can_stand_in_an_address() {
        assert_eq!(document("d:12"), "/document/d%3A12");
        assert_eq!(document("texts/a b.txt"), "/document/texts%2Fa%20b.txt");
        assert_eq!(document("r.json"), "/document/r.json.html");
        assert_eq!(claim("a#b#v12"), "/claim/v12/a%23b");
        assert_eq!(
            with("/claims", &[("label", ""), ("after", "x&y")]),
            "/claims?after=x%26y"
        );
        assert_eq!(document("../../etc"), "/document/..%2F..%2Fetc");
    }
}
