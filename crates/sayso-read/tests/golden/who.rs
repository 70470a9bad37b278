//! The table "Who and how surely": for each row of the truth the kind, name, role and
//! condition of its source, its act, its certainty and its chain.

use std::ops::Range;

use sayso_reading::{Act, Attribution, Certainty, Entity, Hop as GivenHop, Reading, SourceKind};
use sayso_reading::{Span, Spans};

use super::parse;
use super::write;

pub const HEADING: &str = "## Who and how surely";
pub const COLUMNS: &str = "| id | kind | name | role | condition | act | certainty | chain |\n|---|---|---|---|---|---|---|---|\n";
const ARROW: &str = " ← ";
/// Between chains that are as good.
const OR: &str = "); or ";
const NONE: &str = "-";
const NULL: &str = "null";

/// A carrier of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hop {
    /// Its fullest name; none where its words stand for it.
    pub name: Option<String>,
    pub kind: SourceKind,
    pub spans: Vec<Range<usize>>,
}

/// What an attribution says besides its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub kind: Option<SourceKind>,
    pub name: Option<String>,
    pub role: Option<String>,
    pub condition: Option<String>,
    pub act: Option<Act>,
    pub negated: bool,
    pub certainty: Option<Certainty>,
    /// The chain, and others that are as good.
    pub chains: Vec<Vec<Hop>>,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Who {
    pub id: String,
    /// All cells behind the id, as they stand in the file.
    pub cells: [String; 7],
    pub facts: Facts,
    /// Fields that nothing is compared with.
    pub doubt: Vec<Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Kind,
    Name,
    Role,
    Condition,
    Act,
    Negated,
    Certainty,
    Chain,
}

impl Field {
    pub const ALL: [Self; 8] = [
        Self::Kind,
        Self::Name,
        Self::Role,
        Self::Condition,
        Self::Act,
        Self::Negated,
        Self::Certainty,
        Self::Chain,
    ];
    /// The fields of each cell behind the id.
    const OF_CELLS: [&[Self]; 7] = [
        &[Self::Kind],
        &[Self::Name],
        &[Self::Role],
        &[Self::Condition],
        &[Self::Act, Self::Negated],
        &[Self::Certainty],
        &[Self::Chain],
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Name => "name",
            Self::Role => "role",
            Self::Condition => "condition",
            Self::Act => "act",
            Self::Negated => "negated",
            Self::Certainty => "certainty",
            Self::Chain => "chain",
        }
    }

    /// Which values are not the commonest one, in words; none where no value is.
    pub const fn unusual(self) -> Option<&'static str> {
        match self {
            Self::Kind => None,
            Self::Name | Self::Role | Self::Condition => Some("where there is one"),
            Self::Act => Some("other than say"),
            Self::Negated => Some("yes"),
            Self::Certainty => Some("other than certain"),
            Self::Chain => Some("two hops and more"),
        }
    }

    pub fn is_unusual(self, facts: &Facts) -> bool {
        match self {
            Self::Kind => false,
            Self::Name => facts.name.is_some(),
            Self::Role => facts.role.is_some(),
            Self::Condition => facts.condition.is_some(),
            Self::Act => facts.act != Some(Act::Say),
            Self::Negated => facts.negated,
            Self::Certainty => facts.certainty != Some(Certainty::Certain),
            Self::Chain => facts.chains.iter().all(|chain| chain.len() > 1),
        }
    }

    /// The value in one line.
    pub fn shown(self, facts: &Facts, flat: &str) -> String {
        let words = |value: &Option<String>| parse::flat(value.as_deref().unwrap_or(NONE));
        match self {
            Self::Kind => facts.kind.map_or(NULL, SourceKind::as_str).to_owned(),
            Self::Name => words(&facts.name),
            Self::Role => words(&facts.role),
            Self::Condition => words(&facts.condition),
            Self::Act => facts.act.map_or(NULL, Act::as_str).to_owned(),
            Self::Negated => if facts.negated { "yes" } else { "no" }.to_owned(),
            Self::Certainty => facts.certainty.map_or(NULL, Certainty::as_str).to_owned(),
            Self::Chain => {
                let chains = facts.chains.iter().map(|chain| shown(chain, flat));
                chains.collect::<Vec<_>>().join("; or ")
            }
        }
    }
}

fn shown(chain: &[Hop], flat: &str) -> String {
    let hop = |hop: &Hop| {
        let who = match (&hop.name, hop.spans.is_empty()) {
            (Some(name), _) => format!("{} ", parse::flat(name)),
            (None, true) => String::new(),
            (None, false) => format!("*{}* ", write::pieces_or_words(flat, &hop.spans)),
        };
        format!("{who}({})", hop.kind)
    };
    let hops: Vec<String> = chain.iter().map(hop).collect();
    if hops.is_empty() {
        NONE.to_owned()
    } else {
        hops.join(ARROW)
    }
}

