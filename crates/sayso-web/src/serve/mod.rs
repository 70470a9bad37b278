//! A case at an address of this machine: pages for people, and the same as data.
//!
//! Everything at an address is a view: made from the case when it is asked for, shown as a page, with
//! `.json` behind the address as its data, with `.csv` as a table where it is one. What is sent in
//! forms is written, one after the other, by whoever brings the token. For
//! programs there is `/api/v1`.

mod adding;
mod answer;
mod api;
mod asked;
mod cases;
mod door;
mod links;
mod look;
mod pages;
mod problem;
mod readers;
mod writing;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::{Router, ServiceExt};
use sayso_case::{CaseError, Open};
use sayso_read::Reader;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use tokio::net::TcpListener;
use tower::Layer as _;
use tower::util::MapRequestLayer;

use answer::Format;
use asked::Asked;
use cases::Cases;
use problem::Problem;

/// Bytes that are taken in with one request.
const MOST: usize = 1024 * 1024;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes of randomness in a token.
const TOKEN: usize = 24;

/// Where and how a case is shown.
pub struct Options {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// Names by which others may ask for it, beside addresses and `localhost`.
    pub names: Vec<String>,
    /// The token that whoever comes from another address has to bring; made up where there is none.
    pub token: Option<String>,
    /// How the case is opened.
    pub open: Open,
    /// What reads texts.
    pub reader: Reader,
}

/// Why a case cannot be served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The case.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The address.
    #[error("{address}: cannot listen there ({cause}); choose another with --port")]
    Listen {
        /// Which.
        address: SocketAddr,
        /// What the system says.
        cause: io::Error,
    },
    /// No randomness for a token.
    #[error("no token can be made up ({0}); set one in SAYSO_TOKEN")]
    Token(String),
    /// A token that is too easily guessed, or that no address can hold.
    #[error("the token in SAYSO_TOKEN is of no use; take 20 letters and digits or more")]
    Weak,
    /// The server ended.
    #[error("the server ended: {0}")]
    Ended(io::Error),
}

/// What all requests share.
pub(crate) struct Site {
    pub name: String,
    pub cases: Cases,
    pub token: String,
    /// What forms bring along, so that they are known to be from pages of this server.
    pub form: String,
    pub is_local: bool,
    port: u16,
    names: Vec<String>,
    /// What reads texts.
    pub readers: readers::Readers,
    /// Sums over the whole case.
    pub sums: pages::sums::Sums,
    /// Files that somebody is about to add.
    pub staged: adding::Staged,
    /// Whether something that was written is not linked yet.
    to_link: AtomicBool,
}

impl Site {
    /// The name of the cookie with the token: browsers keep one for all ports of a host.
    pub(crate) fn cookie(&self) -> String {
        format!("sayso-token-{}", self.port)
    }

    fn is_own_host(&self, host: &str) -> bool {
        door::is_own(host, self.is_local, &self.names)
    }
}

/// A server that listens already.
pub struct Server {
    site: Arc<Site>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Opens a case and begins to listen.
    ///
    /// # Errors
    /// [`ServeError`] where the case cannot be opened, or the address is taken.
    pub async fn start(case: &Path, options: Options) -> Result<Self, ServeError> {
        let cases = Cases::open(case, options.open)?;
        let token = match options.token {
            Some(token) => is_strong(&token).then_some(token).ok_or(ServeError::Weak)?,
            None => made_up()?,
        };
        let listen = options.listen;
        let told = |cause| ServeError::Listen {
            address: listen,
            cause,
        };
        let listener = TcpListener::bind(listen).await.map_err(told)?;
        let address = listener.local_addr().map_err(told)?;
        let site = Site {
            name: name_of(case),
            cases,
            form: hex(&Sha256::digest(format!("form {token}"))),
            token,
            port: address.port(),
            is_local: listen.ip().is_loopback(),
            names: options.names,
            readers: readers::Readers::new(options.reader),
            sums: pages::sums::Sums::default(),
            staged: adding::Staged::default(),
            to_link: AtomicBool::new(false),
        };
        let site = Arc::new(site);
        pages::sums::warm(&site);
        Ok(Self {
            site,
            listener,
            address,
        })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open, with the token; who comes without it can only look, and from other
    /// machines not even that.
    pub fn link(&self) -> String {
        format!("http://{}/?token={}", self.address, self.site.token)
    }

    /// Answers until `end` is done.
    ///
    /// # Errors
    /// [`ServeError::Ended`] where the system takes the address away.
    pub async fn run(
        self,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let site = Arc::clone(&self.site);
        // before anything is chosen by a path or a method, it is seen who asks
        let door = middleware::from_fn_with_state(Arc::clone(&site), door::door);
        let app = door.layer(router(self.site));
        let app = MapRequestLayer::new(with_format).layer(app);
        let served = axum::serve(self.listener, ServiceExt::<Request>::into_make_service(app));
        let ended = served.with_graceful_shutdown(end).await;
        // what was decided last is linked, too; where that fails, `sayso link` does it
        let _ = asked::blocking(move || site.link_what_waits()).await;
        ended.map_err(ServeError::Ended)
    }
}

fn router(site: Arc<Site>) -> Router {
    Router::new()
        .merge(pages::router())
        .merge(api::router())
        .fallback(nothing)
        .method_not_allowed_fallback(no_such_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&site), in_time))
        .layer(DefaultBodyLimit::max(MOST))
        .with_state(site)
}

