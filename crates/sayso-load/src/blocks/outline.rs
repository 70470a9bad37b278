//! Which function each unit of a text has.

use std::sync::LazyLock;

use regex::Regex;
use sayso_reading::BlockKind;

use super::Known;
use super::rules::{opens_list, rule_for};
use super::units::{Unit, ends_sentence};

/// What a unit is, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    pub kind: BlockKind,
    pub rule: &'static str,
}

const fn decision(kind: BlockKind, rule: &'static str) -> Decision {
    Decision { kind, rule }
}

const PARAGRAPH: Decision = decision(BlockKind::Paragraph, "paragraph");

/// How many units from either end count as its edge.
const HEAD: usize = 6;
const TAIL: usize = 8;

/// One decision for each unit.
pub(super) fn outline(text: &str, units: &[Unit], known: &Known) -> Vec<Decision> {
    let words: Vec<&str> = units.iter().map(|unit| unit.text(text)).collect();
    let mut decisions: Vec<Decision> = (0..units.len())
        .map(|at| by_words(&words, at, known).unwrap_or(PARAGRAPH))
        .collect();
    by_page(units, &mut decisions);
    lists_of_pages(&words, units, &mut decisions);
    teaser_groups(units, &mut decisions);
    by_shape(&words, known, &mut decisions);
    author_notes(&words, known, &mut decisions);
    keep_something(units, &mut decisions);
    decisions
}

/// What the table of rules and the page's own title and byline say.
fn by_words(words: &[&str], at: usize, known: &Known) -> Option<Decision> {
    let unit = words.get(at)?;
    if at < HEAD && known.title.is_some_and(|title| same_words(title, unit)) {
        return Some(decision(BlockKind::Headline, "title"));
    }
    if known.byline.is_some_and(|byline| is_byline(unit, byline)) {
        return Some(decision(BlockKind::Byline, "known-byline"));
    }
    if !unit.contains(char::is_alphanumeric) {
        return Some(decision(BlockKind::Boilerplate, "separator"));
    }
    let rule = rule_for(unit, at < HEAD, at + TAIL >= words.len())?;
    Some(decision(rule.kind, rule.name))
}

/// What the page's markup says, where the words say nothing. What the page does not count as its
/// article stays boilerplate whatever its words say.
fn by_page(units: &[Unit], decisions: &mut [Decision]) {
    for (unit, made) in units.iter().zip(decisions) {
        match unit.hint {
            Some(BlockKind::Boilerplate) => *made = decision(BlockKind::Boilerplate, "left-out"),
            Some(kind @ (BlockKind::Headline | BlockKind::Byline)) => {
                *made = decision(kind, "markup");
            }
            Some(kind) if *made == PARAGRAPH && kind != BlockKind::Paragraph => {
                *made = decision(kind, "markup");
            }
            _ => {}
        }
    }
}

/// Headings over lists of other pages, and the titles under them.
fn lists_of_pages(words: &[&str], units: &[Unit], decisions: &mut [Decision]) {
    let (mut in_list, mut paragraphs) = (false, 0);
    for ((unit, made), page) in words.iter().zip(decisions.iter_mut()).zip(units) {
        let fixed = page.hint == Some(BlockKind::Headline);
        if paragraphs > 0 && !fixed && opens_list(unit) {
            *made = decision(BlockKind::Boilerplate, "list-heading");
            in_list = true;
        } else if in_list && made.kind != BlockKind::Boilerplate {
            if ends_sentence(unit) || unit.chars().count() > LONGEST_TITLE || is_lead_in(unit) {
                in_list = false;
            } else {
                *made = decision(BlockKind::Boilerplate, "listed-page");
            }
        }
        paragraphs += usize::from(made.kind == BlockKind::Paragraph && ends_sentence(unit));
    }
}

/// The longest title of a page, in characters.
const LONGEST_TITLE: usize = 160;

