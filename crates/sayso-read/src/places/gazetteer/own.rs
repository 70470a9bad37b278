//! Places that a user adds by a CSV file.

use std::collections::HashMap;

use sayso_reading::PlaceLevel;

use super::key::{key, without_article};
use super::record;
use super::{Gazetteer, GazetteerError, Index, NameKind, Record, level_named};

/// The user's places.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    places: Vec<(String, Record)>,
    by_key: HashMap<String, Vec<Index>>,
    /// Their countries, where the file of the gazetteer has no such text; numbered from the top.
    countries: Vec<String>,
}

impl Own {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn get(&self, key: &str) -> Option<&[Index]> {
        self.by_key.get(key).map(Vec::as_slice)
    }

    pub(super) fn record(&self, index: usize) -> Option<Record> {
        self.places.get(index).map(|(_, record)| *record)
    }

    pub(super) fn name(&self, index: usize) -> &str {
        self.places.get(index).map_or("", |(name, _)| name)
    }

    pub(super) fn country(&self, number: u16) -> Option<&str> {
        let own = usize::from(u16::MAX - number);
        self.countries.get(own).map(String::as_str)
    }

    fn add(&mut self, name: &str, others: &str, record: Record) {
        let index = self.places.len() as Index;
        self.places.push((name.to_owned(), record));
        for name in std::iter::once(name).chain(others.split('|')) {
            let key = key(name);
            let bare = without_article(&key).map(str::to_owned);
            for key in bare.into_iter().chain([key]).filter(|k| !k.is_empty()) {
                let all = self.by_key.entry(key).or_default();
                if !all.contains(&index) {
                    all.push(index);
                }
            }
        }
    }
}

/// The header of a table, which names its columns.
struct Header<'a> {
    file: &'a str,
    names: csv::StringRecord,
}

impl Header<'_> {
    fn at(&self, column: &str) -> Option<usize> {
        let same = |h: &str| h.trim().eq_ignore_ascii_case(column);
        self.names.iter().position(same)
    }

    fn bad(&self, line: u64, column: &str, reason: String) -> GazetteerError {
        GazetteerError::Row {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
            reason,
        }
    }
}

/// One line of a table.
struct Row<'a> {
    header: &'a Header<'a>,
    cells: csv::StringRecord,
    line: u64,
}

impl Row<'_> {
    /// What stands in a column; empty where there is none.
    fn cell(&self, column: &str) -> &str {
        let cell = self.header.at(column).and_then(|i| self.cells.get(i));
        cell.map_or("", str::trim)
    }

    fn bad(&self, column: &str, reason: String) -> GazetteerError {
        self.header.bad(self.line, column, reason)
    }

    fn name(&self) -> Result<&str, GazetteerError> {
        let name = self.cell("name");
        if key(name).is_empty() {
            return Err(self.bad("name", "there is no name".to_owned()));
        }
        Ok(name)
    }

    fn degrees(&self, column: &str, most: f64) -> Result<f64, GazetteerError> {
        let given = self.cell(column);
        let value = given.parse().ok();
        value.filter(|v: &f64| v.abs() <= most).ok_or_else(|| {
            let reason = format!("`{given}` is no number of degrees from -{most} to {most}");
            self.bad(column, reason)
        })
    }

    fn level(&self) -> Result<PlaceLevel, GazetteerError> {
        let given = self.cell("level");
        if given.is_empty() {
            return Ok(PlaceLevel::Site);
        }
        level_named(given).ok_or_else(|| {
            let all: Vec<&str> = PlaceLevel::ALL.iter().map(|l| l.as_str()).collect();
            self.bad("level", format!("`{given}` is none of {}", all.join(", ")))
        })
    }

    /// Kilometres.
    fn radius(&self) -> Result<f64, GazetteerError> {
        /// Where nothing is told.
        const USUAL: f64 = 2.0;
        const MOST: f64 = 6_000.0;
        let given = self.cell("radius_km");
        if given.is_empty() {
            return Ok(USUAL);
        }
        let value = given.parse().ok();
        value
            .filter(|r: &f64| (0.0..=MOST).contains(r))
            .ok_or_else(|| {
                let reason = format!("`{given}` is no number of kilometres up to {MOST}");
                self.bad("radius_km", reason)
            })
    }

    fn country(&self) -> Result<&str, GazetteerError> {
        let given = self.cell("country");
        let code =
            |c: &str| c.is_empty() || c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase());
        if given.split('|').all(code) {
            return Ok(given);
        }
        let reason = format!("`{given}` is no ISO 3166-1 code of two letters, such as IQ");
        Err(self.bad("country", reason))
    }

    /// The number of the first division that the gazetteer knows by this name.
    fn division(
        &self,
        gazetteer: &Gazetteer,
        country: &str,
    ) -> Result<Option<u16>, GazetteerError> {
        let given = self.cell("admin1");
        if given.is_empty() {
            return Ok(None);
        }
        let bearers = gazetteer.bearers(&key(given));
        let mut divisions = bearers.into_iter().filter_map(|(index, kind)| {
            let record = gazetteer.record(index)?;
            let first = record.level == PlaceLevel::Admin1 && kind != NameKind::Demonym;
            let mut countries = gazetteer.countries(&record);
            let here = first && countries.any(|c| country.is_empty() || c == country);
            record.admin1.filter(|_| here)
        });
        divisions.next().map(Some).ok_or_else(|| {
            let reason =
                format!("no first division `{given}` of {country} is known; leave it empty");
            self.bad("admin1", reason)
        })
    }
}

/// The user's places so far, and those of one more file.
pub(super) fn extended(
    gazetteer: &Gazetteer,
    csv: &str,
    file: &str,
) -> Result<Own, GazetteerError> {
    let mut own = (*gazetteer.own).clone();
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().cloned().unwrap_or_default();
    let header = Header { file, names };
    for column in ["name", "lat", "lon"] {
        if header.at(column).is_none() {
            let file = file.to_owned();
            return Err(GazetteerError::Column { file, column });
        }
    }
    for cells in reader.records() {
        let cells = cells.map_err(|e| {
            let line = e.position().map_or(0, csv::Position::line);
            header.bad(line, "", e.to_string())
        })?;
        let line = cells.position().map_or(0, csv::Position::line);
        let row = Row {
            header: &header,
            cells,
            line,
        };
        own.row(gazetteer, &row)?;
    }
    Ok(own)
}

impl Own {
    fn row(&mut self, gazetteer: &Gazetteer, row: &Row) -> Result<(), GazetteerError> {
        let country = row.country()?;
        let record = Record {
            geonames: 0,
            lat: row.degrees("lat", 90.0)?,
            lon: row.degrees("lon", 180.0)?,
            population: 0.0,
            radius: record::tenths(row.radius()?),
            name: 0,
            country: self.country_number(country),
            admin1: row.division(gazetteer, country)?,
            admin2: None,
            level: row.level()?,
            code: u8::MAX,
        };
        self.add(row.name()?, row.cell("aliases"), record);
        Ok(())
    }

    fn country_number(&mut self, country: &str) -> u16 {
        let at = self.countries.iter().position(|c| c == country);
        let at = at.unwrap_or_else(|| {
            self.countries.push(country.to_owned());
            self.countries.len() - 1
        });
        u16::MAX - u16::try_from(at).unwrap_or(0)
    }
}
