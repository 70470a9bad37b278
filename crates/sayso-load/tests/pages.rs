//! Web pages: main text, what stands around it, and what a page says about itself.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

use sayso_load::{LoadError, Loaded, Options, from_bytes};
use sayso_reading::BlockKind;

/// A page with all that pages have around an article.
const PAGE: &str = r##"<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Harbour council bans night ferries | Elsin Post</title>
<meta property="og:title" content="Harbour council bans night ferries">
<meta property="og:site_name" content="Elsin Post">
<meta property="article:published_time" content="2021-03-04T22:15:00-08:00">
<meta name="author" content="Lena Ortiz">
<link rel="canonical" href="https://post.example/ferries">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
  {"@type": "WebPage", "@id": "#page", "url": "https://post.example/ferries"},
  {"@type": ["NewsArticle"], "headline": "Harbour council bans night ferries",
   "datePublished": "2021-03-04T22:15:00-08:00", "dateModified": "2021-03-05",
   "author": [{"@id": "#lena"}], "publisher": {"@type": "Organization", "name": "Elsin Post"}},
  {"@type": "Person", "@id": "#lena", "name": "Lena Ortiz"}
]}
</script></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li></ul></nav>
<header><h1>Harbour council bans night ferries</h1>
<h2>Crews warn of empty islands from autumn on</h2>
<p class="byline">By <a rel="author" href="/lena">Lena Ortiz</a></p></header>
<article><div class="story">
<p>ELSIN — The harbour council voted on Thursday to end all ferries after ten at night, its speaker, Marta Klein, said at the town hall.</p>
<p>“Nobody will sleep worse for it,” she told reporters, while outside some two hundred islanders rang their bells and sang until midnight.</p>
<figure><img src="x.jpg" alt=""><figcaption>A ferry leaves the old pier. (Photo: Jonas Beck)</figcaption></figure>
<h3>Islands fear for their schools</h3>
<p>The teachers’ union believes that up to forty pupils will have to board on the mainland, according to a letter seen by this newspaper.</p>
<ul><li>The last boat to Nesh will leave at nine, the council wrote.</li><li>The first one will leave at five, as before.</li></ul>
<p>The council’s own engineers had warned in January that the piers could not be lit for less than a million, a sum that nobody wants to pay.</p>
</div></article>
<aside><h3>Most Popular</h3><ul><li><a href="/a">Minister says he will not resign</a></li><li><a href="/b">Police deny shooting dog</a></li></ul></aside>
<footer><p>© Elsin Post. All rights reserved.</p></footer>
</body></html>"##;

fn load(html: &str, options: &Options) -> Loaded {
    let mut found = from_bytes("page.html", html.as_bytes(), options);
    assert_eq!(found.len(), 1);
    found.remove(0).unwrap()
}

fn blocks(loaded: &Loaded) -> Vec<(BlockKind, &str)> {
    let text = loaded.document.text();
    let words = |span: &sayso_reading::Span| span.slice(text).unwrap();
    loaded
        .document
        .blocks()
        .iter()
        .map(|block| (block.kind, words(&block.span)))
        .collect()
}

fn words_of(loaded: &Loaded, kind: BlockKind) -> Vec<&str> {
    blocks(loaded)
        .into_iter()
        .filter(|(other, _)| *other == kind)
        .map(|(_, words)| words)
        .collect()
}

