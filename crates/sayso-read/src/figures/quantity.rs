//! Quantities: numbers and vague words, with what bounds and measures them.

use std::ops::Range;

use super::bounds::{self, Bound, Bounds};
use super::line::Line;
use super::units::{Measure, currency_before, is_way, unit_behind};
use super::vague::vague_at;
use super::words::is_plural;
use crate::numbers::{Form, number_at};

/// What a quantity is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// A number.
    Number,
    /// The word "one", which is often none.
    One,
    /// "A", "an", "another": one of those who were harmed.
    Article,
    /// "No", "no one", "none".
    Nobody,
    /// A vague word.
    Vague,
    /// A vague word that counts only where people were harmed or attacks are meant.
    WeakVague,
}

/// A quantity in a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Its tokens with qualifiers and unit.
    pub tokens: Range<usize>,
    /// The tokens of its numbers alone.
    pub core: Range<usize>,
    pub wording: Wording,
    pub bounds: Bounds,
    pub measure: Option<Measure>,
    /// Whether a qualifier stands with it.
    pub qualified: bool,
}

/// The quantity whose first number or vague word begins with a token; `floor` is the first token
/// that may belong to it.
pub(super) fn quantity_at(line: &Line, at: usize, floor: usize) -> Option<Quantity> {
    let bare = bare_at(line, at)?;
    if matches!(bare.wording, Wording::Article | Wording::Nobody) {
        return Some(Quantity {
            tokens: bare.tokens.clone(),
            core: bare.tokens,
            wording: bare.wording,
            bounds: bare.bounds,
            measure: None,
            qualified: false,
        });
    }
    Some(assembled(line, bare, floor))
}

/// A quantity before its surroundings are looked at.
struct Bare {
    tokens: Range<usize>,
    wording: Wording,
    bounds: Bounds,
    /// What a word such as "million" multiplied; none of a vague word.
    scale: Option<f64>,
}

fn bare_at(line: &Line, at: usize) -> Option<Bare> {
    if let Some(vague) = vague_at(line, at) {
        let wording = if vague.weak {
            Wording::WeakVague
        } else {
            Wording::Vague
        };
        return Some(Bare {
            tokens: at..at + vague.len,
            wording,
            bounds: Bounds::vague(vague.low, vague.high),
            scale: None,
        });
    }
    if let Some(bare) = number(line, at) {
        return Some(bare);
    }
    let (wording, len, value) = match (line.lower(at), line.lower(at + 1)) {
        ("no", "one") => (Wording::Nobody, 2, 0.0),
        ("no", "longer" | "more" | "less" | "fewer" | "doubt" | "." | ",") => return None,
        ("no" | "nobody" | "none", _) => (Wording::Nobody, 1, 0.0),
        ("a", "pair") => (Wording::Number, 2, 2.0),
        ("a" | "an" | "another", _) if number_at(line, at + 1).is_none_or(|n| n.ordinal) => {
            (Wording::Article, 1, 1.0)
        }
        _ => return None,
    };
    Some(Bare {
        tokens: at..at + len,
        wording,
        bounds: Bounds::exact(value),
        scale: None,
    })
}

fn number(line: &Line, at: usize) -> Option<Bare> {
    let number = number_at(line, at).filter(|n| !n.ordinal)?;
    // "thousand of" and the like stand behind another number already
    let one = number.form == Form::Words && number.tokens.len() == 1 && line.lower(at) == "one";
    Some(Bare {
        tokens: number.tokens,
        wording: if one { Wording::One } else { Wording::Number },
        bounds: Bounds::exact(number.value),
        scale: Some(number.scale),
    })
}

/// The quantity with its second number, its unit and its qualifiers.
fn assembled(line: &Line, mut bare: Bare, floor: usize) -> Quantity {
    let mut tokens = bare.tokens.clone();
    let mut measure = None;
    if let Some((money, len)) = currency_before(line, tokens.start)
        && tokens.start - len >= floor
    {
        measure = Some(money);
        tokens.start -= len;
    } else if metres(line, &bare) {
        bare.bounds = Bounds::exact(bare.bounds.low / 1e6);
        measure = Some(Measure::Distance("m"));
    }
    let mut core = bare.tokens.clone();
    if let Some(range) = range(line, &bare, tokens.start, measure)
        && range.tokens.start >= floor
    {
        bare.bounds = range.bounds;
        tokens = range.tokens;
        core.end = range.core_end;
        bare.wording = Wording::Number;
    }
    tokens.end = tokens.end.max(core.end);
    let mut found = Quantity {
        tokens,
        core,
        wording: bare.wording,
        bounds: bare.bounds,
        measure,
        qualified: false,
    };
    let mut qualifiers = Vec::new();
    qualify_behind(line, &mut found, &mut qualifiers);
    if measure_behind(line, &mut found) {
        qualify_behind(line, &mut found, &mut qualifiers);
    }
    qualify_before(line, &mut found, &mut qualifiers, floor);
    found.qualified = !qualifiers.is_empty();
    for bound in qualifiers {
        found.bounds = found.bounds.under(bound);
    }
    found
}

/// Takes in the unit behind a quantity; whether there is one.
fn measure_behind(line: &Line, found: &mut Quantity) -> bool {
    let vague = matches!(found.wording, Wording::Vague | Wording::WeakVague);
    // "millions of dollars"
    let of = usize::from(vague && line.lower(found.tokens.end) == "of");
    let Some((measure, len)) = unit_behind(line, found.tokens.end + of) else {
        return false;
    };
    match (found.measure, measure) {
        (None | Some(Measure::Money(None)), _) => found.measure = Some(measure),
        // "$5 million dollars"
        (Some(Measure::Money(_)), Measure::Money(_)) => {}
        _ => return false,
    }
    found.tokens.end += of + len;
    true
}

