//! Claims: what is told of one event, by whom, and what stands behind it.

mod actor;
mod disagree;
mod ledger;
mod ring;
mod rows;
mod standing;

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Result};
use serde::Serialize;

use crate::joined::Joined;
use crate::origins::Reports;
use actor::{Actor, Told};
pub use disagree::Disagreement;
pub use ledger::Figure;
use ring::End;
use rows::{Attribution, Telling};
pub use standing::{Label, Standing};

/// What somebody says of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Stance {
    /// It happened, happens, or will.
    #[serde(rename = "asserts")]
    Asserts,
    /// It happened, and others are to blame.
    #[serde(rename = "accuses")]
    Accuses,
    /// It was us.
    #[serde(rename = "claims responsibility")]
    Claims,
    /// It did not happen, or it was not us.
    #[serde(rename = "denies")]
    Denies,
    /// It may not have happened.
    #[serde(rename = "doubts")]
    Doubts,
}

impl Stance {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Accuses => "accuses",
            Self::Claims => "claims responsibility",
            Self::Denies => "denies",
            Self::Doubts => "doubts",
        }
    }

    /// Whether it says that the thing is so.
    pub const fn is_for(self) -> bool {
        matches!(self, Self::Asserts | Self::Accuses | Self::Claims)
    }
}

/// A document's part in a claim: who says it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The document.
    pub document: String,
    /// What is said of the event.
    pub stance: Stance,
    /// From whom it comes: the last hop.
    pub origin: String,
    /// What that is.
    pub origin_kind: String,
    /// It has no name.
    pub unnamed: bool,
    /// Through whom it reached the page, from the one nearest the reader.
    pub through: Vec<String>,
    /// How surely it was put.
    pub certainty: Option<String>,
    /// In which mode of being.
    pub realis: String,
    /// The event mention and, where there is one, the attribution around it, by their ids.
    pub mention: String,
    /// The attribution.
    pub attribution: Option<String>,
    /// The words: of the attribution's content, or the sentence around the event.
    pub words: String,
    /// Where they start in the document, in characters.
    pub start: i64,
    /// And end.
    pub end: i64,
    /// When the document was published.
    pub published: Option<String>,
}

/// What is told of one event across documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Claim {
    /// The oldest mention: `DOCUMENT#v1`.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The word that carries it in the oldest mention.
    pub trigger: String,
    /// The words of the oldest member.
    pub about: String,
    /// When it happened or is to happen, by the first who says: first and last possible day or time.
    pub time: Option<[String; 2]>,
    /// Where, by the first who says.
    pub place: Option<String>,
    /// Who says what, in the order of time.
    pub members: Vec<Member>,
    /// What stands behind it.
    pub standing: Standing,
    /// Documents whose outlets have it from each other: each cites the next, and the last the first.
    pub circular: Vec<Vec<String>>,
    /// The figures given, in the order of the time that they are of.
    pub figures: Vec<Figure>,
    /// Where those who tell it differ, as far as a rule can decide.
    pub disagreements: Vec<Disagreement>,
}

