//! Numbers as the text writes them, in digits and in words: what times and figures share.

mod parse;
mod tokens;

pub(crate) use parse::{Form, Number, number_at};
pub(crate) use tokens::{Kind, Tokens};

#[cfg(test)]
mod tests;
