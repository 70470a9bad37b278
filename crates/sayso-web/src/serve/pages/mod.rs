//! The pages of a case.

mod claim;
mod claims;
mod coding;
mod document;
mod errors;
mod heard;
mod map;
mod search;
mod sources;
mod start;
mod stories;
pub(crate) mod sums;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;

use super::Site;
use super::answer::tagged;
use super::look;

pub(crate) fn router() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(start::start))
        .route("/search", get(search::search))
        .route("/document/{*name}", get(document::document))
        .route("/why/{local}/{*name}", get(why::why))
        .route("/claims", get(claims::claims))
        .route("/claim/{local}/{*name}", get(claim::claim))
        .route("/stories", get(stories::stories))
        .route("/story/{*name}", get(stories::story))
        .route("/sources", get(sources::sources))
        .route("/source", get(sources::source))
        .route("/heard", get(heard::heard))
        .route("/coding", get(coding::sheet))
        .route("/coding/agreement", get(coding::agreement::agreement))
        .route("/errors", get(errors::errors))
        .route("/map", get(map::map))
        .route("/look/style.css", get(style))
        .route("/look/script.js", get(script))
}

async fn style(request: Request) -> Response {
    tagged(
        "text/css; charset=utf-8",
        look::style().into_bytes(),
        request.headers(),
    )
}

async fn script(request: Request) -> Response {
    tagged(
        "text/javascript; charset=utf-8",
        look::SCRIPT.as_bytes().to_vec(),
        request.headers(),
    )
}
