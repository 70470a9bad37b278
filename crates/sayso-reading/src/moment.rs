//! Days and minutes, as bounds of what a time can mean.

use std::fmt;
use std::str::FromStr;

use crate::ReadingError;
use crate::calendar::days_of_month;
use crate::text::written_as_text;

/// A day (`2020-11-05`) or a minute of a day (`2020-11-05T18:00`) of the years −9999 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    year: i16,
    month: u8,
    day: u8,
    minute: Option<(u8, u8)>,
}

impl Moment {
    /// A day.
    pub fn day(year: i64, month: u8, day: u8) -> Result<Self, ReadingError> {
        let known = i16::try_from(year)
            .ok()
            .filter(|y| (-9999..=9999).contains(y));
        match known {
            Some(known) if (1..=days_of_month(year, month)).contains(&day) => Ok(Self {
                year: known,
                month,
                day,
                minute: None,
            }),
            _ => Err(ReadingError::Moment(format!("{year}-{month:02}-{day:02}"))),
        }
    }

    /// A minute of its day.
    pub fn at(self, hour: u8, minute: u8) -> Result<Self, ReadingError> {
        if hour < 24 && minute < 60 {
            Ok(Self {
                minute: Some((hour, minute)),
                ..self
            })
        } else {
            let day = Self {
                minute: None,
                ..self
            };
            Err(ReadingError::Moment(format!("{day}T{hour:02}:{minute:02}")))
        }
    }

    /// Year, month and day.
    pub const fn date(&self) -> (i16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// Hour and minute, where it is one.
    pub const fn time(&self) -> Option<(u8, u8)> {
        self.minute
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        let year = self.year.unsigned_abs();
        write!(f, "{sign}{year:04}-{:02}-{:02}", self.month, self.day)?;
        match self.minute {
            Some((hour, minute)) => write!(f, "T{hour:02}:{minute:02}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Moment {
    type Err = ReadingError;

    fn from_str(given: &str) -> Result<Self, ReadingError> {
        read(given).ok_or_else(|| ReadingError::Moment(given.to_owned()))
    }
}

written_as_text!(
    Moment,
    "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$"
);

fn read(given: &str) -> Option<Moment> {
    let (day, minute) = given
        .split_once('T')
        .map_or((given, None), |(day, rest)| (day, Some(rest)));
    let day = read_day(day)?;
    match minute {
        None => Some(day),
        Some(minute) => {
            let (hour, minute) = minute.split_once(':')?;
            day.at(two(hour)?, two(minute)?).ok()
        }
    }
}

fn read_day(given: &str) -> Option<Moment> {
    let plain = given.strip_prefix('-');
    let mut parts = plain.unwrap_or(given).split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let year = digits(year, 4)?;
    // The year before 1 is 0; it has no sign.
    let year = match plain {
        Some(_) if year == 0 => return None,
        Some(_) => -i64::from(year),
        None => i64::from(year),
    };
    Moment::day(year, two(month)?, two(day)?).ok()
}

fn two(given: &str) -> Option<u8> {
    digits(given, 2).and_then(|number| u8::try_from(number).ok())
}

fn digits(given: &str, length: usize) -> Option<u16> {
    let plain = given.len() == length && given.bytes().all(|byte| byte.is_ascii_digit());
    if plain { given.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_days_or_minutes_of_the_calendar() {
        for given in [
            "2020-11-05",
            "2020-02-29T00:00",
            "2020-11-05T23:59",
            "-0043-03-15",
        ] {
            assert_eq!(
                given.parse::<Moment>().map(|moment| moment.to_string()),
                Ok(given.to_owned())
            );
        }
        for given in [
            "2020",
            "2020-11",
            "2021-02-29",
            "2020-11-05T",
            "2020-11-05T24:00",
            "2020-11-05T18:60",
            "2020-11-05T18:00:00",
            "2020-11-05 18:00",
            "2020-11-05T1:00",
            "2020-13-01",
            "2020-00-01",
            "-0000-01-01",
        ] {
            assert!(given.parse::<Moment>().is_err(), "{given}");
        }
    }

    #[test]
    fn a_moment_is_made_from_its_numbers() {
        let day = Moment::day(2020, 11, 5);
        assert_eq!(day.clone().map(|d| d.date()), Ok((2020, 11, 5)));
        let evening = day.and_then(|d| d.at(18, 5));
        assert_eq!(
            evening.map(|m| m.to_string()),
            Ok("2020-11-05T18:05".to_owned())
        );
        assert!(Moment::day(2021, 2, 29).is_err());
        assert!(Moment::day(10_000, 1, 1).is_err());
        assert!(Moment::day(2020, 1, 1).and_then(|d| d.at(24, 0)).is_err());
    }
}
