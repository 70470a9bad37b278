//! What is at an address, in the form that is asked for: a page, data, a table.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use maud::Markup;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::asked::Around;
use super::look;
use super::problem::Problem;

/// In which form somebody wants to have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Page,
    /// `.json`: its data.
    Json,
    /// `.csv`: its table.
    Csv,
}

impl Format {
    /// What stands behind the last dot of a path.
    pub(crate) fn of_suffix(suffix: &str) -> Option<Self> {
        match suffix {
            "html" => Some(Self::Page),
            "json" => Some(Self::Json),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// Rows under a head, for spreadsheets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new(head: &[&'static str]) -> Self {
        Self {
            head: head.iter().map(|name| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Of rows whose fields are the columns; `None` where one has fields within fields.
    pub(crate) fn of(rows: &[impl Serialize]) -> Option<Self> {
        let mut out = csv::Writer::from_writer(Vec::new());
        for row in rows {
            out.serialize(row).ok()?;
        }
        let written = out.into_inner().ok()?;
        let mut read = csv::Reader::from_reader(written.as_slice());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        Some(Self {
            head: cells(read.headers().ok()?),
            rows: read
                .records()
                .map(|record| record.map(|record| cells(&record)))
                .collect::<Result<_, _>>()
                .ok()?,
        })
    }

    fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(&self.head)?;
        for row in &self.rows {
            out.write_record(row.iter().map(|cell| plain(cell)))?;
        }
        out.into_inner().map_err(|e| e.into_error().into())
    }
}

/// A cell that no spreadsheet takes for a formula.
fn plain(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || (cell.starts_with('-') && cell.parse::<f64>().is_err() && cell.len() > 1);
    if is_formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A cell from what may be missing.
pub(crate) fn cell(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// What is at an address.
pub(crate) trait View: Serialize + Send + 'static {
    /// The page's title.
    fn title(&self) -> String;
    /// What stands on the page.
    fn body(&self, around: &Around) -> Markup;
    /// The same as a table, where it is one.
    fn table(&self) -> Option<Table> {
        None
    }
    /// Whether it changes by itself, so that it is to be shown again in a moment.
    fn refresh(&self) -> bool {
        false
    }
}

/// A view in a form.
pub(crate) fn answer<V: View>(
    view: &V,
    format: Format,
    around: &Around,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let (kind, body) = match format {
        Format::Page => {
            let around = around.with_table(view.table().is_some());
            let page = look::frame(&around, &view.title(), &view.body(&around));
            ("text/html; charset=utf-8", page.into_string().into_bytes())
        }
        Format::Json => {
            let body = serde_json::to_vec(view).map_err(Problem::fault)?;
            ("application/json", body)
        }
        Format::Csv => {
            let table = view.table().ok_or_else(|| {
                Problem::missing("This is no table; ask for the same address with .json")
            })?;
            (
                "text/csv; charset=utf-8",
                table.csv().map_err(Problem::fault)?,
            )
        }
    };
    let mut response = tagged(kind, body, headers);
    if view.refresh() {
        let again = HeaderValue::from_static("1");
        response.headers_mut().insert(header::REFRESH, again);
    }
    Ok(response)
}

/// A body under its digest: who has it already gets nothing but that.
pub(crate) fn tagged(kind: &'static str, body: Vec<u8>, headers: &HeaderMap) -> Response {
    let digest = Sha256::digest(&body);
    let tag = URL_SAFE_NO_PAD.encode(digest.get(..12).unwrap_or_default());
    let tag = format!("\"{tag}\"");
    let is_known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| {
            known
                .split(',')
                .any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
        });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(body))
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    // kept by nobody but the browser, and asked about each time
    let cache = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, cache);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_rows_are_columns() {
        #[derive(Serialize)]
        struct Named {
            name: &'static str,
            day: Option<&'static str>,
        }
        let rows = [Named {
            name: "Lee, \"A\"",
            day: None,
        }];
        let table = Table::of(&rows).unwrap();
        assert_eq!(table.head, ["name", "day"]);
        assert_eq!(table.rows, [["Lee, \"A\"", ""]]);
    }

    #[test]
    fn no_cell_is_a_formula() {
        let told = |cell| plain(cell);
        assert_eq!(told("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(told("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(told("-1+1"), "'-1+1");
        assert_eq!(told("-12.5"), "-12.5");
        assert_eq!(told("–"), "–");
        assert_eq!(told("Ann Lee"), "Ann Lee");
    }
}
