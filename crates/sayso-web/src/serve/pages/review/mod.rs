//! Review: one statement or event after the other, to be accepted, corrected or rejected, with a
//! key each; what others decided on, seen anew; what the reader missed.

mod decide;
mod fields;
mod item;
pub(crate) mod journal;

use std::collections::HashSet;

use axum::extract::{Path, Query as Pairs};
use axum::response::Response;
use maud::{Markup, html};
use sayso_case::{Case, Entry, Kind, Query, SecondLooks, Target};
use serde::{Deserialize, Serialize};

pub(crate) use decide::{decide, missed, missed_form};
use fields::Field;
use item::{Item, targets};
use journal::{Which, is_open, undo};
pub(crate) use journal::{journal, take_back};

use crate::output::labels::count;
use crate::serve::answer::View;
use crate::serve::asked::{Around, Asked};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::problem::Problem;
use crate::serve::writing;

/// Without a question: what nobody has decided on.
const ALL: &str = "show:statements reviewed:no";
/// Entries of the journal at the side.
const BESIDE: usize = 8;

/// Questions that choose what is reviewed, with what they mean.
const QUEUES: [(&str, &str); 4] = [
    (ALL, "statements"),
    ("show:events reviewed:no", "events"),
    (
        "show:statements reviewed:no kind:anonymous",
        "unnamed sources",
    ),
    ("show:statements reviewed:no act:deny", "denials"),
];

/// Where in a queue somebody is.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Place {
    /// The question; without one, what nobody has decided on.
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    /// What others decided on is looked at anew.
    #[serde(default)]
    second: String,
    /// The entry that was just made.
    #[serde(default)]
    done: String,
    /// The last item was decided on.
    #[serde(default)]
    end: String,
}

impl Place {
    fn is_second(&self) -> bool {
        !self.second.is_empty()
    }

    fn question(&self) -> &str {
        if self.q.trim().is_empty() {
            ALL
        } else {
            &self.q
        }
    }

    /// The address of this place in the queue, or of another one.
    fn address(&self, after: &str) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("second", self.second.as_str()),
            ("after", after),
        ];
        links::with("/review", &pairs)
    }
}

/// What the page shows.
#[derive(Debug, Serialize)]
pub(crate) struct Review {
    /// None: there is nothing left.
    item: Option<Item>,
    /// The last decisions, newest first.
    journal: Vec<Entry>,
    /// Where the next item is.
    #[serde(skip)]
    next: Option<String>,
    /// How many are left, where that is known; a few less where a newer reading no longer has all.
    left: Option<usize>,
    #[serde(skip)]
    undone: HashSet<i64>,
    #[serde(skip)]
    place: Place,
    /// It was asked for by its own address.
    #[serde(skip)]
    is_alone: bool,
    #[serde(skip)]
    made: Option<Entry>,
}

/// The next item of a queue.
pub(crate) async fn review(asked: Asked, Pairs(place): Pairs<Place>) -> Response {
    let who = asked.around.who.clone();
    asked
        .show(move |case| {
            if place.is_second() {
                return seen_anew(case, place, &who);
            }
            let given = if place.after.is_empty() {
                place.question().to_owned()
            } else {
                format!("{} after:{}", place.question(), place.after)
            };
            if !place.end.is_empty() {
                return Review::of(case, place, None, None);
            }
            let answer = case.ask(&Query::parse(&given)?.limited(1), None)?;
            let target = targets(&answer.rows)?.into_iter().next();
            let item = target.map(|target| Item::of(case, target)).transpose()?;
            Review::of(case, place, item, answer.next)
        })
        .await
}

/// One item by its address.
pub(crate) async fn one(asked: Asked, Path((local, document)): Path<(String, String)>) -> Response {
    asked
        .show(move |case| {
            let item = Item::of(case, Target { document, local })?;
            let review = Review::of(case, Place::default(), Some(item), None)?;
            Ok(Review {
                is_alone: true,
                ..review
            })
        })
        .await
}

/// What others decided on and who asks did not.
fn seen_anew(case: &Case, place: Place, who: &str) -> Result<Review, Problem> {
    if who.is_empty() {
        return Review::of(case, place, None, None);
    }
    let after = place.after.parse().unwrap_or(0);
    let SecondLooks { mut looks, behind } = case.second(who, after, 1)?;
    let look = looks.pop();
    let next = look.as_ref().filter(|_| behind > 0);
    let next = next.map(|look| look.entry.to_string());
    let item = look.map(|look| Item::of_look(case, look)).transpose()?;
    let review = Review::of(case, place, item, next)?;
    Ok(Review {
        left: Some(1 + behind),
        ..review
    })
}

impl Review {
    fn of(
        case: &Case,
        place: Place,
        item: Option<Item>,
        next: Option<String>,
    ) -> Result<Self, Problem> {
        // a second opinion is no opinion of one's own where the first is seen beside it
        let journal = if place.is_second() {
            Vec::new()
        } else {
            case.last_entries(None, BESIDE)?
        };
        let made = place.done.parse().ok();
        let made = made.map(|id| case.entry(id)).transpose()?.flatten();
        Ok(Self {
            item,
            undone: case.undone(&journal)?,
            journal,
            next,
            left: None,
            place,
            is_alone: false,
            made,
        })
    }

