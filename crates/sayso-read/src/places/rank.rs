//! Which place a name means: the bearers of each name weighed by what they are and by what else
//! the text names.
//!
//! All mentions of one name mean one place, unless the words behind a comma part them. Each bearer
//! gets a sum of weights (how many live there, its level, whether it is the name's own, the country
//! and division that the text speaks of, how near other places of the text are); a name's scores
//! are the shares of their exponentials. Three rounds, each with the picture that the round before
//! gave.

use std::collections::HashMap;

use sayso_reading::PlaceLevel;

use super::find::{Mention, Support};
use super::gazetteer::{Gazetteer, Index, NameKind, Record};

/// What the text around adds to a bearer; natural units of the exponent.
struct Weights {
    /// For each unit of the logarithm of its people.
    people: f64,
    country: f64,
    admin1: f64,
    area: f64,
    capital: f64,
    own_name: f64,
    /// The whole text speaks of its country, of its division.
    in_country: f64,
    in_division: f64,
    /// Another place of the text lies right there.
    near: f64,
    /// It lies where the words behind the comma say.
    contained: f64,
    /// "Anbar province": the word behind tells the level.
    told_level: f64,
    /// A division whose town has the same name.
    seat: f64,
    /// None of the bearers: the gazetteer lacks the place.
    none: f64,
}

/// Set by looking at places of the corpora's training parts.
const WEIGHTS: Weights = Weights {
    people: 0.45,
    country: 5.0,
    admin1: 2.0,
    area: 3.0,
    capital: 4.5,
    own_name: 2.0,
    in_country: 3.0,
    in_division: 3.5,
    near: 3.0,
    contained: 9.0,
    told_level: 3.0,
    seat: 4.0,
    none: 4.0,
};

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub index: Index,
    pub record: Record,
    /// The same without what the text around adds.
    prior: f64,
    /// Share of all that the name may mean.
    pub score: f64,
}

/// A name with all mentions that mean the same place.
pub(super) struct Group {
    pub mentions: Vec<usize>,
    pub candidates: Vec<Candidate>,
}

impl Group {
    /// The likeliest bearer, unless that none of them is meant is likelier.
    pub(super) fn best(&self) -> Option<&Candidate> {
        let rest: f64 = self.candidates.iter().map(|c| c.score).sum();
        let first = self.candidates.first()?;
        (first.score >= 1.0 - rest || rest == 0.0).then_some(first)
    }

    /// How sure its best bearer is; before the first round a name of one bearer tells most.
    fn sure(&self) -> f64 {
        let scored = self.best().map(|b| b.score).filter(|score| *score > 0.0);
        scored.unwrap_or_else(|| 1.0 / self.candidates.len().max(1) as f64)
    }

    /// What it adds to the picture of its text.
    fn weight(&self, mentions: &[Mention]) -> f64 {
        let first = self.mentions.first().and_then(|&m| mentions.get(m));
        let inside = first.is_some_and(|m| m.support == Support::Inside);
        let trusted = if inside { 0.5 } else { 1.0 };
        self.sure() * trusted * (1.0 + (self.mentions.len().max(1) as f64).ln())
    }
}

/// The mentions of a text by name, each name's bearers ranked, best first.
pub(super) fn ranked(
    gazetteer: &Gazetteer,
    mentions: &[Mention],
    levels: &[Option<PlaceLevel>],
) -> Vec<Group> {
    let mut groups = groups(gazetteer, mentions, levels);
    for _ in 0..3 {
        let picture = Picture::new(gazetteer, mentions, &groups);
        for (number, group) in groups.iter_mut().enumerate() {
            picture.weigh(gazetteer, number, group);
        }
    }
    groups
}

/// Groups the mentions by their names and containers.
fn groups(
    gazetteer: &Gazetteer,
    mentions: &[Mention],
    levels: &[Option<PlaceLevel>],
) -> Vec<Group> {
    // a name told with its container somewhere means the same where it stands alone
    let mut told: HashMap<&str, usize> = HashMap::new();
    for mention in mentions {
        if let Some(container) = mention.container {
            told.entry(&mention.key).or_insert(container);
        }
    }
    let mut numbers: HashMap<(&str, bool, Option<&str>), usize> = HashMap::new();
    let mut out: Vec<Group> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let demonym = mention.support == Support::Demonym;
        let told = told.get(mention.key.as_str()).copied();
        let container = mention.container.or(told).and_then(|c| mentions.get(c));
        let next = out.len();
        let number = *numbers
            .entry((&mention.key, demonym, container.map(|c| c.key.as_str())))
            .or_insert(next);
        if number == next {
            out.push(Group {
                mentions: Vec::new(),
                candidates: candidates(gazetteer, mention, container, levels[at]),
            });
        }
        out[number].mentions.push(at);
    }
    out
}

