//! The lexicon of cues: what each word tells about the act, certainty and its user's stance.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use sayso_reading::{Act, Certainty};
use thiserror::Error;

use super::words::{Gap, Words};
use crate::attributions::forms;

/// The lexicon that the program brings with it.
const BUILT_IN: &str = include_str!("../../../../data/cues.tsv");
const NAME: &str = "cues.tsv";
const HEADER: [&str; 5] = ["cue", "part", "act", "certainty", "stance"];
/// Stands for some words in a cue: "hold … responsible".
const SOME: &str = "…";
/// How many words it may stand for.
const SOME_AT_MOST: usize = 6;

/// Why a lexicon of cues cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum LexiconError {
    /// The first line that is no comment is not the header.
    #[error(
        "{file}:{line}: the header is missing; put a line with cue, part, act, certainty, stance, separated by tabs, before the cues"
    )]
    Header {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// A line has too few or too many columns.
    #[error(
        "{file}:{line}: {found} columns instead of 5; write cue, part, act, certainty, stance, separated by one tab each"
    )]
    Columns {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
        /// How many columns it has.
        found: usize,
    },
    /// A column holds a word that is none of its list.
    #[error("{file}:{line}: `{found}` in column {column} is none of {allowed}; write one of them")]
    Word {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column's name.
        column: &'static str,
        /// What it holds.
        found: String,
        /// What it may hold.
        allowed: String,
    },
    /// The cue has no words, or begins or ends with an ellipsis.
    #[error(
        "{file}:{line}: `{found}` in column cue is no cue; write its words, with … only between them"
    )]
    Cue {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What it holds.
        found: String,
    },
    /// A cue stands twice in one file.
    #[error("{file}:{line}: `{cue}` stands in line {first} already as {part}; remove one of them")]
    Twice {
        /// The file as it was named.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The cue.
        cue: String,
        /// Its part of speech.
        part: &'static str,
        /// The line in which it stands first.
        first: usize,
    },
}

/// A closed list of words for a column.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum $name { $($variant,)+ }

        impl $name {
            const ALL: &[Self] = &[$(Self::$variant),+];

            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

words! {
    /// What a cue is.
    Part { Verb = "verb", Noun = "noun", Phrase = "phrase", Adverb = "adverb", }
}
words! {
    /// What whoever uses a cue takes for granted about the content.
    Stance {
        Factive = "factive", Counterfactive = "counterfactive", Neutral = "neutral", Doubtful = "doubtful",
    }
}

/// A cue with what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The base form.
    pub cue: String,
    pub part: Part,
    pub act: Act,
    pub certainty: Certainty,
    pub stance: Stance,
    /// From a user's file.
    pub added: bool,
}

/// The cues that the reader knows, and what each tells: act, certainty, stance.
///
/// The default is the built-in lexicon; [`CueLexicon::extended`] adds a file's cues to it.
#[derive(Debug, Clone)]
pub struct CueLexicon(Arc<Table>);

#[derive(Debug, Default)]
struct Table {
    entries: BTreeMap<(String, Part), Entry>,
    /// By the first word in every form: the other words of the cue and its entry, longest first.
    starts: HashMap<String, Vec<Start>>,
}

#[derive(Debug, Clone)]
struct Start {
    rest: Vec<Vec<String>>,
    key: (String, Part),
}

/// An entry found in a text, and the words that it covers.
#[derive(Debug, Clone)]
pub(super) struct Match<'l> {
    pub entry: &'l Entry,
    pub words: Range<usize>,
}

static DEFAULT: LazyLock<CueLexicon> = LazyLock::new(|| {
    // a test holds the file to be without mistakes
    let entries = parse(NAME, BUILT_IN, false).unwrap_or_default();
    CueLexicon(Arc::new(Table::of(entries)))
});

/// The verbs of one word in the built-in lexicon, in the order of the file.
pub(crate) fn verbs() -> impl Iterator<Item = &'static str> {
    BUILT_IN
        .lines()
        .filter(|l| !is_left_out(l))
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let (cue, part) = (columns.next()?, columns.next()?);
            (part == "verb" && !cue.contains(' ')).then_some(cue)
        })
}

impl Default for CueLexicon {
    fn default() -> Self {
        DEFAULT.clone()
    }
}

impl CueLexicon {
    /// This lexicon and the cues of a file's text; where both have a cue, the file's counts.
    ///
    /// # Errors
    /// [`LexiconError`] that names `file`, the line, and what to write instead.
    pub fn extended(&self, file: &str, text: &str) -> Result<Self, LexiconError> {
        let mut entries = self.0.entries.clone();
        entries.extend(parse(file, text, true)?);
        Ok(Self(Arc::new(Table::of(entries))))
    }