/// Items that end in “More”, with their heading: where two or more stand together and make up half
/// of the lines, all of these lines belong to the page.
fn teaser_groups(units: &[Unit], decisions: &mut [Decision]) {
    let mut start = 0;
    while let Some(group) = units.get(start).map(|unit| unit.group) {
        let length = units
            .iter()
            .skip(start)
            .take_while(|unit| unit.group == group)
            .count();
        if let Some(members) = decisions.get_mut(start..start + length) {
            let teasers = members.iter().filter(|made| made.rule == "teaser").count();
            if teasers >= 2 && teasers * 2 >= length {
                members.fill(decision(BlockKind::Boilerplate, "teasers"));
            }
        }
        start += length;
    }
}

/// Headline, the line under it, subheadings and lists, by their shape.
fn by_shape(words: &[&str], known: &Known, decisions: &mut [Decision]) {
    let has_headline = decisions
        .iter()
        .any(|made| made.kind == BlockKind::Headline);
    let mut deck = decisions
        .iter()
        .position(|made| made.kind == BlockKind::Headline)
        .map(|at| at + 1);
    // A line of one or two words above it is a name or a section of the site.
    let first = (0..words.len().min(HEAD)).find(|at| {
        let long = words
            .get(*at)
            .is_some_and(|unit| unit.split_whitespace().count() > 2);
        long && decisions.get(*at) == Some(&PARAGRAPH)
    });
    if let Some(first) = first.filter(|_| !has_headline && known.hints.is_empty())
        && let Some(made) = decisions.get_mut(first)
        && is_title(words, first, LONGEST_HEADLINE)
    {
        *made = decision(BlockKind::Headline, "first-line");
        deck = Some(first + 1);
    }
    for at in 0..words.len() {
        let (Some(unit), Some(&PARAGRAPH)) = (words.get(at), decisions.get(at)) else {
            continue;
        };
        let shaped = if deck == Some(at) && is_title(words, at, LONGEST_DECK) {
            decision(BlockKind::Subheading, "under-headline")
        } else if is_subheading(words, at) {
            decision(BlockKind::Subheading, "short-line")
        } else if is_list_item(unit) {
            decision(BlockKind::List, "bullet")
        } else {
            continue;
        };
        if let Some(made) = decisions.get_mut(at) {
            *made = shaped;
        }
    }
}

/// The longest headline, line under a headline, and subheading, in characters.
const LONGEST_HEADLINE: usize = 150;
const LONGEST_DECK: usize = 220;
const LONGEST_SUBHEADING: usize = 80;

/// A line without a full stop that starts like a sentence and is followed by something longer.
fn is_title(words: &[&str], at: usize, longest: usize) -> bool {
    let (Some(unit), Some(next)) = (words.get(at), words.get(at + 1)) else {
        return false;
    };
    let marks = unit.ends_with(['?', '!']);
    unit.chars().count() <= longest
        && (marks || !ends_sentence(unit))
        && !is_lead_in(unit)
        && !unit.contains('\n')
        && !is_list_item(unit)
        && !speaks(unit)
        && !next.is_empty()
}

/// A short line between paragraphs.
fn is_subheading(words: &[&str], at: usize) -> bool {
    let (Some(unit), Some(next)) = (words.get(at), words.get(at + 1)) else {
        return false;
    };
    is_title(words, at, LONGEST_SUBHEADING)
        && !unit.ends_with(['!', '?'])
        && unit.split_whitespace().count() <= 12
        && unit.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
        && !unit.contains(['“', '"', '”'])
        && ends_sentence(next)
        && next.chars().count() > unit.chars().count()
}

/// Ends so that something must follow.
fn is_lead_in(unit: &str) -> bool {
    unit.ends_with([':', ',', ';', '-', '–', '—'])
}

/// A line of a transcript: `WALLACE: Senator, …`.
fn speaks(unit: &str) -> bool {
    unit.split_once(": ").is_some_and(|(name, _)| {
        name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase)
    })
}

fn is_list_item(unit: &str) -> bool {
    static BULLET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:[•●▪■◦‣·*►] ?|- |\(?(?:\d{1,2}|[a-z])[.)] )\S").ok());
    BULLET.as_ref().is_some_and(|bullet| bullet.is_match(unit))
}

