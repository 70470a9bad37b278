//! Numbers from tokens.

use std::ops::Range;

use super::tokens::{Kind, Tokens};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// "2,000".
    Digits,
    /// "two thousand".
    Words,
    /// "2 thousand".
    Mixed,
}

/// A number that the text writes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// The tokens that write it.
    pub tokens: Range<usize>,
    /// What it comes to; finite, not negative.
    pub value: f64,
    /// What a word such as "million" at its end multiplied; 1 where none did.
    pub scale: f64,
    /// How it is written.
    pub form: Form,
    /// Whether it numbers a place in a row: "third", "21st".
    pub ordinal: bool,
}

/// What a word adds to a number.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// Zero to nine.
    Unit(f64),
    /// Ten to nineteen.
    Teen(f64),
    /// Twenty, thirty, … ninety.
    Ten(f64),
    Hundred,
    Dozen,
    /// A thousand and more.
    Scale(f64),
}

/// A part, and whether the word makes an ordinal of it.
type Read = (Part, bool);

/// The longest number that begins with a token.
///
/// "one", "second", "3m" are numbers here whatever they mean; the caller decides that.
pub(crate) fn number_at(tokens: &Tokens, at: usize) -> Option<Number> {
    match tokens.get(at)?.kind {
        Kind::Digits => in_digits(tokens, at),
        Kind::Word => in_words(tokens, at),
        Kind::Mark => None,
    }
}

impl Number {
    /// A cardinal; none where it is beyond what can be held.
    fn new(tokens: Range<usize>, value: f64, form: Form) -> Option<Self> {
        value.is_finite().then_some(Self {
            tokens,
            value,
            scale: 1.0,
            form,
            ordinal: false,
        })
    }

    fn scaled(self, scale: f64) -> Self {
        Self { scale, ..self }
    }

    fn in_a_row(self) -> Self {
        Self {
            ordinal: true,
            ..self
        }
    }
}

fn in_digits(tokens: &Tokens, at: usize) -> Option<Number> {
    let (mut value, mut next) = digits(tokens, at)?;
    if tokens.tight(next) && is_ordinal_ending(tokens.lower(next), value) {
        return Number::new(at..next + 1, value, Form::Digits).map(Number::in_a_row);
    }
    if let Some((part, behind)) = and_fraction(tokens, next)
        && let Some((factor, _)) = factor_at(tokens, behind)
        && factor >= 1000.0
    {
        value += part;
        next = behind;
    }
    match factor_at(tokens, next).or_else(|| suffix_at(tokens, next)) {
        Some((factor, behind)) => {
            Number::new(at..behind, value * factor, Form::Mixed).map(|n| n.scaled(factor))
        }
        None => Number::new(at..next, value, Form::Digits),
    }
}

/// "21st", and in armies "2d", "3d".
fn is_ordinal_ending(lower: &str, value: f64) -> bool {
    match lower {
        "st" | "nd" | "rd" | "th" => true,
        "d" => matches!(value % 10.0, 2.0 | 3.0),
        _ => false,
    }
}

/// How many groups of three digits may follow the first one.
const MOST_GROUPS: usize = 5;

/// The value of digits, and the place behind them: "10 000" is two tokens.
fn digits(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let written = tokens.written(at);
    let mut value: f64 = if written.contains(',') {
        written.replace(',', "").parse().ok()?
    } else {
        written.parse().ok()?
    };
    let mut next = at + 1;
    if written.len() <= 3 && written.bytes().all(|b| b.is_ascii_digit()) {
        let group = |at| {
            let written = tokens.written(at);
            let zeros = written.len() == 3 && written.starts_with('0');
            zeros.then(|| written.parse::<f64>().ok()).flatten()
        };
        // No number has more groups; a row of zeros without end is none.
        while next <= at + MOST_GROUPS
            && let Some(thousandth) = group(next).filter(|_| !tokens.tight(next))
        {
            value = value * 1000.0 + thousandth;
            next += 1;
        }
    }
    Some((value, next))
}

/// A word that multiplies what stands before it, and the place behind it.
fn factor_at(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let at = tokens.past_hyphen(at);
    let factor = match part(tokens.lower(at))? {
        (Part::Hundred, false) => 100.0,
        (Part::Dozen, false) => 12.0,
        (Part::Scale(scale), false) => scale,
        _ => return None,
    };
    Some((factor, at + 1))
}

/// A shortened scale: "5bn", "5 bn", and without a space also "3m", "40k".
fn suffix_at(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let factor = match tokens.lower(at) {
        "bn" => 1e9,
        "tn" | "trn" => 1e12,
        "mn" | "mln" => 1e6,
        "m" if tokens.tight(at) => 1e6,
        "b" if tokens.tight(at) => 1e9,
        "k" if tokens.tight(at) => 1e3,
        _ => return None,
    };
    Some((factor, at + 1))
}

