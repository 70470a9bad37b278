//! Blocks of plain texts: what belongs to the report and what to the page.

#![allow(clippy::unwrap_used, reason = "tests state what must hold")]

use proptest::prelude::*;
use sayso_load::{Options, explain_blocks, from_bytes};
use sayso_reading::{Block, BlockKind};

fn outline(text: &str) -> Vec<(BlockKind, &'static str, String)> {
    let told = explain_blocks(text).into_iter();
    told.map(|told| {
        (
            told.block.kind,
            told.rule,
            told.block.span.slice(text).unwrap().to_owned(),
        )
    })
    .collect()
}

/// The kind and rule of a line between paragraphs.
fn within(line: &str) -> (BlockKind, &'static str) {
    let paragraph = "The harbour master told the council that no ship had left since Sunday.\n\n";
    let text = format!("{}{line}\n\n{}", paragraph.repeat(10), paragraph.repeat(10));
    let (kind, rule, _) = outline(&text).remove(10);
    (kind, rule)
}

/// The kind and rule of a last line.
fn last(line: &str) -> (BlockKind, &'static str) {
    let paragraph = "The harbour master told the council that no ship had left since Sunday.\n\n";
    let (kind, rule, _) = outline(&format!("{}{line}", paragraph.repeat(10)))
        .pop()
        .unwrap();
    (kind, rule)
}

#[test]
fn what_belongs_to_the_page_is_told() {
    for (line, rule) in [
        ("* * *", "separator"),
        ("<div class=\"gate\" data-x", "markup"),
        ("priority=\"high\"", "attribute"),
        (".story p {", "stylesheet"),
        ("This video is not available in your country", "media-error"),
        ("Skip to main content", "skip-link"),
        ("Story continues below", "continue-link"),
        ("ADVERTISEMENT", "advertisement"),
        ("We use cookies to make this site better.", "cookies"),
        ("Print this article", "print-link"),
        ("Share on Facebook Share on Twitter", "share"),
        ("Follow Lena Ortiz on Twitter @lenaortiz", "follow"),
        ("Sign up for our morning newsletter!", "newsletter"),
        ("Get the latest news in your inbox every day.", "newsletter"),
        ("12 Comments", "comment-box"),
        (
            "Read more: Officials say trawler had no licence",
            "read-more",
        ),
        ("RELATED: Who owns the harbour?", "read-more"),
        ("Watch the full interview below:", "read-here"),
        ("The islands will get a new school next year.More", "teaser"),
        ("© Elsin Post 2021", "copyright"),
        (
            "This story has been updated with the council’s answer.",
            "updated-note",
        ),
        ("4 min read", "reading-time"),
        ("Most Popular", "list-heading"),
        ("More from Elsin Post", "list-heading"),
    ] {
        assert_eq!(within(line), (BlockKind::Boilerplate, rule), "{line}");
    }
}

#[test]
fn credits_captions_and_stamps_are_told() {
    for (line, kind, rule) in [
        (
            "(Reporting by Lena Ortiz; editing by Max Thorne)",
            BlockKind::Credit,
            "reporting-credit",
        ),
        ("(AP)", BlockKind::Credit, "agency"),
        ("— Reuters", BlockKind::Credit, "agency"),
        ("Photo: Jonas Beck", BlockKind::Credit, "photo-credit"),
        (
            "Jonas Beck via Getty Images",
            BlockKind::Credit,
            "photo-agency",
        ),
        (
            "The old pier in winter. (Jonas Beck/AFP)",
            BlockKind::Caption,
            "caption",
        ),
        (
            "A ferry leaves the old pier (file photo).",
            BlockKind::Caption,
            "caption",
        ),
        (
            "Published: March 4, 2021, 10:15 a.m. EST",
            BlockKind::Dateline,
            "date-stamp",
        ),
        ("Thursday, 4 March 2021", BlockKind::Dateline, "date-stamp"),
        ("7:30 p.m.", BlockKind::Dateline, "time-stamp"),
    ] {
        assert_eq!(within(line), (kind, rule), "{line}");
    }
}

