//! Vectors whose first element lies at the start of a cache line: a row that is whole
//! lines long is then read and written without a load or store across two of them.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

const LINE: usize = 64;

#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; LINE]);

/// Numbers for which every pattern of bits is a value, of a size that divides a line's.
///
/// # Safety
/// The implementor is such a type.
#[allow(
    unsafe_code,
    reason = "the promise is what makes the views below sound"
)]
pub(crate) unsafe trait Plain: Copy {}

macro_rules! plain {
    ($($number:ty),*) => {$(
        // SAFETY: a primitive number of 1, 2 or 4 bytes, without padding or invalid patterns
        #[allow(unsafe_code, reason = "the promise is what makes the views below sound")]
        unsafe impl Plain for $number {}
    )*};
}

plain!(u8, i8, u16, u32, i32, f32);

/// A vector that starts at a cache line.
pub(crate) struct Aligned<T> {
    lines: Vec<Line>,
    length: usize,
    element: PhantomData<T>,
}

impl<T> Default for Aligned<T> {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            length: 0,
            element: PhantomData,
        }
    }
}

impl<T: Plain> Aligned<T> {
    /// As long as that, with zeros.
    pub(crate) fn zeros(length: usize) -> Self {
        let mut out = Self::default();
        out.resize(length);
        out
    }

    /// Sets the length; what the elements hold is not said, but each holds a number.
    /// Memory is kept from call to call.
    pub(crate) fn resize(&mut self, length: usize) {
        let lines = (length * size_of::<T>()).div_ceil(LINE);
        if self.lines.len() < lines {
            self.lines.resize(lines, Line([0; LINE]));
        }
        self.length = length;
    }
}

impl<T: Plain> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: `resize` keeps at least `length` elements' bytes, initialised, in `lines`;
        // `Plain` takes any bytes, and a line is aligned more strictly than an element
        #[allow(unsafe_code, reason = "bytes seen as numbers")]
        unsafe {
            std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.length)
        }
    }
}

impl<T: Plain> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        // SAFETY: as in `deref`, and `self` is borrowed alone
        #[allow(unsafe_code, reason = "bytes seen as numbers")]
        unsafe {
            std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_at_a_line_and_keeps_what_was_written() {
        let mut numbers = Aligned::<f32>::zeros(3);
        numbers.copy_from_slice(&[1.0, 2.0, 3.0]);
        numbers.resize(100);
        assert_eq!(numbers.as_ptr().align_offset(LINE), 0);
        assert_eq!(numbers[..3], [1.0, 2.0, 3.0]);
        assert_eq!(numbers.len(), 100);
    }
}
