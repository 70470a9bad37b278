//! From one date to another, and dates open to a side.

use sayso_reading::{TimeFrom, TimeKind};

use super::super::calendar::{Unit, shift};
use super::super::tense::Tense;
use super::super::value::{Grain, Value, When};
use super::settle::{Settled, on_or_after};
use super::{Cal, Found, Grammar, Point, Reference};

impl Grammar<'_> {
    /// "from 1998 to 2001", "between May and July", "May 3-5", "Jan-Feb 2017", "2014-2018".
    pub(super) fn range(&self, at: usize) -> Option<Found> {
        let start = self.past(at, &["from", "between"]);
        let between = self.word(at) == "between";
        let (one, next) = self.side(start)?;
        let join = self.word(next);
        let joins = match join {
            "and" => between,
            "to" | "till" | "until" | "through" | "thru" | "-" | "–" | "~" | "—" => true,
            _ => false,
        };
        let dash = !matches!(join, "and" | "to" | "till" | "until" | "through" | "thru");
        if !joins || !dash && start == at && !matches!(one, Point::Cal(_)) {
            return None;
        }
        let (two, end) = self
            .day_behind(one, next + 1)
            .or_else(|| self.side(next + 1))?;
        let tense = self.tense(at, end);
        let (one, two) = shared_year(one, two);
        let first = self.settle_first(one, two, tense);
        let second = self.settle_after(two, first, tense);
        let from = first.from.max_known(second.from);
        let when = first.when.zip(second.when).and_then(|(a, b)| {
            let (first, last) = (a.first?, b.last?);
            (first <= last).then(|| When::days((first, last), Grain::Stretch))
        });
        // Two dates that are both known and do not follow each other are no stretch.
        if when.is_none() && first.when.is_some() && second.when.is_some() {
            return None;
        }
        let settled = if when.is_some() {
            Settled {
                when,
                from,
                rule: "time.range",
            }
        } else {
            Settled::leaning(None, "time.range")
        };
        Some(Self::interval(end, "time.range", settled))
    }

    fn interval(end: usize, form: &'static str, settled: Settled) -> Found {
        Found {
            end,
            form,
            value: Value {
                kind: TimeKind::Interval,
                when: settled.when,
                length: None,
                from: settled.from,
                rule: settled.rule,
            },
        }
    }

    /// One side of a range.
    fn side(&self, at: usize) -> Option<(Point, usize)> {
        if self.is(at, &["now", "present", "date"])
            || self.word(at) == "current" && self.word(at + 1) == "date"
        {
            let today = self.this(Unit::Day, 0);
            let end = if self.word(at) == "current" {
                at + 2
            } else {
                at + 1
            };
            return Some((Point::Known(Settled::leaning(today, "time.now")), end));
        }
        self.point(at).or_else(|| {
            let (cal, end) = self.numeric_short(at)?;
            let range = self.is(at.wrapping_sub(1), &["from", "between", "-", "to", "and"])
                || self.is(end, &["-"])
                    && self.digits(end + 1).is_some()
                    && self.is(end + 2, &["/"]);
            range.then_some((Point::Cal(cal), end))
        })
    }

    /// "May 3-5": a day of the month of the first side.
    fn day_behind(&self, one: Point, at: usize) -> Option<(Point, usize)> {
        let Point::Cal(Cal {
            month: Some(month),
            day: Some(_),
            year,
            ..
        }) = one
        else {
            return None;
        };
        let (number, digits) = self.digits(at)?;
        let day = u8::try_from(number)
            .ok()
            .filter(|d| digits <= 2 && (1..32).contains(d))?;
        if self.is(at + 1, &["/", "-", ":", "am", "pm", "a.m.", "p.m."]) {
            return None;
        }
        let end = if self.tokens.tight(at + 1) {
            self.past(at + 1, &["th", "st", "nd", "rd"])
        } else {
            at + 1
        };
        // "26 to 28 June" is told by the second side
        if super::super::words::month(self.word(end)).is_some() {
            return None;
        }
        let behind = self.past(end, &[","]);
        let (year, end) = match self.digits(behind) {
            Some((told, 4)) if year.is_none() => (i16::try_from(told).ok(), behind + 1),
            _ => (year, end),
        };
        Some((
            Point::Cal(Cal {
                year,
                month: Some(month),
                day: Some(day),
                weekday: None,
            }),
            end,
        ))
    }

    /// The first side. Of two without a year, the year is that in which the stretch has begun, or
    /// has not ended.
    fn settle_first(&self, one: Point, two: Point, tense: Tense) -> Settled {
        let plain = self.settle(one, tense);
        let (Point::Cal(first), Point::Cal(second), Some(r)) =
            (one, two, self.reference(Unit::Day))
        else {
            return plain;
        };
        if first.year.or(second.year).is_some() || first.month.is_none() || second.month.is_none() {
            return plain;
        }
        let here = r.day.year();
        let years = match tense.way() {
            Tense::Future => [here - 1, here, here + 1],
            _ => [here + 1, here, here - 1],
        };
        let found = years.into_iter().find_map(|year| {
            let year = Some(year);
            let settled = self.settle(Point::Cal(Cal { year, ..first }), tense);
            let start = settled.when?;
            let end = self.settle_after(two, settled, tense).when?;
            let right = match tense.way() {
                Tense::Future => end.last >= Some(r.day),
                _ => start.first <= Some(r.day),
            };
            right.then_some((start, r.from))
        });
        Settled::leaning(found, "time.range")
    }

    /// The second side: the first such date that does not come before the first side.
    fn settle_after(&self, point: Point, first: Settled, tense: Tense) -> Settled {
        let settled = self.settle(point, tense);
        let (Some(start), Point::Cal(cal)) = (first.when.and_then(|w| w.first), point) else {
            return settled;
        };
        let day = Reference {
            day: start,
            known: Unit::Day,
            from: first.from,
        };
        if cal.year.is_some() {
            return settled;
        }
        let when = match (cal.month, cal.weekday) {
            (None, Some(weekday)) => on_or_after(day, weekday).map(When::day),
            (Some(_), _) => [0, 1].iter().find_map(|n| {
                let year = Some(start.year() + n);
                let when = self.settle(Point::Cal(Cal { year, ..cal }), tense).when?;
                (when.last >= Some(start)).then_some(when)
            }),
            _ => settled.when,
        };
        Settled {
            when,
            from: first.from,
            ..settled
        }
    }

    /// "after 2016", "before May", "2018 or later", "1990 and beyond".
    pub(super) fn open(&self, at: usize) -> Option<Found> {
        let (back, start) = match (self.word(at), self.word(at + 1)) {
            ("before", _) => (true, at + 1),
            ("after", _) => (false, at + 1),
            ("later" | "greater", "than") => (false, at + 2),
            ("prior", "to") | ("earlier", "than") => (true, at + 2),
            ("no", "later") if self.word(at + 2) == "than" => (true, at + 3),
            _ => return self.open_behind(at),
        };
        let start = self.past(start, &["the"]);
        let (settled, end) = self.settled_day(start, self.tense(at, start + 1))?;
        // "after Tuesday's vote", "after the 1987 crash" tell of the vote and the crash
        if self.is_noun_ahead(end)
            || self.word(end) == "'s"
            || settled.when.is_none()
            || self.clock(end).is_some()
        {
            return None;
        }
        let when = settled.when.and_then(|when| opened(when, back));
        Some(Self::interval(
            end,
            "time.open",
            Settled { when, ..settled },
        ))
    }

    /// Whether a word follows that the date may belong to.
    fn is_noun_ahead(&self, at: usize) -> bool {
        self.tokens.is(at, crate::numbers::Kind::Word)
            && !self.is(
                at,
                &[
                    "and", "or", "but", "in", "on", "at", "with", "for", "as", "when", "that",
                    "to", "by", "is", "was", "were", "are", "will", "if", "because", "so", "he",
                    "she", "it", "they", "from",
                ],
            )
    }

    fn open_behind(&self, at: usize) -> Option<Found> {
        let (settled, end) = self.settled_day(at, Tense::Unsaid)?;
        let back = match (self.word(end), self.word(end + 1)) {
            ("or" | "and", "later" | "beyond" | "after" | "onward" | "onwards") => false,
            ("or", "earlier" | "before") => true,
            _ => return None,
        };
        // "and after my work is done"
        if self.word(end + 1) == "after" && self.tokens.is(end + 2, crate::numbers::Kind::Word) {
            return None;
        }
        let when = settled.when.map(|when| When {
            first: when.first.filter(|_| !back),
            last: when.last.filter(|_| back),
            grain: Grain::Stretch,
            ..when
        });
        Some(Self::interval(
            end + 2,
            "time.open",
            Settled { when, ..settled },
        ))
    }
}

