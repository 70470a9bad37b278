//! What is told when all is done: counts, and the notes of all documents.

use std::collections::HashMap;
use std::time::Duration;

use sayso::output::filter::Filter;
use sayso::output::labels::{count, grouped, place, without_source};
use sayso::{Attribution, Reading};

use super::terminal;

/// Different notes that are told; more would hide the counts.
const TOLD: usize = 20;

/// Counts over all documents.
#[derive(Debug, Default)]
pub struct Summary {
    /// Documents that were read.
    pub documents: usize,
    attributions: usize,
    /// Those that the filter lets through.
    fitting: usize,
    without_source: usize,
    notes: usize,
    /// Notes that differ, in the order in which they came up.
    told: Vec<Note>,
    known: HashMap<String, usize>,
    untold: usize,
}

#[derive(Debug)]
struct Note {
    sentence: String,
    first: String,
    documents: usize,
}

impl Summary {
    /// Counts a reading in.
    pub fn add(&mut self, reading: &Reading, fits: impl Fn(&Attribution) -> bool) {
        self.documents += 1;
        self.attributions += reading.attributions.len();
        self.fitting += reading.attributions.iter().filter(|a| fits(a)).count();
        self.without_source += without_source(reading);
        for sentence in reading.document.notes.iter().chain(&reading.notes) {
            self.notes += 1;
            if let Some(note) = self
                .known
                .get(sentence)
                .and_then(|&at| self.told.get_mut(at))
            {
                note.documents += 1;
            } else if self.told.len() < TOLD {
                self.known.insert(sentence.clone(), self.told.len());
                let first = place(&reading.document);
                self.told.push(Note {
                    sentence: sentence.clone(),
                    first,
                    documents: 1,
                });
            } else {
                self.untold += 1;
            }
        }
    }

    /// Tells how much a filter let through; where it let nothing through, that is the result.
    pub fn tell_filter(&self, filter: &Filter) {
        let all = count(self.attributions, "attribution");
        let documents = count(self.documents, "document");
        terminal::say(&match self.fitting {
            0 => format!("nothing fits {filter}: none of {all} in {documents}"),
            some => format!("{} of {all} in {documents} fit {filter}", grouped(some)),
        });
    }

    /// Tells notes and counts on standard error.
    pub fn tell(&self, took: Duration) {
        for Note {
            sentence,
            first,
            documents,
        } in &self.told
        {
            let more = documents - 1;
            match more {
                0 => terminal::say(&format!("note: {sentence} ({first})")),
                _ => terminal::say(&format!(
                    "note: {sentence} ({first} and {} more)",
                    grouped(more)
                )),
            }
        }
        if self.untold > 0 {
            let untold = count(self.untold, "more note");
            terminal::say(&format!(
                "note: {untold}; --json and --html show all of them"
            ));
        }
        terminal::say(&self.sentence(took));
    }

    fn sentence(&self, took: Duration) -> String {
        format!(
            "{}, {}, {} without a source in the text, {}; {:.1} s",
            count(self.documents, "document"),
            count(self.attributions, "attribution"),
            grouped(self.without_source),
            count(self.notes, "note"),
            took.as_secs_f32(),
        )
    }
}