/// All claims of a case, the most widely told first.
pub(crate) fn all(c: &Connection) -> Result<Vec<Claim>> {
    let reports = Reports::of(c)?;
    let mut out = Vec::new();
    for (event, tellings) in rows::tellings(c, None)? {
        out.extend(claim(c, &reports, event, &tellings)?);
    }
    out.sort_by(|a, b| {
        let told = |claim: &Claim| claim.standing.reports;
        told(b).cmp(&told(a)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(out)
}

/// One claim, by its name or that of any mention in it.
pub(crate) fn one(c: &Connection, name: &str) -> Result<Option<Claim>> {
    let Some((document, local)) = name.rsplit_once('#') else {
        return Ok(None);
    };
    let event: Option<i64> = c
        .prepare_cached("SELECT l.event FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention WHERE d.name = ?1 AND m.local = ?2")?
        .query_row((document, local), |row| row.get(0))
        .optional()?;
    let Some(event) = event else {
        return Ok(None);
    };
    let reports = Reports::of(c)?;
    let tellings = rows::tellings(c, Some(event))?;
    match tellings.get(&event) {
        Some(tellings) => claim(c, &reports, event, tellings),
        None => Ok(None),
    }
}

/// What a document says of an event, before it is known from whom it comes in the end.
struct Draft<'t> {
    telling: &'t Telling,
    stance: Stance,
    actor: Actor,
    through: Vec<String>,
    /// The outlet of its document.
    house: Option<Actor>,
}

/// What some tellings of one event amount to; `None` where nobody says anything of it.
fn claim(
    c: &Connection,
    reports: &Reports,
    event: i64,
    tellings: &[Telling],
) -> Result<Option<Claim>> {
    let drafts = drafts(reports, tellings);
    let mut actors: Vec<Actor> = Vec::new();
    let mut members: Vec<Placed> = Vec::new();
    let mut accused: Vec<Actor> = Vec::new();
    let mut rings: BTreeSet<Vec<String>> = BTreeSet::new();
    for (at, draft) in drafts.iter().enumerate() {
        if draft.stance.is_for() {
            let names = draft
                .telling
                .actor
                .iter()
                .flat_map(|names| names.split("; "));
            accused.extend(names.map(|name| Actor::named(name, "organization")));
        }
        for found in ring::ends(at, &drafts) {
            let (actor, way) = match found {
                End::Actor(actor, way) => (Some(actor), way),
                End::Ring(ring) => {
                    rings.insert(ring);
                    (None, Vec::new())
                }
            };
            let at = actor.as_ref().map(|actor| place_of(&mut actors, actor));
            let document = draft.telling.document;
            let known = members.iter().any(|m| {
                m.document == document && m.actor == at && m.member.stance == draft.stance
            });
            if !known {
                let through = draft.through.iter().cloned().chain(way).collect();
                let member = member(c, draft, actor.as_ref(), through)?;
                members.push(Placed {
                    member,
                    actor: at,
                    document,
                });
            }
        }
    }
    let Some(oldest) = tellings.iter().find(|t| t.mention == event) else {
        return Ok(None);
    };
    let Some(first) = members.first() else {
        return Ok(None);
    };
    let standing = standing::of(c, &members, &actors, &accused, !rings.is_empty())?;
    let about = first.member.words.clone();
    let figures = ledger::of(c, &drafts, &members)?;
    Ok(Some(Claim {
        id: format!("{}#{}", oldest.name, oldest.local),
        kind: oldest.kind.clone(),
        trigger: oldest.trigger.clone(),
        about,
        time: tellings
            .iter()
            .find_map(|t| Some([t.earliest.clone()?, t.latest.clone()?])),
        place: tellings.iter().find_map(|t| t.place.clone()),
        disagreements: disagree::of(&drafts, &members, &figures),
        figures,
        members: members.into_iter().map(|placed| placed.member).collect(),
        standing,
        circular: rings.into_iter().collect(),
    }))
}

/// A member with the number of its origin, `None` where it has no end, and its document.
struct Placed {
    member: Member,
    actor: Option<usize>,
    document: i64,
}

/// The number of an actor among some; it is added where none is it.
fn place_of(actors: &mut Vec<Actor>, actor: &Actor) -> usize {
    if let Some(at) = actors.iter().position(|a| a.is(actor)) {
        return at;
    }
    actors.push(actor.clone());
    actors.len() - 1
}

fn drafts<'t>(reports: &Reports, tellings: &'t [Telling]) -> Vec<Draft<'t>> {
    let attributed: BTreeSet<i64> = tellings
        .iter()
        .filter(|t| t.by.is_some() && stance(t).is_some())
        .map(|t| t.document)
        .collect();
    let mut out = Vec::new();
    for telling in tellings {
        let Some(stance) = stance(telling) else {
            continue;
        };
        // what a page says of what it has from others is no report of its own
        if telling.by.is_none() && attributed.contains(&telling.document) {
            continue;
        }
        let (actor, through) = origin(telling, reports);
        out.push(Draft {
            telling,
            stance,
            actor,
            through,
            house: telling
                .house
                .as_deref()
                .map(|house| Actor::named(house, "publication")),
        });
    }
    out
}

/// What a telling says of its event; `None` where it says nothing of whether it is so.
fn stance(telling: &Telling) -> Option<Stance> {
    let said = match &telling.by {
        None => Stance::Asserts,
        Some(by) if by.is_negated || by.is_question() => return None,
        Some(by) => match by.act.as_deref() {
            Some("ask" | "decline" | "urge") => return None,
            Some("deny") => Stance::Denies,
            Some("doubt") => Stance::Doubts,
            Some("accuse") => Stance::Accuses,
            Some("take_responsibility") => Stance::Claims,
            _ => Stance::Asserts,
        },
    };
    match (telling.realis.as_str(), said) {
        // a denial has its event as not having happened: that is how its speaker puts it
        ("negated", Stance::Denies | Stance::Asserts) => Some(Stance::Denies),
        ("hypothetical" | "unknown", Stance::Asserts) | ("negated", _) => None,
        (_, said) => Some(said),
    }
}

