//! Where keys come from: a terminal, key by key, or lines of a script.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// A source of keys and lines.
pub(super) enum Keys {
    /// Somebody at a terminal: a key counts as soon as it is struck.
    Terminal,
    /// A script: each line begins with a key; what follows is the answer to its question.
    Lines(Option<String>),
}

impl Keys {
    pub(super) fn new() -> Self {
        if io::stdin().is_terminal() {
            Self::Terminal
        } else {
            Self::Lines(None)
        }
    }

    /// The next key; `None` at the end, or where somebody wants out (escape, control-C).
    pub(super) fn key(&mut self) -> io::Result<Option<char>> {
        match self {
            Self::Terminal => {
                enable_raw_mode()?;
                let struck = struck();
                disable_raw_mode()?;
                let struck = struck?;
                writeln!(io::stdout(), "{}", struck.unwrap_or('q'))?;
                Ok(struck)
            }
            Self::Lines(rest) => loop {
                let mut line = String::new();
                if io::stdin().lock().read_line(&mut line)? == 0 {
                    return Ok(None);
                }
                let line = line.trim();
                if let Some(key) = line.chars().next() {
                    *rest = Some(
                        line.get(key.len_utf8()..)
                            .unwrap_or_default()
                            .trim()
                            .to_owned(),
                    );
                    return Ok(Some(key));
                }
            },
        }
    }

    /// The answer to a question.
    pub(super) fn line(&mut self, question: &str) -> io::Result<String> {
        match self {
            Self::Lines(rest) => Ok(rest.take().unwrap_or_default()),
            Self::Terminal => {
                let mut out = io::stdout().lock();
                write!(out, "{question} ")?;
                out.flush()?;
                let mut line = String::new();
                io::stdin().lock().read_line(&mut line)?;
                Ok(line.trim().to_owned())
            }
        }
    }
}

fn struck() -> io::Result<Option<char>> {
    loop {
        let Event::Key(key) = read()? else {
            continue;
        };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c' | 'd') if control => return Ok(None),
            KeyCode::Char(letter) => return Ok(Some(letter)),
            KeyCode::Enter | KeyCode::Right | KeyCode::Down => return Ok(Some('s')),
            KeyCode::Esc => return Ok(None),
            _ => {}
        }
    }
}
