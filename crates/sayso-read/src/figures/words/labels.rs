//! Words beside which a number is no figure.

use super::listed;

/// Nouns that a number behind them names: "Article 5"; in order.
const LABELLED: &[&str] = &[
    "act",
    "age",
    "aged",
    "ages",
    "airbus",
    "amendment",
    "apartment",
    "apt",
    "art",
    "article",
    "articles",
    "block",
    "boeing",
    "box",
    "camp",
    "category",
    "channel",
    "chap",
    "chapter",
    "clause",
    "communique",
    "court",
    "day",
    "decree",
    "directive",
    "district",
    "episode",
    "exhibit",
    "figure",
    "flight",
    "gate",
    "grade",
    "group",
    "highway",
    "hour",
    "interstate",
    "item",
    "kilometer",
    "kilometre",
    "km",
    "law",
    "level",
    "line",
    "lot",
    "magnitude",
    "mark",
    "mile",
    "model",
    "no",
    "nos",
    "number",
    "p",
    "page",
    "pages",
    "paragraph",
    "part",
    "phase",
    "pier",
    "platform",
    "point",
    "pp",
    "proposition",
    "protocol",
    "psalm",
    "resolution",
    "resolutions",
    "room",
    "round",
    "route",
    "rule",
    "season",
    "sec",
    "section",
    "sections",
    "sector",
    "stage",
    "step",
    "suite",
    "table",
    "title",
    "tower",
    "turned",
    "turning",
    "type",
    "unit",
    "verse",
    "version",
    "vol",
    "volume",
    "war",
    "week",
    "zone",
];

/// Whether a number behind a noun names it: "Article 5".
pub(in crate::figures) fn takes_number(lower: &str) -> bool {
    listed(LABELLED, lower)
}

/// Units of time.
pub(in crate::figures) fn is_time_unit(lower: &str) -> bool {
    matches!(
        lower,
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "night"
            | "nights"
            | "week"
            | "weeks"
            | "weekend"
            | "weekends"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decade"
            | "decades"
            | "century"
            | "centuries"
            | "times"
            | "time"
            | "a.m."
            | "p.m."
            | "am"
            | "pm"
            | "gmt"
            | "utc"
            | "o"
            | "mins"
            | "hrs"
            | "yrs"
            | "weekday"
            | "weekdays"
            | "fortnight"
            | "morning"
            | "evening"
            | "afternoon"
            | "mornings"
            | "moment"
            | "moments"
            | "occasions"
            | "birthday"
            | "anniversary"
    )
}

/// Months, whole and shortened.
pub(in crate::figures) fn is_month(lower: &str) -> bool {
    matches!(
        lower,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sept"
            | "sep"
            | "oct"
            | "nov"
            | "dec"
    )
}

/// Days of the week.
pub(in crate::figures) fn is_weekday(lower: &str) -> bool {
    matches!(
        lower,
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(LABELLED.is_sorted());
    }
}
