//! Lines of a stream, none of which is held beyond a limit.

use std::io::{self, BufRead};

/// A record's bytes, and the line on which it starts, from 1.
pub(crate) type Piece = (u64, Vec<u8>);

/// Why a record cannot be had.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It is longer than the limit.
    TooLong {
        /// The line on which it starts.
        line: u64,
    },
    /// The stream cannot be read on.
    Broken(io::Error),
}

/// The lines of a stream that are not blank.
pub(crate) struct Lines<R> {
    reader: R,
    limit: u64,
    line: u64,
    done: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(reader: R, limit: u64) -> Self {
        Self {
            reader,
            limit,
            line: 0,
            done: false,
        }
    }

    /// The next line, blank or not; `None` at the end.
    fn read(&mut self) -> io::Result<Option<Result<Vec<u8>, ()>>> {
        let (mut bytes, mut any, mut fits) = (Vec::new(), false, true);
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
            let taken = end.map_or(buffer.len(), |end| end + 1);
            let words = buffer
                .get(..end.unwrap_or(buffer.len()))
                .unwrap_or_default();
            fits = fits && (bytes.len() + words.len()) as u64 <= self.limit;
            if fits {
                bytes.extend_from_slice(words);
            } else {
                bytes = Vec::new();
            }
            self.reader.consume(taken);
            if end.is_some() {
                break;
            }
        }
        Ok(any.then_some(if fits { Ok(bytes) } else { Err(()) }))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Piece, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            self.line += 1;
            match self.read() {
                Ok(None) => self.done = true,
                Ok(Some(Ok(bytes))) if bytes.trim_ascii().is_empty() => {}
                Ok(Some(Ok(bytes))) => return Some(Ok((self.line, bytes))),
                Ok(Some(Err(()))) => return Some(Err(Trouble::TooLong { line: self.line })),
                Err(error) => {
                    self.done = true;
                    return Some(Err(Trouble::Broken(error)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn long_lines_are_passed_over() {
        let input = BufReader::with_capacity(4, "ab\n\n0123456789012\nlast".as_bytes());
        let found: Vec<String> = Lines::new(input, 8)
            .map(|piece| match piece {
                Ok((line, bytes)) => format!("{line} {}", String::from_utf8_lossy(&bytes)),
                Err(Trouble::TooLong { line }) => format!("{line} too long"),
                Err(Trouble::Broken(error)) => error.to_string(),
            })
            .collect();
        assert_eq!(found, ["1 ab", "3 too long", "4 last"]);
    }
}
