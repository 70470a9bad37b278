//! Pages that would take the parser out of bounds are refused before it sees them.

/// Elements that may be open at once. The parser's time grows with the square of it.
const DEEPEST: usize = 1000;
/// Formatting elements that may be open at once: the parser opens all of them again in every
/// paragraph.
const FORMATTING: usize = 100;

/// Elements that have no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that others like them end.
const IMPLIED: [&str; 16] = [
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot",
    "colgroup", "html", "head", "body",
];
const STYLING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements whose text is not searched for tags.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Whether elements are nested no deeper than a page has reason to.
pub(super) fn is_shallow(html: &str) -> bool {
    let (mut open, mut styled) = (0_usize, 0_usize);
    let mut rest = html;
    while let Some((_, tail)) = rest.split_once('<') {
        rest = tail;
        let ends = tail.starts_with('/');
        let tail = tail.strip_prefix('/').unwrap_or(tail);
        let length = tail.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let Some((name, after)) = tail
            .split_at_checked(length)
            .filter(|(name, _)| !name.is_empty())
        else {
            continue;
        };
        let name = name.to_ascii_lowercase();
        if VOID.contains(&name.as_str()) || IMPLIED.contains(&name.as_str()) {
            continue;
        }
        let count = if STYLING.contains(&name.as_str()) {
            &mut styled
        } else {
            &mut open
        };
        *count = if ends {
            count.saturating_sub(1)
        } else {
            *count + 1
        };
        if open > DEEPEST || styled > FORMATTING {
            return false;
        }
        if !ends && RAW.contains(&name.as_str()) {
            open = open.saturating_sub(1);
            rest = after_raw(after, &name);
        }
    }
    true
}

/// What stands behind the end of an element of raw text.
fn after_raw<'h>(text: &'h str, name: &str) -> &'h str {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("</")) {
        let at = from + found + 2;
        let end = text.get(at..at + name.len());
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return text.get(at + name.len()..).unwrap_or_default();
        }
        from = at;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_odd_pages_are_refused() {
        assert!(is_shallow(&"<div><p>One<p>Two<li>x</div>".repeat(5000)));
        assert!(is_shallow(
            &"<script>if (a<b) c('<div>')</script>".repeat(5000)
        ));
        assert!(is_shallow("1 < 2, < and </ and <é"));
        assert!(!is_shallow(&"<div>".repeat(5000)));
        assert!(!is_shallow(&"<b>".repeat(500)));
        assert!(is_shallow(&"<b>x</b>".repeat(500)));
    }
}