/// The author's biography behind the report.
fn author_notes(words: &[&str], known: &Known, decisions: &mut [Decision]) {
    let bylines: Vec<&str> = words
        .iter()
        .zip(decisions.iter())
        .filter(|(_, made)| made.kind == BlockKind::Byline)
        .map(|(unit, _)| *unit)
        .chain(known.byline)
        .collect();
    let mut left = LAST_PARAGRAPHS;
    for at in (0..words.len()).rev() {
        let (Some(unit), Some(made)) = (words.get(at), decisions.get_mut(at)) else {
            return;
        };
        if matches!(
            made.kind,
            BlockKind::Boilerplate | BlockKind::Credit | BlockKind::Byline
        ) {
            continue;
        }
        let before = words.get(..at).unwrap_or_default();
        if left == 0 || before.is_empty() || !is_author_note(unit, before, &bylines) {
            return;
        }
        *made = decision(BlockKind::Boilerplate, "author-note");
        left -= 1;
    }
}

/// How many biographies may stand behind a report.
const LAST_PARAGRAPHS: usize = 4;
/// The longest biography, in characters.
const LONGEST_NOTE: usize = 600;

/// A paragraph without quotations that tells who somebody is: the author of the byline, or one
/// who writes and whom the report does not speak of.
fn is_author_note(unit: &str, before: &[&str], bylines: &[&str]) -> bool {
    static IS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?:The (?:author|writer) (?:is|was|has)\b|(?P<name>(?:\p{Lu}[\p{L}.'’-]*\.? ){1,4}\p{Lu}[\p{L}.'’-]+)(?:, [^.“”]{3,160},)? (?:is|was|works|writes|covers|edits|reports|serves|has (?:written|covered|reported|worked))\b)",
        )
        .ok()
    });
    static TRADE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?i)\b(?:editor|reporter|writer|correspondent|columnist|journalist|author|fellow|professor|analyst|contributor|researcher|lecturer|scholar|blogger|commentator|producer|intern|co-host|host)\b|\bfollow (?:him|her|them)\b|@\w{2,}|\b(?:his|her|their) (?:opinions|views|own)\b",
        )
        .ok()
    });
    if unit.chars().count() > LONGEST_NOTE || unit.contains(['“', '"']) {
        return false;
    }
    let Some(found) = IS.as_ref().and_then(|pattern| pattern.captures(unit)) else {
        return false;
    };
    let Some(name) = found.name("name").map(|name| name.as_str()) else {
        return true;
    };
    if bylines.iter().any(|byline| byline.contains(name)) {
        return true;
    }
    if ["The", "This", "A", "An", "It"]
        .iter()
        .any(|word| name.split(' ').next() == Some(word))
    {
        return false;
    }
    let trade = TRADE.as_ref().is_some_and(|pattern| pattern.is_match(unit));
    let last_name = name.rsplit(' ').next().unwrap_or(name);
    trade && !before.iter().any(|earlier| earlier.contains(last_name))
}

/// A text that is all boilerplate is read as it stands: the rules do not fit it.
fn keep_something(units: &[Unit], decisions: &mut [Decision]) {
    let read = |made: &Decision| {
        !matches!(
            made.kind,
            BlockKind::Boilerplate | BlockKind::Credit | BlockKind::Dateline
        )
    };
    if decisions.iter().any(read) {
        return;
    }
    for (unit, made) in units.iter().zip(decisions) {
        if unit.hint != Some(BlockKind::Boilerplate) && made.rule != "separator" {
            *made = PARAGRAPH;
        }
    }
}

/// Whether two titles differ at most in letter case, spaces and the final stop.
fn same_words(one: &str, two: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|sign| sign.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let one = letters(one);
    !one.is_empty() && one == letters(two)
}

/// The author's name alone, or behind “By”.
fn is_byline(unit: &str, byline: &str) -> bool {
    let name = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let unit = name(unit);
    let unit = ["by ", "author: ", "by: "]
        .iter()
        .find_map(|start| unit.strip_prefix(start))
        .unwrap_or(&unit);
    let byline = name(byline);
    !byline.is_empty() && unit == byline.strip_prefix("by ").unwrap_or(&byline)
}
