//! Products of unsigned by signed bytes, summed in 32-bit integers: exact, so that every
//! way of computing them gives the same.

#[cfg(target_arch = "x86_64")]
mod amx;
mod portable;
#[cfg(target_arch = "x86_64")]
mod tiles;
#[cfg(target_arch = "x86_64")]
mod vnni;

use std::ops::Range;
use std::sync::OnceLock;

use crate::aligned::Aligned;

#[cfg(target_arch = "x86_64")]
pub(crate) use amx::TileState;

/// Rows that are multiplied at once: what a block of results has at most.
pub(crate) const BLOCK: usize = 64;

/// Rows that a kernel may read behind the last one.
const SLACK: usize = 32;

/// Columns of a row are padded with zeros to a multiple of this.
const STEP: usize = 64;

/// What the processor multiplies with. Only [`Path::available`] makes one, so that to
/// hold one is to know that its instructions may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Path(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Matrix tiles (Intel AMX), with everything of [`Kind::Avx512`].
    #[cfg(target_arch = "x86_64")]
    Amx,
    /// 512-bit vectors with products of bytes (AVX-512 VNNI).
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// What `rten` chooses.
    Portable,
}

impl Path {
    /// The best that this processor and system allow; asked once.
    pub(crate) fn best() -> Self {
        static BEST: OnceLock<Path> = OnceLock::new();
        *BEST.get_or_init(|| Self::available()[0])
    }

    /// All that this processor and system allow, best first.
    pub(crate) fn available() -> Vec<Self> {
        let mut out = Vec::new();
        #[cfg(target_arch = "x86_64")]
        if vnni::available() {
            if amx::available() {
                out.push(Self(Kind::Amx));
            }
            out.push(Self(Kind::Avx512));
        }
        out.push(Self(Kind::Portable));
        out
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Kind::Amx => "amx",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "avx512",
            Kind::Portable => "portable",
        }
    }

    /// Whether 512-bit vectors may be used.
    pub(crate) fn wide(self) -> bool {
        self.0 != Kind::Portable
    }

    /// Lays out the tiles of this thread, where they may be used.
    #[cfg(target_arch = "x86_64")]
    pub(crate) fn tiles(self) -> Option<TileState> {
        (self.0 == Kind::Amx).then(TileState::new)
    }
}

/// Rows of unsigned bytes, each padded to whole cache lines.
#[derive(Default)]
pub(crate) struct Bytes {
    data: Aligned<u8>,
    rows: usize,
    width: usize,
}

impl Bytes {
    /// Sets the size; every byte of every row is to be written then.
    pub(crate) fn resize(&mut self, rows: usize, width: usize) {
        (self.rows, self.width) = (rows, width);
        self.data.resize((rows + SLACK) * self.stride());
        if !width.is_multiple_of(STEP) {
            self.data.fill(0);
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    fn stride(&self) -> usize {
        self.width.next_multiple_of(STEP)
    }

    pub(crate) fn rows_mut(&mut self) -> impl Iterator<Item = &mut [u8]> {
        let (stride, width, rows) = (self.stride(), self.width, self.rows);
        let rows = self.data.chunks_exact_mut(stride).take(rows);
        rows.map(move |row| &mut row[..width])
    }

    /// Rows as they lie, where no padding stands between them.
    fn adjacent(&self, rows: Range<usize>) -> Option<&[u8]> {
        let lie = self.width == self.stride();
        lie.then(|| &self.data[rows.start * self.width..rows.end * self.width])
    }

    fn row(&self, row: usize) -> &[u8] {
        &self.data[row * self.stride()..][..self.width]
    }
}

/// Results for some rows and columns; row by row, `stride` values from one to the next.
pub(crate) struct Block<'a> {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    pub values: &'a [i32],
    pub stride: usize,
}

/// A matrix of signed 7-bit integers, inputs × outputs, laid out for the processor.
pub(crate) struct Matrix {
    path: Path,
    layout: Layout,
    inputs: usize,
    outputs: usize,
}

enum Layout {
    #[cfg(target_arch = "x86_64")]
    Tiles(tiles::Weights),
    Portable(portable::Weights),
}

impl Matrix {
    /// From the integers row by row; all of them within ±64, so that no way of
    /// multiplying meets a sum of two products beyond 16 bits.
    pub(crate) fn new(path: Path, weight: &[i8], inputs: usize, outputs: usize) -> Self {
        let layout = match path.0 {
            #[cfg(target_arch = "x86_64")]
            Kind::Amx | Kind::Avx512 => Layout::Tiles(tiles::Weights::new(weight, inputs, outputs)),
            Kind::Portable => Layout::Portable(portable::Weights::new(weight, inputs, outputs)),
        };
        Self {
            path,
            layout,
            inputs,
            outputs,
        }
    }

