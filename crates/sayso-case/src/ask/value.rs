//! What stands behind a key.

use sayso_reading::{EventType, Mode};

use super::error::{QueryError, nearest, shortened};
use super::interval::Interval;
use super::key::{About, Holds, KEYS, Key};
use super::lex::{Given, Sign};
use super::term::{Compare, Condition, Happening, Relation};
use super::token::Page;
use super::{MOST, Shown, Sort};

/// A list is told in a message up to this length.
const LISTED: usize = 20;

/// How many words a text has: stretches of letters and digits.
pub(crate) fn words(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .count()
}

/// Words to look for.
pub(crate) fn text(given: &Given) -> Result<String, QueryError> {
    if words(&given.text) > 0 {
        return Ok(given.text.clone());
    }
    Err(QueryError::new(
        given.column,
        format!(
            "{} has no letter or digit, and only words can be found; leave it out",
            shortened(&given.text)
        ),
    ))
}

pub(crate) fn unknown_key(column: usize, name: &str) -> QueryError {
    let wrong = shortened(name);
    let hint = match nearest(name, KEYS.iter().map(|about| about.name)) {
        Some(known) => format!("did you mean {known}?"),
        None => format!(
            "to search for the words as they stand, put them in quotation marks; keys are {}",
            KEYS.each_ref().map(|about| about.name).join(", ")
        ),
    };
    QueryError::new(column, format!("there is no key {wrong}; {hint}"))
}

/// The condition that a key and its values make.
pub(crate) fn condition(
    column: usize,
    about: &About,
    sign: Sign,
    values: &[Given],
) -> Result<Condition, QueryError> {
    let key = about.key;
    let signs_fit = match about.holds {
        Holds::Number | Holds::Date => true,
        _ => sign == Sign::Colon,
    };
    if !signs_fit {
        let name = about.name;
        return Err(QueryError::new(
            column,
            format!("{name} takes a colon, as in {name}:{}", example(key)),
        ));
    }
    match about.holds {
        Holds::Words => each(values, text).map(|any| Condition::Words(key, any)),
        Holds::Name if key == Key::Language => {
            each(values, language).map(|any| Condition::Name(key, any))
        }
        Holds::Name => {
            each(values, |given| Ok(given.text.clone())).map(|any| Condition::Name(key, any))
        }
        Holds::Value => {
            each(values, |given| listed(key, given)).map(|any| Condition::Value(key, any))
        }
        Holds::Event => each(values, happening).map(Condition::Event),
        Holds::YesNo => one(about, values)
            .and_then(|given| listed(key, given))
            .map(|told| Condition::Is(key, told == "yes")),
        Holds::Number => number(about, sign, one(about, values)?),
        Holds::Date => date(key, sign, values),
        Holds::Directive => Err(QueryError::new(column, "this is said of the answer")),
    }
}

fn each<T>(
    values: &[Given],
    read: impl FnMut(&Given) -> Result<T, QueryError>,
) -> Result<Vec<T>, QueryError> {
    values.iter().map(read).collect()
}

fn one<'g>(about: &About, values: &'g [Given]) -> Result<&'g Given, QueryError> {
    match values {
        [only] => Ok(only),
        _ => Err(QueryError::new(
            values.get(1).map_or(1, |given| given.column),
            format!("{} takes one value; join several terms with OR", about.name),
        )),
    }
}

/// What may stand behind a key, for messages.
pub(crate) const fn example(key: Key) -> &'static str {
    match key {
        Key::Act => "deny",
        Key::Certainty => "probable",
        Key::Quote => "direct",
        Key::Kind => "anonymous",
        Key::Realis => "actual",
        Key::Context => "military",
        Key::Responsibility => "claim",
        Key::Negated | Key::Reviewed => "yes",
        Key::Event => "ASSAULT.aerial",
        Key::Language => "en",
        Key::Show => "events",
        Key::Sort => "oldest",
        Key::Limit => "50",
        Key::After => "TOKEN",
        Key::Id => "d:1f0a",
        _ => "\"some words\"",
    }
}

/// A word of a closed list, letter case aside.
fn listed(key: Key, given: &Given) -> Result<&'static str, QueryError> {
    let known = key.values();
    let found = known
        .iter()
        .find(|word| word.eq_ignore_ascii_case(&given.text));
    found
        .copied()
        .ok_or_else(|| not_among(key.name(), given.column, &given.text, &known))
}

fn not_among(name: &str, column: usize, given: &str, known: &[&str]) -> QueryError {
    let near = nearest(given, known.iter().copied());
    let hint = match near {
        Some(word) => format!("did you mean {word}?"),
        None if known.len() <= LISTED => format!("known are {}", known.join(", ")),
        None => format!("the manual lists all {}", known.len()),
    };
    QueryError::new(
        column,
        format!("there is no {name} {}; {hint}", shortened(given)),
    )
}

fn language(given: &Given) -> Result<String, QueryError> {
    let code = given.text.to_ascii_lowercase();
    let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if plain && (2..=12).contains(&code.len()) {
        return Ok(code);
    }
    Err(QueryError::new(
        given.column,
        format!(
            "{} is no code of a language; write one such as en",
            shortened(&given.text)
        ),
    ))
}

