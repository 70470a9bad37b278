//! The figures on labelled texts equal those of the scorer that defines the measures: the
//! expected ones in `data/eval` were written by it once, over the texts beside them.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![allow(clippy::float_cmp, reason = "all right is exactly 100 per cent")]

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::slice;

use proptest::prelude::*;
use sayso::eval::{
    Evaluation, GoldDocument, Marked, Prediction, Request, Unread, evaluate, holds_attributions,
    read_gold, read_predictions, score, score_nested,
};
use sayso_reading::{
    Attribution, AttributionId, Cue, Document, QuoteForm, Reader, Reading, Scalars, Score, Source,
    Span, Spans, Stretch,
};
use serde_json::Value;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/eval")
        .join(name)
}

fn expected(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(data(name)).unwrap()).unwrap()
}

/// Evaluates without a reader.
fn evaluated(gold: &str, readings: &str, nested: bool) -> Evaluation {
    let request = Request {
        gold: vec![data(gold)],
        inputs: vec![data(readings)],
        nested,
    };
    evaluate(&request, |_| Err("all is read already".into())).unwrap()
}

/// As the program writes it, so that numbers are compared digit by digit.
fn written(evaluation: &Evaluation) -> Value {
    serde_json::from_str(&serde_json::to_string(evaluation).unwrap()).unwrap()
}

#[test]
fn figures_equal_the_defining_scorer() {
    let mut figures = written(&evaluated("gold.jsonl", "readings.jsonl", false));
    let counts = figures["counts"].as_object_mut().unwrap();
    assert_eq!(counts.remove("predicted_twice"), Some(0.into()));
    assert_eq!(figures, expected("expected.json"));
}

#[test]
fn nested_figures_equal_the_scorer_of_whole_readings() {
    let nested = evaluated("gold-readings.json", "readings.jsonl", true)
        .nested
        .unwrap();
    let expected = expected("expected-nested.json");
    for (found, name) in [
        (&nested.half, "attribution"),
        (&nested.content, "attribution_content"),
    ] {
        let expected = &expected[name];
        // That scorer rounds to two digits.
        let near = |ours: f64, field: &Value| {
            let theirs = field.as_f64().unwrap();
            assert!(
                (ours - theirs).abs() < 0.006,
                "{name}: {ours}, not {theirs}"
            );
        };
        near(found.prf.p, &expected["precision"]);
        near(found.prf.r, &expected["recall"]);
        near(found.prf.f1, &expected["f1"]);
        let interval = found.f1_95.unwrap();
        near(interval[0], &expected["interval"][0]);
        near(interval[1], &expected["interval"][1]);
        let counts = [found.right, found.spurious, found.missed];
        let theirs = ["hit", "spurious", "missed"].map(|field| expected[field].clone());
        assert_eq!(counts.map(Value::from), theirs);
    }
}

#[test]
fn the_table_shows_the_same_figures() {
    let evaluation = evaluated("gold.jsonl", "readings.jsonl", true);
    let table = evaluation.to_string();
    for line in [
        "per cent                   P       R      F1     gold   found   right",
        "exact source            53.3    66.7    59.3       12      15       8",
        "half                    43.8    50.0    46.7       14      16       7",
        "half, direct                     0.0                1               0",
        "Documents: 5.",
        "F1 of half, 95 % interval over documents: 13.3 to 72.7.",
        "Where contents agree, the source agrees too in 75.0 %, the cue in 83.3 %.",
    ] {
        assert!(
            table.lines().any(|found| found == line),
            "no “{line}” in\n{table}"
        );
    }
    assert!(
        table
            .lines()
            .all(|line| line.len() <= 80 && line.trim_end() == line)
    );
    let notes = evaluation.notes();
    assert_eq!(notes.len(), 4, "{notes:?}");
    assert!(notes[0].starts_with("1 labelled text has no reading"));
}

#[test]
fn a_gold_in_the_form_of_readings_is_compared_by_the_smallest_cues() {
    let figures = evaluated("gold-readings.json", "readings.jsonl", false).measures;
    let wide = evaluated("gold.jsonl", "readings.jsonl", false).measures;
    assert_eq!((figures.counts.cue_right, wide.counts.cue_right), (12, 9));
    assert_eq!(figures.exact.content, wide.exact.content);
    // The form of quotation is the reading's `quote`.
    assert_eq!(figures.half_recall.mixed.unwrap().gold, 3);
    assert_eq!(figures.half_recall.unknown, None);
}

#[test]
fn packed_files_and_standard_forms_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let packed = folder.path().join("gold.jsonl.gz");
    let file = fs::File::create(&packed).unwrap();
    let mut writer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    writer
        .write_all(&fs::read(data("gold.jsonl")).unwrap())
        .unwrap();
    writer.finish().unwrap();
    assert_eq!(
        read_gold(&[packed]).unwrap(),
        read_gold(&[data("gold.jsonl")]).unwrap()
    );
    let predictions = read_predictions(&data("readings.jsonl")).unwrap();
    assert_eq!(predictions.len(), 5);
}

