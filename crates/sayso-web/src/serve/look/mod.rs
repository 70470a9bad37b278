//! How pages look: what stands around them, and the parts they share.

pub(crate) mod graph;
pub(crate) mod ledger;
pub(crate) mod parts;
pub(crate) mod standing;
pub(crate) mod timeline;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::asked::Around;
use super::links;
use crate::output::html::{SCRIPT, STYLE as READING, rules};

/// The pages that lead on, as they stand at the top.
const PAGES: [(&str, &str); 8] = [
    ("/search", "Search"),
    ("/stories", "Stories"),
    ("/claims", "Claims"),
    ("/sources", "Sources"),
    ("/heard", "Who gets heard"),
    ("/coding", "Coding"),
    ("/review", "Review"),
    ("/add", "Add"),
];

/// The style sheet: that of single readings, and what pages of a case have beside.
pub(crate) fn style() -> String {
    format!("{READING}{}{}", include_str!("style.css"), rules())
}

/// The script: that of single readings, and the keys of the review.
pub(crate) fn script() -> String {
    format!("{SCRIPT}{}", include_str!("script.js"))
}

/// A whole page.
pub(crate) fn frame(around: &Around, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) @if !around.case.is_empty() { " · " (around.case) } " · sayso" }
            link rel="stylesheet" href="/look/style.css";
            link rel="icon" href="data:,";
            script src="/look/script.js" defer {}
        }
        body.case {
            a.skip href="#main" { "To the page" }
            header.site {
                a.home href="/" { "sayso" @if !around.case.is_empty() { span.case { " " bdi { (around.case) } } } }
                nav aria-label="pages" {
                    ul {
                        @for (path, words) in PAGES {
                            @let here = around.path == path;
                            li { a href=(path) aria-current=[here.then_some("page")] { (words) } }
                        }
                    }
                }
                @if around.path != "/search" && around.path != "/" {
                    form.ask action="/search" role="search" {
                        input type="search" name="q" value=(around.question) aria-label="search" placeholder="Search";
                    }
                }
            }
            main id="main" { (body) }
            (foot(around))
        }
        (PreEscaped("</html>"))
    }
}

/// The same page as data, and who may do what.
fn foot(around: &Around) -> Markup {
    let path = if around.path == "/" {
        "/start"
    } else {
        around.path.as_str()
    };
    let query = if around.query.is_empty() {
        String::new()
    } else {
        format!("?{}", around.query)
    };
    html! {
        footer.site {
            @if !around.case.is_empty() {
                p {
                    "This page as " a href={ (path) ".json" (query) } { "JSON" }
                    @if around.has_table { " · " a href={ (path) ".csv" (query) } { "CSV" } }
                }
                p {
                    "sayso shows who says so, and never what is true. Nothing leaves this machine."
                }
            }
        }
    }
}

/// What is said instead of a page.
pub(crate) fn problem(title: &str, detail: &str) -> Markup {
    html! {
        h1 { (title) }
        p.problem { (detail) }
        p { a href="/" { "To the start" } }
    }
}

/// A link to the page behind this one.
pub(crate) fn next(path: &str, pairs: &[(&str, &str)], after: Option<&str>) -> Markup {
    html! {
        @if let Some(after) = after {
            @let all: Vec<_> = pairs.iter().copied().chain([("after", after)]).collect();
            p.next { a rel="next" href=(links::with(path, &all)) { "More" } }
        }
    }
}
