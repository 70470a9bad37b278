//! Where something stands on a page.

/// A map of the plane: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    pub(super) const IDENTITY: Self = Self::of([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// With its numbers in the order in which PDF writes them.
    pub(super) const fn of(numbers: [f64; 6]) -> Self {
        Self {
            a: numbers[0],
            b: numbers[1],
            c: numbers[2],
            d: numbers[3],
            e: numbers[4],
            f: numbers[5],
        }
    }

    pub(super) const fn shift(x: f64, y: f64) -> Self {
        Self::of([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// A quarter turn to the right, so many times.
    pub(super) const fn turn(quarters: i64) -> Self {
        match quarters.rem_euclid(4) {
            1 => Self::of([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            2 => Self::of([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            3 => Self::of([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            _ => Self::IDENTITY,
        }
    }

    /// This map, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        Self {
            a: self.a * other.a + self.b * other.c,
            b: self.a * other.b + self.b * other.d,
            c: self.c * other.a + self.d * other.c,
            d: self.c * other.b + self.d * other.d,
            e: self.e * other.a + self.f * other.c + other.e,
            f: self.e * other.b + self.f * other.d + other.f,
        }
    }

    /// How much longer it makes what stands upright.
    pub(super) fn height(self) -> f64 {
        self.c.hypot(self.d)
    }

    /// Whether lines of text run from left to right.
    pub(super) fn is_level(self) -> bool {
        self.a > 0.0 && self.b.abs() <= self.a * 0.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_joined_in_order() {
        let scaled = Matrix::of([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let both = Matrix::shift(1.0, 2.0).then(scaled);
        assert_eq!((both.e, both.f), (2.0, 4.0));
        let turned = Matrix::of([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]).then(Matrix::turn(1));
        assert!(turned.is_level(), "{turned:?}");
    }
}
