//! Lines become paragraphs again.

use std::collections::{HashMap, HashSet};

use sayso_reading::BlockKind;

use super::lines::Line;

/// What the lines of all pages were put together to.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub paragraphs: Vec<Paragraph>,
    /// Words that were divided at line ends.
    pub mended: usize,
    /// Lines that were left out.
    pub furniture: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub text: String,
    pub kind: BlockKind,
}

/// How much larger than the text a heading is.
const LARGER: f64 = 1.15;
/// The longest heading, in characters.
const LONGEST_HEADING: usize = 200;
/// The longest running head or foot, in characters.
const LONGEST_HEAD: usize = 80;
/// Signs that items of lists begin with.
const BULLETS: [char; 8] = ['•', '‣', '▪', '■', '●', '◦', '–', '—'];

/// The paragraphs of a document.
pub(super) fn paragraphs(pages: &[Vec<Line>]) -> Text {
    let furniture = furniture(pages);
    let mut builder = Builder {
        words: words(pages),
        body: body_size(pages),
        leading: leading(pages),
        text: Text::default(),
        open: None,
        titled: false,
    };
    for (number, page) in pages.iter().enumerate() {
        let edges = right_edges(page);
        for ((at, line), right) in page.iter().enumerate().zip(edges) {
            if is_edge(at, page.len()) && furniture.contains(&key(&line.text)) {
                builder.text.furniture += 1;
            } else {
                builder.line(line, right, number);
            }
        }
    }
    builder.end();
    builder.text
}

/// A paragraph that may go on.
struct Open {
    text: String,
    size: f64,
    last: Line,
    /// How far to the right the last line could have gone.
    right: f64,
    page: usize,
}

struct Builder {
    /// All words with a hyphen in them that stand within a line.
    words: HashSet<String>,
    body: f64,
    leading: f64,
    text: Text,
    open: Option<Open>,
    /// Whether the first page's heading was found.
    titled: bool,
}

impl Builder {
    fn line(&mut self, line: &Line, right: f64, page: usize) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| self.goes_on(open, line, page))
        {
            self.join(line, right, page);
            return;
        }
        self.end();
        self.open = Some(Open {
            text: line.text.clone(),
            size: line.size,
            last: line.clone(),
            right,
            page,
        });
    }

    /// Whether a line goes on with the paragraph before it.
    fn goes_on(&self, open: &Open, line: &Line, page: usize) -> bool {
        let last = &open.last;
        let ended = ends_sentence(&last.text);
        let alike = (open.size - line.size).abs() <= open.size * 0.1;
        if !alike || line.text.starts_with(BULLETS) || is_numbered(&line.text) {
            return false;
        }
        let down = last.y - line.y;
        if page != open.page || down <= 0.0 {
            // On the next page or in the next column.
            return !ended && line.text.starts_with(char::is_lowercase);
        }
        let apart = down > self.leading.max(line.size) * 1.6;
        let indented = line.start - last.start > line.size * 0.7;
        let hanging = last.start - line.start > line.size * 4.0;
        let short = last.end < open.right - line.size * 5.0;
        !(apart || hanging || ended && (indented || short) || short && is_heading(open, self.body))
    }

    fn join(&mut self, line: &Line, right: f64, page: usize) {
        let Some(open) = &mut self.open else {
            return;
        };
        let low = line.text.starts_with(char::is_lowercase);
        let before = open.text.trim_end_matches(['-', '\u{AD}', '‐']);
        let divided =
            low && before.len() < open.text.len() && before.ends_with(char::is_alphabetic);
        if divided {
            let head = before.rsplit(' ').next().unwrap_or_default();
            let tail = line.text.split(' ').next().unwrap_or_default();
            let tail = tail.trim_end_matches(|sign: char| !sign.is_alphanumeric());
            let hyphened = format!("{head}-{tail}").to_lowercase();
            let length = before.len();
            open.text.truncate(length);
            if self.words.contains(&hyphened) {
                open.text.push('-');
            } else {
                self.text.mended += 1;
            }
        } else if !open.text.ends_with(['-', '—', '–', '/']) || !low {
            open.text.push(' ');
        }
        open.text.push_str(&line.text);
        open.last = line.clone();
        open.right = right;
        open.page = page;
    }

    fn end(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        let kind = if is_heading(&open, self.body) {
            let first = !self.titled && open.page == 0;
            self.titled = true;
            if first {
                BlockKind::Headline
            } else {
                BlockKind::Subheading
            }
        } else if open.text.starts_with(BULLETS) {
            BlockKind::List
        } else {
            BlockKind::Paragraph
        };
        self.text.paragraphs.push(Paragraph {
            text: open.text,
            kind,
        });
    }
}

fn is_heading(open: &Open, body: f64) -> bool {
    open.size > body * LARGER && open.text.chars().count() <= LONGEST_HEADING
}

/// `1.`, `2)`, `(a)` before words.
fn is_numbered(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let inner = first.trim_start_matches('(').trim_end_matches(['.', ')']);
    let short = inner.len() < first.len() && inner.len() <= 2 && text.len() > first.len();
    let number = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    short && (number || first.starts_with('('))
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .ends_with(['.', '!', '?', '…', ':'])
}

