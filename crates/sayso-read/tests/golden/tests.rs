//! The format itself: what is read and how it is written.

use std::ops::Range;

use sayso_reading::QuoteForm;

use super::parse::{self, Care, CueMarks, Marks};
use super::{compare, mistakes, who, write};

const TEXT: &str =
    "She said | he said that he had left the house before the others came.\nHe said so.";

/// A place of one piece.
fn place(range: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(range).collect()
}

/// The file with these rows under Right.
fn reading(rows: &str) -> String {
    let table = "| id | within | who | how | what | quote |\n|---|---|---|---|---|---|";
    format!("# Title\n\n## Right\n\n{table}\n{rows}\n## Missed\n\n## Wrong\n")
}

#[test]
fn a_file_that_the_reader_agrees_with_is_written_as_it_was() {
    let rows = "| a1 | | he | **said**⟨2⟩ | that he had left [..] others came. | indirect |\n\
                | a2 | a1 | said \\| he | **said** so | so. ⟨…⟩ He | mixed |\n";
    let old = parse::expected(&reading(rows), TEXT, Care::Whole).expect("a reading");
    let given = compare::expected(&old.rows);
    let pairs = compare::pair(TEXT, &old.rows, &given);
    assert_eq!(pairs, [Some(0), Some(1)]);
    assert_eq!(
        write::file(TEXT, &old, &given, &pairs, &[]),
        Ok(reading(rows))
    );
}

#[test]
fn cells_number_and_shorten_what_they_name() {
    let flat = parse::flat(TEXT);
    let at = |words: &str| flat.rfind(words).map_or(0..0, |at| at..at + words.len());
    let phrase = at("said so");
    let marks = Marks {
        source: vec![at("He")],
        cue: Some(CueMarks {
            words: vec![phrase.start..phrase.start + 4, phrase.start + 5..phrase.end],
            phrase,
        }),
        content: vec![at("that he had left the house before the others came.")],
        quote: QuoteForm::Indirect,
    };
    let expected = [
        "He",
        "**said** **so**",
        "that he had left [..] the others came.",
        "indirect",
    ];
    assert_eq!(write::cells(&flat, &marks), Ok(expected.map(str::to_owned)));
}

#[test]
fn broken_rows_are_told_with_their_line() {
    for (row, what) in [
        (
            "| a1 | | he | **said** | words | indirect |",
            "line 7: a1, what: the text has no 1. `words`",
        ),
        (
            "| a1 | | he | said | so | indirect |",
            "line 7: a1, how: `said` has no words in **bold**",
        ),
        (
            "| a1 | | he | **said** | so |",
            "line 7: 5 cells instead of 6",
        ),
        (
            "| a1 | a1 | he | **said** | so | indirect |",
            "a1: there is no other row a1",
        ),
        (
            "| a1 | | he | **said** | so | plain |",
            "line 7: a1, quote: `plain` is not direct, mixed or indirect",
        ),
    ] {
        let error = parse::expected(&reading(row), TEXT, Care::Whole)
            .map(|_| ())
            .expect_err(row);
        assert_eq!(error, what);
    }
}

const WHO: &str = "## Who and how surely\n\n\
    | id | kind | name | role | condition | act | certainty | chain |\n\
    |---|---|---|---|---|---|---|---|\n";

/// A reading of one row, with what the second table says of it.
fn with_who(line: &str) -> String {
    let row = "| a1 | | he | **said**⟨2⟩ | that he had left | indirect |\n";
    format!("{}\n{WHO}{line}\n", reading(row))
}

