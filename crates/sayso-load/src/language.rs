//! Which language a text is in.

use whatlang::{Lang, detect};

/// How many bytes of a text are looked at.
const SAMPLE: usize = 8 * 1024;

/// The language (ISO 639-1) of a text, with its English name; `None` where it cannot be told.
pub(crate) fn language(text: &str) -> Option<(&'static str, &'static str)> {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or(text);
    let info = detect(sample)?;
    // English is what is expected: a short text that looks like it needs no more proof.
    (info.is_reliable() || info.lang() == Lang::Eng).then(|| named(info.lang()))
}

/// The note that goes with a language.
pub(crate) fn note(code: &str, name: &str) -> Option<String> {
    (code != "en")
        .then(|| format!("the text seems to be in {name}; figures are published for English only"))
}

fn named(lang: Lang) -> (&'static str, &'static str) {
    (code(lang), lang.eng_name())
}

/// The code of ISO 639-1.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Cym => "cy",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let english = "The minister said on Tuesday that the talks had failed and nobody knew why.";
        let german = "Der Minister sagte am Dienstag, die Gespräche seien gescheitert, und niemand wisse warum.";
        assert_eq!(language(english), Some(("en", "English")));
        let (code, name) = language(german).unwrap();
        assert_eq!((code, name), ("de", "German"));
        assert_eq!(
            note(code, name).unwrap(),
            "the text seems to be in German; figures are published for English only"
        );
        assert_eq!(note("en", "English"), None);
        assert_eq!(language("42"), None);
    }
}
