//! Facts told beside a text: `NAME.toml` next to it, `sayso.toml` for all of its folder.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sayso_reading::Edtf;
use toml::{Table, Value};

use crate::{Facts, LoadError, dates};

/// The facts told for every text of a folder.
const FOLDER: &str = "sayso.toml";

/// What is told about one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sidecars {
    /// By the file beside it.
    pub own: Facts,
    /// By its folder.
    pub folder: Facts,
}

/// Reads what is told about a file.
pub(crate) fn sidecars(file: &Path) -> Result<Sidecars, LoadError> {
    let beside = own_name(file);
    let own = match &beside {
        Some(beside) if beside != file => facts(beside, file)?,
        _ => Facts::default(),
    };
    let folder = facts(&file.with_file_name(FOLDER), file)?;
    Ok(Sidecars { own, folder })
}

/// `a.toml` for `a.txt` and `a.txt.gz`.
fn own_name(file: &Path) -> Option<PathBuf> {
    let name = file.file_name()?.to_str()?;
    let name = name.strip_suffix(".gz").unwrap_or(name);
    Some(file.with_file_name(name).with_extension("toml"))
}

fn facts(sidecar: &Path, file: &Path) -> Result<Facts, LoadError> {
    let trouble = |reason: String| LoadError::Sidecar {
        sidecar: sidecar.display().to_string(),
        file: file.display().to_string(),
        reason,
    };
    match fs::read_to_string(sidecar) {
        Ok(text) => parse(&text).map_err(trouble),
        Err(reason) if reason.kind() == ErrorKind::NotFound => Ok(Facts::default()),
        Err(reason) => Err(trouble(format!("cannot be read ({reason})"))),
    }
}

fn parse(text: &str) -> Result<Facts, String> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .and_then(|span| text.get(..span.start))
            .map_or(1, |before| before.matches('\n').count() + 1);
        format!("line {line} is no valid TOML ({})", error.message())
    })?;
    let mut facts = Facts::default();
    for (key, value) in &table {
        match key.as_str() {
            "published" => facts.published = Some(date(value)?),
            "publisher" => facts.publisher = Some(words(key, value)?),
            "url" => facts.url = Some(words(key, value)?),
            "title" => facts.title = Some(words(key, value)?),
            "byline" => facts.byline = Some(words(key, value)?),
            other => {
                return Err(format!(
                    "`{other}` is not known here; the keys are published, publisher, url, title, byline"
                ));
            }
        }
    }
    Ok(facts)
}

fn words(key: &str, value: &Value) -> Result<String, String> {
    value
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| format!("`{key}` must be text in quotation marks"))
}

fn date(value: &Value) -> Result<Edtf, String> {
    let written = match value {
        Value::String(written) => written.clone(),
        Value::Datetime(written) => written.to_string(),
        Value::Integer(year) => year.to_string(),
        _ => String::new(),
    };
    dates::edtf(&written).map_err(|trouble| trouble.note("`published`", &written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_read() {
        let facts =
            parse("published = 2020-12-04\npublisher = \"Elsin Post\"\nbyline = 'Lena Ortiz'")
                .unwrap();
        assert_eq!(facts.published.unwrap().to_string(), "2020-12-04");
        assert_eq!(facts.publisher.unwrap(), "Elsin Post");
        assert_eq!(
            parse("published = \"4 March 2021\"")
                .unwrap()
                .published
                .unwrap()
                .to_string(),
            "2021-03-04"
        );
        assert_eq!(parse("").unwrap(), Facts::default());
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(
            parse("url = \"a\"\npublisher = ")
                .unwrap_err()
                .starts_with("line 2 is no valid TOML")
        );
        assert_eq!(
            parse("author = \"x\"").unwrap_err(),
            "`author` is not known here; the keys are published, publisher, url, title, byline"
        );
        assert_eq!(
            parse("title = 3").unwrap_err(),
            "`title` must be text in quotation marks"
        );
        assert!(
            parse("published = \"soon\"")
                .unwrap_err()
                .contains("“soon” is no date")
        );
    }

    #[test]
    fn the_name_is_that_of_the_text() {
        assert_eq!(
            own_name(Path::new("a/b.c.txt.gz")),
            Some(PathBuf::from("a/b.c.toml"))
        );
    }
}