/// "and a half", "-and-a-half": the fraction and the place behind it.
fn and_fraction(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let and = tokens.past_hyphen(at);
    let article = tokens.past_hyphen(and + 1);
    let noun = tokens.past_hyphen(article + 1);
    if tokens.lower(and) != "and" || tokens.lower(article) != "a" {
        return None;
    }
    Some((fraction(tokens.lower(noun))?, noun + 1))
}

fn fraction(lower: &str) -> Option<f64> {
    match lower {
        "half" => Some(0.5),
        "quarter" => Some(0.25),
        _ => None,
    }
}

fn in_words(tokens: &Tokens, start: usize) -> Option<Number> {
    match tokens.lower(start) {
        "a" | "an" => {
            return of_fraction(tokens, start, start + 1).or_else(|| sum(tokens, start, true));
        }
        "half" | "quarter" => return of_fraction(tokens, start, start),
        _ => {}
    }
    sum(tokens, start, false)
}

/// "half a million", "a quarter of a million", "a half-dozen".
fn of_fraction(tokens: &Tokens, start: usize, noun: usize) -> Option<Number> {
    let part = fraction(tokens.lower(noun))?;
    let mut at = noun + 1;
    if tokens.lower(at) == "of" {
        at += 1;
    }
    if matches!(tokens.lower(at), "a" | "one") {
        at += 1;
    }
    let (factor, next) = factor_at(tokens, at)?;
    Number::new(start..next, part * factor, Form::Words).map(|n| n.scaled(factor))
}

/// Groups with falling scales: "two million three hundred thousand and five".
fn sum(tokens: &Tokens, start: usize, article: bool) -> Option<Number> {
    let (mut total, mut limit, mut end) = (0.0, f64::INFINITY, start);
    while limit > 1.0 {
        let first = end == start;
        let from = if first {
            start
        } else {
            let at = tokens.past_hyphen(end);
            at + usize::from(tokens.lower(at) == "and")
        };
        let Some(group) = group(tokens, from, first && article) else {
            break;
        };
        let (scale, ordinal, next) = scale_at(tokens, &group, first);
        if scale >= limit {
            break;
        }
        total += group.value * scale;
        end = next;
        if ordinal {
            return Number::new(start..end, total, Form::Words).map(Number::in_a_row);
        }
        // nothing is added to dozens
        limit = if scale < 1000.0 { 1.0 } else { scale };
    }
    if end == start {
        return None;
    }
    // "a million and a half"
    if limit > 1.0
        && let Some((part, next)) = and_fraction(tokens, end)
    {
        let value = total + part * limit;
        return Number::new(start..next, value, Form::Words).map(|n| n.scaled(limit));
    }
    let scale = match end.checked_sub(1).and_then(|last| part(tokens.lower(last))) {
        Some((Part::Hundred, _)) => 100.0,
        Some((Part::Dozen, _)) => 12.0,
        _ => limit,
    };
    Number::new(start..end, total, Form::Words).map(|n| n.scaled(scale))
}

/// What multiplies a group, whether the number ends there as an ordinal, and the place behind it.
fn scale_at(tokens: &Tokens, group: &Group, first: bool) -> (f64, bool, usize) {
    if group.ordinal {
        return (1.0, true, group.end);
    }
    let at = tokens.past_hyphen(group.end);
    match part(tokens.lower(at)) {
        Some((Part::Scale(scale), ordinal)) => (scale, ordinal, at + 1),
        Some((Part::Dozen, false)) if first && group.value < 100.0 => (12.0, false, at + 1),
        _ => (1.0, false, group.end),
    }
}

/// A number under ten thousand without a scale.
struct Group {
    value: f64,
    ordinal: bool,
    end: usize,
}

fn group(tokens: &Tokens, at: usize, article: bool) -> Option<Group> {
    if article {
        let next = at + 1;
        return match part(tokens.lower(next))? {
            (Part::Hundred, false) => Some(hundreds(tokens, 1.0, next)),
            (Part::Scale(_) | Part::Dozen, false) => Some(Group {
                value: 1.0,
                ordinal: false,
                end: next,
            }),
            _ => None,
        };
    }
    let mut small = below_hundred(tokens, at)?;
    if small.ordinal {
        return Some(small);
    }
    if let Some((part, end)) = and_fraction(tokens, small.end) {
        small.value += part;
        small.end = end;
        return Some(small);
    }
    let next = tokens.past_hyphen(small.end);
    match part(tokens.lower(next)) {
        Some((Part::Hundred, true)) => Some(Group {
            value: small.value * 100.0,
            ordinal: true,
            end: next + 1,
        }),
        Some((Part::Hundred, false)) => Some(hundreds(tokens, small.value, next)),
        _ => Some(small),
    }
}

