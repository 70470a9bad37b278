//! What the forms of the review send.

use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Action, Case, Kind, Target};
use serde_json::{Map, Value};

use super::Place;
use super::fields::value_of;
use super::journal::local;
use crate::serve::asked::Around;
use crate::serve::links;
use crate::serve::problem::Problem;
use crate::serve::writing::{self, Linking, Sent};

/// What the form of an item can send: the fields of both kinds.
const FIELDS: [&str; 17] = [
    "trigger",
    "content",
    "source",
    "source.kind",
    "cue",
    "act",
    "certainty",
    "negated",
    "quote",
    "type",
    "mode",
    "realis",
    "actor",
    "recipient",
    "place",
    "time",
    "within",
];

/// Decides on an item, and leads to the next.
pub(crate) async fn decide(form: Sent) -> Response {
    if form.get("do") == "leave" {
        return writing::to(&onwards(&form, None), form.get("who"));
    }
    form.act(Linking::Beside, |case, form| {
        let given = form.get("target");
        let target = Target::parse(given).ok_or_else(|| {
            Problem::refused(format!("{given}: this names no statement and no event"))
        })?;
        let is_second = !form.get("second").is_empty();
        let mut entry = None;
        for action in actions(form, &target)? {
            let done = if is_second {
                case.opine(form.reviewer()?, &action)
            } else {
                case.decide(form.reviewer()?, &action)
            };
            match (done, entry) {
                (Ok(id), _) => entry = Some(id),
                (Err(error), None) => return Err(error.into()),
                (Err(error), Some(kept)) => {
                    return Err(Problem::unfit(format!(
                        "What came before is kept (entry {kept} of the journal), this is not: {error}"
                    )));
                }
            }
        }
        if form.has("next") {
            return Ok(onwards(form, entry));
        }
        Ok(links::within(&target.document, &target.local))
    })
    .await
}

/// What is to be done to an item.
fn actions(form: &Sent, target: &Target) -> Result<Vec<Action>, Problem> {
    let changed: Vec<Action> = FIELDS
        .into_iter()
        .filter(|field| form.has(&format!("is-{field}")))
        .filter_map(|field| {
            let (was, is) = (
                form.get(&format!("was-{field}")),
                form.get(&format!("is-{field}")),
            );
            (was != is).then(|| Action::Correct {
                target: target.clone(),
                field: field.to_owned(),
                value: value_of(field, is),
            })
        })
        .collect();
    match form.get("do") {
        "reject" => Ok(vec![Action::Reject(target.clone())]),
        // who changes something and then accepts it wants it as it stands there
        "accept" if changed.is_empty() => Ok(vec![Action::Accept(target.clone())]),
        "accept" | "correct" if !changed.is_empty() => Ok(changed),
        "correct" => Err(Problem::unfit(
            "Nothing was changed; accept it as it is, or change a field first",
        )),
        other => Err(Problem::refused(format!(
            "{other}: an item is accepted, rejected, corrected or left"
        ))),
    }
}

/// Where the next item is.
fn onwards(form: &Sent, entry: Option<i64>) -> String {
    let place = Place {
        q: form.get("q").to_owned(),
        second: form.get("second").to_owned(),
        ..Place::default()
    };
    let (next, here) = (form.get("next"), form.get("here"));
    // what was decided on is not among those for a second look any more: the next one moves up
    let after = if place.is_second() && entry.is_some() {
        here
    } else {
        next
    };
    let is_end = next.is_empty() && !place.is_second();
    let mut out = place.address(after);
    let sign = |out: &str| if out.contains('?') { '&' } else { '?' };
    if let Some(entry) = entry {
        out = format!("{out}{}done={entry}", sign(&out));
    }
    if is_end {
        out = format!("{out}{}end=1", sign(&out));
    }
    out
}

/// A form for what the reader missed in a document.
pub(crate) fn missed_form(around: &Around, document: &str, back: &str) -> Markup {
    html! {
        @if around.form.is_some() {
            details.missed {
                summary { "Something is missing in this document" }
                form.facts action="/missed" method="post" {
                    (writing::word(around))
                    input type="hidden" name="document" value=(document);
                    input type="hidden" name="back" value=(back);
                    label for="m-kind" { "What" }
                    select id="m-kind" name="kind" {
                        option value="attribution" { "a statement" }
                        option value="event" { "an event" }
                    }
                    label for="m-words" { "What is said, or the words for the act, exactly as in the text" }
                    textarea id="m-words" name="words" rows="2" required dir="auto" {}
                    label for="m-by" { "Who says it, or does it, as in the text" }
                    input id="m-by" name="by" dir="auto";
                    label for="m-as" { "Act (say, deny …) or type of the event (ASSAULT, CONSULT …)" }
                    input id="m-as" name="as";
                    (writing::who(around, "m-who"))
                    label for="m-why" { "Why (may be empty)" }
                    input id="m-why" name="why" maxlength="500";
                    p { button { "Add it" } }
                }
            }
        }
    }
}

/// Adds what the reader missed.
pub(crate) async fn missed(form: Sent) -> Response {
    form.act(Linking::Beside, add).await
}

fn add(case: &mut Case, form: &Sent) -> Result<String, Problem> {
    let kind = Kind::of_str(form.get("kind"))
        .ok_or_else(|| Problem::refused("Say whether it is a statement or an event"))?;
    let names = match kind {
        Kind::Attribution => ["content", "source", "act"],
        Kind::Event => ["trigger", "actor", "type"],
    };
    let mut item = Map::new();
    for (name, key) in names.into_iter().zip(["words", "by", "as"]) {
        let given = form.get(key).replace("\r\n", "\n");
        let given = match name {
            "act" => given.to_lowercase().replace(' ', "_"),
            "type" => given.to_uppercase(),
            _ => given,
        };
        if !given.is_empty() {
            item.insert(name.to_owned(), Value::String(given));
        }
    }
    let action = Action::Add {
        document: form.get("document").to_owned(),
        kind,
        item: Value::Object(item),
    };
    case.decide(form.reviewer()?, &action)?;
    Ok(local(form.get("back")).to_owned())
}
