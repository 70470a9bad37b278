//! Words for a quantity that name no number, and what this program takes them to mean.

use super::line::Line;

/// A vague quantity: how many tokens it has, and what it can mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Vague {
    pub len: usize,
    pub low: f64,
    pub high: Option<f64>,
    /// "Many", "scores": so common, or of so many senses, that it counts only where people were
    /// harmed or attacks are meant.
    pub weak: bool,
}

/// The vague quantity that begins with a token. The one table, printed in the manual.
pub(super) fn vague_at(line: &Line, at: usize) -> Option<Vague> {
    let (first, second) = (line.lower(at), line.lower(at + 1));
    match first {
        "a" => article(line, at, second),
        // "several hundreds of thousands", "many thousands"
        "several" | "many" if is_plural_factor(second) => {
            vague_at(line, at + 1).map(|vague| Vague {
                len: vague.len + 1,
                ..vague
            })
        }
        "several" => Some(times(line, at, 1, 3.0, Some(9.0))),
        // "few people" are hardly any; "a few" is found at its article
        "few" => {
            word_of_number(second)?;
            Some(times(line, at, 1, 3.0, Some(5.0)))
        }
        "many" => {
            let much = matches!(line.back(at, 1), "how" | "so" | "too" | "as" | "not");
            (!much).then(|| open(1, 3.0, true))
        }
        "numerous" => Some(open(1, 3.0, true)),
        "multiple" => Some(open(1, 2.0, true)),
        "scores" => Some(open(1, 40.0, second != "of")),
        "tens" => (second == "of").then(|| of_larger(line, at, 20.0)),
        "dozens" => Some(open(1, 24.0, false)),
        "hundreds" => Some(of_larger(line, at, 200.0)),
        _ => plural_factor(first).map(|factor| open(1, 2.0 * factor, false)),
    }
}

const fn open(len: usize, low: f64, weak: bool) -> Vague {
    Vague {
        len,
        low,
        high: None,
        weak,
    }
}

fn article(line: &Line, at: usize, second: &str) -> Option<Vague> {
    match second {
        "few" => Some(times(line, at, 2, 3.0, Some(5.0))),
        "handful" => Some(times(line, at, 2, 3.0, Some(6.0))),
        "couple" => {
            let of = line.lower(at + 2) == "of";
            let counts = of || word_of_number(line.lower(at + 2)).is_some();
            counts.then(|| times(line, at, 2, 2.0, Some(2.0)))
        }
        "number" if line.lower(at + 2) == "of" => Some(open(2, 2.0, true)),
        _ => None,
    }
}

/// "Several", or "several hundred": the product.
fn times(line: &Line, at: usize, len: usize, low: f64, high: Option<f64>) -> Vague {
    let behind = at + len;
    let of = usize::from(line.lower(behind) == "of");
    let factor = word_of_number(line.lower(behind)).map(|factor| (factor, 1));
    let (factor, more) = factor
        .or_else(|| {
            let factor = word_of_number(line.lower(behind + of));
            factor.map(|factor| (factor, 1 + of))
        })
        .unwrap_or((1.0, 0));
    // "several hundred thousand"
    let thousands = match line.lower(behind + more) {
        "thousand" if factor < 1000.0 && more > 0 => Some(1e3),
        "million" if factor < 1000.0 && more > 0 => Some(1e6),
        _ => None,
    };
    let factor = factor * thousands.unwrap_or(1.0);
    Vague {
        len: len + more + usize::from(thousands.is_some()),
        low: low * factor,
        high: high.map(|high| high * factor),
        weak: false,
    }
}

/// "Tens", "hundreds", and "of thousands" or "of millions" behind it.
fn of_larger(line: &Line, at: usize, low: f64) -> Vague {
    let factor = plural_factor(line.lower(at + 2)).filter(|factor| *factor >= 1000.0);
    match factor {
        Some(factor) if line.lower(at + 1) == "of" => open(3, low * factor, false),
        _ => open(1, low, false),
    }
}

fn is_plural_factor(lower: &str) -> bool {
    lower == "tens" || plural_factor(lower).is_some()
}

fn word_of_number(lower: &str) -> Option<f64> {
    Some(match lower {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        _ => return None,
    })
}

fn plural_factor(lower: &str) -> Option<f64> {
    word_of_number(lower.strip_suffix('s')?)
}
