//! The keys of the language: what each is of, and what may stand behind it.

use sayso_reading::{Act, Certainty, Context, QuoteForm, Realis, ResponsibilityAct, SourceKind};

/// What a term asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// No key: words of what is shown.
    Words,
    Text,
    Title,
    Entity,
    Publisher,
    Id,
    Language,
    Published,
    Source,
    Origin,
    Kind,
    Act,
    Certainty,
    Quote,
    Negated,
    Content,
    Chain,
    Score,
    Reviewed,
    Event,
    Realis,
    Actor,
    Recipient,
    Place,
    Time,
    Killed,
    Injured,
    Context,
    Responsibility,
    Show,
    Sort,
    Limit,
    After,
}

/// What a key is a property of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// Of the document: fits whatever is shown.
    Document,
    /// Of a statement; of an event, the one that it stands in or its own.
    Statement,
    /// Of a statement and nothing else.
    OnlyStatement,
    Event,
    /// Of the answer.
    Answer,
}

/// What stands behind a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Words,
    /// A name as it is.
    Name,
    /// A word of a closed list.
    Value,
    /// Type and mode of events.
    Event,
    YesNo,
    Number,
    Date,
    /// What is said of the answer.
    Directive,
}

/// All that is known of a key.
#[derive(Debug)]
pub(crate) struct About {
    pub key: Key,
    pub name: &'static str,
    pub of: Of,
    pub holds: Holds,
    /// One line for people.
    pub line: &'static str,
}

const fn about(key: Key, name: &'static str, of: Of, holds: Holds, line: &'static str) -> About {
    About {
        key,
        name,
        of,
        holds,
        line,
    }
}

/// The keys, in the order of the manual.
pub(crate) const KEYS: [About; 32] = {
    use Holds as H;
    use Of as O;
    [
        about(
            Key::Text,
            "text",
            O::Document,
            H::Words,
            "words of the whole document",
        ),
        about(
            Key::Title,
            "title",
            O::Document,
            H::Words,
            "words of the document's title",
        ),
        about(
            Key::Entity,
            "entity",
            O::Document,
            H::Words,
            "names in the document",
        ),
        about(
            Key::Publisher,
            "publisher",
            O::Document,
            H::Words,
            "words of the publisher's name",
        ),
        about(
            Key::Id,
            "id",
            O::Document,
            H::Name,
            "the document with this id",
        ),
        about(
            Key::Language,
            "language",
            O::Document,
            H::Name,
            "the document's language, as a code",
        ),
        about(
            Key::Published,
            "published",
            O::Document,
            H::Date,
            "when it was published",
        ),
        about(
            Key::Source,
            "source",
            O::Statement,
            H::Words,
            "the source's words, name, role, carriers",
        ),
        about(
            Key::Origin,
            "origin",
            O::Statement,
            H::Words,
            "where it comes from: the last hop",
        ),
        about(
            Key::Kind,
            "kind",
            O::Statement,
            H::Value,
            "what the source is",
        ),
        about(
            Key::Act,
            "act",
            O::Statement,
            H::Value,
            "what is done by saying it",
        ),
        about(
            Key::Certainty,
            "certainty",
            O::Statement,
            H::Value,
            "how surely it is put",
        ),
        about(
            Key::Quote,
            "quote",
            O::Statement,
            H::Value,
            "how far it is quoted",
        ),
        about(
            Key::Negated,
            "negated",
            O::Statement,
            H::YesNo,
            "said not to have been said",
        ),
        about(
            Key::Content,
            "content",
            O::OnlyStatement,
            H::Words,
            "words of what is said",
        ),
        about(
            Key::Chain,
            "chain",
            O::OnlyStatement,
            H::Number,
            "the number of hops",
        ),
        about(
            Key::Score,
            "score",
            O::Statement,
            H::Number,
            "how sure the reader is, 0 to 1",
        ),
        about(
            Key::Reviewed,
            "reviewed",
            O::Statement,
            H::YesNo,
            "whether somebody decided on it",
        ),
        about(
            Key::Event,
            "event",
            O::Event,
            H::Event,
            "type, type.mode or .mode",
        ),
        about(
            Key::Realis,
            "realis",
            O::Event,
            H::Value,
            "told as fact, plan, fear, denial",
        ),
        about(Key::Actor, "actor", O::Event, H::Words, "who did it"),
        about(
            Key::Recipient,
            "recipient",
            O::Event,
            H::Words,
            "to whom it was done",
        ),
        about(
            Key::Place,
            "place",
            O::Event,
            H::Words,
            "place, province, country or its code",
        ),
        about(Key::Time, "time", O::Event, H::Date, "when it happened"),
        about(
            Key::Killed,
            "killed",
            O::Event,
            H::Number,
            "how many were killed",
        ),
        about(
            Key::Injured,
            "injured",
            O::Event,
            H::Number,
            "how many were injured",
        ),
        about(
            Key::Context,
            "context",
            O::Event,
            H::Value,
            "what it is about",
        ),
        about(
            Key::Responsibility,
            "responsibility",
            O::Event,
            H::Value,
            "claimed, denied, laid on others",
        ),
        about(
            Key::Show,
            "show",
            O::Answer,
            H::Directive,
            "documents, statements or events",
        ),
        about(
            Key::Sort,
            "sort",
            O::Answer,
            H::Directive,
            "newest, oldest or score first",
        ),
        about(
            Key::Limit,
            "limit",
            O::Answer,
            H::Directive,
            "how many rows, 50 without it",
        ),
        about(
            Key::After,
            "after",
            O::Answer,
            H::Directive,
            "the page after this one",
        ),
    ]
};

/// The kind of what nobody but the author says.
pub(crate) const AUTHOR: &str = "author";

impl Key {
    /// What is known of it; `None` for words without a key.
    pub(crate) fn about(self) -> Option<&'static About> {
        KEYS.iter().find(|about| about.key == self)
    }

    pub(crate) fn name(self) -> &'static str {
        self.about().map_or("", |about| about.name)
    }

    pub(crate) fn of(self) -> Of {
        self.about().map_or(Of::Document, |about| about.of)
    }

    /// The key with a name, letter case aside.
    pub(crate) fn named(name: &str) -> Option<&'static About> {
        KEYS.iter()
            .find(|about| about.name.eq_ignore_ascii_case(name))
    }

    /// The closed list of its values; empty where it has none.
    pub(crate) fn values(self) -> Vec<&'static str> {
        fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
            all.iter().map(|value| word(*value)).collect()
        }
        match self {
            Self::Act => words(Act::ALL, Act::as_str),
            Self::Certainty => words(Certainty::ALL, Certainty::as_str),
            Self::Quote => words(QuoteForm::ALL, QuoteForm::as_str),
            Self::Realis => words(Realis::ALL, Realis::as_str),
            Self::Context => words(Context::ALL, Context::as_str),
            Self::Responsibility => words(ResponsibilityAct::ALL, ResponsibilityAct::as_str),
            Self::Kind => {
                let mut kinds = words(SourceKind::ALL, SourceKind::as_str);
                kinds.push(AUTHOR);
                kinds
            }
            Self::Negated | Self::Reviewed => vec!["yes", "no"],
            Self::Show => vec!["documents", "statements", "events"],
            Self::Sort => vec!["newest", "oldest", "score"],
            _ => Vec::new(),
        }
    }
}
