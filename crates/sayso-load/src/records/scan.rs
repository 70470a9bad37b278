//! Records that a scanner finds in a stream byte by byte, none of which is held beyond a limit.

use std::io::{self, BufRead};

use super::lines::{Piece, Trouble};

/// What to do with a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It belongs to no record.
    Skip,
    /// It belongs to the record.
    Take,
    /// It is the record's last byte.
    TakeAndEnd,
    /// The record ended before it; it belongs to none.
    EndAndSkip,
    /// The record ended before it; it is the first of the next.
    EndAndTake,
}

/// Tells which bytes belong to which record.
pub(super) trait Scanner {
    fn step(&mut self, byte: u8) -> Step;
    /// The record was given up as too long: go on as if it had ended.
    fn give_up(&mut self) {}
}

/// The records of a stream.
pub(super) struct Scan<R, S> {
    reader: R,
    /// What was read and how much of it was scanned.
    chunk: Vec<u8>,
    scanned: usize,
    scanner: S,
    limit: u64,
    line: u64,
    start: u64,
    held: Vec<u8>,
    fits: bool,
    done: bool,
}

impl<R: BufRead, S: Scanner> Scan<R, S> {
    pub(super) fn new(reader: R, scanner: S, limit: u64) -> Self {
        Self {
            reader,
            chunk: Vec::new(),
            scanned: 0,
            scanner,
            limit,
            line: 1,
            start: 1,
            held: Vec::new(),
            fits: true,
            done: false,
        }
    }

    fn take(&mut self, byte: u8) {
        if self.held.is_empty() && self.fits {
            self.start = self.line;
        }
        if self.fits && (self.held.len() as u64) < self.limit {
            self.held.push(byte);
        } else if self.fits {
            self.fits = false;
            self.held = Vec::new();
            self.scanner.give_up();
        }
    }

    /// The record that ended, if there was one.
    fn end(&mut self) -> Option<Result<Piece, Trouble>> {
        let held = std::mem::take(&mut self.held);
        if !std::mem::replace(&mut self.fits, true) {
            return Some(Err(Trouble::TooLong { line: self.start }));
        }
        (!held.trim_ascii().is_empty()).then_some(Ok((self.start, held)))
    }

    /// Reads on; whether there was more.
    fn refill(&mut self) -> io::Result<bool> {
        self.chunk.clear();
        self.scanned = 0;
        loop {
            match self.reader.fill_buf() {
                Ok(buffer) => {
                    self.chunk.extend_from_slice(buffer);
                    break;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.reader.consume(self.chunk.len());
        Ok(!self.chunk.is_empty())
    }

    /// One byte of the stream.
    fn feed(&mut self, byte: u8) -> Option<Result<Piece, Trouble>> {
        let ended = match self.scanner.step(byte) {
            Step::Skip => None,
            Step::Take => {
                self.take(byte);
                None
            }
            Step::TakeAndEnd => {
                self.take(byte);
                self.end()
            }
            Step::EndAndSkip => self.end(),
            Step::EndAndTake => {
                let ended = self.end();
                self.take(byte);
                ended
            }
        };
        self.line += u64::from(byte == b'\n');
        ended
    }
}

impl<R: BufRead, S: Scanner> Iterator for Scan<R, S> {
    type Item = Result<Piece, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            while let Some(byte) = self.chunk.get(self.scanned).copied() {
                self.scanned += 1;
                if let Some(ended) = self.feed(byte) {
                    return Some(ended);
                }
            }
            match self.refill() {
                Ok(true) => {}
                Ok(false) => {
                    self.done = true;
                    return self.end();
                }
                Err(error) => {
                    self.done = true;
                    return Some(Err(Trouble::Broken(error)));
                }
            }
        }
        None
    }
}
