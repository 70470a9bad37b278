//! Figures: how many, of what, as of when, in whose words.
//!
//! Numbers and vague words are found in the blocks that are read, with the words that bound
//! them; what is a date, an age, a name or a score is left out. The clause tells the kind.

mod attach;
mod bounds;
mod counted;
mod kind;
mod line;
mod none;
mod quantity;
#[cfg(test)]
mod tests;
mod units;
mod vague;
mod words;

use sayso_reading::{
    Amount, Attribution, Document, Figure, FigureId, FigureKind, Span, Spans, Stretch, Time,
};

use crate::trace::{Field, Trace};
use attach::{Attach, Place};
use counted::{Counted, counted};
use kind::{Before, Told, is_of_people};
use line::Line;
use quantity::{Quantity, Wording, quantity_at};

/// The figures of a document, in text order.
pub(crate) fn fill(
    document: &Document,
    times: &[Time],
    attributions: &[Attribution],
    trace: &mut Trace,
) -> Vec<Figure> {
    let mut attach = Attach::new(times, attributions);
    let mut figures = Vec::new();
    for block in document.blocks().iter().filter(|b| b.kind.is_content()) {
        let line = Line::new(document.text(), block.span.range());
        let all = found_in(&line, &attach);
        let mut before = 0;
        for (n, found) in all.iter().enumerate() {
            let tokens = &found.quantity.tokens;
            let next = all
                .get(n + 1)
                .map_or(line.len(), |f| f.quantity.tokens.start);
            let place = Place {
                line: &line,
                tokens,
                gap: before..next,
            };
            before = tokens.end;
            let id = FigureId::at(figures.len());
            figures.extend(figure(&place, found, id, &mut attach, trace));
        }
    }
    figures
}

/// A quantity that is a figure, with its kind and what it counts.
struct Found {
    quantity: Quantity,
    counted: Option<Counted>,
    told: Told,
}

/// The figures in a line.
fn found_in(line: &Line, attach: &Attach) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut last: Option<Before> = None;
    let (mut at, mut floor) = (0, 0);
    while at < line.len() {
        let Some(quantity) = quantity_at(line, at, floor) else {
            at += 1;
            continue;
        };
        let next = quantity.core.end.max(at + 1);
        let overlaps = line
            .span(quantity.core.clone())
            .is_none_or(|span| attach.is_in_time(span));
        if overlaps || none::is_none(line, &quantity) {
            at = if quantity.wording == Wording::Article {
                at + 1
            } else {
                next
            };
            continue;
        }
        let counted = counted(line, &quantity);
        let told = kind::told(line, &quantity, counted.as_ref(), last.as_ref());
        if counts(line, &quantity, counted.as_ref(), &told) {
            let behind = counted
                .as_ref()
                .map_or(quantity.tokens.end, |c| c.words.end);
            last = Some(Before {
                kind: told.kind,
                end: behind.max(told.words.end),
            });
            at = next.max(quantity.tokens.end);
            floor = at;
            out.push(Found {
                quantity,
                counted,
                told,
            });
        } else {
            at = if quantity.wording == Wording::Article {
                at + 1
            } else {
                next
            };
        }
    }
    out
}

/// Whether a quantity of this wording and kind is a figure.
fn counts(line: &Line, quantity: &Quantity, counted: Option<&Counted>, told: &Told) -> bool {
    let people = matches!(
        told.kind,
        FigureKind::Killed | FigureKind::Injured | FigureKind::Captured | FigureKind::Arrested
    );
    let person = counted.is_some_and(|c| words::is_person(line.lower(c.head)));
    match quantity.wording {
        Wording::Article => {
            let one = counted.is_some_and(|c| {
                let lower = line.lower(c.head);
                words::is_one_of_people(lower) || person && !words::is_plural(lower)
            });
            // "one was killed and another wounded"
            let another = counted.is_none()
                && line.lower(quantity.core.start) == "another"
                && told.name == "figure.subject";
            // "the brother of a banker was killed"; not "of a banker killed there"
            let far = told.words.start > counted.map_or(0, |c| c.words.end);
            let inner = matches!(
                line.back(quantity.core.start, 1),
                "of" | "with" | "by" | "for" | "to" | "from" | "in" | "on" | "at" | "against"
            );
            let subject = told.name != "figure.subject" || !far || !inner;
            people && (one || another) && subject
        }
        Wording::Nobody => {
            let harmed = counted.is_some_and(|c| {
                words::is_casualties(line.lower(c.head))
                    || words::noun(line.lower(c.head)).is_some_and(is_of_people)
            });
            // "no one will be harmed" is a promise
            let start = quantity.tokens.start.saturating_sub(2);
            let modal = (start..told.words.start.max(quantity.tokens.end))
                .any(|at| words::is_modal(line.lower(at)));
            let told = people && (counted.is_none() || person || harmed)
                || told.name == "figure.casualties";
            told && !modal
        }
        Wording::One => {
            let thing = counted.is_some_and(|c| words::is_thing_of_war(line.lower(c.head)));
            let one_of = line.lower(quantity.tokens.end) == "of" && !people;
            quantity.qualified
                || quantity.measure.is_some()
                || thing
                || told.kind != FigureKind::Other && !one_of
        }
        Wording::WeakVague => {
            // "this multiple murder" is one
            let several = counted.is_none_or(|c| words::is_plural(line.lower(c.head)));
            several && (is_of_people(told.kind) || told.kind == FigureKind::Attacks)
        }
        Wording::Vague | Wording::Number => {
            told.kind != FigureKind::Other
                || quantity.measure.is_some()
                || counted.is_some()
                || quantity.qualified
                || stands_alone(line, quantity)
        }
    }
}

