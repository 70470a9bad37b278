//! Places in a text, with the unit of their offsets in the type.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ReadingError;
use crate::convert::{Convert, Turn};

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Bytes {}
    impl Sealed for super::Scalars {}
}

/// What an offset counts.
pub trait Unit: sealed::Sealed + 'static {
    /// The unit's name in messages.
    const NAME: &'static str;
}

/// The unit that may cross the JSON border: only [`Scalars`].
pub trait Border: Unit {}

/// Offsets count bytes of the UTF-8 text. Used inside the program only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Bytes;

/// Offsets count Unicode scalar values of the text, as Python's `str` does.
/// Used in JSON only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Scalars;

impl Unit for Bytes {
    const NAME: &'static str = "bytes";
}
impl Unit for Scalars {
    const NAME: &'static str = "scalars";
}
impl Border for Scalars {}

/// A half-open range of a text: from `start` up to, not including, `end`.
/// Never ends before it starts; may be empty.
pub struct Span<U: Unit = Bytes> {
    start: usize,
    end: usize,
    unit: PhantomData<U>,
}

impl<U: Unit> Span<U> {
    /// The span from `start` to `end`; refused if it would end before it starts.
    pub fn new(start: usize, end: usize) -> Result<Self, ReadingError> {
        if start > end {
            return Err(ReadingError::Reversed { start, end });
        }
        Ok(Self::of(start, end))
    }

    /// For callers in this crate that know `start <= end`.
    pub(crate) const fn of(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            unit: PhantomData,
        }
    }

    /// Offset of the first position inside.
    pub const fn start(&self) -> usize {
        self.start
    }

    /// Offset of the first position after it.
    pub const fn end(&self) -> usize {
        self.end
    }

    /// How many units it holds.
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub const fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one position.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The smallest span that contains both.
    #[must_use]
    pub fn cover(&self, other: &Self) -> Self {
        Self::of(self.start.min(other.start), self.end.max(other.end))
    }

    /// The positions shared with `other`; nothing if there are none.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then(|| Self::of(start, end))
    }

    /// The same range for the standard library's use.
    pub const fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Span<Bytes> {
    /// The words it marks in `text`; nothing if it does not lie on characters of `text`.
    pub fn slice<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.range())
    }
}

impl<U: Unit> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U: Unit> Copy for Span<U> {}
impl<U: Unit> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        self.range() == other.range()
    }
}
impl<U: Unit> Eq for Span<U> {}
impl<U: Unit> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
/// Text order: by start, and of two that start together the shorter first.
impl<U: Unit> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U: Unit> Hash for Span<U> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U: Unit> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{} {}", self.start, self.end, U::NAME)
    }
}

impl<U: Unit> Convert<U> for Span<U> {
    type In<V: Unit> = Span<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Span<V>, ReadingError> {
        turn(*self)
    }
}

/// A span as JSON writes it.
#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Span")]
/// A half-open range of `document.text`, in Unicode scalar values.
struct SpanJson {
    /// Offset of the first character inside.
    start: usize,
    /// Offset of the first character after it.
    end: usize,
}

impl<U: Border> Serialize for Span<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SpanJson {
            start: self.start,
            end: self.end,
        }
        .serialize(serializer)
    }
}
impl<'de, U: Border> Deserialize<'de> for Span<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let SpanJson { start, end } = SpanJson::deserialize(deserializer)?;
        Self::new(start, end).map_err(serde::de::Error::custom)
    }
}
impl<U: Border> JsonSchema for Span<U> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        SpanJson::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        SpanJson::json_schema(generator)
    }
}

/// Pieces of a text that belong together: in text order, none empty, none
/// touching another. May hold no piece at all.
///
/// Two lists that mark the same characters are equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Spans<U: Unit = Bytes>(Vec<Span<U>>);

impl<U: Unit> Spans<U> {
    /// No piece.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The pieces in order; empty ones dropped, overlapping and touching ones joined.
    pub fn from_pieces(pieces: impl IntoIterator<Item = Span<U>>) -> Self {
        let mut pieces: Vec<_> = pieces.into_iter().filter(|p| !p.is_empty()).collect();
        pieces.sort_unstable();
        pieces.dedup_by(|later, earlier| {
            let joined = later.start <= earlier.end;
            if joined {
                earlier.end = earlier.end.max(later.end);
            }
            joined
        });
        Self(pieces)
    }

