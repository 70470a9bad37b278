//! From whom a statement comes: the last hop of its chain, as the institution it speaks for.

use crate::events::stem;

/// Somebody from whom statements come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    /// As it is told.
    pub name: String,
    /// What it is, as in the contract of readings.
    pub kind: String,
    /// What it may be called: stems of words, in order.
    keys: Vec<Vec<String>>,
    /// To whom one without a name spoke; `None` for those who have one.
    unnamed: Option<Told>,
}

/// To whom somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// The outlet.
    pub to: String,
    /// Another outlet quotes it.
    pub is_quoted: bool,
    /// The document that stands for all copies of the report.
    pub report: i64,
}

/// Kinds of sources that have no name.
const UNNAMED: [&str; 3] = ["anonymous", "collective", "unstated"];
/// An outlet's own people.
const REPORTERS: [&str; 5] = [
    "reporter",
    "correspondent",
    "journalist",
    "photographer",
    "witness",
];

/// The words for a source, also for one without any.
fn shown(name: &str) -> &str {
    if name.is_empty() {
        "no source in the text"
    } else {
        name
    }
}

impl Actor {
    /// One with a name.
    pub(crate) fn named(name: &str, kind: &str) -> Self {
        let mut keys = vec![words(name)];
        // "the defence ministry in Tallinn" is a defence ministry
        keys.extend(name.split_once(" in ").map(|(body, _)| words(body)));
        Self {
            name: name.to_owned(),
            kind: kind.to_owned(),
            keys,
            unnamed: None,
        }
    }

    /// By a source's words, kind and role.
    pub(crate) fn of(name: &str, kind: &str, role: Option<&str>, told: Told) -> Self {
        let lower = name.to_lowercase();
        if UNNAMED.contains(&kind) {
            let is_own = REPORTERS.iter().any(|r| lower.contains(r))
                && lower.contains(&told.to.to_lowercase());
            if is_own {
                return Self::named(&told.to, "publication");
            }
            return Self {
                name: format!("{} ({}’s)", shown(name), told.to),
                kind: kind.to_owned(),
                keys: vec![words(name)],
                unnamed: Some(told),
            };
        }
        if lower == "this report" {
            return Self::named(&told.to, "publication");
        }
        let mut keys = Self::named(name, kind).keys;
        if let Some(role) = role.filter(|_| kind == "person") {
            match institution(role) {
                Some(institution) => keys.push(words(&institution)),
                None if is_office(role) => keys.push(words(role)),
                None => {}
            }
        }
        let is_told = role.is_some_and(|role| !lower.contains(&role.to_lowercase()));
        Self {
            name: match role {
                Some(role) if is_told && keys.len() > 1 => format!("{name}, {role}"),
                _ => name.to_owned(),
            },
            kind: kind.to_owned(),
            keys,
            unnamed: None,
        }
    }

    /// The other outlet whose it is, where it has no name.
    pub(crate) fn quoted_from(&self) -> Option<&str> {
        let told = self.unnamed.as_ref()?;
        told.is_quoted.then_some(told.to.as_str())
    }

    /// Whether it is not named.
    pub(crate) const fn is_unnamed(&self) -> bool {
        self.unnamed.is_some()
    }

    /// Whether two are one, as far as their names tell: the words of one among those of the other.
    /// Those without a name are one only within one report, or where an outlet quotes another's.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (&self.unnamed, &other.unnamed) {
            (None, None) => {}
            (Some(a), Some(b)) => {
                let is_quoted = a.to == b.to && (a.is_quoted || b.is_quoted);
                if a.report != b.report && !is_quoted {
                    return false;
                }
            }
            _ => return false,
        }
        let pairs = self
            .keys
            .iter()
            .flat_map(|a| other.keys.iter().map(move |b| (a, b)));
        pairs.into_iter().any(|(a, b)| among(a, b) || among(b, a))
    }
}

/// Whether all words of a name stand in another.
fn among(short: &[String], long: &[String]) -> bool {
    let within = |word: &String| long.iter().any(|w| alike(word, w));
    !short.is_empty() && short.len() <= long.len() && short.iter().all(within)
}

/// Whether a role is the bare name of an office that only one holds: "Governor", "mayor".
fn is_office(role: &str) -> bool {
    let lower = role.to_lowercase();
    ["governor", "mayor", "president", "prime minister"].contains(&lower.as_str())
}

