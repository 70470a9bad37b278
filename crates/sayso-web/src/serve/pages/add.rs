//! Adding documents: files are dropped or a text is put in, looked over, and added.

use std::sync::Arc;

use axum::extract::{Path, State as Of};
use axum::response::Response;
use maud::{Markup, html};
use sayso_load::{Facts, Options, from_text};
use sayso_reading::{Document, Edtf};
use serde::Serialize;

use crate::output::labels::{count, title};
use crate::output::rows::one_line;
use crate::serve::Site;
use crate::serve::adding::{self, Piece, State, Taken};
use crate::serve::answer::{Table, View};
use crate::serve::asked::{Around, Asked, blocking};
use crate::serve::links;
use crate::serve::look::parts;
use crate::serve::problem::Problem;
use crate::serve::writing::{self, Files, Sent};

/// Documents whose facts can be changed on one page; more are added as they are.
const SHOWN: usize = 100;
/// Characters of a text that are shown of it.
const FIRST: usize = 280;

/// What a text is called that no file held.
const PASTED: &str = "the text that was put in";

/// What can be changed of a document before it is added: the field, its label.
const FACTS: [(&str, &str); 5] = [
    ("title", "Title"),
    ("publisher", "Publisher"),
    ("published", "Published"),
    ("url", "Address"),
    ("byline", "By"),
];

/// The page on which documents are chosen.
#[derive(Debug, Serialize)]
pub(crate) struct Choose {}

pub(crate) async fn choose(asked: Asked) -> Response {
    asked.show(|_| Ok(Choose {})).await
}

impl View for Choose {
    fn title(&self) -> String {
        "Add documents".to_owned()
    }

    fn body(&self, around: &Around) -> Markup {
        html! {
            h1 { "Add documents" }
            (writing::only_looks(around))
            (form(around))
            @if around.form.is_some() {
                section aria-labelledby="pasted" {
                    h2 #pasted { "Or put in a text" }
                    form.facts action="/add" method="post" enctype="multipart/form-data" {
                        (writing::word(around))
                        @for (name, label) in FACTS { (field(name, label, name, "", None)) }
                        label for="text" { "Text" }
                        textarea id="text" name="text" rows="12" required {}
                        p { button { "Look it over" } }
                    }
                }
            }
        }
    }
}

/// The form into which files are dropped.
pub(crate) fn form(around: &Around) -> Markup {
    html! {
        @if around.form.is_some() {
            form.drop action="/add" method="post" enctype="multipart/form-data" {
                (writing::word(around))
                label for="files" { "Drop files here, or choose some" }
                input id="files" type="file" name="files" multiple required;
                p.meta { "Texts, web pages, mails, PDF and Word documents, tables, feeds, archives of the web. You see date, publisher and address of each before it is added; nothing leaves this machine." }
                p { button { "Look them over" } }
            }
        }
    }
}

fn field(id: &str, label: &str, name: &str, value: &str, hint: Option<&str>) -> Markup {
    let hint = hint.or_else(|| name.starts_with("published").then_some("2024-01-29"));
    html! {
        label for=(id) { (label) }
        input id=(id) name=(name) value=(value) placeholder=[hint] dir="auto";
    }
}

pub(crate) async fn sent(Of(site): Of<Arc<Site>>, files: Files) -> Response {
    let asked = files.asked.clone();
    let done = blocking(move || {
        let mut pieces = adding::pieces(&files.all);
        pieces.extend(pasted(&files.pairs)?);
        if pieces.is_empty() {
            return Err(Problem::unfit(
                "Nothing was sent; choose a file, or put in a text",
            ));
        }
        site.staged.keep(pieces)
    })
    .await;
    match done {
        Ok(name) => writing::to(&format!("/add/{name}"), ""),
        Err(problem) => asked.problem(&problem),
    }
}

/// A text that was put in.
fn pasted(pairs: &[(String, String)]) -> Result<Option<Piece>, Problem> {
    let get = |key: &str| {
        let found = pairs.iter().find(|(name, _)| name == key);
        let value = found.map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty()).map(str::to_owned)
    };
    let Some(text) = get("text") else {
        return Ok(None);
    };
    let published = get("published").map(|given| date(PASTED, &given));
    let options = Options {
        facts: Facts {
            published: published.transpose()?,
            publisher: get("publisher"),
            url: get("url"),
            title: get("title"),
            byline: get("byline"),
        },
        ..Options::default()
    };
    let loaded = from_text(&text, &options).map_err(|error| error.to_string());
    let loaded = loaded.map(|loaded| loaded.document);
    Ok(Some(Piece::new(PASTED.to_owned(), text.as_bytes(), loaded)))
}

