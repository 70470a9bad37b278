//! Words that name a place: what the network takes for one, and what the gazetteer knows.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use sayso_reading::PlaceLevel;

use super::gazetteer::{Gazetteer, Index, NameKind, key};
use crate::entities::{Found, NameClass};
use crate::numbers::{Kind, Tokens};

/// Tokens that a name has at most.
const LONGEST: usize = 8;

/// Why words are taken for the name of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Support {
    /// The network says so; how surely.
    Network(f32),
    /// They stand in the name of an organization or the like.
    Inside,
    /// A people or an adjective by the list.
    Demonym,
    /// The gazetteer knows a place that is well known, or the words around tell.
    Known,
}

/// Words that name a place.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The block's tokens that they are.
    pub tokens: Range<usize>,
    pub key: String,
    pub bearers: Vec<(Index, NameKind)>,
    pub support: Support,
    /// The mention behind the comma that tells where this one lies: "Paris, Texas".
    pub container: Option<usize>,
    /// Number of its block.
    pub block: usize,
}

/// What the finder looks at.
pub(super) struct Finder<'a> {
    pub text: &'a str,
    pub gazetteer: &'a Gazetteer,
    /// The network's names, by where they start.
    pub names: &'a [Found],
    /// Words of the text that it also writes small.
    pub small: HashSet<&'a str>,
    /// Words of the names that the network takes for a person's.
    pub people: HashSet<&'a str>,
}

/// Words that may stand within a name without a capital.
fn joins(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "al"
            | "el"
            | "ez"
            | "ad"
            | "as"
            | "ash"
            | "an"
            | "ar"
            | "at"
            | "es"
            | "ed"
            | "er"
            | "de"
            | "la"
            | "le"
            | "les"
            | "del"
            | "du"
            | "da"
            | "do"
            | "dos"
            | "di"
            | "sur"
            | "upon"
            | "on"
            | "and"
            | "am"
            | "in"
            | "y"
            | "bin"
            | "ul"
            | "und"
            | "sous"
    )
}

/// Words that are written small as a rule and yet some place's name; by `train/common_words.py`.
const COMMON: &str = include_str!("../../../../data/place-words.txt");

/// Words with a capital that are rarely a place, though some place bears them.
const OTHERWISE: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "christmas",
    "easter",
    "ramadan",
    "ali",
    "hassan",
    "hussein",
    "mohammed",
    "muhammad",
    "ahmed",
    "ibrahim",
    "abdullah",
    "khan",
    "hamas",
    "quds",
    "hezbollah",
    "fatah",
    "taliban",
    "isis",
    "allah",
    "islam",
    "islamic state",
    "boko haram",
    "congress",
    "parliament",
    "senate",
    "google",
    "facebook",
    "twitter",
    "telegram",
    "apple",
    "amazon",
    "ford",
    "honda",
    "nissan",
    "toyota",
    "tribune",
    "herald",
    "mr",
    "mrs",
    "san",
    "santa",
    "los",
    "las",
    "el",
    "la",
    "le",
    "de",
    "al",
    "st",
    "van",
    "air force",
    "lord",
    "republic",
    "democrat",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "st patrick",
    "avenue",
    "boulevard",
    "del",
    "von",
    "gov",
    "sen",
    "rep",
    "gen",
    "col",
    "maj",
];

/// Whether a key tells no place by itself.
fn is_common(key: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| COMMON.lines().chain(OTHERWISE.iter().copied()).collect());
    WORDS.contains(key)
}

/// Words before a place: "in Mosul", "near Deir ez-Zor".
pub(super) fn is_locative(word: &str) -> bool {
    matches!(
        word,
        "in" | "near"
            | "from"
            | "at"
            | "to"
            | "outside"
            | "around"
            | "across"
            | "toward"
            | "towards"
            | "into"
            | "inside"
            | "through"
            | "between"
            | "throughout"
            | "north"
            | "south"
            | "east"
            | "west"
            | "central"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "of"
    )
}

