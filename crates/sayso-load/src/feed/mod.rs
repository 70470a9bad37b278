//! Feeds (RSS, Atom): one document an entry.

mod entry;
mod parse;

use self::parse::parse;
use crate::source::Source;
use crate::{LoadError, Loaded, Options, Origin, encoding};

/// The documents of a feed.
pub(crate) fn entries(
    mut source: Source,
    options: &Options,
) -> Result<impl Iterator<Item = Result<Loaded, LoadError>> + Send + use<>, LoadError> {
    let origin = Origin::file(&source.name);
    let bytes = source.read_whole(options.limit)?;
    let decoded = encoding::decode(&bytes, &origin)?;
    drop(bytes);
    let parsed = parse(&decoded.text);
    let (feed, limit, notes) = (parsed.feed, options.limit, decoded.notes);
    let count = parsed.entries.len();
    let damage = parsed.broken.then(|| LoadError::Damaged {
        origin,
        what: "feed",
        reason: format!("it breaks off or is no XML behind its entry {count}"),
    });
    let documents = parsed
        .entries
        .into_iter()
        .enumerate()
        .map(move |(at, entry)| {
            let origin = Origin::part(&source.name, format!("entry {}", at + 1));
            let mut raw = entry.into_raw(&feed, limit, &origin)?;
            raw.parts.path.clone_from(&source.path);
            raw.parts.notes.extend(notes.iter().cloned());
            raw.fill(&source.told.folder);
            raw.assemble(origin)
        });
    Ok(documents.chain(damage.map(Err)))
}
