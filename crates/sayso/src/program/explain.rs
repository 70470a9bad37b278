//! `sayso explain`: why an attribution, time, place or figure is what it is.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::AutoStream;
use anyhow::{Context as _, anyhow, bail};
use sayso::explain::{Explainer, Lines, Subject, at, list, listed as facts, name_of, write};
use sayso::output::glyphs::UNICODE;
use sayso::output::rows::one_line;
use sayso::{Document, Item, Reader, Reading, load};

use super::FAILED;
use super::case::KeyArgs;
use super::cli::ExplainArgs;
use super::link::{self, ClaimArgs, ShowArgs};
use super::model::reader_of;
use super::target::{Target, What, exists};
use super::terminal;

/// Identifiers that are named where a record has to be chosen.
const NAMED: usize = 5;

/// Explains what was asked for, or lists what can be asked.
pub fn run(args: &ExplainArgs) -> anyhow::Result<ExitCode> {
    let target = Target::parse(&args.target, exists)?;
    if Path::new(&target.file).is_dir() {
        bail!("{}: this is a folder; name one file in it", target.file);
    }
    if is_case(Path::new(&target.file)) {
        return of_case(args, &target);
    }
    let reader = reader_of(&args.model)?;
    match (target.what, &target.record) {
        (What::All, None) => list_all(args, &target, &reader),
        (What::All, Some(record)) => {
            let (document, several) = find(args, &target)?;
            let reading = reader.read(document)?;
            let record = several.then_some(record.as_str());
            listed(args, &reading, &target.address(record))?;
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            let (document, _) = find(args, &target)?;
            explain(args, &target, &reader, document)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Whether a file is one that `SQLite` made.
fn is_case(path: &Path) -> bool {
    let mut head = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == *b"SQLite format 3\0"
}

/// Why a claim of a case stands as it does.
fn of_case(args: &ExplainArgs, target: &Target) -> anyhow::Result<ExitCode> {
    let file = &target.file;
    let name = args
        .target
        .get(file.len()..)
        .and_then(|rest| rest.strip_prefix('#'));
    let name = name.filter(|name| !name.is_empty()).with_context(|| {
        format!(
            "{file}: this is a case; name a claim in it, as {file}#DOCUMENT#v1; `sayso claims {file}` lists them"
        )
    })?;
    link::show::claim(&ClaimArgs {
        show: ShowArgs {
            case: PathBuf::from(file),
            json: args.json,
            width: args.width,
            key: KeyArgs {
                passphrase_file: None,
            },
        },
        claim: name.to_owned(),
    })
}

/// The document that is meant, and whether its file is one of many records.
fn find(args: &ExplainArgs, target: &Target) -> anyhow::Result<(Document, bool)> {
    let mut loaded = load([target.file.clone()], &args.options());
    let file = &target.file;
    let Some(wanted) = &target.record else {
        let first = loaded
            .next()
            .with_context(|| format!("{file}: holds no text"))?;
        let first = first?.document;
        let Some(second) = loaded.next() else {
            return Ok((first, false));
        };
        let more = std::iter::once(second).chain(loaded);
        let others = more.filter_map(Result::ok).map(|next| next.document);
        let named = ids(std::iter::once(first).chain(others));
        bail!(
            "{file}: holds several texts; name one by its identifier, as in {file}#ID#a1: {named}"
        );
    };
    let mut seen = Vec::new();
    let mut failed = None;
    for next in loaded {
        match next {
            Ok(next) if next.document.id.as_str() == wanted => return Ok((next.document, true)),
            Ok(next) => seen.push(next.document),
            // another record may be the one
            Err(error) => failed = Some(error),
        }
        seen.truncate(NAMED + 1);
    }
    if let Some(error) = failed.filter(|_| seen.is_empty()) {
        return Err(error.into());
    }
    let named = ids(seen.into_iter());
    bail!(
        "{file}: no text in it is called `{}`; ask for {file} to see all; there are {named}",
        one_line(wanted)
    );
}

/// The first identifiers of some documents.
fn ids(documents: impl Iterator<Item = Document>) -> String {
    let all = documents.map(|document| one_line(document.id.as_str()));
    let mut some: Vec<_> = all.take(NAMED + 1).collect();
    if some.len() > NAMED {
        some.truncate(NAMED);
        some.push("…".to_owned());
    }
    some.join(", ")
}

fn explain(
    args: &ExplainArgs,
    target: &Target,
    reader: &Reader,
    document: Document,
) -> anyhow::Result<()> {
    let (reading, trace) = reader.explain(document)?;
    let found = wanted(target, &reading)?;
    let why = Explainer::new(&reading, &trace).explain(found)?;
    let mut out = AutoStream::auto(io::stdout().lock());
    if args.json {
        serde_json::to_writer(&mut out, &why).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        write(&mut out, &why, terminal::look(args.width))?;
    }
    Ok(())
}

/// What is meant.
fn wanted<'r>(target: &Target, reading: &'r Reading) -> anyhow::Result<Subject<'r>> {
    let address = target.address(target.record.as_deref());
    match target.what {
        What::At(place) => {
            let lines = Lines::new(reading.document.text());
            let byte = lines.byte(place).map_err(|e| anyhow!("{address}: {e}"))?;
            let found = at(reading, byte);
            found.with_context(|| {
                format!("{address}:{place}: no attribution, time, place, figure or event is there; ask for {address} to see all")
            })
        }
        What::Item(id) => Subject::of(reading, id).with_context(|| {
            format!(
                "{address}: there is no {}; {}",
                name_of(id),
                last(reading, id)
            )
        }),
        What::All => bail!("{address}: name an attribution, such as {address}#a1"),
    }
}

/// The last identifier of a kind, or that there is none.
fn last(reading: &Reading, id: Item) -> String {
    let (count, letter, none) = match id {
        Item::Attribution(_) => (
            reading.attributions.len(),
            'a',
            "nobody is said to have said anything",
        ),
        Item::Time(_) => (reading.times.len(), 't', "the text tells no time"),
        Item::Place(_) => (reading.places.len(), 'p', "the text names no place"),
        Item::Figure(_) => (reading.figures.len(), 'f', "the text gives no figure"),
        Item::Event(_) => (
            reading.events.len(),
            'v',
            "nothing is told to have happened",
        ),
    };
    match count {
        0 => none.to_owned(),
        _ => format!("the last one is {letter}{count}"),
    }
}

/// Lists what can be asked of all texts of a file.
fn list_all(args: &ExplainArgs, target: &Target, reader: &Reader) -> anyhow::Result<ExitCode> {
    let mut failed = false;
    let mut loaded = load([target.file.clone()], &args.options()).peekable();
    let mut first = true;
    while let Some(next) = loaded.next() {
        let several = !first || loaded.peek().is_some();
        first = false;
        match next {
            Ok(next) => {
                let reading = reader.read(next.document)?;
                let record = Some(reading.document.id.as_str()).filter(|_| several);
                listed(args, &reading, &target.address(record))?;
            }
            Err(error) => {
                failed = true;
                terminal::complain(&error);
            }
        }
    }
    Ok(if failed {
        FAILED.into()
    } else {
        ExitCode::SUCCESS
    })
}

fn listed(args: &ExplainArgs, reading: &Reading, address: &str) -> anyhow::Result<()> {
    let mut out = AutoStream::auto(io::stdout().lock());
    if !args.json {
        list(
            &mut out,
            reading,
            &one_line(address),
            terminal::look(args.width),
        )?;
        return Ok(());
    }
    let lines = Lines::new(reading.document.text());
    for row in sayso::output::rows::rows(reading) {
        let place = lines.place(row.start);
        let line = serde_json::json!({
            "address": format!("{address}#{}", row.id),
            "id": row.id,
            "line": place.line,
            "column": place.column,
            "who": row.who,
            "how": row.how,
            "what": row.what,
        });
        writeln!(out, "{line}")?;
    }
    for fact in facts(reading, UNICODE) {
        let line = serde_json::json!({
            "address": format!("{address}#{}", fact.id),
            "id": fact.id,
            "line": fact.place.line,
            "column": fact.place.column,
            "what": fact.words,
            "value": fact.value,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
