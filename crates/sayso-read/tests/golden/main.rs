//! The golden texts: for each the reader gives exactly what `golden/readings` says,
//! known mistakes included. `golden/README.md` describes the format.
//!
//! `SAYSO_WRITE_GOLDEN=1 cargo test -p sayso-read --test golden` sorts the rows anew
//! after a change of the reader; the truth stays as it is.

mod compare;
mod parse;
mod write;

use std::fs;
use std::path::{Path, PathBuf};

use sayso_encode::Weights;
use sayso_load::{Options, from_bytes};
use sayso_read::Reader;
use sayso_reading::Document;

use compare::Entry;
use parse::{Expected, Section};

const REWRITE: &str = "SAYSO_WRITE_GOLDEN";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A golden text with its reading.
struct Golden {
    name: String,
    markdown: PathBuf,
    document: Document,
    expected: Expected,
}

/// All golden texts, by name.
fn all() -> Result<Vec<Golden>, String> {
    let folder = root().join("golden/texts");
    let entries = fs::read_dir(&folder).map_err(|e| format!("golden/texts: {e}"))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let golden: Vec<Golden> = paths.iter().map(|p| one(p)).collect::<Result<_, _>>()?;
    let readings = fs::read_dir(root().join("golden/readings"))
        .map_err(|e| format!("golden/readings: {e}"))?;
    match readings.count() {
        count if count == golden.len() => Ok(golden),
        count => Err(format!(
            "golden: {} texts but {count} readings",
            golden.len()
        )),
    }
}

fn one(path: &Path) -> Result<Golden, String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let at = |e: &dyn std::fmt::Display| format!("{name}: {e}");
    let bytes = fs::read(path).map_err(|e| at(&e))?;
    let loaded = from_bytes(&format!("{name}.txt"), &bytes, &Options::default());
    let document = loaded.into_iter().next().ok_or_else(|| at(&"no text"))?;
    let document = document.map_err(|e| at(&e))?.document;
    let markdown = root().join("golden/readings").join(format!("{name}.md"));
    let written = fs::read_to_string(&markdown).map_err(|e| at(&e))?;
    let expected = parse::expected(&written, document.text()).map_err(|e| at(&e))?;
    Ok(Golden {
        name: name.into_owned(),
        markdown,
        document,
        expected,
    })
}

/// What differs, one sentence each.
fn differences(
    text: &str,
    expected: &Expected,
    given: &[Entry],
    pairs: &[Option<usize>],
) -> Vec<String> {
    let rows = expected
        .rows
        .iter()
        .enumerate()
        .filter_map(|(index, (section, row))| {
            let what = match (section, pairs.contains(&Some(index))) {
                (Section::Right, false) => "is under Right, but the reader does not give it",
                (Section::Missed, true) => "is under Missed, but the reader gives it",
                (Section::Wrong, false) => "is under Wrong, but the reader no longer gives it",
                _ => return None,
            };
            Some(format!("{} {what}: {}", row.id, row.cells.join(" | ")))
        });
    let flat = parse::flat(text);
    let new = given
        .iter()
        .zip(pairs)
        .filter(|(_, pair)| pair.is_none())
        .map(|(entry, _)| {
            let cells = write::cells(&flat, &entry.marks).map_or_else(|e| e, |c| c.join(" | "));
            format!("the reader gives what no row holds: {cells}")
        });
    rows.chain(new).collect()
}

#[test]
fn every_reading_is_as_expected() {
    let weights = root().join("data/reader.weights");
    assert!(
        weights.exists(),
        "data/reader.weights is missing: check the file out again, or train it (train/README.md)"
    );
    let weights = Weights::open(&weights).expect("sound weights");
    let reader = Reader::new(&weights).expect("a reader");
    let rewrite = std::env::var_os(REWRITE).is_some();
    let (mut counts, mut failures) = ([0; 3], Vec::new());
    for golden in all().expect("golden texts and their readings") {
        let Golden {
            name,
            markdown,
            document,
            expected,
        } = golden;
        let reading = reader.read(document).expect("a reading");
        let text = reading.document.text();
        let given = compare::given(&reading.attributions);
        let pairs = compare::pair(text, &expected.rows, &given);
        let is_true =
            |pair: &&Option<usize>| pair.is_some_and(|i| expected.rows[i].0 != Section::Wrong);
        let right = pairs.iter().filter(is_true).count();
        let truth = expected
            .rows
            .iter()
            .filter(|(s, _)| *s != Section::Wrong)
            .count();
        for (count, add) in counts
            .iter_mut()
            .zip([right, truth - right, given.len() - right])
        {
            *count += add;
        }
        if rewrite {
            let sorted = write::file(text, &expected, &given, &pairs).expect("cells for every row");
            fs::write(&markdown, sorted).expect("a file that can be written");
        } else {
            let found = differences(text, &expected, &given, &pairs);
            failures.extend(found.into_iter().map(|d| format!("{name}: {d}")));
        }
    }
    let [right, missed, wrong] = counts;
    println!("golden: {right} right, {missed} missed, {wrong} wrong");
    assert!(
        failures.is_empty(),
        "{}\n{} differences ({right} right, {missed} missed, {wrong} wrong); look at each, then sort the rows with \
         {REWRITE}=1 cargo test -p sayso-read --test golden",
        failures.join("\n"),
        failures.len(),
    );
}
