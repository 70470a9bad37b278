//! Times of day and parts of a day, with the day that they are of.

use sayso_reading::TimeFrom;

use super::super::calendar::Unit;
use super::super::tense::Tense;
use super::super::value::When;
use super::super::words::{self, Third, Which};
use super::settle::Settled;
use super::{Found, Grammar};
use crate::numbers::Kind;

/// First and last minute, counted from midnight; equal for a point of time.
pub(super) type Minutes = (i64, i64);

const NOON: i64 = 12 * 60;

/// "tonight" and "this night".
const TONIGHT: Minutes = (18 * 60, 24 * 60 - 1);

impl Grammar<'_> {
    /// A date, a time of day, or both: "Tuesday", "at 6 p.m. on Nov. 5", "Thursday evening".
    pub(super) fn moment(&self, at: usize) -> Option<Found> {
        self.clock_first(at)
            .or_else(|| self.part_first(at))
            .or_else(|| self.date_first(at))
    }

    /// "6 p.m. on Nov. 5", "noon Saturday", "10:30 GMT".
    fn clock_first(&self, at: usize) -> Option<Found> {
        let (minutes, end, sure) = self.clock(at)?;
        let next = self.past(self.past(end, &[","]), &["on", "of"]);
        if let Some((day, from, end)) = self.day_at(next) {
            let settled = Settled {
                when: Some(day.at(minutes)),
                from,
                rule: "time.clock",
            };
            return Some(Self::found(end, "time.clock", settled));
        }
        (sure || self.is_led_to_clock(at))
            .then(|| Self::found(end, "time.clock", self.on_default_day(minutes)))
    }

    fn is_led_to_clock(&self, at: usize) -> bool {
        self.is(
            at.wrapping_sub(1),
            &[
                "at", "by", "until", "till", "around", "about", "before", "after", "since", "from",
                "@", "circa",
            ],
        )
    }

    /// These minutes of the day told before, else of the day of reference.
    fn on_default_day(&self, minutes: Minutes) -> Settled {
        let told = self
            .anchor
            .and_then(|a| Some((When::day(a.when.one_day()?), a.from)));
        let day = told.or_else(|| self.this(Unit::Day, 0));
        Settled::leaning(
            day.map(|(day, from)| (day.at(minutes), from)),
            "time.clock_without_day",
        )
    }

    /// One day, if a point of one day stands here.
    fn day_at(&self, at: usize) -> Option<(When, TimeFrom, usize)> {
        let (point, end) = self.point(at)?;
        let days = self.settle(point, self.tense(at, end));
        let when = days.when.filter(|w| w.one_day().is_some())?;
        Some((
            When {
                clock: None,
                ..when
            },
            days.from,
            end,
        ))
    }

    /// "this morning", "last night", "in the evening", "late afternoon Monday", "overnight".
    fn part_first(&self, at: usize) -> Option<Found> {
        if self.word(at) == "overnight" {
            let day = self.this(Unit::Day, -1);
            let settled = Settled::leaning(
                day.map(|(d, from)| (d.at((20 * 60, 30 * 60)), from)),
                "time.overnight",
            );
            return Some(Self::found(at + 1, "time.overnight", settled));
        }
        let (third, next) = self.leading_third(at);
        let article = self.past(next, &["the"]);
        if let Some(which) = words::which(self.word(article))
            && let Some((minutes, end)) = self.part(article + 1)
        {
            let (minutes, end) = self.sharpened(third, minutes, end);
            let night = self.word(article + 1) == "night" && which == Which::This;
            let minutes = if night { TONIGHT } else { minutes };
            return Some(Self::found(
                end,
                "time.part_of_day",
                self.part_of(which, minutes),
            ));
        }
        let led = third.is_some()
            || article > next && self.is(at.wrapping_sub(1), &["in", "at"])
            || self.is(at, &["lunchtime", "morning"]) && self.is(at.wrapping_sub(1), &["at", "in"]);
        let (minutes, end) = self.part(article)?;
        let (minutes, end) = self.sharpened(third, minutes, end);
        let of = self.past(end, &["of", "on", ","]);
        if let Some((day, from, last)) = self.day_at(of) {
            let settled = Settled {
                when: Some(day.at(minutes)),
                from,
                rule: "time.part_of_day",
            };
            return Some(Self::found(last, "time.part_of_day", settled));
        }
        led.then(|| Self::found(end, "time.part_of_day", self.on_default_day(minutes)))
    }

    /// "early", "later in", "mid-" before a part of a day.
    fn leading_third(&self, at: usize) -> (Option<Third>, usize) {
        match words::third(self.word(at)) {
            Some(third) => {
                let next = self.tokens.past_hyphen(at + 1);
                (Some(third), self.past(next, &["in", "on"]))
            }
            None => (None, at),
        }
    }

    /// A part of a day here.
    pub(super) fn part(&self, at: usize) -> Option<(Minutes, usize)> {
        let minutes =
            words::part_of_day(self.word(at)).filter(|_| !self.word(at).ends_with('s'))?;
        Some((minutes, at + 1))
    }

    /// The third of it that is meant, or the time of day that follows it: "last night at 8".
    fn sharpened(&self, third: Option<Third>, minutes: Minutes, end: usize) -> (Minutes, usize) {
        let (from, to) = minutes;
        let size = (to - from + 2) / 3;
        let minutes = match third {
            None => minutes,
            Some(Third::Early) => (from, from + size),
            Some(Third::Mid) => (from + size, to - size),
            Some(Third::Late) => (to - size, to),
        };
        match self.exact_behind(end, minutes) {
            Some((exact, end)) => (exact, end),
            None => (minutes, end),
        }
    }

    /// "at 8", "from 7 to 9", "around 7:30" behind a part of a day.
    fn exact_behind(&self, end: usize, part: Minutes) -> Option<(Minutes, usize)> {
        let next = self.past(end, &["at", "around", "@"]);
        if let Some((minutes, end, _)) = self.clock_between(next, Some(part)) {
            return Some((minutes, end));
        }
        let (minute, end, marked) = self.time_of_day(next)?;
        if next == end && !marked {
            return None;
        }
        let minute = if marked {
            minute
        } else {
            half_of(minute, part)
        };
        (next > end || marked || next > 0).then_some(((minute, minute), end))
    }

    /// A part of a day that a word points to.
    fn part_of(&self, which: Which, minutes: Minutes) -> Settled {
        let told = |step: i64| {
            let anchor = self.anchor?;
            Some((
                When::unit(anchor.when.one_day()?, step, Unit::Day)?,
                anchor.from,
            ))
        };
        let day = match which {
            Which::This => self.this(Unit::Day, 0),
            Which::Last | Which::Past => self.this(Unit::Day, -1),
            Which::Next | Which::Following | Which::Coming => {
                told(1).or_else(|| self.this(Unit::Day, 1))
            }
            Which::Same => told(0).or_else(|| self.this(Unit::Day, 0)),
        };
        Settled::leaning(
            day.map(|(d, from)| (d.at(minutes), from)),
            "time.part_of_day",
        )
    }

    /// "Friday", "Nov. 5 at 6 p.m.", "Friday morning", "tomorrow from 7 to 8 p.m.".
    fn date_first(&self, at: usize) -> Option<Found> {
        let (point, end) = self.point(at)?;
        let settled = self.settle(point, self.tense(at, end));
        let when = settled
            .when
            .filter(|w| w.clock.is_none() && w.one_day().is_some());
        let Some((minutes, last)) = self.clock_behind(end) else {
            return Some(Self::found(end, settled.rule, settled));
        };
        match (when, settled.from) {
            (Some(when), _) => {
                let when = Some(when.at(minutes));
                Some(Self::found(last, "time.clock", Settled { when, ..settled }))
            }
            (None, TimeFrom::Unknown) => Some(Self::found(last, settled.rule, settled)),
            _ => Some(Self::found(end, settled.rule, settled)),
        }
    }

    /// The part of a day or the time of day behind a date, and the place behind it.
    fn clock_behind(&self, end: usize) -> Option<(Minutes, usize)> {
        let (third, next) = self.leading_third(end);
        if let Some((minutes, behind)) = self.part(next) {
            return Some(self.sharpened(third, minutes, behind));
        }
        if self.tokens.back(end, 1) == "tonight" {
            return Some(self.exact_behind(end, TONIGHT).unwrap_or((TONIGHT, end)));
        }
        let next = self.past(self.past(end, &[",", "@"]), &["at", "around", "by"]);
        let (minutes, behind, _) = self.clock(next)?;
        Some((minutes, behind))
    }

    /// A time of day, or from one to another; whether its form alone says that it is one.
    pub(super) fn clock(&self, at: usize) -> Option<(Minutes, usize, bool)> {
        let (minutes, end, sure) = self.clock_between(at, None).or_else(|| {
            let (minute, end, sure) = self.time_of_day(at)?;
            let (minute, end, told) = self.half_told(minute, end);
            let colon = self.word(at + 1) == ":";
            (sure || told || colon).then_some(((minute, minute), end, sure || told))
        })?;
        let zone = self.zone(end);
        Some((minutes, zone, sure || zone > end))
    }

    /// "in the morning", "at night" behind a time of day.
    fn half_told(&self, minute: i64, end: usize) -> (i64, usize, bool) {
        let article = self.past(end, &["in"]);
        if article > end
            && self.word(article) == "the"
            && let Some((part, behind)) = self.part(article + 1)
        {
            return (half_of(minute, part), behind, true);
        }
        (minute, end, false)
    }

    /// The place behind a time zone, and behind the same time of another zone in brackets.
    fn zone(&self, at: usize) -> usize {
        let mut end = at;
        if words::is_zone(self.tokens.written(at)) {
            end = self.past(at + 1, &["time"]);
        } else if self.word(at) == "local" && self.word(at + 1) == "time" {
            end = at + 2;
        }
        end
    }

    /// "from 7 to 8 p.m.", "between 4pm and 5pm", "1-3 pm".
    fn clock_between(&self, at: usize, part: Option<Minutes>) -> Option<(Minutes, usize, bool)> {
        let start = self.past(at, &["from", "between"]);
        let (from, next, from_sure) = self.time_of_day(start)?;
        let joined = self.past(next, &["to", "-", "–", "and", "until", "till", "through"]);
        if joined == next || self.word(next) == "and" && self.word(at) != "between" {
            return None;
        }
        let (to, end, to_sure) = self.time_of_day(joined)?;
        let (to, end, told) = self.half_told(to, end);
        if !from_sure && !to_sure && !told && part.is_none() {
            return None;
        }
        let to = part.filter(|_| !to_sure).map_or(to, |p| half_of(to, p));
        // The half of the day that one end tells holds for the other.
        let from = if !from_sure && from < NOON && from + NOON <= to {
            from + NOON
        } else {
            from
        };
        let to = if to < from { to + 24 * 60 } else { to };
        Some(((from, to), end, true))
    }

    /// One time of day: its minute, the place behind it, and whether its form tells the half of the day.
    fn time_of_day(&self, at: usize) -> Option<(i64, usize, bool)> {
        match self.word(at) {
            "noon" | "midday" | "noonish" => return Some((NOON, at + 1, true)),
            "midnight" => return Some((24 * 60, at + 1, true)),
            "half" if self.word(at + 1) == "past" => {
                let (hour, end, sure) = self.hour(at + 2)?;
                return Some((hour + 30, end, sure));
            }
            "quarter" if self.is(at + 1, &["past", "to"]) => {
                let (hour, end, sure) = self.hour(at + 2)?;
                let step = if self.word(at + 1) == "past" { 15 } else { -15 };
                return Some((hour + step, end, sure));
            }
            _ => {}
        }
        if let Some((minutes, next)) = self.count(at).filter(|c| c.0 < 60.0)
            && let next = self.past(next, &["minutes", "min"])
            && self.word(next) == "past"
        {
            let (hour, end, sure) = self.hour(next + 1)?;
            return Some((hour + minutes as i64, end, sure));
        }
        self.hour(at)
    }

    /// "6", "6:30", "6.30", "1140", "six", with what tells the half of the day.
    fn hour(&self, at: usize) -> Option<(i64, usize, bool)> {
        let (hour, minute, end) = self.hour_and_minute(at)?;
        let minutes = hour * 60 + minute;
        let tight = self.tokens.tight(end);
        let half = match self.word(end) {
            "am" | "a.m." | "a.m" => Some(0),
            "pm" | "p.m." | "p.m" => Some(NOON),
            "a" if tight => Some(0),
            "p" if tight => Some(NOON),
            _ => None,
        };
        if let Some(half) = half {
            if hour > 12 && half == 0 {
                return None;
            }
            let shifted = if hour < 13 {
                minutes % NOON + half
            } else {
                minutes
            };
            let stop = self
                .tokens
                .get(end + 1)
                .is_some_and(|_| self.word(end).len() == 3);
            return Some((
                shifted,
                if stop {
                    self.past_stop(end + 1)
                } else {
                    end + 1
                },
                true,
            ));
        }
        if self.word(end) == "o" && self.word(end + 1) == "'clock" {
            return Some((minutes, end + 2, true));
        }
        Some((minutes, end, hour > 12 && self.word(at + 1) == ":"))
    }

    fn hour_and_minute(&self, at: usize) -> Option<(i64, i64, usize)> {
        if !self.tokens.is(at, Kind::Digits) {
            let (number, end) = self
                .count(at)
                .filter(|c| c.0 <= 12.0 && c.0.fract() == 0.0)?;
            return Some((number as i64, 0, end));
        }
        if let Some((whole, part)) = self.tokens.written(at).split_once('.') {
            let (hour, minute) = (whole.parse().ok()?, part.parse().ok()?);
            let told = self.is(at + 1, &["am", "pm", "a.m.", "p.m.", "a.m", "p.m"]);
            let whole = part.len() == 2 && hour < 24 && minute < 60;
            return (whole && told).then_some((hour, minute, at + 1));
        }
        let (number, digits) = self.digits(at)?;
        if digits == 4 {
            let told = words::is_zone(self.tokens.written(at + 1))
                || self.is(at + 1, &["hours", "a.m.", "p.m.", "am", "pm"]);
            let (hour, minute) = (number / 100, number % 100);
            return (told && hour < 24 && minute < 60).then_some((hour, minute, at + 1));
        }
        if number > 24 || digits > 2 {
            return None;
        }
        let colon =
            self.word(at + 1) == ":" && self.tokens.tight(at + 1) && self.tokens.tight(at + 2);
        match self.digits(at + 2).filter(|_| colon) {
            Some((minute, 2)) if minute < 60 => {
                let seconds =
                    self.word(at + 3) == ":" && self.digits(at + 4).is_some_and(|d| d.1 == 2);
                Some((number, minute, if seconds { at + 5 } else { at + 3 }))
            }
            Some(_) => None,
            None => Some((number, 0, at + 1)),
        }
    }

    /// The day of a settled date, for callers that need one.
    pub(super) fn settled_day(&self, at: usize, tense: Tense) -> Option<(Settled, usize)> {
        let (point, end) = self.point(at)?;
        Some((self.settle(point, tense), end))
    }
}

/// The half of the day in which a time lies near a part of it.
const fn half_of(minute: i64, part: Minutes) -> i64 {
    if minute < NOON && part.0 >= NOON && minute + NOON >= part.0 - 2 * 60 {
        minute + NOON
    } else {
        minute
    }
}
