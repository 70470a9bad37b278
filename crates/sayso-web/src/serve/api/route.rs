//! An operation: where it stands, what it takes and gives, and what does it.

use std::sync::Arc;

use axum::body::{self, Bytes};
use axum::extract::{FromRequest as _, FromRequestParts as _, RawPathParams, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sayso_case::Case;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{BASE, DESCRIPTION, token};
use crate::serve::Site;
use crate::serve::answer::tagged;
use crate::serve::asked::blocking;
use crate::serve::problem::Problem;
use crate::serve::writing::read_only;

/// Makes the schema of a type.
pub(super) type Maker = fn(&mut SchemaGenerator) -> Schema;

type Work = Box<dyn Fn(&Call) -> Result<Vec<u8>, Problem> + Send + Sync>;

/// An operation.
pub(super) struct Route {
    pub method: Method,
    /// Behind [`BASE`]; names in braces are parameters.
    pub path: &'static str,
    /// Its name.
    pub id: &'static str,
    /// What it gives, in a sentence.
    pub summary: &'static str,
    /// Statuses that are not those of every operation.
    pub refusals: &'static [StatusCode],
    /// An object with a property for each parameter, those of the path among them.
    pub parameters: Maker,
    /// Kinds of bodies that it takes.
    pub bodies: Vec<(&'static str, Maker)>,
    pub answer: Maker,
    /// Whether it changes the case.
    pub writes: bool,
    work: Work,
}

impl Route {
    /// Looks something up in the case.
    pub(super) fn get<P, A>(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        find: fn(&Call, &Case, &P) -> Result<A, Problem>,
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + 'static,
        A: Serialize + JsonSchema + 'static,
    {
        let work = move |call: &Call| {
            let parameters = call.parameters()?;
            let found = call
                .site
                .cases
                .read(|case| find(call, case, &parameters))??;
            serde_json::to_vec(&found).map_err(Problem::fault)
        };
        let made = Self::made(Method::GET, path, id, summary, Box::new(work));
        Self {
            parameters: SchemaGenerator::subschema_for::<P>,
            answer: SchemaGenerator::subschema_for::<A>,
            ..made
        }
    }

    /// Does something with what is sent.
    pub(super) fn post<B, A>(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        act: fn(&Call, B) -> Result<A, Problem>,
    ) -> Self
    where
        B: Posted + 'static,
        A: Serialize + JsonSchema + 'static,
    {
        let work = move |call: &Call| {
            call.parameters::<Nothing>()?;
            let done = act(call, B::of(&call.kind, &call.body)?)?;
            serde_json::to_vec(&done).map_err(Problem::fault)
        };
        let made = Self::made(Method::POST, path, id, summary, Box::new(work));
        Self {
            bodies: B::kinds(),
            answer: SchemaGenerator::subschema_for::<A>,
            ..made
        }
    }

    /// One that takes nothing and gives nothing yet.
    fn made(
        method: Method,
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        work: Work,
    ) -> Self {
        Self {
            method,
            path,
            id,
            summary,
            refusals: &[],
            parameters: SchemaGenerator::subschema_for::<Nothing>,
            bodies: Vec::new(),
            answer: SchemaGenerator::subschema_for::<Nothing>,
            writes: false,
            work,
        }
    }

    /// Changes the case by what is sent; whoever sends it brings the token.
    pub(super) fn write<B, A>(
        path: &'static str,
        id: &'static str,
        summary: &'static str,
        act: fn(&Call, B) -> Result<A, Problem>,
    ) -> Self
    where
        B: Posted + 'static,
        A: Serialize + JsonSchema + 'static,
    {
        Self {
            writes: true,
            ..Self::post(path, id, summary, act)
        }
    }

    /// With statuses of its own.
    pub(super) const fn refusing(mut self, refusals: &'static [StatusCode]) -> Self {
        self.refusals = refusals;
        self
    }

    pub(super) fn is_get(&self) -> bool {
        self.method == Method::GET
    }
}

/// What is sent to an operation.
pub(super) trait Posted: Sized {
    /// The kinds of bodies that it is read from.
    fn kinds() -> Vec<(&'static str, Maker)>;
    /// Of a body of one of these kinds.
    fn of(kind: &str, body: &[u8]) -> Result<Self, Problem>;
}

/// What is sent as JSON alone.
pub(super) trait Body: DeserializeOwned + JsonSchema {}

impl<B: Body> Posted for B {
    fn kinds() -> Vec<(&'static str, Maker)> {
        vec![("application/json", SchemaGenerator::subschema_for::<B>)]
    }

    fn of(_: &str, body: &[u8]) -> Result<Self, Problem> {
        of_json(body)
    }
}

/// A body of JSON.
pub(super) fn of_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|e| {
        Problem::refused(format!(
            "The body cannot be read: {e}; {BASE}{DESCRIPTION} tells what belongs into it"
        ))
    })
}

/// No parameters at all.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

/// A request as operations see it.
pub(super) struct Call {
    pub site: Arc<Site>,
    /// Of which operation.
    id: &'static str,
    /// The parts of the path and what stands behind the question mark, as pairs of an address.
    given: String,
    /// What kind of body.
    kind: String,
    body: Bytes,
}

impl Call {
    /// What is given; anything else than the type has is refused.
    fn parameters<P: DeserializeOwned>(&self) -> Result<P, Problem> {
        serde_urlencoded::from_str(&self.given).map_err(|e| {
            Problem::refused(format!(
                "The parameters cannot be read: {e}; {BASE}{DESCRIPTION} tells which there are"
            ))
        })
    }

    /// What stays the same from page to page of one list.
    fn list(&self) -> Vec<(String, String)> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(&self.given).unwrap_or_default();
        let mut pairs: Vec<_> = pairs
            .into_iter()
            .filter(|(key, _)| key != "cursor" && key != "limit")
            .collect();
        pairs.sort();
        pairs
    }

    /// The place in its list that a token stands for.
    pub(super) fn place(&self, token: Option<&token::Token>) -> Result<Option<String>, Problem> {
        token
            .map(|token| token.place(self.id, &self.list()))
            .transpose()
    }

    /// The token of a place in the list that is asked for.
    pub(super) fn token(&self, place: Option<&str>) -> Option<token::Token> {
        place.map(|place| token::Token::of(self.id, &self.list(), place))
    }
}

/// Answers a request to an operation.
pub(super) async fn answer(route: Arc<Route>, site: Arc<Site>, request: Request) -> Response {
    let headers = request.headers().clone();
    let is_get = route.is_get();
    if route.writes && !site.cases.can_write() {
        return read_only().json();
    }
    let done = match called(&route, site, request).await {
        Ok(call) => blocking(move || (route.work)(&call)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(body) if is_get => tagged("application/json", body, &headers),
        Ok(body) => {
            let mut response = Response::new(body::Body::from(body));
            let kind = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
            response
        }
        Err(problem) => problem.json(),
    }
}

/// Takes a request apart.
async fn called(route: &Route, site: Arc<Site>, request: Request) -> Result<Call, Problem> {
    let kind = kind_of(route, request.headers())?;
    let (mut parts, body) = request.into_parts();
    let mut given = parts.uri.query().unwrap_or_default().to_owned();
    if route.path.contains('{') {
        let named = RawPathParams::from_request_parts(&mut parts, &site).await;
        let named = named.map_err(|_| {
            Problem::refused(
                "This address cannot be read; write its parts in UTF-8, percent-encoded",
            )
        })?;
        for (key, value) in &named {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
            given = format!("{key}={value}&{given}");
        }
    }
    let body = if route.bodies.is_empty() {
        Bytes::new()
    } else {
        let whole = Bytes::from_request(Request::from_parts(parts, body), &site).await;
        whole.map_err(|refused| match refused.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                format!(
                    "The body is longer than {} KiB; send less at once, or use the program",
                    crate::serve::MOST / 1024
                ),
            ),
            _ => Problem::refused("The body broke off; send it again"),
        })?
    };
    Ok(Call {
        site,
        id: route.id,
        given,
        kind,
        body,
    })
}

/// The kind of a body, of those that an operation takes.
fn kind_of(route: &Route, headers: &HeaderMap) -> Result<String, Problem> {
    if route.bodies.is_empty() {
        return Ok(String::new());
    }
    let given = headers.get(header::CONTENT_TYPE);
    let given = given
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let (kind, more) = given.split_once(';').unwrap_or((given, ""));
    let kind = kind.trim().to_ascii_lowercase();
    let charset = more.split(';').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let is_it = key.trim().eq_ignore_ascii_case("charset");
        is_it.then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    });
    let is_known = route.bodies.iter().any(|(known, _)| *known == kind);
    if is_known && charset.is_none_or(|charset| matches!(charset.as_str(), "utf-8" | "us-ascii")) {
        return Ok(kind);
    }
    let known: Vec<&str> = route.bodies.iter().map(|(known, _)| *known).collect();
    Err(Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        format!(
            "{}: a body of this kind cannot be read here; send {} in UTF-8, and say so in Content-Type",
            if given.is_empty() {
                "nothing said"
            } else {
                given
            },
            known.join(" or ")
        ),
    ))
}
