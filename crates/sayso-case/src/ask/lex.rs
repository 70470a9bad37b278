//! From characters to the pieces of a question.

use super::error::{QueryError, shortened};

/// A piece of a question, and where it begins.
#[derive(Debug)]
pub(crate) struct Piece {
    /// In characters from 1.
    pub column: usize,
    pub token: Token,
}

#[derive(Debug)]
pub(crate) enum Token {
    Open,
    Close,
    Or,
    And,
    Not,
    /// A word, or words in quotation marks.
    Words(String),
    Keyed {
        name: String,
        sign: Sign,
        values: Vec<Given>,
    },
}

/// A value behind a key.
#[derive(Debug)]
pub(crate) struct Given {
    pub column: usize,
    pub text: String,
}

/// What stands between a key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Colon,
    Is,
    AtLeast,
    AtMost,
    More,
    Less,
}

impl Sign {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Colon => ":",
            Self::Is => "=",
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::Less => "<",
        }
    }
}

/// Cuts a question into its pieces.
pub(crate) fn pieces(question: &str) -> Result<Vec<Piece>, QueryError> {
    let mut lexer = Lexer {
        characters: question.chars().collect(),
        at: 0,
    };
    let mut out = Vec::new();
    while let Some(piece) = lexer.piece()? {
        out.push(piece);
    }
    Ok(out)
}

/// The quotation mark that ends what this one begins.
const fn closing(opening: char) -> Option<char> {
    match opening {
        '"' => Some('"'),
        '“' => Some('”'),
        _ => None,
    }
}

struct Lexer {
    characters: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn take(&mut self, expected: char) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    fn piece(&mut self) -> Result<Option<Piece>, QueryError> {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        let column = self.at + 1;
        let Some(first) = self.peek() else {
            return Ok(None);
        };
        let token = match first {
            '(' => {
                self.at += 1;
                Token::Open
            }
            ')' => {
                self.at += 1;
                Token::Close
            }
            '-' => {
                self.at += 1;
                if self.peek().is_none_or(|c| c.is_whitespace() || c == ')') {
                    return Err(QueryError::new(
                        column,
                        "this - stands alone; write it directly before what is to be left out, as in -act:deny",
                    ));
                }
                Token::Not
            }
            quote if closing(quote).is_some() => Token::Words(self.quoted()?),
            _ => self.word_or_key()?,
        };
        Ok(Some(Piece { column, token }))
    }

    /// What stands in quotation marks; a doubled one inside is one.
    fn quoted(&mut self) -> Result<String, QueryError> {
        let column = self.at + 1;
        let end = self.peek().and_then(closing).unwrap_or('"');
        self.at += 1;
        let mut out = String::new();
        while let Some(c) = self.peek() {
            self.at += 1;
            if c != end {
                out.push(c);
            } else if end == '"' && self.take('"') {
                out.push('"');
            } else {
                return Ok(out);
            }
        }
        Err(QueryError::new(
            column,
            format!("this quotation mark is never closed; put {end} where the words end"),
        ))
    }

    /// Up to white space, a parenthesis or a quotation mark; of a list, also up to a comma.
    fn bare(&mut self, list: bool) -> String {
        let mut out = String::new();
        while let Some(c) = self.peek() {
            let ends = c.is_whitespace()
                || matches!(c, '(' | ')')
                || closing(c).is_some()
                || (list && c == ',');
            if ends {
                break;
            }
            out.push(c);
            self.at += 1;
        }
        out
    }

    fn word_or_key(&mut self) -> Result<Token, QueryError> {
        let begin = self.at;
        while self
            .peek()
            .is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        {
            self.at += 1;
        }
        let name: String = self
            .characters
            .get(begin..self.at)
            .unwrap_or_default()
            .iter()
            .collect();
        if !name.is_empty()
            && let Some(sign) = self.sign()
        {
            let values = self.values(&name, sign)?;
            return Ok(Token::Keyed { name, sign, values });
        }
        self.at = begin;
        Ok(match self.bare(false).as_str() {
            "OR" => Token::Or,
            "AND" => Token::And,
            "NOT" => Token::Not,
            word => Token::Words(word.to_owned()),
        })
    }

    fn sign(&mut self) -> Option<Sign> {
        let (sign, wide) = match self.peek()? {
            ':' => (Sign::Colon, Sign::Colon),
            '=' => (Sign::Is, Sign::Is),
            '>' => (Sign::More, Sign::AtLeast),
            '<' => (Sign::Less, Sign::AtMost),
            _ => return None,
        };
        self.at += 1;
        Some(if wide != sign && self.take('=') {
            wide
        } else {
            sign
        })
    }

    /// The values behind a key, parted by commas.
    fn values(&mut self, name: &str, sign: Sign) -> Result<Vec<Given>, QueryError> {
        let mut out = Vec::new();
        loop {
            let column = self.at + 1;
            let text = if self.peek().and_then(closing).is_some() {
                self.quoted()?
            } else {
                self.bare(true)
            };
            if text.is_empty() {
                let name = shortened(name);
                let sign = sign.as_str();
                return Err(QueryError::new(
                    column,
                    format!(
                        "a value is missing; write it directly behind {name}{sign}, several with commas and without spaces, words with spaces in quotation marks"
                    ),
                ));
            }
            out.push(Given { column, text });
            if !self.take(',') {
                return Ok(out);
            }
        }
    }
}
