//! The figures as a table for people.

use std::fmt;

use super::{Counts, Evaluation, Found, Prf, Recall};

/// How wide the names of the rows are.
const NAMES: usize = 22;

impl fmt::Display for Evaluation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (measures, counts) = (&self.measures, &self.measures.counts);
        writeln!(
            f,
            "{:NAMES$}{:>6}{:>8}{:>8}{:>9}{:>8}{:>8}",
            "per cent", "P", "R", "F1", "gold", "found", "right"
        )?;
        for (name, prf, of) in [
            ("exact source", measures.exact.source, sources(counts)),
            ("exact cue", measures.exact.cue, cues(counts)),
            ("exact content", measures.exact.content, contents(counts)),
            ("half", measures.half.prf, whole(counts, counts.half_right)),
            ("any", measures.any, whole(counts, counts.any_right)),
        ] {
            row(f, name, prf, of)?;
        }
        if let Some(nested) = &self.nested {
            row(
                f,
                "half, nested too",
                nested.half.prf,
                of_found(&nested.half),
            )?;
            row(
                f,
                "content, nested too",
                nested.content.prf,
                of_found(&nested.content),
            )?;
        }
        writeln!(f)?;
        let recall = &measures.half_recall;
        for (name, group) in [
            ("direct", &recall.direct),
            ("mixed", &recall.mixed),
            ("indirect", &recall.indirect),
            ("form not given", &recall.unknown),
            ("no source", &recall.no_source),
        ] {
            if let Some(group) = group {
                recall_row(f, name, group)?;
            }
        }
        writeln!(f)?;
        self.sentences(f)
    }
}

impl Evaluation {
    fn sentences(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (measures, counts) = (&self.measures, &self.measures.counts);
        let [low, high] = measures.half.f1_95;
        writeln!(f, "Documents: {}.", counts.documents)?;
        writeln!(
            f,
            "F1 of half, 95 % interval over documents: {low:.1} to {high:.1}."
        )?;
        if let Some([low, high]) = self.nested.as_ref().and_then(|nested| nested.half.f1_95) {
            writeln!(f, "The same with nested ones: {low:.1} to {high:.1}.")?;
        }
        let of = &measures.of_matched_contents;
        writeln!(
            f,
            "Where contents agree, the source agrees too in {:.1} %, the cue in {:.1} %.",
            of.source, of.cue
        )?;
        let (gold, found) = (counts.nested_gold_ignored, counts.nested_predicted_ignored);
        if gold + found > 0 {
            writeln!(
                f,
                "Nested attributions that count only where the row says so: {gold} gold, {found} found."
            )?;
        }
        Ok(())
    }
}

/// Gold, found, right.
type Of = [usize; 3];

const fn sources(counts: &Counts) -> Of {
    [counts.source_gold, counts.source_pred, counts.source_right]
}

const fn cues(counts: &Counts) -> Of {
    [counts.cue_gold, counts.cue_pred, counts.cue_right]
}

const fn contents(counts: &Counts) -> Of {
    [
        counts.content_gold,
        counts.content_pred,
        counts.content_right,
    ]
}

const fn whole(counts: &Counts, right: usize) -> Of {
    [counts.gold, counts.predicted, right]
}

const fn of_found(found: &Found) -> Of {
    let right = found.right;
    [right + found.missed, right + found.spurious, right]
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, prf: Prf, [gold, found, right]: Of) -> fmt::Result {
    let Prf { p, r, f1 } = prf;
    writeln!(
        f,
        "{name:NAMES$}{p:>6.1}{r:>8.1}{f1:>8.1}{gold:>9}{found:>8}{right:>8}"
    )
}

/// A group has no precision: what was found spuriously belongs to none.
fn recall_row(f: &mut fmt::Formatter<'_>, name: &str, group: &Recall) -> fmt::Result {
    let Recall {
        recall,
        right,
        gold,
    } = group;
    let name = format!("half, {name}");
    writeln!(
        f,
        "{name:NAMES$}{:>6}{recall:>8.1}{:>8}{gold:>9}{:>8}{right:>8}",
        "", "", ""
    )
}
