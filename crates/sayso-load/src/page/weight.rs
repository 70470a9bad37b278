//! Pages saved as one file carry their pictures and fonts in themselves; none of it is text.

use std::borrow::Cow;

/// What stands before the letters of such a picture.
const MARK: &str = ";base64,";
/// The fewest letters that are taken out.
const SHORTEST: usize = 256;

/// The page without the pictures and fonts that are written into it.
pub(super) fn lighten(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut kept, mut from) = (0, 0);
    while let Some(found) = html.get(from..).and_then(|rest| rest.find(MARK)) {
        let start = from + found + MARK.len();
        let letters = html.as_bytes().get(start..).unwrap_or_default();
        let length = letters.iter().take_while(|byte| is_letter(**byte)).count();
        from = start + length;
        if length >= SHORTEST {
            out.push_str(html.get(kept..start).unwrap_or_default());
            kept = from;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_go_and_words_stay() {
        let picture = "QUJD".repeat(200);
        let page = format!("<p>é<img src=\"data:image/png;base64,{picture}\">two ;base64,abc</p>");
        assert_eq!(
            lighten(&page),
            "<p>é<img src=\"data:image/png;base64,\">two ;base64,abc</p>"
        );
        assert!(matches!(lighten("<p>plain</p>"), Cow::Borrowed(_)));
    }
}
