//! What went wrong, as a page or as `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use sayso_case::{CaseError, QueryError};
use sayso_link::LinkError;
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::Format;
use super::asked::Around;
use super::look;

/// Why something cannot be shown or done: one sentence that says what, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub detail: String,
    /// Where in a question it is, in characters from 1.
    pub column: Option<usize>,
}

/// A problem as data (RFC 9457).
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Told<'p> {
    /// What kind of problem it is: none but that of its status.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: &'static str,
    /// The status.
    status: u16,
    /// What is wrong, where, and what to do, in a sentence.
    detail: &'p str,
    /// Where in a question it is, in characters from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            column: None,
        }
    }

    /// There is nothing at an address.
    pub(crate) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// What was sent cannot be understood.
    pub(crate) fn refused(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// It is understood, and cannot be.
    pub(crate) fn unfit(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// A fault of the program: nobody who asks can do anything about it.
    pub(crate) fn fault(detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail.to_string())
    }

    fn title(&self) -> &'static str {
        match self.status {
            StatusCode::NOT_FOUND => "There is nothing here",
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => "This is not allowed",
            StatusCode::INTERNAL_SERVER_ERROR => "Something failed",
            _ => "This cannot be done",
        }
    }

    /// As data.
    pub(crate) fn json(&self) -> Response {
        let told = Told {
            kind: "about:blank",
            title: self
                .status
                .canonical_reason()
                .unwrap_or_else(|| self.title()),
            status: self.status.as_u16(),
            detail: &self.detail,
            column: self.column,
        };
        let told = serde_json::to_vec(&told).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, told).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }

    /// In the form that was asked for.
    pub(crate) fn response(&self, format: Format, around: &Around) -> Response {
        if format != Format::Page {
            return self.json();
        }
        let page = look::frame(
            around,
            self.title(),
            &look::problem(self.title(), &self.detail),
        );
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        let mut response = (self.status, page.into_string()).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

impl From<CaseError> for Problem {
    fn from(error: CaseError) -> Self {
        match &error {
            CaseError::Unknown(_) => Self::missing(error.to_string()),
            CaseError::Before(..) => Self::refused(error.to_string()),
            CaseError::Review(_) | CaseError::Reading { .. } => Self::unfit(error.to_string()),
            CaseError::ReadOnly(_) => Self::new(StatusCode::FORBIDDEN, error.to_string()),
            CaseError::Busy(_) | CaseError::Full(_) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string())
            }
            _ => Self::fault(error),
        }
    }
}

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Case(error) => error.into(),
            LinkError::NotLinked(_) => Self::new(StatusCode::CONFLICT, error.to_string()),
            LinkError::Place(_) => Self::refused(error.to_string()),
            LinkError::Unknown(_) => Self::missing(error.to_string()),
        }
    }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            detail: format!("The question cannot be asked: {}", error.message()),
            column: Some(error.column()),
        }
    }
}
