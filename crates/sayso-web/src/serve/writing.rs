//! What is sent in forms, and what is written for it.
//!
//! A form counts only with the word that pages of this server put into it: a page of another site
//! does not know it, even where a browser would send the cookie along.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Form;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use sayso_case::{Case, Reviewer};
use sayso_link::Linker;

use super::Site;
use super::asked::{Around, Asked, WHO, blocking};
use super::door;
use super::problem::Problem;

/// The field of a form with the word that makes it count.
const WORD: &str = "form";
/// Characters of a name.
const LONGEST_NAME: usize = 80;

/// When what was written is linked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Linking {
    /// Before the answer: whoever decides on links wants to see what comes of it.
    First,
    /// Beside the answering.
    Beside,
}

impl Site {
    /// Does something that writes; a case that was linked is linked again.
    pub(crate) fn write<T>(
        self: &Arc<Self>,
        linking: Linking,
        work: impl FnOnce(&mut Case) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let done = self.cases.write(|case| {
            let is_linked = self.to_link.load(Ordering::Acquire) || sayso_link::waiting(case)? == 0;
            let done = work(case)?;
            if is_linked {
                self.to_link.store(true, Ordering::Release);
                if linking == Linking::First {
                    // what was decided is kept, also where this fails: it is tried again beside
                    let _ = self.linked(case);
                }
            }
            Ok(done)
        })?;
        if self.to_link.load(Ordering::Acquire) {
            let site = Arc::clone(self);
            // what fails is told by the start page as not linked yet, and tried again with the next
            std::thread::spawn(move || site.link_what_waits());
        }
        Ok(done)
    }

    /// Links what was written and is not linked yet.
    pub(crate) fn link_what_waits(&self) -> Result<(), Problem> {
        if !self.to_link.load(Ordering::Acquire) {
            return Ok(());
        }
        self.cases.write(|case| self.linked(case))
    }

    fn linked(&self, case: &mut Case) -> Result<(), Problem> {
        if self.to_link.swap(false, Ordering::AcqRel)
            && let Err(error) = Linker::default().link(case, |_| {})
        {
            self.to_link.store(true, Ordering::Release);
            return Err(error.into());
        }
        Ok(())
    }
}

/// A form that was sent.
pub(crate) struct Sent {
    pub asked: Asked,
    pairs: Vec<(String, String)>,
}

impl Sent {
    /// A field, without the white space around it; empty where it is not there.
    pub(crate) fn get(&self, key: &str) -> &str {
        let found = self.pairs.iter().find(|(name, _)| name == key);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Whether a field was sent.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.pairs.iter().any(|(name, _)| name == key)
    }

    /// The name of who decides.
    pub(crate) fn who(&self) -> Result<&str, Problem> {
        let who = self.get("who");
        is_name(who).then_some(who).ok_or_else(|| {
            Problem::unfit("A decision needs a name of at most 80 characters: say who decides")
        })
    }

    /// Who decides, and why.
    pub(crate) fn reviewer(&self) -> Result<Reviewer<'_>, Problem> {
        let why = self.get("why");
        Ok(Reviewer {
            who: self.who()?,
            why: (!why.is_empty()).then_some(why),
        })
    }

    /// Writes, and leads to where `work` says.
    pub(crate) async fn act(
        self,
        linking: Linking,
        work: impl FnOnce(&mut Case, &Self) -> Result<String, Problem> + Send + 'static,
    ) -> Response {
        let asked = self.asked.clone();
        let site = Arc::clone(&asked.site);
        let who = self.get("who").to_owned();
        let done = blocking(move || site.write(linking, |case| work(case, &self))).await;
        match done {
            Ok(address) => to(&address, &who),
            Err(problem) => asked.problem(&problem),
        }
    }
}

