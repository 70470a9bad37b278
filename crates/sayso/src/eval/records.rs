//! Files of JSON documents: one a line, or one file for all.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use serde_json::Value;

use super::EvalError;

/// The most bytes that one line, or a file that is one JSON value, may have.
const LIMIT: usize = 64 << 20;

/// One document as the file has it.
pub(super) struct Record {
    /// Where it starts, counted from 1.
    pub(super) line: usize,
    /// What it says.
    pub(super) value: Value,
}

/// The documents of a file, in order: JSON Lines, or one JSON value over several lines. A list
/// stands for its members, an object with `documents` for those.
pub(super) struct Records {
    reader: Box<dyn BufRead>,
    file: PathBuf,
    /// How many lines have been read.
    lines: usize,
    /// Members of a list that are still to be given.
    waiting: VecDeque<Record>,
    begun: bool,
    failed: bool,
}

impl Records {
    /// Opens a file (unpacked if its name ends in `.gz`); `-` is standard input.
    pub(super) fn open(file: &Path) -> Result<Self, EvalError> {
        if file.is_dir() {
            return Err(EvalError::Folder {
                file: file.to_owned(),
            });
        }
        let reader: Box<dyn BufRead> = if file.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let opened = File::open(file).map_err(|cause| EvalError::File {
                file: file.to_owned(),
                cause,
            })?;
            let opened = BufReader::new(opened);
            if file.extension().is_some_and(|e| e == "gz") {
                Box::new(BufReader::new(MultiGzDecoder::new(opened)))
            } else {
                Box::new(opened)
            }
        };
        Ok(Self::new(reader, file))
    }

    fn new(reader: Box<dyn BufRead>, file: &Path) -> Self {
        Self {
            reader,
            file: file.to_owned(),
            lines: 0,
            waiting: VecDeque::new(),
            begun: false,
            failed: false,
        }
    }

    /// The next line that is not blank, with its number; nothing at the end.
    fn line(&mut self) -> Result<Option<(usize, Vec<u8>)>, EvalError> {
        loop {
            let mut line = Vec::new();
            let mut part = self.reader.by_ref().take(LIMIT as u64 + 1);
            let read = part.read_until(b'\n', &mut line);
            let read = read.map_err(|cause| self.unreadable(cause))?;
            if read == 0 {
                return Ok(None);
            }
            self.lines += 1;
            if read > LIMIT {
                return Err(self.too_long(self.lines));
            }
            if self.lines == 1 && line.starts_with(b"\xef\xbb\xbf") {
                line.drain(..3);
            }
            if !line.trim_ascii().is_empty() {
                return Ok(Some((self.lines, line)));
            }
        }
    }

    /// The next value; one that goes on after the first line takes the whole file.
    fn value(&mut self) -> Result<Option<Record>, EvalError> {
        let Some((line, mut bytes)) = self.line()? else {
            return Ok(None);
        };
        let first = !std::mem::replace(&mut self.begun, true);
        let mut parsed = serde_json::from_slice(bytes.trim_ascii_end());
        if first && parsed.as_ref().is_err_and(serde_json::Error::is_eof) {
            let mut rest = self.reader.by_ref().take((LIMIT - bytes.len()) as u64 + 1);
            let read = rest.read_to_end(&mut bytes);
            read.map_err(|cause| self.unreadable(cause))?;
            if bytes.len() > LIMIT {
                return Err(self.too_long(line));
            }
            let whole = serde_json::from_slice(&bytes);
            // A string that the line's end breaks off is no value over several lines.
            if whole.as_ref().map_or_else(serde_json::Error::column, |_| 1) > 0 {
                parsed = whole;
            }
        }
        match parsed {
            Ok(value) => Ok(Some(Record { line, value })),
            Err(error) => Err(EvalError::Json {
                file: self.file.clone(),
                line: line + error.line().saturating_sub(1),
                column: error.column(),
                cause: without_place(&error.to_string()),
            }),
        }
    }

    fn step(&mut self) -> Result<Option<Record>, EvalError> {
        loop {
            if let Some(record) = self.waiting.pop_front() {
                return Ok(Some(record));
            }
            let Some(Record { line, value }) = self.value()? else {
                return Ok(None);
            };
            match members(value) {
                Ok(list) => {
                    let list = list.into_iter().map(|value| Record { line, value });
                    self.waiting.extend(list);
                }
                Err(value) => return Ok(Some(Record { line, value })),
            }
        }
    }

    fn unreadable(&self, cause: io::Error) -> EvalError {
        EvalError::File {
            file: self.file.clone(),
            cause,
        }
    }

    fn too_long(&self, line: usize) -> EvalError {
        EvalError::TooLong {
            file: self.file.clone(),
            line,
            limit: LIMIT,
        }
    }
}

impl Iterator for Records {
    type Item = Result<Record, EvalError>;

    /// Ends after the first error: what follows a broken line is not known to be sound.
    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let step = self.step().transpose();
        self.failed = matches!(step, Some(Err(_)));
        step
    }
}

/// The members of a list or of an object's `documents`; else the value itself.
fn members(value: Value) -> Result<Vec<Value>, Value> {
    match value {
        Value::Array(list) => Ok(list),
        Value::Object(mut fields) => match fields.remove("documents") {
            Some(Value::Array(list)) => Ok(list),
            Some(other) => {
                fields.insert("documents".to_owned(), other);
                Err(Value::Object(fields))
            }
            None => Err(Value::Object(fields)),
        },
        other => Err(other),
    }
}

/// The parser's words without its own count of lines, which starts at each document.
fn without_place(message: &str) -> String {
    let words = message.split_once(" at line ").map_or(message, |(w, _)| w);
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &'static [u8]) -> Result<Vec<(usize, String)>, EvalError> {
        Records::new(Box::new(bytes), Path::new("g.jsonl"))
            .map(|r| r.map(|r| (r.line, r.value.to_string())))
            .collect()
    }

    #[test]
    fn lines_lists_and_whole_files_are_the_same() {
        let expected = |lines: [usize; 2]| {
            vec![
                (lines[0], r#"{"id":"a"}"#.to_owned()),
                (lines[1], r#"{"id":"b"}"#.to_owned()),
            ]
        };
        let lines = all(b"\xef\xbb\xbf\n{\"id\": \"a\"}\r\n\n{\"id\": \"b\"}").unwrap();
        assert_eq!(lines, expected([2, 4]));
        let list = all(b"[\n {\"id\": \"a\"},\n {\"id\": \"b\"}\n]\n").unwrap();
        assert_eq!(list, expected([1, 1]));
        let object = all(b"{\n \"documents\": [{\"id\": \"a\"}, {\"id\": \"b\"}]\n}").unwrap();
        assert_eq!(object, expected([1, 1]));
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = all(b"{\"id\": \"a\"}\n\n{\"id\": \"b").unwrap_err();
        let sentence = error.to_string();
        assert!(
            sentence.starts_with("g.jsonl, line 3, column 9: "),
            "{sentence}"
        );
        assert!(!sentence.contains("at line"), "{sentence}");
        let error = all(b"{\"id\": \"a\n{\"id\": \"b\"}\n").unwrap_err();
        assert!(error.to_string().contains("line 1, column 9"), "{error}");
        let error = all(b"{\"id\":\n\"a\",\n]").unwrap_err();
        assert!(error.to_string().contains("line 3"), "{error}");
    }

    #[test]
    fn nothing_follows_an_error() {
        let records = Records::new(Box::new(&b"{\"a\": }\n{\"id\": 1}"[..]), Path::new("g"));
        assert_eq!(records.count(), 1);
    }
}
