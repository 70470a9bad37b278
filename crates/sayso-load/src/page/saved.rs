//! What the program that saved a page wrote into it: the address, and when it was saved.

use crate::error::quotable;

/// How far into a page such a comment may stand.
const HEAD: usize = 16 * 1024;
/// The longest address, in characters.
const LONGEST: usize = 2000;

/// How a page was saved.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    pub url: Option<String>,
    pub note: String,
}

/// The comment of `SingleFile`, or the mark that browsers leave in what they save.
pub(super) fn saved(html: &str) -> Option<Saved> {
    let head = html.get(..html.floor_char_boundary(HEAD)).unwrap_or(html);
    let mut rest = head;
    while let Some((_, behind)) = rest.split_once("<!--") {
        let (comment, behind) = behind.split_once("-->")?;
        if let Some(saved) = single_file(comment).or_else(|| mark(comment)) {
            return Some(saved);
        }
        rest = behind;
    }
    None
}

fn single_file(comment: &str) -> Option<Saved> {
    let (_, lines) = comment.split_once("Page saved with SingleFile")?;
    let value = |key: &str| {
        let line = lines.lines().find_map(|line| line.trim().strip_prefix(key));
        line.map(str::trim).filter(|value| !value.is_empty())
    };
    let date = value("saved date:");
    Some(Saved {
        url: value("url:").and_then(address),
        note: match date {
            Some(date) => format!(
                "the page was saved with SingleFile on “{}”, which is not its publication date",
                quotable(date, 60)
            ),
            None => "the page was saved with SingleFile; it does not say when".to_owned(),
        },
    })
}

/// `saved from url=(0024)https://…`
fn mark(comment: &str) -> Option<Saved> {
    let url = comment.trim().strip_prefix("saved from url=")?;
    let url = url.split_once(')').map_or(url, |(_, url)| url);
    Some(Saved {
        url: Some(address(url)?),
        note: "the page was saved by a browser; it does not say when".to_owned(),
    })
}

/// An address of the web.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let web = url.starts_with("http://") || url.starts_with("https://");
    let whole = !url.contains(|sign: char| sign.is_whitespace() || sign.is_control());
    (web && whole && url.chars().count() <= LONGEST).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_comment_of_singlefile_is_read() {
        let html = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n \
                    url: https://post.example/ferries \n \
                    saved date: Thu Mar 04 2021 10:00:00 GMT+0100 (CET)\n--><title>x</title>";
        assert_eq!(
            saved(html),
            Some(Saved {
                url: Some("https://post.example/ferries".to_owned()),
                note: "the page was saved with SingleFile on “Thu Mar 04 2021 10:00:00 GMT+0100 \
                       (CET)”, which is not its publication date"
                    .to_owned(),
            })
        );
    }

    #[test]
    fn the_mark_of_browsers_is_read() {
        let found = saved("<!-- saved from url=(0021)https://a.example/b c -->");
        assert_eq!(found, None);
        let found = saved("<!-- x --><!-- saved from url=(0019)https://a.example/b -->").unwrap();
        assert_eq!(found.url.as_deref(), Some("https://a.example/b"));
        assert_eq!(saved("<!-- open"), None);
        assert_eq!(saved("<p>Page saved with SingleFile</p>"), None);
    }
}
