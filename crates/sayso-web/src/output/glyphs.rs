//! The few signs that stand for words, in two alphabets.

use sayso_reading::SourceKind;

/// Signs of one alphabet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    kinds: [&'static str; 8],
    /// Before an attribution that stands within another's content.
    pub nested: &'static str,
    /// Between hops, from the page to the origin.
    pub arrow: &'static str,
    /// Before those to whom something is done.
    pub to: &'static str,
    /// Between things said about one matter.
    pub dot: &'static str,
    /// Between the ends of a range.
    pub dash: &'static str,
    /// Behind a count.
    pub by: char,
    /// Where more was left out.
    pub more: &'static str,
    /// Under the words of an explained sentence: of a source, of a cue, of a content; one column each.
    pub under: [char; 3],
}

/// For terminals that show any character, and for pages.
pub const UNICODE: Glyphs = Glyphs {
    kinds: ["●", "■", "◫", "¶", "⌁", "◌", "◍", "–"],
    nested: "└",
    arrow: "←",
    to: "→",
    dot: "·",
    dash: "–",
    by: '×',
    more: "…",
    under: ['─', '┈', '▔'],
};

/// For terminals that show ASCII only.
pub const ASCII: Glyphs = Glyphs {
    kinds: ["*", "#", "=", "%", "~", "o", "&", "-"],
    nested: "`-",
    arrow: "<-",
    to: "->",
    dot: "-",
    dash: "-",
    by: 'x',
    more: "...",
    under: ['-', '.', '='],
};

impl Glyphs {
    /// The sign for a kind of source.
    pub const fn kind(&self, kind: SourceKind) -> &'static str {
        let [
            person,
            organization,
            publication,
            document,
            channel,
            anonymous,
            collective,
            unstated,
        ] = self.kinds;
        match kind {
            SourceKind::Person => person,
            SourceKind::Organization => organization,
            SourceKind::Publication => publication,
            SourceKind::Document => document,
            SourceKind::Channel => channel,
            SourceKind::Anonymous => anonymous,
            SourceKind::Collective => collective,
            SourceKind::Unstated => unstated,
        }
    }
}
