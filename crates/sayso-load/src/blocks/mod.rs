//! A text is divided into blocks by function: what belongs to the report, and what to the page.

mod dateline;
mod outline;
mod rules;
mod table;
mod units;

use sayso_reading::{Block, BlockKind, Span};

use self::dateline::{Opening, opening};
use self::outline::outline;
use self::units::units;

pub(crate) use self::units::Hint;

/// A block, and the rule that made it what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainedBlock {
    /// The block.
    pub block: Block,
    /// The rule's name.
    pub rule: &'static str,
}

/// What is known of a text beside its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'k> {
    /// What the page says of its lines, in text order.
    pub hints: &'k [Hint],
    pub title: Option<&'k str>,
    pub byline: Option<&'k str>,
}

/// The blocks of a text, in order: they do not overlap, and hold all that is not white space.
pub(crate) fn blocks(text: &str, known: &Known) -> Vec<Block> {
    explain(text, known)
        .into_iter()
        .map(|explained| explained.block)
        .collect()
}

/// The blocks of a plain text, each with the rule that made it what it is.
pub fn explain_blocks(text: &str) -> Vec<ExplainedBlock> {
    explain(text, &Known::default())
}

/// How many of the first paragraphs may begin with a place and a dash.
const FIRST: usize = 3;

fn explain(text: &str, known: &Known) -> Vec<ExplainedBlock> {
    let units = units(text, known.hints);
    let decisions = outline(text, &units, known);
    let (mut blocks, mut paragraphs) = (Vec::with_capacity(units.len()), 0);
    for (unit, decision) in units.iter().zip(decisions) {
        let mut start = unit.start;
        if decision.kind == BlockKind::Paragraph {
            let found = opening(unit.text(text), paragraphs < FIRST);
            paragraphs += 1;
            if let Some(found) = found {
                let (kind, length, rule) = match found {
                    Opening::Dateline(length) => (BlockKind::Dateline, length, "dateline"),
                    Opening::Credit(length) => (BlockKind::Credit, length, "agency-opening"),
                };
                blocks.extend(explained(kind, start, start + length, rule));
                let rest = text.get(start + length..unit.end).unwrap_or_default();
                start = unit.end - rest.trim_start().len();
            }
        }
        blocks.extend(explained(decision.kind, start, unit.end, decision.rule));
    }
    blocks
}

fn explained(
    kind: BlockKind,
    start: usize,
    end: usize,
    rule: &'static str,
) -> Option<ExplainedBlock> {
    let span = Span::new(start, end).ok()?;
    Some(ExplainedBlock {
        block: Block { kind, span },
        rule,
    })
}
