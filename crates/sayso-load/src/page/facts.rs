//! What a page says about itself: dates, author, publisher, title, address; best source first.

use dom_query::NodeRef;
use sayso_reading::{DocumentParts, Edtf};

use super::json_ld;
use super::lines::key;
use crate::dates;

/// What was found for one fact, best first, and where.
#[derive(Debug, Default)]
pub(super) struct Found(Vec<(String, &'static str)>);

impl Found {
    pub(super) fn found(&mut self, value: Option<String>, from: &'static str) {
        let value = value.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
        self.0.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| (value, from)),
        );
    }
}

/// All that was found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub published: Found,
    pub modified: Found,
    pub byline: Found,
    pub publisher: Found,
    pub title: Found,
    pub url: Found,
    pub language: Option<String>,
    notes: Vec<String>,
}

/// Names of `meta` elements, in letter case as compared, best first.
const PUBLISHED: [&str; 19] = [
    "article:published_time",
    "datepublished",
    "og:published_time",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "cxenseparse:recs:publishtime",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
];
const MODIFIED: [&str; 6] = [
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
];
const BYLINE: [&str; 8] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "byl",
];
const PUBLISHER: [&str; 4] = [
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
];
const TITLE: [&str; 6] = [
    "og:title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "dc.title",
    "twitter:title",
];
const URL: [&str; 3] = ["og:url", "parsely-link", "citation_fulltext_html_url"];

/// Reads the page's head and what its elements are marked with.
pub(super) fn findings(page: &NodeRef) -> Findings {
    let mut findings = Findings::default();
    let mut seen = Seen::default();
    for node in page.descendants_it().filter(NodeRef::is_element) {
        seen.element(&node);
    }
    if json_ld::read(&seen.scripts, &mut findings) > 0 {
        findings
            .notes
            .push("a part of the page's JSON-LD is damaged and was not read".to_owned());
    }
    let metas = |names: &[&'static str], found: &mut Found| {
        for name in names {
            for (_, content) in seen.metas.iter().filter(|(other, _)| other == name) {
                found.found(Some(content.clone()), name);
            }
        }
    };
    metas(&PUBLISHED, &mut findings.published);
    metas(&MODIFIED, &mut findings.modified);
    metas(&BYLINE, &mut findings.byline);
    metas(&PUBLISHER, &mut findings.publisher);
    metas(&TITLE, &mut findings.title);
    findings.url.found(seen.canonical, "link");
    metas(&URL, &mut findings.url);
    findings.published.found(seen.published, "time");
    findings.modified.found(seen.modified, "time");
    // A plain `time` may belong to anything on the page: it is taken only for want of better.
    if findings.published.0.is_empty() {
        findings.published.found(seen.time, "time");
    }
    for author in seen.authors {
        findings.byline.found(Some(name_alone(&author)), "byline");
    }
    let heading = seen.headings.first().filter(|_| seen.headings.len() == 1);
    findings.title.found(heading.cloned(), "h1");
    findings.title.found(seen.title, "title");
    findings.language = seen.language;
    findings
}

/// What the elements of a page hold.
#[derive(Default)]
struct Seen {
    scripts: Vec<String>,
    metas: Vec<(String, String)>,
    canonical: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    time: Option<String>,
    authors: Vec<String>,
    headings: Vec<String>,
    title: Option<String>,
    language: Option<String>,
}

impl Seen {
    fn element(&mut self, node: &NodeRef) {
        let attribute = |name: &str| node.attr(name).map(|value| value.to_string());
        let lower = |name: &str| attribute(name).unwrap_or_default().to_ascii_lowercase();
        let item = lower("itemprop");
        match node.node_name().as_deref() {
            Some("html") => self.language = language_of(&lower("lang")),
            Some("title") if self.title.is_none() => self.title = Some(node.text().to_string()),
            Some("h1") => self
                .headings
                .extend(Some(node.text().to_string()).filter(|text| !text.trim().is_empty())),
            Some("script") if lower("type").trim() == "application/ld+json" => {
                self.scripts.push(node.text().to_string());
            }
            Some("meta") => {
                let content = attribute("content").unwrap_or_default();
                for name in [lower("property"), lower("name"), item]
                    .into_iter()
                    .filter(|name| !name.is_empty())
                {
                    self.metas.push((name, content.clone()));
                }
            }
            Some("link") if lower("rel").trim() == "canonical" => {
                self.canonical = attribute("href");
            }
            Some("time") => {
                let written = attribute("datetime").unwrap_or_else(|| node.text().to_string());
                let kept = match item.as_str() {
                    "datemodified" => &mut self.modified,
                    "datepublished" | "datecreated" => &mut self.published,
                    _ if node.has_attr("pubdate") => &mut self.published,
                    _ => &mut self.time,
                };
                kept.get_or_insert(written);
            }
            Some(_) if item == "datepublished" => {
                self.published.get_or_insert_with(|| {
                    attribute("content").unwrap_or_else(|| node.text().to_string())
                });
            }
            Some(_)
                if item == "author"
                    || lower("rel")
                        .split_ascii_whitespace()
                        .any(|part| part == "author") =>
            {
                self.authors.push(node.text().to_string());
            }
            _ => {}
        }
    }
}

