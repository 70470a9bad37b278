//! Words of time.

use jiff::civil::Weekday;
use sayso_reading::Season;

use super::calendar::Unit;

/// A month by its name or its short form.
pub(super) fn month(lower: &str) -> Option<u8> {
    Some(match lower {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Months that are words or names of people as well.
pub(super) fn is_doubtful_month(lower: &str) -> bool {
    matches!(
        lower,
        "march" | "mar" | "may" | "april" | "june" | "august" | "jan" | "jun"
    )
}

/// A weekday by its name or its short form.
pub(super) fn weekday(lower: &str) -> Option<Weekday> {
    Some(match lower {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tues" | "tue" => Weekday::Tuesday,
        "wednesday" | "wed" | "weds" => Weekday::Wednesday,
        "thursday" | "thurs" | "thur" | "thu" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" | "sat" => Weekday::Saturday,
        "sunday" | "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// A season by its name.
pub(super) fn season(lower: &str) -> Option<Season> {
    Some(match lower {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "fall" | "autumn" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

/// A unit, and whether the word names several.
pub(super) fn unit(lower: &str) -> Option<(Unit, bool)> {
    Some(match lower {
        "second" | "sec" => (Unit::Second, false),
        "seconds" | "secs" => (Unit::Second, true),
        "minute" | "min" => (Unit::Minute, false),
        "minutes" | "mins" => (Unit::Minute, true),
        "hour" | "hr" => (Unit::Hour, false),
        "hours" | "hrs" => (Unit::Hour, true),
        "day" | "night" => (Unit::Day, false),
        "days" | "nights" => (Unit::Day, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "fortnight" => (Unit::Fortnight, false),
        "fortnights" => (Unit::Fortnight, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" | "yr" => (Unit::Year, false),
        "years" | "yrs" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        "millennium" => (Unit::Millennium, false),
        "millennia" => (Unit::Millennium, true),
        _ => return None,
    })
}

/// A word that says how often: its number and unit.
pub(super) fn period(lower: &str) -> Option<(f64, Unit)> {
    Some(match lower {
        "hourly" => (1.0, Unit::Hour),
        "daily" | "everyday" | "nightly" => (1.0, Unit::Day),
        "weekly" => (1.0, Unit::Week),
        "biweekly" | "fortnightly" => (2.0, Unit::Week),
        "monthly" => (1.0, Unit::Month),
        "bimonthly" => (2.0, Unit::Month),
        "quarterly" => (3.0, Unit::Month),
        "semiannual" | "semiannually" => (0.5, Unit::Year),
        "yearly" | "annual" | "annually" => (1.0, Unit::Year),
        "biennial" | "biennially" => (2.0, Unit::Year),
        _ => return None,
    })
}

/// Parts of a day: first and last minute, counted from its midnight.
pub(super) fn part_of_day(lower: &str) -> Option<(i64, i64)> {
    Some(match lower {
        "morning" | "mornings" => (6 * 60, 12 * 60),
        "lunch" | "lunchtime" => (11 * 60, 13 * 60),
        "afternoon" | "afternoons" => (12 * 60, 18 * 60),
        "evening" | "evenings" => (17 * 60, 24 * 60 - 1),
        "night" | "nights" => (20 * 60, 30 * 60),
        _ => return None,
    })
}

/// The numbers of a decade by its name.
pub(super) fn decade(lower: &str) -> Option<i16> {
    Some(match lower {
        "twenties" => 20,
        "thirties" => 30,
        "forties" => 40,
        "fifties" => 50,
        "sixties" => 60,
        "seventies" => 70,
        "eighties" => 80,
        "nineties" => 90,
        _ => return None,
    })
}

/// Which of its kind: this one, one before, or one after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    This,
    Last,
    /// "this past", "past": the nearest before.
    Past,
    Next,
    /// "coming", "upcoming": the nearest after.
    Coming,
    /// "following": after the one that the text tells before.
    Following,
    /// "same", "that": the one that the text tells before.
    Same,
}

/// Which one a word points to.
pub(super) fn which(lower: &str) -> Option<Which> {
    Some(match lower {
        "this" | "current" => Which::This,
        "last" | "previous" | "preceding" | "prior" => Which::Last,
        "past" => Which::Past,
        "next" => Which::Next,
        "coming" | "upcoming" => Which::Coming,
        "following" | "subsequent" | "ensuing" => Which::Following,
        "same" | "that" => Which::Same,
        _ => return None,
    })
}

/// Which third of a stretch a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    Early,
    Mid,
    Late,
}

/// The third that a word in front means.
pub(super) fn third(lower: &str) -> Option<Third> {
    Some(match lower {
        "early" | "earlier" | "beginning" | "start" => Third::Early,
        "mid" | "middle" => Third::Mid,
        "late" | "later" | "end" | "close" => Third::Late,
        _ => return None,
    })
}

/// Abbreviations of time zones; no time is moved by them.
pub(super) fn is_zone(written: &str) -> bool {
    matches!(
        written,
        "GMT"
            | "UTC"
            | "EST"
            | "EDT"
            | "ET"
            | "CST"
            | "CDT"
            | "CT"
            | "MST"
            | "MDT"
            | "MT"
            | "PST"
            | "PDT"
            | "PT"
            | "BST"
            | "CET"
            | "CEST"
            | "EET"
            | "EEST"
            | "IST"
            | "JST"
            | "MSK"
            | "Eastern"
            | "Pacific"
    )
}

/// Whether an expression of time can begin with a word.
pub(super) fn may_begin(lower: &str) -> bool {
    OPENERS.binary_search(&lower).is_ok()
        || lower.len() > 2
            && (month(lower).is_some()
                || weekday(lower).is_some()
                || lower
                    .strip_suffix('s')
                    .is_some_and(|one| weekday(one).is_some())
                || unit(lower).is_some()
                || season(lower).is_some()
                || part_of_day(lower).is_some()
                || period(lower).is_some()
                || decade(lower).is_some()
                || lower.ends_with("long")
                || is_number(lower))
}

/// Frequent words that lead to a time and never tell one alone.
pub(super) fn is_lead(lower: &str) -> bool {
    matches!(
        lower,
        "the"
            | "a"
            | "an"
            | "in"
            | "at"
            | "from"
            | "his"
            | "her"
            | "its"
            | "their"
            | "this"
            | "that"
            | "these"
            | "all"
            | "no"
            | "more"
            | "over"
            | "about"
            | "after"
            | "before"
            | "some"
            | "up"
            | "just"
            | "many"
            | "around"
            | "between"
            | "less"
            | "under"
            | "within"
            | "several"
            | "few"
            | "another"
            | "almost"
            | "nearly"
            | "entire"
            | "whole"
            | "same"
            | "per"
    )
}

/// Words that lead to a time, tell one alone, or begin the name of a holiday; in order.
const OPENERS: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "almost",
    "an",
    "another",
    "approximately",
    "around",
    "ash",
    "at",
    "barely",
    "bastille",
    "before",
    "beginning",
    "between",
    "black",
    "boxing",
    "calendar",
    "christmas",
    "coming",
    "comparable",
    "corresponding",
    "couple",
    "current",
    "currently",
    "each",
    "earlier",
    "early",
    "earth",
    "easter",
    "election",
    "end",
    "ensuing",
    "entire",
    "every",
    "few",
    "fewer",
    "final",
    "first",
    "fiscal",
    "following",
    "from",
    "good",
    "greater",
    "h",
    "half",
    "halloween",
    "her",
    "his",
    "in",
    "independence",
    "its",
    "just",
    "labor",
    "last",
    "late",
    "lately",
    "later",
    "latest",
    "less",
    "long",
    "many",
    "memorial",
    "mid",
    "midday",
    "middle",
    "midnight",
    "more",
    "nearly",
    "new",
    "next",
    "nineteen",
    "no",
    "noon",
    "noonish",
    "now",
    "nowadays",
    "over",
    "overnight",
    "palm",
    "past",
    "per",
    "preceding",
    "present",
    "previous",
    "prior",
    "q",
    "quarter",
    "recent",
    "recently",
    "right",
    "roughly",
    "saint",
    "same",
    "several",
    "some",
    "someday",
    "soon",
    "st",
    "start",
    "subsequent",
    "thanksgiving",
    "that",
    "the",
    "their",
    "these",
    "this",
    "today",
    "tomorrow",
    "tonight",
    "under",
    "up",
    "upcoming",
    "valentine",
    "whole",
    "within",
    "xmas",
    "yesterday",
];

/// Whether a word writes a number below a hundred, or a place in a row.
fn is_number(lower: &str) -> bool {
    matches!(
        lower,
        "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "second"
            | "third"
            | "fifth"
            | "eighth"
            | "ninth"
            | "twelfth"
            | "hundred"
            | "thousand"
    ) || lower.ends_with("teen")
        || lower.ends_with("ty")
        || lower.ends_with("th")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openers_are_in_order() {
        assert!(OPENERS.is_sorted());
    }

    #[test]
    fn most_words_begin_no_time() {
        for word in ["government", "said", "who", "minister", "attack", "of"] {
            assert!(!may_begin(word), "{word}");
        }
        for word in ["mondays", "thirteen", "yesterday", "decades", "twelfth"] {
            assert!(may_begin(word), "{word}");
        }
    }
}
