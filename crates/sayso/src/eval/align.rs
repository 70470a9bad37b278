//! Which prediction belongs to which labelled text.

use std::collections::HashMap;

use super::{GoldDocument, Prediction};

/// The predictions in the gold's order, and how many fit no gold.
pub(super) struct Aligned<'p> {
    /// For each gold document the prediction that belongs to it.
    pub(super) predictions: Vec<Option<&'p Prediction>>,
    /// How many predictions belong to no gold document.
    pub(super) strays: usize,
    /// How many predictions were put aside because a later one has the same gold document.
    pub(super) replaced: usize,
}

/// Pairs by identifier, else by the path: its file name, whole or without suffixes, is the
/// gold's identifier, or the path ends in one. Of several the last counts, and one by path
/// after those by identifier.
pub(super) fn align<'p>(gold: &[GoldDocument], predicted: &'p [Prediction]) -> Aligned<'p> {
    let places: HashMap<&str, usize> = (gold.iter().enumerate())
        .map(|(index, document)| (document.id.as_str(), index))
        .collect();
    let mut aligned = Aligned {
        predictions: vec![None; gold.len()],
        strays: 0,
        replaced: 0,
    };
    let mut by_path = Vec::new();
    for prediction in predicted {
        match prediction.id.as_deref().and_then(|id| places.get(id)) {
            Some(place) => aligned.set(*place, prediction),
            None => by_path.push(prediction),
        }
    }
    for prediction in by_path {
        match place_by_path(&places, prediction) {
            Some(place) => aligned.set(place, prediction),
            None => aligned.strays += 1,
        }
    }
    aligned
}

impl<'p> Aligned<'p> {
    fn set(&mut self, place: usize, prediction: &'p Prediction) {
        if let Some(held) = self.predictions.get_mut(place) {
            self.replaced += usize::from(held.replace(prediction).is_some());
        }
    }
}

fn place_by_path(places: &HashMap<&str, usize>, prediction: &Prediction) -> Option<usize> {
    let path = prediction.path.as_deref().unwrap_or_default();
    let named = if path.is_empty() {
        prediction.id.as_deref().unwrap_or_default()
    } else {
        path
    };
    let mut name = named.rsplit(['/', '\\']).next().unwrap_or_default();
    loop {
        if let Some(place) = places.get(name) {
            return Some(*place);
        }
        match name.rsplit_once('.') {
            Some((stem, _)) => name = stem,
            None => break,
        }
    }
    let ends = places.iter().filter(|(id, _)| path.ends_with(*id));
    ends.max_by_key(|(id, _)| id.len()).map(|(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(ids: &[&str]) -> Vec<GoldDocument> {
        let document = |id: &&str| GoldDocument {
            id: (*id).to_owned(),
            text: String::new(),
            attributions: Vec::new(),
            smallest_cues: false,
        };
        ids.iter().map(document).collect()
    }

    fn prediction(id: &str, path: &str) -> Prediction {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        Prediction {
            id: some(id),
            path: some(path),
            ..Prediction::default()
        }
    }

    fn place(ids: &[&str], prediction: Prediction) -> Option<usize> {
        align(&gold(ids), &[prediction])
            .predictions
            .iter()
            .position(Option::is_some)
    }

    #[test]
    fn identifiers_come_before_paths() {
        assert_eq!(place(&["a", "b"], prediction("b", "x/a.txt")), Some(1));
        assert_eq!(place(&["a", "b"], prediction("d:1f", "x/a.txt")), Some(0));
        assert_eq!(place(&["a", "b"], prediction("b.txt", "")), Some(1));
        assert_eq!(place(&["a", "b"], prediction("c", "x/c.txt")), None);
        assert_eq!(place(&["a", "b"], prediction("", "")), None);
    }

    #[test]
    fn names_lose_their_suffixes_one_by_one() {
        let ids = ["2016.txt", "2016", "in/2016"];
        assert_eq!(place(&ids, prediction("", "in\\2016.txt.gz")), Some(0));
        assert_eq!(place(&ids, prediction("", "in/2016.html")), Some(1));
        assert_eq!(place(&["in/a.b"], prediction("", "texts/in/a.b")), Some(0));
    }

    #[test]
    fn strays_and_replaced_ones_are_counted() {
        let predicted = [
            prediction("", "x/a.txt"),
            prediction("a", ""),
            prediction("z", "z.txt"),
        ];
        let gold = gold(&["a", "b"]);
        let aligned = align(&gold, &predicted);
        assert_eq!((aligned.strays, aligned.replaced), (1, 1));
        assert_eq!(aligned.predictions, [Some(&predicted[0]), None]);
    }
}
