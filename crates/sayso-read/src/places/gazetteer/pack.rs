//! From the table of places that `train/gazetteer.py` writes to the file that is mapped.

use std::collections::{BTreeMap, HashMap};

use fst::MapBuilder;
use sayso_reading::PlaceLevel;
use sha2::{Digest, Sha256};

use super::key::{key, transliterated, without_article};
use super::record::{Record, SIZE, tenths};
use super::{GazetteerError, Header, Index, LOOSE, MAGIC, NameKind, hex, level_named};

/// Bearers of one name that are kept, the best known first.
const MOST: usize = 60;
/// Countries whose names come from Arabic, Persian and their neighbours.
const TRANSLITERATED: &[&str] = &[
    "IQ", "SY", "IR", "JO", "LB", "IL", "PS", "YE", "SA", "KW", "QA", "BH", "AE", "OM", "EG", "LY",
    "SD", "AF", "PK", "DZ", "TN", "MA",
];

/// Packs a table of places; the columns are those of `train/gazetteer.py`.
///
/// # Errors
/// [`GazetteerError::Row`] for a line that is no place.
pub fn pack(table: &str, file: &str) -> Result<Vec<u8>, GazetteerError> {
    let mut packer = Packer::default();
    for (number, line) in table.lines().enumerate() {
        packer
            .add(line)
            .map_err(|(column, reason)| GazetteerError::Row {
                file: file.to_owned(),
                line: number as u64 + 1,
                column: column.to_owned(),
                reason,
            })?;
    }
    packer.finish().map_err(|e| GazetteerError::Damaged {
        origin: file.to_owned(),
        what: e.to_string(),
    })
}

#[derive(Default)]
struct Packer {
    records: Vec<Record>,
    names: Vec<u8>,
    keys: BTreeMap<String, Vec<(Index, NameKind)>>,
    countries: Texts,
    codes: Texts,
    /// Country and codes of a division, to its number among them.
    divisions: HashMap<String, u16>,
    /// The place that each division is.
    division_places: Vec<Option<Index>>,
}

