//! The provenance graph: origins at the left, carriers, outlets at the right.
//!
//! Copies stand behind their original with their number; what has no name is dashed; what is denied
//! is framed. More than forty nodes are no picture: the rest is folded, and said so.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};
use sayso_link::{Claim, Member};

use super::parts::{self, DocumentLine};

/// Nodes at most.
const NODES: usize = 40;
const COLUMN: i64 = 250;
const ROW: i64 = 44;
const BOX: i64 = 190;
const HIGH: i64 = 30;
/// Characters that a box holds.
const LETTERS: usize = 24;

/// A box: an origin, a carrier or an outlet's report.
#[derive(Debug, PartialEq, Eq)]
struct Node {
    column: usize,
    row: usize,
    words: String,
    is_unnamed: bool,
    is_denial: bool,
    /// Copies behind it.
    copies: usize,
}

/// A picture of nodes and lines between them.
#[derive(Debug, Default)]
struct Graph {
    nodes: Vec<Node>,
    /// From, to, and whether the lineage is only known to the words of a page.
    lines: Vec<(usize, usize, bool)>,
    known: BTreeMap<(usize, String), usize>,
    /// Members left out.
    folded: usize,
}

impl Graph {
    fn of(
        claim: &Claim,
        documents: &HashMap<String, DocumentLine>,
        copies: &HashMap<String, String>,
    ) -> Self {
        let depth = claim
            .members
            .iter()
            .map(|m| m.through.len())
            .max()
            .unwrap_or(0);
        let mut graph = Self::default();
        let is_there = |name: &str| claim.members.iter().any(|m| m.document == name);
        for member in &claim.members {
            if copies
                .get(&member.document)
                .is_some_and(|original| is_there(original))
            {
                continue;
            }
            if graph.nodes.len() + member.through.len() + 2 > NODES {
                graph.folded += 1;
                continue;
            }
            graph.add(member, depth, documents, copies);
        }
        for ring in &claim.circular {
            graph.ring(ring, depth, documents);
        }
        graph
    }

    fn add(
        &mut self,
        member: &Member,
        depth: usize,
        documents: &HashMap<String, DocumentLine>,
        copies: &HashMap<String, String>,
    ) {
        let is_denial = !member.stance.is_for();
        let mut before = member.origin_number.map(|number| {
            let key = format!("{number}{is_denial}");
            let name = if member.unnamed {
                parts::bare(&member.origin)
            } else {
                &member.origin
            };
            self.node(0, key, name, (member.unnamed, is_denial))
        });
        // carriers are told from the page inwards, and drawn from the origin outwards
        for (at, carrier) in member.through.iter().rev().enumerate() {
            let own_report = documents
                .get(&member.document)
                .and_then(|d| d.publisher.as_deref())
                == Some(carrier);
            if own_report && at + 1 == member.through.len() {
                continue;
            }
            let node = self.node(at + 1, carrier.clone(), carrier, (false, false));
            self.lines
                .extend(before.map(|before| (before, node, false)));
            before = Some(node);
        }
        let line = documents.get(&member.document);
        let words = line.map_or_else(
            || member.document.clone(),
            |d| d.publisher.clone().unwrap_or_else(|| d.title.clone()),
        );
        let node = self.node(depth + 1, member.document.clone(), &words, (false, false));
        if let Some(node) = self.nodes.get_mut(node) {
            node.copies = copies
                .values()
                .filter(|original| **original == member.document)
                .count();
        }
        self.lines
            .extend(before.map(|before| (before, node, member.attribution.is_none())));
    }

    fn ring(&mut self, ring: &[String], depth: usize, documents: &HashMap<String, DocumentLine>) {
        let nodes: Vec<usize> = ring
            .iter()
            .map(|name| {
                let words = documents
                    .get(name)
                    .map_or(name, |d| d.publisher.as_ref().unwrap_or(&d.title));
                self.node(depth + 1, name.clone(), &words.clone(), (false, false))
            })
            .collect();
        let next = nodes.iter().skip(1).chain(nodes.first());
        self.lines
            .extend(nodes.iter().zip(next).map(|(a, b)| (*a, *b, true)));
    }

