//! From files to figures.

use std::path::PathBuf;

use sayso_reading::Document;
use serde::Serialize;

use super::{
    EvalError, GoldDocument, Measures, NestedMeasures, Prediction, holds_attributions, read_gold,
    read_predictions, score, score_nested,
};

/// What is to be evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Files of labelled texts.
    pub gold: Vec<PathBuf>,
    /// Readings, and texts that are to be read now; without any the gold's own texts are read.
    pub inputs: Vec<PathBuf>,
    /// Whether to count attributions inside others too.
    pub nested: bool,
}

/// Texts that have no reading yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Unread {
    /// The gold's own texts.
    Gold(Vec<Document>),
    /// Files, folders or patterns of texts.
    Inputs(Vec<PathBuf>),
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// Of the outermost attributions.
    #[serde(flatten)]
    pub measures: Measures,
    /// Of all attributions, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nested: Option<NestedMeasures>,
}

/// Why texts could not be read.
pub type ReadFailure = Box<dyn std::error::Error + Send + Sync>;

/// Brings the gold and the readings together; `read` reads what has no reading yet.
///
/// An input that holds attributions (or `-`, standard input) is taken as readings.
pub fn evaluate(
    request: &Request,
    read: impl FnOnce(Unread) -> Result<Vec<Prediction>, ReadFailure>,
) -> Result<Evaluation, EvalError> {
    let gold = read_gold(&request.gold)?;
    let (ready, unread): (Vec<_>, Vec<_>) = (request.inputs.iter().cloned())
        .partition(|input| input.as_os_str() == "-" || holds_attributions(input));
    let mut predicted = Vec::new();
    for file in &ready {
        predicted.extend(read_predictions(file)?);
    }
    let unread = if request.inputs.is_empty() {
        let documents: Result<_, _> = gold.iter().map(GoldDocument::document).collect();
        Some(Unread::Gold(
            documents.map_err(|error| EvalError::Reading(error.into()))?,
        ))
    } else {
        (!unread.is_empty()).then_some(Unread::Inputs(unread))
    };
    if let Some(unread) = unread {
        predicted.extend(read(unread).map_err(EvalError::Reading)?);
    }
    Ok(Evaluation {
        measures: score(&gold, &predicted),
        nested: request.nested.then(|| score_nested(&gold, &predicted)),
    })
}

impl Evaluation {
    /// What people should know before they trust the figures, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let counts = &self.measures.counts;
        let note = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{count} {many}")),
        };
        let notes = [
            note(
                counts.documents_not_predicted,
                "labelled text has no reading and counts as read without finding anything",
                "labelled texts have no reading and count as read without finding anything",
            ),
            note(
                counts.predicted_not_in_gold,
                "reading fits no labelled text, by identifier or by path, and is left out",
                "readings fit no labelled text, by identifier or by path, and are left out",
            ),
            note(
                counts.predicted_twice,
                "reading is left out because a later one is of the same labelled text",
                "readings are left out because later ones are of the same labelled texts",
            ),
            note(
                counts.texts_differing,
                "text differs from the labelled one, so its offsets may be off",
                "texts differ from the labelled ones, so their offsets may be off",
            ),
            note(
                self.nested.as_ref().map_or(0, |_| counts.texts_differing),
                "such reading counts as none where nested attributions count",
                "such readings count as none where nested attributions count",
            ),
        ];
        notes.into_iter().flatten().collect()
    }
}