fn candidates(
    gazetteer: &Gazetteer,
    mention: &Mention,
    container: Option<&Mention>,
    level: Option<PlaceLevel>,
) -> Vec<Candidate> {
    let around: Vec<Record> = container.map_or_else(Vec::new, |c| {
        let records = c
            .bearers
            .iter()
            .filter(|(_, kind)| *kind != NameKind::Demonym);
        records
            .filter_map(|&(index, _)| gazetteer.record(index))
            .filter(|r| {
                matches!(
                    r.level,
                    PlaceLevel::Country | PlaceLevel::Admin1 | PlaceLevel::Admin2
                )
            })
            .collect()
    });
    let all: Vec<(Index, NameKind, Record)> = mention
        .bearers
        .iter()
        .filter_map(|&(index, kind)| Some((index, kind, gazetteer.record(index)?)))
        .collect();
    all.iter()
        .map(|&(index, kind, record)| {
            let mut prior = prior(gazetteer, index, &record, kind);
            if level.is_none() && has_seat(gazetteer, &record, &all) {
                prior -= WEIGHTS.seat;
            }
            if around.iter().any(|a| lies_in(gazetteer, &record, a)) {
                prior += WEIGHTS.contained;
            }
            if level == Some(record.level) {
                prior += WEIGHTS.told_level;
            }
            Candidate {
                index,
                record,
                prior,
                score: 0.0,
            }
        })
        .collect()
}

/// Whether a town of the same name lies in a division: "Mosul" is mostly the town. Where states
/// and provinces are spoken of by themselves it is not so.
fn has_seat(gazetteer: &Gazetteer, record: &Record, all: &[(Index, NameKind, Record)]) -> bool {
    let division = matches!(record.level, PlaceLevel::Admin1 | PlaceLevel::Admin2);
    division
        && !gazetteer
            .countries(record)
            .any(|c| matches!(c, "US" | "CA" | "AU"))
        && all.iter().any(|(_, _, town)| {
            town.level == PlaceLevel::City
                && town.admin1 == record.admin1
                && town.country == record.country
        })
}

fn prior(gazetteer: &Gazetteer, index: Index, record: &Record, kind: NameKind) -> f64 {
    let w = &WEIGHTS;
    let level = match record.level {
        PlaceLevel::Country => w.country,
        PlaceLevel::Admin1 => w.admin1,
        PlaceLevel::Area => w.area,
        PlaceLevel::City if gazetteer.code(record) == "PPLC" => w.capital,
        _ => 0.0,
    };
    let named = if kind == NameKind::Main {
        w.own_name
    } else {
        0.0
    };
    let people = if record.population > 0.0 {
        record.population
    } else {
        6.0
    };
    let users = if gazetteer.is_own(index) { 20.0 } else { 0.0 };
    w.people * people + level + named + users
}

/// Whether a place lies in a country or division.
fn lies_in(gazetteer: &Gazetteer, record: &Record, around: &Record) -> bool {
    let same_country = || {
        let all: Vec<&str> = gazetteer.countries(around).collect();
        gazetteer.countries(record).any(|c| all.contains(&c))
    };
    match around.level {
        PlaceLevel::Country => record.level != PlaceLevel::Country && same_country(),
        PlaceLevel::Admin1 => {
            record.level != PlaceLevel::Admin1
                && around.admin1.is_some()
                && record.admin1 == around.admin1
        }
        PlaceLevel::Admin2 => around.admin2.is_some() && record.admin2 == around.admin2,
        _ => false,
    }
}

/// What a text speaks of, as far as the last round told.
struct Picture {
    /// Shares of the text's places, by country and by first division.
    countries: HashMap<String, f64>,
    divisions: HashMap<u16, f64>,
    /// The best bearer of each group: its number, latitude, longitude, weight.
    points: Vec<(usize, f64, f64, f64)>,
    total: f64,
    /// What each group put into it.
    weights: Vec<f64>,
}

