//! Coasts and borders, from Natural Earth; `train/outlines.py` makes the file and says how it is written.

use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!("../../../../../../data/outlines.bin");
const MAGIC: &[u8] = b"SAYSOL01";

/// A line in degrees.
pub(crate) struct Outline {
    /// Between two countries; else a coast.
    pub is_border: bool,
    /// Longitude and latitude.
    pub points: Vec<[f64; 2]>,
    /// The least and the greatest of both.
    pub least: [f64; 2],
    pub greatest: [f64; 2],
}

/// All lines.
pub(crate) static OUTLINES: LazyLock<Vec<Outline>> =
    LazyLock::new(|| unpacked(PACKED).unwrap_or_default());

fn unpacked(packed: &[u8]) -> Option<Vec<Outline>> {
    let mut rest = packed.strip_prefix(MAGIC)?;
    let lines = number(&mut rest)?;
    (0..lines).map(|_| line(&mut rest)).collect()
}

fn line(rest: &mut &[u8]) -> Option<Outline> {
    let is_border = number(rest)? == 1;
    let count = number(rest)?;
    let mut at = [0_i64; 2];
    let mut points = Vec::new();
    let (mut least, mut greatest) = ([f64::MAX; 2], [f64::MIN; 2]);
    for _ in 0..count {
        at = [at[0] + signed(rest)?, at[1] + signed(rest)?];
        let point = at.map(|hundredths| hundredths as f64 / 100.0);
        for (axis, value) in point.into_iter().enumerate() {
            least[axis] = least[axis].min(value);
            greatest[axis] = greatest[axis].max(value);
        }
        points.push(point);
    }
    Some(Outline {
        is_border,
        points,
        least,
        greatest,
    })
}

/// A number in LEB128.
fn number(rest: &mut &[u8]) -> Option<i64> {
    let mut out = 0;
    for shift in (0..35).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        out |= i64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(out);
        }
    }
    None
}

/// One in zigzag.
fn signed(rest: &mut &[u8]) -> Option<i64> {
    let number = number(rest)?;
    Some((number >> 1) ^ -(number & 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_are_there() {
        assert!(OUTLINES.len() > 1000);
        assert!(OUTLINES.iter().any(|line| line.is_border));
        for line in OUTLINES.iter() {
            assert!(line.points.len() > 1);
            assert!(line.least[0] >= -180.0 && line.greatest[0] <= 180.0);
            assert!(line.least[1] >= -90.0 && line.greatest[1] <= 90.0);
        }
    }

    #[test]
    fn what_is_cut_short_is_no_file() {
        assert!(unpacked(PACKED.get(..1000).unwrap()).is_none());
        assert!(unpacked(b"other").is_none());
    }
}
