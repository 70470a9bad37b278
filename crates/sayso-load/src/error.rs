use std::fmt;
use std::io;

use sayso_reading::ReadingError;
use thiserror::Error;

/// Where in the input something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The file as it was given or found; `standard input` for a stream.
    pub file: String,
    /// The line, counted from 1, where the file holds many documents.
    pub line: Option<u64>,
    /// The part of the file, in words such as `record 7`, where it holds many documents that do
    /// not stand on lines of their own.
    pub part: Option<String>,
}

impl Origin {
    pub(crate) fn file(name: &str) -> Self {
        Self {
            file: name.to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn line(name: &str, line: u64) -> Self {
        Self {
            file: name.to_owned(),
            line: Some(line),
            part: None,
        }
    }

    pub(crate) fn part(name: &str, part: String) -> Self {
        Self {
            file: name.to_owned(),
            line: None,
            part: Some(part),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        match &self.part {
            Some(part) => write!(f, ", {part}"),
            None => Ok(()),
        }
    }
}

/// Why something could not be loaded: one sentence that says what, where, and what to do. All
/// else in the input is still loaded.
#[derive(Debug, Error)]
pub enum LoadError {
    /// Nothing of that name.
    #[error("{name}: there is no such file or folder; check the name")]
    Missing {
        /// The name as given.
        name: String,
    },
    /// A pattern that matches nothing.
    #[error("{pattern}: no file matches this pattern; check it, or name the files")]
    NoMatch {
        /// The pattern as given.
        pattern: String,
    },
    /// A pattern that is none.
    #[error("{pattern}: this is no valid pattern ({reason}); name the files instead")]
    Pattern {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The system refuses to read it.
    #[error("{origin}: cannot be read ({reason}); check the file and your rights to it")]
    Unreadable {
        /// The file.
        origin: Origin,
        /// What the system says.
        reason: io::Error,
    },
    /// A folder in which nothing can be read.
    #[error(
        "{folder}: the folder holds no text; looked for files ending in {endings}, also with .gz"
    )]
    NoTexts {
        /// The folder.
        folder: String,
        /// What file names end in that are read.
        endings: String,
    },
    /// Nothing but white space.
    #[error("{origin}: holds no text; leave it out or check how it was saved")]
    Empty {
        /// The file or record.
        origin: Origin,
    },
    /// Not text.
    #[error("{origin}: is not text but {what}; save it as plain text or as a web page first")]
    Binary {
        /// The file.
        origin: Origin,
        /// What it seems to be.
        what: &'static str,
    },
    /// More than is held in memory at once.
    #[error("{origin}: is longer than the limit of {}; split it, or raise --limit", size(*limit))]
    TooLong {
        /// The file, or the line on which the record starts.
        origin: Origin,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A compressed file that cannot be unpacked.
    #[error("{origin}: cannot be unpacked ({reason}); fetch or compress the file again")]
    Gzip {
        /// The file.
        origin: Origin,
        /// What is wrong with it.
        reason: io::Error,
    },
    /// A record that is no JSON.
    #[error("{origin}: is no valid JSON ({reason}); mend or remove this record")]
    Json {
        /// The line on which the record starts.
        origin: Origin,
        /// What is wrong with it.
        reason: String,
    },
    /// A record without the text.
    #[error("{origin}: has no text in `{column}`; {}", remedy(found))]
    NoText {
        /// The line on which the record starts, or the file for a table without the column.
        origin: Origin,
        /// The column or field looked for.
        column: String,
        /// The columns or fields that are there.
        found: Vec<String>,
    },
    /// A row of a table that cannot be taken apart.
    #[error("{origin}: is no valid row ({reason}); mend or remove it")]
    Row {
        /// The line on which the row starts.
        origin: Origin,
        /// What is wrong with it.
        reason: String,
    },
    /// A page without running text.
    #[error("{origin}: no article was found in the page; --full-page reads all of its text")]
    NoArticle {
        /// The page.
        origin: Origin,
    },
    /// A page that cannot be taken apart within bounds.
    #[error("{origin}: the page is nested too deep to be read; save its text instead")]
    TooDeep {
        /// The page.
        origin: Origin,
    },
    /// XML of another kind than those that are read.
    #[error("{origin}: is XML but neither a feed nor a web page; save it as plain text first")]
    OtherXml {
        /// The file.
        origin: Origin,
    },
    /// A file that is not what its name or its first bytes say.
    #[error("{origin}: is no {what} that can be read ({reason}); save or fetch it again")]
    Damaged {
        /// The file, or the part of it.
        origin: Origin,
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that asks for a password.
    #[error("{origin}: is locked with a password; save it without one first")]
    Locked {
        /// The file.
        origin: Origin,
    },
    /// A PDF of pictures.
    #[error(
        "{origin}: the PDF has no text layer, only pictures or shapes; run text recognition over \
         it first"
    )]
    NoTextLayer {
        /// The file.
        origin: Origin,
    },
    /// A record of an archive that cannot be taken apart.
    #[error(
        "{origin}: cannot be read ({reason}); fetch the archive again, the rest of it was read"
    )]
    Record {
        /// The archive and the record's number.
        origin: Origin,
        /// What is wrong with it.
        reason: String,
    },
    /// Pages of an archive without running text, all in one sentence.
    #[error(
        "{origin}: no article was found in {}, such as {example}; --full-page reads all of their text",
        pages(*count)
    )]
    NoArticles {
        /// The archive.
        origin: Origin,
        /// How many there are.
        count: u64,
        /// The address of the first.
        example: String,
    },
    /// Records that say only that a page was seen again, and whose text is not in the archive.
    #[error(
        "{origin}: holds no text of {}, such as {example}, only that the same was seen again; read \
         the archive that has it",
        pages(*count)
    )]
    SeenAgain {
        /// The archive.
        origin: Origin,
        /// How many there are.
        count: u64,
        /// The address of the first.
        example: String,
    },
    /// Pages that an archive lists and does not hold.
    #[error(
        "{origin}: lists {} that cannot be read from it, such as {example}; capture it again",
        pages(*count)
    )]
    ListedOnly {
        /// The archive.
        origin: Origin,
        /// How many there are.
        count: u64,
        /// The address of the first.
        example: String,
    },
    /// A sidecar that cannot be used.
    #[error("{sidecar}: {reason}; mend it or remove it, {file} was not read")]
    Sidecar {
        /// The sidecar.
        sidecar: String,
        /// The file beside it.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Page facts given for more than one document.
    #[error(
        "--published, --publisher and --url tell about one text; give one text or page, or put \
         the facts into a sayso.toml in the folder or into columns of the table"
    )]
    FactsForMany,
    /// The loader laid out blocks that do not fit the text.
    #[error("{origin}: the text could not be divided into blocks ({reason}); please report this")]
    Blocks {
        /// The file or record.
        origin: Origin,
        /// What does not fit.
        reason: ReadingError,
    },
}

