//! Times in words.

use sayso_reading::{Moment, Reading, Time, TimeFrom, TimeKind};

use super::{Line, Mention, together};
use crate::output::glyphs::Glyphs;
use crate::output::rows::one_line;

/// A line for each time that is told in the same words: dates by their order, then lengths, then
/// what cannot be placed.
pub(super) fn lines(reading: &Reading, glyphs: Glyphs) -> Vec<Line> {
    let key = |time: &Time| {
        let words = one_line(&time.text).to_lowercase();
        (value(time, glyphs), time.kind, words)
    };
    let mut groups = together(&reading.times, key);
    groups.sort_by_key(|group| group.first().map(|time| rank(time)));
    let groups = groups.into_iter();
    groups.filter_map(|group| line(&group, glyphs)).collect()
}

fn line(mentions: &[&Time], glyphs: Glyphs) -> Option<Line> {
    let time = mentions.first()?;
    let count = mentions.len();
    let kind = matches!(time.kind, TimeKind::Duration | TimeKind::Set);
    let kind = kind.then(|| time.kind.to_string());
    let count = (count > 1).then(|| format!("{count}{}", glyphs.by));
    let mentions = mentions.iter().map(|time| Mention {
        id: time.id.into(),
        spans: time.spans.clone(),
    });
    Some(Line {
        name: one_line(&time.text),
        value: value(time, glyphs),
        more: kind.into_iter().chain(count).collect(),
        doubtful: false,
        mentions: mentions.collect(),
    })
}

/// Dates first, by their first day; then lengths; then what is relative; then vague words.
fn rank(time: &Time) -> (u8, Option<Key>, Option<Key>) {
    let class = match (time.earliest.or(time.latest), &time.duration, time.from) {
        (Some(_), ..) => 0,
        (None, Some(_), _) => 1,
        (None, None, TimeFrom::Unknown) => 2,
        (None, None, _) => 3,
    };
    (class, time.earliest.map(key), time.latest.map(key))
}

/// What moments are ordered by.
type Key = ((i16, u8, u8), Option<(u8, u8)>);

const fn key(moment: Moment) -> Key {
    (moment.date(), moment.time())
}

/// What a time comes to: its date, its bounds where they say more than the date, its length;
/// else that it is relative to a day that is not known, or vague.
pub fn value(time: &Time, glyphs: Glyphs) -> String {
    let edtf = time.edtf.as_ref();
    let own = edtf.map(|edtf| (edtf.earliest(), edtf.latest()));
    let date = match edtf {
        Some(edtf) if own == Some((time.earliest, time.latest)) => Some(edtf.to_string()),
        _ => bounds(time, glyphs).or_else(|| edtf.map(ToString::to_string)),
    };
    let relative = time.from == TimeFrom::Unknown;
    let date = date.or_else(|| relative.then(|| "relative".to_owned()));
    let length = time.duration.as_ref().map(ToString::to_string);
    let parts: Vec<_> = date.into_iter().chain(length).collect();
    if parts.is_empty() {
        "vague".to_owned()
    } else {
        parts.join(", ")
    }
}

/// The first and the last moment that a time can mean; none where neither is known.
pub fn bounds(time: &Time, glyphs: Glyphs) -> Option<String> {
    let dash = glyphs.dash;
    let said = |moment: Moment| moment.to_string().replace('T', " ");
    Some(match (time.earliest, time.latest) {
        (None, None) => return None,
        (Some(first), None) => format!("from {}", said(first)),
        (None, Some(last)) => format!("until {}", said(last)),
        (Some(first), Some(last)) if first == last => said(first),
        (Some(first), Some(last)) => match last.time() {
            Some((hour, minute)) if first.date() == last.date() => {
                format!("{}{dash}{hour:02}:{minute:02}", said(first))
            }
            _ => format!("{} {dash} {}", said(first), said(last)),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::glyphs::{ASCII, UNICODE};
    use sayso_reading::{Spans, TimeId};

    fn time(
        edtf: Option<&str>,
        bounds: (Option<&str>, Option<&str>),
        duration: Option<&str>,
    ) -> Time {
        Time {
            id: TimeId::new(1),
            spans: Spans::none(),
            kind: TimeKind::Date,
            edtf: edtf.map(|edtf| edtf.parse().unwrap()),
            earliest: bounds.0.map(|moment| moment.parse().unwrap()),
            latest: bounds.1.map(|moment| moment.parse().unwrap()),
            duration: duration.map(|length| length.parse().unwrap()),
            from: TimeFrom::Text,
            text: String::new(),
        }
    }

    #[test]
    fn a_date_is_shown_and_bounds_where_they_say_more() {
        let told = |edtf, first, last| value(&time(edtf, (first, last), None), UNICODE);
        let month = told(Some("2020-11"), Some("2020-11-01"), Some("2020-11-30"));
        assert_eq!(month, "2020-11");
        let evening = told(
            Some("2020-11-05"),
            Some("2020-11-05T18:00"),
            Some("2020-11-05T23:59"),
        );
        assert_eq!(evening, "2020-11-05 18:00–23:59");
        let six = Some("2020-11-05T18:00");
        assert_eq!(told(Some("2020-11-05"), six, six), "2020-11-05 18:00");
        let early = told(Some("2020-11"), Some("2020-11-01"), Some("2020-11-10"));
        assert_eq!(early, "2020-11-01 – 2020-11-10");
        assert_eq!(told(None, Some("2020-11-01"), None), "from 2020-11-01");
        assert_eq!(told(None, None, Some("2020-11-01")), "until 2020-11-01");
        assert_eq!(told(None, None, None), "vague");
    }

    #[test]
    fn lengths_and_what_cannot_be_placed_are_words() {
        let mut weeks = time(None, (None, None), Some("P2W"));
        assert_eq!(value(&weeks, ASCII), "P2W");
        weeks.from = TimeFrom::Unknown;
        assert_eq!(value(&weeks, ASCII), "relative, P2W");
    }
}
