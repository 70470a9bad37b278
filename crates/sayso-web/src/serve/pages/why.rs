//! Why something is what it is: the steps by which a reader comes to each of its fields.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::Case;
use sayso_reading::Reading;
use serde::Serialize;

use crate::explain::{Explainer, Explanation, Role, Subject, named};
use crate::output::html::fields;
use crate::serve::Site;
use crate::serve::answer::View;
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::problem::Problem;

/// Characters that are shown of words in one role; of more, the middle is left out.
const SENTENCE: usize = 2000;

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Why {
    #[serde(flatten)]
    explanation: Explanation,
    title: String,
    /// Whether the case was read with the weights that explain it now.
    same_model: bool,
}

pub(crate) async fn why(
    State(site): State<Arc<Site>>,
    asked: Asked,
    Path((local, name)): Path<(String, String)>,
) -> Response {
    asked
        .show(move |case| explained(&site, case, &name, &local))
        .await
}

fn explained(site: &Site, case: &Case, name: &str, local: &str) -> Result<Why, Problem> {
    let nothing = || {
        Problem::missing(format!(
            "{name}#{local}: there is no such thing in the document"
        ))
    };
    let item = named(local).ok_or_else(nothing)?;
    let kept = case.reading(name)?;
    let wanted = Subject::of(&kept, item).ok_or_else(nothing)?;
    let again = site.readers.explain(&kept.document)?;
    let subject = same(&again.reading, wanted).ok_or_else(|| {
        Problem::missing(format!(
            "{name}#{local}: the reader does not find this in the text; it was added or corrected by people, or read by another version"
        ))
    })?;
    let explanation = Explainer::new(&again.reading, &again.trace)
        .explain(subject)
        .map_err(Problem::fault)?;
    let line = parts::documents(case, [name])?.remove(name);
    Ok(Why {
        title: line.map_or_else(|| name.to_owned(), |line| line.title),
        same_model: kept.reader.model == again.model,
        explanation: Explanation {
            // by the name that it has in the case
            id: local.to_owned(),
            ..explanation
        },
    })
}

/// The thing of a fresh reading that has the same name and words, or else the same words.
fn same<'r>(reading: &'r Reading, wanted: Subject<'_>) -> Option<Subject<'r>> {
    let words = wanted.pieces();
    let by_name = Subject::of(reading, wanted.id()).filter(|found| found.pieces() == words);
    by_name.or_else(|| {
        let all = reading.attributions.iter().map(Subject::Attribution);
        let mut all = all.chain(Subject::facts(reading));
        let kind = std::mem::discriminant(&wanted);
        all.find(|found| std::mem::discriminant(found) == kind && found.pieces() == words)
    })
}

impl View for Why {
    fn title(&self) -> String {
        format!("Why {} is what it is", self.explanation.id)
    }

    fn body(&self, _: &Around) -> Markup {
        let e = &self.explanation;
        let document = e.document_id.as_str();
        html! {
            p.kicker { "Why" }
            h1 { "Why " (e.id) " is what it is" }
            p.lead { "In " a href=(links::within(document, &e.id)) { bdi { (self.title) } } }
            blockquote.sentence {
                @for part in &e.parts {
                    @let words = parts::middle_out(&part.text, SENTENCE);
                    @match part.role {
                        Some(Role::Source) => span.s { (words) },
                        Some(Role::Cue) => span.q { (words) },
                        Some(Role::Content) => mark.c1 { (words) },
                        _ => (words),
                    }
                }
            }
            @if let Some(score) = e.score { p.meta { "The reader is sure to " (format!("{:.0}", score.value() * 100.0)) " of 100." } }
            @if !self.same_model { p.notice { "The case was read with other weights than these; the steps are those of this program." } }
            div.why { (fields(&e.fields)) }
            @if !e.holds.is_empty() {
                section aria-labelledby="holds" {
                    h2 #holds { "What stands in it" }
                    ul.lines { @for held in &e.holds { li { a href=(links::why(document, &held.id)) { bdi { (held.words.short()) } } " " span.meta { (held.id) } } } }
                }
            }
            p.meta { "The rules and heads are listed by name in the manual. " (parts::capital("numbers behind words are line and column of the text.")) }
        }
    }
}
