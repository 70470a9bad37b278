//! Tables with a header: one document a row.

use std::io::BufRead;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use super::rows::{Rows, separator};
use super::scan::Scan;
use super::{Fields, Piece, piece};
use crate::encoding::decode;
use crate::format::Format;
use crate::sidecar::Sidecars;
use crate::source::Source;
use crate::{Columns, LoadError, Loaded, Options, Origin};

/// The documents of a table.
pub(crate) fn table(
    mut source: Source,
    options: Arc<Options>,
) -> impl Iterator<Item = Result<Loaded, LoadError>> + Send {
    let separator = match source.format {
        Format::Table(Some(separator)) => separator,
        // What cannot be read now is said when the first row is read.
        _ => separator(first_line(source.reader.fill_buf().unwrap_or_default())),
    };
    let mut rows = Scan::new(source.reader, Rows::new(separator), options.limit);
    let mut table = Table {
        file: source.name,
        path: source.path,
        packed: source.packed,
        told: source.told,
        separator,
        options,
        header: None,
    };
    let mut done = false;
    std::iter::from_fn(move || {
        while !done {
            let found = piece(rows.next()?, &table.file, table.options.limit, table.packed);
            let Some(columns) = &table.header else {
                match found.and_then(|row| table.read_header(&row)) {
                    Ok(header) => table.header = Some(header),
                    Err(error) => {
                        done = true;
                        return Some(Err(error));
                    }
                }
                continue;
            };
            return Some(found.and_then(|row| table.document(&row, columns)));
        }
        None
    })
}

/// A table that is being read.
struct Table {
    file: String,
    path: Option<String>,
    packed: bool,
    told: Sidecars,
    separator: u8,
    options: Arc<Options>,
    header: Option<Header>,
}

/// Which column holds what, by its number from 0.
struct Header {
    columns: usize,
    id: Option<usize>,
    text: usize,
    title: Option<usize>,
    byline: Option<usize>,
    publisher: Option<usize>,
    published: Option<usize>,
    url: Option<usize>,
}

impl Table {
    fn read_header(&self, (line, bytes): &Piece) -> Result<Header, LoadError> {
        let origin = Origin::line(&self.file, *line);
        let names = self.split(&decode(bytes, &origin)?.text, &origin)?;
        Header::of(&names, &self.options.columns).ok_or_else(|| LoadError::NoText {
            origin: Origin::file(&self.file),
            column: self.options.columns.text.clone(),
            found: names
                .iter()
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect(),
        })
    }

    fn document(&self, (line, bytes): &Piece, header: &Header) -> Result<Loaded, LoadError> {
        let origin = Origin::line(&self.file, *line);
        let decoded = decode(bytes, &origin)?;
        let row = self.split(&decoded.text, &origin)?;
        if row.len() != header.columns {
            let reason = format!(
                "it has {} fields, the header has {}",
                row.len(),
                header.columns
            );
            return Err(LoadError::Row { origin, reason });
        }
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(str::to_owned);
        let fields = Fields {
            id: cell(header.id),
            text: cell(Some(header.text)).unwrap_or_default(),
            title: cell(header.title),
            byline: cell(header.byline),
            publisher: cell(header.publisher),
            published: cell(header.published),
            url: cell(header.url),
        };
        let mut raw = fields.into_raw(self.path.clone(), decoded.notes);
        raw.fill(&self.told.folder);
        raw.assemble(origin)
    }

    /// The fields of a row.
    fn split(&self, row: &str, origin: &Origin) -> Result<StringRecord, LoadError> {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .buffer_capacity(row.len() + 1)
            .from_reader(row.as_bytes());
        let mut record = StringRecord::new();
        match reader.read_record(&mut record) {
            Ok(_) => Ok(record),
            Err(error) => Err(LoadError::Row {
                origin: origin.clone(),
                reason: error.to_string(),
            }),
        }
    }
}

impl Header {
    fn of(names: &StringRecord, columns: &Columns) -> Option<Self> {
        let at = |name: &str| {
            let same = |other: &str| other.trim().eq_ignore_ascii_case(name);
            names
                .iter()
                .position(|other| other == name)
                .or_else(|| names.iter().position(same))
        };
        Some(Self {
            columns: names.len(),
            id: at(&columns.id),
            text: at(&columns.text)?,
            title: at(&columns.title),
            byline: at("byline"),
            publisher: at(&columns.publisher),
            published: match &columns.date {
                Some(name) => at(name),
                None => at("published").or_else(|| at("date")),
            },
            url: at(&columns.url),
        })
    }
}

fn first_line(head: &[u8]) -> &[u8] {
    head.split(|byte| *byte == b'\n').next().unwrap_or_default()
}