#[test]
fn without_readings_the_golds_own_texts_are_read() {
    let request = Request {
        gold: vec![data("gold.jsonl")],
        ..Request::default()
    };
    let gold = read_gold(&request.gold).unwrap();
    let read = |unread| {
        let Unread::Gold(documents) = unread else {
            panic!("{unread:?}");
        };
        let texts: Vec<_> = documents.iter().map(Document::text).collect();
        assert_eq!(
            texts,
            gold.iter().map(|g| g.text.as_str()).collect::<Vec<_>>()
        );
        Ok(gold.iter().map(own).collect())
    };
    let evaluation = evaluate(&request, read).unwrap();
    assert_eq!(evaluation.measures.half.prf.f1, 100.0);
    assert!(evaluation.notes().is_empty());
}

#[test]
fn inputs_without_attributions_are_given_to_the_reader() {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts.jsonl");
    fs::write(&texts, "{\"id\": \"quiet\", \"text\": \"…\"}\n").unwrap();
    assert!(holds_attributions(&data("readings.jsonl")));
    assert!(!holds_attributions(&texts));
    assert!(!holds_attributions(folder.path()));
    assert!(!holds_attributions(&folder.path().join("absent")));
    let request = Request {
        gold: vec![data("gold.jsonl")],
        inputs: vec![data("readings.jsonl"), texts.clone()],
        nested: false,
    };
    let mut given = None;
    let evaluation = evaluate(&request, |unread| {
        given = Some(unread);
        Ok(Vec::new())
    });
    assert_eq!(evaluation.unwrap().measures.counts.half_right, 7);
    assert_eq!(given, Some(Unread::Inputs(vec![texts])));
    let error = evaluate(&request, |_| Err("the weights are damaged".into())).unwrap_err();
    assert_eq!(error.to_string(), "the weights are damaged");
}

/// The sentence for a gold file with these lines.
fn complaint(lines: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gold.jsonl");
    fs::write(&file, lines).unwrap();
    let sentence = read_gold(&[file]).unwrap_err().to_string();
    let folder = format!("{}/", folder.path().display());
    assert!(sentence.contains(&folder), "no place in “{sentence}”");
    sentence.replace(&folder, "")
}

#[test]
fn bad_gold_is_named_by_file_line_and_fault() {
    let good = r#"{"id": "a", "text": "He left, she said.", "attributions": []}"#;
    for (bad, part) in [
        ("{\"id\": \"b", "line 2, column 9: broken JSON"),
        ("7", "line 2: expected a JSON object"),
        ("{\"text\": \"\"}", "line 2: the document has no “id”"),
        ("{\"id\": \"b\"}", "line 2: the document “b” has no “text”"),
        (
            "{\"id\": \"b\", \"text\": \"\"}",
            "“b” has no list of “attributions”",
        ),
        (
            good,
            "line 2: the document “a” stands in gold.jsonl, line 1 already",
        ),
        (
            r#"{"id": "b", "text": "é", "attributions": [{}, {"cue": [[0, 2]]}]}"#,
            "line 2: document “b”, attribution 2: the span 0..2 ends outside the text, which has 1",
        ),
        (
            r#"{"id": "b", "text": "é", "attributions": [{"kind": "quoted"}]}"#,
            "kind: \"quoted\" is none of direct, mixed, indirect",
        ),
        (
            r#"{"id": "b", "text": "é", "attributions": [{"source": ["Ann"]}]}"#,
            "source: \"Ann\" is no span",
        ),
    ] {
        let sentence = complaint(&format!("{good}\n{bad}\n"));
        assert!(sentence.contains(part), "no “{part}” in “{sentence}”");
    }
    assert!(complaint("\n\n").contains("no labelled text"));
    let folder = read_gold(&[data("")]).unwrap_err().to_string();
    assert!(
        folder.contains("a folder; name the files in it"),
        "{folder}"
    );
    let missing = read_gold(&["no/such/gold.jsonl"]).unwrap_err().to_string();
    assert!(missing.starts_with("no/such/gold.jsonl: "), "{missing}");
}

#[test]
fn a_reading_in_hand_is_the_same_as_its_json() {
    let mut reading = Reading::of(
        Document::of_paragraphs("“Né,” a baker has also said."),
        Reader {
            version: "0.1.0".to_owned(),
            model: "sha256:0".to_owned(),
        },
    );
    let span = |start, end| Span::new(start, end).unwrap();
    reading.attributions.push(Attribution {
        id: AttributionId::at(0),
        within: None,
        cue: Some(Cue {
            spans: span(28, 32).into(),
            lemma: "say".to_owned(),
            phrase: span(19, 32),
        }),
        source: Source {
            spans: span(11, 18).into(),
            ..Source::default()
        },
        content: Stretch {
            spans: Spans::from_pieces([span(0, 10)]),
        },
        quote: QuoteForm::Direct,
        act: None,
        certainty: None,
        hedge: None,
        negated: false,
        chain: Vec::new(),
        score: Score::clamped(0.9),
    });
    let reading = reading.to_scalars().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("readings.jsonl");
    fs::write(&file, serde_json::to_string(&reading).unwrap()).unwrap();
    let mut ours = Prediction::from(&reading);
    // What was found is not asked for its form, so that JSON is not either.
    ours.attributions[0].form = None;
    assert_eq!(read_predictions(&file).unwrap(), [ours]);
}

