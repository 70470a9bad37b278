//! News outlets and agencies by name: facts, of which a user's file may add more.

use std::collections::{BTreeSet, HashMap};

use thiserror::Error;

const BUILT_IN: &str = include_str!("../../../../data/outlets.csv");

/// What is wrong with a file of outlets.
#[derive(Debug, Error)]
pub enum OutletsError {
    /// A column that has to be there is not.
    #[error(
        "{file}: the first line names no column `{column}`; it needs name, and may have aliases, country, kind"
    )]
    Column {
        /// The file's name.
        file: String,
        /// The missing column.
        column: &'static str,
    },
    /// A line that is no CSV or has no name.
    #[error("{file}, line {line}: {reason}; correct the line or take it out")]
    Line {
        /// The file's name.
        file: String,
        /// Counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

/// An outlet, as far as known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Its full name.
    pub name: String,
    /// ISO 3166-1 alpha-2; `None` where unknown.
    pub country: Option<String>,
    /// Agency, broadcaster, newspaper, magazine, website, aggregator, each perhaps with "state" before it.
    pub kind: Option<String>,
}

/// The outlets that are known, by all their names.
#[derive(Debug, Clone)]
pub struct Outlets {
    all: Vec<Outlet>,
    by_name: HashMap<String, usize>,
    by_host: HashMap<String, usize>,
    /// How many of them come with the program; the others are the user's.
    built_in: usize,
    /// First words of names that are looked for in the text itself: those with a kind.
    first_words: BTreeSet<String>,
}

impl Default for Outlets {
    /// The list that comes with the program.
    fn default() -> Self {
        let empty = || Self {
            all: Vec::new(),
            by_name: HashMap::new(),
            by_host: HashMap::new(),
            built_in: 0,
            first_words: BTreeSet::new(),
        };
        // the list in the checkout is read by a test
        let known = empty().extended(BUILT_IN, "data/outlets.csv");
        let mut known = known.unwrap_or_else(|_| empty());
        known.built_in = known.all.len();
        known
    }
}

impl Outlets {
    /// These and those of a CSV file with the columns name, aliases (parted by `|`), country,
    /// kind, hosts (parted by `|`); of two with one name the new one counts.
    ///
    /// # Errors
    /// [`OutletsError`] with file, line and reason.
    pub fn extended(mut self, csv: &str, file: &str) -> Result<Self, OutletsError> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let bad = |line: u64, reason: String| OutletsError::Line {
            file: file.to_owned(),
            line,
            reason,
        };
        let headers = reader.headers().map_err(|e| bad(1, e.to_string()))?.clone();
        let column = |name: &str| {
            headers
                .iter()
                .position(|h| h.trim().eq_ignore_ascii_case(name))
        };
        let name = column("name").ok_or_else(|| OutletsError::Column {
            file: file.to_owned(),
            column: "name",
        })?;
        let (aliases, country, kind) = (column("aliases"), column("country"), column("kind"));
        let hosts = column("hosts");
        for record in reader.records() {
            let record = record
                .map_err(|e| bad(e.position().map_or(0, csv::Position::line), e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |at: Option<usize>| {
                at.and_then(|i| record.get(i))
                    .map(str::trim)
                    .filter(|c| !c.is_empty())
            };
            let full = cell(Some(name)).ok_or_else(|| bad(line, "there is no name".to_owned()))?;
            let outlet = Outlet {
                name: full.to_owned(),
                country: cell(country).map(str::to_owned),
                kind: cell(kind).map(str::to_owned),
            };
            let parts = |at| {
                let parts = cell(at).unwrap_or_default().split('|').map(str::trim);
                parts.filter(|a| !a.is_empty())
            };
            for host in parts(hosts) {
                self.by_host.insert(host.to_lowercase(), self.all.len());
            }
            self.add(outlet, parts(aliases));
        }
        Ok(self)
    }

    fn add<'a>(&mut self, outlet: Outlet, others: impl Iterator<Item = &'a str>) {
        let index = self.all.len();
        let full = outlet.name.clone();
        for name in std::iter::once(full.as_str()).chain(others.map(|o| o as &str)) {
            // "ABC News (US)" is called ABC News
            let spoken = name.split(" (").next().unwrap_or(name);
            self.by_name.insert(plain(spoken), index);
            let distinct =
                spoken.contains(' ') || spoken.chars().filter(|c| c.is_uppercase()).count() > 2;
            if outlet.kind.is_some() && distinct {
                let first = spoken.split(' ').next().unwrap_or(spoken);
                if !matches!(first, "The" | "the") {
                    self.first_words.insert(first.to_owned());
                }
            }
        }
        self.all.push(outlet);
    }

