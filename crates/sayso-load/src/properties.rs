//! Title and author as programs write them into documents: often they are the program's own words.

/// The longest title and the longest name, in characters.
const LONGEST_TITLE: usize = 300;
const LONGEST_NAME: usize = 120;

/// A title that somebody may have given.
pub(crate) fn title(written: &str) -> Option<String> {
    const ENDINGS: [&str; 12] = [
        ".doc", ".docx", ".indd", ".pdf", ".odt", ".rtf", ".txt", ".html", ".htm", ".qxd", ".qxp",
        ".tmp",
    ];
    const STARTS: [&str; 6] = [
        "microsoft word",
        "microsoft powerpoint",
        "untitled",
        "document",
        "dokument",
        "print ",
    ];
    let title = one_line(written);
    let lower = title.to_lowercase();
    let bare = lower
        .trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == ' ')
        .to_owned();
    let of_program = STARTS[..2].iter().any(|start| lower.starts_with(start))
        || STARTS[2..].iter().any(|start| bare == start.trim_end());
    let of_file = ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let sensible = title.chars().any(char::is_alphabetic)
        && title.chars().count() <= LONGEST_TITLE
        && !of_program
        && !of_file
        && !lower.contains("://");
    sensible.then_some(title)
}

/// A name that may be a person's or an office's.
pub(crate) fn author(written: &str) -> Option<String> {
    const NOBODY: [&str; 14] = [
        "admin",
        "administrator",
        "anonymous",
        "author",
        "autor",
        "microsoft office user",
        "none",
        "owner",
        "python-docx",
        "root",
        "unknown",
        "user",
        "windows user",
        "www",
    ];
    let name = one_line(written);
    let lower = name.to_lowercase();
    // Names without a capital are those of accounts.
    let sensible = name.chars().any(char::is_uppercase)
        && name.chars().count() <= LONGEST_NAME
        && !name.contains(['@', '\\', '/', '_'])
        && !NOBODY.contains(&lower.as_str());
    sensible.then_some(name)
}

fn one_line(written: &str) -> String {
    let words: Vec<&str> = written
        .split(|sign: char| sign.is_whitespace() || sign.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_programs_and_files_are_none() {
        assert_eq!(
            title(" A bridge\nis closed ").as_deref(),
            Some("A bridge is closed")
        );
        assert!(title("Document on the bridge").is_some());
        for written in [
            "",
            "Microsoft Word - bridge.doc",
            "Untitled",
            "Document 1",
            "bridge_final.docx",
            "2021-03",
            "https://a.example/x",
        ] {
            assert_eq!(title(written), None, "{written}");
        }
    }

    #[test]
    fn accounts_are_no_authors() {
        assert_eq!(author("Lena  Ortiz").as_deref(), Some("Lena Ortiz"));
        for written in [
            "",
            "lortiz",
            "User",
            "Microsoft Office User",
            "L@post.example",
            "PC\\L",
        ] {
            assert_eq!(author(written), None, "{written}");
        }
    }
}
