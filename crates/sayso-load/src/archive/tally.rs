//! What an archive holds that becomes no document, counted to be told in one sentence each.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::capture::{Again, Capture};
use crate::error::quotable;
use crate::{LoadError, Origin};

/// The longest address that a sentence repeats, in characters.
const LONGEST: usize = 200;

/// Some pages: how many, and the address of the first.
#[derive(Debug, Default)]
pub(super) struct Several {
    count: u64,
    example: String,
}

impl Several {
    pub(super) fn add(&mut self, url: &str) {
        if self.count == 0 {
            self.example = quotable(url, LONGEST);
        }
        self.count += 1;
    }

    /// Their number and the first of them, where there are any.
    pub(super) fn told(&self) -> Option<(u64, String)> {
        (self.count > 0).then(|| (self.count, self.example.clone()))
    }
}

/// The counts.
#[derive(Debug, Default)]
pub(super) struct Tally {
    no_article: Several,
    again: Several,
    /// Addresses and digests of the pages that were read, as hashes: eight bytes each.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Tally {
    pub(super) fn seen(&mut self, page: &Capture) {
        let keys = [Some(&page.url), page.digest.as_ref()];
        for key in keys.into_iter().flatten() {
            self.seen.insert(self.hasher.hash_one(key));
        }
    }

    pub(super) fn no_article(&mut self, url: &str) {
        self.no_article.add(url);
    }

    /// Counts a page that was seen again, unless its text was read from this archive.
    pub(super) fn again(&mut self, again: &Again, wanted: bool) {
        let keys = [
            Some(&again.url),
            again.refers_to.as_ref(),
            again.digest.as_ref(),
        ];
        let known = keys
            .into_iter()
            .flatten()
            .any(|key| self.seen.contains(&self.hasher.hash_one(key)));
        if !known && (again.readable || wanted) {
            self.again.add(&again.url);
        }
    }

    pub(super) fn sentences(&self, origin: &Origin) -> Vec<LoadError> {
        let origin = || origin.clone();
        let no_article = self
            .no_article
            .told()
            .map(|(count, example)| LoadError::NoArticles {
                origin: origin(),
                count,
                example,
            });
        let again = self
            .again
            .told()
            .map(|(count, example)| LoadError::SeenAgain {
                origin: origin(),
                count,
                example,
            });
        no_article.into_iter().chain(again).collect()
    }
}
