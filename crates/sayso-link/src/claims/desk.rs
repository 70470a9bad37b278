//! Claims put together from what a case holds.

use std::collections::BTreeSet;
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension as _, Result};

use super::actor::Actor;
use super::excerpt::{member, quoted};
use super::gather::{Draft, drafts, turned};
use super::ring::{self, End};
use super::rows::{self, Attribution, Telling};
use super::{
    Claim, Kept, Label, Placed, Standing, disagree, history, ledger, reasons, responsible, said,
    standing,
};
use crate::decisions::{Decided, Moved};
use crate::origins::Reports;

/// What claims are put together from.
pub(crate) struct Desk<'c> {
    c: &'c Connection,
    reports: Reports<'c>,
    decided: &'c Decided,
    /// Mentions of other events than were found.
    moved: Rc<Moved>,
}

impl<'c> Desk<'c> {
    pub(crate) fn new(c: &'c Connection, decided: &'c Decided) -> Result<Self> {
        let moved = Rc::new(Moved::new(decided.events(c)?));
        Ok(Self::over(c, decided, moved))
    }

    /// For who knows which mentions people moved.
    pub(crate) fn over(c: &'c Connection, decided: &'c Decided, moved: Rc<Moved>) -> Self {
        Self {
            c,
            reports: Reports::new(c),
            decided,
            moved,
        }
    }

    /// All claims of a case, the most widely told first.
    pub(crate) fn all(&mut self) -> Result<Vec<Claim>> {
        self.reports = Reports::all(self.c)?;
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
            let event = self.moved.of(mention).unwrap_or(event);
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

    /// What is kept of the claim that a mention names; `None` where it names none, or none that is kept.
    pub(crate) fn kept(&self, event: i64) -> Result<Option<Kept>> {
        let found = self.found_for(event)?;
        // most mentions name nothing: they are of an event that an older one names
        if self.moved.members_of(event).is_empty() && !found.contains(&event) {
            return Ok(None);
        }
        let tellings = rows::tellings(self.c, Some(&found), &self.moved)?;
        let Some(tellings) = tellings.get(&event).filter(|t| Kept::may_be(t)) else {
            return Ok(None);
        };
        self.kept_of(event, tellings)
    }

    /// What is kept of the claims that are said in a story, as it was found, where no event tells them.
    pub(crate) fn kept_said(&self, story: i64) -> Result<Vec<Kept>> {
        let mut out = Vec::new();
        for group in said::groups(self.c, Some(story))? {
            if let Some(oldest) = group.first() {
                out.extend(self.kept_of(oldest.mention, &group)?);
            }
        }
        Ok(out)
    }

    fn kept_of(&self, event: i64, tellings: &[Telling]) -> Result<Option<Kept>> {
        let Some(mut together) = self.together(event, tellings)? else {
            return Ok(None);
        };
        if !together.is_kept() {
            return Ok(None);
        }
        together.quote(self.c, 1)?;
        Ok(Some(Kept::of(event, &together)))
    }

    /// The events, as they were found, whose mentions are of an event.
    fn found_for(&self, event: i64) -> Result<BTreeSet<i64>> {
        let mut out = BTreeSet::new();
        let mut find = self
            .c
            .prepare_cached("SELECT event FROM event_link WHERE mention = ?1")?;
        let moved = self.moved.members_of(event).iter().copied();
        for mention in moved.chain([event]) {
            let found: Option<i64> = find.query_row([mention], |row| row.get(0)).optional()?;
            out.extend(found);
        }
        Ok(out)
    }
}

/// Who says a claim, from whom in the end.
#[derive(Default)]
pub(super) struct Found {
    pub members: Vec<Placed>,
    actors: Vec<Actor>,
    /// Those who are said to have done it, or deny a deed of their own.
    accused: Vec<Actor>,
    rings: BTreeSet<Vec<String>>,
}

/// What some tellings of one event amount to.
pub(super) struct Together<'t> {
    tellings: &'t [Telling],
    /// The one that names it.
    pub oldest: &'t Telling,
    drafts: Vec<Draft<'t>>,
    /// It is told as not having happened, and by nobody as having.
    pub negated: bool,
    pub found: Found,
    pub standing: Standing,
}

