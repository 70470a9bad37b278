//! Rule `source.condition`: under which condition, or why, a source is unnamed.

use std::ops::Range;

use crate::prose::trimmed;

/// How such a condition begins.
const BEGINNINGS: &[&str] = &[
    "on condition of anonymity",
    "on the condition of anonymity",
    "on condition that",
    "on the condition that",
    "on condition of not being",
    "under condition of anonymity",
    "under the condition of anonymity",
    "asked not to be",
    "asked that",
    "asked to remain",
    "asked for anonymity",
    "asking not to be",
    "requested anonymity",
    "requesting anonymity",
    "insisted on anonymity",
    "declined to be named",
    "declined to be identified",
    "declined to give",
    "refused to be named",
    "refused to be identified",
    "did not want to be",
    "didn't want to be",
    "didn’t want to be",
    "did not wish to be",
    "wished to remain",
    "wanted to remain",
    "not authorized to",
    "not authorised to",
    "not allowed to speak",
    "not permitted to speak",
    "lacked authorization",
    "granted anonymity",
    "was granted anonymity",
    "were granted anonymity",
    "spoke anonymously",
    "speaking anonymously",
    "for fear of",
    "fearing reprisal",
    "fearing retaliation",
];

/// Beginnings that tell of anonymity only together with one of these words.
const NEEDS: &[(&str, &[&str])] = &[
    ("asked that", &["name", "identi", "anonym"]),
    ("asked to remain", &["anonym", "unnamed", "unidentified"]),
    ("declined to give", &["name"]),
    ("on condition that", &["name", "identi", "anonym"]),
    ("on the condition that", &["name", "identi", "anonym"]),
    ("asked not to be", &["name", "identi", "quoted", "cited"]),
    ("did not want to be", &["name", "identi", "quoted", "cited"]),
    (
        "for fear of",
        &[
            "reprisal",
            "retaliation",
            "retribution",
            "punish",
            "life",
            "lives",
            "safety",
            "job",
            "arrest",
            "persecut",
        ],
    ),
];

/// The words of the condition in the sentence of a source, up to a comma, the sentence's
/// end, or the words of the cue.
pub(crate) fn condition(
    text: &str,
    sentence: &Range<usize>,
    cue: Option<&Range<usize>>,
) -> Option<Range<usize>> {
    let slice = text.get(sentence.clone())?;
    let lower = slice.to_ascii_lowercase();
    let start = BEGINNINGS
        .iter()
        .filter_map(|b| {
            let at = lower.find(b)?;
            let needed = NEEDS.iter().find(|(n, _)| n == b);
            let rest = &lower[at + b.len()..];
            let near: String = rest.chars().take(60).collect();
            needed
                .is_none_or(|(_, words)| words.iter().any(|w| near.contains(w)))
                .then_some(at)
        })
        .min()?;
    let start = include_verb(&lower, start);
    let rest = slice.get(start..)?;
    let mut end = rest
        .find([',', '“', '”', '"', ';', '—', '–'])
        .unwrap_or(rest.len());
    // a reason behind the comma belongs to it
    if let Some(reason) = rest.get(end..).filter(|r| {
        r.starts_with(", because ") || r.starts_with(", citing ") || r.starts_with(", as ")
    }) {
        end += 2 + reason[2..]
            .find([',', '“', '”', '"', ';'])
            .unwrap_or(reason.len() - 2);
    }
    let mut range = sentence.start + start..sentence.start + start + end;
    if let Some(cue) = cue
        && range.start < cue.start
        && cue.start < range.end
    {
        range.end = cue.start;
    }
    let range = trimmed(text, range, &['.', ',', ')', '(']);
    (!range.is_empty()).then_some(range)
}

/// "was not authorized", "because they were not authorized": the verb and its reason come along.
fn include_verb(lower: &str, start: usize) -> usize {
    let before = &lower[..start];
    for lead in [
        "because they were ",
        "because he was ",
        "because she was ",
        "because he is ",
        "because she is ",
        "because they are ",
        "as they were ",
        "as he was ",
        "as she was ",
        "was ",
        "were ",
        "is ",
        "are ",
        "has ",
        "have ",
    ] {
        if before.ends_with(lead) {
            return start - lead.len();
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_and_reasons_are_found() {
        for (sentence, expected) in [
            (
                "A former official, who asked not to be identified, said so.",
                Some("asked not to be identified"),
            ),
            (
                "Two aides, on condition of anonymity because they were not authorized to talk, said so.",
                Some("on condition of anonymity because they were not authorized to talk"),
            ),
            (
                "A diplomat, who was not authorised to speak publicly, said so.",
                Some("was not authorised to speak publicly"),
            ),
            ("She asked that the road be closed.", None),
            ("He asked not to be late.", None),
        ] {
            let got = condition(sentence, &(0..sentence.len()), None);
            assert_eq!(got.map(|r| &sentence[r]), expected, "{sentence}");
        }
    }
}