/// Whether two stems are forms of one name: "estonia" and "estonian", "kazakh" and "kazakhstan".
fn alike(a: &str, b: &str) -> bool {
    const LETTERS: usize = 4;
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short == long || (short.chars().count() >= LETTERS && long.starts_with(short))
}

fn words(name: &str) -> Vec<String> {
    const NOTHING: [&str; 16] = [
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "s",
        "its",
        "their",
        "his",
        "her",
        "on",
        "office",
        "department",
        "dr",
        "us",
    ];
    let name = name.to_lowercase();
    let parts = name.split(|c: char| !c.is_alphanumeric());
    parts
        .filter(|w| !w.is_empty() && !NOTHING.contains(w))
        .map(stem)
        .collect()
}

/// Offices that speak for what they are of.
const OFFICES: [&str; 20] = [
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "director",
    "head",
    "chief",
    "chairman",
    "chairwoman",
    "president",
    "commander",
    "governor",
    "mayor",
    "ceo",
    "executive",
    "minister",
    "secretary",
    "owner",
    "leader",
    "official",
    "manager",
];

/// The institution that a role speaks for: "spokesman for the Interior Ministry", "Iranian Foreign
/// Ministry spokesman", "minister of defence", "director of Altyn-Sai".
fn institution(role: &str) -> Option<String> {
    let lower = role.to_lowercase();
    let lower = lower.trim();
    for mark in [" for ", " of ", " at "] {
        if let Some((office, rest)) = lower.split_once(mark) {
            let office = office.rsplit(' ').next()?;
            if OFFICES.contains(&office) {
                return Some(match office {
                    "minister" | "secretary" => format!("{rest} ministry"),
                    "governor" | "mayor" => format!("{office} {rest}"),
                    _ => rest.to_owned(),
                });
            }
        }
    }
    let (before, office) = lower.rsplit_once(' ')?;
    if !OFFICES.contains(&office) {
        return None;
    }
    let before = before.trim_end_matches("’s").trim_end_matches("'s");
    let first = before.split(' ').next()?;
    if ["its", "their", "a", "an", "the", "his", "her", "former"].contains(&before)
        || first == "former"
    {
        return None;
    }
    Some(match office {
        "minister" | "secretary" => format!("{before} ministry"),
        _ => before.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(to: &str, report: i64) -> Told {
        Told {
            to: to.to_owned(),
            is_quoted: false,
            report,
        }
    }

    fn official(words: &str, told: Told) -> Actor {
        Actor::of(words, "anonymous", None, told)
    }

    #[test]
    fn two_voices_of_one_ministry_are_one_origin() {
        let spokesman = Actor::of(
            "Raivo Raud",
            "person",
            Some("spokesman for the Estonian defence ministry"),
            told("A", 1),
        );
        let minister = Actor::of(
            "Liis Kask",
            "person",
            Some("defence minister"),
            told("B", 2),
        );
        let ministry = Actor::named("Estonia’s defence ministry", "organization");
        let other = Actor::named("Estonia’s Transport Administration", "organization");
        assert!(spokesman.is(&ministry) && minister.is(&ministry) && minister.is(&spokesman));
        assert!(!other.is(&ministry) && !other.is(&minister));
    }

    #[test]
    fn those_who_are_not_named_are_never_joined_across_outlets() {
        let one = official("a US official", told("Capitol Monitor", 1));
        assert!(!one.is(&official("a US official", told("Beacon Herald", 2))));
        assert!(
            !one.is(&official("a US official", told("Capitol Monitor", 3))),
            "another report"
        );
        assert!(one.is(&official("the official", told("Capitol Monitor", 1))));
        assert!(!one.is(&official("an Iraqi source", told("Capitol Monitor", 1))));
        let quoted = Told {
            is_quoted: true,
            ..told("Capitol Monitor", 2)
        };
        assert!(
            one.is(&official("an official", quoted)),
            "the other outlet quotes the first one's"
        );
        assert!(!one.is(&Actor::named("Capitol Monitor", "publication")));
    }

    #[test]
    fn a_short_name_is_a_longer_ones() {
        let long = Actor::named("Dr. Gulnara Seitova", "person");
        assert!(long.is(&Actor::named("Seitova", "person")));
        assert!(!long.is(&Actor::named("Gulnara Petrova", "person")));
    }
}
