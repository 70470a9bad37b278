//! The base form of a cue's word.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::wording::verbs;

/// Forms that no rule gives.
const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("told", "tell"),
    ("wrote", "write"),
    ("written", "write"),
    ("thought", "think"),
    ("knew", "know"),
    ("known", "know"),
    ("felt", "feel"),
    ("found", "find"),
    ("heard", "hear"),
    ("saw", "see"),
    ("seen", "see"),
    ("held", "hold"),
    ("made", "make"),
    ("makes", "make"),
    ("making", "make"),
    ("gave", "give"),
    ("given", "give"),
    ("giving", "give"),
    ("took", "take"),
    ("taken", "take"),
    ("taking", "take"),
    ("put", "put"),
    ("read", "read"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("understood", "understand"),
    ("meant", "mean"),
    ("learnt", "learn"),
    ("went", "go"),
    ("gone", "go"),
    ("began", "begin"),
    ("begun", "begin"),
    ("forgot", "forget"),
    ("foresaw", "foresee"),
    ("shown", "show"),
    ("bet", "bet"),
    ("laid", "lay"),
    ("sent", "send"),
    ("brought", "bring"),
    ("kept", "keep"),
    ("upheld", "uphold"),
    ("foretold", "foretell"),
    ("came", "come"),
    ("got", "get"),
    ("sought", "seek"),
    ("proven", "prove"),
    ("dreamt", "dream"),
    ("spelt", "spell"),
    ("dealt", "deal"),
    ("pled", "plead"),
    ("denied", "deny"),
    ("stood", "stand"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("drew", "draw"),
    ("drawn", "draw"),
    ("rang", "ring"),
    ("broke", "break"),
    ("bore", "bear"),
];

/// Every inflected form of the listed verbs.
static FORMS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for verb in verbs() {
        for form in inflected(verb) {
            forms.entry(form).or_insert(verb);
        }
    }
    forms.extend(
        IRREGULAR
            .iter()
            .map(|&(form, verb)| (form.to_owned(), verb)),
    );
    forms
});

/// The base form of a word in lower case, as far as the list and the common endings tell.
pub(crate) fn lemma(word: &str) -> String {
    if let Some(verb) = FORMS.get(word) {
        return (*verb).to_owned();
    }
    let stripped = |ending: &str, put: &str| {
        word.strip_suffix(ending)
            .filter(|s| s.len() > 2)
            .map(|s| format!("{s}{put}"))
    };
    let guess = stripped("ies", "y").or_else(|| stripped("ied", "y"));
    let guess = guess
        .or_else(|| stripped("sses", "ss"))
        .or_else(|| stripped("ches", "ch"));
    let guess = guess.or_else(|| {
        stripped("ed", "")
            .or_else(|| stripped("ing", ""))
            .map(restore)
    });
    let guess = guess.or_else(|| {
        word.strip_suffix('s')
            .filter(|s| s.len() > 2 && !s.ends_with(['s', 'u', 'i']))
            .map(str::to_owned)
    });
    guess.unwrap_or_else(|| word.to_owned())
}

/// A stem with its doubled consonant undone or its silent e put back.
fn restore(stem: String) -> String {
    let mut ends = stem.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(a), Some(b)) if a == b && !matches!(a, 'l' | 's' | 'z' | 'f' | 'e' | 'o') => {
            stem[..stem.len() - a.len_utf8()].to_owned()
        }
        (Some('c' | 'v' | 'u' | 'z'), _)
        | (Some('g'), Some('d' | 'r'))
        | (Some('t'), Some('a'))
        | (Some('s'), Some('o' | 'i' | 'u' | 'a')) => format!("{stem}e"),
        _ => stem,
    }
}

/// Every form of a verb.
pub(crate) fn forms(verb: &str) -> Vec<String> {
    let irregular = IRREGULAR.iter().filter(|(_, base)| *base == verb);
    let mut out = inflected(verb);
    out.extend(irregular.map(|&(form, _)| form.to_owned()));
    out
}

fn inflected(verb: &str) -> Vec<String> {
    let last = verb.chars().last();
    let consonant_y = last == Some('y') && !["ay", "ey", "oy"].iter().any(|e| verb.ends_with(e));
    let mut out = vec![verb.to_owned()];
    if consonant_y {
        let stem = &verb[..verb.len() - 1];
        out.extend([
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{verb}ing"),
        ]);
    } else if last == Some('e') {
        let stem = &verb[..verb.len() - 1];
        out.extend([
            format!("{verb}s"),
            format!("{verb}d"),
            format!("{stem}ing"),
            format!("{verb}ing"),
        ]);
    } else {
        let doubled = last.map_or_else(String::new, |c| format!("{verb}{c}"));
        out.extend([
            format!("{verb}s"),
            format!("{verb}es"),
            format!("{verb}ed"),
            format!("{verb}ing"),
        ]);
        out.extend([format!("{doubled}ed"), format!("{doubled}ing")]);
    }
    // British spellings beside American ones
    let british: Vec<String> = out
        .iter()
        .filter(|w| w.contains("iz"))
        .map(|w| w.replacen("iz", "is", 1))
        .collect();
    out.extend(british);
    out
}

#[cfg(test)]
mod tests {
    use super::lemma;

    #[test]
    fn listed_irregular_and_guessed_forms() {
        for (form, base) in [
            ("said", "say"),
            ("noted", "note"),
            ("claims", "claim"),
            ("denied", "deny"),
            ("stood", "stand"),
            ("threw", "throw"),
            ("thrown", "throw"),
            ("drew", "draw"),
            ("drawn", "draw"),
            ("rang", "ring"),
            ("broke", "break"),
            ("bore", "bear"),
            ("referred", "refer"),
            ("urging", "urge"),
            ("criticised", "criticize"),
            ("told", "tell"),
            ("planned", "plan"),
            ("lambasted", "lambast"),
            ("announces", "announce"),
            ("fears", "fear"),
            ("reiterated", "reiterate"),
            ("bulged", "bulg"),
            ("surfaced", "surface"),
            ("status", "status"),
        ] {
            assert_eq!(lemma(form), base, "{form}");
        }
    }
}