/// From whom a telling comes, and through whom.
fn origin(telling: &Telling, reports: &Reports) -> (Actor, Vec<String>) {
    let report = reports.origin(telling.document);
    let Some(by) = &telling.by else {
        return (Actor::named(&report, "publication"), Vec::new());
    };
    let last = by.hops.last();
    let name = last
        .map(|hop| hop.name.clone().unwrap_or_else(|| hop.words.clone()))
        .or_else(|| by.source_name.clone())
        .or_else(|| by.source.clone())
        .unwrap_or_else(|| "unstated".to_owned());
    let kind = last
        .map(|hop| hop.kind.clone())
        .or_else(|| by.source_kind.clone())
        .unwrap_or_else(|| "unstated".to_owned());
    let is_source = last.is_none_or(|hop| hop.name == by.source_name || hop.name.is_none());
    let role = by.role.as_deref().filter(|_| is_source);
    let before: Vec<String> = by
        .hops
        .iter()
        .rev()
        .skip(1)
        .rev()
        .filter_map(|hop| hop.name.clone())
        .collect();
    let quoted = outlet(by).filter(|outlet| *outlet != report);
    let told = Told {
        is_quoted: quoted.is_some(),
        to: quoted.unwrap_or(report),
        report: reports.report(telling.document),
    };
    (Actor::of(&name, &kind, role, told), before)
}

/// The outlet nearest the origin among the carriers.
fn outlet(by: &Attribution) -> Option<String> {
    let carriers = by.hops.iter().rev().skip(1);
    carriers
        .filter(|hop| hop.kind == "publication")
        .find_map(|hop| hop.name.clone())
}

fn member(
    c: &Connection,
    draft: &Draft,
    actor: Option<&Actor>,
    through: Vec<String>,
) -> Result<Member> {
    let telling = draft.telling;
    let (start, end) = match &telling.by {
        Some(by) => (by.start, by.end),
        None => sentence(c, telling)?,
    };
    let words: String = c
        .prepare_cached("SELECT substr(v.text, ?2 + 1, ?3 - ?2) FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row((telling.document, start, end), |row| row.get(0))?;
    Ok(Member {
        document: telling.name.clone(),
        stance: draft.stance,
        origin: actor.map_or_else(|| "unknown".to_owned(), |a| a.name.clone()),
        origin_kind: actor.map_or_else(|| "unstated".to_owned(), |a| a.kind.clone()),
        unnamed: actor.is_some_and(Actor::is_unnamed),
        through,
        certainty: telling.by.as_ref().and_then(|by| by.certainty.clone()),
        realis: telling.realis.clone(),
        mention: telling.local.clone(),
        attribution: telling.by.as_ref().map(|by| by.local.clone()),
        words,
        start,
        end,
        published: telling.at.clone(),
    })
}

/// The sentence around an event that stands in the author's own words, in characters.
#[expect(clippy::cast_possible_wrap, reason = "texts are at most some MiB long")]
fn sentence(c: &Connection, telling: &Telling) -> Result<(i64, i64)> {
    let text: String = c
        .prepare_cached("SELECT v.text FROM link_document l JOIN version v ON v.id = l.version WHERE l.document = ?1")?
        .query_row([telling.document], |row| row.get(0))?;
    let letters: Vec<char> = text.chars().collect();
    let place = |at: i64| usize::try_from(at).unwrap_or(0).min(letters.len());
    let (start, end) = (place(telling.start), place(telling.end));
    let is_end = |at: usize| {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        matches!(letters.get(at), Some('\n'))
            || (matches!(letters.get(at), Some('.' | '!' | '?')) && next.is_whitespace())
    };
    let first = (0..start)
        .rev()
        .find(|at| is_end(*at))
        .map_or(0, |at| at + 1);
    let first = (first..start)
        .find(|at| !letters[*at].is_whitespace())
        .unwrap_or(start);
    let last = (end..letters.len())
        .find(|at| is_end(*at))
        .unwrap_or(letters.len());
    let last = if letters.get(last).is_some_and(|c| *c != '\n') {
        last + 1
    } else {
        last
    };
    Ok((first as i64, last as i64))
}

/// How many of some documents are copies of others among them: all but one of each group.
fn copies(c: &Connection, documents: &BTreeSet<i64>) -> Result<usize> {
    let mut statement = c.prepare_cached("SELECT b FROM copy WHERE a = ?1")?;
    let mut joined = Joined::default();
    let mut copies = 0;
    for document in documents {
        let mut rows = statement.query([document])?;
        while let Some(row) = rows.next()? {
            let other: i64 = row.get(0)?;
            copies += usize::from(documents.contains(&other) && joined.join(*document, other));
        }
    }
    Ok(copies)
}
