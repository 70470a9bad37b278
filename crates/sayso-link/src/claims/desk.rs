//! Claims put together from what a case holds.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _, Result};

use super::actor::Actor;
use super::excerpt::member;
use super::gather::{Draft, drafts, turned};
use super::ring::{self, End};
use super::rows::{self, Attribution, Telling};
use super::{
    Claim, Label, Placed, disagree, history, ledger, reasons, responsible, said, standing,
};
use crate::decisions::Decided;
use crate::origins::Reports;

/// What claims are put together from.
pub(crate) struct Desk<'c> {
    c: &'c Connection,
    reports: Reports,
    decided: &'c Decided,
    /// Mentions of other events than were found.
    moved: HashMap<i64, i64>,
}

impl<'c> Desk<'c> {
    pub(crate) fn new(c: &'c Connection, decided: &'c Decided) -> Result<Self> {
        Ok(Self {
            c,
            reports: Reports::of(c)?,
            decided,
            moved: decided.events(c)?,
        })
    }

    /// All claims of a case, the most widely told first.
    pub(crate) fn all(&self) -> Result<Vec<Claim>> {
        let mut out = Vec::new();
        for (event, tellings) in rows::tellings(self.c, None, &self.moved)? {
            out.extend(self.claim(event, &tellings)?);
        }
        for group in said::groups(self.c, None)? {
            if let Some(oldest) = group.first() {
                out.extend(self.claim(oldest.mention, &group)?);
            }
        }
        out.sort_by(|a, b| {
            let told = |claim: &Claim| claim.standing.reports;
            told(b).cmp(&told(a)).then_with(|| a.id.cmp(&b.id))
        });
        Ok(out)
    }

    /// One claim, by its name or that of any mention in it.
    pub(crate) fn one(&self, name: &str) -> Result<Option<Claim>> {
        let Some((document, local)) = name.rsplit_once('#') else {
            return Ok(None);
        };
        let found: Option<(i64, i64)> = self
            .c
            .prepare_cached("SELECT l.mention, l.event FROM event_link l JOIN document d ON d.id = l.document JOIN event_mention m ON m.id = l.mention WHERE d.name = ?1 AND m.local = ?2")?
            .query_row((document, local), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if let Some((mention, event)) = found {
            let event = self.moved.get(&mention).copied().unwrap_or(event);
            let tellings = rows::tellings(self.c, Some(&self.found_for(event)?), &self.moved)?;
            return match tellings.get(&event) {
                Some(tellings) => self.claim(event, tellings),
                None => Ok(None),
            };
        }
        let story: Option<i64> = self
            .c
            .prepare_cached(
                "SELECT s.story FROM story s JOIN document d ON d.id = s.document WHERE d.name = ?1",
            )?
            .query_row([document], |row| row.get(0))
            .optional()?;
        let Some(story) = story else {
            return Ok(None);
        };
        let is_in = |group: &&Vec<Telling>| {
            let mut all = group.iter();
            all.any(|telling| telling.name == document && telling.local == local)
        };
        let groups = said::groups(self.c, Some(story))?;
        match groups
            .iter()
            .find(is_in)
            .and_then(|g| Some((g.first()?, g)))
        {
            Some((oldest, group)) => self.claim(oldest.mention, group),
            None => Ok(None),
        }
    }

    /// The events, as they were found, whose mentions are of an event.
    fn found_for(&self, event: i64) -> Result<BTreeSet<i64>> {
        let mut out = BTreeSet::new();
        let mut find = self
            .c
            .prepare_cached("SELECT event FROM event_link WHERE mention = ?1")?;
        let moved = self.moved.iter().filter(|(_, to)| **to == event);
        for mention in moved.map(|(mention, _)| *mention).chain([event]) {
            let found: Option<i64> = find.query_row([mention], |row| row.get(0)).optional()?;
            out.extend(found);
        }
        Ok(out)
    }
}

/// Who says a claim, from whom in the end.
#[derive(Default)]
struct Found {
    members: Vec<Placed>,
    actors: Vec<Actor>,
    /// Those who are said to have done it, or deny a deed of their own.
    accused: Vec<Actor>,
    rings: BTreeSet<Vec<String>>,
}

impl Desk<'_> {
    /// What some tellings of one event amount to; `None` where nobody says anything of it.
    fn claim(&self, event: i64, tellings: &[Telling]) -> Result<Option<Claim>> {
        let mut drafts = drafts(self.c, &self.reports, tellings)?;
        let negated = turned(&mut drafts);
        let found = self.found(&drafts)?;
        let Some(oldest) = tellings.iter().find(|t| t.mention == event) else {
            return Ok(None);
        };
        let Some(first) = found.members.first() else {
            return Ok(None);
        };
        let Found {
            members,
            actors,
            accused,
            rings,
        } = &found;
        let standing = standing::of(self.c, members, actors, accused, !rings.is_empty())?;
        let is_confirmed = standing.label == Label::SeveralOrigins;
        let figures = ledger::of(self.c, &drafts, members)?;
        let responsible = responsible::of(self.c, &drafts)?;
        Ok(Some(Claim {
            id: format!("{}#{}", oldest.name, oldest.local),
            kind: oldest.kind.clone(),
            trigger: oldest.trigger.clone(),
            about: first.member.words.clone(),
            negated,
            time: tellings
                .iter()
                .find_map(|t| Some([t.earliest.clone()?, t.latest.clone()?])),
            place: tellings.iter().find_map(|t| t.place.clone()),
            disagreements: disagree::of(&drafts, members, &figures, &responsible),
            figures,
            admiralty: if is_confirmed { 1 } else { 6 },
            reasons: reasons::of(members, &standing, rings),
            history: history::of(members),
            members: found.members.into_iter().map(|m| m.member).collect(),
            standing,
            responsible: responsible.into_iter().map(|named| named.told).collect(),
            circular: found.rings.into_iter().collect(),
        }))
    }

