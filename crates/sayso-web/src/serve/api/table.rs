//! All operations.

use axum::http::StatusCode;

use super::route::{Nothing, Route};
use super::{DESCRIPTION, case, claims, describe, documents, journals, read};

const MISSING: StatusCode = StatusCode::NOT_FOUND;
/// The case was never linked.
const UNLINKED: StatusCode = StatusCode::CONFLICT;

/// The table that the router and the description are made from.
pub(super) fn table() -> Vec<Route> {
    let mut table = lists();
    table.extend(people());
    table.push(
        Route::post(
            "/read",
            "read",
            "Reads a text; nothing of it is kept",
            read::read,
        )
        .refusing(&[
            StatusCode::PAYLOAD_TOO_LARGE,
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            StatusCode::UNPROCESSABLE_ENTITY,
        ]),
    );
    table.push(Route::get(
        DESCRIPTION,
        "description",
        "This description",
        |call, _, _: &Nothing| {
            Ok(describe::description(
                &super::table::table(),
                call.site.is_local,
            ))
        },
    ));
    table
}

/// What is in the case.
fn lists() -> Vec<Route> {
    vec![
        Route::get(
            "/info",
            "info",
            "What is in the case, in numbers",
            case::info,
        ),
        Route::get(
            "/ask",
            "ask",
            "The answer to a question, and what would narrow it",
            case::ask,
        ),
        Route::get(
            "/documents",
            "documents",
            "Documents, the newest first",
            documents::documents,
        ),
        Route::get(
            "/documents/{id}",
            "document",
            "The reading of a document",
            documents::document,
        )
        .refusing(&[MISSING]),
        Route::get(
            "/documents/{id}/claims",
            "claimsOfDocument",
            "Claims that a document has, the most told first",
            documents::claims,
        )
        .refusing(&[MISSING, UNLINKED]),
        Route::get(
            "/documents/{id}/copies",
            "copiesOfDocument",
            "Documents that share the words of one",
            documents::copies,
        )
        .refusing(&[MISSING, UNLINKED]),
        Route::get(
            "/documents/{id}/story",
            "storyOfDocument",
            "The story that a document is in",
            documents::story,
        )
        .refusing(&[MISSING, UNLINKED]),
        Route::get(
            "/claims",
            "claims",
            "Claims that several reports tell, or somebody denies",
            claims::claims,
        )
        .refusing(&[MISSING, UNLINKED]),
        Route::get(
            "/claims/{id}",
            "claim",
            "A claim with all who say or deny it",
            claims::claim,
        )
        .refusing(&[MISSING, UNLINKED]),
        Route::get("/stories", "stories", "Stories", claims::stories).refusing(&[UNLINKED]),
        Route::get(
            "/stories/{id}",
            "story",
            "A story with its documents and claims",
            documents::story,
        )
        .refusing(&[MISSING, UNLINKED]),
        Route::get(
            "/sources",
            "sources",
            "Named bodies, outlets, channels and documents, the most heard first",
            case::sources,
        ),
        Route::get(
            "/sources/{name}",
            "source",
            "What one of them said when",
            case::source,
        )
        .refusing(&[MISSING]),
        Route::get(
            "/heard",
            "heard",
            "Who gets heard, in the case or in a story",
            case::heard,
        )
        .refusing(&[MISSING, UNLINKED]),
    ]
}

/// What people decided. What they decide is to come in at the same addresses.
fn people() -> Vec<Route> {
    vec![
        Route::get(
            "/decisions",
            "decisions",
            "The journal of decisions on attributions and events, the oldest first",
            journals::decisions,
        )
        .refusing(&[MISSING]),
        Route::get(
            "/links",
            "links",
            "The journal of decisions on links across documents, the oldest first",
            journals::links,
        ),
        Route::get(
            "/agreement",
            "agreement",
            "How far reviewers agree",
            journals::agreement,
        ),
        Route::get(
            "/second",
            "second",
            "What others decided on, for a second look: what they decided is not told",
            journals::second,
        ),
    ]
}
