//! The figures: how much of what people marked was found, and how much of what was found they
//! marked. All are per cent.

use sayso_reading::QuoteForm;
use serde::Serialize;

use super::align::align;
use super::bootstrap::{RESAMPLES, resampled};
use super::compare::{Compared, CueWidth, Roles, Tally, exact, matched};
use super::marked::Marked;
use super::text::Text;
use super::{GoldDocument, Prediction};

const SEED: u32 = 20_161_108;

/// Precision, recall and their harmonic mean, per cent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Prf {
    /// Of what was found, how much is right.
    pub p: f64,
    /// Of what was marked, how much was found.
    pub r: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
}

impl Prf {
    /// Where there is nothing to find and nothing was found, all is right.
    pub(super) fn of(tally: Tally) -> Self {
        if tally.predicted == 0 && tally.gold == 0 {
            return Self {
                p: 100.0,
                r: 100.0,
                f1: 100.0,
            };
        }
        let p = per_cent(tally.right, tally.predicted);
        let r = per_cent(tally.right, tally.gold);
        let f1 = if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        };
        Self { p, r, f1 }
    }
}

fn per_cent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        100.0 * part as f64 / whole as f64
    }
}

/// A figure for each role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ByRole {
    /// Of the sources.
    pub source: Prf,
    /// Of the cues.
    pub cue: Prf,
    /// Of the contents.
    pub content: Prf,
}

/// Whole attributions, with the interval of their F1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Half {
    /// Precision, recall, F1.
    #[serde(flatten)]
    pub prf: Prf,
    /// Where 95 of 100 resamples of the documents have their F1: the percentiles of 1,000
    /// with a fixed seed.
    pub f1_95: [f64; 2],
}

/// Of the pairs whose contents agree, how many agree in the other roles too, per cent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OfMatchedContents {
    /// In the source.
    pub source: f64,
    /// In the cue.
    pub cue: f64,
}

/// How many attributions of a group were found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recall {
    /// The share that was found, per cent.
    pub recall: f64,
    /// How many were found.
    pub right: usize,
    /// How many were marked.
    pub gold: usize,
}

/// Recall by how far the content is quoted; a group that the gold does not have is left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct RecallByForm {
    /// All of the content stands in quotation marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direct: Option<Recall>,
    /// Part of it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mixed: Option<Recall>,
    /// None of it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indirect: Option<Recall>,
    /// The gold does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Recall>,
    /// The text names no source, whatever the form.
    #[serde(rename = "no source", skip_serializing_if = "Option::is_none")]
    pub no_source: Option<Recall>,
}

/// What the figures are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[expect(
    missing_docs,
    reason = "the names say it; the report has each with a line of its own"
)]
pub struct Counts {
    pub documents: usize,
    pub gold: usize,
    pub predicted: usize,
    pub half_right: usize,
    pub any_right: usize,
    pub source_gold: usize,
    pub source_pred: usize,
    pub source_right: usize,
    pub cue_gold: usize,
    pub cue_pred: usize,
    pub cue_right: usize,
    pub content_gold: usize,
    pub content_pred: usize,
    pub content_right: usize,
    pub documents_not_predicted: usize,
    pub predicted_not_in_gold: usize,
    pub predicted_twice: usize,
    pub texts_differing: usize,
    pub nested_gold_ignored: usize,
    pub nested_predicted_ignored: usize,
}

/// The figures of the outermost attributions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    /// The very same spans, apart from marks and white space at their ends.
    pub exact: ByRole,
    /// Content, cue and source each share at least half of their union, in characters.
    pub half: Half,
    /// The same asked of the content alone.
    pub any: Prf,
    /// Where the pairs of `any` fail `half`.
    pub of_matched_contents: OfMatchedContents,
    /// Recall of `half` by group.
    pub half_recall: RecallByForm,
    /// What the figures are made from.
    pub counts: Counts,
}

/// Scores the outermost attributions of every gold document. A document without a prediction
/// counts as one in which nothing was found.
pub fn score(gold: &[GoldDocument], predicted: &[Prediction]) -> Measures {
    let aligned = align(gold, predicted);
    let mut total = Totals::default();
    let mut counts = Counts {
        documents: gold.len(),
        predicted_not_in_gold: aligned.strays,
        predicted_twice: aligned.replaced,
        ..Counts::default()
    };
    let mut rows = Vec::with_capacity(gold.len());
    for (document, prediction) in gold.iter().zip(aligned.predictions) {
        counts.documents_not_predicted += usize::from(prediction.is_none());
        let other_text = prediction
            .and_then(|p| p.text.as_deref())
            .is_some_and(|text| text != document.text);
        counts.texts_differing += usize::from(other_text);
        let found = prediction.map_or(&[][..], |p| &p.attributions);
        counts.nested_gold_ignored += nested(&document.attributions);
        counts.nested_predicted_ignored += nested(found);
        let half = total.add(document, found);
        rows.push([half.right, half.predicted, half.gold]);
    }
    total.measures(counts, interval(&rows))
}