    /// Follows each telling to its ends.
    fn found(&self, drafts: &[Draft]) -> Result<Found> {
        let mut out = Found::default();
        for (at, draft) in drafts.iter().enumerate() {
            let by = draft.telling.by.as_ref();
            if by.is_some_and(Attribution::denies_own) {
                out.accused.push(draft.actor.clone());
            }
            if draft.stance.is_for() {
                let names = draft.telling.actor.iter().flat_map(|n| n.split("; "));
                let accused = names.map(|name| Actor::named(name, "organization"));
                out.accused.extend(accused);
            }
            for end in ring::ends(at, drafts) {
                match end {
                    End::Actor(actor, way) => self.place(&mut out, draft, Some(&actor), way)?,
                    End::Ring(ring) => {
                        out.rings.insert(ring);
                        self.place(&mut out, draft, None, Vec::new())?;
                    }
                }
            }
        }
        Ok(out)
    }

    /// Adds a member, but where its document has one with this stance from the same end.
    fn place(
        &self,
        out: &mut Found,
        draft: &Draft,
        actor: Option<&Actor>,
        way: Vec<String>,
    ) -> Result<()> {
        let at = actor.map(|a| self.place_of(&mut out.actors, a));
        let document = draft.telling.document;
        let is_known = out
            .members
            .iter()
            .any(|m| m.document == document && m.actor == at && m.member.stance == draft.stance);
        if is_known {
            return Ok(());
        }
        let mut through: Vec<String> = draft.through.iter().cloned().chain(way).collect();
        through.dedup();
        let name = actor.map(|actor| &actor.name);
        through.pop_if(|last| Some(&*last) == name);
        let mut member = member(self.c, draft, actor, through)?;
        member.letter = self.decided.letter(&member.origin).map(str::to_owned);
        out.members.push(Placed {
            member,
            actor: at,
            document,
        });
        Ok(())
    }

    /// The number of an actor among some; it is added where none is it.
    fn place_of(&self, actors: &mut Vec<Actor>, actor: &Actor) -> usize {
        let is = |other: &Actor| {
            let decided = self.decided.are_one(&other.name, &actor.name);
            decided.unwrap_or_else(|| other.is(actor))
        };
        if let Some(at) = actors.iter().position(is) {
            return at;
        }
        actors.push(actor.clone());
        actors.len() - 1
    }
}
