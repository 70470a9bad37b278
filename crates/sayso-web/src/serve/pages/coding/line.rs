//! A row of the sheet: a mention under a profile, with all by which it can be traced.

use std::collections::HashMap;

use sayso_case::{Case, Judged, Kind, Verdict};
use sayso_link::ClaimLine;
use sayso_reading::Reading;
use serde::Serialize;

use super::cell::Cells;
use super::profile::{Codable, Profile};
use super::told::Told;
use crate::output::labels;
use crate::serve::problem::Problem;

/// A row.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    /// The document and the id of the mention in it.
    pub document: String,
    pub id: String,
    /// The words that name the act, and their sentence.
    pub words: String,
    pub sentence: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub mode: Option<&'static str>,
    pub realis: &'static str,
    /// Whether the dataset would have it.
    pub codable: Codable,
    /// The profile's columns; null where open.
    pub columns: Cells,
    /// The open ones, each with `coder` or `unknown`.
    #[serde(serialize_with = "by_name")]
    pub open: Vec<(&'static str, &'static str)>,
    pub source: Source,
    pub time: Option<String>,
    pub edtf: Option<String>,
    pub figures: Vec<String>,
    /// What people decided on it.
    pub decided: Vec<Decided>,
    /// Where a row is a claim: what stands behind it.
    pub claim: Option<ClaimLine>,
}

/// Who says so, and where.
#[derive(Debug, Serialize)]
pub(crate) struct Source {
    /// The source in the text; none in the page's own words.
    pub said_by: Option<String>,
    pub act: Option<&'static str>,
    pub certainty: Option<&'static str>,
    /// Where it comes from in the end.
    pub origin: Option<String>,
    /// The attribution that the event stands in.
    pub within: Option<String>,
    pub title: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
}

/// A decision of a coder.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Decided {
    pub who: String,
    /// `accept`, `correct`, `reject`, `add`.
    pub action: String,
    pub field: Option<String>,
    pub opinion: bool,
}

impl Decided {
    /// In words.
    pub(crate) fn words(&self) -> String {
        let done = match self.action.as_str() {
            "accept" => "accepted",
            "correct" => "corrected",
            "reject" => "rejected",
            "add" => "added",
            other => other,
        };
        let field = self.field.iter().map(|field| format!(" {field}"));
        let opinion = if self.opinion {
            " (second opinion)"
        } else {
            ""
        };
        format!("{} {done}{}{opinion}", self.who, field.collect::<String>())
    }
}

fn by_name<S: serde::Serializer>(
    open: &[(&'static str, &'static str)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(open.iter().copied())
}

/// Readings and decisions of the documents of a page, each looked up once.
pub(crate) struct Desk<'c> {
    case: &'c Case,
    profile: Profile,
    documents: HashMap<String, (Reading, Vec<Judged>)>,
}

impl<'c> Desk<'c> {
    pub(crate) fn new(case: &'c Case, profile: Profile) -> Self {
        Self {
            case,
            profile,
            documents: HashMap::new(),
        }
    }

    /// A mention as a row; `None` where it is gone.
    pub(crate) fn line(
        &mut self,
        document: &str,
        id: &str,
        claim: Option<ClaimLine>,
    ) -> Result<Option<Line>, Problem> {
        if !self.documents.contains_key(document) {
            let found = (
                self.case.reading(document)?,
                self.case.judged(Some(document))?,
            );
            self.documents.insert(document.to_owned(), found);
        }
        let profile = self.profile;
        let Some((reading, judged)) = self.documents.get(document) else {
            return Ok(None);
        };
        let told = Told::find(reading, id).map(|told| Told {
            reports: claim.as_ref().map(|c| c.standing.reports),
            ..told
        });
        Ok(told.map(|told| row(profile, &told, document, judged, claim)))
    }

    /// The mentions of these documents that people rejected, which are in no row any more.
    pub(crate) fn rejected(self) -> Vec<Judged> {
        let all = self.documents.into_values().flat_map(|(_, judged)| judged);
        let mut out: Vec<Judged> = all
            .filter(|j| j.kind == Kind::Event && j.verdict() == Some(Verdict::Rejected))
            .collect();
        out.sort_by(|a, b| (&a.document, &a.words).cmp(&(&b.document, &b.words)));
        out
    }
}

