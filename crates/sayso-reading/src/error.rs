use thiserror::Error;

/// What can be wrong with the parts of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadingError {
    /// A span that ends before it starts.
    #[error("the span {start}..{end} ends before it starts")]
    Reversed {
        /// Its start, in its own unit.
        start: usize,
        /// Its end, in its own unit.
        end: usize,
    },
    /// A span that points outside the text, or into the middle of a character.
    #[error(
        "the span {start}..{end} ({unit}) does not lie on characters of the text, which has {length}"
    )]
    Outside {
        /// The unit of the offsets: `bytes` or `scalars`.
        unit: &'static str,
        /// Its start.
        start: usize,
        /// Its end.
        end: usize,
        /// The length of the text, in the same unit.
        length: usize,
    },
    /// Two blocks share characters, or a block stands before an earlier one.
    #[error("the block that starts at byte {start} begins before the block before it ends")]
    BlocksOverlap {
        /// Byte offset where the later block starts.
        start: usize,
    },
    /// A character that is not white space lies in no block.
    #[error("the character at byte {at} lies in no block")]
    NoBlock {
        /// Byte offset of the character.
        at: usize,
    },
    /// A date that is not EDTF of level 0 or 1, or that no calendar has.
    #[error("“{0}” is no EDTF date of level 0 or 1 (such as 2024-02-05, 2024-02~ or 2024/2025)")]
    Date(String),
    /// A bound of a time that is neither a day nor a day with hours and minutes.
    #[error("“{0}” is no day (2024-02-05) and no day with a time (2024-02-05T18:00)")]
    Moment(String),
    /// A length of time that is no ISO 8601 duration.
    #[error("“{0}” is no ISO 8601 duration (such as P2Y, P1W or PT6H)")]
    Duration(String),
    /// An infinity or not-a-number where an amount is due.
    #[error("{0} is no finite number")]
    NotFinite(String),
    /// An identifier of another form than its kind has.
    #[error("“{found}” is no identifier of the form {form}")]
    Id {
        /// The identifier as found.
        found: String,
        /// An example of the form expected.
        form: &'static str,
    },
    /// A score outside 0 to 1.
    #[error("the score {0} does not lie between 0 and 1")]
    Score(String),
    /// A reading written by another version of the contract.
    #[error("the reading has schema “{0}”; this program reads “sayso.reading/1”")]
    Schema(String),
}
