//! A claim as people read it: quotations and counts, and no sentence of the program's own.

use std::io::{self, Write};

use sayso::link::{Claim, Disagreement, Figure, Member, Milestone, Responsible};
use sayso::output::labels::count;
use sayso::output::rows::one_line;

use super::show::{BOLD, DIM};
use crate::program::case::ask::parts;

/// A page under way.
pub struct Page<'o> {
    out: &'o mut dyn Write,
    width: usize,
}

impl<'o> Page<'o> {
    pub fn new(out: &'o mut dyn Write, width: usize) -> Self {
        Self {
            out,
            width: width.max(24),
        }
    }

    /// What it is about, and what there is to say of it.
    pub fn head(&mut self, what: &str, more: &str) -> io::Result<()> {
        let whole = parts(&[Some(what), Some(more)]);
        let bold = one_line(what);
        for (at, line) in textwrap::wrap(&whole, self.width).iter().enumerate() {
            match line.strip_prefix(bold.as_str()).filter(|_| at == 0) {
                Some(rest) => writeln!(self.out, "{BOLD}{bold}{BOLD:#}{rest}")?,
                None => writeln!(self.out, "{line}")?,
            }
        }
        Ok(())
    }

    /// Somebody's words.
    pub fn quotation(&mut self, words: &str) -> io::Result<()> {
        self.indented(&one_line(words), "  ")
    }

    /// Where it stands, and what else is known.
    pub fn foot(&mut self, of: &[Option<&str>]) -> io::Result<()> {
        let line = parts(of);
        if line.is_empty() {
            return Ok(());
        }
        self.dimmed(&line, "  ")
    }

    fn dimmed(&mut self, line: &str, by: &'static str) -> io::Result<()> {
        for line in textwrap::wrap(line, options(self.width, by)) {
            writeln!(self.out, "{DIM}{line}{DIM:#}")?;
        }
        Ok(())
    }

    fn section(&mut self, name: &str) -> io::Result<()> {
        writeln!(self.out, "\n{BOLD}{name}{BOLD:#}")
    }

