//! From the pieces of a question to its tree.

use super::error::{QueryError, shortened};
use super::key::{Holds, Key, Of};
use super::lex::{Given, Piece, Sign, Token, pieces};
use super::term::{Condition, Term};
use super::token::Page;
use super::tree::Tree;
use super::value;
use super::{LIMIT, Query, Shown, Sort};

/// The longest question, in characters.
const LONGEST: usize = 20_000;
/// The most words and values in it.
const WORDS: usize = 256;
/// How deep parentheses and negations may stand in each other.
const DEPTH: usize = 12;

pub(crate) fn query(question: &str) -> Result<Query, QueryError> {
    if question.chars().nth(LONGEST).is_some() {
        return Err(QueryError::new(
            LONGEST + 1,
            format!("the question is too long; ask with at most {LONGEST} characters"),
        ));
    }
    let pieces = pieces(question)?;
    count(&pieces)?;
    let mut parser = Parser {
        pieces: pieces.into_iter().peekable(),
        end: question.chars().count() + 1,
        depth: 0,
        wishes: Wishes::default(),
    };
    let tree = parser.top()?;
    parser.wishes.query(tree)
}

/// So many words take too long to look up.
fn count(pieces: &[Piece]) -> Result<(), QueryError> {
    let mut words = 0;
    for piece in pieces {
        words += match &piece.token {
            Token::Words(given) => value::words(given).max(1),
            Token::Keyed { values, .. } => values
                .iter()
                .map(|given| value::words(&given.text).max(1))
                .sum::<usize>(),
            _ => 0,
        };
        if words > WORDS {
            return Err(QueryError::new(
                piece.column,
                format!("the question has too many words; ask with at most {WORDS}"),
            ));
        }
    }
    Ok(())
}

/// What is said of the answer.
#[derive(Default)]
struct Wishes {
    shown: Option<(usize, Shown)>,
    sort: Option<(usize, Sort)>,
    limit: Option<u32>,
    after: Option<(usize, Page)>,
}

impl Wishes {
    fn query(self, tree: Tree<Term>) -> Result<Query, QueryError> {
        let shown = match self.shown {
            Some((_, shown)) => shown,
            None => Shown::of(&tree),
        };
        for term in tree.leaves() {
            fits(term, shown)?;
        }
        let sort = self.sort.map_or(Sort::Newest, |(_, sort)| sort);
        if let Some((column, Sort::Score)) = self.sort
            && shown == Shown::Documents
        {
            return Err(QueryError::new(
                column,
                "documents have no score; show statements or events, or sort by newest or oldest",
            ));
        }
        if let Some((column, page)) = self.after
            && page.sort() != sort
        {
            return Err(QueryError::new(
                column,
                "this page belongs to another order; repeat the question with the sort it had",
            ));
        }
        Ok(Query {
            tree,
            shown,
            sort,
            limit: self.limit.unwrap_or(LIMIT),
            after: self.after.map(|(_, page)| page),
        })
    }

    fn take(&mut self, column: usize, key: Key, given: &Given) -> Result<(), QueryError> {
        let once = |already: bool| {
            if already {
                let name = key.name();
                return Err(QueryError::new(
                    column,
                    format!("{name}: stands in the question already; say it once"),
                ));
            }
            Ok(())
        };
        match key {
            Key::Show => {
                once(self.shown.is_some())?;
                self.shown = Some((column, value::shown(given)?));
            }
            Key::Sort => {
                once(self.sort.is_some())?;
                self.sort = Some((column, value::sort(given)?));
            }
            Key::Limit => {
                once(self.limit.is_some())?;
                self.limit = Some(value::limit(given)?);
            }
            _ => {
                once(self.after.is_some())?;
                self.after = Some((given.column, value::page(given)?));
            }
        }
        Ok(())
    }
}

/// A term has to be one of what is shown.
fn fits(term: &Term, shown: Shown) -> Result<(), QueryError> {
    let of = term.condition.of();
    let fit = match shown {
        Shown::Documents => of == Of::Document,
        Shown::Statements => of != Of::Event,
        Shown::Events => of != Of::OnlyStatement,
    };
    if fit {
        return Ok(());
    }
    let name = term.condition.key().name();
    let (whose, remedy) = match of {
        Of::Event => ("events", "ask with show:events"),
        Of::OnlyStatement => (
            "statements",
            "ask with show:statements and without terms of events",
        ),
        _ => (
            "statements and events",
            "ask with show:statements or show:events",
        ),
    };
    let shown = shown.as_str();
    Err(QueryError::new(
        term.column,
        format!("{name} is of {whose}, and {shown} are shown; {remedy}, or leave it out"),
    ))
}

struct Parser {
    pieces: std::iter::Peekable<std::vec::IntoIter<Piece>>,
    /// The column behind the last character.
    end: usize,
    depth: usize,
    wishes: Wishes,
}

