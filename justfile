# `just` alone lists the commands.

default:
    @just --list

# Every check, as the build machine runs it
test:
    ./test

# The golden texts alone, with their counts
golden:
    cargo test --package sayso-read --test golden -- --nocapture

# Sort the rows of the golden readings by what the reader gives now
golden-write:
    SAYSO_WRITE_GOLDEN=1 cargo test --package sayso-read --test golden -- --nocapture

# Write docs/reading.schema.json from the types
schema:
    SAYSO_WRITE_SCHEMA=1 cargo test --package sayso-reading --test schema

# Read files, folders or pages: just read golden/texts
read *INPUT:
    cargo run --release --quiet -- read {{INPUT}}

# Figures on labelled texts: just eval --gold FILE
eval *ARGS:
    cargo run --release --quiet -- eval {{ARGS}}

# Write docs/error-sheet.md; DATA is the folder with evals, gold and data
error-sheet DATA:
    python3 bench/error_sheet.py {{DATA}}
    python3 bench/times.py {{DATA}}

# Write docs/places.md; TABLE is the places.tsv that train/gazetteer leaves in its folder
places DATA TABLE:
    python3 bench/places.py {{DATA}} --table {{TABLE}}

# Build data/gazetteer.bin anew; FOLDER keeps what it fetches
gazetteer FOLDER:
    train/gazetteer {{FOLDER}}

# Write docs/performance.md on the same texts
bench DATA:
    python3 bench/speed.py {{DATA}}

# Write docs/case-performance.md: a case of a million synthetic documents
bench-case:
    python3 bench/case.py

# Write docs/pages-speed.md: pages of a served case of 200,000 documents
bench-pages:
    python3 bench/pages.py

# Write docs/crash.md: killed, full, shared
crash:
    python3 bench/crash.py

# Ask the API what schemathesis makes up from its description
api SCHEMATHESIS="schemathesis":
    python3 bench/api.py --schemathesis {{SCHEMATHESIS}}

# Fuzz every target for some minutes each
fuzz MINUTES="5":
    fuzz/run $(({{MINUTES}} * 60))

# From data to weights
train DATA:
    train/run {{DATA}}