/// Texts by numbers.
#[derive(Default)]
struct Texts {
    all: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u16 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.all.len() as u16;
        self.all.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

type Bad = (&'static str, String);

impl Packer {
    fn add(&mut self, line: &str) -> Result<(), Bad> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [
            number,
            name,
            lat,
            lon,
            level,
            code,
            country,
            admin1,
            admin2,
            population,
            radius,
            others,
        ] = fields[..]
        else {
            return Err(("", format!("{} columns instead of 12", fields.len())));
        };
        let index = self.records.len() as Index;
        let level = level_named(level).ok_or_else(|| ("level", format!("no level `{level}`")))?;
        let first = self.division(country, admin1, "", admin1);
        let second = self.division(country, admin1, admin2, admin2);
        let own = match level {
            PlaceLevel::Admin1 => first,
            PlaceLevel::Admin2 => second,
            _ => None,
        };
        if let Some(slot) = own.and_then(|n| self.division_places.get_mut(usize::from(n))) {
            slot.get_or_insert(index);
        }
        let record = Record {
            geonames: parsed("number", number)?,
            lat: parsed("latitude", lat)?,
            lon: parsed("longitude", lon)?,
            population: parsed::<f64>("population", population)?.ln_1p(),
            radius: tenths(parsed("radius", radius)?),
            name: self.names.len() as u32,
            country: self.countries.number(country),
            admin1: first,
            admin2: second,
            level,
            code: self.codes.number(code) as u8,
        };
        self.records.push(record);
        let short: String = name.chars().take(60).collect();
        self.names.push(short.len() as u8);
        self.names.extend(short.as_bytes());
        self.name(index, country, name, NameKind::Main);
        for other in others.split('|').filter(|o| !o.is_empty()) {
            let (kind, other) = match other.split_at_checked(1).unwrap_or(("", other)) {
                (",", rest) => (NameKind::BehindComma, rest),
                ("~", rest) => (NameKind::Demonym, rest),
                ("=", rest) => (NameKind::Main, rest),
                _ => (NameKind::Other, other),
            };
            self.name(index, country, other, kind);
        }
        Ok(())
    }

    /// The number of a division; made where it is new.
    fn division(&mut self, country: &str, admin1: &str, admin2: &str, asked: &str) -> Option<u16> {
        if asked.is_empty() {
            return None;
        }
        let next = self.division_places.len() as u16;
        let name = format!("{country}.{admin1}.{admin2}");
        let number = *self.divisions.entry(name).or_insert(next);
        if number == next {
            self.division_places.push(None);
        }
        Some(number)
    }

    fn name(&mut self, index: Index, country: &str, name: &str, kind: NameKind) {
        let key = key(name);
        if key.len() < 2 {
            return;
        }
        let arabic = TRANSLITERATED.contains(&country) && name.is_ascii() || kind == NameKind::Main;
        if TRANSLITERATED.contains(&country) && matches!(kind, NameKind::Main | NameKind::Other) {
            if let Some(rest) = without_article(&key) {
                self.bearer(rest.to_owned(), index, NameKind::Other);
            }
            if let Some(loose) = transliterated(&key).filter(|_| arabic) {
                self.bearer(format!("{LOOSE}{loose}"), index, NameKind::Other);
            }
        }
        self.bearer(key, index, kind);
    }

    fn bearer(&mut self, key: String, index: Index, kind: NameKind) {
        let all = self.keys.entry(key).or_default();
        match all.iter_mut().find(|(i, _)| *i == index) {
            Some((_, known)) => *known = kind.min(*known),
            None => all.push((index, kind)),
        }
    }

    fn finish(mut self) -> Result<Vec<u8>, fst::Error> {
        let mut bearers: Vec<u8> = Vec::new();
        let mut keys = MapBuilder::memory();
        for (key, all) in &mut self.keys {
            all.sort_by(|a, b| {
                let known = |(index, _): &(Index, NameKind)| {
                    let record = &self.records[*index as usize];
                    let rank = match record.level {
                        PlaceLevel::Country => 30.0,
                        PlaceLevel::Admin1 | PlaceLevel::Area => 14.0,
                        PlaceLevel::Site => 8.0,
                        _ => 0.0,
                    };
                    record.population.max(rank)
                };
                known(b).total_cmp(&known(a)).then(a.0.cmp(&b.0))
            });
            all.truncate(MOST);
            let packed = |(index, kind): (Index, NameKind)| index << 2 | kind as u32;
            let value = if let [one] = all[..] {
                u64::from(packed(one)) << 1
            } else {
                let start = (bearers.len() / 4) as u64;
                bearers.extend(all.iter().flat_map(|&b| packed(b).to_le_bytes()));
                start << 17 | (all.len() as u64) << 1 | 1
            };
            keys.insert(key, value)?;
        }
        let keys = keys.into_inner()?;
        let mut body = keys.clone();
        body.extend(&bearers);
        body.reserve(self.records.len() * SIZE + self.names.len());
        for record in &self.records {
            record.write(&mut body);
        }
        for place in &self.division_places {
            body.extend(place.unwrap_or(Index::MAX).to_le_bytes());
        }
        body.extend(&self.names);
        let header = Header {
            digest: hex(&Sha256::digest(&body)),
            places: self.records.len(),
            keys: keys.len(),
            bearers: bearers.len(),
            divisions: self.division_places.len(),
            countries: self.countries.all,
            codes: self.codes.all,
        };
        let header = serde_json::to_vec(&header).unwrap_or_default();
        let mut out = MAGIC.to_vec();
        out.extend((header.len() as u32).to_le_bytes());
        out.extend(header);
        out.extend(body);
        Ok(out)
    }
}

fn parsed<T: std::str::FromStr>(column: &'static str, given: &str) -> Result<T, Bad> {
    given
        .parse()
        .map_err(|_| (column, format!("`{given}` is no number")))
}
