//! Whose pages a document is from.

use sayso_reading::Document;

use super::Outlets;

/// Whose pages these are: the known name of the publisher, else the name as given, else the host
/// of the address; `None` where the page tells neither.
pub fn house(document: &Document, outlets: &Outlets) -> Option<String> {
    let given = document.publisher.as_deref().map(str::trim);
    let given = given.filter(|p| !p.is_empty());
    if let Some(name) = given {
        let is_host = name.contains('.') && !name.contains(char::is_whitespace);
        let known = if is_host {
            outlets.of_host(name)
        } else {
            outlets.get(name)
        };
        let unknown = || {
            if is_host {
                owner(name)
            } else {
                name.to_owned()
            }
        };
        return Some(known.map_or_else(unknown, |o| o.name.clone()));
    }
    let host = host(document.url.as_deref()?)?;
    let known = outlets.of_host(host);
    Some(known.map_or_else(|| owner(host), |o| o.name.clone()))
}

/// The host in an address.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

/// The part of a host that somebody owns: `chinadaily.com.cn` of `usa.chinadaily.com.cn`.
fn owner(host: &str) -> String {
    let host = host.to_lowercase();
    psl::domain_str(&host).unwrap_or(&host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(publisher: Option<&str>, url: Option<&str>) -> Option<String> {
        let mut document = Document::of_paragraphs("A dam broke.");
        document.publisher = publisher.map(str::to_owned);
        document.url = url.map(str::to_owned);
        house(&document, &Outlets::default())
    }

    #[test]
    fn a_house_has_one_name() {
        let told = |p, u| of(p, u);
        assert_eq!(told(Some("edition.cnn.com"), None).as_deref(), Some("CNN"));
        assert_eq!(
            told(Some("The New York Times"), None),
            told(Some("nytimes.com"), None)
        );
        let host = Some("usa.chinadaily.com.cn");
        assert_eq!(told(host, None).as_deref(), Some("chinadaily.com.cn"));
        let url = Some("https://www.Example.org:8080/a?b");
        assert_eq!(told(None, url).as_deref(), Some("example.org"));
        assert_eq!(
            told(Some("Harbour Post"), url).as_deref(),
            Some("Harbour Post")
        );
        assert_eq!(told(None, None), None);
    }
}