    fn indented(&mut self, text: &str, by: &'static str) -> io::Result<()> {
        for line in textwrap::wrap(text, options(self.width, by)) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}

fn options(width: usize, by: &'static str) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .initial_indent(by)
        .subsequent_indent(by)
}

/// The standing of a claim: its label and the counts behind it.
pub fn standing(claim: &Claim) -> String {
    let s = &claim.standing;
    let some = |n: usize, one: &str| (n > 0).then(|| count(n, one));
    let copies = (s.copies > 0).then(|| match s.copies {
        1 => "1 of them a copy".to_owned(),
        n => format!("{n} of them copies"),
    });
    let reports = parts_with(&[some(s.reports, "report"), copies], ", ");
    let label = serde_json::to_value(s.label).ok();
    let label = label.and_then(|l| l.as_str().map(str::to_owned));
    let unnamed = match s.unnamed {
        0 => None,
        1 => Some("1 unnamed".to_owned()),
        n => Some(format!("{n} unnamed, who may be one")),
    };
    let deniers = match s.deniers {
        0 => None,
        1 => Some("1 denies it".to_owned()),
        n => Some(format!("{n} deny it")),
    };
    parts_with(
        &[
            label,
            Some(reports),
            some(s.origins, "named origin"),
            unnamed,
            deniers,
        ],
        " · ",
    )
}

fn parts_with(of: &[Option<String>], between: &str) -> String {
    let there: Vec<&str> = of.iter().flatten().map(String::as_str).collect();
    there.join(between)
}

/// When, as one reads it.
pub fn time(claim: &Claim) -> Option<String> {
    let [from, to] = claim.time.as_ref()?;
    Some(if from == to {
        from.clone()
    } else {
        format!("{from} to {to}")
    })
}

/// A claim in full.
pub fn whole(page: &mut Page, claim: &Claim) -> io::Result<()> {
    page.head(&claim.trigger, &standing(claim))?;
    page.quotation(&claim.about)?;
    page.foot(&[
        Some(&claim.id),
        Some(&claim.kind.to_lowercase()),
        claim.place.as_deref(),
        time(claim).as_deref(),
        claim.negated.then_some("told as not having happened"),
    ])?;
    page.section("Who says it")?;
    for member in &claim.members {
        said(page, member)?;
    }
    page.section("Why it stands so")?;
    for reason in &claim.reasons {
        page.indented(reason, "  ")?;
    }
    let digit = format!(
        "Admiralty digit that the origins suggest: {}",
        claim.admiralty
    );
    page.indented(&digit, "  ")?;
    if claim.history.len() > 1 {
        page.section("How it went")?;
        for step in &claim.history {
            gone(page, step)?;
        }
    }
    if !claim.responsible.is_empty() {
        page.section("Who is said to have done it")?;
        for named in &claim.responsible {
            done_by(page, named)?;
        }
    }
    for ring in &claim.circular {
        page.section("In a ring")?;
        let round = ring.iter().chain(ring.first());
        let round: Vec<&str> = round.map(String::as_str).collect();
        page.indented(&round.join(" cites "), "  ")?;
    }
    if !claim.figures.is_empty() {
        page.section("Figures")?;
        for figure in &claim.figures {
            counted(page, figure)?;
        }
    }
    if !claim.disagreements.is_empty() {
        page.section("Where they differ")?;
        for one in &claim.disagreements {
            page.indented(one.kind, "  ")?;
            disagreement(page, one)?;
        }
    }
    Ok(())
}

fn gone(page: &mut Page, step: &Milestone) -> io::Result<()> {
    let before = step
        .before
        .as_ref()
        .map(|[document, how]| format!("{document} has it as {how}"));
    let line = parts(&[
        Some(step.what),
        Some(&step.origin),
        before.as_deref(),
        step.published.as_deref(),
        Some(&step.document),
    ]);
    page.indented(&line, "  ")
}

fn said(page: &mut Page, member: &Member) -> io::Result<()> {
    let how = (member.certainty.as_deref()).filter(|c| *c != "certain");
    let realis = Some(member.realis.as_str()).filter(|r| *r != "actual");
    let letter = member
        .letter
        .as_ref()
        .map(|letter| format!("letter {letter}"));
    let shown = match &member.called {
        Some(called) => format!("{called} (as {})", member.origin),
        None => member.origin.clone(),
    };
    let origin = parts(&[
        Some(&shown),
        letter.as_deref(),
        Some(member.stance.as_str()),
        how,
        realis,
    ]);
    page.indented(&origin, "  ")?;
    page.indented(&one_line(&member.words), "    ")?;
    let through: Vec<&str> = member.through.iter().map(String::as_str).collect();
    let through = (!through.is_empty()).then(|| format!("through {}", through.join(", ")));
    let place = match &member.attribution {
        Some(attribution) => format!("{}#{attribution}", member.document),
        None => format!("{}#{}", member.document, member.mention),
    };
    let line = parts(&[
        Some(&place),
        member.published.as_deref(),
        through.as_deref(),
    ]);
    page.dimmed(&line, "    ")
}

fn done_by(page: &mut Page, named: &Responsible) -> io::Result<()> {
    page.indented(&named.who, "  ")?;
    for said in &named.said_by {
        let line = parts(&[
            Some(&said.origin),
            Some(said.stance.as_str()),
            Some(&format!("{}#{}", said.document, said.mention)),
        ]);
        page.dimmed(&line, "    ")?;
    }
    Ok(())
}

fn counted(page: &mut Page, figure: &Figure) -> io::Result<()> {
    let number = match figure.high {
        Some(high) if (high - figure.low).abs() < f64::EPSILON => format!("{high}"),
        Some(high) => format!("{} to {high}", figure.low),
        None => format!("at least {}", figure.low),
    };
    let then = figure
        .superseded_by
        .as_ref()
        .map(|by| format!("superseded by {by}"));
    let line = parts(&[
        Some(&format!("{number} {}", figure.kind)),
        Some(&figure.whose),
        figure.as_of.as_deref(),
        Some(&format!("{}#{}", figure.document, figure.figure)),
        then.as_deref(),
    ]);
    page.indented(&line, "  ")
}

/// The two sides of a disagreement.
pub fn disagreement(page: &mut Page, one: &Disagreement) -> io::Result<()> {
    for (document, [who, words]) in [(&one.a, &one.says), (&one.b, &one.against)] {
        page.indented(&format!("{}: {}", who, one_line(words)), "    ")?;
        page.dimmed(document, "    ")?;
    }
    Ok(())
}