#[test]
fn a_second_table_is_read_and_written_as_it_was() {
    let line = "| a1 | anonymous | - | others | left the house | not say | ? possible \
                | She (person) ← *he⟨2⟩* (anonymous); or (unstated) |\n";
    let old = parse::expected(&with_who(line), TEXT, Care::Whole).expect("a reading");
    let who = &old.who[0];
    assert_eq!(who.doubt, [who::Field::Certainty]);
    assert!(who.facts.negated);
    let [first, other] = who.facts.chains.as_slice() else {
        panic!("two chains");
    };
    assert_eq!(first[0].name.as_deref(), Some("She"));
    assert_eq!(first[0].spans, place(0..3));
    assert_eq!((&first[1].name, &first[1].spans), (&None, &place(11..13)));
    assert!(other[0].spans.is_empty());
    let given = compare::expected(&old.rows);
    let pairs = compare::pair(TEXT, &old.rows, &given);
    let mistakes = ["- kind: a1 null".to_owned()];
    let sorted = write::file(TEXT, &old, &given, &pairs, &mistakes).expect("a file");
    let wanted = format!(
        "{}\n{}\n\n- kind: a1 null\n",
        with_who(line).trim_end().to_owned() + "\n",
        mistakes::HEADING
    );
    assert_eq!(sorted, wanted);
    let again = parse::expected(&sorted, TEXT, Care::Whole).expect("a reading");
    assert_eq!(again.mistakes, mistakes);
}

#[test]
fn broken_lines_of_the_second_table_are_told() {
    for (line, what) in [
        (
            "| a1 | somebody | - | - | - | say | certain | - |",
            "line 17: a1, kind: `somebody` is none of person, organization, publication, \
             document, channel, anonymous, collective, unstated",
        ),
        (
            "| a1 | person | Nobody | - | - | say | certain | - |",
            "line 17: a1, name: the text has no `Nobody`",
        ),
        (
            "| a1 | person | - | - | - | say | certain | others (collective) |",
            "line 17: a1, chain: `others` is collective, so it must stand as *others*",
        ),
        (
            "| a1 | person | - | - | - | say | certain | *others* |",
            "line 17: a1, chain: `*others*` ends with no kind in brackets",
        ),
        (
            "| a2 | person | - | - | - | say | certain | - |",
            "Who and how surely: the truth has no row a2",
        ),
    ] {
        let read = parse::expected(&with_who(line), TEXT, Care::Whole);
        assert_eq!(read.map(|_| ()).expect_err(line), what);
    }
}

#[test]
fn mistakes_stand_by_field_and_value() {
    let line = "| a1 | anonymous | She | - | - | not say | ? possible | *he⟨2⟩* (anonymous) |";
    let old = parse::expected(&with_who(line), TEXT, Care::Whole).expect("a reading");
    let mut says = old.who[0].facts.clone();
    says.name = Some("the she".to_owned());
    says.act = None;
    says.certainty = None;
    says.chains = vec![Vec::new()];
    let of = |facts| mistakes::of(TEXT, &old, &[(facts, place(11..13))], &[Some(0)]);
    let (lines, tallies) = of(says.clone());
    assert_eq!(lines, ["- act: a1 null", "- chain: a1 -"]);
    assert_eq!(tallies.map(|t| t.asked), [1, 1, 1, 1, 1, 1, 0, 1]);
    assert_eq!(tallies.map(|t| t.right), [1, 1, 1, 1, 0, 1, 0, 0]);
    // half of the words are enough, and the source's own words will do for the last hop
    let hop = |spans| who::Hop {
        spans,
        ..old.who[0].facts.chains[0][0].clone()
    };
    says.chains = vec![vec![hop(place(11..18))]];
    assert_eq!(of(says).0, ["- act: a1 null"]);
}

#[test]
fn rewriting_reads_the_truth_through_a_merge() {
    let row = "| a1 | | he | **said**⟨2⟩ | that he had left | indirect |";
    let merged = format!(
        "# Title\n\n## Right\n\n<<<<<<< ours\n{row}\n\n## Missed\n\n=======\n\n## Missed\n\n{row}\n\
         >>>>>>> theirs\n\n## Wrong\n\nno row at all\n\n## Known mistakes\n\n- kind: a7 null\n"
    );
    let read = parse::expected(&merged, TEXT, Care::Truth).expect("a truth");
    assert_eq!((read.rows.len(), read.mistakes.len()), (1, 0));
    assert!(parse::expected(&merged, TEXT, Care::Whole).is_err());
    let other = merged.replacen(" he had left |", " he had |", 1);
    let error = parse::expected(&other, TEXT, Care::Truth)
        .map(|_| ())
        .expect_err("two rows");
    assert_eq!(error, "two rows are called a1");
}