fn nested(attributions: &[Marked]) -> usize {
    attributions.iter().filter(|marked| marked.nested).count()
}

/// The 2.5th and 97.5th percentile of the F1 of resampled documents.
fn interval(rows: &[[usize; 3]]) -> [f64; 2] {
    let f1 = |[right, predicted, gold]: [usize; 3]| {
        let tally = Tally {
            gold,
            predicted,
            right,
        };
        Some(Prf::of(tally).f1)
    };
    if rows.is_empty() {
        return [0.0; 2];
    }
    let values = resampled(rows, SEED, f1);
    let at = |place: usize| values.get(place).copied().unwrap_or_default();
    [at(RESAMPLES / 40), at(RESAMPLES - RESAMPLES / 40 - 1)]
}

/// Sums over documents.
#[derive(Default)]
struct Totals {
    exact: Roles<Tally>,
    half: Tally,
    any: Tally,
    /// Of the pairs of `any`, how many agree in source and in cue.
    agreeing: (usize, usize),
    direct: Tally,
    mixed: Tally,
    indirect: Tally,
    unknown: Tally,
    no_source: Tally,
}

impl Totals {
    /// Adds a document, and gives what was counted of its whole attributions.
    fn add(&mut self, document: &GoldDocument, found: &[Marked]) -> Tally {
        let text = Text::new(&document.text);
        let gold = outermost(&text, &document.attributions, document.cue_width());
        let found = outermost(&text, found, document.cue_width());
        for (tally, role) in [
            (&mut self.exact.source, Roles::source as fn(&Roles<_>) -> &_),
            (&mut self.exact.cue, Roles::cue),
            (&mut self.exact.content, Roles::content),
        ] {
            tally.add(exact(&text, &gold, &found, role));
        }
        let matched = matched(&text, &gold, &found);
        let whole = |right: usize| Tally {
            gold: gold.len(),
            predicted: found.len(),
            right,
        };
        for (source, cue) in &matched.agreeing {
            self.agreeing.0 += usize::from(*source);
            self.agreeing.1 += usize::from(*cue);
        }
        for (index, one) in gold.iter().enumerate() {
            let right = matched.half.of_gold(index).is_some();
            self.form(one.marked.form).count(right);
            if one.solid.source().is_empty() {
                self.no_source.count(right);
            }
        }
        let half = whole(matched.half.len());
        self.half.add(half);
        self.any.add(whole(matched.any.len()));
        half
    }

    const fn form(&mut self, form: Option<QuoteForm>) -> &mut Tally {
        match form {
            Some(QuoteForm::Direct) => &mut self.direct,
            Some(QuoteForm::Mixed) => &mut self.mixed,
            Some(QuoteForm::Indirect) => &mut self.indirect,
            None => &mut self.unknown,
        }
    }

    /// The figures; `counts` has what is counted of documents.
    fn measures(self, counts: Counts, f1_95: [f64; 2]) -> Measures {
        let Roles {
            source,
            cue,
            content,
        } = self.exact;
        let recall = |tally: Tally| {
            (tally.gold > 0).then(|| Recall {
                recall: per_cent(tally.right, tally.gold),
                right: tally.right,
                gold: tally.gold,
            })
        };
        Measures {
            exact: ByRole {
                source: Prf::of(source),
                cue: Prf::of(cue),
                content: Prf::of(content),
            },
            half: Half {
                prf: Prf::of(self.half),
                f1_95,
            },
            any: Prf::of(self.any),
            of_matched_contents: OfMatchedContents {
                source: per_cent(self.agreeing.0, self.any.right),
                cue: per_cent(self.agreeing.1, self.any.right),
            },
            half_recall: RecallByForm {
                direct: recall(self.direct),
                mixed: recall(self.mixed),
                indirect: recall(self.indirect),
                unknown: recall(self.unknown),
                no_source: recall(self.no_source),
            },
            counts: Counts {
                gold: self.half.gold,
                predicted: self.half.predicted,
                half_right: self.half.right,
                any_right: self.any.right,
                source_gold: source.gold,
                source_pred: source.predicted,
                source_right: source.right,
                cue_gold: cue.gold,
                cue_pred: cue.predicted,
                cue_right: cue.right,
                content_gold: content.gold,
                content_pred: content.predicted,
                content_right: content.right,
                ..counts
            },
        }
    }
}

fn outermost<'m>(text: &Text, side: &'m [Marked], width: CueWidth) -> Vec<Compared<'m>> {
    let outermost = side.iter().filter(|marked| !marked.nested);
    outermost
        .map(|marked| Compared::new(text, marked, width))
        .collect()
}
