//! What is said about a document as a whole: title, outlet, day, counts.

use sayso_reading::{BlockKind, Document, Edtf, Reading};

use super::rows::{is_unnamed, one_line};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The title: the one that the page gives, else the headline in the text, else the name of the file.
pub fn title(document: &Document) -> String {
    let given = document.title.as_deref().map(one_line);
    let given = given.filter(|title| !title.is_empty());
    let headline = || {
        let mut blocks = document.blocks().iter();
        let headline = blocks.find(|block| block.kind == BlockKind::Headline)?;
        headline.span.slice(document.text()).map(one_line)
    };
    given.or_else(headline).unwrap_or_else(|| {
        let place = place(document);
        let name = place.rsplit(['/', '\\']).next().unwrap_or(&place);
        if name.is_empty() {
            place.clone()
        } else {
            name.to_owned()
        }
    })
}

/// Where the document came from: its path, or its identifier where it has none.
pub fn place(document: &Document) -> String {
    let path = document.path.as_deref().map(one_line);
    path.unwrap_or_else(|| one_line(document.id.as_str()))
}

/// The outlet and the day, as far as they are known; and the place if a title stands above.
pub fn details(document: &Document) -> Vec<String> {
    let publisher = document.publisher.as_deref().map(one_line);
    let day = document.published.as_ref().map(day);
    let place = Some(place(document)).filter(|place| *place != title(document));
    [publisher, day, place].into_iter().flatten().collect()
}

/// A date as people write it: `29 January 2024`; other EDTF than days, months and years as it is.
pub fn day(date: &Edtf) -> String {
    let written = date.to_string();
    let mut parts = written.splitn(3, '-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|m| m.parse::<usize>().ok());
    let name = month.and_then(|m| MONTHS.get(m.checked_sub(1)?));
    match (name, parts.next()) {
        (Some(name), None) => format!("{name} {year}"),
        (Some(name), Some(day)) => match day.parse::<u8>() {
            Ok(day) => format!("{day} {name} {year}"),
            Err(_) => written,
        },
        (None, _) => written,
    }
}

/// How many, with the word for it: `1 document`, `2 documents`.
pub fn count(number: usize, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {one}{ending}", grouped(number))
}

/// A number with commas between the thousands.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (step, digit) in digits.chars().enumerate() {
        if step > 0 && (digits.len() - step).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// How many attributions name no source.
pub fn without_source(reading: &Reading) -> usize {
    let attributions = reading.attributions.iter();
    attributions.filter(|a| a.source.spans.is_empty()).count()
}

/// How many attributions go back to somebody who is kept unnamed.
pub fn unnamed(reading: &Reading) -> usize {
    let attributions = reading.attributions.iter();
    attributions.filter(|a| is_unnamed(a)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_are_written_as_people_do() {
        let written = |edtf: &str| day(&edtf.parse().unwrap());
        assert_eq!(written("2024-01-29"), "29 January 2024");
        assert_eq!(written("2024-12"), "December 2024");
        assert_eq!(written("2024"), "2024");
        assert_eq!(written("2024-05~"), "2024-05~");
        assert_eq!(written("2024-01-29/2024-02-03"), "2024-01-29/2024-02-03");
    }

    #[test]
    fn counts_have_commas_and_the_right_number() {
        assert_eq!(count(1, "document"), "1 document");
        assert_eq!(count(1_234_567, "note"), "1,234,567 notes");
        assert_eq!(grouped(100), "100");
    }
}
