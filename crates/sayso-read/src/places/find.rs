//! Words that name a place: what the network takes for one, and what the gazetteer knows.

use std::collections::HashSet;
use std::ops::Range;

use sayso_reading::PlaceLevel;

use super::gazetteer::{Gazetteer, Index, NameKind, key};
use super::words::{is_modifier, joins};
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
