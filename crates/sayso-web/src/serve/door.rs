//! Who may come in: host names, tokens, where forms come from; and what browsers are told.
//!
//! A page on another site can make a browser send requests here, also under a name of its own that
//! it lets point to this machine (DNS rebinding). So the name asked for has to be one of ours. Where other
//! machines can ask, they have to bring the token.

use std::net::IpAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use sha2::{Digest as _, Sha256};

use super::Site;
use super::asked::Asked;
use super::problem::Problem;

/// Nothing from elsewhere, ever: no script, style, picture, frame, form but our own.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What reads a text that is sent, and keeps nothing.
const READS: &str = "/api/v1/read";

/// Lets in who may come in.
pub(crate) async fn door(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let response = match pass(&site, &request) {
        Err(problem) => {
            let (parts, _) = request.into_parts();
            let mut asked = Asked::of(&site, &parts);
            // nothing of the case, not even its name, to who may not come in
            asked.around.case = String::new();
            asked.problem(&problem)
        }
        Ok(()) if only_looks(&request) || has_token(&site, &request) => {
            match brought(&site, request.uri(), request.method()) {
                Some(clean) => clean,
                None => next.run(request).await,
            }
        }
        Ok(()) => without_token(&site, request, next).await,
    };
    with_headers(response)
}

/// What becomes of something that is sent without the token: where nothing of the kind is taken, the router says
/// so, elsewhere the token is asked for. The router is asked with a method that no route takes.
async fn without_token(site: &Arc<Site>, request: Request, next: Next) -> Response {
    let (mut parts, _) = request.into_parts();
    let asked = Asked::of(site, &parts);
    let method = std::mem::replace(&mut parts.method, Method::OPTIONS);
    let told = next.run(Request::from_parts(parts, Body::empty())).await;
    let takes = told.headers().get(header::ALLOW);
    let takes = takes.and_then(|methods| methods.to_str().ok());
    let is_taken = |methods: &str| methods.split(',').any(|one| one.trim() == method.as_str());
    if !takes.is_some_and(is_taken) {
        return told;
    }
    asked.problem(&Problem::new(
        StatusCode::UNAUTHORIZED,
        "Who wants to change something brings the token; open the address that `sayso serve` printed",
    ))
}

/// Whether a request changes nothing.
fn only_looks(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD) || request.uri().path() == READS
}

/// Whether it brings the token, also in its address.
fn has_token(site: &Site, request: &Request) -> bool {
    let in_address = token_in(request.uri());
    brings_token(site, request.headers())
        || in_address.is_some_and(|token| is_same(&token, &site.token))
}

fn pass(site: &Site, request: &Request) -> Result<(), Problem> {
    let headers = request.headers();
    let host = host_of(request).unwrap_or_default();
    if !site.is_own_host(&host) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "This name is not one of this server's; ask for the address that `sayso serve` printed",
        ));
    }
    let has_token = has_token(site, request);
    if bearer(headers).is_some() && !has_token {
        return Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "This is not the token; `sayso serve` printed it when it began",
        ));
    }
    if !has_token && !site.is_local {
        return Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "This server asks for its token; open the address that `sayso serve` printed",
        ));
    }
    if !is_from_here(headers, &host, only_looks(request)) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "This was asked for by a page of another site; open the address that `sayso serve` printed",
        ));
    }
    Ok(())
}

/// Whether a request brings the token, in a header or in a cookie.
pub(crate) fn brings_token(site: &Site, headers: &HeaderMap) -> bool {
    let token = bearer(headers).or_else(|| cookie(headers, &site.cookie()));
    token.is_some_and(|token| is_same(&token, &site.token))
}

/// The name and port asked for.
fn host_of(request: &Request) -> Option<String> {
    let given = request.headers().get(header::HOST);
    let given = given.and_then(|host| host.to_str().ok());
    given
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(axum::http::uri::Authority::as_str)
        })
        .map(str::to_owned)
}

/// The host of a name with or without port.
fn without_port(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').map_or(host, |(inside, _)| inside);
    }
    match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && port.bytes().all(|b| b.is_ascii_digit()) => {
            name
        }
        _ => host,
    }
}

