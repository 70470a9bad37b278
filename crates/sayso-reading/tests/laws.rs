//! Laws that hold for every text and every list of pieces.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use proptest::collection::vec;
use proptest::prelude::*;
use sayso_reading::{
    Document, Entity, EntityId, EntityKind, Mention, MentionForm, Reader, Reading, Scalars, Span,
    Spans, TextIndex,
};

/// Texts with characters of one to four bytes, line breaks, and marks that combine.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ a-z\n“”’éüşعب中𝄞\u{301}🇮🇶]{0,300}",
        "[ -~]{0,80}",
        any::<String>(),
    ]
}

fn pieces() -> impl Strategy<Value = Vec<Span>> {
    vec((0_usize..60, 0_usize..12), 0..12).prop_map(|pairs| {
        pairs
            .into_iter()
            .map(|(start, length)| Span::new(start, start + length).unwrap())
            .collect()
    })
}

/// A text, and bounds of words to mark in it, as numbers of scalar values.
fn text_with_marks() -> impl Strategy<Value = (String, Vec<(usize, usize)>)> {
    text().prop_flat_map(|text| {
        let length = text.chars().count();
        let marks = vec((0..=length, 0..=length), 0..8);
        (Just(text), marks)
    })
}

proptest! {
    #[test]
    fn every_offset_comes_back_from_the_other_unit(text in text()) {
        let index = TextIndex::new(&text);
        prop_assert_eq!(index.scalars(), text.chars().count());
        for byte in 0..=text.len() + 1 {
            match index.to_scalar(byte) {
                Some(scalar) => {
                    prop_assert_eq!(scalar, text[..byte].chars().count());
                    prop_assert_eq!(index.to_byte(scalar), Some(byte));
                }
                None => prop_assert!(!text.is_char_boundary(byte)),
            }
        }
        prop_assert_eq!(index.to_byte(index.scalars() + 1), None);
    }

    #[test]
    fn pieces_are_sorted_apart_and_not_empty(pieces in pieces()) {
        let spans: Spans = pieces.iter().copied().collect();
        prop_assert!(spans.iter().all(|piece| !piece.is_empty()));
        prop_assert!(spans.pieces().windows(2).all(|two| two[0].end() < two[1].start()));
        for position in 0..80 {
            let here = Span::new(position, position + 1).unwrap();
            let marked = pieces.iter().any(|piece| piece.contains(&here));
            prop_assert_eq!(spans.covers(&here.into()), marked);
        }
        prop_assert_eq!(spans.shared(&spans), spans.len());
        prop_assert_eq!(Spans::from_pieces(spans.pieces().to_vec()), spans);
    }

    #[test]
    fn the_order_of_pieces_does_not_matter(mut pieces in pieces()) {
        let spans = Spans::from_pieces(pieces.clone());
        pieces.reverse();
        prop_assert_eq!(Spans::from_pieces(pieces), spans);
    }

    #[test]
    fn shared_units_are_those_of_the_pieces(a in pieces(), b in pieces()) {
        let (a, b) = (Spans::from_pieces(a), Spans::from_pieces(b));
        let both = a
            .iter()
            .flat_map(|x| b.iter().filter_map(|y| x.intersection(y)))
            .collect::<Spans>();
        prop_assert_eq!(a.shared(&b), both.len());
        prop_assert_eq!(b.shared(&a), both.len());
        prop_assert!(a.covers(&both) && b.covers(&both));
    }

    #[test]
    fn a_reading_survives_json((text, marks) in text_with_marks()) {
        let index = TextIndex::new(&text);
        let mentions = marks
            .into_iter()
            .filter_map(|(one, two)| {
                let (start, end) = (index.to_byte(one.min(two))?, index.to_byte(one.max(two))?);
                let span = Span::new(start, end).ok()?;
                Some(Mention { span, form: MentionForm::Name })
            })
            .collect::<Vec<_>>();
        let mut reading = Reading::of(Document::of_paragraphs(text.clone()), Reader::default());
        reading.entities.push(Entity {
            id: EntityId::at(0),
            kind: EntityKind::Person,
            name: String::new(),
            mentions,
            describes: None,
        });
        let scalars = reading.to_scalars().unwrap();
        let json = serde_json::to_string(&scalars).unwrap();
        let back: Reading<Scalars> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&back, &scalars);
        prop_assert_eq!(back.to_bytes().unwrap(), reading);
    }
}
