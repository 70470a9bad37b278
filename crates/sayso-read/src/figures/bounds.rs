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

    /// These bounds under a qualifier; `whole` where only whole numbers make sense.
    pub(super) fn under(self, bound: Bound, whole: bool) -> Self {
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
            Bound::About => Self::about(below(value, whole), above(value, whole), "figure.about"),
            Bound::Nearly => Self::about(below(value, whole), value, "figure.nearly"),
            Bound::JustOver => Self::about(value, above(value, whole), "figure.just_over"),
        }
    }

    const fn about(low: f64, high: f64, name: &'static str) -> Self {
        Self {
            low,
            high: Some(high),
            rule: FigureRule::About,
            name,
        }
    }
}

/// A tenth less; of a count in whole numbers, and at least one.
fn below(value: f64, whole: bool) -> f64 {
    let near = value - value / 10.0;
    if whole {
        near.round().min(value - 1.0).max(0.0)
    } else {
        tidy(near)
    }
}

/// A tenth more; of a count in whole numbers, and at least one.
fn above(value: f64, whole: bool) -> f64 {
    let near = value + value / 10.0;
    if whole {
        near.round().max(value + 1.0)
    } else {
        tidy(near)
    }
}

/// Without the dust of binary fractions.
fn tidy(value: f64) -> f64 {
    let tidy = (value * 1e4).round() / 1e4;
    if tidy.is_finite() { tidy } else { value }
}

/// The qualifier that ends just before a token, and how many tokens it has.
pub(super) fn before(line: &Line, at: usize) -> Option<(Bound, usize)> {
    let words = |steps: usize| line.back(at, steps);
    let (one, two, three) = (words(1), words(2), words(3));
    let found = match (three, two, one) {
        (_, "at", "least")
        | (_, "upwards" | "upward", "of")
        | (_, "minimum", "of")
        | (_, "excess", "of")
        | (_, "well", "over")
        | (_, "greater" | "higher" | "larger", "than") => Some((Bound::AtLeast, 2)),
        ("no" | "not", "fewer" | "less", "than") => Some((Bound::AtLeast, 3)),
        ("no" | "not", "more", "than") => Some((Bound::AtMost, 3)),
        ("as", "many" | "much" | "high", "as") | ("at", "the", "most") => Some((Bound::AtMost, 3)),
        ("as", "few" | "little", "as") | ("at", "the", "least") => Some((Bound::AtLeast, 3)),
        (_, "more", "than") => Some((Bound::AtLeast, 2)),
        (_, "fewer" | "less" | "lower" | "smaller", "than")
        | (_, "up", "to")
        | (_, "at", "most")
        | (_, "maximum", "of")
        | (_, "not", "exceeding") => Some((Bound::AtMost, 2)),
        (_, "close", "to") | (_, "just" | "slightly", "under" | "below") => {
            Some((Bound::Nearly, 2))
        }
        (_, "just" | "slightly", "over" | "above") => Some((Bound::JustOver, 2)),
        (_, "little", "over" | "under") => None,
        ("somewhere" | "anywhere", "in", "between") => None,
        (_, "an" | "the", "estimated") | (_, "somewhere", "around") => Some((Bound::About, 2)),
        (_, _, "estimated") if two != "was" && two != "were" => Some((Bound::About, 1)),
        ("region" | "order" | "vicinity" | "neighborhood", "of", "some" | "about") => {
            Some((Bound::About, 1))
        }
        _ => single(one, two),
    }?;
    Some(lengthened(line, at, found))
}

/// Qualifiers of one word.
fn single(one: &str, two: &str) -> Option<(Bound, usize)> {
    let bound = match one {
        "over" => {
            // "took over 12 villages" and the like are none
            let verb = matches!(
                two,
                "took" | "take" | "taken" | "taking" | "handed" | "turned"
            );
            return (!verb).then_some((Bound::AtLeast, 1));
        }
        "exceeding" | "exceeded" | "exceeds" | "exceed" | "surpassed" | "surpassing"
        | "surpasses" | "topped" | "topping" | "tops" | "above" | "minimum" => Bound::AtLeast,
        "under" | "below" => Bound::AtMost,
        // "talked about 12 villages"
        "about"
            if matches!(
                two,
                "talk"
                    | "talked"
                    | "talking"
                    | "talks"
                    | "spoke"
                    | "speak"
                    | "speaking"
                    | "asked"
                    | "told"
                    | "know"
                    | "knew"
                    | "worried"
                    | "concerned"
                    | "think"
                    | "thought"
                    | "hear"
                    | "heard"
                    | "wrote"
                    | "written"
                    | "complained"
                    | "lied"
                    | "questions"
                    | "concerns"
            ) =>
        {
            return None;
        }
        "about" | "around" | "some" | "roughly" | "approximately" | "approx" | "circa" | "ca"
        | "~" => Bound::About,
        "nearly" | "almost" | "nearing" | "approaching" | "virtually" | "practically" => {
            Bound::Nearly
        }
        _ => return None,
    };
    Some((bound, 1))
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
    match (line.lower(at), line.lower(at + 1)) {
        ("or", "more") | ("and", "more" | "counting" | "above") => Some((Bound::AtLeast, 2)),
        ("or", "fewer" | "less") => Some((Bound::AtMost, 2)),
        ("or", "so") => Some((Bound::About, 2)),
        ("at", "least") => Some((Bound::AtLeast, 2)),
        ("at", "most") => Some((Bound::AtMost, 2)),
        ("+", _) if line.tight(at) => Some((Bound::AtLeast, 1)),
        ("-", "plus") if line.tight(at) => Some((Bound::AtLeast, 2)),
        ("-", "odd") if line.tight(at) => Some((Bound::About, 2)),
        ("plus", _) => Some((Bound::AtLeast, 1)),
        ("odd", _) => Some((Bound::About, 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(value: f64, bound: Bound, whole: bool) -> (f64, Option<f64>) {
        let bounds = Bounds::exact(value).under(bound, whole);
        (bounds.low, bounds.high)
    }

    #[test]
    fn rough_numbers_reach_a_tenth_and_at_least_one() {
        assert_eq!(about(30.0, Bound::About, true), (27.0, Some(33.0)));
        assert_eq!(about(12.0, Bound::About, true), (11.0, Some(13.0)));
        assert_eq!(about(3.0, Bound::About, true), (2.0, Some(4.0)));
        assert_eq!(about(5.0, Bound::About, false), (4.5, Some(5.5)));
        assert_eq!(about(3.0, Bound::About, false), (2.7, Some(3.3)));
        assert_eq!(about(100.0, Bound::Nearly, true), (90.0, Some(100.0)));
        assert_eq!(about(100.0, Bound::JustOver, true), (100.0, Some(110.0)));
        assert_eq!(about(0.0, Bound::About, true), (0.0, Some(1.0)));
    }
}
