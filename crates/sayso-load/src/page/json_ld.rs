//! What a page says about itself in JSON-LD (schema.org).

use serde_json::{Map, Value};

use super::facts::Findings;

const FROM: &str = "JSON-LD";

/// Types of articles; what says only what a page is comes after them.
const ARTICLES: [&str; 5] = [
    "Article",
    "BlogPosting",
    "Report",
    "SocialMediaPosting",
    "Review",
];
const PAGES: [&str; 2] = ["WebPage", "ItemPage"];

/// How deep objects are looked for inside others.
const DEEPEST: usize = 8;

/// Reads the page's scripts of JSON-LD. Gives the number of those that are no JSON.
pub(super) fn read(scripts: &[String], findings: &mut Findings) -> usize {
    let mut objects = Vec::new();
    let (values, broken): (Vec<_>, Vec<_>) = scripts
        .iter()
        .map(|script| serde_json::from_str::<Value>(bare(script)))
        .partition(Result::is_ok);
    let values: Vec<Value> = values.into_iter().flatten().collect();
    for value in &values {
        collect(value, 0, &mut objects);
    }
    let of_type = |names: &'static [&'static str]| {
        move |object: &&&Map<String, Value>| {
            types(object).any(|kind| names.iter().any(|name| kind.ends_with(name)))
        }
    };
    let article = objects.iter().find(of_type(&ARTICLES));
    let page = objects.iter().find(of_type(&PAGES));
    for object in article.into_iter().chain(page) {
        take(object, &objects, findings);
    }
    broken.len()
}

/// Without the marks that hide a script from XML and from browsers of old.
fn bare(script: &str) -> &str {
    let mut bare = script.trim();
    for (start, end) in [("//", ""), ("<!--", "-->"), ("<![CDATA[", "]]>")] {
        bare = bare.strip_prefix(start).unwrap_or(bare).trim();
        bare = bare
            .strip_suffix(end)
            .unwrap_or(bare)
            .trim()
            .trim_end_matches("//")
            .trim();
    }
    bare
}

/// All objects, the outer ones first.
fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Map<String, Value>>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(values) => values
            .iter()
            .for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) => {
            objects.push(object);
            object
                .values()
                .filter(|value| value.is_object() || value.is_array())
                .for_each(|value| collect(value, depth + 1, objects));
        }
        _ => {}
    }
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let (one, many) = match object.get("@type") {
        Some(Value::String(name)) => (Some(name.as_str()), None),
        Some(Value::Array(names)) => (None, Some(names)),
        _ => (None, None),
    };
    one.into_iter()
        .chain(many.into_iter().flatten().filter_map(Value::as_str))
}

fn take(object: &Map<String, Value>, all: &[&Map<String, Value>], findings: &mut Findings) {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    let names = |name: &str| {
        object
            .get(name)
            .map(|value| names(value, all))
            .filter(|names| !names.is_empty())
    };
    findings
        .published
        .found(text("datePublished").or_else(|| text("dateCreated")), FROM);
    findings.modified.found(text("dateModified"), FROM);
    findings.title.found(text("headline"), FROM);
    findings.byline.found(
        names("author")
            .or_else(|| names("creator"))
            .map(|names| names.join(", ")),
        FROM,
    );
    let publisher = names("publisher").or_else(|| names("sourceOrganization"));
    findings
        .publisher
        .found(publisher.and_then(|names| names.into_iter().next()), FROM);
    findings.url.found(text("url"), FROM);
}

/// The names of people or organizations: written out, as objects, or by reference.
fn names(value: &Value, all: &[&Map<String, Value>]) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(values) => values.iter().flat_map(|value| names(value, all)).collect(),
        Value::Object(object) => name(object)
            .or_else(|| referred(object, all))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

fn name(object: &Map<String, Value>) -> Option<String> {
    match object.get("name")? {
        Value::String(name) => Some(name.trim().to_owned()),
        Value::Array(names) => names.first().and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

/// The name of the object that this one refers to.
fn referred(object: &Map<String, Value>, all: &[&Map<String, Value>]) -> Option<String> {
    let id = object.get("@id")?;
    all.iter()
        .filter(|other| other.get("@id") == Some(id))
        .find_map(|other| name(other))
}
