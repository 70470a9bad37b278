//! The article found in a page, put back among the page's lines.

use super::lines::Line;

/// A line of the page, of the article, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Merged<'l> {
    /// The article has it.
    Kept(&'l Line),
    /// Only the page has it.
    LeftOut(&'l Line),
}

impl<'l> Merged<'l> {
    /// The line.
    pub(super) const fn line(self) -> &'l Line {
        match self {
            Self::Kept(line) | Self::LeftOut(line) => line,
        }
    }
}

/// Above this many pairs of lines the article's lines are looked for one after the other.
const PAIRS: usize = 4_000_000;

/// All lines of both, in order: those of the article, and where they fit the page's others. Lines
/// are paired so that as much text as possible is.
pub(super) fn merge<'l>(page: &'l [Line], article: &'l [Line]) -> Vec<Merged<'l>> {
    let pairs = if page.len().saturating_mul(article.len()) <= PAIRS {
        heaviest(page, article)
    } else {
        greedy(page, article)
    };
    let mut merged = Vec::with_capacity(page.len() + article.len());
    let (mut on_page, mut in_article) = (0, 0);
    for (at_page, at_article) in pairs.into_iter().chain([(page.len(), article.len())]) {
        merged.extend(
            article
                .get(in_article..at_article)
                .unwrap_or_default()
                .iter()
                .map(Merged::Kept),
        );
        merged.extend(
            page.get(on_page..at_page)
                .unwrap_or_default()
                .iter()
                .map(Merged::LeftOut),
        );
        merged.extend(article.get(at_article).map(Merged::Kept));
        (on_page, in_article) = (at_page + 1, at_article + 1);
    }
    merged
}

/// The common subsequence of lines that holds the most text.
fn heaviest(page: &[Line], article: &[Line]) -> Vec<(usize, usize)> {
    let keys: (Vec<String>, Vec<String>) = (
        page.iter().map(Line::key).collect(),
        article.iter().map(Line::key).collect(),
    );
    let width = article.len() + 1;
    let mut best = vec![0_u32; width * (page.len() + 1)];
    let value = |best: &[u32], row: usize, column: usize| {
        best.get(row * width + column).copied().unwrap_or(0)
    };
    let weight = |row: usize, column: usize| match (keys.0.get(row), keys.1.get(column)) {
        (Some(one), Some(two)) if one == two && !one.is_empty() => {
            u32::try_from(one.len()).unwrap_or(u32::MAX)
        }
        _ => 0,
    };
    for row in (0..page.len()).rev() {
        for column in (0..article.len()).rev() {
            let paired = weight(row, column);
            let joined = if paired > 0 {
                value(&best, row + 1, column + 1).saturating_add(paired)
            } else {
                0
            };
            let most = joined
                .max(value(&best, row + 1, column))
                .max(value(&best, row, column + 1));
            if let Some(cell) = best.get_mut(row * width + column) {
                *cell = most;
            }
        }
    }
    let (mut pairs, mut row, mut column) = (Vec::new(), 0, 0);
    while row < page.len() && column < article.len() {
        let here = value(&best, row, column);
        let paired = weight(row, column);
        if paired > 0 && here == value(&best, row + 1, column + 1).saturating_add(paired) {
            pairs.push((row, column));
            (row, column) = (row + 1, column + 1);
        } else if here == value(&best, row + 1, column) {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// Each line of the page with the next line of the article, where they are the same.
fn greedy(page: &[Line], article: &[Line]) -> Vec<(usize, usize)> {
    let mut left = article.iter().map(Line::key).enumerate().peekable();
    let mut pairs = Vec::new();
    for (at, line) in page.iter().enumerate() {
        let key = line.key();
        if let Some((column, _)) = left.next_if(|(_, next)| *next == key) {
            pairs.push((at, column));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use sayso_reading::BlockKind;

    use super::*;

    fn lines(texts: &[&str]) -> Vec<Line> {
        let line = |text: &&str| Line {
            text: (*text).to_owned(),
            kind: BlockKind::Paragraph,
            apart: true,
        };
        texts.iter().map(line).collect()
    }

    fn told(page: &[&str], article: &[&str]) -> String {
        let (page, article) = (lines(page), lines(article));
        let words = merge(&page, &article)
            .into_iter()
            .map(|merged| match merged {
                Merged::Kept(line) => line.text.to_uppercase(),
                Merged::LeftOut(line) => line.text.clone(),
            });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lines_of_the_article_are_found_in_the_page() {
        assert_eq!(
            told(&["nav", "one", "share", "two", "foot"], &["one", "two"]),
            "nav ONE share TWO foot"
        );
        assert_eq!(
            told(
                &["two", "one", "long two", "two"],
                &["one", "long two", "two"]
            ),
            "two ONE LONG TWO TWO"
        );
    }

    #[test]
    fn no_line_of_the_article_is_lost() {
        assert_eq!(told(&["a", "b"], &["b", "new", "b2"]), "a B NEW B2");
        assert_eq!(told(&[], &["x"]), "X");
        assert_eq!(told(&["x"], &[]), "x");
    }
}
