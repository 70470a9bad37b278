//! A standing as a sentence: counts in words, and who denies it.

use std::fmt::Write as _;

use sayso_link::{Label, Member, Stance, Standing};

use super::parts::{capital, number, some};

/// Deniers that are named; of more it says how many there are.
const NAMED: usize = 3;

/// `Seven reports, two independent origins, both unnamed. Denied by the Ministry.`
pub(crate) fn sentence(standing: &Standing, members: &[Member]) -> String {
    let mut out = counts(standing);
    if standing.deniers > 0 {
        out.push_str(" Denied by ");
        out.push_str(&deniers(standing, members));
        out.push('.');
    }
    if standing.label == Label::Circular {
        out.push_str(" The reports have it from each other.");
    }
    out
}

/// The counts alone.
pub(crate) fn counts(standing: &Standing) -> String {
    let Standing {
        reports,
        copies,
        origins,
        unnamed,
        ..
    } = *standing;
    let mut out = capital(&some(reports, "report"));
    match copies {
        0 => {}
        1 => out.push_str(", one of them a copy of another"),
        _ => {
            let _ = write!(out, ", {} of them copies of others", number(copies));
        }
    }
    let named = |n: usize| {
        if n == 1 {
            "one named origin".to_owned()
        } else {
            format!("{} independent named origins", number(n))
        }
    };
    let told = match (origins, unnamed) {
        (0, 0) => "; nobody says that it is so".to_owned(),
        (0, 1) => ", one origin, unnamed".to_owned(),
        (0, 2) => ", two origins, both unnamed: they may be one".to_owned(),
        (0, _) => format!(
            ", {} origins, all unnamed: they may be one",
            number(unnamed)
        ),
        (_, 0) => format!(", {}", named(origins)),
        (named_ones, _) => format!(
            ", {} and {} unnamed, who may be {}",
            named(origins),
            number(unnamed),
            match (named_ones, unnamed) {
                (1, _) => "the same",
                (_, 1) => "one of them",
                _ => "among them",
            }
        ),
    };
    out.push_str(&told);
    out.push('.');
    out
}

fn deniers(standing: &Standing, members: &[Member]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for member in members.iter().filter(|m| m.stance == Stance::Denies) {
        if !names.contains(&member.origin.as_str()) {
            names.push(&member.origin);
        }
    }
    let names: Vec<String> = names.into_iter().map(within_sentence).collect();
    match names.as_slice() {
        [] => some(standing.deniers, "source"),
        [only] => only.clone(),
        few if few.len() <= NAMED => {
            let (last, before) = few
                .split_last()
                .map_or(("", few), |(last, before)| (last.as_str(), before));
            format!("{} and {last}", before.join(", "))
        }
        many => {
            let first = many.get(..NAMED - 1).unwrap_or_default();
            format!(
                "{} and {} others",
                first.join(", "),
                number(many.len() + 1 - NAMED)
            )
        }
    }
}

/// A name as it stands within a sentence: an article at its beginning is small.
fn within_sentence(name: &str) -> String {
    for (large, small) in [("The ", "the "), ("A ", "a "), ("An ", "an ")] {
        if let Some(rest) = name.strip_prefix(large) {
            return format!("{small}{rest}");
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(reports: usize, copies: usize, origins: usize, unnamed: usize) -> Standing {
        Standing {
            reports,
            copies,
            origins,
            unnamed,
            deniers: 0,
            label: Label::SingleOrigin,
        }
    }

    #[test]
    fn an_article_is_small_within_a_sentence() {
        assert_eq!(within_sentence("The head of a mine"), "the head of a mine");
        assert_eq!(within_sentence("Theo Lee"), "Theo Lee");
    }

    #[test]
    fn counts_are_told_in_words() {
        let told = |r, c, o, u| counts(&standing(r, c, o, u));
        assert_eq!(
            told(7, 0, 0, 2),
            "Seven reports, two origins, both unnamed: they may be one."
        );
        assert_eq!(told(1, 0, 1, 0), "One report, one named origin.");
        assert_eq!(
            told(3, 1, 0, 1),
            "Three reports, one of them a copy of another, one origin, unnamed."
        );
        assert_eq!(
            told(5, 2, 2, 1),
            "Five reports, two of them copies of others, two independent named origins and one unnamed, who may be one of them."
        );
        assert_eq!(
            told(2, 0, 2, 0),
            "Two reports, two independent named origins."
        );
        assert_eq!(told(1, 0, 0, 0), "One report; nobody says that it is so.");
        assert_eq!(
            told(14, 0, 1, 3),
            "14 reports, one named origin and three unnamed, who may be the same."
        );
    }
}
