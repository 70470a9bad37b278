//! Seasons and holidays, with a year, with a word that points to one, or alone.

use sayso_reading::Season;

use super::super::calendar::{self, Unit};
use super::super::holidays;
use super::super::tense::Tense;
use super::super::value::{Grain, When};
use super::super::words::{self, Which};
use super::points::{Read, known};
use super::settle::Settled;
use super::{Grammar, Point};

impl Grammar<'_> {
    pub(super) fn pointed_season(
        &self,
        which: Which,
        season: Season,
        end: usize,
    ) -> (Point, usize) {
        let found = self.reference(Unit::Month).and_then(|r| {
            let here = season_of(r.day.year(), season)?;
            let year = r.day.year();
            let year = match which {
                Which::Last | Which::Past if here.0 <= r.day && r.day > here.1 => year,
                Which::Last | Which::Past => year - 1,
                Which::Next | Which::Coming | Which::Following if here.0 > r.day => year,
                Which::Next | Which::Coming | Which::Following => year + 1,
                Which::This | Which::Same => year,
            };
            Some((
                When::days(season_of(year, season)?, Grain::Season(season)),
                r.from,
            ))
        });
        known(found, "time.season", end)
    }

    /// "summer 2019", "the summer of 1998", "the winter".
    pub(super) fn season(&self, at: usize) -> Read {
        let start = self.past(at, &["the"]);
        let season = words::season(self.word(start))?;
        let next = self.past(start + 1, &["of", ",", "in"]);
        if let Some((Point::Cal(cal), end)) = self.year(next)
            && let Some(year) = cal.year
        {
            let when = When::days(season_of(year, season)?, Grain::Season(season));
            return Some((Point::Known(Settled::told(Some(when), "time.season")), end));
        }
        let led = start > at
            && self.is(
                at.wrapping_sub(1),
                &[
                    "in", "during", "over", "through", "by", "for", "until", "since",
                ],
            )
            || self.is(start.wrapping_sub(1), &["in", "early", "late", "by"])
                && self.word(start) != "fall";
        let noun = matches!(self.word(start + 1), "of" | "in");
        if !led || noun {
            return None;
        }
        let tense = self.tense(at, start + 1);
        let found = self.reference(Unit::Month).and_then(|r| {
            let here = season_of(r.day.year(), season)?;
            let year = match tense.way() {
                Tense::Future if here.1 < r.day => r.day.year() + 1,
                Tense::Past | Tense::Unsaid if here.0 > r.day => r.day.year() - 1,
                _ => r.day.year(),
            };
            Some((
                When::days(season_of(year, season)?, Grain::Season(season)),
                r.from,
            ))
        });
        Some(known(found, "time.season", start + 1))
    }

    pub(super) fn holiday(&self, at: usize) -> Read {
        let (feast, end) = holidays::at(self.tokens, at)?;
        let next = self.past(end, &[",", "of", "in"]);
        if let Some((Point::Cal(cal), behind)) = self.year(next)
            && let Some(year) = cal.year
        {
            let when = feast.days(year).map(|d| When::days(d, holidays::grain(d)));
            return Some((Point::Known(Settled::told(when, "time.holiday")), behind));
        }
        if let Some((Point::Known(days), behind)) = self.pointed(next)
            && let Some(when) = days.when.filter(|w| w.grain == Grain::Year)
        {
            let found = feast
                .days(when.first?.year())
                .map(|d| (When::days(d, holidays::grain(d)), days.from));
            return Some(known(found, "time.holiday", behind));
        }
        let tense = self.tense(at, end);
        let found = self.reference(Unit::Day).and_then(|r| {
            let years = [0, -1, 1].map(|n| feast.days(r.day.year() + n));
            let days = || years.into_iter().flatten();
            let best = match tense.way() {
                Tense::Past => days().filter(|d| d.0 <= r.day).max(),
                Tense::Future => days().filter(|d| d.1 >= r.day).min(),
                _ => {
                    days().min_by_key(|d| d.0.since(r.day).map_or(i32::MAX, |s| s.get_days().abs()))
                }
            };
            Some((When::days(best?, holidays::grain(best?)), r.from))
        });
        Some(known(found, "time.holiday", end))
    }

    pub(super) fn pointed_holiday(
        &self,
        which: Which,
        feast: holidays::Feast,
        end: usize,
    ) -> (Point, usize) {
        let found = self.reference(Unit::Day).and_then(|r| {
            let years = [-1, 0, 1].map(|n| feast.days(r.day.year() + n));
            let mut days = years.into_iter().flatten();
            let days = match which {
                Which::Last | Which::Past => days.filter(|d| d.0 < r.day).max(),
                Which::This | Which::Same => days.find(|d| d.0.year() == r.day.year()),
                _ => days.find(|d| d.0 > r.day),
            };
            Some((When::days(days?, holidays::grain(days?)), r.from))
        });
        known(found, "time.holiday", end)
    }
}

/// The days of a season; a winter is named after the year in which it begins.
fn season_of(year: i16, season: Season) -> Option<calendar::Days> {
    let first = match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    };
    calendar::months(year, first, first + 2)
}