#[test]
fn what_stands_behind_a_report_is_told() {
    for (line, kind, rule) in [
        (
            "Associated Press writer Max Thorne in Nesh contributed to this report.",
            BlockKind::Credit,
            "contributors",
        ),
        ("By Lena Ortiz and Max Thorne", BlockKind::Byline, "byline"),
        ("Author: Lena Ortiz", BlockKind::Byline, "byline"),
        (
            "Lena Ortiz is a staff writer who covers harbours. Follow her on Twitter.",
            BlockKind::Boilerplate,
            "author-note",
        ),
        (
            "Max Thorne, a former pilot, is the author of two books on fog.",
            BlockKind::Boilerplate,
            "author-note",
        ),
        (
            "The author is a fellow at the Institute for Harbours.",
            BlockKind::Boilerplate,
            "author-note",
        ),
        (
            "The views expressed in this article are the author’s own.",
            BlockKind::Boilerplate,
            "opinions",
        ),
        (
            "Published by Elsin Post, the islands’ paper - on March 4, 2021",
            BlockKind::Boilerplate,
            "published-by",
        ),
    ] {
        assert_eq!(last(line), (kind, rule), "{line}");
    }
}

#[test]
fn what_belongs_to_the_report_is_left_in_it() {
    for line in [
        "“Read more,” the teacher told her pupils, and closed the library.",
        "The minister said that readers should subscribe to nothing.",
        "Follow the money, the prosecutor urged the jury on Tuesday.",
        "By Friday, two hundred islanders had signed the letter, the council said.",
        "Photographs of the ship were shown to the court, a clerk said.",
        "Related documents show that the harbour was sold, two officials said.",
        "Police said that all rights of way would be reserved for buses.",
        "Comments by the mayor angered the crews.",
        "He asked for more.",
        "“We want more”",
        "Share prices fell after the council announced the ban.",
        "The story was updated by each witness in turn, the judge said.",
        "Editing the tape was a crime, the prosecutor said.",
        "See the ship and you will believe it, she said.",
        "More from the islands will follow if the boats stop, the mayor warned.",
        "Reuters reported on Monday that the harbour would be sold.",
        "Copyright was not the point, the writer told the court; money was.",
    ] {
        assert_eq!(within(line).0, BlockKind::Paragraph, "{line}");
    }
    for line in [
        "Jonas Beck, who owns the trawler, is a man of few words, his sister said.",
        "The Harbour Union is planning a strike, its leader told reporters.",
        "Marta Klein is the speaker of the council.",
    ] {
        assert_eq!(last(line).0, BlockKind::Paragraph, "{line}");
    }
}

#[test]
fn a_person_of_the_report_is_no_author() {
    let text = "Jonas Beck told the council that the crew was lost.\n\nBeck is a professor of shipping at Elsin.\n\nJonas Beck is a professor of shipping at Elsin.";
    assert!(
        outline(text)
            .iter()
            .all(|(kind, _, _)| *kind == BlockKind::Paragraph)
    );
}

#[test]
fn a_page_saved_as_text_is_divided() {
    let text = "You see a page from the old site of Elsin Post that is no longer updated. Visit to view the new site.\n\n\
        Ferries to end at ten\n\nCrews warn of empty islands\n\nBy Lena Ortiz\n\nMarch 4, 2021\n\n\
        ELSIN, March 4 (Coastal News Agency) — The council voted to end night ferries, its speaker said.\n\n\
        Fear for the schools\n\nTeachers believe that forty pupils will have to board on the mainland.\n\n\
        They named:\n\n- the school at Nesh\n- the school at Holm\n\n\
        Elsin in Brief\nA new bell was hung in the tower of the old church on Monday.More\nThe market will move to the square behind the town hall.More\n\n\
        Most Popular\n\nMinister says he will not resign\nPolice deny shooting dog\n\n© Elsin Post. All rights reserved.\n";
    let found: Vec<(BlockKind, &str)> = outline(text)
        .into_iter()
        .map(|(kind, rule, _)| (kind, rule))
        .collect();
    assert_eq!(
        found,
        [
            (BlockKind::Boilerplate, "old-page"),
            (BlockKind::Headline, "first-line"),
            (BlockKind::Subheading, "under-headline"),
            (BlockKind::Byline, "byline"),
            (BlockKind::Dateline, "date-stamp"),
            (BlockKind::Dateline, "dateline"),
            (BlockKind::Paragraph, "paragraph"),
            (BlockKind::Subheading, "short-line"),
            (BlockKind::Paragraph, "paragraph"),
            (BlockKind::Paragraph, "paragraph"),
            (BlockKind::List, "bullet"),
            (BlockKind::List, "bullet"),
            (BlockKind::Boilerplate, "teasers"),
            (BlockKind::Boilerplate, "teasers"),
            (BlockKind::Boilerplate, "teasers"),
            (BlockKind::Boilerplate, "list-heading"),
            (BlockKind::Boilerplate, "listed-page"),
            (BlockKind::Boilerplate, "listed-page"),
            (BlockKind::Boilerplate, "copyright"),
        ]
    );
}

