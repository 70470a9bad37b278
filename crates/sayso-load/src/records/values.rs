//! The values of a JSON file: the elements of an array, or objects one after the other.

use super::scan::{Scanner, Step};

/// Where in a JSON file the scanner stands.
#[derive(Debug, Default)]
pub(super) struct Values {
    at: Place,
    /// How many brackets of the value are open.
    depth: u32,
    /// The values are elements of one array.
    in_array: bool,
    line_start: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Between,
    Value,
    Text,
    /// Behind a backslash in a text.
    Escape,
}

impl Scanner for Values {
    fn step(&mut self, byte: u8) -> Step {
        let line_start = std::mem::replace(&mut self.line_start, byte == b'\n');
        match self.at {
            Place::Between => self.between(byte),
            Place::Value => self.value(byte, line_start),
            Place::Text | Place::Escape => self.text(byte),
        }
    }
}

impl Values {
    fn between(&mut self, byte: u8) -> Step {
        self.at = match byte {
            b'[' if !self.in_array => {
                self.in_array = true;
                return Step::Skip;
            }
            b']' | b',' => return Step::Skip,
            // White space, and the bytes of a byte order mark.
            byte if byte.is_ascii_whitespace() || b"\xEF\xBB\xBF".contains(&byte) => {
                return Step::Skip;
            }
            b'"' => Place::Text,
            _ => Place::Value,
        };
        self.depth = u32::from(matches!(byte, b'{' | b'['));
        Step::Take
    }

    fn value(&mut self, byte: u8, line_start: bool) -> Step {
        match byte {
            b'"' => self.at = Place::Text,
            // A new object at the start of a line: the one before it was cut off.
            b'{' if line_start && !self.in_array && self.depth > 0 => {
                self.depth = 1;
                return Step::EndAndTake;
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth <= 1 => {
                self.at = Place::Between;
                return if self.depth == 0 {
                    Step::EndAndSkip
                } else {
                    Step::TakeAndEnd
                };
            }
            b'}' | b']' => self.depth -= 1,
            b',' | b'\n' if self.depth == 0 => {
                self.at = Place::Between;
                return Step::EndAndSkip;
            }
            _ => {}
        }
        Step::Take
    }

    fn text(&mut self, byte: u8) -> Step {
        self.at = match (self.at, byte) {
            // JSON has no line breaks in texts: the value was cut off.
            (_, b'\n') => {
                self.at = Place::Between;
                return Step::EndAndSkip;
            }
            (Place::Escape, _) => Place::Text,
            (_, b'\\') => Place::Escape,
            (_, b'"') => Place::Value,
            _ => Place::Text,
        };
        Step::Take
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::Trouble;
    use super::super::scan::Scan;
    use super::*;

    fn found(text: &str) -> Vec<String> {
        Scan::new(text.as_bytes(), Values::default(), 60)
            .map(|piece| match piece {
                Ok((line, bytes)) => format!("{line} {}", String::from_utf8_lossy(&bytes)),
                Err(Trouble::TooLong { line }) => format!("{line} too long"),
                Err(Trouble::Broken(error)) => error.to_string(),
            })
            .collect()
    }

    #[test]
    fn elements_and_objects_are_found() {
        assert_eq!(
            found(" [\n{\"a\": [1, {}]},\n\n {\"b\": \"}]\\\"\"} ]\n"),
            ["2 {\"a\": [1, {}]}", "4 {\"b\": \"}]\\\"\"}"]
        );
        assert_eq!(
            found("{\n  \"a\": 1\n}\n{\"b\": 2}"),
            ["1 {\n  \"a\": 1\n}", "4 {\"b\": 2}"]
        );
        assert_eq!(found("[1, \"x\"]"), ["1 1", "1 \"x\""]);
        assert!(found("[]").is_empty());
    }

    #[test]
    fn what_is_cut_off_does_not_swallow_the_next() {
        assert_eq!(
            found("{\"a\": \"x\n{\"b\": 2}\n"),
            ["1 {\"a\": \"x", "2 {\"b\": 2}"]
        );
        assert_eq!(
            found("{\"a\": 1,\n{\"b\": 2}\n"),
            ["1 {\"a\": 1,\n", "2 {\"b\": 2}"]
        );
        assert_eq!(found("[{\"a\": 1}, {\"b\""), ["1 {\"a\": 1}", "1 {\"b\""]);
    }

    #[test]
    fn long_values_are_passed_over() {
        let long = "x".repeat(100);
        assert_eq!(
            found(&format!("[{{\"a\": \"{long}\"}}, {{\"b\": 2}}]")),
            ["1 too long", "1 {\"b\": 2}"]
        );
    }
}
