//! Where and when a report was written, at the start of its first paragraph.

use std::sync::LazyLock;

use regex::Regex;

use super::table::AGENCY;

/// Words in capitals that stand before a dash and are no place.
const NO_PLACE: [&str; 27] = [
    "EXCLUSIVE",
    "FILE",
    "UPDATE",
    "UPDATED",
    "BREAKING",
    "WATCH",
    "VIDEO",
    "OPINION",
    "ANALYSIS",
    "EDITORIAL",
    "NOTE",
    "CORRECTION",
    "LIVE",
    "POLL",
    "REPORT",
    "TRANSCRIPT",
    "PHOTOS",
    "RELATED",
    "NATO",
    "UNICEF",
    "UNESCO",
    "HAMAS",
    "ISIS",
    "OPEC",
    "NASA",
    "COVID",
    "DEVELOPING",
];

/// How far into a paragraph a dateline may reach, in bytes.
const REACH: usize = 140;

const MONTH: &str = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?";

/// Words in capitals, a region, a date, an agency in brackets, a dash.
static CAPITALS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?P<place>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:[ /-][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*){{0,4}})(?:, [A-ZÀ-ÖØ-Þ][^\s,()\[\]—–]*(?: [A-ZÀ-ÖØ-Þ][^\s,()\[\]—–]*){{0,2}}){{0,2}}(?P<date>,? (?:{MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {MONTH})(?:,? [0-9]{{4}})?)?(?P<agency>,? ?[(\[][^()\[\]]{{2,40}}[)\]])?(?:\s*(?:--|—|―|–-)\s*|\s*[-–]\s+|:\s+)"
    ))
    .ok()
});

/// A place in usual letters; then the agency must be there.
static LETTERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^[A-ZÀ-ÖØ-Þ][^,()\[\]—–:;]{{1,40}}(?:, [A-ZÀ-ÖØ-Þ][^,()\[\]—–:;]{{1,30}})?(?:,? (?:{MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {MONTH})(?:,? [0-9]{{4}})?)? [(\[](?:{AGENCY}|[A-ZÀ-ÖØ-Þ]{{2,6}})[)\]]\s*(?:--|[-–—―])\s*"
    ))
    .ok()
});

/// The agency alone: `(CNN) — `, `(Reuters) - `, `CNN — `.
static AGENCY_ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^(?:[(\[](?:{AGENCY})[)\]]\s*(?:--|[-–—―])?\s*|(?:{AGENCY}) (?:--|[–—―])\s+)"
    ))
    .ok()
});

/// What stands before the report's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// A dateline of that many bytes.
    Dateline(usize),
    /// The agency's name alone, of that many bytes.
    Credit(usize),
}

/// The dateline or credit at the start of a paragraph, with its dash and without the space after
/// it. Without an agency or a date it is taken for one only where `first` says that the paragraph
/// is among the first.
pub(super) fn opening(paragraph: &str, first: bool) -> Option<Opening> {
    let head = paragraph.get(..paragraph.floor_char_boundary(REACH))?;
    if let Some(found) = CAPITALS.as_ref()?.captures(head) {
        let whole = found.get(0)?.as_str();
        let told = found.name("date").is_some() || found.name("agency").is_some();
        let place = found.name("place").map_or("", |place| place.as_str());
        let colon = whole.trim_end().ends_with(':');
        if (told || (first && !colon && is_place(place))) && begins_report(paragraph, whole.len()) {
            return Some(Opening::Dateline(whole.trim_end().len()));
        }
    }
    if let Some(found) = LETTERS.as_ref()?.find(head)
        && begins_report(paragraph, found.end())
    {
        return Some(Opening::Dateline(found.as_str().trim_end().len()));
    }
    let found = AGENCY_ALONE.as_ref()?.find(head)?;
    begins_report(paragraph, found.end()).then(|| Opening::Credit(found.as_str().trim_end().len()))
}

/// Four capitals at least, and none of the usual labels and short names.
fn is_place(place: &str) -> bool {
    place.chars().filter(|sign| sign.is_uppercase()).count() >= 4
        && !place.split([' ', '-']).any(|word| NO_PLACE.contains(&word))
}

/// Whether a sentence in usual letters starts there.
fn begins_report(paragraph: &str, at: usize) -> bool {
    let Some(rest) = paragraph.get(at..) else {
        return false;
    };
    let starts = rest.starts_with(|sign: char| {
        sign.is_uppercase() || sign.is_ascii_digit() || "“\"‘'$€£".contains(sign)
    });
    starts && rest.chars().take(40).any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dateline(paragraph: &str) -> Option<&str> {
        match opening(paragraph, true)? {
            Opening::Dateline(length) | Opening::Credit(length) => paragraph.get(..length),
        }
    }

    #[test]
    fn datelines_end_at_their_dash() {
        for (paragraph, expected) in [
            (
                "PORT ELSIN, 3 March (Coastal News Agency) — The guard said",
                "PORT ELSIN, 3 March (Coastal News Agency) —",
            ),
            (
                "KESH, Oct 4 (Orbis) - Rebels have seized",
                "KESH, Oct 4 (Orbis) -",
            ),
            ("TEHRAN – A senior officer said", "TEHRAN –"),
            ("TEHRAN- A senior officer said", "TEHRAN-"),
            ("WASHINGTON ― “It is over,” he said", "WASHINGTON ―"),
            (
                "HEMPSTEAD, N.Y., Sept. 26 (UPI) — The candidate",
                "HEMPSTEAD, N.Y., Sept. 26 (UPI) —",
            ),
            (
                "DURBAN, South Africa (CNN) - The president",
                "DURBAN, South Africa (CNN) -",
            ),
            ("DES MOINES - This year", "DES MOINES -"),
            (
                "BEIRUT/AMMAN (Reuters) - Planes",
                "BEIRUT/AMMAN (Reuters) -",
            ),
            ("Beirut (AFP) – Planes hit", "Beirut (AFP) –"),
            (
                "Old Harbour, Kesh, 4 May (Reuters) – Planes hit",
                "Old Harbour, Kesh, 4 May (Reuters) –",
            ),
            ("(CNN) — The harbour was closed", "(CNN) —"),
            ("(CNN)The harbour was closed", "(CNN)"),
            ("CNN — The harbour was closed", "CNN —"),
        ] {
            assert_eq!(dateline(paragraph), Some(expected));
        }
    }

    #[test]
    fn what_is_no_dateline_stays_in_the_paragraph() {
        for paragraph in [
            "EXCLUSIVE – The minister will go",
            "NATO — Russia’s old rival — met",
            "UNICEF — the children’s fund — said",
            "WALLACE: Let us start",
            "18:40 — The railways have stopped",
            "The mayor — who lost — said",
            "COVID-19 has spread",
            "CRIMINALS -- THAT THEY MAY RETURN TO THE COUNTRY IN PEACE AND QUIET",
            "John Smith (Labour) – The veteran said",
        ] {
            assert_eq!(dateline(paragraph), None, "{paragraph}");
        }
        assert_eq!(opening("TEHRAN – A senior officer said", false), None);
    }
}
