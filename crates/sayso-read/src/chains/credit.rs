//! Rule `chain.credited`: whose report a page says it is: "(Reuters) -", "By Ann Lee, Associated
//! Press", "Source: AFP", "Copyright 2018 The Associated Press".

use std::ops::Range;

use sayso_reading::{BlockKind, Document};

use super::{Outlets, house};

/// Lines at the head and at the foot of a page in which a credit is looked for.
const HEAD: usize = 14;
const FOOT: usize = 6;
/// Characters of a line that can be a byline or a credit as a whole.
const LINE: usize = 110;
/// Words of the longest name looked for.
const NAME: usize = 5;

/// An outlet that a page credits with its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The outlet's name.
    pub outlet: String,
    /// The words, in bytes of the text; `None` where the byline or the address tells.
    pub words: Option<Range<usize>>,
}

/// The outlet that a page credits with its report, where that is not its own house.
pub fn credit(document: &Document, outlets: &Outlets) -> Option<Credit> {
    let own = house(document, outlets);
    let text = document.text();
    let other = |name: &str| {
        let name = name.trim();
        if !name.ends_with(char::is_alphanumeric) {
            return None;
        }
        let outlet = outlets.get(name)?;
        let is_other = own.as_deref() != Some(outlet.name.as_str());
        (name.starts_with(char::is_uppercase) && is_other).then(|| Credit {
            outlet: outlet.name.clone(),
            words: place(text, name),
        })
    };
    let lines: Vec<(&str, BlockKind)> = document
        .blocks()
        .iter()
        .flat_map(|b| {
            let words = b.span.slice(text).unwrap_or_default();
            words.lines().map(move |line| (line.trim(), b.kind))
        })
        .filter(|(line, kind)| !line.is_empty() && *kind != BlockKind::Caption)
        .filter(|(line, _)| !line.to_ascii_lowercase().contains("photo"))
        .collect();
    let is_title = |(line, kind): &&(&str, BlockKind)| {
        *kind == BlockKind::Headline || document.title.as_deref() == Some(*line)
    };
    let titles = || lines.iter().filter(is_title).map(|(line, _)| *line);
    let head = || {
        let head = lines.iter().take(HEAD);
        head.filter(|line| !is_title(line)).map(|(line, _)| *line)
    };
    let foot = || lines.iter().rev().take(FOOT).map(|(line, _)| *line);
    let marked = lines
        .iter()
        .filter(|(_, kind)| matches!(kind, BlockKind::Credit | BlockKind::Byline))
        .map(|(line, _)| *line);
    head()
        .find_map(|line| in_dateline(line, &other))
        .or_else(|| head().find_map(|line| in_line(line, &other)))
        .or_else(|| marked.chain(foot()).find_map(|line| in_line(line, &other)))
        .or_else(|| titles().find_map(|line| behind_title(line, &other)))
        .or_else(|| {
            foot()
                .chain(head())
                .find_map(|line| in_rights(line, &other))
        })
        .or_else(|| in_byline(document.byline.as_deref()?, &other))
        .or_else(|| in_address(document.url.as_deref()?, &other))
}

