//! One place as it lies in the file: a fixed number of bytes.

use sayso_reading::PlaceLevel;

/// Bytes of a record.
pub(super) const SIZE: usize = 25;
/// No division.
const NONE: u16 = u16::MAX;
/// Degrees to the whole numbers of 24 bits that the file holds; about two metres.
const STEP: f64 = 180.0 / 8_388_607.0;

/// Steps of the logarithm of a population.
const POPULATION_STEP: f64 = 1.0 / 2_900.0;

/// What a place is, without its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Record {
    /// Number in GeoNames; 0 for none.
    pub geonames: u32,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Natural logarithm of its population and one.
    pub population: f64,
    /// Tenths of a kilometre.
    pub radius: u16,
    /// Where its name starts among the names.
    pub name: u32,
    /// Index among the texts for countries.
    pub country: u16,
    /// The first division that it lies in or is: its number among all divisions.
    pub admin1: Option<u16>,
    /// The same for the second.
    pub admin2: Option<u16>,
    pub level: PlaceLevel,
    /// GeoNames feature code: index among the codes.
    pub code: u8,
}

/// Kilometres as the tenths that a record holds.
pub(super) fn tenths(kilometres: f64) -> u16 {
    short(kilometres * 10.0)
}

/// The nearest whole number of 16 bits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number was brought within the type"
)]
fn short(number: f64) -> u16 {
    number.round().clamp(0.0, f64::from(u16::MAX)) as u16
}

impl Record {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let level = PlaceLevel::ALL
            .iter()
            .position(|l| *l == self.level)
            .unwrap_or(0);
        out.extend(self.geonames.to_le_bytes());
        out.extend(&((self.lat / STEP).round() as i32).to_le_bytes()[..3]);
        out.extend(&((self.lon / STEP).round() as i32).to_le_bytes()[..3]);
        out.extend(short(self.population / POPULATION_STEP).to_le_bytes());
        out.extend(self.radius.to_le_bytes());
        out.extend(&self.name.to_le_bytes()[..3]);
        out.extend(self.country.to_le_bytes());
        out.extend(self.admin1.unwrap_or(NONE).to_le_bytes());
        out.extend(self.admin2.unwrap_or(NONE).to_le_bytes());
        out.push(level as u8);
        out.push(self.code);
    }

    /// The record in these bytes; `None` if they are too few or name no level.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let b: &[u8; SIZE] = bytes.try_into().ok()?;
        let degrees =
            |at: usize| f64::from(i32::from_le_bytes([0, b[at], b[at + 1], b[at + 2]]) >> 8) * STEP;
        let short = |at: usize| u16::from_le_bytes([b[at], b[at + 1]]);
        Some(Self {
            geonames: u32::from_le_bytes([b[0], b[1], b[2], b[3]]),
            lat: degrees(4),
            lon: degrees(7),
            population: f64::from(short(10)) * POPULATION_STEP,
            radius: short(12),
            name: u32::from_le_bytes([b[14], b[15], b[16], 0]),
            country: short(17),
            admin1: Some(short(19)).filter(|&n| n != NONE),
            admin2: Some(short(21)).filter(|&n| n != NONE),
            level: *PlaceLevel::ALL.get(usize::from(b[23]))?,
            code: b[24],
        })
    }
}
