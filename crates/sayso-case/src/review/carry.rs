use rusqlite::Transaction;

use crate::intake::words::AllWords;

pub(crate) fn over(_: &Transaction, _: i64, _: i64, _: &mut AllWords) -> rusqlite::Result<()> {
    Ok(())
}