/// Whether a name may stand for this server: an address as it is, `localhost`, or a name given.
pub(crate) fn is_own(host: &str, is_local: bool, names: &[String]) -> bool {
    let name = without_port(host).to_ascii_lowercase();
    if name == "localhost" || names.iter().any(|own| own.eq_ignore_ascii_case(&name)) {
        return true;
    }
    match name.parse::<IpAddr>() {
        Ok(address) => !is_local || address.is_loopback(),
        Err(_) => false,
    }
}

/// Whether no other site's page asks: its scripts, frames and pictures have nothing to see here. Who follows a
/// link from elsewhere comes in, who sends a form from there does not.
fn is_from_here(headers: &HeaderMap, host: &str, only_looks: bool) -> bool {
    let word = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_visit = only_looks
        && word("sec-fetch-mode") == Some("navigate")
        && word("sec-fetch-dest") == Some("document");
    if let Some(site) = word("sec-fetch-site")
        && !matches!(site, "same-origin" | "none")
        && !is_visit
    {
        return false;
    }
    match word("origin") {
        None => true,
        Some(origin) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = given.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter();
    let pairs = all
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| *key == name)?;
    let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy();
    Some(value.into_owned())
}

/// A cookie for the browser that only this server gets back.
pub(crate) fn set_cookie(name: &str, value: &str) -> Option<HeaderValue> {
    let value = percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000");
    HeaderValue::from_str(&line).ok()
}

/// The token in an address: `?token=…`.
fn token_in(uri: &Uri) -> Option<String> {
    let pairs = uri
        .query()?
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .into_iter()
        .find(|(key, _)| *key == "token")
        .map(|(_, value)| value.to_owned())
}

/// Who comes with the token in the address gets a cookie, and an address that can be shown around.
fn brought(site: &Site, uri: &Uri, method: &Method) -> Option<Response> {
    let token = token_in(uri).filter(|_| *method == Method::GET)?;
    if !is_same(&token, &site.token) {
        return None;
    }
    let rest: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.starts_with("token="))
        .collect();
    let path = format!("/{}", uri.path().trim_start_matches('/'));
    let clean = if rest.is_empty() {
        path
    } else {
        format!("{path}?{}", rest.join("&"))
    };
    let mut response = Redirect::to(&clean).into_response();
    response
        .headers_mut()
        .insert(header::SET_COOKIE, set_cookie(&site.cookie(), &token)?);
    Some(response)
}

/// Compares without telling by its time how much was right.
pub(crate) fn is_same(given: &str, token: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(token)
}

fn with_headers(mut response: Response) -> Response {
    let is_unknown = response.status() == StatusCode::UNAUTHORIZED;
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        // with none at all, browsers would hide from us, too, that our own forms are ours
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
        ),
        ("x-frame-options", "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if is_unknown {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_others_could_let_point_here_are_refused() {
        let own = |host| is_own(host, true, &[]);
        for host in ["127.0.0.1:8765", "localhost", "LOCALHOST:80", "[::1]:8765"] {
            assert!(own(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example:8765",
            "192.168.1.5",
            "",
            "[::1",
            "localhost.evil.example",
        ] {
            assert!(!own(host), "{host}");
        }
    }

    #[test]
    fn with_another_address_any_address_and_the_names_given_are_known() {
        let names = ["desk.example".to_owned()];
        assert!(is_own("192.168.1.5:8765", false, &names));
        assert!(is_own("Desk.example", false, &names));
        assert!(!is_own("other.example", false, &names));
    }

    #[test]
    fn what_another_site_sends_is_told_apart() {
        let headers = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            headers
        };
        let host = "127.0.0.1:8765";
        assert!(is_from_here(&headers(&[]), host, true));
        assert!(is_from_here(
            &headers(&[("origin", "http://127.0.0.1:8765")]),
            host,
            true
        ));
        assert!(!is_from_here(
            &headers(&[("origin", "http://127.0.0.1:9999")]),
            host,
            true
        ));
        assert!(!is_from_here(&headers(&[("origin", "null")]), host, true));
        assert!(!is_from_here(
            &headers(&[("sec-fetch-site", "cross-site")]),
            host,
            true
        ));
        assert!(!is_from_here(
            &headers(&[("sec-fetch-site", "same-site")]),
            host,
            true
        ));
        let link = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert!(
            is_from_here(&headers(&link), host, true),
            "a link to a page may be followed"
        );
        assert!(
            !is_from_here(&headers(&link), host, false),
            "a form may not be sent"
        );
        let frame = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "iframe"),
        ];
        assert!(!is_from_here(&headers(&frame), host, true));
    }
}