/// The form that is asked for is told by the end of an address, whatever is there.
fn with_format(mut request: Request) -> Request {
    if let Some((uri, format)) = formed(request.uri()) {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(format);
    }
    request
}

/// An address without the suffix of a form, and the form.
fn formed(uri: &Uri) -> Option<(Uri, Format)> {
    let path = uri.path();
    if path.starts_with("/look/") {
        return None;
    }
    if api::is_below(path) {
        return Some((uri.clone(), Format::Json));
    }
    let (before, suffix) = path.rsplit_once('.')?;
    let format = Format::of_suffix(suffix)?;
    let before = if before == "/start" { "/" } else { before };
    let rest = uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    Some((format!("{before}{rest}").parse().ok()?, format))
}

/// Nobody waits for ever.
async fn in_time(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let asked = Asked::of(&site, &parts);
    let request = Request::from_parts(parts, body);
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        // what cannot be taken apart is refused in words of a program
        Ok(response) if is_plain_refusal(&response) => asked.problem(&Problem::new(
            response.status(),
            "This address cannot be read; check its name and what stands behind the question mark",
        )),
        Ok(response) => response,
        Err(_) => asked.problem(&Problem::new(
            StatusCode::GATEWAY_TIMEOUT,
            "This took too long; ask for less at once, or use the program",
        )),
    }
}

fn is_plain_refusal(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_plain = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    response.status().is_client_error() && is_plain
}

async fn nothing(asked: Asked) -> Response {
    let path = asked.around.path.clone();
    asked.problem(&Problem::missing(format!(
        "{path}: there is nothing at this address; the pages are listed at the top"
    )))
}

async fn no_such_method(asked: Asked) -> Response {
    asked.problem(&Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "This address cannot be asked in this way; pages are looked at, forms are sent",
    ))
}

fn name_of(case: &Path) -> String {
    let name = case.file_name().map_or_else(PathBuf::new, PathBuf::from);
    name.display().to_string()
}

/// Whether a token is long enough, and can stand in an address as it is.
fn is_strong(token: &str) -> bool {
    token.len() >= 20
        && token
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

/// Something that nobody can guess, in letters and digits.
fn made_up() -> Result<String, ServeError> {
    let mut bytes = [0; TOKEN];
    getrandom::fill(&mut bytes).map_err(|e| ServeError::Token(e.to_string()))?;
    Ok(hex(&bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_address_tells_the_form() {
        let told = |uri: &str| formed(&uri.parse().unwrap()).map(|(uri, f)| (uri.to_string(), f));
        assert_eq!(told("/claims"), None);
        assert_eq!(
            told("/claims.json?label=disputed"),
            Some(("/claims?label=disputed".into(), Format::Json))
        );
        assert_eq!(
            told("/api/v1/documents/a.csv"),
            Some(("/api/v1/documents/a.csv".into(), Format::Json))
        );
        assert_eq!(told("/start.csv"), Some(("/".into(), Format::Csv)));
        assert_eq!(
            told("/document/a.json.html"),
            Some(("/document/a.json".into(), Format::Page))
        );
    }
}