    fn queues(&self) -> Markup {
        let asked = self.place.question();
        html! {
            nav.choices aria-label="what is reviewed" {
                ul {
                    @for (question, words) in QUEUES {
                        @let here = !self.place.is_second() && !self.is_alone && asked == question;
                        li { a href=(links::with("/review", &[("q", question)])) aria-current=[here.then_some("true")] { (words) } }
                    }
                    li { a href="/review?second=1" aria-current=[self.place.is_second().then_some("true")] { "a second look" } }
                    li { a href="/relate" { "what belongs together" } }
                    li { a href="/journal" { "journal" } }
                }
            }
        }
    }

    fn nothing(&self, around: &Around) -> Markup {
        html! {
            @if self.place.is_second() && around.who.is_empty() {
                p.lead { "A second look needs a name: who has decided on something already is not asked again. Decide on one thing under your name first." }
            } @else if self.place.is_second() {
                p.lead { "Nothing that others decided on is left for " bdi { (around.who) } "." }
            } @else if self.place.end.is_empty() {
                p.lead { "Nothing is left of " code { (self.place.question()) } "." }
            } @else {
                p.lead { "That was the last of " code { (self.place.question()) } ". " a href=(self.place.address("")) { "Those that were left out, again" } "." }
            }
        }
    }

    fn form(&self, item: &Item, around: &Around) -> Markup {
        html! {
            form.decide action="/review" method="post" {
                (writing::word(around))
                input type="hidden" name="target" value=(item.target);
                input type="hidden" name="q" value=(self.place.q);
                input type="hidden" name="second" value=(self.place.second);
                @if !self.is_alone {
                    input type="hidden" name="here" value=(self.place.after);
                    input type="hidden" name="next" value=(self.next.as_deref().unwrap_or_default());
                }
                p.keys {
                    button name="do" value="accept" data-key="a" { "Accept " kbd { "a" } }
                    button name="do" value="reject" data-key="x" { "Reject " kbd { "x" } }
                    @if !self.is_alone {
                        button name="do" value="leave" data-key="n" formnovalidate { "Next " kbd { "n" } }
                    }
                }
                div.fields {
                    @for (at, field) in item.fields.iter().enumerate() { (input(field, at == 0)) }
                }
                p.keys { button name="do" value="correct" { "Save what was changed" } }
                div.by {
                    div { (writing::who(around, "who")) }
                    div { label for="why" { "Why (may be empty)" } input id="why" name="why" maxlength="500"; }
                }
            }
        }
    }

    fn beside(&self, around: &Around) -> Markup {
        let mine = |entry: &&Entry| entry.who == around.who && is_open(entry, &self.undone);
        let last = self.journal.iter().find(mine).map(|entry| entry.id);
        let back = self.place.address(&self.place.after);
        html! {
            aside.journal aria-labelledby="journal" {
                h2 #journal { "Journal" }
                @if self.place.is_second() {
                    p.none { "What others decided is not shown during a second look." }
                } @else if self.journal.is_empty() {
                    p.none { "Nothing is decided yet." }
                }
                ul.lines {
                    @for entry in &self.journal {
                        li data-last[last == Some(entry.id)] {
                            (journal::decision(entry))
                            @if is_open(entry, &self.undone) && entry.who == around.who { (undo(around, Which::Decision, entry.id, &back)) }
                        }
                    }
                }
                p.meta { "Keys: " kbd { "a" } " accept, " kbd { "x" } " reject, " kbd { "e" } " edit, " kbd { "n" } " next, " kbd { "u" } " undo your last" }
            }
        }
    }
}

impl View for Review {
    fn title(&self) -> String {
        "Review".to_owned()
    }

    fn body(&self, around: &Around) -> Markup {
        html! {
            h1 { "Review" }
            (self.queues())
            (writing::only_looks(around))
            @if let Some(made) = &self.made { p.notice role="status" { "Entry " (journal::decision(made)) } }
            div.reviewing {
                div {
                    @match &self.item {
                        None => (self.nothing(around)),
                        Some(item) => {
                            @if let Some(left) = self.left { p.meta { (count(left, "item")) " to look at anew, as the reader found them." } }
                            p.kicker { @match item.kind { Kind::Attribution => "Is this who says so, and what is said?", Kind::Event => "Is this what is told to happen?" } }
                            p { a.title href=(links::within(&item.at.document, &item.at.local)) { bdi { (item.title) } } " " (parts::whose(item.publisher.as_deref(), item.published.as_deref())) }
                            (item.context())
                            @if around.form.is_some() { (self.form(item, around)) }
                            @if !self.place.is_second() { (missed_form(around, &item.at.document, &self.place.address(&self.place.after))) }
                        }
                    }
                }
                (self.beside(around))
            }
        }
    }
}

/// A field of the form; the first one can be reached by its key.
fn input(field: &Field, is_first: bool) -> Markup {
    let id = format!("f-{}", field.name);
    let key = is_first.then_some("e");
    html! {
        div {
            label for=(id) { (field.label) }
            input type="hidden" name={ "was-" (field.name) } value=(field.value);
            @if !field.choices.is_empty() {
                select id=(id) name={ "is-" (field.name) } data-key=[key] {
                    @for (value, words) in &field.choices {
                        option value=(value) selected[*value == field.value] { (words) }
                    }
                }
            } @else if field.is_long() {
                textarea id=(id) name={ "is-" (field.name) } rows="3" dir="auto" data-key=[key] { (field.value) }
            } @else {
                input id=(id) name={ "is-" (field.name) } value=(field.value) dir="auto" data-key=[key];
            }
        }
    }
}