    /// The pieces, in text order.
    pub fn pieces(&self) -> &[Span<U>] {
        &self.0
    }

    /// The pieces one by one, in text order.
    pub fn iter(&self) -> std::slice::Iter<'_, Span<U>> {
        self.0.iter()
    }

    /// Whether there is no piece.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many units the pieces hold together.
    pub fn len(&self) -> usize {
        self.0.iter().map(Span::len).sum()
    }

    /// From the first piece's start to the last one's end; nothing without a piece.
    pub fn hull(&self) -> Option<Span<U>> {
        let (first, last) = (self.0.first()?, self.0.last()?);
        Some(Span::of(first.start, last.end))
    }

    /// Whether every position of `other` lies in a piece of this list.
    pub fn covers(&self, other: &Self) -> bool {
        other.0.iter().all(|o| self.0.iter().any(|p| p.contains(o)))
    }

    /// How many units the two lists share.
    pub fn shared(&self, other: &Self) -> usize {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            shared += a.intersection(b).map_or(0, |s| s.len());
            if a.end <= b.end {
                mine.next();
            } else {
                theirs.next();
            }
        }
        shared
    }
}

impl<U: Unit> Default for Spans<U> {
    fn default() -> Self {
        Self::none()
    }
}
impl<U: Unit> From<Span<U>> for Spans<U> {
    fn from(piece: Span<U>) -> Self {
        Self::from_pieces([piece])
    }
}
impl<U: Unit> FromIterator<Span<U>> for Spans<U> {
    fn from_iter<I: IntoIterator<Item = Span<U>>>(pieces: I) -> Self {
        Self::from_pieces(pieces)
    }
}
impl<'a, U: Unit> IntoIterator for &'a Spans<U> {
    type Item = &'a Span<U>;
    type IntoIter = std::slice::Iter<'a, Span<U>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<U: Unit> Convert<U> for Spans<U> {
    type In<V: Unit> = Spans<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Spans<V>, ReadingError> {
        self.0.iter().map(|piece| turn(*piece)).collect()
    }
}

impl<U: Border> Serialize for Spans<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}
impl<'de, U: Border> Deserialize<'de> for Spans<U> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Span<U>>::deserialize(deserializer).map(Self::from_pieces)
    }
}
impl<U: Border> JsonSchema for Spans<U> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Spans".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<Span<U>>::json_schema(generator)
    }
}

/// A stretch of the text, whole or in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(bound = "U: Border")]
#[schemars(bound = "U: Border", rename = "Stretch")]
pub struct Stretch<U: Unit = Bytes> {
    /// Its pieces, in text order.
    pub spans: Spans<U>,
}

impl<U: Unit> Convert<U> for Stretch<U> {
    type In<V: Unit> = Stretch<V>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Stretch<V>, ReadingError> {
        Ok(Stretch {
            spans: self.spans.convert(turn)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end).unwrap()
    }

    #[test]
    fn a_span_may_not_end_before_it_starts() {
        assert_eq!(
            Span::<Bytes>::new(5, 4),
            Err(ReadingError::Reversed { start: 5, end: 4 })
        );
        assert!(span(5, 5).is_empty());
    }

    #[test]
    fn pieces_are_put_in_order_and_joined() {
        let spans = Spans::from_pieces([
            span(9, 12),
            span(0, 3),
            span(3, 5),
            span(7, 7),
            span(10, 11),
        ]);
        assert_eq!(spans.pieces(), [span(0, 5), span(9, 12)]);
        assert_eq!(spans.hull(), Some(span(0, 12)));
        assert_eq!(spans.len(), 8);
    }

    #[test]
    fn shared_units_are_counted_across_pieces() {
        let a = Spans::from_pieces([span(0, 4), span(6, 10)]);
        let b = Spans::from_pieces([span(2, 8), span(9, 20)]);
        assert_eq!(a.shared(&b), 5);
        assert_eq!(b.shared(&a), 5);
        assert!(a.covers(&span(7, 9).into()));
        assert!(!a.covers(&span(3, 7).into()));
    }

    #[test]
    fn a_reversed_span_in_json_is_refused_with_its_numbers() {
        let error = serde_json::from_str::<Span<Scalars>>(r#"{"start": 7, "end": 2}"#).unwrap_err();
        assert!(error.to_string().contains("7..2"), "{error}");
    }
}
