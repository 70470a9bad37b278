//! The ledger of figures: a step plot, and the table that it draws.

use std::fmt::Write as _;

use maud::{Markup, html};
use sayso_link::Figure;

use super::parts;
use super::timeline::day_number;
use crate::output::labels::grouped;
use crate::serve::links;

const WIDTH: i64 = 640;
const HEIGHT: i64 = 180;
const LEFT: i64 = 48;
const BOTTOM: i64 = 24;

/// The figures of a claim, a plot and a table for each kind.
pub(crate) fn ledger(figures: &[Figure], title: impl Fn(&str) -> String) -> Markup {
    let mut kinds: Vec<&str> = Vec::new();
    for figure in figures {
        if !kinds.contains(&figure.kind.as_str()) {
            kinds.push(&figure.kind);
        }
    }
    html! {
        @if !figures.is_empty() {
            section aria-labelledby="figures" {
                h2 #figures { "Figures" }
                @for kind in kinds {
                    @let of: Vec<&Figure> = figures.iter().filter(|f| f.kind == kind).collect();
                    (plot(kind, &of))
                    table.figures {
                        caption { (parts::capital(kind)) }
                        thead { tr { th scope="col" { "How many" } th scope="col" { "In words" } th scope="col" { "Whose" } th scope="col" { "As of" } th scope="col" { "In" } } }
                        tbody {
                            @for figure in of {
                                tr.superseded[figure.superseded_by.is_some()] {
                                    td { (range(figure)) }
                                    td { bdi { (figure.words) } }
                                    td { bdi { (figure.whose) } }
                                    td { @match &figure.as_of { Some(at) => (parts::day(at)), None => "day unknown" } }
                                    td {
                                        a href=(links::within(&figure.document, &figure.figure)) { bdi { (title(&figure.document)) } }
                                        @if let Some(by) = &figure.superseded_by { span.meta { " superseded in " bdi { (title(by)) } } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn range(figure: &Figure) -> String {
    match figure.high {
        Some(high) if (high - figure.low).abs() < 0.5 => number(figure.low),
        Some(high) => format!("{}–{}", number(figure.low), number(high)),
        None => format!("{} or more", number(figure.low)),
    }
}

fn number(n: f64) -> String {
    if n.fract() == 0.0 && n >= 0.0 {
        grouped(whole(n))
    } else {
        n.to_string()
    }
}

#[expect(clippy::cast_sign_loss, reason = "negative ones were sorted out")]
fn whole(n: f64) -> usize {
    n.round().max(0.0) as usize
}

/// What each origin gave when: a line goes on until the same origin gives another. Nothing where
/// there are not two days.
fn plot(kind: &str, figures: &[&Figure]) -> Markup {
    let mut points: Vec<(i64, &Figure)> = figures
        .iter()
        .filter_map(|f| Some((day_number(f.as_of.as_deref()?)?, *f)))
        .collect();
    points.sort_by_key(|(day, _)| *day);
    let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) else {
        return html! {};
    };
    let (first, last) = (*first, *last);
    if first == last {
        return html! {};
    }
    let top = points
        .iter()
        .map(|(_, f)| f.high.unwrap_or(f.low))
        .fold(1.0, f64::max);
    let x = |day: i64| LEFT + (day - first) * (WIDTH - LEFT - 12) / (last - first);
    let y = |value: f64| HEIGHT - BOTTOM - scaled(value / top, HEIGHT - BOTTOM - 14);
    let mut whose: Vec<&str> = Vec::new();
    for (_, figure) in &points {
        if !whose.contains(&figure.whose.as_str()) {
            whose.push(&figure.whose);
        }
    }
    let view = format!("0 0 {WIDTH} {HEIGHT}");
    html! {
        div.plot tabindex="0" role="group" aria-label={ (kind) ", as they were given; the table below has the same" } {
            svg viewBox=(view) role="img" aria-label={ (kind) " from " (number(lowest(&points))) " to " (number(top)) } {
                line.base x1=(LEFT) y1=(HEIGHT - BOTTOM) x2=(WIDTH) y2=(HEIGHT - BOTTOM) {}
                text x=(LEFT - 8) y=(y(top) + 4) text-anchor="end" { (number(top)) }
                text x=(LEFT - 8) y=(HEIGHT - BOTTOM + 4) text-anchor="end" { "0" }
                text x=(LEFT) y=(HEIGHT - 6) { (edge(&points, true)) }
                text x=(WIDTH - 4) y=(HEIGHT - 6) text-anchor="end" { (edge(&points, false)) }
                @for (at, name) in whose.iter().enumerate() {
                    @let own: Vec<&(i64, &Figure)> = points.iter().filter(|(_, f)| f.whose == *name).collect();
                    path.(format!("step s{}", at % 4)) d=(steps(&own, &x, &y, last)) {}
                    @for (day, figure) in own {
                        g {
                            title { (figure.whose) ": " (range(figure)) }
                            line.span x1=(x(*day)) x2=(x(*day)) y1=(y(figure.low)) y2=(y(figure.high.unwrap_or(figure.low))) {}
                            circle.(format!("dot s{}", at % 4)) cx=(x(*day)) cy=(y(figure.low)) r="4" {}
                        }
                    }
                }
            }
        }
    }
}

fn lowest(points: &[(i64, &Figure)]) -> f64 {
    points
        .iter()
        .map(|(_, f)| f.low)
        .fold(f64::INFINITY, f64::min)
}

fn edge(points: &[(i64, &Figure)], first: bool) -> String {
    let point = if first { points.first() } else { points.last() };
    point
        .and_then(|(_, f)| f.as_of.as_deref())
        .map(parts::day_words)
        .unwrap_or_default()
}

fn scaled(share: f64, length: i64) -> i64 {
    (share.clamp(0.0, 1.0) * length as f64).round() as i64
}

fn steps(
    own: &[&(i64, &Figure)],
    x: &impl Fn(i64) -> i64,
    y: &impl Fn(f64) -> i64,
    last: i64,
) -> String {
    let mut out = String::new();
    for (at, (day, figure)) in own.iter().enumerate() {
        let sign = if at == 0 { 'M' } else { 'L' };
        let _ = write!(out, "{sign}{} {}", x(*day), y(figure.low));
        let until = own.get(at + 1).map_or(last, |(next, _)| *next);
        let _ = write!(out, "H{}", x(until));
    }
    out
}