    /// How many cues it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.entries.len()
    }

    /// Whether it holds no cue.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.entries.is_empty()
    }

    /// Every entry whose words begin at a place of the text.
    pub(super) fn at<'l>(&'l self, words: &Words, at: usize) -> Vec<Match<'l>> {
        let starts = self.0.starts.get(words.lower(at)).into_iter().flatten();
        starts
            .filter_map(|start| {
                let end = ends(words, at, &start.rest)?;
                let entry = self.0.entries.get(&start.key)?;
                Some(Match {
                    entry,
                    words: at..end,
                })
            })
            .collect()
    }
}

/// One past the last word, if the other words of a cue follow the first.
fn ends(words: &Words, at: usize, rest: &[Vec<String>]) -> Option<usize> {
    let mut here = at + 1;
    let mut some = 0;
    for forms in rest {
        if forms.iter().any(|f| f == SOME) {
            some = SOME_AT_MOST;
            continue;
        }
        let found = (here..=here + some)
            .take_while(|&i| words.gap(i) < Gap::Sentence)
            .find(|&i| forms.iter().any(|f| f == words.lower(i)))?;
        here = found + 1;
        some = 0;
    }
    Some(here)
}

impl Table {
    fn of(entries: BTreeMap<(String, Part), Entry>) -> Self {
        let mut starts: HashMap<String, Vec<Start>> = HashMap::new();
        for key in entries.keys() {
            let mut words = spelled(&key.0, key.1).into_iter();
            let first = words.next().unwrap_or_default();
            let start = Start {
                rest: words.collect(),
                key: key.clone(),
            };
            for form in first {
                starts.entry(form).or_default().push(start.clone());
            }
        }
        Self { entries, starts }
    }
}

/// Each word of a cue in the forms in which it may stand.
fn spelled(cue: &str, part: Part) -> Vec<Vec<String>> {
    let words: Vec<&str> = cue.split(' ').collect();
    let last = words.len().saturating_sub(1);
    let one = |(at, word): (usize, &&str)| match part {
        Part::Verb | Part::Phrase if at == 0 && *word == "be" => {
            ["be", "am", "is", "are", "was", "were", "been", "being"]
                .map(str::to_owned)
                .to_vec()
        }
        Part::Verb if at == 0 => forms(word),
        Part::Noun if at == last => plural(word),
        _ => vec![(*word).to_owned()],
    };
    words.iter().enumerate().map(one).collect()
}

fn plural(noun: &str) -> Vec<String> {
    let mut out = vec![noun.to_owned(), format!("{noun}s")];
    if noun.ends_with(['s', 'h', 'x']) {
        out.push(format!("{noun}es"));
    }
    if let Some(stem) = noun.strip_suffix('y') {
        out.push(format!("{stem}ies"));
    }
    out
}

fn is_left_out(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// The entries of a file.
fn parse(
    file: &str,
    text: &str,
    added: bool,
) -> Result<BTreeMap<(String, Part), Entry>, LexiconError> {
    let mut entries = BTreeMap::new();
    let mut firsts: HashMap<(String, Part), usize> = HashMap::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..).zip(text.lines()).filter(|(_, l)| !is_left_out(l));
    match lines.next() {
        Some((_, header)) if header.split('\t').map(str::trim).eq(HEADER) => {}
        other => {
            return Err(LexiconError::Header {
                file: file.to_owned(),
                line: other.map_or(1, |(line, _)| line),
            });
        }
    }
    for (line, row) in lines {
        let entry = entry(file, line, row, added)?;
        let key = (entry.cue.clone(), entry.part);
        if let Some(&first) = firsts.get(&key) {
            return Err(LexiconError::Twice {
                file: file.to_owned(),
                line,
                cue: entry.cue,
                part: entry.part.as_str(),
                first,
            });
        }
        firsts.insert(key.clone(), line);
        entries.insert(key, entry);
    }
    Ok(entries)
}

fn entry(file: &str, line: usize, row: &str, added: bool) -> Result<Entry, LexiconError> {
    let columns: Vec<&str> = row.split('\t').map(str::trim).collect();
    let &[cue, part, act, certainty, stance] = columns.as_slice() else {
        return Err(LexiconError::Columns {
            file: file.to_owned(),
            line,
            found: columns.len(),
        });
    };
    let cue = cue.to_lowercase().replace('’', "'").replace("...", SOME);
    let cue = cue.split_whitespace().collect::<Vec<_>>().join(" ");
    if !cue.contains(char::is_alphanumeric) || cue.starts_with(SOME) || cue.ends_with(SOME) {
        return Err(LexiconError::Cue {
            file: file.to_owned(),
            line,
            found: cue,
        });
    }
    let place = Place { file, line };
    Ok(Entry {
        cue,
        part: place.one_of("part", part, Part::ALL, Part::as_str)?,
        act: place.one_of("act", act, Act::ALL, Act::as_str)?,
        certainty: place.one_of("certainty", certainty, Certainty::ALL, Certainty::as_str)?,
        stance: place.one_of("stance", stance, Stance::ALL, Stance::as_str)?,
        added,
    })
}