/// Lines at the top and bottom of pages that stand on several, but for the numbers in them; and
/// lines of nothing but a number.
fn furniture(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let edge = page
            .iter()
            .enumerate()
            .filter(|(at, _)| is_edge(*at, page.len()));
        let keys: HashSet<String> = edge.map(|(_, line)| key(&line.text)).collect();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let often = (pages.len() / 2).max(2);
    let repeated = counts.into_iter().filter(|(key, count)| {
        let often = *count >= often && key.chars().count() <= LONGEST_HEAD;
        often || key.as_str() == "#" && *count > 1
    });
    repeated.map(|(key, _)| key).collect()
}

/// The two lines at either end of a page.
const fn is_edge(at: usize, count: usize) -> bool {
    at < 2 || at + 2 >= count
}

/// A line with every number as `#`.
fn key(text: &str) -> String {
    let mut key = String::new();
    for sign in text.chars() {
        match sign {
            sign if sign.is_numeric() => {
                if !key.ends_with('#') {
                    key.push('#');
                }
            }
            sign if sign.is_whitespace() => {}
            sign => key.extend(sign.to_lowercase()),
        }
    }
    key
}

/// The height of most letters.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *counts.entry(place(line.size)).or_default() += line.text.len();
    }
    let most = counts
        .into_iter()
        .max_by_key(|(size, count)| (*count, -*size));
    most.map_or(0.0, |(size, _)| size as f64 / 2.0)
}

/// The distance of most lines from the one above.
fn leading(pages: &[Vec<Line>]) -> f64 {
    let mut steps: Vec<f64> = pages
        .iter()
        .flat_map(|page| page.iter().zip(page.iter().skip(1)))
        .map(|(above, below)| above.y - below.y)
        .filter(|step| *step > 0.0 && step.is_finite())
        .collect();
    steps.sort_unstable_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(0.0)
}

/// How far to the right each line could go: as far as the farthest of the lines around it that
/// begin at the same place and are as high.
fn right_edges(page: &[Line]) -> Vec<f64> {
    let alike = |one: &Line, two: &Line| {
        place(one.start) == place(two.start) && place(one.size) == place(two.size)
    };
    let mut edges = Vec::with_capacity(page.len());
    for group in page.chunk_by(alike) {
        let right = group.iter().map(|line| line.end);
        let right = right.fold(f64::NEG_INFINITY, f64::max);
        edges.extend(group.iter().map(|_| right));
    }
    edges
}

/// A length in halves of a point.
fn place(length: f64) -> i64 {
    (length * 2.0).round() as i64
}

/// Words with a hyphen that stand within lines, in lower case.
fn words(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut words = HashSet::new();
    for line in pages.iter().flatten() {
        for word in line.text.split(' ') {
            let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
            if word.contains('-') {
                words.insert(word.to_lowercase());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of lines 12 apart; `@` before a line begins it 12 further right, `#` makes it large,
    /// an empty one leaves a gap.
    fn page(lines: &[&str]) -> Vec<Line> {
        let mut out = Vec::new();
        for (at, text) in lines.iter().enumerate() {
            let bare = text.trim_start_matches(['@', '#']);
            let start = if text.starts_with('@') { 62.0 } else { 50.0 };
            if !bare.is_empty() {
                out.push(Line {
                    text: bare.to_owned(),
                    start,
                    end: start + bare.len() as f64 * 5.0,
                    y: 700.0 - at as f64 * 12.0,
                    size: if text.starts_with('#') { 18.0 } else { 10.0 },
                });
            }
        }
        out
    }

    fn told(pages: &[Vec<Line>]) -> Vec<String> {
        let text = paragraphs(pages);
        text.paragraphs.into_iter().map(|made| made.text).collect()
    }

    #[test]
    fn lines_become_paragraphs_again() {
        let text = [page(&[
            "#A bridge is closed",
            "",
            "The mayor said on Monday that the old bridge was to re-",
            "main closed. A well-known builder had found cracks in",
            "it.",
            "@She had not been told before, she said, of what the well-",
            "known man found.",
            "",
            "Nobody was hurt.",
            "• bread",
            "• milk",
        ])];
        assert_eq!(
            told(&text),
            [
                "A bridge is closed",
                "The mayor said on Monday that the old bridge was to remain closed. A well-known \
                 builder had found cracks in it.",
                "She had not been told before, she said, of what the well-known man found.",
                "Nobody was hurt.",
                "• bread",
                "• milk",
            ]
        );
        let made = paragraphs(&text);
        assert_eq!(made.mended, 1);
        assert_eq!(made.paragraphs[0].kind, BlockKind::Headline);
    }

    #[test]
    fn running_heads_and_numbers_do_not_break_sentences() {
        let pages: Vec<Vec<Line>> = ["the bridge would stay", "closed until", "spring came."]
            .iter()
            .enumerate()
            .map(|(at, words)| page(&["Elsin Post", "", words, "", &format!("Page {}", at + 1)]))
            .collect();
        let text = paragraphs(&pages);
        assert_eq!(text.furniture, 6);
        assert_eq!(text.paragraphs.len(), 1);
        assert_eq!(
            text.paragraphs[0].text,
            "the bridge would stay closed until spring came."
        );
    }
}