/// A date that somebody wrote of something.
fn date(of: &str, given: &str) -> Result<Edtf, Problem> {
    given.parse().map_err(|_| {
        Problem::unfit(format!(
            "{of}: {given} is no date; write it as 2024-01-29, 2024-01 or 2024, or leave it empty (go back to change it)"
        ))
    })
}

/// A set of files: what is in it, how far it is, what became of it.
#[derive(Debug, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(crate) enum Set {
    Chosen {
        documents: Vec<Shown>,
        #[serde(skip)]
        name: String,
    },
    Reading {
        done: usize,
        of: usize,
    },
    Done {
        documents: Vec<Taken>,
    },
}

/// A document before it is added.
#[derive(Debug, Serialize)]
pub(crate) struct Shown {
    file: String,
    /// Why there is none.
    problem: Option<String>,
    title: String,
    /// What it is called where it has no title.
    #[serde(skip)]
    called: String,
    publisher: String,
    published: String,
    url: String,
    byline: String,
    /// Its first words.
    begins: String,
    words: usize,
    notes: Vec<String>,
}

impl Shown {
    fn of(piece: &Piece) -> Self {
        let document = piece.loaded.as_ref().ok();
        let of = |get: fn(&Document) -> Option<String>| document.and_then(get).unwrap_or_default();
        let text = document.map_or("", Document::text);
        Self {
            file: piece.file.clone(),
            problem: piece.loaded.as_ref().err().cloned(),
            title: of(|d| d.title.clone()),
            called: document.map(title).unwrap_or_default(),
            publisher: of(|d| d.publisher.clone()),
            published: of(|d| d.published.as_ref().map(ToString::to_string)),
            url: of(|d| d.url.clone()),
            byline: of(|d| d.byline.clone()),
            begins: one_line(&text.chars().take(FIRST).collect::<String>()),
            words: text.split_whitespace().count(),
            notes: document.map(|d| d.notes.clone()).unwrap_or_default(),
        }
    }

    fn fact(&self, name: &str) -> &str {
        match name {
            "title" => &self.title,
            "publisher" => &self.publisher,
            "published" => &self.published,
            "url" => &self.url,
            _ => &self.byline,
        }
    }
}

pub(crate) async fn set(
    Of(site): Of<Arc<Site>>,
    asked: Asked,
    Path(name): Path<String>,
) -> Response {
    if asked.around.form.is_none() {
        return asked.problem(&Problem::new(
            axum::http::StatusCode::UNAUTHORIZED,
            "Only who may add documents sees files that wait; open the address that `sayso serve` printed",
        ));
    }
    asked
        .show(move |_| {
            Ok(match site.staged.get(&name)? {
                State::Chosen(pieces) => Set::Chosen {
                    documents: pieces.iter().map(Shown::of).collect(),
                    name,
                },
                State::Reading { done, of } => Set::Reading { done, of },
                State::Done(taken) => Set::Done {
                    documents: taken.to_vec(),
                },
            })
        })
        .await
}

impl View for Set {
    fn title(&self) -> String {
        match self {
            Self::Chosen { .. } => "Look over, then add",
            Self::Reading { .. } => "Reading",
            Self::Done { .. } => "Added",
        }
        .to_owned()
    }

    fn body(&self, around: &Around) -> Markup {
        match self {
            Self::Chosen { documents, name } => chosen(documents, name, around),
            Self::Reading { done, of } => html! {
                h1 { "Reading" }
                p.lead role="status" { (done) " of " (count(*of, "document")) " read." }
                p { progress max=(of) value=(done) aria-label="documents read" {} }
                p.meta { "This page shows by itself when they are added. You may leave it: the reading goes on." }
            },
            Self::Done { documents } => ended(documents),
        }
    }

    fn table(&self) -> Option<Table> {
        match self {
            Self::Done { documents } => Table::of(documents),
            _ => None,
        }
    }

