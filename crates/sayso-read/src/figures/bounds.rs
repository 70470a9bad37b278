//! How the words around a number bound it.

use sayso_reading::FigureRule;

use super::line::Line;

/// What a qualifier makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// "At least": this or more.
    AtLeast,
    /// "Up to": this or less.
    AtMost,
    /// "About": near this, on either side.
    About,
    /// "Nearly": near this, from below.
    Nearly,
    /// "Just over": near this, from above.
    JustOver,
}

/// What a number, or two of a range, can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub low: f64,
    pub high: Option<f64>,
    pub rule: FigureRule,
    /// The rule's name in the manual.
    pub name: &'static str,
}

impl Bounds {
    pub(super) const fn exact(value: f64) -> Self {
        Self {
            low: value,
            high: Some(value),
            rule: FigureRule::Exact,
            name: "figure.exact",
        }
    }

    pub(super) const fn range(low: f64, high: f64) -> Self {
        Self {
            low,
            high: Some(high),
            rule: FigureRule::Range,
            name: "figure.range",
        }
    }

    pub(super) const fn vague(low: f64, high: Option<f64>) -> Self {
        Self {
            low,
            high,
            rule: FigureRule::Vague,
            name: "figure.vague",
        }
    }

    /// These bounds under a qualifier.
    pub(super) fn under(self, bound: Bound) -> Self {
        let (low, high) = (self.low, self.high);
        let value = high.unwrap_or(low);
        if self.rule == FigureRule::Vague {
            return match bound {
                Bound::AtLeast | Bound::JustOver => Self { high: None, ..self },
                Bound::AtMost => Self { low: 0.0, ..self },
                Bound::About | Bound::Nearly => self,
            };
        }
        match bound {
            Bound::AtLeast => Self {
                low,
                high: None,
                rule: FigureRule::AtLeast,
                name: "figure.at_least",
            },
            Bound::AtMost => Self {
                low: 0.0,
                high,
                rule: FigureRule::AtMost,
                name: "figure.at_most",
            },
            // "about 10 to 12" is the range
            _ if self.rule == FigureRule::Range => self,
            Bound::About => Self::about(value, "figure.about"),
            Bound::Nearly => Self::about(value, "figure.nearly"),
            Bound::JustOver => Self::about(value, "figure.just_over"),
        }
    }

    /// The number itself: how far off it may be, the words do not say.
    const fn about(value: f64, name: &'static str) -> Self {
        Self {
            low: value,
            high: Some(value),
            rule: FigureRule::About,
            name,
        }
    }
}

/// The qualifier that ends just before a token, and how many tokens it has.
pub(super) fn before(line: &Line, at: usize) -> Option<(Bound, usize)> {
    let (one, two, three) = (line.back(at, 1), line.back(at, 2), line.back(at, 3));
    let found = three_words(three, two, one)
        .map(|bound| (bound, 3))
        .or_else(|| two_words(two, one).map(|bound| (bound, 2)))
        .or_else(|| one_word(two, one).map(|bound| (bound, 1)))?;
    Some(lengthened(line, at, found))
}

fn three_words(three: &str, two: &str, one: &str) -> Option<Bound> {
    Some(match (three, two, one) {
        ("no" | "not", "fewer" | "less", "than")
        | ("as", "few" | "little", "as")
        | ("at", "the", "least") => Bound::AtLeast,
        ("no" | "not", "more", "than")
        | ("as", "many" | "much" | "high", "as")
        | ("at", "the", "most") => Bound::AtMost,
        _ => return None,
    })
}

fn two_words(two: &str, one: &str) -> Option<Bound> {
    Some(match (two, one) {
        ("at", "least")
        | ("upwards" | "upward" | "minimum" | "excess", "of")
        | ("well", "over")
        | ("greater" | "higher" | "larger" | "more", "than") => Bound::AtLeast,
        ("fewer" | "less" | "lower" | "smaller", "than")
        | ("up", "to")
        | ("at", "most")
        | ("maximum", "of")
        | ("not", "exceeding") => Bound::AtMost,
        ("close", "to") | ("just" | "slightly", "under" | "below") => Bound::Nearly,
        ("just" | "slightly" | "little", "over" | "above") => Bound::JustOver,
        ("an" | "the", "estimated") | ("somewhere", "around") => Bound::About,
        _ => return None,
    })
}

/// Qualifiers of one word, by the word before where that takes it for itself.
fn one_word(before: &str, word: &str) -> Option<Bound> {
    let taken = match word {
        "over" => matches!(
            before,
            "took" | "take" | "taken" | "taking" | "handed" | "turned"
        ),
        "about" => takes_about(before),
        "estimated" => matches!(before, "was" | "were"),
        _ => false,
    };
    if taken {
        return None;
    }
    Some(match word {
        "over" | "exceeding" | "exceeded" | "exceeds" | "exceed" | "surpassed" | "surpassing"
        | "surpasses" | "topped" | "topping" | "tops" | "above" | "minimum" => Bound::AtLeast,
        "under" | "below" => Bound::AtMost,
        "about" | "around" | "some" | "roughly" | "approximately" | "approx" | "circa" | "ca"
        | "estimated" | "~" => Bound::About,
        "nearly" | "almost" | "nearing" | "approaching" | "virtually" | "practically" => {
            Bound::Nearly
        }
        _ => return None,
    })
}

/// Words behind which "about" tells of what is spoken: "talked about 12 villages".
fn takes_about(lower: &str) -> bool {
    [
        "asked",
        "complained",
        "concerned",
        "concerns",
        "hear",
        "heard",
        "him",
        "knew",
        "know",
        "lied",
        "me",
        "questions",
        "speak",
        "speaking",
        "spoke",
        "talk",
        "talked",
        "talking",
        "talks",
        "them",
        "think",
        "thought",
        "told",
        "us",
        "worried",
        "written",
        "wrote",
        "you",
    ]
    .contains(&lower)
}

/// With the words that belong to a qualifier in front: "in excess of", "a minimum of".
fn lengthened(line: &Line, at: usize, (bound, len): (Bound, usize)) -> (Bound, usize) {
    let more = match (line.back(at, len + 1), line.back(at, len)) {
        ("in", "excess") | ("a", "minimum" | "maximum") => 1,
        _ => 0,
    };
    (bound, len + more)
}

/// The qualifier that begins with a token behind the number, and how many tokens it has.
pub(super) fn behind(line: &Line, at: usize) -> Option<(Bound, usize)> {
    let tight = line.tight(at);
    Some(match (line.lower(at), line.lower(at + 1)) {
        ("or", "more") | ("and", "more" | "counting" | "above") | ("at", "least") => {
            (Bound::AtLeast, 2)
        }
        ("or", "fewer" | "less") | ("at", "most") => (Bound::AtMost, 2),
        ("or", "so") => (Bound::About, 2),
        ("-", "plus") if tight => (Bound::AtLeast, 2),
        ("-", "odd") if tight => (Bound::About, 2),
        ("+", _) if tight => (Bound::AtLeast, 1),
        ("plus", _) => (Bound::AtLeast, 1),
        ("odd", _) => (Bound::About, 1),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_numbers_stay_what_they_are() {
        for bound in [Bound::About, Bound::Nearly, Bound::JustOver] {
            let bounds = Bounds::exact(30.0).under(bound);
            assert_eq!((bounds.low, bounds.high), (30.0, Some(30.0)));
            assert_eq!(bounds.rule, FigureRule::About);
        }
    }
}
