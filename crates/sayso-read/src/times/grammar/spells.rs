//! Times of day with a length, a side or a part of a day: "from 9 for two hours", "today before 4 p.m.",
//! "between 7 and 9 last night".

use sayso_reading::TimeFrom;

use super::super::calendar::{Unit, place, shift};
use super::super::value::{Length, When};
use super::super::words::{self, Which};
use super::clock::{DAY, Minutes, half_of};
use super::settle::Settled;
use super::{Found, Grammar, Point};

impl Grammar<'_> {
    /// "from 9 for two hours", "three hours from 10 a.m.", "a day starting this Friday at 5 p.m.".
    pub(super) fn spell(&self, at: usize) -> Option<Found> {
        if self.word(at) == "from" {
            let (minute, next, _) = self.time_of_day(at + 1)?;
            let told = (self.word(next) == "for").then(|| self.told_length(next + 1))??;
            let length = minutes_of(&told.length)?;
            let settled = self.on_default_day((minute, minute + length));
            return Some(Self::found(told.end, "time.clock", settled));
        }
        let told = self.told_length(at)?;
        if !self.is(told.end, &["from", "starting", "beginning"]) {
            return None;
        }
        let length = minutes_of(&told.length)?;
        let next = self.past(told.end + 1, &["at", "on", "from"]);
        let (start, end) = match self.clock(next) {
            Some((minutes, end, true)) => (self.on_default_day(minutes), end),
            Some(_) => return None,
            None => {
                let found = self.moment(next)?;
                let when = found.value.when.filter(|w| w.clock.is_some());
                let (from, rule) = (found.value.from, "time.clock");
                let when = when.map(|when| (when, from));
                (
                    when.map(|when| Settled::leaning(Some(when), rule))?,
                    found.end,
                )
            }
        };
        let when = start.when.map(|when| match when.clock {
            Some((from, _)) => when.at((from, from + length)),
            None => when,
        });
        Some(Self::found(end, "time.clock", Settled { when, ..start }))
    }

    /// "today before 4 p.m.", "next Wednesday later than 10 in the morning": of that day.
    pub(super) fn day_open(&self, at: usize) -> Option<Found> {
        let (day, from, end) = self.day_at(at)?;
        let (back, next) = match (self.word(end), self.word(end + 1)) {
            ("before", _) => (true, end + 1),
            ("after", _) => (false, end + 1),
            ("later", "than") => (false, end + 2),
            ("earlier", "than") => (true, end + 2),
            _ => return None,
        };
        let (minutes, end, _) = self.clock(next).filter(|clock| clock.2)?;
        let minutes = if back {
            (0, minutes.0)
        } else {
            (minutes.1, DAY - 1)
        };
        let settled = Settled {
            when: Some(day.at(minutes)),
            from,
            rule: "time.clock",
        };
        Some(Self::found(end, "time.clock", settled))
    }

    /// "between 7 and 9 last night", "five-thirty tomorrow evening", "8am-3 yesterday afternoon": the
    /// part of the day tells the half that the hours leave open.
    pub(super) fn clock_of_part(&self, at: usize) -> Option<Found> {
        let start = self.past(at, &["from", "between"]);
        let (from, next, from_sure) = self.time_of_day(start)?;
        let joined = self.past(next, &["to", "-", "–", "and", "until", "till"]);
        let led = start > at || self.is_led_to_clock(at) || self.is(start + 1, &[":", "-"]);
        let second = (joined > next).then(|| self.time_of_day(joined)).flatten();
        let (to, next, to_sure) = second.unwrap_or((from, next, from_sure));
        if !led && second.is_none() || from_sure && to_sure || second.is_none() && joined > next {
            return None;
        }
        let (day, part, source, end) = self.part_of_known_day(next)?;
        let to = if to_sure { to } else { half_of(to, part) };
        let from = if from_sure { from } else { half_of(from, part) };
        let settled = Settled {
            when: Some(day.at((from, to))),
            from: source,
            rule: "time.clock",
        };
        (from <= to).then(|| Self::found(end, "time.clock", settled))
    }

    /// "last night", "this evening", "yesterday afternoon", "Friday night".
    fn part_of_known_day(&self, at: usize) -> Option<(When, Minutes, TimeFrom, usize)> {
        let at = self.past(at, &["on"]);
        if let Some(which) = words::which(self.word(at))
            && let Some((part, end)) = self.part(at + 1)
        {
            let days = self.part_of(which, part);
            return Some((days.when?, part, days.from, end));
        }
        let (day, from, end) = self.day_at(at)?;
        let (part, end) = self.part(end)?;
        Some((day, part, from, end))
    }

    /// "Thursday, two years from now", "two months from today on Tuesday": the first such weekday
    /// from that day on.
    pub(super) fn weekday_from_now(&self, at: usize) -> Option<Found> {
        let (weekday, found, end) = if let Some(weekday) = self.weekday_name(at) {
            let found = self.apart(self.past(at + 1, &[","]))?;
            let end = found.end;
            (weekday, found, end)
        } else {
            let found = self.apart(at)?;
            let next = self.past(found.end, &["on"]);
            (self.weekday_name(next)?, found, next + 1)
        };
        let value = (found.value.rule == "time.from_now").then_some(found.value)?;
        let when = value.when.and_then(|when| {
            let day = when.one_day()?;
            let on = (place(weekday) - place(day.weekday())).rem_euclid(7);
            Some((When::day(shift(day, on, Unit::Day)?), value.from))
        });
        let settled = Settled::leaning(when, "time.from_now");
        Some(Self::found(end, "time.from_now", settled))
    }

    /// "the rest of the week", "the remainder of this year": from the day of reference on.
    pub(super) fn rest_of(&self, at: usize) -> Option<Found> {
        let start = self.past(at, &["the"]);
        if !self.is(start, &["rest", "remainder", "remaining"]) || self.word(start + 1) != "of" {
            return None;
        }
        let (point, end) = self.point(start + 2)?;
        let Point::Known(days) = point else {
            return None;
        };
        let today = self.reference(Unit::Day)?;
        let when = days
            .when
            .filter(|when| when.first <= Some(today.day) && Some(today.day) < when.last)?;
        let when = When::stretch(today.day, when.last?);
        let settled = Settled::leaning(Some((when, today.from)), "time.rest");
        Some(Self::found(end, "time.rest", settled))
    }

    /// "this week or next", "this year and last": the unit in front, once more.
    pub(super) fn unit_again(&self, at: usize) -> Option<Found> {
        let step = match words::which(self.word(at))? {
            Which::Next => 1,
            Which::Last => -1,
            _ => return None,
        };
        let joined = self.is(at.wrapping_sub(1), &["or", "and"]);
        let (unit, false) = words::unit(self.tokens.back(at, 2))? else {
            return None;
        };
        let pointed = words::which(self.tokens.back(at, 3)).is_some();
        let whole = joined && pointed && !unit.is_short() && !self.is_noun_ahead(at + 1);
        let settled = Settled::leaning(self.this(unit, step), "time.listed");
        whole.then(|| Self::found(at + 1, "time.listed", settled))
    }
}

/// The minutes of a length of days, hours and minutes.
fn minutes_of(length: &Length) -> Option<i64> {
    let mut sum = 0.0;
    for (number, unit) in &length.0 {
        sum += (*number)?
            * match unit {
                Unit::Minute => 1.0,
                Unit::Hour => 60.0,
                Unit::Day => 1440.0,
                _ => return None,
            };
    }
    (0.0..1e5).contains(&sum).then_some(sum as i64)
}
