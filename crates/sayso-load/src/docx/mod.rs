//! Word documents: their paragraphs, headings, lists and tables as text.

mod body;
mod styles;

use std::io::Cursor;

use self::body::{Body, body};
use self::styles::Styles;
use crate::assemble::Raw;
use crate::xml::{Step, Xml};
use crate::zipped::Zip;
use crate::{LoadError, Options, Origin, dates, encoding, properties};

const WHAT: &str = "Word document";
/// The longest part beside the text itself that is read, in bytes.
const ASIDE: u64 = 4 * 1024 * 1024;

type Parts = Zip<Cursor<Vec<u8>>>;

/// The text of a Word document and what its properties say.
pub(crate) fn read(bytes: Vec<u8>, options: &Options, origin: &Origin) -> Result<Raw, LoadError> {
    let mut zip = Zip::open(Cursor::new(bytes), origin.clone(), WHAT)?;
    let damaged = |reason: &str| LoadError::Damaged {
        origin: origin.clone(),
        what: WHAT,
        reason: reason.to_owned(),
    };
    let main = main_part(&mut zip);
    let Some(text) = zip.part(&main, options.limit)? else {
        return Err(damaged("it is a packed file of another kind"));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let styles = aside(&mut zip, &format!("{folder}/styles.xml"), origin);
    let styles = Styles::of(&styles.unwrap_or_default());
    let decoded = encoding::decode(&text, origin)?;
    let body = body(&decoded.text, &styles);
    let mut raw = Raw::default();
    raw.parts.notes = decoded.notes;
    for line in &body.lines {
        raw.push(&line.text, line.kind, true);
    }
    if raw.parts.text.trim().is_empty() && body.broken {
        return Err(damaged("its text is damaged"));
    }
    remarks(&body, &mut raw);
    properties_of(&mut zip, origin, &mut raw);
    Ok(raw)
}

/// A part that is not needed for the text; one that cannot be read is as good as none.
fn aside(zip: &mut Parts, name: &str, origin: &Origin) -> Option<String> {
    let bytes = zip.part(name, ASIDE).ok().flatten()?;
    Some(encoding::decode(&bytes, origin).ok()?.text)
}

/// The name of the part that holds the text.
fn main_part(zip: &mut Parts) -> String {
    let relations = aside(zip, "_rels/.rels", &Origin::default()).unwrap_or_default();
    let found = Xml::new(&relations).find_map(|step| match step {
        Step::Open(element) if element.name() == "Relationship" => {
            let kind = element.attribute("Type")?;
            let target = element.attribute("Target")?;
            let target = target.strip_prefix('/').unwrap_or(&target).to_owned();
            kind.ends_with("/officeDocument").then_some(target)
        }
        _ => None,
    });
    let is_word = |name: &String| name.starts_with("word/") && zip.has(name);
    found
        .filter(is_word)
        .unwrap_or_else(|| "word/document.xml".to_owned())
}

/// What of the document was not read, or not as it stands.
fn remarks(body: &Body, raw: &mut Raw) {
    let notes = &mut raw.parts.notes;
    if body.broken {
        notes.push("the text of the document is damaged; its end may be missing".to_owned());
    }
    if body.footnotes > 0 {
        notes.push(format!("footnotes that were not read: {}", body.footnotes));
    }
    if body.changed {
        let note = "the document holds changes that nobody has accepted yet; it was read as if \
                    all were";
        notes.push(note.to_owned());
    }
}

/// Title and author; days are only noted.
fn properties_of(zip: &mut Parts, origin: &Origin, raw: &mut Raw) {
    let core = aside(zip, "docProps/core.xml", origin).unwrap_or_default();
    let (mut name, mut created, mut changed) = (String::new(), None, None);
    let parts = &mut raw.parts;
    for step in Xml::new(&core) {
        match step {
            Step::Open(element) => element.full_name().clone_into(&mut name),
            Step::Close => name.clear(),
            Step::Words(words) => match name.as_str() {
                "dc:title" if parts.title.is_none() => parts.title = properties::title(&words),
                "dc:creator" if parts.byline.is_none() => parts.byline = properties::author(&words),
                "dcterms:created" => created = created.or(dates::edtf(&words).ok()),
                "dcterms:modified" => changed = changed.or(dates::edtf(&words).ok()),
                _ => {}
            },
        }
    }
    let created = created.map(|day| format!("was created on {day}"));
    let changed = changed.map(|day| format!("was last changed on {day}"));
    let days: Vec<String> = created.into_iter().chain(changed).collect();
    if !days.is_empty() {
        parts.notes.push(format!(
            "the document {}, which need not be its publication date",
            days.join(" and ")
        ));
    }
    let note = "a Word document names no publisher, no address and no publication date";
    parts.notes.push(note.to_owned());
}
