//! WARC: records one after the other, each a header and a block of so many bytes.

use std::io::{self, BufRead, Read};

/// The longest line of a header that is kept, in bytes.
const LONGEST_LINE: usize = 64 * 1024;
/// The longest header, in bytes.
const LONGEST_HEADER: usize = 1024 * 1024;
/// After so many failures without a record between them the rest is given up.
const FAILURES: u32 = 100;

/// Named fields of a header; letter case of names does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// A field's value, without white space around it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Adds a line of a header.
    pub(super) fn take_line(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            self.0
                .push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
}

/// The header of a record.
#[derive(Debug)]
pub(super) struct Header {
    /// Its number in the file, from 1.
    pub number: u64,
    pub fields: Fields,
    /// How long its block is said to be, in bytes.
    pub length: u64,
}

/// Why a record cannot be had.
#[derive(Debug)]
pub(super) enum Trouble {
    /// What stands behind the record of that number is none.
    Lost(u64),
    /// The stream cannot be read, or only behind a damaged stretch.
    Broken(io::Error),
}

/// The records of a stream.
pub(super) struct Records<R> {
    reader: R,
    /// Whether reading can go on behind damage.
    packed: bool,
    /// What is left of the block of the record before.
    left: u64,
    number: u64,
    /// Whether what is no record was told already.
    lost: bool,
    failures: u32,
    done: bool,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R, packed: bool) -> Self {
        Self {
            reader,
            packed,
            left: 0,
            number: 0,
            lost: false,
            failures: 0,
            done: false,
        }
    }

    /// Up to so many bytes of the block; fewer where it or the stream ends.
    pub(super) fn block(&mut self, most: u64) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        let most = most.min(self.left);
        match (&mut self.reader).take(most).read_to_end(&mut bytes) {
            Ok(read) => {
                self.left -= read as u64;
                Ok(bytes)
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    fn fail(&mut self, error: io::Error) -> Trouble {
        self.left = 0;
        self.lost = true;
        self.failures += 1;
        self.done = !self.packed || self.failures > FAILURES;
        Trouble::Broken(error)
    }

    /// The next header; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Result<Header, Trouble>>> {
        while self.left > 0 {
            let skipped = io::copy(&mut (&mut self.reader).take(self.left), &mut io::sink())?;
            if skipped == 0 {
                return Ok(None);
            }
            self.left -= skipped;
        }
        loop {
            let Some(line) = self.line()? else {
                return Ok(None);
            };
            if line.starts_with(b"WARC/") {
                return self.fields();
            }
            if !line.is_empty() && !self.lost {
                return Ok(Some(Err(self.lose())));
            }
        }
    }

    fn lose(&mut self) -> Trouble {
        self.lost = true;
        self.failures += 1;
        self.done = self.failures > FAILURES;
        Trouble::Lost(self.number)
    }

    fn fields(&mut self) -> io::Result<Option<Result<Header, Trouble>>> {
        self.number += 1;
        let (mut fields, mut size) = (Fields::default(), 0);
        while let Some(line) = self.line()?.filter(|line| !line.is_empty()) {
            size += line.len();
            if size > LONGEST_HEADER {
                return Ok(Some(Err(self.lose())));
            }
            fields.take_line(&line);
        }
        let length = fields.get("Content-Length").map(str::parse::<u64>);
        let Some(Ok(length)) = length else {
            return Ok(Some(Err(self.lose())));
        };
        self.left = length;
        self.lost = false;
        self.failures = 0;
        Ok(Some(Ok(Header {
            number: self.number,
            fields,
            length,
        })))
    }

    /// The next line without its end, cut where it is too long; `None` at the end.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let (mut line, mut any) = (Vec::new(), false);
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let words = buffer
                .get(..end.unwrap_or(buffer.len()))
                .unwrap_or_default();
            let room = LONGEST_LINE - line.len();
            line.extend_from_slice(words.get(..room.min(words.len())).unwrap_or_default());
            let taken = end.map_or(buffer.len(), |end| end + 1);
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(any.then_some(line))
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Header, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        match self.header() {
            Ok(Some(found)) => Some(found),
            Ok(None) => {
                self.done = true;
                None
            }
            Err(error) => Some(Err(self.fail(error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &str) -> Vec<String> {
        let mut records = Records::new(bytes.as_bytes(), false);
        let mut out = Vec::new();
        while let Some(found) = records.next() {
            out.push(match found {
                Ok(header) => {
                    let block = records.block(header.length.min(4)).unwrap();
                    let kind = header.fields.get("warc-type").unwrap_or("none");
                    format!(
                        "{} {kind} {}",
                        header.number,
                        String::from_utf8_lossy(&block)
                    )
                }
                Err(Trouble::Lost(number)) => format!("lost behind {number}"),
                Err(Trouble::Broken(error)) => error.to_string(),
            });
        }
        out
    }

    #[test]
    fn records_are_found_by_their_lengths() {
        assert_eq!(
            told(
                "WARC/1.0\r\nWARC-Type: a\r\nContent-Length: 7\r\n\r\nabc\r\nde\r\n\r\n\
                 WARC/1.1\nWARC-Type:\n b\nContent-Length: 0\n\n\n"
            ),
            ["1 a abc\r", "2  b "]
        );
    }

    #[test]
    fn wrong_lengths_lose_one_record() {
        let short =
            "WARC/1.0\nContent-Length: 3\n\nabcdefg\nhij\n\nWARC/1.0\nContent-Length: 1\n\nx";
        assert_eq!(told(short), ["1 none abc", "lost behind 1", "2 none x"]);
        let none = "WARC/1.0\nContent-Length: x\n\nabc\nWARC/1.0\nContent-Length: 1\n\nx";
        assert_eq!(told(none), ["lost behind 1", "2 none x"]);
        assert_eq!(told("WARC/1.0\nContent-Length: 99\n\nab"), ["1 none ab"]);
        assert_eq!(told("words\nmore words"), ["lost behind 0"]);
    }
}
