//! The values of a JSON file: the elements of an array, or objects one after the other.

use super::scan::{Scanner, Step};

/// Where in a JSON file the scanner stands.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// How many brackets of the value are open.
    depth: u32,
    in_value: bool,
    in_string: bool,
    escaped: bool,
    /// The values are elements of one array.
    in_array: bool,
    line_start: bool,
}

impl Scanner for Values {
    fn step(&mut self, byte: u8) -> Step {
        let line_start = std::mem::replace(&mut self.line_start, byte == b'\n');
        if !self.in_value {
            return self.outside(byte);
        }
        if self.in_string {
            return self.in_string(byte);
        }
        match byte {
            b'"' => self.in_string = true,
            // A new object at the start of a line: the one before it was cut off.
            b'{' if line_start && !self.in_array && self.depth > 0 => {
                self.depth = 1;
                return Step::EndAndTake;
            }
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth <= 1 => {
                self.in_value = false;
                let closes_array = self.depth == 0;
                self.depth = 0;
                return if closes_array {
                    Step::EndAndSkip
                } else {
                    Step::TakeAndEnd
                };
            }
            b'}' | b']' => self.depth -= 1,
            b',' | b'\n' if self.depth == 0 => {
                self.in_value = false;
                return Step::EndAndSkip;
            }
            _ => {}
        }
        Step::Take
    }
}

impl Values {
    fn outside(&mut self, byte: u8) -> Step {
        match byte {
            b'[' if !self.in_array => {
                self.in_array = true;
                return Step::Skip;
            }
            b']' | b',' => return Step::Skip,
            byte if byte.is_ascii_whitespace() || byte >= 0xEF => return Step::Skip,
            b'{' | b'[' => self.depth = 1,
            b'"' => self.in_string = true,
            _ => {}
        }
        self.in_value = true;
        Step::Take
    }

    fn in_string(&mut self, byte: u8) -> Step {
        match byte {
            // JSON has no line breaks in strings: the value was cut off.
            b'\n' => {
                *self = Self {
                    in_array: self.in_array,
                    line_start: true,
                    ..Self::default()
                };
                return Step::EndAndSkip;
            }
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => self.in_string = false,
            _ => {}
        }
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
