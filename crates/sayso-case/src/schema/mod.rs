//! The file's tables: making them, and bringing an older case up to date.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::change::{self, What};

/// Marks a file as a case: `says` in ASCII, in `SQLite`'s `application_id`.
pub(crate) const APPLICATION: i32 = 0x7361_7973;
/// The newest version of the tables.
pub(crate) const VERSION: i64 = STEPS.len() as i64;

/// What leads from each version of the tables to the next; the first makes a new case.
pub(crate) const STEPS: [&str; 5] = [
    include_str!("v1.sql"),
    include_str!("v2.sql"),
    include_str!("v3.sql"),
    include_str!("v4.sql"),
    include_str!("v5.sql"),
];
/// The views of the newest version.
const VIEWS: &str = include_str!("views.sql");

/// The statements that make the tables of a new case, for the page that documents it; those of the second
/// step are all replaced by the third, and the journal of links by the fifth.
pub fn documented() -> (String, &'static str) {
    let [first, _, third, fourth, fifth] = STEPS;
    ([first, third, fourth, fifth].concat(), VIEWS)
}

/// The version of a file's tables; `None` where it is no case, 0 where it is empty.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if mark == APPLICATION {
        return Ok(Some(version));
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok((mark == 0 && version == 0 && tables == 0).then_some(0))
}

/// Brings the tables from any version to the newest, all of it or nothing.
pub(crate) fn upgrade(connection: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // somebody else may have done it while this waited
    let from = version(&transaction)?.unwrap_or(0);
    let newest = steps.len() as i64;
    if from >= newest {
        return Ok(());
    }
    drop_views(&transaction)?;
    for step in steps.iter().skip(usize::try_from(from).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(VIEWS)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", newest)?;
    let what = if from == 0 {
        What::Create
    } else {
        What::Upgrade
    };
    change::begin(&transaction, what)?;
    transaction.commit()
}

fn drop_views(transaction: &Transaction) -> rusqlite::Result<()> {
    let mut names = transaction.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'v\\_%' ESCAPE '\\'",
    )?;
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for name in names {
        transaction.execute_batch(&format!("DROP VIEW \"{}\"", name.replace('"', "\"\"")))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a step that takes a while.
    const SLOW: &str = "CREATE TABLE more (id INTEGER PRIMARY KEY, words TEXT) STRICT;
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
        INSERT INTO more SELECT i, hex(randomblob(50)) FROM n;";
    const CASE: &str = "SAYSO_CASE_TO_UPGRADE";

    /// Runs itself again as the program that is killed. `SAYSO_ROUNDS` sets how often.
    #[test]
    fn an_upgrade_that_is_killed_is_whole_or_did_not_happen() {
        if let Ok(path) = std::env::var(CASE) {
            let mut c = Connection::open(path).unwrap();
            upgrade(&mut c, &[STEPS[0], SLOW]).unwrap();
            return;
        }
        let rounds = std::env::var("SAYSO_ROUNDS")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(6_u64);
        let folder = tempfile::TempDir::new().unwrap();
        let mut upgraded = 0;
        for round in 0..rounds {
            let path = folder.path().join(format!("{round}.sayso"));
            let mut c = Connection::open(&path).unwrap();
            c.pragma_update(None, "journal_mode", "WAL").unwrap();
            upgrade(&mut c, &STEPS[..1]).unwrap();
            c.execute("INSERT INTO publisher (name) VALUES ('Harbour Post')", [])
                .unwrap();
            drop(c);
            let mut child = std::process::Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "schema::tests::an_upgrade_that_is_killed_is_whole_or_did_not_happen",
                ])
                .env(CASE, &path)
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(std::time::Duration::from_millis(5 + 31 * round % 150));
            child.kill().unwrap();
            child.wait().unwrap();
            let c = Connection::open(&path).unwrap();
            let found = version(&c).unwrap().unwrap();
            assert_eq!(
                count(&c, "SELECT count(*) FROM more"),
                (found == 2).then_some(60_000)
            );
            assert_eq!(count(&c, "SELECT count(*) FROM v_document"), Some(0));
            assert_eq!(count(&c, "SELECT count(*) FROM publisher"), Some(1));
            let sound: String = c
                .query_row("PRAGMA integrity_check", [], |row| row.get(0))
                .unwrap();
            assert_eq!(sound, "ok");
            upgraded += u64::from(found == 2);
        }
        println!("{rounds} upgrades killed, {upgraded} of them too late");
    }

    fn count(c: &Connection, sql: &str) -> Option<i64> {
        c.query_row(sql, [], |row| row.get(0)).ok()
    }

    #[test]
    fn a_step_that_fails_leaves_the_case_as_it_was() {
        let mut c = Connection::open_in_memory().unwrap();
        upgrade(&mut c, &STEPS[..1]).unwrap();
        let broken = "CREATE TABLE more (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";
        assert!(upgrade(&mut c, &[STEPS[0], broken]).is_err());
        assert_eq!(version(&c).unwrap(), Some(1));
        assert_eq!(
            count(&c, "SELECT count(*) FROM v_document"),
            Some(0),
            "its views are there"
        );
        assert_eq!(count(&c, "SELECT count(*) FROM more"), None);
        assert_eq!(count(&c, "SELECT count(*) FROM change"), Some(1));

        upgrade(
            &mut c,
            &[STEPS[0], "CREATE TABLE more (id INTEGER) STRICT;"],
        )
        .unwrap();
        assert_eq!(version(&c).unwrap(), Some(2));
        assert_eq!(count(&c, "SELECT count(*) FROM more"), Some(0));
        assert_eq!(
            count(&c, "SELECT count(*) FROM change WHERE what = 'upgrade'"),
            Some(1)
        );
        upgrade(&mut c, &[STEPS[0], "an error"]).unwrap();
        assert_eq!(
            version(&c).unwrap(),
            Some(2),
            "what is up to date is left alone"
        );
    }
}
