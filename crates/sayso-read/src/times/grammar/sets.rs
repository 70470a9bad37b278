//! Times that recur: "every Thursday", "daily", "twice a year", "Mondays".

use sayso_reading::TimeKind;

use super::super::calendar::Unit;
use super::super::value::Length;
use super::super::words;
use super::{Found, Grammar};
use crate::numbers::Kind;

impl Grammar<'_> {
    /// A time that recurs, by its period.
    pub(super) fn set(&self, at: usize) -> Option<Found> {
        let (length, end) = self
            .every(at)
            .or_else(|| self.adverb(at))
            .or_else(|| self.rate(at))
            .or_else(|| self.plural(at))?;
        // a time of day goes with it
        let next = self.past(end, &["at"]);
        let end = self.clock(next).map_or(end, |clock| clock.1);
        Some(Self::found_length(end, "time.set", TimeKind::Set, length))
    }

    fn every(&self, at: usize) -> Option<(Length, usize)> {
        let start = match self.word(at) {
            "every" | "each" => at + 1,
            "all" if self.is(at + 1, &["weekends", "mornings"]) => at + 1,
            _ => return None,
        };
        if self.word(start) == "other" {
            let (unit, _) = words::unit(self.word(start + 1))
                .or_else(|| self.weekday_name(start + 1).map(|_| (Unit::Week, false)))?;
            return Some((Length::of(2.0, unit), start + 2));
        }
        if let Some((unit, _)) = words::unit(self.word(start)) {
            let unit = if unit == Unit::Weekend {
                Unit::Week
            } else {
                unit
            };
            return Some((Length::of(1.0, unit), start + 1));
        }
        if self.weekday_name(start).is_some() {
            let end = self.part_behind(start + 1);
            return Some((Length::of(1.0, Unit::Week), end));
        }
        if words::part_of_day(self.word(start)).is_some() || self.word(start) == "weekday" {
            return Some((Length::of(1.0, Unit::Day), start + 1));
        }
        if words::month(self.word(start)).is_some() || words::season(self.word(start)).is_some() {
            return Some((Length::of(1.0, Unit::Year), start + 1));
        }
        let (number, next) = self.count(start)?;
        let (unit, _) = words::unit(self.word(next))?;
        Some((Length::of(number, unit), next + 1))
    }

    fn part_behind(&self, at: usize) -> usize {
        at + usize::from(words::part_of_day(self.word(at)).is_some())
    }

    /// "daily", "annually"; not the name of a paper.
    fn adverb(&self, at: usize) -> Option<(Length, usize)> {
        // "semi-annually", "bi-weekly"
        let hyphen = self.tokens.past_hyphen(at + 1);
        if self.is(at, &["semi", "bi"]) && hyphen > at + 1 {
            let (number, unit) = words::period(&format!("{}{}", self.word(at), self.word(hyphen)))?;
            return Some((Length::of(number, unit), hyphen + 1));
        }
        let word = self.word(at);
        let (number, unit) = words::period(word)?;
        // "the annual meeting", "a quarterly report" are kinds of meetings and reports
        let name = self.is_capital(at) && at > 0;
        (!name && !matches!(word, "annual" | "quarterly"))
            .then(|| (Length::of(number, unit), at + 1))
    }

    /// "$5 million a year", "twice a week", "10 hours a day".
    fn rate(&self, at: usize) -> Option<(Length, usize)> {
        if !self.is(at, &["a", "an", "per"]) {
            return None;
        }
        let (unit, false) = words::unit(self.word(at + 1))? else {
            return None;
        };
        let before = self.tokens.back(at, 1);
        let counted = self.tokens.is(at.wrapping_sub(1), Kind::Digits)
            || matches!(
                before,
                "million"
                    | "billion"
                    | "trillion"
                    | "thousand"
                    | "times"
                    | "once"
                    | "twice"
                    | "%"
                    | "percent"
                    | "barrels"
                    | "tons"
                    | "hours"
                    | "days"
                    | "people"
                    | "cents"
            )
            || self.word(at) == "per";
        let apart = self.is(
            at + 2,
            &["ago", "earlier", "later", "before", "after", "from"],
        );
        (counted && !apart && !matches!(unit, Unit::Second | Unit::Weekend))
            .then(|| (Length::of(1.0, unit), at + 2))
    }

    /// "Mondays", "Tuesday nights", "mornings".
    fn plural(&self, at: usize) -> Option<(Length, usize)> {
        let day = |word: &str| {
            word.strip_suffix('s')
                .is_some_and(|w| w.ends_with("day") && words::weekday(w).is_some())
        };
        if day(self.word(at)) {
            return Some((Length::of(1.0, Unit::Week), self.part_behind(at + 1)));
        }
        let nights = |at| self.is(at, &["mornings", "afternoons", "evenings", "nights"]);
        if self.weekday_name(at).is_some() && nights(at + 1) {
            return Some((Length::of(1.0, Unit::Week), at + 2));
        }
        (nights(at) && self.word(at) != "nights").then(|| (Length::of(1.0, Unit::Day), at + 1))
    }
}
