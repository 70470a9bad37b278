//! Packs the table that `train/gazetteer.py` writes: `pack_gazetteer TABLE.tsv OUT.bin`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, table, out] = &arguments[..] else {
        eprintln!("usage: pack_gazetteer TABLE.tsv OUT.bin");
        return ExitCode::FAILURE;
    };
    let packed = std::fs::read_to_string(table)
        .map_err(|e| format!("{table}: {e}"))
        .and_then(|text| sayso_read::pack(&text, table).map_err(|e| e.to_string()))
        .and_then(|bytes| std::fs::write(out, bytes).map_err(|e| format!("{out}: {e}")));
    if let Err(error) = packed {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