/// A number of bytes in the largest unit that divides it.
fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    match bytes {
        whole if whole >= MIB && whole.is_multiple_of(MIB) => format!("{} MiB", whole / MIB),
        whole if whole >= 1024 && whole.is_multiple_of(1024) => format!("{} KiB", whole / 1024),
        other => format!("{other} bytes"),
    }
}

/// So many pages.
fn pages(count: u64) -> String {
    match count {
        1 => "1 page".to_owned(),
        count => format!("{count} pages"),
    }
}

/// Names in a sentence: at most this many, each cut at this many characters.
const NAMES: usize = 10;
const NAME_LENGTH: usize = 40;

fn remedy(found: &[String]) -> String {
    let names: Vec<String> = found
        .iter()
        .take(NAMES)
        .map(|name| one_line(name))
        .collect();
    match names.as_slice() {
        [] => "nothing else is there either; remove it".to_owned(),
        [first, ..] => {
            let more = if found.len() > NAMES { " and more" } else { "" };
            let names = names.join("`, `");
            format!(
                "there is `{names}`{more}; name the one that holds the text, such as --text-column {first}"
            )
        }
    }
}

/// Words of the input as they may stand in a sentence: without control characters, cut.
fn one_line(name: &str) -> String {
    quotable(name, NAME_LENGTH)
}

/// Words of the input as they may stand in a sentence or note: without control characters, at most
/// so many of them.
pub(crate) fn quotable(words: &str, longest: usize) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut out: String = words.chars().take(longest).map(plain).collect();
    if words.chars().nth(longest).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_stay_on_one_line() {
        let found: Vec<String> = (0..12)
            .map(|n| format!("a\nb{n}{}", "x".repeat(60)))
            .collect();
        let sentence = remedy(&found);
        assert!(
            !sentence.contains('\n') && sentence.contains("and more"),
            "{sentence}"
        );
        assert!(sentence.chars().count() < 600, "{sentence}");
    }
}
