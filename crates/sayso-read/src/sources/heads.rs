//! What the head of a phrase makes the source: `data/source-heads.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

use sayso_reading::SourceKind;

const TABLE: &str = include_str!("../../../../data/source-heads.tsv");

/// What a head says of its phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub kind: SourceKind,
    /// "The HEAD of X" is one person known by it.
    pub office: bool,
    /// The word is a plural that the table has only in the singular.
    pub plural: bool,
}

static HEADS: LazyLock<HashMap<&'static str, Head>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#'))
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let (word, kind) = (cells.next()?, cells.next()?);
            let office = cells.next() == Some("yes");
            let kind = serde_json::from_value(serde_json::Value::from(kind)).ok()?;
            Some((
                word,
                Head {
                    kind,
                    office,
                    plural: false,
                },
            ))
        })
        .collect()
});

/// The head's entry; plurals that the table lacks are looked up by their singular.
pub(crate) fn head(word: &str) -> Option<Head> {
    let word = word
        .trim_end_matches("’s")
        .trim_end_matches("'s")
        .trim_end_matches(['’', '\''])
        .to_lowercase();
    if let Some(found) = HEADS.get(word.as_str()) {
        return Some(*found);
    }
    // "ex-official", "co-founder", "vice-president"
    let last = word.rsplit('-').next().unwrap_or(&word);
    singular(last).or_else(|| HEADS.get(last).copied())
}

fn singular(word: &str) -> Option<Head> {
    let candidates = [
        word.strip_suffix("ies").map(|w| format!("{w}y")),
        word.strip_suffix("men").map(|w| format!("{w}man")),
        word.strip_suffix("women").map(|w| format!("{w}woman")),
        word.strip_suffix("es").map(str::to_owned),
        word.strip_suffix('s').map(str::to_owned),
    ];
    candidates
        .into_iter()
        .flatten()
        .find_map(|w| HEADS.get(w.as_str()))
        .map(|h| Head { plural: true, ..*h })
}

/// The singular of a head as it is compared: "officials" and "official" are one word.
pub(crate) fn stem(word: &str) -> String {
    let lower = word
        .trim_end_matches("’s")
        .trim_end_matches("'s")
        .trim_end_matches(['’', '\''])
        .to_lowercase();
    for (plural, singular) in [("ies", "y"), ("women", "woman"), ("men", "man"), ("s", "")] {
        if let Some(rest) = lower.strip_suffix(plural)
            && rest.len() > 2
            && !lower.ends_with("ss")
        {
            return format!("{rest}{singular}");
        }
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#')).count() - 1;
        assert_eq!(HEADS.len(), lines);
    }

    #[test]
    fn plurals_are_known_by_their_singular() {
        let told = |w| head(w).map(|h| (h.kind, h.plural));
        assert_eq!(told("Officials"), Some((SourceKind::Anonymous, false)));
        assert_eq!(told("diplomats"), Some((SourceKind::Anonymous, true)));
        assert_eq!(told("analysts"), Some((SourceKind::Collective, false)));
        assert_eq!(told("ministries"), Some((SourceKind::Organization, true)));
        assert_eq!(told("co-founder"), Some((SourceKind::Person, false)));
        assert_eq!(told("banana"), None);
        assert_eq!(stem("Officials’"), "official");
    }
}