/// A document as its own prediction.
fn own(gold: &GoldDocument) -> Prediction {
    Prediction {
        id: Some(gold.id.clone()),
        attributions: gold.attributions.clone(),
        ..Prediction::default()
    }
}

fn as_gold(id: usize, text: &str, attributions: Vec<Marked>) -> GoldDocument {
    GoldDocument {
        id: id.to_string(),
        text: text.to_owned(),
        attributions,
        smallest_cues: false,
    }
}

const TEXT: &str = "“No, é” she: x.  Ok 😀, “a b\n c” d; e f g";

fn spans() -> impl Strategy<Value = Vec<Span<Scalars>>> {
    let span = (0..40_usize, 1..12_usize).prop_map(|(s, n)| Span::new(s, s + n).unwrap());
    proptest::collection::vec(span, 0..3)
}

fn marked() -> impl Strategy<Value = Marked> {
    (
        spans(),
        spans(),
        spans(),
        proptest::option::of(spans()),
        0..6_u8,
    )
        .prop_map(|(source, cue, content, phrase, nested)| Marked {
            nested: nested == 0,
            source,
            cue,
            phrase,
            // What has no content can be matched with nothing.
            content: [content, vec![Span::new(1, 3).unwrap()]].concat(),
            ..Marked::default()
        })
}

fn attributions() -> impl Strategy<Value = Vec<Marked>> {
    proptest::collection::vec(marked(), 0..7)
}

proptest! {
    #[test]
    fn a_document_against_itself_is_all_right(documents in proptest::collection::vec(attributions(), 0..4)) {
        let gold: Vec<_> = documents.into_iter().enumerate()
            .map(|(id, attributions)| as_gold(id, TEXT, attributions)).collect();
        let predicted: Vec<_> = gold.iter().map(own).collect();
        let figures = score(&gold, &predicted);
        for prf in [figures.exact.source, figures.exact.cue, figures.exact.content, figures.half.prf, figures.any] {
            prop_assert_eq!((prf.p, prf.r, prf.f1), (100.0, 100.0, 100.0));
        }
        prop_assert!(gold.is_empty() || figures.half.f1_95 == [100.0, 100.0]);
        let nested = score_nested(&gold, &predicted);
        prop_assert_eq!((nested.half.prf.f1, nested.content.prf.f1), (100.0, 100.0));
    }

    #[test]
    fn figures_are_shares_and_turn_with_the_sides(one in attributions(), other in attributions()) {
        let (a, b) = (as_gold(1, TEXT, one), as_gold(1, TEXT, other));
        let (there, back) = (score(slice::from_ref(&a), &[own(&b)]), score(slice::from_ref(&b), &[own(&a)]));
        let figures = |m: &sayso::eval::Measures| [m.exact.source, m.exact.cue, m.exact.content, m.half.prf, m.any];
        for (x, y) in figures(&there).into_iter().zip(figures(&back)) {
            prop_assert!([x.p, x.r, x.f1].iter().all(|share| (0.0..=100.0).contains(share)));
            prop_assert_eq!((x.p, x.r), (y.r, y.p));
        }
        prop_assert!(there.counts.half_right <= there.counts.any_right);
        prop_assert!(there.half.f1_95[0] <= there.half.f1_95[1]);
    }

    #[test]
    fn any_json_is_read_or_refused(value in json()) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.json");
        fs::write(&file, value.to_string()).unwrap();
        if let Ok(gold) = read_gold(&[&file]) {
            let ids: HashSet<_> = gold.iter().map(|g| &g.id).collect();
            prop_assert_eq!(ids.len(), gold.len());
            let predicted = read_predictions(&file).unwrap();
            prop_assert_eq!(score(&gold, &predicted).counts.documents_not_predicted, 0);
        }
    }
}

/// JSON that is often near a labelled text.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2..9_i64).prop_map(Value::from),
        "[ab é“,]{0,6}".prop_map(Value::from),
    ];
    let names = prop_oneof![
        Just("id"),
        Just("text"),
        Just("attributions"),
        Just("document"),
        Just("documents"),
        Just("source"),
        Just("cue"),
        Just("content"),
        Just("phrase"),
        Just("spans"),
        Just("start"),
        Just("end"),
        Just("kind"),
        Just("within"),
    ];
    leaf.prop_recursive(6, 40, 5, move |inner| {
        let fields = proptest::collection::btree_map(names.clone(), inner.clone(), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            fields.prop_map(|map| map.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}