/// Whether "3m" is metres rather than millions.
fn metres(line: &Line, bare: &Bare) -> bool {
    let last = bare.tokens.end - 1;
    bare.tokens.len() == 2
        && line.lower(last) == "m"
        && (is_way(line.lower(bare.tokens.end)) || line.ends_sentence(bare.tokens.end))
}

fn qualify_behind(line: &Line, found: &mut Quantity, qualifiers: &mut Vec<Bound>) {
    if let Some((bound, len)) = bounds::behind(line, found.tokens.end)
        // "killed 12 at least 3 of them children"
        && !(line.lower(found.tokens.end) == "at" && bare_at(line, found.tokens.end + len).is_some())
        // "200 and more arrived" is rare, "20 and more than 30" is not
        && line.lower(found.tokens.end + len) != "than"
    {
        qualifiers.push(bound);
        found.tokens.end += len;
    }
}

/// The qualifiers in front, the outer one last: "at least about 30".
fn qualify_before(line: &Line, found: &mut Quantity, qualifiers: &mut Vec<Bound>, floor: usize) {
    for _ in 0..2 {
        let Some((bound, len)) = bounds::before(line, found.tokens.start) else {
            break;
        };
        let crosses = found.tokens.start < floor + len
            || (1..=len).any(|n| line.ends_sentence(found.tokens.start - n));
        if crosses {
            break;
        }
        found.tokens.start -= len;
        // of "at least about" and "about" the former bounds it
        if matches!(bound, Bound::AtLeast | Bound::AtMost) || qualifiers.is_empty() {
            qualifiers.insert(0, bound);
        }
    }
    if let [first, .., _] = qualifiers[..] {
        let hard = matches!(first, Bound::AtLeast | Bound::AtMost);
        qualifiers.truncate(1);
        if hard {
            qualifiers[0] = first;
        }
    }
}

/// Two numbers that stand for all between them.
struct Stretched {
    tokens: Range<usize>,
    core_end: usize,
    bounds: Bounds,
}

fn range(line: &Line, first: &Bare, start: usize, measure: Option<Measure>) -> Option<Stretched> {
    let scale = first.scale?;
    let opener = line.back(start, 1);
    let unit = unit_behind(line, first.tokens.end)
        .filter(|(found, _)| measure.is_none_or(|m| m == *found));
    let at = first.tokens.end + unit.map_or(0, |(_, len)| len);
    let (hyphen, joined) = match line.lower(at) {
        "-" | "–" | "‑" if line.tight(at) && line.tight(at + 1) => (true, at + 1),
        "to" | "or" => (false, at + 1),
        "and" if opener == "between" => (false, at + 1),
        _ => return None,
    };
    let word = line.lower(at);
    let sign = matches!(line.lower(joined), "$" | "€" | "£");
    let second_at = joined + usize::from(sign);
    let second = number_at(line, second_at).filter(|n| !n.ordinal)?;
    let mut low = first.bounds.low;
    // "two to three hundred", "$5-10 million"
    if scale <= 1.0 && second.scale > 1.0 && low * second.scale < second.value {
        low *= second.scale;
    }
    let end = second.tokens.end;
    let changed = opener == "from" && word == "to" && is_change(line, start - 1);
    let fits = low < second.value && !changed && (!hyphen || goes_with_hyphen(line, first, end));
    if !fits || word == "or" && second.value > 4.0 * low {
        return None;
    }
    let start = match (opener, word) {
        ("between", "and") | ("from", "to") => start - 1,
        _ => start,
    };
    Some(Stretched {
        tokens: start..end,
        core_end: end,
        bounds: Bounds::range(low, second.value),
    })
}

/// Whether "from" tells where a change began: "rose from 10 to 12".
fn is_change(line: &Line, from: usize) -> bool {
    (1..=4).any(|steps| {
        matches!(
            line.back(from, steps),
            "rose"
                | "rise"
                | "risen"
                | "rising"
                | "rises"
                | "fell"
                | "fall"
                | "fallen"
                | "falling"
                | "increased"
                | "increase"
                | "increasing"
                | "grew"
                | "grown"
                | "growing"
                | "dropped"
                | "drop"
                | "decreased"
                | "decrease"
                | "climbed"
                | "jumped"
                | "went"
                | "up"
                | "down"
                | "raised"
                | "raise"
                | "raising"
                | "cut"
                | "reduced"
                | "reduce"
                | "reducing"
                | "declined"
                | "declining"
                | "soared"
                | "doubled"
                | "lowered"
                | "revised"
                | "expanded"
                | "shrank"
                | "plunged"
                | "changed"
                | "moved"
        )
    })
}

/// Whether two digits with a hyphen between count something: "3-2" is a score.
fn goes_with_hyphen(line: &Line, first: &Bare, end: usize) -> bool {
    let chained = first.tokens.start > 0 && line.lower(first.tokens.start - 1) == "-";
    let vote = matches!(
        line.lower(end),
        "vote"
            | "votes"
            | "decision"
            | "ruling"
            | "win"
            | "victory"
            | "majority"
            | "lead"
            | "loss"
            | "margin"
            | "defeat"
            | "split"
            | "draw"
            | "record"
    );
    let counts = is_plural(line.lower(end)) || unit_behind(line, end).is_some();
    let spoken = line.is_word(first.tokens.start);
    !chained
        && !vote
        && (counts
            || spoken
            || first.scale.is_some_and(|s| s > 1.0)
            || line.is_word(end.saturating_sub(1)))
}
