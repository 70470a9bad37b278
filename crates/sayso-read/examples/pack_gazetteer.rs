//! Packs the table that `train/gazetteer.py` writes: `pack_gazetteer TABLE.tsv OUT.bin`.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, table, out] = &arguments[..] else {
        return Err("usage: pack_gazetteer TABLE.tsv OUT.bin".into());
    };
    let text = fs::read_to_string(table).map_err(|cause| format!("{table}: {cause}"))?;
    let packed = sayso_read::pack(&text, table)?;
    fs::write(out, packed).map_err(|cause| format!("{out}: {cause}"))?;
    Ok(())
}
