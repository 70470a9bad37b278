//! A strict reader of the pages that are written here: nothing is forgiven.

use std::collections::HashSet;

/// What a page holds.
#[derive(Debug, Default)]
pub struct Markup {
    /// The words of each `div.text`, rows of the list left out.
    pub texts: Vec<String>,
    /// All identifiers.
    pub ids: HashSet<String>,
    /// Where links within the page lead.
    pub targets: Vec<String>,
}

/// Elements that have no end tag.
const VOID: [&str; 2] = ["input", "meta"];

/// Reads a page; panics where elements do not nest, an identifier stands twice, a link stands
/// in a link, or a character should have been escaped.
pub fn read(page: &str) -> Markup {
    let mut markup = Markup::default();
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").unwrap();
    while let Some((words, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').unwrap();
        if let Some(text) = inside(&open).then(|| markup.texts.last_mut()).flatten() {
            text.push_str(&unescaped(words));
        }
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop().map(|(name, _)| name).as_deref(),
                Some(name),
                "before {after:.60}"
            );
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            name != "a" || open.iter().all(|(name, _)| name != "a"),
            "a link in a link: {tag}"
        );
        let is_text = name == "div" && attribute(attributes, "class").as_deref() == Some("text");
        if is_text {
            markup.texts.push(String::new());
        }
        if let Some(id) = attribute(attributes, "id") {
            assert!(markup.ids.insert(id.clone()), "{id} stands twice");
        }
        markup
            .targets
            .extend(attribute(attributes, "href").filter(|to| to.starts_with('#')));
        if VOID.contains(&name) {
            continue;
        }
        open.push((name.to_owned(), is_text));
        if matches!(name, "style" | "script") {
            // Their content is no markup; the end tag is read in the next round.
            rest = &rest[rest.find("</").unwrap()..];
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    assert_eq!(rest, "");
    markup
}

/// Whether words here belong to the text of a document.
fn inside(open: &[(String, bool)]) -> bool {
    let in_rows = open.iter().any(|(name, _)| name == "ol");
    !in_rows && open.iter().any(|(_, is_text)| *is_text)
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let start = attributes.split(&format!("{name}=\"")).nth(1)?;
    start.split('"').next().map(unescaped)
}

fn unescaped(words: &str) -> String {
    assert!(!words.contains('>'), "not escaped: {words}");
    let plain = words
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    plain.replace("&amp;", "&")
}