/// All before a date, or all after it. What comes after a day may still fall on it; what comes
/// before the end of a year may fall in all of it.
pub(super) fn opened(when: When, back: bool) -> Option<When> {
    let (start, end) = when.both()?;
    let (from, to) = when.part.unwrap_or((start, end));
    let day = when.one_day().is_some();
    let step = |date, n| {
        if day {
            Some(date)
        } else {
            shift(date, n, Unit::Day)
        }
    };
    let (first, last) = match (back, when.part) {
        (true, Some(_)) if to == end => (None, Some(end)),
        (false, Some(_)) if from == start => (Some(start), None),
        (true, _) => (None, Some(step(from, -1)?)),
        (false, _) => (Some(step(to, 1)?), None),
    };
    Some(When {
        first,
        last,
        grain: Grain::Stretch,
        part: None,
        ..when
    })
}

/// The year that one side tells holds for the other.
fn shared_year(one: Point, two: Point) -> (Point, Point) {
    let (Point::Cal(mut first), Point::Cal(second)) = (one, two) else {
        return (one, two);
    };
    if let (None, Some(month), Some(year)) = (first.year, first.month, second.year) {
        let later = second.month.is_some_and(|m| month > m);
        first.year = Some(year - i16::from(later));
    }
    (Point::Cal(first), two)
}

/// Which of two sides says more about what a range was resolved against.
trait MaxKnown {
    fn max_known(self, other: Self) -> Self;
}

impl MaxKnown for TimeFrom {
    fn max_known(self, other: Self) -> Self {
        if self == Self::Published || other == Self::Published {
            Self::Published
        } else {
            self
        }
    }
}
