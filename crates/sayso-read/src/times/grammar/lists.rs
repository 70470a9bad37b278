//! Days of a list that share the week or the month that one of them tells: "next week on Tuesday or
//! Thursday", "the 22nd, 23rd or 30th of March".

use jiff::civil::{Date, Weekday};
use sayso_reading::TimeFrom;

use super::super::calendar::{self, day};
use super::super::tense::Tense;
use super::super::value::When;
use super::settle::Settled;
use super::{Anchor, Cal, Found, Grammar, Point};

/// How many days a list may have.
const LONGEST: usize = 8;

/// What a day of a list tells of itself.
#[derive(Clone, Copy)]
enum Listed {
    Weekday(Weekday),
    Number(u8),
}

impl Grammar<'_> {
    /// A day of a list, of the week or month that another one tells.
    pub(super) fn listed(&self, at: usize) -> Option<Found> {
        let (one, end) = self.listed_day(at)?;
        let (day, from) = self
            .week_in_front(at, one)
            .or_else(|| self.told_behind(one, end))?;
        let day = When::day(day);
        let (minutes, end) = self.clock_behind(end).unzip();
        let when = minutes.map_or(day, |minutes| day.at(minutes));
        let end = end.unwrap_or(self.listed_day(at)?.1);
        let settled = Settled::leaning(Some((when, from)), "time.listed");
        Some(Self::found(end, "time.listed", settled))
    }

    fn listed_day(&self, at: usize) -> Option<(Listed, usize)> {
        if let Some(weekday) = self.weekday_name(at) {
            return Some((Listed::Weekday(weekday), at + 1));
        }
        let (number, end) = self.ordinal(self.past(at, &["the"]))?;
        let number = u8::try_from(number).ok().filter(|n| (1..32).contains(n))?;
        Some((Listed::Number(number), end))
    }

    /// The place behind "," and "or" between two days of a list.
    fn past_join(&self, at: usize) -> Option<usize> {
        let next = self.past(self.past(at, &[","]), &["or", "and"]);
        (next > at).then_some(next)
    }

    /// The week of the day in front, where the list goes on from it.
    fn week_in_front(&self, at: usize, one: Listed) -> Option<(Date, TimeFrom)> {
        let Listed::Weekday(weekday) = one else {
            return None;
        };
        let (end, Anchor { when, from }) = self.week?;
        (self.past_join(end)? == at).then_some(())?;
        Some((calendar::weekday_of(when.first?, weekday, 0)?, from))
    }

    /// The week or month that the last day of the list tells.
    fn told_behind(&self, one: Listed, end: usize) -> Option<(Date, TimeFrom)> {
        let mut next = self.past_join(end)?;
        for _ in 0..LONGEST {
            match one {
                Listed::Weekday(weekday) => {
                    if let Some((point, _)) = self.weekday_of(next) {
                        let days = self.settle(point, Tense::Unsaid);
                        let first = days.when?.first?;
                        return Some((calendar::weekday_of(first, weekday, 0)?, days.from));
                    }
                }
                Listed::Number(number) => {
                    let article = self.past(next, &["the"]);
                    if let Some((
                        cal @ Cal {
                            month: Some(month),
                            day: Some(_),
                            ..
                        },
                        last,
                    )) = self.cal(article)
                    {
                        let days = self.settle(Point::Cal(cal), self.tense(next, last));
                        let year = days.when?.first?.year();
                        return Some((day(year, month, number)?, days.from));
                    }
                }
            }
            let (other, end) = self.listed_day(next)?;
            if matches!(one, Listed::Weekday(_)) != matches!(other, Listed::Weekday(_)) {
                return None;
            }
            next = self.past_join(end)?;
        }
        None
    }

    /// The week that a day found here tells, for the days of a list that goes on from it.
    pub(in super::super) fn week_told(found: &Found) -> Option<(usize, Anchor)> {
        let week = matches!(found.value.rule, "time.weekday_of_week" | "time.listed")
            || found.form == "time.weekday_of_week";
        let when = found.value.when.filter(|w| w.one_day().is_some() && week)?;
        let from = found.value.from;
        Some((found.end, Anchor { when, from }))
    }
}