impl Parser {
    fn top(&mut self) -> Result<Tree<Term>, QueryError> {
        let tree = self.any()?;
        match self.pieces.next() {
            None => Ok(tree),
            Some(piece) => Err(QueryError::new(
                piece.column,
                "this ) closes nothing; leave it out, or put ( before what it closes",
            )),
        }
    }

    /// Terms joined by OR.
    fn any(&mut self) -> Result<Tree<Term>, QueryError> {
        let mut parts = Vec::new();
        loop {
            let (part, before) = self.all()?;
            let or = self
                .pieces
                .next_if(|piece| matches!(piece.token, Token::Or));
            let stands_alone = before == 0 && (or.is_some() || !parts.is_empty());
            if stands_alone {
                let column = or
                    .as_ref()
                    .map_or_else(|| self.here(), |piece| piece.column);
                return Err(QueryError::new(
                    column,
                    "OR needs a term on both sides, as in act:deny OR act:doubt; to search for the word, write \"OR\"",
                ));
            }
            parts.push(part);
            if or.is_none() {
                return Ok(Tree::any(parts));
            }
        }
    }

    /// Terms that stand side by side, and how many.
    fn all(&mut self) -> Result<(Tree<Term>, usize), QueryError> {
        let mut parts = Vec::new();
        loop {
            match self.pieces.peek().map(|piece| &piece.token) {
                None | Some(Token::Or | Token::Close) => {
                    let number = parts.len();
                    return Ok((Tree::all(parts), number));
                }
                Some(Token::And) => {
                    let and = self.pieces.next();
                    let next = self.pieces.peek().map(|piece| &piece.token);
                    let ends = matches!(next, None | Some(Token::Or | Token::And | Token::Close));
                    if parts.is_empty() || ends {
                        return Err(QueryError::new(
                            and.map_or(self.end, |piece| piece.column),
                            "AND needs a term on both sides; terms side by side are joined without it; to search for the word, write \"AND\"",
                        ));
                    }
                }
                Some(_) => parts.extend(self.term(true)?),
            }
        }
    }

    fn here(&mut self) -> usize {
        self.pieces.peek().map_or(self.end, |piece| piece.column)
    }

    /// One term; `None` where it was said of the answer, which may be only if `free`.
    fn term(&mut self, free: bool) -> Result<Option<Tree<Term>>, QueryError> {
        let Some(piece) = self.pieces.next() else {
            return Err(QueryError::new(
                self.end,
                "a term is missing behind - or NOT",
            ));
        };
        let column = piece.column;
        match piece.token {
            Token::Not => {
                self.deeper(column)?;
                let of = self.term(false)?;
                self.depth -= 1;
                Ok(of.map(Tree::not))
            }
            Token::Open => self.group(column).map(Some),
            Token::Words(text) => {
                let given = Given { column, text };
                let condition = Condition::Words(Key::Words, vec![value::text(&given)?]);
                Ok(Some(Tree::Leaf(Term { column, condition })))
            }
            Token::Keyed { name, sign, values } => self.keyed(column, &name, sign, &values, free),
            Token::Close | Token::Or | Token::And => Err(QueryError::new(
                column,
                "a term is missing behind - or NOT; to search for the word itself, put it in quotation marks",
            )),
        }
    }

    fn deeper(&mut self, column: usize) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(QueryError::new(
                column,
                format!(
                    "the question is too deep; put at most {DEPTH} parentheses and negations into each other"
                ),
            ));
        }
        Ok(())
    }

    fn group(&mut self, column: usize) -> Result<Tree<Term>, QueryError> {
        self.deeper(column)?;
        if let Some(close) = self
            .pieces
            .next_if(|piece| matches!(piece.token, Token::Close))
        {
            return Err(QueryError::new(
                close.column,
                "nothing stands in these parentheses; put terms into them or leave them out",
            ));
        }
        let tree = self.any()?;
        self.depth -= 1;
        match self.pieces.next() {
            Some(_) => Ok(tree),
            None => Err(QueryError::new(
                column,
                "this ( is never closed; put ) where the group ends",
            )),
        }
    }

    fn keyed(
        &mut self,
        column: usize,
        name: &str,
        sign: Sign,
        values: &[Given],
        free: bool,
    ) -> Result<Option<Tree<Term>>, QueryError> {
        let Some(about) = Key::named(name) else {
            return Err(value::unknown_key(column, name));
        };
        if about.holds != Holds::Directive {
            let condition = value::condition(column, about, sign, values)?;
            return Ok(Some(Tree::Leaf(Term { column, condition })));
        }
        if !free || self.depth > 0 {
            return Err(QueryError::new(
                column,
                format!(
                    "{}: is said of the whole answer; write it outside of parentheses and not negated",
                    about.name
                ),
            ));
        }
        match values {
            [given] if sign == Sign::Colon => self.wishes.take(column, about.key, given)?,
            _ => {
                let wrong = shortened(name);
                return Err(QueryError::new(
                    column,
                    format!(
                        "{wrong} takes one value behind a colon, as in {}:{}",
                        about.name,
                        value::example(about.key)
                    ),
                ));
            }
        }
        Ok(None)
    }
}