fn language_of(attribute: &str) -> Option<String> {
    let code = attribute.split(['-', '_']).next().unwrap_or_default();
    let plain = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase());
    plain.then(|| code.to_owned())
}

/// The longest name of an author or publisher, in characters.
const LONGEST_NAME: usize = 200;

impl Findings {
    /// Chooses, and says where the page contradicts itself.
    pub(super) fn choose(mut self, parts: &mut DocumentParts) {
        let notes = &mut parts.notes;
        notes.append(&mut self.notes);
        parts.published = date(&self.published, "publication date", notes);
        parts.modified = date(&self.modified, "date of change", notes);
        parts.byline = name(self.byline, "author", notes);
        parts.publisher = name(self.publisher, "publisher", notes);
        parts.url = self
            .url
            .0
            .into_iter()
            .map(|(url, _)| url)
            .find(|url| is_url(url));
        parts.title = title(self.title);
        if parts.publisher.is_none() {
            notes.push("the page names no publisher".to_owned());
        }
        if parts.published.is_none() && self.published.0.is_empty() {
            notes.push("the page gives no publication date".to_owned());
        }
    }
}

fn date(found: &Found, what: &str, notes: &mut Vec<String>) -> Option<Edtf> {
    let mut good: Vec<(Edtf, &'static str)> = Vec::new();
    let mut bad = Vec::new();
    for (written, from) in &found.0 {
        match dates::edtf(written) {
            Ok(day) => good.push((day, from)),
            Err(trouble) => bad.push(trouble.note(&format!("the page’s {what}"), written)),
        }
    }
    let Some((first, from)) = good.first() else {
        notes.extend(bad.into_iter().next());
        return None;
    };
    let same = |one: &str, two: &str| one.starts_with(two) || two.starts_with(one);
    if let Some((other, other_from)) = good
        .iter()
        .find(|(other, _)| !same(&other.to_string(), &first.to_string()))
    {
        notes.push(conflict(
            what,
            (&first.to_string(), from),
            (&other.to_string(), other_from),
        ));
    }
    Some(first.clone())
}

fn name(found: Found, what: &str, notes: &mut Vec<String>) -> Option<String> {
    let mut names = found.0.into_iter().filter_map(|(name, from)| {
        let bare = name
            .strip_prefix("By ")
            .or_else(|| name.strip_prefix("by "))
            .unwrap_or(&name)
            .trim();
        let usable =
            !is_url(bare) && !bare.starts_with('@') && bare.chars().count() <= LONGEST_NAME;
        (usable && !key(bare).is_empty()).then(|| (bare.to_owned(), from))
    });
    let (first, from) = names.next()?;
    let first_key = key(&first);
    let other = names.find(|(name, _)| {
        let key = key(name);
        !key.contains(&first_key) && !first_key.contains(&key)
    });
    if let Some((other, other_from)) = other {
        notes.push(conflict(what, (&first, from), (&other, other_from)));
    }
    Some(first)
}

/// The names at the start of a byline, without the date, account or section behind them.
pub(super) fn name_alone(byline: &str) -> String {
    let end = byline.find(|sign: char| sign.is_ascii_digit() || "|•·@–—".contains(sign));
    let names = byline.get(..end.unwrap_or(byline.len())).unwrap_or(byline);
    let mut words: Vec<&str> = names.split_whitespace().collect();
    words.pop_if(|last| end.is_some() && dates::is_month(last));
    words
        .join(" ")
        .trim_end_matches(['-', ','])
        .trim_end()
        .to_owned()
}

fn conflict(what: &str, first: (&str, &str), other: (&str, &str)) -> String {
    let plural = if what == "date of change" {
        "dates of change".to_owned()
    } else {
        format!("{what}s")
    };
    format!(
        "the page gives two {plural}: “{}” ({}) and “{}” ({}); the first is kept",
        first.0, first.1, other.0, other.1
    )
}

/// The first title, or the page's one heading where the title only adds the site's name to it.
fn title(found: Found) -> Option<String> {
    let heading = found
        .0
        .iter()
        .find(|(_, from)| *from == "h1")
        .map(|(heading, _)| heading.clone());
    let (first, _) = found.0.into_iter().next()?;
    match heading {
        Some(heading) if key(&first).starts_with(&key(&heading)) && !key(&heading).is_empty() => {
            Some(heading)
        }
        _ => Some(first),
    }
}

fn is_url(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}