/// A line of the table; nothing for blank lines and the table's head.
pub fn row(line: &str, flat: &str) -> Result<Option<Who>, String> {
    if parse::is_table_head(line) {
        return Ok(None);
    }
    let [id, cells @ ..] = parse::cells::<8>(line.trim())?;
    let mut doubt = Vec::new();
    let mut plain = cells.clone();
    for (cell, fields) in plain.iter_mut().zip(Field::OF_CELLS) {
        if let Some(rest) = cell.strip_prefix('?') {
            *cell = rest.trim_start().to_owned();
            doubt.extend(fields);
        }
    }
    let facts = facts(&plain, flat).map_err(|e| format!("{id}, {e}"))?;
    Ok(Some(Who {
        id,
        cells,
        facts,
        doubt,
    }))
}

fn facts(cells: &[String; 7], flat: &str) -> Result<Facts, String> {
    let [kind, name, role, condition, act, certainty, chain] = cells;
    let lower = flat.to_lowercase();
    let words = |cell: &'static str, words: &str| match words {
        "" | NONE => Ok(None),
        words if lower.contains(&words.to_lowercase()) => Ok(Some(words.to_owned())),
        words => Err(format!("{cell}: the text has no `{words}`")),
    };
    let (act, negated) = match act.strip_prefix("not ") {
        Some(act) => (act, true),
        None => (act.as_str(), false),
    };
    let one = |chain: &str| -> Result<Vec<Hop>, String> {
        if chain == NONE {
            return Ok(Vec::new());
        }
        let hop = |hop| self::hop(hop, flat, &lower);
        chain.split(ARROW).map(hop).collect()
    };
    // the bracket before the next chain belongs to its last hop
    let mut alternatives = chain.replace(OR, ")\n");
    if let Some(others) = chain.strip_prefix("-; or ") {
        alternatives = format!("{NONE}\n{}", others.replace(OR, ")\n"));
    }
    let chains: Result<_, String> = alternatives.split('\n').map(one).collect();
    Ok(Facts {
        kind: Some(of("kind", SourceKind::ALL, SourceKind::as_str, kind)?),
        name: words("name", name)?,
        role: words("role", role)?,
        condition: words("condition", condition)?,
        act: Some(of("act", Act::ALL, Act::as_str, act)?),
        negated,
        certainty: Some(of(
            "certainty",
            Certainty::ALL,
            Certainty::as_str,
            certainty,
        )?),
        chains: chains.map_err(|e| format!("chain: {e}"))?,
    })
}

/// The value that a word stands for.
fn of<T: Copy>(
    cell: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
    word: &str,
) -> Result<T, String> {
    let found = all.iter().copied().find(|&value| as_str(value) == word);
    found.ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|&value| as_str(value)).collect();
        format!("{cell}: `{word}` is none of {}", words.join(", "))
    })
}

/// `Name (kind)`, `*words of the text* (kind)` or `(unstated)`.
fn hop(cell: &str, flat: &str, lower: &str) -> Result<Hop, String> {
    let parts = cell.strip_suffix(')').and_then(|c| c.rsplit_once('('));
    let (who, kind) = parts.ok_or_else(|| format!("`{cell}` ends with no kind in brackets"))?;
    let kind = of("kind of a hop", SourceKind::ALL, SourceKind::as_str, kind)?;
    let who = who.trim_end();
    let phrase = who.strip_prefix('*').and_then(|w| w.strip_suffix('*'));
    let named = phrase.is_none() && !who.is_empty();
    let nameless = [SourceKind::Anonymous, SourceKind::Collective];
    if named && nameless.contains(&kind) {
        return Err(format!("`{who}` is {kind}, so it must stand as *{who}*"));
    }
    let spans = match phrase {
        Some(phrase) => parse::pieces(phrase, flat)?,
        None if !lower.contains(&who.to_lowercase()) => {
            return Err(format!("the text has no `{who}`"));
        }
        None => {
            let place = flat.find(who).filter(|_| named);
            place.map(|at| at..at + who.len()).into_iter().collect()
        }
    };
    Ok(Hop {
        name: named.then(|| who.to_owned()),
        kind,
        spans,
    })
}

pub fn line(who: &Who) -> String {
    write::table_line([&who.id].into_iter().chain(&who.cells).map(String::as_str))
}

/// What the reader says of an attribution.
pub fn given(attribution: &Attribution, reading: &Reading) -> Facts {
    let entity = |id| {
        reading
            .entities
            .iter()
            .find(|entity: &&Entity| Some(entity.id) == id)
    };
    let name = |id| entity(id).map(|entity| entity.name.clone());
    let hop = |hop: &GivenHop| Hop {
        name: hop.name.clone().or_else(|| name(hop.entity)),
        kind: hop.kind,
        spans: ranges(&hop.spans),
    };
    Facts {
        kind: attribution.source.kind,
        name: name(attribution.source.entity),
        role: attribution.source.role.clone(),
        condition: attribution.source.condition.clone(),
        act: attribution.act,
        negated: attribution.negated,
        certainty: attribution.certainty,
        chains: vec![attribution.chain.iter().map(hop).collect()],
    }
}

pub fn ranges(spans: &Spans) -> Vec<Range<usize>> {
    spans.iter().map(Span::range).collect()
}