    fn node(
        &mut self,
        column: usize,
        key: String,
        words: &str,
        (is_unnamed, is_denial): (bool, bool),
    ) -> usize {
        let next = self.nodes.len();
        let at = *self.known.entry((column, key)).or_insert(next);
        if at == next {
            let row = self.nodes.iter().filter(|n| n.column == column).count();
            self.nodes.push(Node {
                column,
                row,
                words: words.to_owned(),
                is_unnamed,
                is_denial,
                copies: 0,
            });
        }
        at
    }

    /// The columns that hold something, from left to right.
    fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self.nodes.iter().map(|n| n.column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// The picture; nothing where there are not two boxes.
pub(crate) fn provenance(
    claim: &Claim,
    documents: &HashMap<String, DocumentLine>,
    copies: &HashMap<String, String>,
) -> Markup {
    let graph = Graph::of(claim, documents, copies);
    let columns = graph.columns();
    if graph.nodes.len() < 2 || columns.len() < 2 {
        return html! {};
    }
    let rows = graph.nodes.iter().map(|n| n.row + 1).max().unwrap_or(1);
    let width = number(columns.len()) * COLUMN - (COLUMN - BOX) + 12;
    let height = number(rows) * ROW + 8;
    let place = |node: &Node| {
        let column = columns.iter().position(|c| *c == node.column).unwrap_or(0);
        (number(column) * COLUMN + 6, number(node.row) * ROW + 6)
    };
    let view = format!("0 0 {width} {height}");
    html! {
        section.graph aria-labelledby="lineage" {
            h2 #lineage { "Where it comes from" }
            div.plot tabindex="0" role="group" aria-label="from origins at the left to reports at the right; the lists below have the same" {
                svg viewBox=(view) width=(width) height=(height) role="img" aria-label={ "Origins, carriers and reports of this claim: " (graph.nodes.len()) " boxes" } {
                    @for (from, to, is_vague) in &graph.lines {
                        @if let (Some(from), Some(to)) = (graph.nodes.get(*from), graph.nodes.get(*to)) {
                            path class=(if *is_vague { "way vague" } else { "way" }) d=(way(place(from), place(to))) {}
                        }
                    }
                    @for node in &graph.nodes { (boxed(node, place(node))) }
                }
            }
            @if graph.folded > 0 { p.meta { (parts::capital(&parts::some(graph.folded, "report"))) " more did not fit into the picture; the lists below have all." } }
        }
    }
}

/// A small number as the pictures count.
fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn boxed(node: &Node, (x, y): (i64, i64)) -> Markup {
    let short: String = if node.words.chars().count() > LETTERS {
        node.words
            .chars()
            .take(LETTERS - 1)
            .chain("…".chars())
            .collect()
    } else {
        node.words.clone()
    };
    html! {
        g.nameless[node.is_unnamed].denial[node.is_denial] {
            title { (node.words) @if node.copies > 0 { ", and " (parts::number(node.copies)) @if node.copies == 1 { " copy" } @else { " copies" } } }
            @if node.copies > 0 { rect.behind x=(x + 5) y=(y + 5) width=(BOX) height=(HIGH) rx="2" {} }
            rect.box x=(x) y=(y) width=(BOX) height=(HIGH) rx="2" {}
            text x=(x + 8) y=(y + 20) { (short) @if node.copies > 0 { tspan.count { " +" (node.copies) } } }
        }
    }
}

/// A line from the right of a box to the left of another; in a column, around its side.
fn way((x1, y1): (i64, i64), (x2, y2): (i64, i64)) -> String {
    let middle = HIGH / 2;
    let (from, to) = (x1 + BOX, x2);
    if x1 == x2 {
        return format!(
            "M{from} {}C{} {} {} {} {from} {}",
            y1 + middle,
            from + 24,
            y1 + middle,
            from + 24,
            y2 + middle,
            y2 + middle
        );
    }
    let half = i64::midpoint(from, to);
    format!(
        "M{from} {}C{half} {} {half} {} {to} {}",
        y1 + middle,
        y1 + middle,
        y2 + middle,
        y2 + middle
    )
}
