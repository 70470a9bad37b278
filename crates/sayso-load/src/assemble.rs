//! What was read of a text becomes a document: blocks, language, notes.

use sayso_reading::{BlockKind, Document, DocumentParts};

use crate::blocks::{Hint, Known, blocks};
use crate::{Facts, LoadError, Loaded, Origin, language};

/// A text and what is known of it, before its blocks.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    /// All but the blocks.
    pub parts: DocumentParts,
    /// What a page says of its lines, in text order.
    pub hints: Vec<Hint>,
    /// The language that a page says it is in.
    pub declared_language: Option<String>,
}

impl Raw {
    /// A plain text.
    pub(crate) fn of_text(text: String, notes: Vec<String>) -> Self {
        let parts = DocumentParts {
            text,
            notes,
            ..DocumentParts::default()
        };
        Self {
            parts,
            ..Self::default()
        }
    }

    /// Adds a line to the text, behind an empty line where it stands apart.
    pub(crate) fn push(&mut self, line: &str, kind: BlockKind, apart: bool) {
        let text = &mut self.parts.text;
        if !text.is_empty() {
            text.push_str(if apart { "\n\n" } else { "\n" });
        }
        self.hints.push(Hint {
            start: text.len(),
            kind,
        });
        text.push_str(line);
    }

    /// Lets facts go before what is there.
    pub(crate) fn overrule(&mut self, facts: &Facts) {
        let parts = &mut self.parts;
        let rule = |mine: &mut Option<String>, told: &Option<String>| {
            if told.is_some() {
                mine.clone_from(told);
            }
        };
        if facts.published.is_some() {
            parts.published.clone_from(&facts.published);
        }
        rule(&mut parts.publisher, &facts.publisher);
        rule(&mut parts.url, &facts.url);
        rule(&mut parts.title, &facts.title);
        rule(&mut parts.byline, &facts.byline);
    }

    /// Fills in what is not there.
    pub(crate) fn fill(&mut self, facts: &Facts) {
        let parts = &mut self.parts;
        let fill = |mine: &mut Option<String>, told: &Option<String>| {
            if mine.is_none() {
                mine.clone_from(told);
            }
        };
        if parts.published.is_none() {
            parts.published.clone_from(&facts.published);
        }
        fill(&mut parts.publisher, &facts.publisher);
        fill(&mut parts.url, &facts.url);
        fill(&mut parts.title, &facts.title);
        fill(&mut parts.byline, &facts.byline);
    }

    /// The document.
    pub(crate) fn assemble(self, origin: Origin) -> Result<Loaded, LoadError> {
        let mut parts = self.parts;
        if parts.text.trim().is_empty() {
            return Err(LoadError::Empty { origin });
        }
        let known = Known {
            hints: &self.hints,
            title: parts.title.as_deref(),
            byline: parts.byline.as_deref(),
        };
        parts.blocks = blocks(&parts.text, &known);
        match language::language(&parts.text) {
            Some((code, name)) => {
                parts.language = Some(code.to_owned());
                parts.notes.extend(language::note(code, name));
            }
            None => parts.language = self.declared_language,
        }
        match Document::new(parts) {
            Ok(document) => Ok(Loaded { document, origin }),
            Err(reason) => Err(LoadError::Blocks { origin, reason }),
        }
    }
}
