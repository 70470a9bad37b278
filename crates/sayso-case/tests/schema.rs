//! `docs/schema.md` says what is in the file: it is written from the statements that make a case
//! (`SAYSO_WRITE_DOCS=1 cargo test -p sayso-case --test schema`) and compared with a new one.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a panic is a failed test"
)]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use common::Fresh;
use rusqlite::Connection;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema.md");

const HEAD: &str = "# The case file

Written from the statements that make a case; do not edit it. A test compares it with a new case.

A case is one SQLite file (version 3.43 or later reads all of it): open it with `sqlite3`, Datasette, DB Browser or any
library. Its `application_id` is 0x73617973 (`says`), its `user_version` the version of these tables. While it is
written, a log lies beside it (`-wal`, `-shm`): copy a case with `sayso backup`, or with the log.

**Read the views** (`v_…`): they show what counts now. The tables hold all that ever counted: a row counts from the change
`since` on until the change `until`; `until` is NULL where it counts now. What counted at change 12:
`since <= 12 AND (until IS NULL OR until > 12)`. Nothing is overwritten: a corrected attribution is a new row, and
so is that of another reader.

Write only through sayso: the word indexes, the digests and the journal follow each other, and `sayso check` shows where
they do not.

**Word indexes** (`text_words`, `attribution_words`, `event_words`; FTS5 without content): the row number is
`day << 40 | id`, the day of publication counted from 0000-01-01 (0 where none is known) and the `id` of the row in `version`,
`attribution` or `event_mention`. In descending order of row numbers the newest come first:

```sql
SELECT a.* FROM attribution_words w JOIN attribution a ON a.id = w.rowid & ((1 << 40) - 1)
WHERE attribution_words MATCH 'source : pentagon AND tags : actdeny' AND a.until IS NULL
ORDER BY w.rowid DESC LIMIT 20;
```

The column `tags` holds one word for each closed value: `actdeny`, `kindanonymous`, `certpossible`, `quotedirect`, `neg`,
`okindpublication` (the origin's kind), `pub7` (row 7 of `publisher`), `langen`; of events also `evassault`, `modeaerial`,
`realisactual`, `ctxmilitary`, `respclaim`, `ctysy` (the country), `m2024x1` and `y2024` (months and years of its time; `w2024` where
it has too many months, `tlong` too many years), `k3`, `i3` (at least 3 killed, injured; in steps), `kindauthor` (in nobody's
content). Every row has `xany`.

";

#[test]
fn the_page_says_what_is_in_the_file() {
    let page = page();
    if env::var_os("SAYSO_WRITE_DOCS").is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let kept = fs::read_to_string(Path::new(PAGE)).unwrap_or_default();
    assert!(
        kept == page,
        "docs/schema.md is not what the tables are; write it with SAYSO_WRITE_DOCS=1"
    );
}

#[test]
fn every_column_is_told() {
    let fresh = Fresh::new();
    let c = Connection::open(fresh.path()).unwrap();
    let told = tables();
    for (table, columns) in in_file(&c) {
        let known = told
            .get(&table)
            .unwrap_or_else(|| panic!("{table} is not told"));
        assert_eq!(&columns, known, "{table}");
    }
}

#[test]
fn every_view_can_be_read() {
    let mut fresh = Fresh::new();
    fresh
        .case
        .add(&common::intake(&[common::raid("r:1", "2024-01-28")]))
        .unwrap();
    let c = Connection::open(fresh.path()).unwrap();
    for view in views(&c) {
        let rows: i64 = c
            .query_row(&format!("SELECT count(*) FROM {view}"), [], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(rows > 0, view != "v_review", "{view}");
    }
}

/// Names of columns of each table, as the file has them.
fn in_file(c: &Connection) -> BTreeMap<String, Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_words%' ESCAPE '\\'";
    names(c, sql)
        .into_iter()
        .map(|table| {
            let columns = names(c, &format!("SELECT name FROM pragma_table_info('{table}')"));
            (table, columns)
        })
        .collect()
}

fn views(c: &Connection) -> Vec<String> {
    names(
        c,
        "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name",
    )
}

fn names(c: &Connection, sql: &str) -> Vec<String> {
    let mut statement = c.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// A table in the statements: what it is, and its columns with types and comments.
struct Table {
    about: String,
    columns: Vec<[String; 3]>,
}

/// The tables in the order of the statements.
fn parsed() -> Vec<(String, Table)> {
    let (tables, _) = sayso_case::schema();
    let mut out: Vec<(String, Table)> = Vec::new();
    let (mut about, mut inside) = (String::new(), false);
    for line in tables.lines() {
        if let Some(words) = line.strip_prefix("-- ") {
            let _ = write!(about, "{}{words}", if about.is_empty() { "" } else { " " });
        } else if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            let rest = rest.strip_prefix("IF NOT EXISTS ").unwrap_or(rest);
            let name = rest.trim_end_matches(" (").to_owned();
            let mut about = std::mem::take(&mut about);
            // made anew by a later step, it is what it was
            let before = out.iter().position(|(known, _)| *known == name);
            if let Some((_, before)) = before.map(|at| out.remove(at)) {
                about = before.about;
            }
            let columns = Vec::new();
            out.push((name, Table { about, columns }));
            inside = true;
        } else if line.starts_with(')') {
            inside = false;
        } else if inside {
            column(line, &mut out.last_mut().expect("a table").1.columns);
        } else if line.is_empty() || line.starts_with("CREATE") {
            about.clear();
        }
    }
    out
}

fn column(line: &str, columns: &mut Vec<[String; 3]>) {
    let (code, comment) = line.split_once("-- ").unwrap_or((line, ""));
    let code = code.trim().trim_end_matches(',');
    let (name, rest) = code.split_once(' ').unwrap_or((code, ""));
    let rest = rest.trim();
    if ["UNIQUE", "PRIMARY", "FOREIGN", "CHECK"].contains(&name) || name.is_empty() {
        return;
    }
    let name = name.trim_matches('"').to_owned();
    let kind = rest.split(" CHECK").next().unwrap_or_default();
    columns.push([name, kind.to_owned(), comment.to_owned()]);
}

fn tables() -> BTreeMap<String, Vec<String>> {
    let names = |t: Table| t.columns.into_iter().map(|[name, ..]| name).collect();
    parsed()
        .into_iter()
        .map(|(name, t)| (name, names(t)))
        .collect()
}

fn page() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("## Views\n\n");
    let (_, statements) = sayso_case::schema();
    let fresh = Fresh::new();
    let c = Connection::open(fresh.path()).unwrap();
    for view in views(&c) {
        let columns = names(&c, &format!("SELECT name FROM pragma_table_info('{view}')"));
        let _ = writeln!(out, "- `{view}`: {}", columns.join(", "));
    }
    assert!(statements.contains("CREATE VIEW v_document"));
    out.push_str("\n## Tables\n");
    for (name, table) in parsed() {
        let _ = writeln!(
            out,
            "\n### {name}\n\n{}\n\n| column | type | |\n|---|---|---|",
            table.about
        );
        for [column, kind, comment] in table.columns {
            let _ = writeln!(out, "| `{column}` | {kind} | {comment} |");
        }
    }
    out
}