    fn refresh(&self) -> bool {
        matches!(self, Self::Reading { .. })
    }
}

fn chosen(documents: &[Shown], name: &str, around: &Around) -> Markup {
    let good = documents.iter().filter(|d| d.problem.is_none()).count();
    let shown = documents.iter().enumerate();
    let mut shown: Vec<(usize, &Shown)> = shown.filter(|(_, d)| d.problem.is_none()).collect();
    shown.truncate(SHOWN);
    html! {
        h1 { "Look over, then add" }
        p.lead { (parts::capital(&count(good, "document"))) ", nothing of which is in the case yet. Dates and publishers count: by them reports are put in order and told apart." }
        @for bad in documents.iter().filter(|d| d.problem.is_some()) {
            p.problem { (bad.problem.as_deref().unwrap_or_default()) }
        }
        @if good > 0 {
            form.staged action={ "/add/" (name) } method="post" {
                (writing::word(around))
                @for (at, document) in &shown { (editable(*at, document)) }
                @if good > shown.len() {
                    p.notice { "And " (count(good - shown.len(), "more document")) ", which are added as they are." }
                }
                p.sticky { button { "Add" } }
            }
        } @else {
            p { a href="/add" { "Choose other files" } }
        }
    }
}

fn editable(at: usize, document: &Shown) -> Markup {
    html! {
        fieldset.document {
            legend { bdi { (document.file) } " · " (count(document.words, "word")) }
            p.passage dir="auto" { (document.begins) }
            @for note in &document.notes { p.meta { (note) } }
            div.facts {
                @for (name, label) in FACTS {
                    @let id = format!("{name}-{at}");
                    @let hint = (name == "title").then_some(document.called.as_str());
                    (field(&id, label, &id, document.fact(name), hint))
                }
            }
            label.check { input type="checkbox" name={ "keep-" (at) } checked; " Add it" }
        }
    }
}

fn ended(documents: &[Taken]) -> Markup {
    let kept = documents.iter().filter(|d| d.outcome.is_some()).count();
    html! {
        h1 { (parts::capital(&count(kept, "document"))) " in the case" }
        @if kept > 0 { p.lead { "They are being linked with the others; claims and stories follow in a moment." } }
        table {
            thead { tr { th scope="col" { "File" } th scope="col" { "Document" } th scope="col" { "What became of it" } } }
            tbody {
                @for taken in documents {
                    tr {
                        td { bdi { (taken.file) } }
                        td { @if let Some(name) = taken.document.as_ref().filter(|_| taken.outcome.is_some()) { a href=(links::document(name)) { bdi { (name) } } } }
                        td { @match (&taken.outcome, &taken.problem) {
                            (Some(outcome), _) => { (outcome) }
                            (None, Some(problem)) => { (problem) }
                            (None, None) => { "not read" }
                        } }
                    }
                }
            }
        }
        p { a href="/" { "To the start" } " · " a href="/add" { "Add more" } }
    }
}

pub(crate) async fn add(Of(site): Of<Arc<Site>>, Path(name): Path<String>, form: Sent) -> Response {
    let asked = form.asked.clone();
    let begun = adding::begin(&site, &name, |at, piece| told(&form, at, piece));
    match begun {
        Ok(()) => writing::to(&format!("/add/{name}"), ""),
        Err(problem) => asked.problem(&problem),
    }
}

/// A document with what the form says of it.
fn told(form: &Sent, at: usize, piece: &Piece) -> Result<Option<Piece>, Problem> {
    let Ok(document) = &piece.loaded else {
        return Ok(Some(piece.clone()));
    };
    let key = |name: &str| format!("{name}-{at}");
    if !form.has(&key("title")) {
        return Ok(Some(piece.clone()));
    }
    if !form.has(&key("keep")) {
        return Ok(None);
    }
    let get = |name: &str| {
        let value = form.get(&key(name));
        (!value.is_empty()).then(|| value.to_owned())
    };
    let published = get("published").map(|given| date(&piece.file, &given));
    let published = published.transpose()?;
    let mut document = document.clone();
    document.title = get("title");
    document.publisher = get("publisher");
    document.byline = get("byline");
    document.published = published;
    document.set_url(get("url"));
    Ok(Some(piece.with(document)))
}
