//! Carrying whole structures from one unit of offsets to another.

use crate::{ReadingError, Span, Unit};

/// Turns one span into the other unit, or says why it cannot.
pub(crate) type Turn<'f, U, V> = dyn Fn(Span<U>) -> Result<Span<V>, ReadingError> + 'f;

/// Something that holds spans counted in `U`.
pub(crate) trait Convert<U: Unit> {
    /// The same thing with spans counted in `V`.
    type In<V: Unit>;

    /// Itself with every span turned.
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Self::In<V>, ReadingError>;
}

impl<U: Unit, T: Convert<U>> Convert<U> for Vec<T> {
    type In<V: Unit> = Vec<T::In<V>>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Self::In<V>, ReadingError> {
        self.iter().map(|item| item.convert(turn)).collect()
    }
}

impl<U: Unit, T: Convert<U>> Convert<U> for Option<T> {
    type In<V: Unit> = Option<T::In<V>>;
    fn convert<V: Unit>(&self, turn: &Turn<'_, U, V>) -> Result<Self::In<V>, ReadingError> {
        self.as_ref().map(|item| item.convert(turn)).transpose()
    }
}
