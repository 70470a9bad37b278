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

/// The columns by their names.
struct Columns<'a> {
    file: &'a str,
    header: csv::StringRecord,
}

impl Columns<'_> {
    fn at(&self, column: &str) -> Option<usize> {
        let same = |h: &str| h.trim().eq_ignore_ascii_case(column);
        self.header.iter().position(same)
    }

    fn required(&self, column: &'static str) -> Result<usize, GazetteerError> {
        self.at(column).ok_or_else(|| GazetteerError::Column {
            file: self.file.to_owned(),
            column,
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
    let bad = |line: u64, column: &str, reason: String| GazetteerError::Row {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        reason,
    };
    let header = reader
        .headers()
        .map_err(|e| bad(1, "", e.to_string()))?
        .clone();
    let columns = Columns { file, header };
    let (name, lat, lon) = (
        columns.required("name")?,
        columns.required("lat")?,
        columns.required("lon")?,
    );
    for row in reader.records() {
        let row = row.map_err(|e| {
            bad(
                e.position().map_or(0, csv::Position::line),
                "",
                e.to_string(),
            )
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|i| row.get(i)).map_or("", str::trim);
        let full = cell(Some(name));
        if key(full).is_empty() {
            return Err(bad(line, "name", "there is no name".to_owned()));
        }
        let number = |at: usize, column: &str, most: f64| {
            let given = cell(Some(at));
            let value: Option<f64> = given.parse().ok();
            value
                .filter(|v| v.is_finite() && v.abs() <= most)
                .ok_or_else(|| {
                    bad(
                        line,
                        column,
                        format!("`{given}` is no number of degrees from -{most} to {most}"),
                    )
                })
        };
        let level = match cell(columns.at("level")) {
            "" => PlaceLevel::Site,
            given => level_named(given).ok_or_else(|| {
                bad(
                    line,
                    "level",
                    format!(
                        "`{given}` is none of country, admin1, admin2, city, site, area, point"
                    ),
                )
            })?,
        };
        let radius = match cell(columns.at("radius_km")) {
            "" => 2.0,
            given => given
                .parse()
                .ok()
                .filter(|r: &f64| (0.0..=6_000.0).contains(r))
                .ok_or_else(|| {
                    bad(
                        line,
                        "radius_km",
                        format!("`{given}` is no number of kilometres up to 6000"),
                    )
                })?,
        };
        let country = cell(columns.at("country"));
        if !country
            .split('|')
            .all(|c| c.is_empty() || c.len() == 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
        {
            return Err(bad(
                line,
                "country",
                format!("`{country}` is no ISO 3166-1 code of two letters, such as IQ"),
            ));
        }
        let record = Record {
            geonames: 0,
            lat: number(lat, "lat", 90.0)?,
            lon: number(lon, "lon", 180.0)?,
            population: 0.0,
            radius: record::tenths(radius),
            name: 0,
            country: own.country_number(country),
            admin1: Own::division(gazetteer, cell(columns.at("admin1")), country),
            admin2: None,
            level,
            code: u8::MAX,
        };
        own.add(full, cell(columns.at("aliases")), record);
    }
    Ok(own)
}

impl Own {
    fn country_number(&mut self, country: &str) -> u16 {
        let at = self.countries.iter().position(|c| c == country);
        let at = at.unwrap_or_else(|| {
            self.countries.push(country.to_owned());
            self.countries.len() - 1
        });
        u16::MAX - u16::try_from(at).unwrap_or(0)
    }

    /// The number of a division that the gazetteer knows by its name.
    fn division(gazetteer: &Gazetteer, name: &str, country: &str) -> Option<u16> {
        gazetteer
            .bearers(&key(name))
            .into_iter()
            .find_map(|(index, kind)| {
                let record = gazetteer.record(index)?;
                let fits = record.level == PlaceLevel::Admin1
                    && kind != NameKind::Demonym
                    && gazetteer
                        .countries(&record)
                        .any(|c| country.is_empty() || c == country);
                fits.then_some(record.admin1)?
            })
    }
}
