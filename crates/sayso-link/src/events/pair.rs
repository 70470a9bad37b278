//! What two event mentions have in common, as numbers for the forest.

use sayso_reading::Realis;

use super::described::{Mention, Page, Set};
use super::vectors::dot;

/// The features, in the order of [`features`].
pub(crate) const NAMES: [&str; 45] = [
    "same document",
    "documents alike",
    "names alike",
    "numbers shared",
    "one stem",
    "heads alike",
    "triggers alike",
    "trigger words",
    "more words shared",
    "more words differ",
    "sentences",
    "near words",
    "one beside the other",
    "person",
    "persons differ",
    "organization",
    "organizations differ",
    "place name",
    "place names differ",
    "number",
    "numbers differ",
    "day",
    "days differ",
    "place",
    "places differ",
    "name before",
    "names before differ",
    "name after",
    "names after differ",
    "one type",
    "types differ",
    "realis differs",
    "one negated",
    "rarity",
    "light",
    "both lead",
    "one leads",
    "distance",
    "one sentence",
    "heads repeated",
    "heads both repeated",
    "before is after",
    "both light",
    "rarer rarity",
    "stem and names",
];

/// A mention with its document.
#[derive(Clone, Copy)]
pub(crate) struct Side<'p> {
    pub page: &'p Page,
    pub mention: &'p Mention,
}

/// What the documents of two mentions have in common.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Between {
    /// They stand in one.
    One,
    /// They stand in two.
    Two {
        likeness: f32,
        names: f32,
        numbers: f32,
    },
}

impl Between {
    /// Two documents with this likeness.
    pub(crate) fn two(a: &Page, b: &Page, likeness: f64) -> Self {
        let fewer = a.numbers.len().min(b.numbers.len());
        Self::Two {
            likeness: likeness as f32,
            names: a.names.cosine(&b.names),
            numbers: a.numbers.shared(&b.numbers) as f32 / (1 + fewer) as f32,
        }
    }
}

/// Of two mentions. It does not matter which is the first.
pub(crate) fn features(a: Side, b: Side, between: Between) -> [f32; NAMES.len()] {
    let (x, y) = (a.mention, b.mention);
    let is = |told: bool| f32::from(u8::from(told));
    let shares = |x: &Set, y: &Set| x.shared(y) > 0;
    let both = |x: &Set, y: &Set| {
        let shares = shares(x, y);
        [is(shares), is(!shares && !x.is_empty() && !y.is_empty())]
    };
    let (same_document, likeness, names, numbers) = match between {
        Between::One => (true, 0.0, 0.0, 0.0),
        Between::Two {
            likeness,
            names,
            numbers,
        } => (false, likeness, names, numbers),
    };
    let one_stem = x.stem == y.stem;
    let count = |page: &Page, head: u32| {
        let at = page.counts.binary_search_by_key(&head, |(word, _)| *word);
        let found = at.ok().and_then(|at| page.counts.get(at));
        found.map_or(0.0, |(_, n)| *n as f32)
    };
    let (there, here) = (count(b.page, x.head), count(a.page, y.head));
    let beside = x.trigger.cosine(&y.around).max(y.trigger.cosine(&x.around));
    let negated = |m: &Mention| m.realis == Some(Realis::Negated);
    let sentences = x.around.cosine(&y.around);
    let [more, more_differ] = both(&x.extra, &y.extra);
    let [person, persons] = both(&x.people, &y.people);
    let [organization, organizations] = both(&x.organizations, &y.organizations);
    let [place_name, place_names] = both(&x.places_named, &y.places_named);
    let [number, numbers_differ] = both(&x.numbers, &y.numbers);
    let [day, days] = both(&x.days, &y.days);
    let [place, places] = both(&x.places, &y.places);
    let [before, befores] = both(&x.before, &y.before);
    let [after, afters] = both(&x.after, &y.after);
    [
        is(same_document),
        likeness,
        names,
        numbers,
        is(one_stem),
        if one_stem {
            0.0
        } else {
            dot(&x.words.head_vector, &y.words.head_vector)
        },
        dot(&x.words.vector, &y.words.vector),
        x.trigger.cosine(&y.trigger),
        more,
        more_differ,
        sentences,
        x.near.cosine(&y.near),
        beside,
        person,
        persons,
        organization,
        organizations,
        place_name,
        place_names,
        number,
        numbers_differ,
        day,
        days,
        place,
        places,
        before,
        befores,
        after,
        afters,
        is(x.kind.is_some() && x.kind == y.kind),
        is(x.kind.is_some() && y.kind.is_some() && x.kind != y.kind),
        is(x.realis.is_some() && y.realis.is_some() && x.realis != y.realis),
        is(negated(x) != negated(y)),
        x.rarity.min(y.rarity),
        is(x.is_light || y.is_light),
        is(x.is_lead && y.is_lead),
        is(x.is_lead != y.is_lead),
        x.sentence.abs_diff(y.sentence).min(10) as f32 / 10.0,
        is(same_document && x.sentence == y.sentence),
        (1.0 + there.max(here)).ln(),
        (1.0 + there.min(here)).ln(),
        is(shares(&x.before, &y.after) || shares(&x.after, &y.before)),
        is(x.is_light && y.is_light),
        x.rarity.max(y.rarity),
        if one_stem { sentences } else { 0.0 },
    ]
}
