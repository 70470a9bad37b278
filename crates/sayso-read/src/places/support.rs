//! Whether words that some place bears are meant as a place here, and why.

use std::ops::Range;

use sayso_reading::PlaceLevel;

use super::find::{Finder, Mention, Support};
use super::gazetteer::{Index, NameKind};
use super::words::{is_common, is_local_body, is_locative};
use crate::entities::{Found, NameClass};
use crate::numbers::{Kind, Tokens};

impl Finder<'_> {
    /// The mention, if these words are meant as a place here.
    pub(super) fn accepted(
        &self,
        tokens: &Tokens,
        range: Range<usize>,
        key: &str,
        mut bearers: Vec<(Index, NameKind)>,
        behind_comma: bool,
    ) -> Option<Mention> {
        let span = tokens.span(range.clone())?.range();
        let written = self.text.get(span.clone())?;
        let short = key.len() <= 2 && !written.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
        if !behind_comma {
            bearers.retain(|(_, kind)| *kind != NameKind::BehindComma);
        }
        if bearers.is_empty() || short && !behind_comma {
            return None;
        }
        let support = self.support(tokens, &range, &span, key, &bearers, behind_comma)?;
        if support == Support::Demonym {
            bearers.retain(|(_, kind)| *kind == NameKind::Demonym);
        }
        Some(Mention {
            range: span,
            tokens: range,
            key: key.to_owned(),
            bearers,
            support,
            container: None,
            block: 0,
        })
    }

    /// Why known words are meant as a place here; `None` where they are not.
    fn support(
        &self,
        tokens: &Tokens,
        range: &Range<usize>,
        span: &Range<usize>,
        key: &str,
        bearers: &[(Index, NameKind)],
        behind_comma: bool,
    ) -> Option<Support> {
        let over = self.over(span);
        let class = over.map(|f| f.class);
        let whole = over.is_some_and(|f| self.is_whole(f, span));
        let demonym = bearers.iter().any(|(_, kind)| *kind == NameKind::Demonym);
        let best = self.best_known(bearers);
        let fame = best.as_ref().map_or(0.0, |b| b.fame);
        let wide = best.is_some_and(|b| b.wide);
        let letters = self.text.get(span.clone()).unwrap_or_default();
        let initials =
            key.len() <= 3 && letters.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
        let own = bearers
            .iter()
            .any(|(index, _)| self.gazetteer.is_own(*index));
        let small = || is_common(key) || self.is_written_small(tokens, range);
        let common = !initials && !own && small();
        let person = self.people.contains(letters);
        if demonym && (whole || class != Some(NameClass::Person)) {
            return Some(Support::Demonym);
        }
        if behind_comma && wide {
            return Some(Support::Known);
        }
        let before = tokens.back(range.start, 1);
        match class {
            Some(NameClass::Place) => {
                let network = over.map_or(0.0, |f| f.confidence);
                let told = wide || !common || whole && network > 0.8;
                let part =
                    !whole && !wide && over.is_some_and(|f| Self::goes_on(tokens, range.end, f));
                (told && !part).then_some(Support::Network(network))
            }
            Some(NameClass::Person) => {
                let located = matches!(before, "in" | "near" | "of") && whole && fame > 9.0;
                let office = Self::is_office(tokens, range.end) && fame > 6.0;
                ((located || office) && !common).then_some(Support::Known)
            }
            Some(_) if whole => (wide || fame > 12.5 && !common).then_some(Support::Inside),
            Some(_) => {
                let body = is_local_body(tokens.lower(range.end));
                let known =
                    wide || fame > 11.0 || body && fame > 0.0 || before == "of" && fame > 9.0;
                (known && !common).then_some(Support::Inside)
            }
            None => {
                let goes_on = tokens
                    .get(range.end)
                    .is_some_and(|t| t.capital && t.kind == Kind::Word)
                    && !Self::is_office(tokens, range.end);
                let located = is_locative(before) && key.len() > 3 && fame > 6.0 && !goes_on;
                let named = wide || fame > 11.5 && !goes_on;
                let told = located || named && (wide || !person);
                (told && !common).then_some(Support::Known)
            }
        }
    }

    /// Whether a name goes on with a word of its own: "Blackwater Quay" is not at Blackwater.
    fn goes_on(tokens: &Tokens, at: usize, name: &Found) -> bool {
        tokens.get(at).is_some_and(|t| {
            t.start < name.range.end
                && t.capital
                && t.kind == Kind::Word
                && !Self::is_office(tokens, at)
        })
    }

    /// Whether the word here is an office or a body that a place's name stands before.
    fn is_office(tokens: &Tokens, at: usize) -> bool {
        is_local_body(tokens.lower(at)) || crate::entities::is_title(tokens.written(at))
    }

    /// The network's name that holds these words, or is held by them; the longest.
    fn over(&self, span: &Range<usize>) -> Option<&Found> {
        /// Longer names are not looked for.
        const FAR: usize = 200;
        let from = self
            .names
            .partition_point(|f| f.range.start + FAR < span.start);
        let to = self.names.partition_point(|f| f.range.start < span.end);
        self.names
            .get(from..to)?
            .iter()
            .filter(|f| f.range.end > span.start && !f.inner)
            .max_by_key(|f| f.range.end.min(span.end) - f.range.start.max(span.start))
    }

    /// Whether a name is these words, an article and a possessive aside.
    fn is_whole(&self, found: &Found, span: &Range<usize>) -> bool {
        let outside = |range: Range<usize>| {
            self.text
                .get(range)
                .unwrap_or_default()
                .trim()
                .to_lowercase()
        };
        let before = found.range.start.min(span.start)..span.start;
        let behind = span.end..found.range.end.max(span.end);
        matches!(outside(before).as_str(), "" | "the")
            && matches!(outside(behind).as_str(), "" | "’s" | "'s" | "’" | "'" | ".")
    }

    /// Whether the text writes the words small somewhere, so that the capital here tells little.
    fn is_written_small(&self, tokens: &Tokens, range: &Range<usize>) -> bool {
        range.len() == 1 && self.small.contains(tokens.lower(range.start))
    }

    fn best_known(&self, bearers: &[(Index, NameKind)]) -> Option<Known> {
        let known = bearers
            .iter()
            .filter(|(_, kind)| *kind != NameKind::Demonym)
            .filter_map(|&(index, kind)| {
                let record = self.gazetteer.record(index)?;
                // a further name of a small place is mostly something else
                if kind == NameKind::Other
                    && record.level == PlaceLevel::City
                    && record.population < 11.5
                {
                    return None;
                }
                let wide = matches!(
                    record.level,
                    PlaceLevel::Country | PlaceLevel::Admin1 | PlaceLevel::Area
                ) || self.gazetteer.is_own(index);
                Some(Known {
                    fame: if wide { 14.0 } else { record.population },
                    wide,
                })
            });
        known.max_by(|a, b| a.fame.total_cmp(&b.fame))
    }
}

/// The best known place of a name.
struct Known {
    /// Natural logarithm of its people, or what stands for it.
    fame: f64,
    /// A country, a first division, a region, or one of the user's.
    wide: bool,
}