fn row(
    profile: Profile,
    told: &Told,
    document: &str,
    judged: &[Judged],
    claim: Option<ClaimLine>,
) -> Line {
    let (event, of) = (told.event, &told.reading.document);
    let id = event.id.to_string();
    let columns = profile.cells(told);
    let decided = judged
        .iter()
        .filter(|j| j.kind == Kind::Event && j.id.as_ref() == Some(&id));
    Line {
        words: told.trigger(),
        sentence: told.sentence(),
        kind: event.event_type.as_str(),
        mode: event.mode.map(sayso_reading::Mode::as_str),
        realis: event.realis.as_str(),
        codable: profile.codable(told),
        open: columns.open().collect(),
        columns,
        source: Source {
            said_by: told.said_by(),
            act: told
                .within
                .and_then(|a| a.act)
                .map(sayso_reading::Act::as_str),
            certainty: told
                .within
                .and_then(|a| a.certainty)
                .map(sayso_reading::Certainty::as_str),
            origin: told.origin(),
            within: event.within.map(|w| w.to_string()),
            title: labels::title(of),
            publisher: of.publisher.clone(),
            published: of.published.as_ref().map(ToString::to_string),
            url: of.url.clone(),
        },
        time: told.time.map(|t| t.text.clone()),
        edtf: told
            .time
            .and_then(|t| t.edtf.as_ref())
            .map(ToString::to_string),
        figures: told.toll(),
        decided: decided
            .flat_map(|j| &j.decisions)
            .map(|d| Decided {
                who: d.who.clone(),
                action: d.action.clone(),
                field: d.field.clone(),
                opinion: d.opinion,
            })
            .collect(),
        document: document.to_owned(),
        id,
        claim,
    }
}

/// What stands in the table behind a profile's columns.
pub(crate) const TRACE: [&str; 17] = [
    "sayso_document",
    "sayso_id",
    "sayso_words",
    "sayso_sentence",
    "sayso_type",
    "sayso_mode",
    "sayso_realis",
    "sayso_codable",
    "sayso_said_by",
    "sayso_act",
    "sayso_certainty",
    "sayso_origin",
    "sayso_url",
    "sayso_time",
    "sayso_edtf",
    "sayso_figures",
    "sayso_decided",
];

/// What a claim has behind that.
pub(crate) const STANDING: [&str; 6] = [
    "sayso_reports",
    "sayso_copies",
    "sayso_origins",
    "sayso_unnamed",
    "sayso_deniers",
    "sayso_standing",
];

impl Line {
    /// Its cells in a table, as [`TRACE`] and [`STANDING`] name them.
    pub(crate) fn cells(&self) -> Vec<String> {
        let filled = self.columns.0.iter();
        let mut out: Vec<String> = filled
            .map(|(_, cell)| cell.value().unwrap_or_default().to_owned())
            .collect();
        let some = |value: &Option<String>| value.clone().unwrap_or_default();
        out.extend([
            self.document.clone(),
            self.id.clone(),
            self.words.clone(),
            self.sentence.clone(),
            self.kind.to_owned(),
            self.mode.unwrap_or_default().to_owned(),
            self.realis.to_owned(),
            self.codable.words(),
            some(&self.source.said_by),
            self.source.act.unwrap_or_default().to_owned(),
            self.source.certainty.unwrap_or_default().to_owned(),
            some(&self.source.origin),
            some(&self.source.url),
            some(&self.time),
            some(&self.edtf),
            self.figures.join("; "),
            self.decided_words(),
        ]);
        if let Some(claim) = &self.claim {
            let standing = &claim.standing;
            let counts = [
                standing.reports,
                standing.copies,
                standing.origins,
                standing.unnamed,
                standing.deniers,
            ];
            out.extend(counts.map(|n| n.to_string()));
            out.push(standing.label.as_str().to_owned());
        }
        out
    }

    /// What people decided on it, in words.
    pub(crate) fn decided_words(&self) -> String {
        let words: Vec<String> = self.decided.iter().map(Decided::words).collect();
        words.join("; ")
    }
}