    /// The outlet of this name, letter case and article apart.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Outlet> {
        self.by_name
            .get(&plain(name))
            .and_then(|&i| self.all.get(i))
    }

    /// The outlet whose pages are at a host: `edition.cnn.com` is CNN's.
    #[must_use]
    pub fn of_host(&self, host: &str) -> Option<&Outlet> {
        let host = host.to_lowercase();
        let mut rest = host.as_str();
        loop {
            if let Some(&at) = self.by_host.get(rest) {
                return self.all.get(at);
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// Whether a name is an outlet's even where the network takes it for a person's: one of the
    /// user's, or one of several words whose kind is known.
    pub(crate) fn is_surely(&self, name: &str) -> bool {
        let index = self.by_name.get(&plain(name)).copied();
        let outlet = index.and_then(|i| Some((i, self.all.get(i)?)));
        outlet.is_some_and(|(i, o)| i >= self.built_in || o.kind.is_some() && name.contains(' '))
    }

    /// Whether a distinctive outlet's name may begin with this word, as written.
    pub(crate) fn begins(&self, word: &str) -> bool {
        self.first_words.contains(word)
    }

    /// How many are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A name as it is compared: lower case, one form of apostrophe and hyphen, no article.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "'").replace('-', " ");
    lower
        .strip_prefix("the ")
        .unwrap_or(&lower)
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_that_ships_is_sound() {
        let outlets = Outlets::default();
        assert!(outlets.len() > 1_500, "{}", outlets.len());
        for (name, full, kind) in [
            ("AFP", "Agence France-Presse", "agency"),
            ("the Washington Post", "The Washington Post", "newspaper"),
            ("al-Araby al-Jadeed", "Al-Araby Al-Jadeed", "newspaper"),
            ("SANA", "Syrian Arab News Agency", "state agency"),
        ] {
            let found = outlets.get(name).expect(name);
            assert_eq!(
                (found.name.as_str(), found.kind.as_deref()),
                (full, Some(kind))
            );
        }
        assert_eq!(outlets.get("Syrian Observatory for Human Rights"), None);
        let host = |host| outlets.of_host(host).map(|o| o.name.as_str());
        assert_eq!(host("edition.cnn.com"), Some("CNN"));
        assert_eq!(host("www.apnews.com"), Some("Associated Press"));
        assert_eq!(host("notcnn.com"), None);
        assert_eq!(host("com"), None);
    }

    #[test]
    fn a_users_file_wins_and_bad_ones_are_named() {
        let outlets = Outlets::default()
            .extended("name,kind\nReuters,village paper\n", "mine.csv")
            .expect("sound");
        assert_eq!(
            outlets.get("reuters").and_then(|o| o.kind.as_deref()),
            Some("village paper")
        );
        let error = |csv: &str| {
            Outlets::default()
                .extended(csv, "mine.csv")
                .err()
                .map(|e| e.to_string())
                .unwrap_or_default()
        };
        assert!(error("title\nReuters\n").contains("no column `name`"));
        assert!(error("name,kind\n,agency\n").contains("line 2: there is no name"));
    }

    proptest::proptest! {
        #[test]
        fn any_file_is_read_or_refused(csv in "(name|kind|aliases|,|\\||\"|\n|\r|é|Reuters|\t){0,40}") {
            if let Err(error) = Outlets::default().extended(&csv, "mine.csv") {
                proptest::prop_assert!(error.to_string().starts_with("mine.csv"));
            }
        }
    }
}