#[test]
fn the_article_is_found_and_divided() {
    let loaded = load(PAGE, &Options::default());
    let starts: Vec<(BlockKind, &str)> = blocks(&loaded)
        .into_iter()
        .map(|(kind, words)| (kind, words.get(..words.floor_char_boundary(18)).unwrap()))
        .collect();
    assert_eq!(
        starts,
        [
            (BlockKind::Headline, "Harbour council ba"),
            (BlockKind::Subheading, "Crews warn of empt"),
            (BlockKind::Byline, "By Lena Ortiz"),
            (BlockKind::Dateline, "ELSIN —"),
            (BlockKind::Paragraph, "The harbour counci"),
            (BlockKind::Paragraph, "“Nobody will sle"),
            (BlockKind::Caption, "A ferry leaves the"),
            (BlockKind::Subheading, "Islands fear for t"),
            (BlockKind::Paragraph, "The teachers’ un"),
            (BlockKind::List, "The last boat to N"),
            (BlockKind::List, "The first one will"),
            (BlockKind::Paragraph, "The council’s ow"),
        ]
    );
}

#[test]
fn the_page_tells_about_itself() {
    let document = load(PAGE, &Options::default()).document;
    assert_eq!(
        document.title.as_deref(),
        Some("Harbour council bans night ferries")
    );
    assert_eq!(document.byline.as_deref(), Some("Lena Ortiz"));
    assert_eq!(document.publisher.as_deref(), Some("Elsin Post"));
    assert_eq!(
        document.published.as_ref().unwrap().to_string(),
        "2021-03-04"
    );
    assert_eq!(
        document.modified.as_ref().unwrap().to_string(),
        "2021-03-05"
    );
    assert_eq!(
        document.url.as_deref(),
        Some("https://post.example/ferries")
    );
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(document.path.as_deref(), Some("page.html"));
    let [note] = document.notes.as_slice() else {
        panic!("{:?}", document.notes);
    };
    assert!(note.ends_with("characters of the page outside its article were left out; --full-page keeps them, marked"), "{note}");
}

#[test]
fn the_full_page_is_kept_as_boilerplate() {
    let short = load(PAGE, &Options::default());
    let full = load(
        PAGE,
        &Options {
            full_page: true,
            ..Options::default()
        },
    );
    let left_out = words_of(&full, BlockKind::Boilerplate);
    assert_eq!(
        left_out,
        [
            "Home",
            "Sea",
            "Most Popular",
            "Minister says he will not resign",
            "Police deny shooting dog",
            "© Elsin Post. All rights reserved."
        ]
    );
    let read = |loaded: &Loaded| -> Vec<String> {
        let content = blocks(loaded)
            .into_iter()
            .filter(|(kind, _)| *kind != BlockKind::Boilerplate);
        content.map(|(_, words)| words.to_owned()).collect()
    };
    assert_eq!(read(&full), read(&short));
    assert!(full.document.notes.is_empty());
    let count: usize = left_out.iter().map(|words| words.chars().count()).sum();
    assert!(short.document.notes[0].starts_with(&format!("{count} characters")));
}

#[test]
fn contradictions_are_told() {
    let html = PAGE
        .replace(
            "content=\"2021-03-04T22:15:00-08:00\"",
            "content=\"5 March 2021\"",
        )
        .replace("content=\"Lena Ortiz\"", "content=\"By Max Thorne\"")
        .replace("content=\"Elsin Post\"", "content=\"Harbour Times\"");
    let document = load(&html, &Options::default()).document;
    assert_eq!(document.published.unwrap().to_string(), "2021-03-04");
    for note in [
        "the page gives two publication dates: “2021-03-04” (JSON-LD) and “2021-03-05” (article:published_time); the first is kept",
        "the page gives two authors: “Lena Ortiz” (JSON-LD) and “Max Thorne” (author); the first is kept",
        "the page gives two publishers: “Elsin Post” (JSON-LD) and “Harbour Times” (og:site_name); the first is kept",
    ] {
        assert!(
            document.notes.iter().any(|other| other == note),
            "{:?}",
            document.notes
        );
    }
}

