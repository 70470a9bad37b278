//! The same for programs: `/api/v1`, with a description (`OpenAPI` 3.1) made from the code.
//!
//! All of it stands in one table (`table`), from which the router and the description are made, so
//! that neither can have what the other has not. What an operation takes and gives is a type; its schema is
//! derived from it, its parameters are read into it.
//!
//! What writes to a case belongs into the same table: `POST /documents`, `/decisions`, `/links`, beside
//! the lists that stand there already.

mod case;
mod claims;
mod describe;
mod documents;
mod journals;
mod list;
mod read;
mod route;
mod table;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::{MethodFilter, any, on};

use super::Site;
use super::problem::Problem;

/// Where all of it stands.
pub(super) const BASE: &str = "/api/v1";

/// Where the description stands behind it.
const DESCRIPTION: &str = "/openapi.json";

/// Whether a path belongs to programs: whatever is wrong there is told as data.
pub(super) fn is_below(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

pub(super) fn router() -> Router<Arc<Site>> {
    let mut router = Router::new();
    for route in table::table() {
        let path = format!("{BASE}{}", route.path);
        let route = Arc::new(route);
        let filter = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
        let work = move |State(site): State<Arc<Site>>, request: Request| async move {
            route::answer(route, site, request).await
        };
        router = router.route(&path, on(filter, work));
    }
    for path in ["/api", "/api/", "/api/{*unknown}"] {
        router = router.route(path, any(nothing));
    }
    router.method_not_allowed_fallback(no_such_method)
}

async fn nothing(uri: Uri) -> Response {
    let path = uri.path();
    Problem::missing(format!(
        "{path}: there is nothing at this address; {BASE}{DESCRIPTION} tells what there is"
    ))
    .json()
}

async fn no_such_method() -> Response {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("This address cannot be asked in this way; {BASE}{DESCRIPTION} tells how it can"),
    )
    .json()
}