impl FromRequest<Arc<Site>> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let asked = Asked::of(site, &parts);
        let request = Request::from_parts(parts, body);
        let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, site)
            .await
            .map_err(|refused| asked.problem(&unreadable(refused.status())))?;
        let sent = Self { asked, pairs };
        match is_ours(&sent.asked, sent.get(WORD)) {
            Ok(()) => Ok(sent),
            Err(problem) => Err(sent.asked.problem(&problem)),
        }
    }
}

/// Whether somebody can decide under a name.
pub(crate) fn is_name(who: &str) -> bool {
    !who.is_empty() && who.chars().count() <= LONGEST_NAME && !who.chars().any(char::is_control)
}

/// The case's file is such that nobody can write it.
pub(crate) fn read_only() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "The case's file may not be written; it can only be looked at",
    )
}

/// Files that were sent, with the form's other fields.
pub(crate) struct Files {
    pub asked: Asked,
    /// Each with its name.
    pub all: Vec<(String, Vec<u8>)>,
    pub pairs: Vec<(String, String)>,
}

impl FromRequest<Arc<Site>> for Files {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Arc<Site>) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let asked = Asked::of(site, &parts);
        let request = Request::from_parts(parts, body);
        let all = match Multipart::from_request(request, site).await {
            Ok(parts) => files(parts).await,
            Err(refused) => Err(unreadable(refused.status())),
        };
        let (files, pairs) = all.map_err(|problem| asked.problem(&problem))?;
        let word = pairs.iter().find(|(name, _)| name == WORD);
        let word = word.map_or("", |(_, value)| value.as_str());
        match is_ours(&asked, word) {
            Ok(()) => Ok(Self {
                asked,
                all: files,
                pairs,
            }),
            Err(problem) => Err(asked.problem(&problem)),
        }
    }
}

/// Files and fields.
type Parts = (Vec<(String, Vec<u8>)>, Vec<(String, String)>);

async fn files(mut parts: Multipart) -> Result<Parts, Problem> {
    let (mut files, mut pairs) = (Vec::new(), Vec::new());
    let refused = |error: axum::extract::multipart::MultipartError| unreadable(error.status());
    while let Some(part) = parts.next_field().await.map_err(refused)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(refused)?;
        match file {
            // a field for files that was left empty
            Some(file) if file.is_empty() && bytes.is_empty() => {}
            Some(file) => files.push((file, bytes.to_vec())),
            None => pairs.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((files, pairs))
}

fn unreadable(status: StatusCode) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(
            status,
            "This is too much at once; send less, or use `sayso add`",
        );
    }
    Problem::new(status, "The form cannot be read; send it from its page")
}

fn is_ours(asked: &Asked, word: &str) -> Result<(), Problem> {
    if !asked.site.cases.can_write() {
        return Err(read_only());
    }
    let expected = asked.around.form.as_deref().unwrap_or_default();
    if expected.is_empty() || !door::is_same(word, expected) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "This form is not from a page of this server as it runs now; reload the page and send it again",
        ));
    }
    Ok(())
}

/// Leads to an address, and keeps the name of who decided.
pub(crate) fn to(address: &str, who: &str) -> Response {
    let mut response = Redirect::to(address).into_response();
    if !who.is_empty()
        && let Some(cookie) = door::set_cookie(WHO, who)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    // what was there before is another page now
    let cache = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, cache);
    response
}

/// The hidden field that makes a form count; nothing where who asks may not write.
pub(crate) fn word(around: &Around) -> Markup {
    html! {
        @if let Some(form) = &around.form { input type="hidden" name=(WORD) value=(form); }
    }
}

/// The field for the name of who decides.
pub(crate) fn who(around: &Around, id: &str) -> Markup {
    html! {
        label for=(id) { "Your name" }
        input id=(id) name="who" value=(around.who) required maxlength=(LONGEST_NAME) autocomplete="name";
    }
}

/// What is said instead of a form to who may not write.
pub(crate) fn only_looks(around: &Around) -> Markup {
    html! {
        @if around.form.is_none() {
            p.notice { "You can look, and not change anything here: open the address that " code { "sayso serve" } " printed, with its token." }
        }
    }
}
