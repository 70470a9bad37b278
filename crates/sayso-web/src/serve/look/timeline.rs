//! What happened when: a row each, its uncertainty as long as it is.

use maud::{Markup, html};
use sayso_reading::Edtf;

use super::parts;

/// Rows at most; a longer one is no picture any more.
const ROWS: usize = 40;
const WIDTH: i64 = 1000;
const ROW: i64 = 22;

/// Something in time.
pub(crate) struct Bar<'c> {
    pub words: &'c str,
    pub link: String,
    pub first: &'c str,
    pub last: &'c str,
    /// When it was told first.
    pub told: Option<&'c str>,
    pub is_disputed: bool,
}

/// The picture, and under each row its words; nothing where nothing has a time.
pub(crate) fn timeline(bars: &[Bar]) -> Markup {
    let placed: Vec<(&Bar, i64, i64)> = bars
        .iter()
        .filter_map(|bar| Some((bar, day_number(bar.first)?, day_number(bar.last)?)))
        .take(ROWS)
        .collect();
    let told = placed.iter().filter_map(|(bar, ..)| day_number(bar.told?));
    let days = placed
        .iter()
        .flat_map(|(_, first, last)| [*first, *last])
        .chain(told);
    let (mut least, mut most) = (i64::MAX, i64::MIN);
    for day in days {
        least = least.min(day);
        most = most.max(day);
    }
    let is_one_day = least == most;
    html! {
        @if !placed.is_empty() {
            section.timeline aria-labelledby="when" {
                h2 #when { "When it is said to have happened" }
                // of a single day there is nothing to draw
                @if !is_one_day { p.meta { "A tick is a known day, a bar as long as what is left open, a hollow mark the day of the first report." } }
                ol {
                    @for (bar, first, last) in &placed {
                        li {
                            @if !is_one_day { (picture(bar, (*first, *last), (least, most))) }
                            a href=(bar.link) { bdi { (bar.words) } }
                            " " span.meta { (parts::stretch(bar.first, bar.last)) }
                        }
                    }
                }
                @if bars.len() > placed.len() { p.meta { (bars.len() - placed.len()) " more have no time, or no room here." } }
            }
        }
    }
}

fn picture(bar: &Bar, days: (i64, i64), (least, most): (i64, i64)) -> Markup {
    let span = (most - least).max(1);
    let at = |day: i64| (day - least) * (WIDTH - 20) / span + 10;
    let (from, to) = (at(days.0), at(days.1).max(at(days.0)));
    let middle = ROW / 2;
    let view = format!("0 0 {WIDTH} {ROW}");
    html! {
        svg viewBox=(view) preserveAspectRatio="none" aria-hidden="true" class=[bar.is_disputed.then_some("disputed")] {
            line.base x1="0" y1=(middle) x2=(WIDTH) y2=(middle) {}
            @if to - from < 4 {
                rect.tick x=(from - 2) y="2" width="4" height=(ROW - 4) {}
            } @else {
                rect.bar x=(from) y="7" width=(to - from) height=(ROW - 14) {}
            }
            @if let Some(day) = bar.told.and_then(day_number) {
                rect.told x=(at(day) - 4) y="7" width="8" height=(ROW - 14) {}
            }
        }
    }
}

/// A day, counted; of a longer stretch the first.
pub(crate) fn day_number(written: &str) -> Option<i64> {
    let day = written.get(..10).unwrap_or(written).parse::<Edtf>().ok()?;
    let (year, month, day) = day.earliest()?.date();
    let date =
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    let since = jiff::civil::date(1, 1, 1).until(date).ok()?;
    Some(i64::from(since.get_days()))
}