/// Kilometres at which another place counts for half.
const NEAR: f64 = 80.0;
/// Groups before and behind that are looked at.
const REACH: usize = 40;

impl Picture {
    fn new(gazetteer: &Gazetteer, mentions: &[Mention], groups: &[Group]) -> Self {
        let mut out = Self {
            countries: HashMap::new(),
            divisions: HashMap::new(),
            points: Vec::new(),
            total: 0.0,
            weights: vec![0.0; groups.len()],
        };
        for (number, group) in groups.iter().enumerate() {
            let Some(best) = group.best() else { continue };
            let weight = group.weight(mentions);
            out.weights[number] = weight;
            out.total += weight;
            for country in gazetteer.countries(&best.record) {
                *out.countries.entry(country.to_owned()).or_default() += weight;
            }
            if let Some(division) = best.record.admin1 {
                *out.divisions.entry(division).or_default() += weight;
            }
            if matches!(
                best.record.level,
                PlaceLevel::City | PlaceLevel::Admin2 | PlaceLevel::Site | PlaceLevel::Point
            ) {
                out.points
                    .push((number, best.record.lat, best.record.lon, group.sure()));
            }
        }
        out
    }

    fn weigh(&self, gazetteer: &Gazetteer, number: usize, group: &mut Group) {
        if group.candidates.is_empty() {
            return;
        }
        let own_index = group.best().map_or(Index::MAX, |b| b.index);
        let own_weight = self.weights[number];
        let around = self.around(number);
        let mut sums: Vec<f64> = Vec::with_capacity(group.candidates.len());
        for c in &group.candidates {
            // what the name itself put into the picture is no evidence for it
            let own = if c.index == own_index {
                own_weight
            } else {
                0.0
            };
            let rest = (self.total - own_weight).max(0.5);
            let country = gazetteer
                .countries(&c.record)
                .filter_map(|c| self.countries.get(c))
                .fold(0.0, |most: f64, w| most.max(w - own));
            let division = c.record.admin1.and_then(|d| self.divisions.get(&d));
            let division = division.map_or(0.0, |w| w - own);
            let near: f64 = around
                .iter()
                .map(|&(lat, lon, weight)| {
                    weight
                        / (1.0
                            + (distance((c.record.lat, c.record.lon), (lat, lon)) / NEAR).powi(2))
                })
                .sum();
            sums.push(
                c.prior
                    + WEIGHTS.in_country * (country / rest).clamp(0.0, 1.0)
                    + WEIGHTS.in_division * (division / rest).clamp(0.0, 1.0).sqrt()
                    + WEIGHTS.near * (1.0 + near).ln(),
            );
        }
        let most = sums.iter().copied().fold(WEIGHTS.none, f64::max);
        let none = (WEIGHTS.none - most).exp();
        let total: f64 = none + sums.iter().map(|s| (s - most).exp()).sum::<f64>();
        for (candidate, sum) in group.candidates.iter_mut().zip(&sums) {
            candidate.score = (sum - most).exp() / total;
        }
        group
            .candidates
            .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.index.cmp(&b.index)));
    }

    /// Points of other names near a group in the text.
    fn around(&self, number: usize) -> Vec<(f64, f64, f64)> {
        let here = self.points.partition_point(|(n, ..)| *n < number);
        let from = here.saturating_sub(REACH);
        let to = (here + REACH).min(self.points.len());
        self.points[from..to]
            .iter()
            .filter(|(n, ..)| *n != number)
            .map(|&(_, lat, lon, weight)| (lat, lon, weight))
            .collect()
    }
}

/// Kilometres between two points (degrees north and east) on a sphere: the haversine.
fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    /// Twice the earth's mean radius.
    const DIAMETER: f64 = 12_742.0;
    let (north, south) = (from.0.to_radians(), to.0.to_radians());
    let along = (to.1 - from.1).to_radians();
    let half_chord = ((south - north) / 2.0).sin().powi(2)
        + north.cos() * south.cos() * (along / 2.0).sin().powi(2);
    DIAMETER * half_chord.sqrt().min(1.0).asin()
}
