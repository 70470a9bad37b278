//! Readings as people see them, for comparison.

use std::fs;

use sayso::output::filter::Filter;
use sayso::output::glyphs::Glyphs;
use sayso::output::html::Page;
use sayso::output::table::{self, Extent, Look};
use sayso::reading::Reading;

/// The table without styles.
pub fn shown(reading: &Reading, width: usize, glyphs: Glyphs) -> String {
    shown_to(reading, Look { width, glyphs }, Extent::Short)
}

/// The same, short or whole.
pub fn shown_to(reading: &Reading, look: Look, extent: Extent) -> String {
    let mut out = Vec::new();
    table::write(&mut out, reading, look, extent).unwrap();
    plain(&out)
}

/// Words without their styles.
pub fn plain(out: &[u8]) -> String {
    anstream::adapter::strip_str(std::str::from_utf8(out).unwrap()).to_string()
}

/// A page without reasons.
pub fn page(readings: impl IntoIterator<Item = Reading>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let mut page = Page::create(&path, &Filter::default()).unwrap();
    for reading in readings {
        page.add(reading, None).unwrap();
    }
    page.finish().unwrap();
    fs::read_to_string(path).unwrap()
}

/// The page without style, script and policy, each element that stands alone on a line of its own.
pub fn articles(page: &str) -> String {
    let body = page
        .split_once("<body>")
        .unwrap()
        .1
        .split_once("<script>")
        .unwrap()
        .0;
    let starts = [
        "<article", "<header", "<footer", "<h1", "<h2", "<p", "<ol", "<li", "<div", "<ul", "<nav",
        "<section", "<table", "<tr",
    ];
    starts.iter().fold(body.to_owned(), |body, tag| {
        body.replace(tag, &format!("\n{tag}"))
    })
}
