//! Feeds: one document an entry.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

mod support;

use proptest::prelude::*;
use sayso_load::Options;

use support::{FIRST, SECOND, has_note, load, sentence, survives_damage, told};

fn rss() -> String {
    format!(
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>\
         <title>Elsin Post &#8211; News</title><link>https://post.example/</link>\
         <language>en-gb</language><image><title>no</title></image>\
         <item><title>A bridge &amp;amp; a ferry</title><link>https://post.example/1</link>\
         <dc:creator><![CDATA[Lena Ortiz]]></dc:creator>\
         <pubDate>Thu, 04 Mar 2021 23:30:00 -0800</pubDate>\
         <description>Short.</description>\
         <content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>\
         <item><guid>https://post.example/2</guid><description>&lt;b&gt;Only&lt;/b&gt; a \
         summary.</description><author>b@post.example (Ben Roe)</author>\
         <pubDate>soon</pubDate></item>\
         <item><title>Nothing</title></item></channel></rss>"
    )
}

fn atom() -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Orbis</title>\
         <author><name>Orbis Desk</name></author>\
         <entry><title type='html'>A &lt;i&gt;bridge&lt;/i&gt;</title>\
         <link rel='self' href='https://orbis.example/feed'/>\
         <link href='https://orbis.example/1'/><updated>2021-03-05T01:00:00Z</updated>\
         <content type='xhtml'><div><p>{FIRST} <b>1 &lt; 2</b></p></div></content></entry>\
         <entry><source><title>Elsin Post</title></source><author><name>Lena \
         Ortiz</name></author><published>2021-03-04</published>\
         <summary>{SECOND} &lt;p&gt;</summary></entry></feed>"
    )
}

#[test]
fn entries_of_rss_become_documents() {
    for name in ["a.rss", "a.xml", "stream"] {
        let found = load(name, rss().as_bytes());
        assert_eq!(
            told(&found),
            [
                format!("{name}, entry 1: https://post.example/1"),
                format!("{name}, entry 2: https://post.example/2"),
                format!("{name}, entry 3: holds no text; leave it out or check how it was saved"),
            ]
        );
        let document = &found[0].as_ref().unwrap().document;
        assert_eq!(document.text(), format!("{FIRST}\n\n{SECOND}"));
        assert_eq!(document.title.as_deref(), Some("A bridge & a ferry"));
        assert_eq!(document.byline.as_deref(), Some("Lena Ortiz"));
        assert_eq!(document.publisher.as_deref(), Some("Elsin Post – News"));
        assert_eq!(
            document.published.as_ref().unwrap().to_string(),
            "2021-03-04"
        );
        assert!(!has_note(document, "the feed gives no full text"));
        let document = &found[1].as_ref().unwrap().document;
        assert_eq!(document.text(), "Only a summary.");
        assert_eq!(document.byline.as_deref(), Some("Ben Roe"));
        assert!(has_note(
            document,
            "the feed gives no full text of this entry"
        ));
        assert!(has_note(
            document,
            "the entry’s publication date “soon” is no date"
        ));
    }
}

#[test]
fn entries_of_atom_become_documents() {
    let found = load("a.atom", atom().as_bytes());
    assert_eq!(found.len(), 2, "{found:?}");
    let document = &found[0].as_ref().unwrap().document;
    assert_eq!(document.text(), format!("{FIRST} 1 < 2"));
    assert_eq!(document.title.as_deref(), Some("A bridge"));
    assert_eq!(document.url.as_deref(), Some("https://orbis.example/1"));
    assert_eq!(document.byline.as_deref(), Some("Orbis Desk"));
    assert_eq!(document.publisher.as_deref(), Some("Orbis"));
    assert_eq!(document.published, None);
    assert_eq!(
        document.modified.as_ref().unwrap().to_string(),
        "2021-03-05"
    );
    assert!(has_note(
        document,
        "the entry gives no publication date, only when it was last"
    ));
    let document = &found[1].as_ref().unwrap().document;
    assert_eq!(document.text(), format!("{SECOND} <p>"));
    assert_eq!(document.byline.as_deref(), Some("Lena Ortiz"));
    assert_eq!(document.publisher.as_deref(), Some("Elsin Post"));
}

#[test]
fn rdf_feeds_are_read() {
    let rdf = "<?xml version='1.0'?><rdf:RDF><channel><title>Orbis</title></channel>\
               <item><title>A</title><link>https://orbis.example/1</link><dc:date>2021-03-04\
               </dc:date><description>Words.</description></item></rdf:RDF>";
    let found = load("a.rss", rdf.as_bytes());
    let document = &found[0].as_ref().unwrap().document;
    assert_eq!(document.publisher.as_deref(), Some("Orbis"));
    assert_eq!(
        document.published.as_ref().unwrap().to_string(),
        "2021-03-04"
    );
}

#[test]
fn a_feed_that_breaks_off_gives_what_it_has() {
    let whole = rss();
    let cut = whole.find("<item><guid>").unwrap() + 20;
    assert_eq!(
        told(&load("a.rss", &whole.as_bytes()[..cut])),
        [
            "a.rss, entry 1: https://post.example/1",
            "a.rss: is no feed that can be read (it breaks off or is no XML behind its entry 1); \
             save or fetch it again"
        ]
    );
}

#[test]
fn other_xml_is_told_and_passed_over_in_folders() {
    let other = b"<?xml version='1.0'?><urlset><url/></urlset>";
    assert_eq!(
        sentence("a.xml", other, &Options::default()),
        "a.xml: is XML but neither a feed nor a web page; save it as plain text first"
    );
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("map.xml"), other).unwrap();
    std::fs::write(folder.path().join("news.xml"), rss()).unwrap();
    let named = [folder.path().display().to_string()];
    let found: Vec<_> = sayso_load::load(named, &Options::default()).collect();
    assert_eq!(found.len(), 3);
}

#[test]
fn damage_never_ends_the_program() {
    survives_damage("a.rss", rss().as_bytes(), &Options::default());
    survives_damage("a.atom", atom().as_bytes(), &Options::default());
    let deep = format!(
        "<rss><channel><item><description>{}",
        "&lt;b&gt;".repeat(5000)
    );
    load("a.rss", deep.as_bytes());
    let doctype = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><rss><channel><item>\
                   <description>&b;</description></item></channel></rss>";
    let found = load("a.rss", doctype.as_bytes());
    assert_eq!(found[0].as_ref().unwrap().document.text(), "&b;");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_panic(
        lines in prop::collection::vec(prop::sample::select(vec![
            "<rss>", "<feed>", "<item>", "</item>", "<entry>", "</entry>", "<title>", "</title>",
            "<content type='xhtml'>", "</content>", "<author>", "<name>", "<![CDATA[", "]]>",
            "<!--", "-->", "&#x110000;", "&amp;", "<link href='", "'/>", "<?x", "<!DOCTYPE [", "é",
        ]), 0..40),
        end in prop::collection::vec(any::<u8>(), 0..50),
    ) {
        let bytes = [lines.concat().as_bytes(), &end].concat();
        load("a.rss", &bytes);
    }
}