    /// The path it is laid out for.
    pub(crate) fn path(&self) -> Path {
        self.path
    }

    /// Products of some rows of `x`, handed over block by block while they are in the
    /// nearest cache. Nothing where `x` is not as wide as the matrix is high. `take`
    /// must not multiply itself: the tile state is in use.
    pub(crate) fn multiply(&self, x: &Bytes, rows: Range<usize>, mut take: impl FnMut(Block)) {
        let rows = rows.start..rows.end.min(x.rows);
        if x.width != self.inputs || rows.is_empty() {
            return;
        }
        match &self.layout {
            #[cfg(target_arch = "x86_64")]
            Layout::Tiles(weights) => match self.path.tiles() {
                Some(state) => {
                    let kernel = |o: &tiles::Operands, r: &mut _| amx::kernel(&state, o, r);
                    tiles::multiply(weights, self.outputs, x, rows, kernel, &mut take);
                }
                None => tiles::multiply(weights, self.outputs, x, rows, vnni::kernel, &mut take),
            },
            Layout::Portable(weights) => weights.multiply(x, rows, self.outputs, &mut take),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three loops.
    fn plain(x: &[u8], weight: &[i8], inputs: usize, outputs: usize) -> Vec<i32> {
        x.chunks_exact(inputs)
            .flat_map(|row| {
                (0..outputs).map(move |column| {
                    row.iter()
                        .zip(weight.iter().skip(column).step_by(outputs))
                        .map(|(&x, &w)| i32::from(x) * i32::from(w))
                        .sum()
                })
            })
            .collect()
    }

    fn by(
        path: Path,
        x: &[u8],
        weight: &[i8],
        inputs: usize,
        rows: Range<usize>,
    ) -> Vec<Option<i32>> {
        let outputs = weight.len() / inputs;
        let count = x.len() / inputs;
        let mut bytes = Bytes::default();
        bytes.resize(count, inputs);
        for (row, source) in bytes.rows_mut().zip(x.chunks_exact(inputs)) {
            row.copy_from_slice(source);
        }
        let mut out = vec![None; count * outputs];
        Matrix::new(path, weight, inputs, outputs).multiply(&bytes, rows, |block| {
            for (row, values) in block.rows.zip(block.values.chunks(block.stride)) {
                for (column, &value) in block.columns.clone().zip(values) {
                    let old = out[row * outputs + column].replace(value);
                    assert_eq!(old, None, "{row} {column} twice");
                }
            }
        });
        out
    }

    proptest! {
        #[test]
        fn every_path_gives_the_integers_of_the_definition(
            (rows, inputs, outputs) in (1_usize..100, 1_usize..200, 1_usize..100),
            (from, upto) in (0_usize..100, 0_usize..100),
            seed in any::<u64>(),
        ) {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 56) as u8
            };
            let x: Vec<u8> = (0..rows * inputs).map(|_| next()).collect();
            let weight: Vec<i8> = (0..inputs * outputs).map(|_| (next() & 127).cast_signed() - 64).collect();
            let expected = plain(&x, &weight, inputs, outputs);
            let range = from.min(upto)..from.max(upto).min(rows);
            for path in Path::available() {
                let got = by(path, &x, &weight, inputs, range.clone());
                for (at, (got, expected)) in got.iter().zip(&expected).enumerate() {
                    let wanted = range.contains(&(at / outputs)).then_some(*expected);
                    prop_assert_eq!(*got, wanted, "{:?} {}", path, at);
                }
            }
        }
    }

    #[test]
    fn the_greatest_sums_are_exact_on_every_path() {
        let (inputs, outputs) = (1536, 40);
        for (byte, weight) in [(255, -64), (255, 63), (0, 63)] {
            for path in Path::available() {
                let got = by(
                    path,
                    &vec![byte; 33 * inputs],
                    &vec![weight; inputs * outputs],
                    inputs,
                    0..33,
                );
                let expected = Some(i32::from(byte) * i32::from(weight) * 1536);
                assert!(got.iter().all(|&g| g == expected), "{path:?}");
            }
        }
    }
}
