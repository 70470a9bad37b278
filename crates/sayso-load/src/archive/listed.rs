//! The list of pages that an archive was made for.

use std::collections::BTreeMap;

use serde_json::Value;

use super::tally::Several;
use crate::{LoadError, Origin};

/// The pages of `pages/pages.jsonl`, by their addresses without the part behind `#`.
#[derive(Debug, Default)]
pub(super) struct Listed(BTreeMap<String, Page>);

#[derive(Debug, Default)]
struct Page {
    title: Option<String>,
    found: bool,
}

impl Listed {
    /// Reads the list; `None` where it names no page.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let mut listed = Self::default();
        for line in text.lines() {
            let Ok(Value::Object(page)) = serde_json::from_str(line) else {
                continue;
            };
            let words = |name: &str| page.get(name).and_then(Value::as_str);
            if let Some(url) = words("url") {
                let title = words("title").map(str::trim).filter(|title| {
                    // Tools put the address where there is no title.
                    !title.is_empty() && !title.contains("://")
                });
                let page = Page {
                    title: title.map(str::to_owned),
                    found: false,
                };
                listed.0.insert(key(url).to_owned(), page);
            }
        }
        (!listed.0.is_empty()).then_some(listed)
    }

    /// Whether a page is listed; from now on it counts as found.
    pub(super) fn has(&mut self, url: &str) -> bool {
        match self.0.get_mut(key(url)) {
            Some(page) => {
                page.found = true;
                true
            }
            None => false,
        }
    }

    /// The title that the list gives a page.
    pub(super) fn title(&self, url: &str) -> Option<String> {
        self.0.get(key(url))?.title.clone()
    }

    /// A listed page has moved: its text is asked for where it is now.
    pub(super) fn moved(&mut self, from: &str, to: &str) {
        let title = self.title(from);
        let to = match to.strip_prefix('/').filter(|path| !path.starts_with('/')) {
            Some(path) => format!("{}/{path}", site(from)),
            None => to.to_owned(),
        };
        let page = Page {
            title,
            found: false,
        };
        self.0.entry(key(&to).to_owned()).or_insert(page);
    }

    /// The sentence on pages that are listed and were not found.
    pub(super) fn missing(&self, origin: &Origin) -> Option<LoadError> {
        let mut several = Several::default();
        let missing = self.0.iter().filter(|(_, page)| !page.found);
        missing.for_each(|(url, _)| several.add(url));
        let (count, example) = several.told()?;
        Some(LoadError::ListedOnly {
            origin: origin.clone(),
            count,
            example,
        })
    }
}

fn key(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// An address up to its path.
fn site(url: &str) -> &str {
    let from = url.find("://").map_or(0, |at| at + 3);
    let host = url.get(from..).unwrap_or_default();
    let length = host.find('/').unwrap_or(host.len());
    url.get(..from + length).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_address() {
        let list = "{\"format\": \"json-pages-1.0\"}\n{\"url\": \"https://a.example/x#y\", \
                    \"title\": \"A title\"}\nbroken\n{\"url\": \"https://a.example/z\", \"title\": \
                    \"https://a.example/z\"}\n";
        let mut listed = Listed::of(list.as_bytes()).unwrap();
        assert!(listed.has("https://a.example/x"));
        assert!(!listed.has("https://a.example/"));
        assert_eq!(
            listed.title("https://a.example/x#q").as_deref(),
            Some("A title")
        );
        assert_eq!(listed.title("https://a.example/z"), None);
        let told = listed.missing(&Origin::file("a.wacz")).unwrap().to_string();
        assert_eq!(
            told,
            "a.wacz: lists 1 page that cannot be read from it, such as https://a.example/z; \
             capture it again"
        );
        listed.moved("https://a.example/x", "/new");
        assert!(listed.has("https://a.example/new"));
        assert!(Listed::of(b"{\"format\": 1}\n").is_none());
    }
}
