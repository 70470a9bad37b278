//! What a figure comes to under the conventions of datasets on conflict events.

use crate::{Amount, Figure, FigureKind, FigureRule};

/// Deaths as UCDP GED has them, as far as one figure tells them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ucdp {
    /// The most likely number; none where the coder has to decide.
    pub best: Option<Amount>,
    /// The lowest.
    pub low: Amount,
    /// The highest; none where open.
    pub high: Option<Amount>,
}

impl Figure {
    /// The deaths that ACLED would count: one number, of two the lower.
    ///
    /// Vague words come to ACLED's own table: "tens" 10, "dozens" 12, "hundreds" 100; for others
    /// it has no confirmed number. None for what is no count of people killed (casualties and
    /// losses are none), and for "up to 12", which names no lower number. `text` is the text of
    /// the document.
    ///
    /// ```
    /// # use sayso_reading::{Amount, Figure, FigureId, FigureKind, FigureRule, Span};
    /// let text = "Dozens were killed.";
    /// let dozens = Figure {
    ///     id: FigureId::at(0),
    ///     spans: Span::new(0, 6)?.into(),
    ///     kind: FigureKind::Killed,
    ///     low: Amount::from(24),
    ///     high: None,
    ///     rule: FigureRule::Vague,
    ///     unit: None,
    ///     counts: None,
    ///     time: None,
    ///     within: None,
    /// };
    /// assert_eq!(dozens.acled(text), Some(12));
    /// assert_eq!(dozens.ucdp(), None);
    /// # Ok::<(), sayso_reading::ReadingError>(())
    /// ```
    pub fn acled(&self, text: &str) -> Option<u64> {
        if self.kind != FigureKind::Killed {
            return None;
        }
        match self.rule {
            FigureRule::Exact | FigureRule::AtLeast | FigureRule::About | FigureRule::Range => {
                self.low.whole()
            }
            FigureRule::AtMost => None,
            FigureRule::Vague => self.acled_word(text),
        }
    }

    /// ACLED's number for a vague word that stands by itself: "dozens", "at least hundreds".
    fn acled_word(&self, text: &str) -> Option<u64> {
        let words = self.spans.hull()?.slice(text)?.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphabetic()).rev();
        let number = match words.next()? {
            "tens" => 10,
            "dozens" => 12,
            "hundreds" => 100,
            _ => return None,
        };
        // "several hundreds", "tens of hundreds" are other words
        let alone =
            words.all(|word| matches!(word, "" | "at" | "least" | "more" | "than" | "over"));
        alone.then_some(number)
    }

    /// The deaths that UCDP GED would hold: best, low and high.
    ///
    /// An exact number is all three; a rough one is taken as it is told;
    /// "at least 12" is low and best, with no high; of a range and of "up to 12" the coder decides
    /// the best. None for vague words, for
    /// which UCDP has no table, and for what is no count of people killed.
    pub fn ucdp(&self) -> Option<Ucdp> {
        if self.kind != FigureKind::Killed {
            return None;
        }
        let best = match self.rule {
            FigureRule::Exact | FigureRule::AtLeast | FigureRule::About => Some(self.low),
            FigureRule::Range | FigureRule::AtMost => None,
            FigureRule::Vague => return None,
        };
        Some(Ucdp {
            best,
            low: self.low,
            high: self.high,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FigureId, Span};

    fn figure(
        kind: FigureKind,
        rule: FigureRule,
        low: u32,
        high: Option<u32>,
        words: &str,
    ) -> Figure {
        Figure {
            id: FigureId::at(0),
            spans: Span::of(0, words.len()).into(),
            kind,
            low: low.into(),
            high: high.map(Amount::from),
            rule,
            unit: None,
            counts: None,
            time: None,
            within: None,
        }
    }

    fn killed(rule: FigureRule, low: u32, high: Option<u32>) -> Figure {
        figure(FigureKind::Killed, rule, low, high, "")
    }

    #[test]
    fn acled_takes_the_lower_number() {
        use FigureRule::{About, AtLeast, AtMost, Exact, Range};
        for (rule, low, high, expected) in [
            (Exact, 3, Some(3), Some(3)),
            (AtLeast, 12, None, Some(12)),
            (Range, 10, Some(12), Some(10)),
            (About, 30, Some(30), Some(30)),
            (AtMost, 0, Some(12), None),
        ] {
            assert_eq!(killed(rule, low, high).acled(""), expected, "{rule}");
        }
    }

    #[test]
    fn acled_has_numbers_for_three_words() {
        for (words, expected) in [
            ("tens", Some(10)),
            ("Dozens", Some(12)),
            ("at least hundreds", Some(100)),
            ("tens of thousands", None),
            ("several hundreds", None),
            ("several dozen", None),
            ("several", None),
            ("", None),
        ] {
            let vague = figure(FigureKind::Killed, FigureRule::Vague, 3, None, words);
            assert_eq!(vague.acled(words), expected, "{words}");
            assert_eq!(vague.ucdp(), None);
        }
    }

    #[test]
    fn ucdp_has_a_best_number_only_where_the_words_give_one() {
        use FigureRule::{About, AtLeast, AtMost, Exact, Range};
        for (rule, low, high, best) in [
            (Exact, 3, Some(3), Some(3)),
            (AtLeast, 12, None, Some(12)),
            (Range, 10, Some(12), None),
            (About, 30, Some(30), Some(30)),
            (AtMost, 0, Some(12), None),
        ] {
            let expected = Ucdp {
                best: best.map(Amount::from),
                low: low.into(),
                high: high.map(Amount::from),
            };
            assert_eq!(killed(rule, low, high).ucdp(), Some(expected), "{rule}");
        }
    }

    #[test]
    fn only_the_killed_are_deaths() {
        for &kind in FigureKind::ALL
            .iter()
            .filter(|kind| **kind != FigureKind::Killed)
        {
            let other = figure(kind, FigureRule::Exact, 30, Some(30), "30");
            assert_eq!((other.acled("30"), other.ucdp()), (None, None), "{kind}");
        }
    }
}
