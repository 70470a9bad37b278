//! Sentences with the act, certainty, hedge and negation expected: `tests/wording/sentences.tsv`.

use proptest::prelude::*;
use sayso_reading::{Attribution, AttributionId, Cue, Document, Span};

use super::{CueLexicon, fill};
use crate::marked::attribution;
use crate::trace::{Field, Trace};

const SENTENCES: &str = include_str!("../../tests/wording/sentences.tsv");

/// Marks of the source, the cue's verb group, the content, and a content nested in it.
const MARKS: [(char, char); 4] = [('{', '}'), ('<', '>'), ('[', ']'), ('«', '»')];

/// A sentence without its marks, and the pieces that each kind of mark held.
fn unmarked(marked: &str) -> (String, [Vec<Span>; 4]) {
    let mut text = String::new();
    let mut starts = [0; 4];
    let mut pieces: [Vec<Span>; 4] = Default::default();
    for c in marked.chars() {
        if let Some(kind) = MARKS.iter().position(|m| m.0 == c) {
            starts[kind] = text.len();
        } else if let Some(kind) = MARKS.iter().position(|m| m.1 == c) {
            pieces[kind].push(Span::new(starts[kind], text.len()).unwrap());
        } else {
            text.push(c);
        }
    }
    (text, pieces)
}

/// Act, certainty, hedge and negation of a marked sentence, as the table writes them.
fn read(marked: &str, trace: &mut Trace) -> String {
    let (text, [source, cue, content, nested]) = unmarked(marked);
    let document = Document::of_paragraphs(text.clone());
    let mut all = vec![attribution(
        &text,
        0,
        &source,
        cue.first().copied(),
        &content,
    )];
    all.extend((1..).zip(&nested).map(|(n, &piece)| Attribution {
        within: Some(AttributionId::at(0)),
        ..attribution(&text, n, &[], None, &[piece])
    }));
    fill(&document, &CueLexicon::default(), &mut all, trace);
    let first = &all[0];
    let hedge = first.hedge.as_ref().map_or_else(String::new, |h| {
        let words: Vec<&str> = h.spans.iter().filter_map(|s| s.slice(&text)).collect();
        words.join(" + ")
    });
    format!(
        "{}\t{}\t{}\t{}",
        first.act.unwrap(),
        first.certainty.unwrap(),
        hedge,
        if first.negated { "negated" } else { "" },
    )
}

#[test]
fn every_sentence_is_read_as_the_table_says() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in SENTENCES
        .lines()
        .filter(|l| !l.starts_with('#') && !l.is_empty())
        .skip(1)
    {
        let (sentence, expected) = row.split_once('\t').unwrap();
        let expected = format!("{expected}\t\t\t")
            .split('\t')
            .take(4)
            .collect::<Vec<_>>()
            .join("\t");
        let mut trace = Trace::kept();
        let got = read(sentence, &mut trace);
        if got != expected {
            wrong.push(format!(
                "{sentence}\n  expected {expected}\n  got      {got}"
            ));
        }
        for field in [Field::Act, Field::Certainty] {
            assert_eq!(
                trace
                    .steps()
                    .iter()
                    .filter(|s| s.field == field && s.of == AttributionId::at(0).into())
                    .count(),
                1,
                "{sentence}"
            );
        }
        count += 1;
    }
    assert!(count >= 150, "only {count} sentences");
    assert!(
        wrong.is_empty(),
        "{} of {count} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_users_verb_gives_act_certainty_and_base_form() {
    let own = "cue\tpart\tact\tcertainty\tstance\nbloviate\tverb\tclaim\tprobable\tdoubtful\n";
    let lexicon = CueLexicon::default().extended("mine.tsv", own).unwrap();
    let (text, [source, cue, content, _]) = unmarked("{He} <has bloviated> [that all is well].");
    let mut all = vec![attribution(
        &text,
        0,
        &source,
        cue.first().copied(),
        &content,
    )];
    all[0].cue.as_mut().unwrap().lemma = "bloviat".to_owned();
    fill(
        &Document::of_paragraphs(text),
        &lexicon,
        &mut all,
        &mut Trace::default(),
    );
    assert_eq!(all[0].act.unwrap().as_str(), "claim");
    assert_eq!(all[0].certainty.unwrap().as_str(), "probable");
    assert_eq!(all[0].cue.as_ref().unwrap().lemma, "bloviate");
}

proptest! {
    #[test]
    fn no_text_and_no_spans_make_it_panic(
        text in "([a-zé’'\".,?!—\n ]|may|could|not|if|that|said|claimed|to|no|might|ruled out|May 5){0,40}",
        places in proptest::collection::vec((0usize..300, 0usize..300), 4..12),
    ) {
        let spans: Vec<Span> = places.iter().map(|&(a, b)| Span::new(a.min(b), a.max(b)).unwrap()).collect();
        let mut all: Vec<Attribution> = spans
            .chunks(3)
            .enumerate()
            .map(|(number, three)| {
                let mut a = attribution("", number, three, None, three);
                a.cue = three.get(1).map(|&phrase| Cue { spans: three[0].into(), lemma: String::new(), phrase });
                a
            })
            .collect();
        fill(&Document::of_paragraphs(text), &CueLexicon::default(), &mut all, &mut Trace::kept());
        prop_assert!(all.iter().all(|a| a.act.is_some() && a.certainty.is_some()));
        prop_assert!(all.iter().all(|a| a.hedge.as_ref().is_none_or(|h| !h.spans.is_empty())));
    }
}
