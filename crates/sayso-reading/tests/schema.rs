//! `docs/reading.schema.json` is the schema of the types as they are.

use std::path::Path;
use std::{env, fs};

/// Set to any value, the test writes the file instead of comparing it.
const REWRITE: &str = "SAYSO_WRITE_SCHEMA";

#[test]
fn the_schema_in_the_manual_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reading.schema.json");
    let mut schema = serde_json::to_string_pretty(&sayso_reading::reading_schema()).unwrap();
    schema.push('\n');
    if env::var_os(REWRITE).is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == schema,
        "docs/reading.schema.json is not the schema of the types; \
         run `{REWRITE}=1 cargo test -p sayso-reading --test schema` to write it anew"
    );
}
