//! Chains: through whom a statement reached the page.

mod build;
mod cited;
mod credit;
mod house;
mod outlets;
mod told;

use sayso_reading::{Document, MentionForm};

use crate::entities::Registry;
pub(crate) use build::fill;
pub(crate) use cited::nest;
pub use credit::{Credit, credit};
pub use house::house;
pub use outlets::{Outlet, Outlets, OutletsError};

/// The entity that is the page's own publisher.
fn publisher(document: &Document, registry: &Registry) -> Option<usize> {
    let own = letters(document.publisher.as_deref()?);
    let site = document
        .publisher
        .as_deref()
        .filter(|p| p.contains('.') && !p.contains(' '))
        .and_then(|p| p.trim_start_matches("www.").rsplit('.').nth(1))
        .map(letters);
    registry.known.iter().position(|k| {
        let named = k
            .mentions
            .iter()
            .any(|(_, form)| *form == MentionForm::Name);
        let name = letters(&k.name);
        named && !name.is_empty() && (name == own || site.as_ref() == Some(&name))
    })
}

/// Letters and digits in lower case, the article left out.
fn letters(name: &str) -> String {
    let lower = name.to_lowercase();
    lower
        .strip_prefix("the ")
        .unwrap_or(&lower)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}
