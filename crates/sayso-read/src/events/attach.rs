//! Where, when and how many of an event, and in whose words it stands: the head's words joined
//! to what the reading has of places, times and figures.

use sayso_reading::{
    Attribution, EventId, EventMention, EventType, FigureId, FigureKind, Place, PlaceId,
    PlaceLevel, Realis, Span, Time, TimeId, TimeKind,
};

use super::Around;
use super::head::Candidate;
use super::roles::Part;
use crate::attributions::span;
use crate::trace::{Field, Trace};

/// Below this an argument is not believed.
const LEAST: f32 = 0.35;
/// So near to a cue, in bytes, a date is that of the saying.
const SAYING: usize = 12;

pub(super) struct Attach<'a> {
    around: &'a Around<'a>,
    /// Attributions with the hull of their contents, shortest contents first.
    contents: Vec<(usize, &'a Attribution)>,
}

impl<'a> Attach<'a> {
    pub(super) fn new(around: &'a Around<'a>) -> Self {
        let mut contents: Vec<_> = around
            .attributions
            .iter()
            .map(|a| (a.content.spans.iter().map(Span::len).sum::<usize>(), a))
            .collect();
        contents.sort_by_key(|(len, a)| (*len, a.id));
        Self { around, contents }
    }

    /// The innermost attribution in whose content a trigger stands.
    pub(super) fn within(&self, trigger: Span) -> Option<&'a Attribution> {
        self.contents
            .iter()
            .map(|(_, a)| *a)
            .find(|a| a.content.spans.iter().any(|c| c.contains(&trigger)))
    }

    /// The head's words for one part, the surest first.
    fn words(candidate: &Candidate, part: Part) -> Vec<Span> {
        let mut found: Vec<_> = candidate
            .arguments
            .iter()
            .filter(|a| a.part == part && a.confidence >= LEAST)
            .collect();
        found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        found
            .into_iter()
            .filter_map(|a| span(a.range.clone()))
            .collect()
    }

    /// The place: the most exact one in the head's words for it, else in those for the
    /// recipient; names that mean an actor or a people are no place of an event.
    pub(super) fn place(
        &self,
        candidate: &Candidate,
        id: EventId,
        trace: &mut Trace,
    ) -> Option<PlaceId> {
        for (part, rule) in [
            (Part::Place, "event.place"),
            (Part::Recipient, "event.place.recipient"),
        ] {
            let found = Self::words(candidate, part)
                .into_iter()
                .flat_map(|words| self.places_in(words))
                .min_by_key(|p| (rank(p.level), p.id));
            if let Some(place) = found {
                trace.step(id, Field::Place, rule, place.spans.iter().copied(), || {
                    format!("{} is the most exact place in these words", place.name)
                });
                return Some(place.id);
            }
        }
        None
    }

    fn places_in(&self, words: Span) -> impl Iterator<Item = &'a Place> {
        self.around
            .places
            .iter()
            .filter(move |p| !p.metonym && !p.demonym && p.spans.iter().any(|s| s.overlaps(&words)))
    }

    /// The time in the head's words: a date before a length or a set.
    ///
    /// Without such words: one right before the trigger ("Monday's attack", "the 2014 massacres").
    pub(super) fn time(
        &self,
        candidate: &Candidate,
        trigger: Span,
        id: EventId,
        trace: &mut Trace,
    ) -> Option<TimeId> {
        let found = Self::words(candidate, Part::Time)
            .into_iter()
            .flat_map(|words| {
                self.around
                    .times
                    .iter()
                    .filter(move |t| t.spans.iter().any(|s| s.overlaps(&words)))
            })
            .min_by_key(|t| {
                let kind = match t.kind {
                    TimeKind::Date | TimeKind::Time | TimeKind::Interval => 0,
                    TimeKind::Set => 1,
                    TimeKind::Duration => 2,
                };
                (kind, t.edtf.is_none(), t.id)
            });
        let Some(found) = found else {
            let (beside, rule) = self
                .beside(trigger)
                .map(|t| (t, "event.time.beside"))
                .or_else(|| Some((self.only(candidate, trigger)?, "event.time.only")))?;
            trace.step(id, Field::Time, rule, beside.spans.iter().copied(), || {
                format!("{} is the time of these words", beside.id)
            });
            return Some(beside.id);
        };
        trace.step(
            id,
            Field::Time,
            "event.time",
            found.spans.iter().copied(),
            || format!("{} is the time in these words", found.id),
        );
        Some(found.id)
    }

    /// The time right before a trigger, or right behind it.
    fn beside(&self, trigger: Span) -> Option<&'a Time> {
        let text = self.around.document.text();
        self.around.times.iter().find(|t| {
            t.spans.hull().is_some_and(|s| {
                let before = text.get(s.end()..trigger.start());
                let behind = text.get(trigger.end()..s.start());
                before.is_some_and(|b| matches!(b, " " | "'s " | "’s "))
                    || behind.is_some_and(|b| matches!(b, " " | " of " | " in " | " on "))
            })
        })
    }

    /// The only date of the trigger's sentence, where the act is told as having happened and both
    /// stand in the same words; not one beside a cue, which is that of the saying.
    fn only(&self, candidate: &Candidate, trigger: Span) -> Option<&'a Time> {
        if candidate.likeliest().0 != Realis::Actual {
            return None;
        }
        let sentence = self.around.scene.sentence(trigger.start());
        let mut dates = self.around.times.iter().filter(|t| {
            t.edtf.is_some()
                && t.spans
                    .hull()
                    .is_some_and(|s| sentence.start <= s.start() && s.end() <= sentence.end)
        });
        let date = dates.next().filter(|_| dates.next().is_none())?;
        let span = date.spans.hull()?;
        let of_saying = self.around.attributions.iter().any(|a| {
            a.cue.as_ref().is_some_and(|c| {
                let phrase = c.phrase;
                span.start() < phrase.end() + SAYING && phrase.start() < span.end() + SAYING
            })
        });
        let same = self.within(span).map(|a| a.id) == self.within(trigger).map(|a| a.id);
        (same && !of_saying).then_some(date)
    }

    /// The figures in the head's words for them, else those that count its recipients, in text order.
    pub(super) fn figures(
        &self,
        candidate: &Candidate,
        id: EventId,
        trace: &mut Trace,
    ) -> Vec<FigureId> {
        let mut words = Self::words(candidate, Part::Figure);
        let mut rule = "event.figure";
        let counted = |words: &[Span]| {
            let mut all = self.around.figures.iter();
            all.any(|f| f.spans.iter().any(|s| words.iter().any(|w| w.overlaps(s))))
        };
        if !counted(&words) {
            words = Self::words(candidate, Part::Recipient);
            rule = "event.figure.recipient";
        }
        let mut out = Vec::new();
        for figure in self.around.figures {
            let hit = figure
                .spans
                .iter()
                .any(|s| words.iter().any(|w| w.overlaps(s)));
            if hit {
                trace.step(
                    id,
                    Field::Figures,
                    rule,
                    figure.spans.iter().copied(),
                    || format!("{} belongs to it", figure.id),
                );
                out.push(figure.id);
            }
        }
        out
    }

    /// The dead and injured that no event has got go to the only assault of their sentence that
    /// stands in the same words: "a drone hit a ferry, killing at least 12 people".
    pub(super) fn tolls(&self, events: &mut [EventMention], trace: &mut Trace) {
        let tolls = self
            .around
            .figures
            .iter()
            .filter(|figure| matches!(figure.kind, FigureKind::Killed | FigureKind::Injured));
        for figure in tolls {
            let Some(span) = figure.spans.hull() else {
                continue;
            };
            if events.iter().any(|e| e.figures.contains(&figure.id)) {
                continue;
            }
            let sentence = self.around.scene.sentence(span.start());
            let mut assaults = events.iter_mut().filter(|e| {
                let trigger = e.trigger.spans.hull();
                e.event_type == EventType::Assault
                    && e.realis != Realis::Negated
                    && e.within == figure.within
                    && trigger.is_some_and(|t| sentence.contains(&t.start()))
            });
            let (Some(assault), None) = (assaults.next(), assaults.next()) else {
                continue;
            };
            trace.step(
                assault.id,
                Field::Figures,
                "event.figure.toll",
                figure.spans.iter().copied(),
                || format!("{} is the toll of its sentence's only assault", figure.id),
            );
            assault.figures.push(figure.id);
            assault.figures.sort_unstable();
        }
    }
}

/// The most exact first.
fn rank(level: Option<PlaceLevel>) -> usize {
    match level {
        Some(PlaceLevel::Point | PlaceLevel::Site) => 0,
        Some(PlaceLevel::City) => 1,
        Some(PlaceLevel::Admin2) => 2,
        Some(PlaceLevel::Area) => 3,
        Some(PlaceLevel::Admin1) => 4,
        Some(PlaceLevel::Country) => 5,
        None => 6,
    }
}