/// A group from the word "hundred" on: "hundred", "hundred and five".
fn hundreds(tokens: &Tokens, count: f64, hundred: usize) -> Group {
    let mut out = Group {
        value: count * 100.0,
        ordinal: false,
        end: hundred + 1,
    };
    let at = tokens.past_hyphen(out.end);
    let joined = tokens.lower(at) == "and";
    if let Some(rest) = below_hundred(tokens, tokens.past_hyphen(at + usize::from(joined))) {
        // "between one hundred and two hundred"
        let another = matches!(
            part(tokens.lower(tokens.past_hyphen(rest.end))),
            Some((Part::Hundred, _))
        );
        if !another {
            out.value += rest.value;
            out.ordinal = rest.ordinal;
            out.end = rest.end;
        }
    }
    out
}

fn below_hundred(tokens: &Tokens, at: usize) -> Option<Group> {
    let (value, ordinal) = match part(tokens.lower(at))? {
        (Part::Unit(value) | Part::Teen(value), ordinal) => (value, ordinal),
        (Part::Ten(value), true) => (value, true),
        (Part::Ten(value), false) => {
            let next = tokens.past_hyphen(at + 1);
            return Some(match part(tokens.lower(next)) {
                Some((Part::Unit(unit), ordinal)) if unit > 0.0 => Group {
                    value: value + unit,
                    ordinal,
                    end: next + 1,
                },
                _ => Group {
                    value,
                    ordinal: false,
                    end: at + 1,
                },
            });
        }
        _ => return None,
    };
    Some(Group {
        value,
        ordinal,
        end: at + 1,
    })
}

fn part(lower: &str) -> Option<Read> {
    // the shortest is "one", the longest "seventeenth"
    if !(3..=11).contains(&lower.len()) {
        return None;
    }
    cardinal(lower)
        .map(|part| (part, false))
        .or_else(|| ordinal(lower).map(|part| (part, true)))
}

fn cardinal(lower: &str) -> Option<Part> {
    Some(match lower {
        "zero" => Part::Unit(0.0),
        "one" => Part::Unit(1.0),
        "two" => Part::Unit(2.0),
        "three" => Part::Unit(3.0),
        "four" => Part::Unit(4.0),
        "five" => Part::Unit(5.0),
        "six" => Part::Unit(6.0),
        "seven" => Part::Unit(7.0),
        "eight" => Part::Unit(8.0),
        "nine" => Part::Unit(9.0),
        "ten" => Part::Teen(10.0),
        "eleven" => Part::Teen(11.0),
        "twelve" => Part::Teen(12.0),
        "thirteen" => Part::Teen(13.0),
        "fourteen" => Part::Teen(14.0),
        "fifteen" => Part::Teen(15.0),
        "sixteen" => Part::Teen(16.0),
        "seventeen" => Part::Teen(17.0),
        "eighteen" => Part::Teen(18.0),
        "nineteen" => Part::Teen(19.0),
        "twenty" => Part::Ten(20.0),
        "thirty" => Part::Ten(30.0),
        "forty" => Part::Ten(40.0),
        "fifty" => Part::Ten(50.0),
        "sixty" => Part::Ten(60.0),
        "seventy" => Part::Ten(70.0),
        "eighty" => Part::Ten(80.0),
        "ninety" => Part::Ten(90.0),
        "hundred" => Part::Hundred,
        "dozen" => Part::Dozen,
        "thousand" => Part::Scale(1e3),
        "million" => Part::Scale(1e6),
        "billion" => Part::Scale(1e9),
        "trillion" => Part::Scale(1e12),
        _ => return None,
    })
}

fn ordinal(lower: &str) -> Option<Part> {
    Some(match lower {
        "first" => Part::Unit(1.0),
        "second" => Part::Unit(2.0),
        "third" => Part::Unit(3.0),
        "fifth" => Part::Unit(5.0),
        "eighth" => Part::Unit(8.0),
        "ninth" => Part::Unit(9.0),
        "twelfth" => Part::Teen(12.0),
        _ => {
            // "twentieth", and all that only take an ending
            let stem = lower.strip_suffix("th")?;
            return match stem.strip_suffix("ie") {
                Some(tens) => match tens {
                    "twent" => Some(Part::Ten(20.0)),
                    "thirt" => Some(Part::Ten(30.0)),
                    "fort" => Some(Part::Ten(40.0)),
                    "fift" => Some(Part::Ten(50.0)),
                    "sixt" => Some(Part::Ten(60.0)),
                    "sevent" => Some(Part::Ten(70.0)),
                    "eight" => Some(Part::Ten(80.0)),
                    "ninet" => Some(Part::Ten(90.0)),
                    _ => None,
                },
                None => cardinal(stem).filter(|part| !matches!(part, Part::Ten(_) | Part::Dozen)),
            };
        }
    })
}
