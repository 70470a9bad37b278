//! The rules of the table, at work.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::RegexSet;

use super::table::{OPENERS, RULES, Rule, WORDS, Where};

/// Patterns, each with the rule it belongs to.
struct Patterns {
    set: RegexSet,
    rules: Vec<&'static Rule>,
}

impl Patterns {
    /// The patterns of the rules that `take` lets through.
    fn of(take: impl Fn(&Rule, &str) -> bool) -> Option<Self> {
        let all = RULES
            .iter()
            .flat_map(|rule| rule.patterns.iter().map(move |pattern| (rule, *pattern)));
        let (rules, patterns): (Vec<_>, Vec<_>) = all
            .filter(|(rule, pattern)| take(rule, pattern))
            .map(|(rule, pattern)| (rule, filled(pattern)))
            .unzip();
        Some(Self {
            set: RegexSet::new(patterns).ok()?,
            rules,
        })
    }

    fn find(&self, words: &str) -> impl Iterator<Item = &'static Rule> {
        self.set
            .matches(words)
            .into_iter()
            .filter_map(|at| self.rules.get(at).copied())
    }
}

/// Longer units are looked at with fewer patterns, in characters.
const SHORT: usize = 150;

/// For short units and for longer ones, the patterns that hold at the start (most texts leave
/// them after a letter or two) and the others.
static SETS: LazyLock<Option<[[Patterns; 2]; 2]>> = LazyLock::new(|| {
    let short = |at_start: bool| Patterns::of(|_, pattern| pattern.starts_with('^') == at_start);
    let long = |at_start: bool| {
        Patterns::of(|rule, pattern| rule.longest > SHORT && pattern.starts_with('^') == at_start)
    };
    Some([[short(true)?, short(false)?], [long(true)?, long(false)?]])
});

static OPENER: LazyLock<Option<RegexSet>> = LazyLock::new(|| {
    RegexSet::new(
        OPENERS
            .iter()
            .map(|words| filled(&format!(r"^(?:the |our )?(?:{words})\s?[:.»>]*$"))),
    )
    .ok()
});

/// The pattern with its shared words, in any letter case. Edges of words are those of ASCII: with
/// Unicode's, texts that hold one curly quotation mark are searched many times slower.
fn filled(pattern: &str) -> String {
    let words = WORDS
        .iter()
        .fold(pattern.to_owned(), |pattern, (name, words)| {
            pattern.replace(name, words)
        });
    format!("(?i){}", words.replace(r"\b", r"(?-u:\b)"))
}

/// The longest unit that any rule may fit, in bytes.
const LONGEST: usize = 4 * 500;

/// The first rule that fits the words.
pub(super) fn rule_for(words: &str, at_head: bool, at_tail: bool) -> Option<&'static Rule> {
    if words.len() > LONGEST {
        return None;
    }
    let words = &bare(words);
    let length = words.chars().count();
    let fits = |rule: &&Rule| {
        length <= rule.longest
            && match rule.place {
                Where::Anywhere => true,
                Where::Edge => at_head || at_tail,
                Where::Tail => at_tail,
            }
    };
    let [short, long] = SETS.as_ref()?;
    let [at_start, anywhere] = if length <= SHORT { short } else { long };
    let found = at_start
        .find(words)
        .chain(anywhere.find(words))
        .filter(fits);
    found.min_by_key(|rule| RULES.iter().position(|listed| std::ptr::eq(listed, *rule)))
}

/// Whether the words are a heading under which a page lists its other pages.
pub(super) fn opens_list(words: &str) -> bool {
    words.len() <= 80
        && OPENER
            .as_ref()
            .is_some_and(|openers| openers.is_match(&bare(words)))
}

/// Without quotation marks and stars around, and with single spaces.
fn bare(words: &str) -> Cow<'_, str> {
    let bare =
        words.trim_matches(|sign: char| sign.is_whitespace() || "\"“”*_~\u{FEFF}".contains(sign));
    let bare = if bare.is_empty() { words.trim() } else { bare };
    if bare.contains("  ") || bare.contains(['\n', '\t', '\u{A0}']) {
        Cow::Owned(bare.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(bare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_used() {
        assert!(SETS.is_some() && OPENER.is_some());
        let gap = regex::Regex::new(r"\{[A-Z]{3,}\}").unwrap();
        for pattern in RULES.iter().flat_map(|rule| rule.patterns) {
            assert!(!gap.is_match(&filled(pattern)), "{pattern}");
        }
    }
}