impl Together<'_> {
    pub(super) fn name(&self) -> String {
        format!("{}#{}", self.oldest.name, self.oldest.local)
    }

    pub(super) fn time(&self) -> Option<[String; 2]> {
        let mut all = self.tellings.iter();
        all.find_map(|t| Some([t.earliest.clone()?, t.latest.clone()?]))
    }

    pub(super) fn place(&self) -> Option<String> {
        self.tellings.iter().find_map(|t| t.place.clone())
    }

    /// Whether it is kept: more than one tells it, or somebody denies or doubts it.
    fn is_kept(&self) -> bool {
        let members = &self.found.members;
        members.len() > 1 || members.iter().any(|m| !m.member.stance.is_for())
    }

    /// Looks up the words of the first members.
    fn quote(&mut self, c: &Connection, count: usize) -> Result<()> {
        for placed in self.found.members.iter_mut().take(count) {
            if let Some(draft) = self.drafts.get(placed.draft) {
                quoted(c, draft.telling, &mut placed.member)?;
            }
        }
        Ok(())
    }
}

impl Desk<'_> {
    /// Puts tellings of one event together; `None` where nobody says anything of it.
    fn together<'t>(&self, event: i64, tellings: &'t [Telling]) -> Result<Option<Together<'t>>> {
        let mut drafts = drafts(self.c, &self.reports, tellings)?;
        let negated = turned(&mut drafts);
        let found = self.found(&drafts);
        let oldest = tellings.iter().find(|t| t.mention == event);
        let Some(oldest) = oldest.filter(|_| !found.members.is_empty()) else {
            return Ok(None);
        };
        let is_circular = !found.rings.is_empty();
        let standing = standing::of(
            self.c,
            &found.members,
            &found.actors,
            &found.accused,
            is_circular,
        )?;
        Ok(Some(Together {
            tellings,
            oldest,
            drafts,
            negated,
            found,
            standing,
        }))
    }

    /// What some tellings of one event amount to; `None` where nobody says anything of it.
    fn claim(&self, event: i64, tellings: &[Telling]) -> Result<Option<Claim>> {
        let Some(mut together) = self.together(event, tellings)? else {
            return Ok(None);
        };
        together.quote(self.c, usize::MAX)?;
        let (id, time, place) = (together.name(), together.time(), together.place());
        let Together {
            oldest,
            drafts,
            negated,
            found,
            standing,
            ..
        } = together;
        let Found { members, rings, .. } = found;
        let is_confirmed = standing.label == Label::SeveralOrigins;
        let figures = ledger::of(self.c, &drafts, &members)?;
        let responsible = responsible::of(self.c, &drafts)?;
        let about = members.first().map(|m| m.member.words.clone());
        Ok(Some(Claim {
            id,
            kind: oldest.kind.clone(),
            trigger: oldest.trigger.clone(),
            about: about.unwrap_or_default(),
            negated,
            time,
            place,
            disagreements: disagree::of(&drafts, &members, &figures, &responsible),
            figures,
            admiralty: if is_confirmed { 1 } else { 6 },
            reasons: reasons::of(&members, &standing, &rings),
            history: history::of(&members),
            members: members.into_iter().map(|m| m.member).collect(),
            standing,
            responsible: responsible.into_iter().map(|named| named.told).collect(),
            circular: rings.into_iter().collect(),
        }))
    }

    /// Follows each telling to its ends.
    fn found(&self, drafts: &[Draft]) -> Found {
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
                    End::Actor(actor, way) => self.place(&mut out, (at, draft), Some(&actor), way),
                    End::Ring(ring) => {
                        out.rings.insert(ring);
                        self.place(&mut out, (at, draft), None, Vec::new());
                    }
                }
            }
        }
        out
    }

    /// Adds a member, but where its document has one with this stance from the same end.
    fn place(
        &self,
        out: &mut Found,
        (number, draft): (usize, &Draft),
        actor: Option<&Actor>,
        way: Vec<String>,
    ) {
        let at = actor.map(|a| self.place_of(&mut out.actors, a));
        let document = draft.telling.document;
        let is_known = out
            .members
            .iter()
            .any(|m| m.document == document && m.actor == at && m.member.stance == draft.stance);
        if is_known {
            return;
        }
        let mut through: Vec<String> = draft.through.iter().cloned().chain(way).collect();
        through.dedup();
        let name = actor.map(|actor| &actor.name);
        through.pop_if(|last| Some(&*last) == name);
        let mut member = member(draft, actor, through);
        member.origin_number = at;
        member.letter = self.decided.letter(&member.origin).map(str::to_owned);
        member.called = self.decided.called(&member.origin).map(str::to_owned);
        out.members.push(Placed {
            member,
            actor: at,
            document,
            draft: number,
        });
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