struct Place<'a> {
    file: &'a str,
    line: usize,
}

impl Place<'_> {
    fn one_of<T: Copy>(
        &self,
        column: &'static str,
        found: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<T, LexiconError> {
        let known = all.iter().copied().find(|&t| word(t) == found);
        known.ok_or_else(|| LexiconError::Word {
            file: self.file.to_owned(),
            line: self.line,
            column,
            found: found.to_owned(),
            allowed: all.iter().map(|&t| word(t)).collect::<Vec<_>>().join(", "),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "cue\tpart\tact\tcertainty\tstance\n";

    #[test]
    fn the_built_in_lexicon_has_no_mistakes() {
        let entries = parse(NAME, BUILT_IN, false).unwrap();
        assert!(entries.len() > 1000, "{}", entries.len());
        assert_eq!(CueLexicon::default().len(), entries.len());
        for act in Act::ALL {
            assert!(entries.values().any(|e| e.act == *act), "no cue for {act}");
        }
    }

    #[test]
    fn cues_are_found_in_all_their_forms() {
        let lexicon = CueLexicon::default();
        for (text, cue) in [
            ("called on", "call on"),
            ("holding the militia responsible", "hold … responsible"),
            ("was quoted as saying", "be quoted as saying"),
            ("denials", "denial"),
            ("casting fresh doubt on", "cast … doubt on"),
            ("criticised", "criticize"),
            ("reportedly", "reportedly"),
            ("In his words", "in … words"),
        ] {
            let words = Words::new(text);
            let found = lexicon.at(&words, 0);
            assert!(
                found.iter().any(|m| m.entry.cue == cue),
                "{text}: {found:?}"
            );
        }
        let words = Words::new("holding talks. They are responsible");
        assert!(!lexicon.at(&words, 0).iter().any(|m| m.words.len() > 1));
    }

    #[test]
    fn a_users_file_wins_and_adds() {
        let own = format!(
            "\u{feff}# mine\n{HEAD}claim\tverb\tsay\tcertain\tneutral\r\nbloviate\tverb\tclaim\tcertain\tdoubtful\n"
        );
        let lexicon = CueLexicon::default().extended("mine.tsv", &own).unwrap();
        assert_eq!(lexicon.len(), CueLexicon::default().len() + 1);
        let only = |word: &str| {
            let found = lexicon.at(&Words::new(word), 0);
            let verb = found.iter().find(|m| m.entry.part == Part::Verb);
            verb.map(|m| (m.entry.act, m.entry.added))
        };
        assert_eq!(only("claimed"), Some((Act::Say, true)));
        assert_eq!(only("bloviated"), Some((Act::Claim, true)));
        assert_eq!(only("argued"), Some((Act::Claim, false)));
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_read_or_refused(rows in "(say|verb|claim|certain|neutral|…|\\t|\\n|#|\\r|é| ){0,40}", head in proptest::bool::ANY) {
            let file = if head { format!("{HEAD}{rows}") } else { rows };
            if let Err(error) = CueLexicon::default().extended("mine.tsv", &file) {
                proptest::prop_assert!(error.to_string().starts_with("mine.tsv"), "{error}");
            }
        }
    }

    #[test]
    fn mistakes_are_told_with_file_line_and_remedy() {
        for (rows, told) in [
            (
                "say\tverb\tsay\tcertain\tneutral",
                "mine.tsv:1: the header is missing; put a line with cue",
            ),
            ("", "mine.tsv:1: the header is missing"),
            (
                &format!("{HEAD}say verb say"),
                "mine.tsv:2: 1 columns instead of 5; write",
            ),
            (
                &format!("{HEAD}\n# x\nsay\tverb\tsay\tsure\tneutral"),
                "mine.tsv:4: `sure` in column certainty is none of certain, probable, possible, unknown; write one of them",
            ),
            (
                &format!("{HEAD}say\tverb\tspeak\tcertain\tneutral"),
                "mine.tsv:2: `speak` in column act is none of say, report",
            ),
            (
                &format!("{HEAD}…\tverb\tsay\tcertain\tneutral"),
                "mine.tsv:2: `…` in column cue is no cue",
            ),
            (
                &format!(
                    "{HEAD}say\tverb\tsay\tcertain\tneutral\nSay\tverb\task\tunknown\tneutral"
                ),
                "mine.tsv:3: `say` stands in line 2 already as verb; remove one of them",
            ),
        ] {
            let error = CueLexicon::default()
                .extended("mine.tsv", rows)
                .unwrap_err();
            assert!(error.to_string().starts_with(told), "{error}");
        }
    }
}
