//! Lists, a page at a time.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::route::Call;
use super::token::Token;
use crate::serve::problem::Problem;

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub(super) struct List<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What `cursor` has to be to get the next page; null where this is the last.
    pub next: Option<Token>,
}

impl<T> List<T> {
    pub(super) fn of(call: &Call, items: Vec<T>, next: Option<&str>) -> Self {
        Self {
            items,
            next: call.token(next),
        }
    }

    /// A page of what is all there; each is known by its key.
    pub(super) fn within(
        call: &Call,
        all: Vec<T>,
        limit: Limit,
        cursor: Option<&Token>,
        key: impl Fn(&T) -> String,
    ) -> Result<Self, Problem> {
        let begin = match call.place(cursor)? {
            None => 0,
            Some(place) => {
                let before = all.iter().position(|item| key(item) == place);
                1 + before.ok_or_else(|| {
                    Problem::refused(
                        "cursor: this place is not in the list any more; begin without it",
                    )
                })?
            }
        };
        let limit = limit.rows() as usize;
        let is_more = all.len() > begin + limit;
        let items: Vec<T> = all.into_iter().skip(begin).take(limit).collect();
        let next = items.last().filter(|_| is_more).map(key);
        Ok(Self::of(call, items, next.as_deref()))
    }
}

/// How many at most.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "Cow<str>")]
pub(super) struct Limit(u32);

impl Limit {
    const MOST: u32 = 200;

    pub(super) const fn rows(self) -> u32 {
        self.0
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<Cow<'_, str>> for Limit {
    type Error = String;

    fn try_from(given: Cow<'_, str>) -> Result<Self, String> {
        let is_number = given.bytes().all(|byte| byte.is_ascii_digit());
        let number = given.parse().ok().filter(|_| is_number);
        number
            .filter(|n| (1..=Self::MOST).contains(n))
            .map(Self)
            .ok_or_else(|| format!("limit is a whole number from 1 to {}", Self::MOST))
    }
}

impl JsonSchema for Limit {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "integer",
            "minimum": 1,
            "maximum": Self::MOST,
            "default": Self::default().0,
            "description": "How many at most.",
        })
    }
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    #[serde(default)]
    pub limit: Limit,
    pub cursor: Option<Token>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_small_number() {
        let told = |given: &'static str| Limit::try_from(Cow::from(given)).map(Limit::rows);
        assert_eq!(told("1"), Ok(1));
        assert_eq!(told("200"), Ok(200));
        for given in ["", "0", "201", "+5", "-1", "5.0", "x", "99999999999"] {
            assert!(told(given).is_err(), "{given}");
        }
    }
}