/// Words with a capital before a place's name that tell which part of it.
fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "downtown"
            | "greater"
            | "central"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "upper"
            | "lower"
            | "inner"
            | "metro"
            | "rural"
            | "old"
            | "occupied"
    )
}

/// Nouns behind a name that a place gives its name to: "Beverly Hills Police Department".
fn is_local_body(word: &str) -> bool {
    matches!(
        word,
        "county"
            | "police"
            | "university"
            | "city"
            | "council"
            | "hospital"
            | "school"
            | "schools"
            | "airport"
            | "college"
            | "sheriff"
            | "fire"
            | "state"
            | "department"
            | "district"
            | "township"
            | "community"
            | "international"
            | "province"
            | "governorate"
            | "high"
            | "public"
            | "regional"
            | "memorial"
            | "general"
            | "medical"
            | "museum"
            | "stadium"
    )
}

impl Finder<'_> {
    /// The mentions of a block, in text order.
    pub(super) fn block(&self, tokens: &Tokens, block: usize, out: &mut Vec<Mention>) {
        let first = out.len();
        let mut at = 0;
        while at < tokens.len() {
            let behind_comma =
                out.len() > first && self.behind_comma(tokens, at, &out[out.len() - 1]);
            match self.longest(tokens, at, behind_comma) {
                Some(mut mention) => {
                    mention.block = block;
                    at = mention.tokens.end;
                    if behind_comma && self.can_contain(&mention) {
                        let last = out.len() - 1;
                        out[last].container = Some(out.len());
                    }
                    out.push(mention);
                }
                None => at = self.unknown(tokens, at, block, out).unwrap_or(at + 1),
            }
        }
    }

    /// Whether a token stands right behind a mention and a comma or bracket.
    fn behind_comma(&self, tokens: &Tokens, at: usize, last: &Mention) -> bool {
        let between = tokens
            .get(at)
            .and_then(|t| self.text.get(last.range.end..t.start));
        between.is_some_and(|b| matches!(b.trim(), "," | "(" | ".,") || b == ", the ")
    }

    /// Countries and divisions are where other places lie.
    fn can_contain(&self, mention: &Mention) -> bool {
        mention.bearers.iter().any(|&(index, kind)| {
            kind != NameKind::Demonym
                && self.gazetteer.record(index).is_some_and(|r| {
                    matches!(
                        r.level,
                        PlaceLevel::Country | PlaceLevel::Admin1 | PlaceLevel::Admin2
                    )
                })
        })
    }

    /// The longest name of a place that begins with a token and may be meant as one.
    fn longest(&self, tokens: &Tokens, at: usize, behind_comma: bool) -> Option<Mention> {
        if !self.may_begin(tokens, at) {
            return None;
        }
        let mut walk = self.gazetteer.walk();
        let mut key = String::new();
        let mut best = None;
        for last in at..(at + LONGEST).min(tokens.len()) {
            let part = match self.part(tokens, last, last == at) {
                Part::Word(part) => part,
                Part::Mark => continue,
                Part::End => break,
            };
            key.push_str(&part);
            if !walk.go(&part) {
                break;
            }
            let ends = tokens
                .get(last)
                .is_some_and(|t| t.capital || t.kind == Kind::Digits || self.is_caseless(t.start));
            if ends {
                let bearers = walk.bearers();
                let found = self.accepted(tokens, at..last + 1, &key, bearers, behind_comma);
                best = found.or(best);
            }
        }
        best
    }

    /// Whether the letter here has no capital form: Arabic, Chinese.
    fn is_caseless(&self, at: usize) -> bool {
        let first = self.text.get(at..).and_then(|rest| rest.chars().next());
        first.is_some_and(|c| c.is_alphabetic() && !c.is_ascii() && !c.is_lowercase())
    }

    fn may_begin(&self, tokens: &Tokens, at: usize) -> bool {
        let capital = |at: usize| tokens.get(at).is_some_and(|t| t.capital);
        tokens.get(at).is_some_and(|t| {
            let article = || {
                key::is_article(tokens.lower(at))
                    && tokens.past_hyphen(at + 1) == at + 2
                    && capital(at + 2)
            };
            t.kind == Kind::Word && (t.capital || self.is_caseless(t.start) || article())
        })
    }

    /// What a token adds to the key of a name.
    fn part(&self, tokens: &Tokens, at: usize, first: bool) -> Part {
        let written = tokens.written(at);
        let Some(token) = tokens.get(at) else {
            return Part::End;
        };
        if token.kind == Kind::Mark {
            let hyphen =
                matches!(written, "-" | "‑" | "–") && tokens.tight(at) && tokens.tight(at + 1);
            let letter = || tokens.back(at, 1).len() == 1 && tokens.tight(at + 1);
            let short = written == "."
                && tokens.tight(at)
                && (matches!(tokens.back(at, 1), "st" | "ft" | "mt" | "ste") || letter());
            let apostrophe = matches!(written, "'" | "’" | "ʼ" | "`")
                && tokens.tight(at)
                && tokens.tight(at + 1);
            return if hyphen || short || apostrophe {
                Part::Mark
            } else {
                Part::End
            };
        }
        if !first && !token.capital && token.kind == Kind::Word {
            let split = written.starts_with(['\'', '’']);
            let possessive = matches!(tokens.lower(at), "'s" | "'t");
            if possessive || !split && !joins(tokens.lower(at)) && !self.is_caseless(token.start) {
                return Part::End;
            }
        }
        let plain = key::key(written);
        if first {
            return Part::Word(if plain == "saint" {
                "st".to_owned()
            } else {
                plain
            });
        }
        let glued = tokens.tight(at)
            && (written.starts_with(['\'', '’'])
                || matches!(tokens.back(at, 1), "'" | "’" | "ʼ" | "`" | "."));
        Part::Word(if glued { plain } else { format!(" {plain}") })
    }

    /// The mention, if these words are meant as a place here.
    fn accepted(
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
        let common = !initials && (is_common(key) || self.is_written_small(tokens, range));
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

    /// A name that the network takes for a place and the gazetteer lacks; the token behind it.
    fn unknown(
        &self,
        tokens: &Tokens,
        at: usize,
        block: usize,
        out: &mut Vec<Mention>,
    ) -> Option<usize> {
        /// Below this an unknown word is left alone.
        const SURE: f32 = 0.6;
        let start = tokens.get(at).filter(|t| t.capital)?.start;
        let first = self.names.partition_point(|f| f.range.start < start);
        let found = self
            .names
            .get(first..)?
            .iter()
            .take_while(|f| f.range.start == start);
        let found = found
            .filter(|f| f.class == NameClass::Place && f.confidence >= SURE && !f.inner)
            .max_by_key(|f| f.range.end)?;
        let mut end = tokens.behind(found.range.end);
        if tokens.get(end).is_some_and(|t| t.start < found.range.end) {
            end += 1;
        }
        while end > at + 1
            && !tokens
                .get(end - 1)
                .is_some_and(|t| t.capital || t.kind == Kind::Digits)
        {
            end -= 1;
        }
        // "Downtown Chicago" is at Chicago
        if is_modifier(tokens.lower(at)) && end > at + 1 {
            return None;
        }
        let range = tokens.span(at..end)?.range();
        let key = key::key(self.text.get(range.clone())?);
        let loose = key::transliterated(&key);
        let bearers = loose.map_or_else(Vec::new, |k| self.gazetteer.transliterated(&k));
        out.push(Mention {
            key,
            range,
            tokens: at..end,
            bearers,
            support: Support::Network(found.confidence),
            container: None,
            block,
        });
        Some(end)
    }
}

/// What a token adds to a name.
enum Part {
    /// A part of the key.
    Word(String),
    /// Nothing, but the name may go on.
    Mark,
    /// The name ends before it.
    End,
}

/// The best known place of a name.
struct Known {
    /// Natural logarithm of its people, or what stands for it.
    fame: f64,
    /// A country, a first division, a region, or one of the user's.
    wide: bool,
}