#[test]
fn what_a_page_does_not_say_is_told() {
    let bare = PAGE.split_once("<body>").unwrap().1;
    let html = format!(
        "<html><head><script type=application/ld+json>{{oops</script><meta name=date content='last week'></head><body>{bare}"
    );
    let document = load(&html, &Options::default()).document;
    assert_eq!((document.published, document.publisher), (None, None));
    assert_eq!(
        document.title.as_deref(),
        Some("Harbour council bans night ferries")
    );
    assert_eq!(document.byline.as_deref(), Some("Lena Ortiz"));
    for note in [
        "a part of the page's JSON-LD is damaged and was not read",
        "the page’s publication date “last week” is no date that can be read and was left out",
        "the page names no publisher",
    ] {
        assert!(
            document.notes.iter().any(|other| other == note),
            "{:?}",
            document.notes
        );
    }
}

#[test]
fn a_page_without_an_article_is_refused_unless_all_is_wanted() {
    let html = "<html><body><nav><a href=/>Home</a></nav><p>Log in</p></body></html>";
    let error = from_bytes("empty.html", html.as_bytes(), &Options::default())
        .remove(0)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "empty.html: no article was found in the page; --full-page reads all of its text"
    );
    let full = load(
        html,
        &Options {
            full_page: true,
            ..Options::default()
        },
    );
    assert_eq!(full.document.text(), "Home\n\nLog in");
    assert!(
        full.document
            .notes
            .iter()
            .any(|note| note.starts_with("no article was found"))
    );
}

#[test]
fn pages_that_would_hang_the_parser_are_refused() {
    let html = format!("<html><body>{}<p>Words.</p>", "<div>".repeat(200_000));
    let found = from_bytes("deep.html", html.as_bytes(), &Options::default());
    assert!(matches!(found.as_slice(), [Err(LoadError::TooDeep { .. })]));
}

#[test]
fn the_encoding_that_a_page_declares_is_used() {
    let html = PAGE
        .replace("<title>", "<meta charset=windows-1252><title>")
        .replace("“", "\"")
        .replace(['”', '’', '—', '©'], "'");
    let mut bytes = html.into_bytes();
    let at = bytes
        .windows(5)
        .position(|window| window == b"ELSIN")
        .unwrap();
    bytes.splice(at..at + 5, *b"Z\xFCRICH");
    let loaded = from_bytes("page.html", &bytes, &Options::default())
        .remove(0)
        .unwrap();
    assert!(loaded.document.text().contains("ZüRICH"));
    assert_eq!(
        loaded.document.notes[0],
        "the encoding was taken to be windows-1252, as the page says"
    );
}

#[test]
fn a_byline_that_only_readers_see_is_taken() {
    let html = PAGE
        .replace("<meta name=\"author\" content=\"Lena Ortiz\">", "")
        .replace("\"author\": [{\"@id\": \"#lena\"}], ", "")
        .replace(
            "By <a rel=\"author\" href=\"/lena\">Lena Ortiz</a>",
            "By Lena Ortiz and Max Thorne March 4, 2021",
        );
    let loaded = load(&html, &Options::default());
    assert_eq!(
        loaded.document.byline.as_deref(),
        Some("Lena Ortiz and Max Thorne")
    );
    assert_eq!(
        words_of(&loaded, BlockKind::Byline),
        ["By Lena Ortiz and Max Thorne March 4, 2021"]
    );
}

#[test]
fn hidden_scripts_and_longer_titles_are_understood() {
    let html = PAGE
        .replace(
            "<script type=\"application/ld+json\">",
            "<script type=\"application/ld+json\">//<![CDATA[",
        )
        .replace("]}\n</script>", "]}\n//]]></script>")
        .replace(
            "\"headline\": \"Harbour council bans night ferries\"",
            "\"headline\": \"Harbour council bans night ferries | Lena Ortiz\"",
        );
    let loaded = load(&html, &Options::default());
    assert_eq!(
        loaded.document.modified.as_ref().unwrap().to_string(),
        "2021-03-05"
    );
    assert_eq!(
        words_of(&loaded, BlockKind::Headline),
        ["Harbour council bans night ferries"]
    );
}
