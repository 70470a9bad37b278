//! The words by which rows are found without reading them: one for each closed value.
//!
//! They stand in the column `tags` of the word indexes, letters and digits only, so that no
//! tokenizer can take them apart. Numbers and times are coarser here than in the tables: a
//! question asks for a tag first and then for the value itself.

use sayso_reading::Moment;

/// Every row has it: a question without any other word.
pub(crate) const ANY: &str = "xany";
/// Of a time with open ends, or too long for tags of its own.
pub(crate) const LONG: &str = "tlong";
/// Numbers from which on a figure has a tag.
pub(crate) const STEPS: [u64; 14] = [0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20000];
/// A time of more months has tags of its years only.
const MONTHS: i32 = 24;
/// A time of more years has `LONG` only.
const YEARS: i32 = 60;

/// A tag of a value of a closed list, such as `act` and `take_responsibility`.
pub(crate) fn value(list: &str, value: &str) -> String {
    let mut out = String::with_capacity(list.len() + value.len());
    add(&mut out, list, value);
    out
}

/// Writes a tag of a value behind others.
pub(crate) fn push(out: &mut String, list: &str, value: &str) {
    out.push(' ');
    add(out, list, value);
}

fn add(out: &mut String, list: &str, value: &str) {
    out.push_str(list);
    for c in value.bytes().filter(u8::is_ascii_alphanumeric) {
        out.push(char::from(c.to_ascii_lowercase()));
    }
}

/// A tag of a row of another table.
pub(crate) fn number(list: &str, id: i64) -> String {
    format!("{list}{id}")
}

/// The tags of a figure: every step that its lower bound reaches.
pub(crate) fn reached(list: &str, low: f64) -> impl Iterator<Item = String> {
    STEPS
        .into_iter()
        .take_while(move |step| *step as f64 <= low)
        .map(move |step| format!("{list}{step}"))
}

/// The tag that all figures of at least `low` have, if there is one.
pub(crate) fn step(list: &str, low: f64) -> Option<String> {
    let step = STEPS.into_iter().rev().find(|step| *step as f64 <= low)?;
    Some(format!("{list}{step}"))
}

/// Months from year 0.
fn month_of(moment: Moment) -> i32 {
    let (year, month, _) = moment.date();
    i32::from(year) * 12 + i32::from(month) - 1
}

fn month(months: i32) -> String {
    format!("m{}x{}", months.div_euclid(12), months.rem_euclid(12) + 1).replace('-', "n")
}

fn year(list: char, year: i32) -> String {
    format!("{list}{year}").replace('-', "n")
}

/// The tags of a time: its months where they are few, its years (`w` beside months that are left
/// out), or `LONG`.
pub(crate) fn time(earliest: Option<Moment>, latest: Option<Moment>) -> Vec<String> {
    let (Some(from), Some(to)) = (earliest, latest) else {
        return if earliest.is_none() && latest.is_none() {
            Vec::new()
        } else {
            vec![LONG.to_owned()]
        };
    };
    let (from, to) = (month_of(from), month_of(to));
    let years = from.div_euclid(12)..=to.div_euclid(12);
    if to < from || years.end() - years.start() > YEARS {
        return vec![LONG.to_owned()];
    }
    let mut out: Vec<String> = years.clone().map(|y| year('y', y)).collect();
    if to - from > MONTHS {
        out.extend(years.map(|y| year('w', y)));
    } else {
        out.extend((from..=to).map(month));
    }
    out
}

/// Tags of which a time that overlaps this one has at least one; empty: any time may overlap.
pub(crate) fn overlapping(earliest: Option<Moment>, latest: Option<Moment>) -> Vec<String> {
    let (Some(from), Some(to)) = (earliest, latest) else {
        return Vec::new();
    };
    let (from, to) = (month_of(from), month_of(to));
    let years = from.div_euclid(12)..=to.div_euclid(12);
    if years.end() - years.start() > YEARS {
        return Vec::new();
    }
    let mut out = vec![LONG.to_owned()];
    if to - from > MONTHS {
        out.extend(years.map(|y| year('y', y)));
    } else {
        out.extend(years.map(|y| year('w', y)));
        out.extend((from..=to).map(month));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_become_single_words() {
        assert_eq!(value("act", "take_responsibility"), "acttakeresponsibility");
        assert_eq!(value("mode", "suicide-attack"), "modesuicideattack");
    }

    #[test]
    fn figures_have_the_steps_they_reach() {
        let of: Vec<_> = reached("k", 7.0).collect();
        assert_eq!(of, ["k0", "k1", "k2", "k3", "k5"]);
        assert_eq!(step("k", 7.0).as_deref(), Some("k5"));
        assert_eq!(step("k", 0.5).as_deref(), Some("k0"));
    }

    fn moment() -> impl Strategy<Value = Moment> {
        (1900_i64..2100, 1_u8..=12, 1_u8..=28)
            .prop_map(|(y, m, d)| Moment::day(y, m, d).expect("days that are in every month"))
    }

    proptest! {
        #[test]
        fn times_that_overlap_share_a_tag(a in moment(), b in moment(), c in moment(), d in moment()) {
            let key = |m: Moment| m.date();
            let (a, b) = if key(a) <= key(b) { (a, b) } else { (b, a) };
            let (c, d) = if key(c) <= key(d) { (c, d) } else { (d, c) };
            if key(a) <= key(d) && key(c) <= key(b) {
                let has = time(Some(a), Some(b));
                let asked = overlapping(Some(c), Some(d));
                prop_assert!(asked.is_empty() || has.iter().any(|t| asked.contains(t)));
            }
        }

        #[test]
        fn what_reaches_a_number_has_its_tag(low in 0.0_f64..30_000.0, asked in 0.0_f64..30_000.0) {
            if low >= asked && let Some(tag) = step("k", asked) {
                prop_assert!(reached("k", low).any(|t| t == tag));
            }
        }
    }
}
