//! One event mention with all that the reading tells of it.

use sayso_read::sentence_around;
use sayso_reading::{
    Attribution, EventMention, Figure, FigureKind, Participant, Place, PlaceLevel, Reading, Time,
};

use super::cell::Cell;
use super::countries::{Country, country};
use crate::output::rows::{entity_name, hop_words, one_line, words};

/// Characters of a sentence that are shown; longer ones are no sentences.
const LONGEST: usize = 1200;

/// An event mention in its reading.
#[derive(Clone, Copy)]
pub(crate) struct Told<'r> {
    pub reading: &'r Reading,
    pub event: &'r EventMention,
    pub place: Option<&'r Place>,
    pub time: Option<&'r Time>,
    pub within: Option<&'r Attribution>,
    /// How many documents tell of the event, where that was counted.
    pub reports: Option<usize>,
}

impl<'r> Told<'r> {
    /// A mention by its id in a reading.
    pub(crate) fn find(reading: &'r Reading, local: &str) -> Option<Self> {
        let event = reading.events.iter().find(|e| e.id.to_string() == local)?;
        Some(Self {
            reading,
            event,
            place: reading.places.iter().find(|p| Some(p.id) == event.place),
            time: reading.times.iter().find(|t| Some(t.id) == event.time),
            within: reading
                .attributions
                .iter()
                .find(|a| Some(a.id) == event.within),
            reports: None,
        })
    }

    pub(crate) fn text(&self) -> &'r str {
        self.reading.document.text()
    }

    /// The words that name the act.
    pub(crate) fn trigger(&self) -> String {
        words(self.text(), &self.event.trigger.spans).unwrap_or_default()
    }

    /// The sentence that they stand in.
    pub(crate) fn sentence(&self) -> String {
        let at = self
            .event
            .trigger
            .spans
            .hull()
            .map_or(0, |hull| hull.start());
        let around = sentence_around(self.text(), at);
        let sentence = one_line(self.text().get(around).unwrap_or_default());
        match sentence.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", sentence.get(..end).unwrap_or_default()),
            None => sentence,
        }
    }

    /// Names, or where somebody has none, the words for them.
    pub(crate) fn names(&self, of: &[Participant]) -> Vec<String> {
        of.iter()
            .filter_map(|p| {
                let named = p.entity.and_then(|id| entity_name(self.reading, id));
                named.map(one_line).or_else(|| words(self.text(), &p.spans))
            })
            .collect()
    }

    /// The words for them as they stand in the text.
    pub(crate) fn raw(&self, of: &[Participant]) -> Vec<String> {
        of.iter()
            .filter_map(|p| words(self.text(), &p.spans))
            .collect()
    }

    /// The names of those who have one.
    pub(crate) fn named(&self, of: &[Participant]) -> Vec<String> {
        of.iter()
            .filter_map(|p| entity_name(self.reading, p.entity?).map(one_line))
            .collect()
    }

    /// The figures of a kind that belong to it.
    pub(crate) fn figures(&self, kind: FigureKind) -> Vec<&'r Figure> {
        self.reading
            .figures
            .iter()
            .filter(|f| f.kind == kind && self.event.figures.contains(&f.id))
            .collect()
    }

    /// All figures of people in words, with what they count.
    pub(crate) fn toll(&self) -> Vec<String> {
        let of_people = [
            FigureKind::Killed,
            FigureKind::Injured,
            FigureKind::Arrested,
            FigureKind::Captured,
            FigureKind::Displaced,
        ];
        let told = of_people.into_iter().flat_map(|kind| {
            let each = self.figures(kind).into_iter();
            each.filter_map(move |f| {
                let words = words(self.text(), &f.spans)?;
                Some(format!("{}: {words}", kind.as_str()))
            })
        });
        told.collect()
    }

    /// What comes from the figures of a kind by a rule: one number, where all of them come to it.
    pub(crate) fn one_number(
        &self,
        kind: FigureKind,
        rule: impl Fn(&Figure) -> Option<u64>,
    ) -> Cell {
        let figures = self.figures(kind);
        let mut numbers: Vec<Option<u64>> = figures.iter().map(|f| rule(f)).collect();
        numbers.dedup();
        match numbers.as_slice() {
            [] => Cell::Unknown,
            [Some(number)] => Cell::Filled(number.to_string()),
            _ => Cell::Coder,
        }
    }

    /// Who says so: the source of the attribution that it stands in.
    pub(crate) fn said_by(&self) -> Option<String> {
        let source = &self.within?.source;
        let named = source
            .entity
            .and_then(|id| entity_name(self.reading, id))
            .map(one_line);
        named.or_else(|| words(self.text(), &source.spans))
    }

    /// Where that comes from: the last hop.
    pub(crate) fn origin(&self) -> Option<String> {
        let within = self.within?;
        let last = within.chain.last().map(|hop| hop_words(self.text(), hop));
        last.or_else(|| self.said_by())
    }

    /// The first and the last day on which it can have been.
    pub(crate) fn days(&self) -> Option<[String; 2]> {
        let time = self.time?;
        let written = |(year, month, day): (i16, u8, u8)| format!("{year:04}-{month:02}-{day:02}");
        Some([written(time.earliest?.date()), written(time.latest?.date())])
    }

    /// The day, where the text tells it; a stretch of time is for the coder to place.
    pub(crate) fn day(&self) -> Cell {
        match (self.days(), self.time) {
            (Some([first, last]), _) if first == last => Cell::Filled(first),
            (None, None) => Cell::Unknown,
            _ => Cell::Coder,
        }
    }

    /// The year, where all days that it can have been on are in one.
    pub(crate) fn year(&self) -> Cell {
        let year = self.time.and_then(|time| {
            let (first, last) = (time.earliest?.date().0, time.latest?.date().0);
            (first == last).then_some(first)
        });
        match (year, self.time) {
            (Some(year), _) => Cell::Filled(year.to_string()),
            (None, None) => Cell::Unknown,
            (None, Some(_)) => Cell::Coder,
        }
    }

    /// The country that its place lies in.
    pub(crate) fn country(&self) -> Option<&'static Country> {
        country(self.place?.country.as_deref()?)
    }

    /// The name of its place, where that is of a level.
    pub(crate) fn at_level(&self, level: PlaceLevel) -> Option<&'r str> {
        self.place
            .filter(|p| p.level == Some(level))
            .map(|p| p.name.as_str())
    }

    /// The first division that it lies in, or is.
    pub(crate) fn admin1(&self) -> Option<&'r str> {
        let given = self.place.and_then(|p| p.admin1.as_deref());
        given.or_else(|| self.at_level(PlaceLevel::Admin1))
    }
}

/// Degrees with no more digits than the gazetteer has.
pub(crate) fn degrees(value: Option<f64>) -> Option<String> {
    let written = format!("{:.4}", value?);
    Some(
        written
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
    )
}