/// Where some words that are a piece of a text stand in it.
fn place(text: &str, words: &str) -> Option<Range<usize>> {
    let start = (words.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let place = start..start + words.len();
    (text.get(place.clone()) == Some(words)).then_some(place)
}

type Named<'n> = dyn Fn(&str) -> Option<Credit> + 'n;
/// "NEW YORK (AP) — ", "KIRKUK, Iraq, March 3 (Reuters) - ": before the first sentence.
fn in_dateline(line: &str, other: &Named) -> Option<Credit> {
    let open = line.find('(').filter(|at| *at < LINE)?;
    let (name, rest) = line.get(open + 1..)?.split_once(')')?;
    let rest = rest.trim_start();
    let before = line.get(..open)?.trim();
    let is_place = before.is_empty() || before.starts_with(char::is_uppercase);
    let goes_on = rest.is_empty() || rest.starts_with(['-', '–', '—']);
    (is_place && goes_on).then(|| all_of(name, other)).flatten()
}

/// "Truck rams into crowd Updated: 2016-07-15 06:50 (Xinhua)".
fn behind_title(line: &str, other: &Named) -> Option<Credit> {
    let (before, name) = line.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    before
        .contains("Updated")
        .then(|| all_of(name, other))
        .flatten()
}

/// The first of some outlets, all of which are: "(Reuters/AFP)" and no photographer's "(Ann Lee/AP)".
fn all_of(names: &str, other: &Named) -> Option<Credit> {
    if let Some(credit) = other(names) {
        return Some(credit);
    }
    let mut parts = names.split(['/', ',', '&']).map(other);
    let first = parts.next()??;
    parts.all(|part| part.is_some()).then_some(first)
}

/// The name alone or behind a mark: "The Associated Press", "Lucas Shaw, Bloomberg",
/// "Xinhua | Updated: …", "Source: Reuters", "with material from Reuters".
fn in_line(line: &str, other: &Named) -> Option<Credit> {
    if line.chars().count() > LINE {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    for lead in [
        "source:",
        "with material from",
        "with reporting from",
        "with reporting by",
    ] {
        if let Some(at) = lower.find(lead) {
            return any_of(line.get(at + lead.len()..)?, other);
        }
    }
    if line.ends_with(['.', '!', '?']) {
        return None;
    }
    let parts: Vec<&str> = line.split([',', '|', '•', '·']).map(str::trim).collect();
    match parts.as_slice() {
        [whole] => {
            let whole = whole.strip_prefix("By ").unwrap_or(whole);
            let bare = whole.trim_matches(['(', ')', ' ', '/']);
            let last = || other(whole.split(" — By ").next()?.split("news now ").last()?);
            other(bare).or_else(|| several(whole, other)).or_else(last)
        }
        [first, .., last] if lower.starts_with("by ") || is_person(first) => title_cut(last, other),
        [first, second, ..] if line.contains('|') || second.starts_with("Updated") => other(first),
        _ => None,
    }
}

/// "CNN", "CNN Supreme Court Reporter", "Associated Press Writer": a name and a capacity.
fn title_cut(words: &str, other: &Named) -> Option<Credit> {
    let all: Vec<&str> = words.split_whitespace().collect();
    (1..=all.len().min(NAME)).rev().find_map(|n| {
        let rest = all.get(n..)?;
        let is_capacity = rest.is_empty()
            || rest.last().is_some_and(|w| {
                let w = w.to_lowercase();
                [
                    "reporter",
                    "correspondent",
                    "writer",
                    "editor",
                    "producer",
                    "staff",
                ]
                .iter()
                .any(|c| w.starts_with(c))
            });
        let end = all.get(n - 1).and_then(|last| place(words, last))?.end;
        is_capacity.then(|| other(words.get(..end)?)).flatten()
    })
}

/// "Lucas Shaw", "Paul J. Weber and Geoff Mulvihill": two words or more, all with capitals.
fn is_person(words: &str) -> bool {
    let mut names = words.split_whitespace().filter(|w| *w != "and");
    words.split_whitespace().count() > 1 && names.all(|w| w.starts_with(char::is_uppercase))
}

fn in_byline(line: &str, other: &Named) -> Option<Credit> {
    line.split([',', '|', ';', '/'])
        .find_map(|part| any_of(part, other))
        .or_else(|| in_line(line, other))
}

/// "Reuters - Ap - Afp": the first of several, all of which are outlets.
fn several(line: &str, other: &Named) -> Option<Credit> {
    let mut names = line
        .split([' ', '-', '/'])
        .filter(|part| part.chars().any(char::is_alphabetic));
    let first = other(names.next()?)?;
    let mut more = 0;
    for name in names {
        let name = if name.len() <= 4 {
            name.to_uppercase()
        } else {
            name.to_owned()
        };
        other(&name)?;
        more += 1;
    }
    (more > 0).then_some(first)
}

/// "© 2019 The Associated Press. All rights reserved."
fn in_rights(line: &str, other: &Named) -> Option<Credit> {
    let at = line.find('©').or_else(|| line.find("Copyright"))?;
    let rest = line.get(at..)?.trim_start_matches(['©', ' ']);
    let rest = rest.strip_prefix("Copyright").unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let rest = rest.strip_prefix("by ").unwrap_or(rest);
    let name = rest.split(['.', ',', '/', '(']).next()?;
    other(name)
}

/// `…/wires/afp/…`
fn in_address(url: &str, other: &Named) -> Option<Credit> {
    let (_, rest) = url.split_once("/wires/")?;
    other(&rest.split('/').next()?.to_uppercase())
}

fn any_of(words: &str, other: &Named) -> Option<Credit> {
    let words = words.trim().trim_matches(|c: char| !c.is_alphanumeric());
    other(words).or_else(|| {
        words
            .split(['/', ',', '|', '&'])
            .find_map(|part| other(part.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Option<String> {
        let mut document = Document::of_paragraphs(lines.join("\n\n"));
        document.publisher = Some("Harbour Post".to_owned());
        let found = credit(&document, &Outlets::default())?;
        if let Some(words) = found.words {
            let named = Outlets::default();
            let named = named.get(&document.text()[words]).expect("a name");
            assert_eq!(named.name, found.outlet);
        }
        Some(found.outlet)
    }

    #[test]
    fn datelines_bylines_and_rights_tell_whose_report_it_is() {
        let body = "The harbour was shut on Monday, police said, after a crane fell.";
        for (line, name) in [
            ("NEW YORK (AP) — The harbour was shut.", "Associated Press"),
            (
                "KIRKUK, Iraq, March 3 (Reuters) - A depot burnt.",
                "Reuters",
            ),
            ("By Ariane Lee, CNN Supreme Court Reporter", "CNN"),
            ("Lucas Shaw, Bloomberg", "Bloomberg News"),
            ("The Associated Press", "Associated Press"),
            ("By Lena Lee | Reuters", "Reuters"),
            ("Xinhua | Updated: 2017-09-15 17:52", "Xinhua"),
            ("Source: Reuters", "Reuters"),
            (
                "news now The Associated Press — By ANN LEE",
                "Associated Press",
            ),
            ("With material from Reuters.", "Reuters"),
            ("/ Source: Associated Press", "Associated Press"),
            ("Reuters - Ap - Afp", "Reuters"),
            (
                "© 2019 The Associated Press. All Rights Reserved.",
                "Associated Press",
            ),
        ] {
            assert_eq!(of(&[line, body]).as_deref(), Some(name), "{line}");
        }
    }

    #[test]
    fn what_a_text_says_of_others_is_no_credit() {
        for line in [
            "The mayor told Reuters that the crane was old.",
            "Frank Lee/Invision/AP",
            "The court in Washington. (Ann Lee/AP)",
            "NEW YORK --",
            "Trains ran late (Reuters has the details), and buses too.",
            "By Ann Lee",
            "Mayor takes on CNN, NBC",
            "CNN, NBC and others were there.",
        ] {
            assert_eq!(of(&[line, "The harbour was shut."]), None, "{line}");
        }
    }
}
