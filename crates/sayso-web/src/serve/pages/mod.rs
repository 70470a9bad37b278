//! The pages of a case.

mod add;
pub(crate) mod claim;
mod claims;
pub(crate) mod coding;
mod document;
mod errors;
pub(crate) mod heard;
mod map;
mod relate;
mod review;
pub(crate) mod search;
pub(crate) mod sources;
pub(crate) mod start;
pub(crate) mod stories;
pub(crate) mod sums;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::response::Response;
use axum::routing::{get, post};

use super::Site;
use super::answer::tagged;
use super::look;

/// Bytes of files that are taken in at once.
const FILES: usize = 64 * 1024 * 1024;

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
        .route(
            "/add",
            get(add::choose)
                .post(add::sent)
                .layer(DefaultBodyLimit::max(FILES)),
        )
        .route("/add/{name}", get(add::set).post(add::add))
        .route("/review", get(review::review).post(review::decide))
        .route("/review/{local}/{*name}", get(review::one))
        .route("/relate", get(relate::show).post(relate::decide))
        .route("/missed", post(review::missed))
        .route("/journal", get(review::journal))
        .route("/undo", post(review::take_back))
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
        look::script().into_bytes(),
        request.headers(),
    )
}
