//! What a request says of itself, and what a page needs to know of what is around it.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;

use super::Site;
use super::answer::{Format, View, answer};
use super::door;
use super::problem::Problem;

/// The cookie with the name of who decides.
pub(crate) const WHO: &str = "sayso-who";

/// What stands around every page.
#[derive(Debug, Clone)]
pub(crate) struct Around {
    /// The case's name.
    pub case: String,
    /// The address of the page, without the form's suffix; the question mark and what follows.
    pub path: String,
    pub query: String,
    /// Whether there is a `.csv` of it.
    pub has_table: bool,
    /// What stands in the search box.
    pub question: String,
    /// Where who asks may write: what forms bring along.
    pub form: Option<String>,
    /// The name under which who asks decided last.
    pub who: String,
}

impl Around {
    pub(crate) fn with_table(&self, has_table: bool) -> Self {
        Self {
            has_table,
            ..self.clone()
        }
    }
}

/// A request: where, in which form, by whom.
#[derive(Clone)]
pub(crate) struct Asked {
    pub site: Arc<Site>,
    pub format: Format,
    pub around: Around,
    pub headers: HeaderMap,
}

impl Asked {
    pub(crate) fn of(site: &Arc<Site>, parts: &Parts) -> Self {
        let format = parts.extensions.get::<Format>().copied();
        let may_write = site.cases.can_write() && door::brings_token(site, &parts.headers);
        let path = parts.uri.path().to_owned();
        Self {
            format: format.unwrap_or_default(),
            around: Around {
                case: site.name.clone(),
                query: parts.uri.query().unwrap_or_default().to_owned(),
                path,
                has_table: false,
                question: String::new(),
                form: may_write.then(|| site.form.clone()),
                who: door::cookie(&parts.headers, WHO).unwrap_or_default(),
            },
            headers: parts.headers.clone(),
            site: Arc::clone(site),
        }
    }

    /// Shows what is made from the case.
    pub(crate) async fn show<V: View>(
        self,
        make: impl FnOnce(&sayso_case::Case) -> Result<V, Problem> + Send + 'static,
    ) -> Response {
        let site = Arc::clone(&self.site);
        let around = self.around.clone();
        let (format, headers) = (self.format, self.headers.clone());
        let done = blocking(move || {
            let view = site.cases.read(make)??;
            answer(&view, format, &around, &headers)
        })
        .await;
        done.unwrap_or_else(|problem| self.problem(&problem))
    }

    /// A problem in the form that was asked for.
    pub(crate) fn problem(&self, problem: &Problem) -> Response {
        problem.response(self.format, &self.around)
    }
}

impl FromRequestParts<Arc<Site>> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        site: &Arc<Site>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self::of(site, parts))
    }
}

/// Does what takes a while where it keeps nobody from answering others.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => Err(Problem::fault(failed)),
    }
}