#[test]
fn a_list_of_pages_ends_where_the_report_goes_on() {
    let text = "Ferries to end at ten\n\nThe council voted to end night ferries, its speaker said.\n\nRelated stories\n\n\
        Minister says he will not resign\n\nThe vote was close, two members of the council said afterwards.\n\nAn end in sight\n\nIt will be repeated in May.";
    let kinds: Vec<BlockKind> = outline(text).into_iter().map(|(kind, _, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Headline,
            BlockKind::Paragraph,
            BlockKind::Boilerplate,
            BlockKind::Boilerplate,
            BlockKind::Paragraph,
            BlockKind::Subheading,
            BlockKind::Paragraph,
        ]
    );
}

#[test]
fn transcripts_and_single_lines_stay_paragraphs() {
    let text = "Transcript of the hearing\n\nKLEIN: When did the boat leave?\n\nBECK: On Sunday.\n\nKLEIN: Who saw it";
    let kinds: Vec<BlockKind> = outline(text).into_iter().map(|(kind, _, _)| kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Headline,
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Paragraph
        ]
    );
    assert_eq!(
        outline("Police deny shooting dog")[0].0,
        BlockKind::Paragraph
    );
    assert_eq!(
        outline("Sign up for our newsletter")[0].0,
        BlockKind::Paragraph
    );
    assert!(outline(" \n ").is_empty());
}

/// Blocks in order, apart, on characters, and holding all that is not white space.
fn hold(text: &str, blocks: &[Block]) {
    let mut end = 0;
    for block in blocks {
        assert!(block.span.start() >= end && block.span.slice(text).is_some());
        assert!(text[end..block.span.start()].trim().is_empty());
        end = block.span.end();
    }
    assert!(text[end..].trim().is_empty());
}

/// Texts of pieces that the rules look for.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "ELSIN — ",
        "(AP) ",
        "By Lena Ortiz",
        "Most Popular",
        "\n",
        "\n\n",
        " ",
        "More",
        ".More\n",
        "Photo: ",
        "“Yes,” ",
        "é",
        "\u{A0}",
        "Read more: ",
        "KESH, Oct 4 (Orbis) - Rebels",
        "- item\n",
        "said",
        ". ",
        "©",
        "\t",
        "7 p.m.",
        "<b>",
        "\u{3000}",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn blocks_hold_any_text(text in any::<String>()) {
        let blocks: Vec<Block> = explain_blocks(&text).into_iter().map(|told| told.block).collect();
        hold(&text, &blocks);
    }

    #[test]
    fn blocks_hold_texts_of_known_pieces(text in pieces()) {
        let blocks: Vec<Block> = explain_blocks(&text).into_iter().map(|told| told.block).collect();
        hold(&text, &blocks);
    }

    #[test]
    fn any_bytes_are_loaded_or_refused(bytes in any::<Vec<u8>>(), name in prop::sample::select(vec!["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a"])) {
        for loaded in from_bytes(name, &bytes, &Options::default()).into_iter().flatten() {
            hold(loaded.document.text(), loaded.document.blocks());
        }
    }

    #[test]
    fn pages_of_any_tags_are_loaded_or_refused(tags in prop::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div>", "</div>", "<br>", "<h1>", "<ul>", "<li>", "<table><tr><td>", "</table>", "<b>", "<a href=x>", "</a>",
        "Some words that a mayor said on Monday, and others, too. ", "By Lena Ortiz", "<pre>\n", "<time>1 May 2021</time>", "é", "&nbsp;",
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[1,{}]}</script>", "<figure><figcaption>",
    ]), 0..60), full_page in any::<bool>()) {
        let options = Options { full_page, ..Options::default() };
        for loaded in from_bytes("a.html", tags.concat().as_bytes(), &options).into_iter().flatten() {
            hold(loaded.document.text(), loaded.document.blocks());
        }
    }
}
