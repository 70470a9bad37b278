//! Whether a mail's sender is a person or an outlet.

/// Who a mail is from, by what they are to its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sender {
    pub byline: Option<String>,
    pub publisher: Option<String>,
}

/// The part of an address before the `@`, where nobody in particular writes.
const ROLES: [&str; 26] = [
    "admin",
    "alerts",
    "bulletin",
    "communications",
    "contact",
    "desk",
    "donotreply",
    "editor",
    "editorial",
    "editors",
    "hello",
    "info",
    "mail",
    "mailer",
    "media",
    "news",
    "newsdesk",
    "newsletter",
    "newsletters",
    "newsroom",
    "noreply",
    "office",
    "press",
    "pressoffice",
    "redaktion",
    "updates",
];
/// Words that only names of outlets and offices have.
const OUTLETS: [&str; 30] = [
    "agency",
    "association",
    "briefing",
    "bulletin",
    "council",
    "courier",
    "desk",
    "digest",
    "foundation",
    "gazette",
    "government",
    "herald",
    "institute",
    "journal",
    "magazine",
    "media",
    "ministry",
    "morning",
    "news",
    "newsletter",
    "newsroom",
    "office",
    "post",
    "press",
    "radio",
    "service",
    "team",
    "times",
    "today",
    "university",
];

/// Takes a sender's name and address apart.
pub(super) fn sender(name: Option<&str>, address: Option<&str>) -> Sender {
    let clean = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        words.join(" ").trim_matches(['"', '\'']).trim().to_owned()
    };
    let name = name.map(clean).unwrap_or_default();
    // Some programs repeat the address as the name.
    if name.is_empty() || name.contains('@') || !name.contains(char::is_alphabetic) {
        return Sender::default();
    }
    for between in [
        " at ", " from ", " of ", " via ", " | ", " – ", " — ", " - ", ", ",
    ] {
        if let Some((person, outlet)) = name.split_once(between)
            && is_person(person)
            && !outlet.trim().is_empty()
        {
            return Sender {
                byline: Some(person.trim().to_owned()),
                publisher: Some(outlet.trim().to_owned()),
            };
        }
    }
    if is_person(&name) && !is_outlet(&name, address.unwrap_or_default()) {
        Sender {
            byline: Some(name),
            publisher: None,
        }
    } else {
        Sender {
            byline: None,
            publisher: Some(name),
        }
    }
}

/// Whether words look like the name of a person: two to four of them, with capitals, none of which
/// only outlets have.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let low = [
        "de", "la", "van", "von", "der", "den", "al", "bin", "ter", "di", "da", "y",
    ];
    let named = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|sign| sign.is_alphabetic() || ".'’-".contains(sign))
            || low.contains(word)
    };
    let outlet = |word: &&str| OUTLETS.contains(&word.to_lowercase().as_str());
    (2..=4).contains(&words.len())
        && words.iter().all(named)
        && !words.iter().any(outlet)
        && !words
            .first()
            .is_some_and(|word| word.eq_ignore_ascii_case("the"))
}

/// Whether the address shows that the name is an outlet's: it is that of an office, or the name is
/// that of the domain and not that of the mailbox.
fn is_outlet(name: &str, address: &str) -> bool {
    let (mailbox, domain) = address.split_once('@').unwrap_or((address, ""));
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|sign| sign.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (mailbox, domain, whole) = (letters(mailbox), letters(domain), letters(name));
    let of_mailbox = name
        .split_whitespace()
        .map(letters)
        .any(|word| word.len() > 2 && mailbox.contains(&word));
    let role = ROLES.contains(&mailbox.as_str());
    !of_mailbox && (role || (!whole.is_empty() && domain.contains(&whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, address: &str) -> (Option<String>, Option<String>) {
        let sender = sender(Some(name), Some(address));
        (sender.byline, sender.publisher)
    }

    #[test]
    fn people_write_and_outlets_publish() {
        for (name, address, byline, publisher) in [
            (
                "Lena Ortiz",
                "lena.ortiz@post.example",
                Some("Lena Ortiz"),
                None,
            ),
            (
                "Lena Ortiz",
                "noreply@post.example",
                None,
                Some("Lena Ortiz"),
            ),
            ("Elsin Post", "news@post.example", None, Some("Elsin Post")),
            (
                "Harbour View",
                "x1@harbourview.example",
                None,
                Some("Harbour View"),
            ),
            (
                "Lena Ortiz at The Post",
                "l@x.example",
                Some("Lena Ortiz"),
                Some("The Post"),
            ),
            (
                "\"Lena de la Cruz | Orbis\"",
                "",
                Some("Lena de la Cruz"),
                Some("Orbis"),
            ),
            ("Orbis", "a@b.example", None, Some("Orbis")),
            ("City of Elsin", "a@b.example", None, Some("City of Elsin")),
            ("a@b.example", "a@b.example", None, None),
            ("", "a@b.example", None, None),
        ] {
            let expected = (byline.map(str::to_owned), publisher.map(str::to_owned));
            assert_eq!(told(name, address), expected, "{name}");
        }
        assert_eq!(sender(None, None), Sender::default());
    }
}