/// Whether a number without a noun counts something that was told of before: "five were women".
fn stands_alone(line: &Line, quantity: &Quantity) -> bool {
    let (start, behind) = (quantity.tokens.start, line.lower(quantity.tokens.end));
    let subject = matches!(behind, "were" | "have" | "had" | "of" | "are")
        && !matches!(line.back(start, 1), "the" | "these" | "those");
    // "a team of 15"
    let group = line.back(start, 1) == "of"
        && matches!(
            line.back(start, 2),
            "team" | "crew" | "staff" | "panel" | "crowd" | "squad" | "gang" | "total" | "party"
        );
    subject || group
}

fn figure(
    place: &Place,
    found: &Found,
    id: FigureId,
    attach: &mut Attach,
    trace: &mut Trace,
) -> Option<Figure> {
    let line = place.line;
    let Found {
        quantity,
        counted,
        told,
    } = found;
    let span = line.span(quantity.tokens.clone())?;
    let words = counted.as_ref().and_then(|c| line.span(c.words.clone()));
    let attached = attach.of(place, span);
    let bounds = quantity.bounds;
    let figure = Figure {
        id,
        spans: span.into(),
        kind: told.kind,
        low: Amount::new(bounds.low).ok()?,
        high: bounds.high.map(Amount::new).transpose().ok()?,
        rule: bounds.rule,
        unit: quantity
            .measure
            .and_then(units::Measure::unit)
            .map(str::to_owned),
        counts: words.map(|words| Stretch {
            spans: Spans::from(words),
        }),
        time: attached.time.map(|(id, _)| id),
        within: attached.within,
    };
    explain(
        line,
        found,
        &figure,
        span,
        attached.time.map(|(_, span)| span),
        trace,
    );
    Some(figure)
}

/// The steps by which a figure got its values.
fn explain(
    line: &Line,
    found: &Found,
    figure: &Figure,
    span: Span,
    when: Option<Span>,
    trace: &mut Trace,
) {
    let (id, quantity, told) = (figure.id, &found.quantity, &found.told);
    let written = match quantity.wording {
        Wording::Number | Wording::One => "figure.number",
        Wording::Article => "figure.article",
        Wording::Nobody => "figure.nobody",
        Wording::Vague | Wording::WeakVague => "figure.word",
    };
    let core = line.span(quantity.core.clone());
    let of_kind = line.span(told.words.clone());
    trace.step(id, Field::Found, written, core, || {
        "a quantity that counts something".to_owned()
    });
    trace.step(id, Field::Kind, told.name, of_kind, || {
        told.kind.to_string()
    });
    trace.step(
        id,
        Field::Value,
        quantity.bounds.name,
        [span],
        || match figure.high {
            Some(high) if high == figure.low => high.to_string(),
            Some(high) => format!("{} to {high}", figure.low),
            None => format!("{} or more", figure.low),
        },
    );
    if let Some(total) = kind::cumulative(line, quantity) {
        trace.step(
            id,
            Field::Value,
            "figure.cumulative",
            line.span(total),
            || "a total that holds what was counted before".to_owned(),
        );
    }
    if let Some(counts) = &figure.counts {
        let words = counts.spans.iter().copied();
        trace.step(id, Field::Counts, "figure.counted", words, || {
            "the words behind the quantity".to_owned()
        });
    }
    if let Some(time) = figure.time {
        trace.step(id, Field::Time, "figure.time", when, || {
            format!("the nearest time of its sentence, {time}")
        });
    }
    if let Some(within) = figure.within {
        trace.step(id, Field::Within, "figure.within", [span], || {
            format!("the innermost content that holds it, of {within}")
        });
    }
}
