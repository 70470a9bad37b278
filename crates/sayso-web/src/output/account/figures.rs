//! Figures in words.

use sayso_reading::{Amount, AttributionId, Figure, FigureKind, FigureRule, Reading, TimeId};

use super::{Line, Mention, closed_up, times};
use crate::output::glyphs::Glyphs;
use crate::output::labels::grouped;
use crate::output::rows::{NO_SOURCE, entity_name, one_line, words};

/// From here on all digits of a number would say more than is known.
const LONG: f64 = 1e15;

/// A line for each figure, those with a kind before others, else in text order.
pub(super) fn lines(reading: &Reading, glyphs: Glyphs) -> Vec<Line> {
    let mut figures: Vec<_> = reading.figures.iter().collect();
    figures.sort_by_key(|figure| figure.kind == FigureKind::Other);
    let figures = figures.into_iter();
    figures
        .map(|figure| line(reading, figure, glyphs))
        .collect()
}

fn line(reading: &Reading, figure: &Figure, glyphs: Glyphs) -> Line {
    let text = reading.document.text();
    let counted = figure.counts.iter().flat_map(|counts| counts.spans.iter());
    let all = closed_up(text, figure.spans.iter().chain(counted).copied());
    let kind = Some(figure.kind).filter(|kind| *kind != FigureKind::Other);
    let kind = kind.map(|kind| kind.to_string());
    let time = figure.time.and_then(|id| time(reading, id, glyphs));
    let whose = figure.within.map(|id| whose(reading, id));
    Line {
        name: words(text, &all).unwrap_or_else(|| value(figure, glyphs)),
        value: value(figure, glyphs),
        more: [kind, time, whose].into_iter().flatten().collect(),
        doubtful: false,
        mentions: vec![Mention {
            id: figure.id.into(),
            spans: figure.spans.clone(),
        }],
    }
}

/// The time that a figure or an event holds for: its date, or its words where it has none.
pub(super) fn time(reading: &Reading, id: TimeId, glyphs: Glyphs) -> Option<String> {
    let time = reading.times.iter().find(|time| time.id == id)?;
    let dated = time.earliest.is_some() || time.latest.is_some();
    Some(if dated {
        times::value(time, glyphs)
    } else {
        format!("“{}”", one_line(&time.text))
    })
}

/// The attribution that a figure stands in, and its source.
pub(super) fn whose(reading: &Reading, id: AttributionId) -> String {
    let found = reading.attributions.iter().find(|a| a.id == id);
    let Some(source) = found.map(|attribution| &attribution.source) else {
        return id.to_string();
    };
    let name = source.entity.and_then(|id| entity_name(reading, id));
    let name = name.map(one_line);
    let name = name.or_else(|| words(reading.document.text(), &source.spans));
    format!("{id} {}", name.as_deref().unwrap_or(NO_SOURCE))
}

/// The numbers with their unit, and in brackets how the words bound them.
pub fn value(figure: &Figure, glyphs: Glyphs) -> String {
    let low = number(figure.low);
    let numbers = match figure.high {
        Some(high) if high == figure.low => low,
        Some(high) => format!("{low}{}{}", glyphs.dash, number(high)),
        None => format!("{low} or more"),
    };
    let rule = Some(figure.rule).filter(|rule| *rule != FigureRule::Exact);
    let rule = rule.map(|rule| format!("({})", rule.as_str().replace('_', " ")));
    let unit = figure.unit.as_deref().map(one_line);
    let parts = [Some(numbers), unit, rule].into_iter().flatten();
    parts.collect::<Vec<_>>().join(" ")
}

/// A number with commas between the thousands.
fn number(amount: Amount) -> String {
    let number = amount.get();
    if number.abs() >= LONG {
        return format!("{number:e}");
    }
    let written = amount.to_string();
    let (whole, rest) = written.split_at(written.find('.').unwrap_or(written.len()));
    match whole.parse::<usize>() {
        Ok(whole) => format!("{}{rest}", grouped(whole)),
        // less than nothing
        Err(_) => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::glyphs::{ASCII, UNICODE};
    use sayso_reading::{FigureId, Spans};

    fn figure(low: f64, high: Option<f64>, rule: FigureRule, unit: Option<&str>) -> Figure {
        Figure {
            id: FigureId::new(1),
            spans: Spans::none(),
            kind: FigureKind::Other,
            low: Amount::new(low).unwrap(),
            high: high.map(|high| Amount::new(high).unwrap()),
            rule,
            unit: unit.map(str::to_owned),
            counts: None,
            time: None,
            within: None,
        }
    }

    #[test]
    fn numbers_are_bounds_with_the_rule_that_made_them() {
        let told = |low, high, rule, unit| value(&figure(low, high, rule, unit), UNICODE);
        assert_eq!(told(3.0, Some(3.0), FigureRule::Exact, None), "3");
        assert_eq!(
            told(2.5e6, Some(2.5e6), FigureRule::Exact, Some("USD")),
            "2,500,000 USD"
        );
        assert_eq!(
            told(12.0, None, FigureRule::AtLeast, None),
            "12 or more (at least)"
        );
        assert_eq!(
            told(810.0, Some(990.0), FigureRule::About, None),
            "810–990 (about)"
        );
        assert_eq!(
            told(-1.5, Some(1234.5), FigureRule::Range, None),
            "-1.5–1,234.5 (range)"
        );
        assert_eq!(
            told(1e300, None, FigureRule::Vague, None),
            "1e300 or more (vague)"
        );
        let ascii = value(&figure(1.0, Some(2.0), FigureRule::Range, None), ASCII);
        assert_eq!(ascii, "1-2 (range)");
    }
}