fn happening(given: &Given) -> Result<Happening, QueryError> {
    let (kind, mode) = match given.text.split_once('.') {
        Some((kind, mode)) => (kind, Some(mode)),
        None => (given.text.as_str(), None),
    };
    let (column, is) = (given.column, str::eq_ignore_ascii_case);
    let kind = if kind.is_empty() && mode.is_some() {
        None
    } else {
        let found = EventType::ALL.iter().find(|k| is(k.as_str(), kind));
        let known: Vec<_> = EventType::ALL.iter().map(|k| k.as_str()).collect();
        Some(*found.ok_or_else(|| not_among("event", column, kind, &known))?)
    };
    let Some(mode) = mode else {
        return kind
            .map(Happening::Type)
            .ok_or_else(|| not_among("event", column, "", &[]));
    };
    let modes = kind.map_or(Mode::ALL, EventType::modes);
    let found = modes.iter().find(|m| is(m.as_str(), mode));
    let known: Vec<_> = modes.iter().map(|m| m.as_str()).collect();
    match (kind, found) {
        (None, Some(mode)) => Ok(Happening::Mode(*mode)),
        (Some(kind), Some(mode)) => Ok(Happening::Both(kind, *mode)),
        (Some(kind), None) if modes.is_empty() => Err(QueryError::new(
            column,
            format!("events of the type {kind} have no mode; write event:{kind}"),
        )),
        (Some(kind), None) => Err(not_among(&format!("mode of {kind}"), column, mode, &known)),
        (None, None) => Err(not_among("mode", column, mode, &known)),
    }
}

fn number(about: &About, sign: Sign, given: &Given) -> Result<Condition, QueryError> {
    let plain = given.text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = given
        .text
        .parse::<f64>()
        .ok()
        .filter(|n| plain && n.is_finite());
    let whole = about.key != Key::Chain || number.is_some_and(|n| n.fract() == 0.0 && n < 1e9);
    let Some(number) = number.filter(|_| whole) else {
        let name = about.name;
        return Err(QueryError::new(
            given.column,
            format!(
                "{} is no number here; write {name}>=2, {name}<=2 or {name}=2",
                shortened(&given.text)
            ),
        ));
    };
    let compare = match sign {
        Sign::Colon | Sign::Is => Compare::Is,
        Sign::AtLeast => Compare::AtLeast,
        Sign::AtMost => Compare::AtMost,
        Sign::More => Compare::More,
        Sign::Less => Compare::Less,
    };
    Ok(Condition::Number(about.key, compare, number))
}

fn date(key: Key, sign: Sign, values: &[Given]) -> Result<Condition, QueryError> {
    let relation = match sign {
        Sign::Colon
            if values
                .first()
                .is_some_and(|given| given.text.starts_with("in:")) =>
        {
            Relation::Within
        }
        Sign::Colon => Relation::Overlaps,
        Sign::Is => Relation::Within,
        Sign::More => Relation::After,
        Sign::Less => Relation::Before,
        Sign::AtLeast => Relation::NotBefore,
        Sign::AtMost => Relation::NotAfter,
    };
    let any = each(values, |given| interval(relation, sign, given))?;
    Ok(Condition::Date(key, relation, any))
}

fn interval(relation: Relation, sign: Sign, given: &Given) -> Result<Interval, QueryError> {
    let text = given.text.as_str();
    let text = match sign {
        Sign::Colon if relation == Relation::Within => text.strip_prefix("in:").unwrap_or(text),
        _ => text,
    };
    let Some(interval) = Interval::parse(text) else {
        return Err(QueryError::new(
            given.column,
            format!(
                "{} is no date; write 2024, 2024-01, 2024-01-28, 2024-01..2024-02, 2024-01.. or ..2024",
                shortened(text)
            ),
        ));
    };
    let (from, to) = interval.bounds();
    let beyond = match relation {
        Relation::After => to.is_none(),
        Relation::Before => from.is_none(),
        _ => false,
    };
    if beyond {
        return Err(QueryError::new(
            given.column,
            format!("nothing lies beyond the open end of {interval}; write a date with both ends"),
        ));
    }
    Ok(interval)
}

pub(crate) fn shown(given: &Given) -> Result<Shown, QueryError> {
    Ok(match listed(Key::Show, given)? {
        "statements" => Shown::Statements,
        "events" => Shown::Events,
        _ => Shown::Documents,
    })
}

pub(crate) fn sort(given: &Given) -> Result<Sort, QueryError> {
    Ok(match listed(Key::Sort, given)? {
        "oldest" => Sort::Oldest,
        "score" => Sort::Score,
        _ => Sort::Newest,
    })
}

pub(crate) fn limit(given: &Given) -> Result<u32, QueryError> {
    let plain = given.text.chars().all(|c| c.is_ascii_digit());
    let limit = given
        .text
        .parse()
        .ok()
        .filter(|n| plain && (1..=MOST).contains(n));
    limit.ok_or_else(|| {
        QueryError::new(
            given.column,
            format!("the limit is a number from 1 to {MOST}, such as limit:50"),
        )
    })
}

pub(crate) fn page(given: &Given) -> Result<Page, QueryError> {
    Page::parse(&given.text).ok_or_else(|| {
        QueryError::new(
            given.column,
            "this names no page; give after: what the answer before gave as next",
        )
    })
}
