//! The rows of a table: a row ends with its line, unless the line breaks inside quotation marks.

use super::scan::{Scanner, Step};

/// Where in a row the scanner stands.
#[derive(Debug)]
pub(super) struct Rows {
    separator: u8,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    Field,
    Quoted,
    /// Behind a quotation mark that closes the field or stands for one.
    Closing,
    /// In the rest of a line whose row was too long.
    Rest,
}

impl Rows {
    pub(super) const fn new(separator: u8) -> Self {
        Self {
            separator,
            state: State::FieldStart,
        }
    }
}

impl Scanner for Rows {
    fn step(&mut self, byte: u8) -> Step {
        let quote = byte == b'"';
        self.state = match self.state {
            State::Quoted if quote => State::Closing,
            State::Quoted => State::Quoted,
            _ if byte == b'\n' => {
                self.state = State::FieldStart;
                return Step::EndAndSkip;
            }
            State::Rest => State::Rest,
            State::FieldStart | State::Closing if quote => State::Quoted,
            _ if byte == self.separator => State::FieldStart,
            _ => State::Field,
        };
        Step::Take
    }

    fn give_up(&mut self) {
        self.state = State::Rest;
    }
}

/// The sign between the columns of a header: the most frequent of those in use.
pub(super) fn separator(header: &[u8]) -> u8 {
    let count = |sign: u8| header.split(|byte| *byte == sign).count();
    // The last of equal ones wins, so the comma stands last.
    [b'\t', b'|', b';', b',']
        .into_iter()
        .max_by_key(|sign| count(*sign))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::super::lines::Trouble;
    use super::super::scan::Scan;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        Scan::new(text.as_bytes(), Rows::new(b','), 30)
            .map(|piece| match piece {
                Ok((line, bytes)) => format!("{line} {}", String::from_utf8_lossy(&bytes)),
                Err(Trouble::TooLong { line }) => format!("{line} too long"),
                Err(Trouble::Broken(error)) => error.to_string(),
            })
            .collect()
    }

    #[test]
    fn rows_end_outside_quotation_marks() {
        assert_eq!(
            found("a,b\n\n\"x\ny\",\"\"\"q\"\"\"\nlast,5\" pipe\n"),
            ["1 a,b", "3 \"x\ny\",\"\"\"q\"\"\"", "5 last,5\" pipe"]
        );
    }

    #[test]
    fn an_open_quotation_does_not_swallow_the_table() {
        let long = "z".repeat(50);
        assert_eq!(
            found(&format!("a,\"{long}\nb,c\n")),
            ["1 too long", "2 b,c"]
        );
    }

    #[test]
    fn the_header_tells_the_separator() {
        assert_eq!(separator(b"id;text;date"), b';');
        assert_eq!(separator(b"id\ttext"), b'\t');
        assert_eq!(separator(b"text"), b',');
    }
}
