//! Which letters a font's codes show, and how wide they are.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use lopdf::{Dictionary, Document, Encoding, Object};

/// The width of a sign whose font does not say, in thousandths of the font's size.
const WIDTH: f64 = 500.0;
/// Widths that one font may list.
const WIDTHS: usize = 70_000;
/// The longest map from codes to letters, in bytes.
const MAP: usize = 2 * 1024 * 1024;
/// Fonts that are held at once: a document may name far more of them than it has pages.
const HELD: usize = 64;
/// What reading a font costs of the budget, in bytes.
const COST: usize = 16 * 1024;

/// How many bytes of drawings and fonts are still read. A small file can refer to the same ones
/// again and again.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    pub(super) const fn new(bytes: usize) -> Self {
        Self(bytes)
    }

    /// Takes so many bytes out; whether they were there.
    pub(super) const fn spend(&mut self, bytes: usize) -> bool {
        match self.0.checked_sub(bytes) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// The fonts of a document.
pub(super) struct Fonts<'p> {
    pdf: &'p Document,
    held: HashMap<*const Dictionary, Rc<Font<'p>>>,
}

impl<'p> Fonts<'p> {
    pub(super) fn new(pdf: &'p Document) -> Self {
        Self {
            pdf,
            held: HashMap::new(),
        }
    }

    /// The font of that name in resources.
    pub(super) fn get(
        &mut self,
        resources: &[&'p Dictionary],
        name: &[u8],
        budget: &mut Budget,
    ) -> Option<Rc<Font<'p>>> {
        let find = |resources: &&'p Dictionary| {
            let fonts = self.pdf.get_dict_in_dict(resources, b"Font").ok()?;
            fonts.get_deref(name, self.pdf).ok()?.as_dict().ok()
        };
        let dictionary = resources.iter().find_map(find)?;
        let key = std::ptr::from_ref(dictionary);
        if let Some(font) = self.held.get(&key) {
            return Some(Rc::clone(font));
        }
        if !budget.spend(COST) {
            return None;
        }
        if self.held.len() >= HELD {
            self.held.clear();
        }
        let font = Rc::new(Font::of(dictionary, self.pdf));
        self.held.insert(key, Rc::clone(&font));
        Some(font)
    }
}

/// A font.
pub(super) struct Font<'p> {
    /// Whether a code takes two bytes.
    wide: bool,
    /// Always a map from codes to letters.
    unicode: Option<Encoding<'static>>,
    encoding: Option<Encoding<'p>>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

impl<'p> Font<'p> {
    fn of(font: &'p Dictionary, pdf: &'p Document) -> Self {
        let wide = font
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"Type0");
        let mut known = Self {
            wide,
            unicode: unicode(font, pdf),
            encoding: font.get_font_encoding_with_limit(pdf, MAP).ok(),
            widths: BTreeMap::new(),
            default_width: if wide { 1000.0 } else { WIDTH },
        };
        if wide {
            known.composite_widths(font, pdf);
        } else {
            known.simple_widths(font, pdf);
        }
        known
    }

    fn simple_widths(&mut self, font: &Dictionary, pdf: &Document) {
        let first = font.get_deref(b"FirstChar", pdf).and_then(Object::as_i64);
        let widths = font.get_deref(b"Widths", pdf).and_then(Object::as_array);
        let missing = pdf
            .get_dict_in_dict(font, b"FontDescriptor")
            .ok()
            .and_then(|descriptor| number(descriptor.get(b"MissingWidth").ok()?, pdf));
        if let Some(missing) = missing.filter(|width| *width > 0.0) {
            self.default_width = missing;
        }
        let (Ok(first), Ok(widths)) = (first, widths) else {
            return;
        };
        let first = u32::try_from(first).unwrap_or(0);
        for (code, width) in (first..).zip(widths.iter().take(WIDTHS)) {
            self.widths
                .extend(number(width, pdf).map(|width| (code, width)));
        }
    }

    /// Widths of fonts with many signs: `first [width…]` or `first last width`.
    fn composite_widths(&mut self, font: &Dictionary, pdf: &Document) {
        let descendants = font
            .get_deref(b"DescendantFonts", pdf)
            .and_then(Object::as_array);
        let inner = descendants.ok().and_then(|fonts| {
            let (_, inner) = pdf.dereference(fonts.first()?).ok()?;
            inner.as_dict().ok()
        });
        let Some(inner) = inner else {
            return;
        };
        let default = inner.get(b"DW").ok().and_then(|width| number(width, pdf));
        self.default_width = default.unwrap_or(self.default_width);
        let Ok(list) = inner.get_deref(b"W", pdf).and_then(Object::as_array) else {
            return;
        };
        let (mut rest, mut left) = (list.as_slice(), WIDTHS);
        while let [first, second, behind @ ..] = rest {
            rest = behind;
            let Some(first) = code(first, pdf) else {
                break;
            };
            match pdf.dereference(second).map(|(_, second)| second) {
                Ok(Object::Array(widths)) => {
                    for (code, width) in (first..).zip(widths.iter().take(left)) {
                        self.widths
                            .extend(number(width, pdf).map(|width| (code, width)));
                    }
                    left = left.saturating_sub(widths.len());
                }
                Ok(end) => {
                    let Some((width, behind)) = behind.split_first() else {
                        break;
                    };
                    rest = behind;
                    if let (Some(end), Some(width)) = (code(end, pdf), number(width, pdf)) {
                        let codes = (first..=end).take(left);
                        self.widths.extend(codes.map(|code| (code, width)));
                        let count = end.saturating_sub(first) as usize;
                        left = left.saturating_sub(count + 1);
                    }
                }
                Err(_) => break,
            }
        }
    }

    /// The codes of a string, each with the bytes that it takes.
    pub(super) fn codes<'s>(&self, string: &'s [u8]) -> impl Iterator<Item = &'s [u8]> + use<'s> {
        string.chunks(if self.wide { 2 } else { 1 })
    }

    /// How wide a sign is, in parts of the font's size.
    pub(super) fn width(&self, bytes: &[u8]) -> f64 {
        let code = bytes
            .iter()
            .fold(0, |code, byte| code << 8 | u32::from(*byte));
        self.widths.get(&code).unwrap_or(&self.default_width) / 1000.0
    }

    /// The letters of a sign; `None` where the file does not tell.
    pub(super) fn letters(&self, bytes: &[u8]) -> Option<String> {
        let code = bytes
            .iter()
            .fold(0, |code, byte| code << 8 | u32::from(*byte));
        let length = u8::try_from(bytes.len()).unwrap_or(0);
        let mapped = match &self.unicode {
            Some(Encoding::UnicodeMapEncoding(map)) => map.get(code, length),
            _ => None,
        };
        if let Some(units) = mapped {
            let letters = String::from_utf16_lossy(&units);
            if !letters.contains('\u{FFFD}') {
                return Some(plain(&letters));
            }
        }
        if self.wide && matches!(self.encoding, Some(Encoding::OneByteEncoding(_)) | None) {
            return None;
        }
        let letters = self.encoding.as_ref()?.bytes_to_string(bytes).ok()?;
        (!letters.is_empty() && !letters.contains('\u{FFFD}')).then(|| plain(&letters))
    }
}

/// The map from codes to letters that a font carries for the sake of its readers.
fn unicode(font: &Dictionary, pdf: &Document) -> Option<Encoding<'static>> {
    let mut alone = Dictionary::new();
    alone.set("Type", Object::Name(b"Font".to_vec()));
    alone.set("ToUnicode", font.get(b"ToUnicode").ok()?.clone());
    match alone.get_font_encoding_with_limit(pdf, MAP) {
        Ok(Encoding::UnicodeMapEncoding(map)) => Some(Encoding::UnicodeMapEncoding(map)),
        _ => None,
    }
}

fn number(object: &Object, pdf: &Document) -> Option<f64> {
    let (_, object) = pdf.dereference(object).ok()?;
    object.as_float().ok().map(f64::from)
}

fn code(object: &Object, pdf: &Document) -> Option<u32> {
    let (_, object) = pdf.dereference(object).ok()?;
    u32::try_from(object.as_i64().ok()?).ok()
}

/// Letters that are drawn as one sign, apart again; without signs that are none.
fn plain(letters: &str) -> String {
    let mut out = String::with_capacity(letters.len());
    for sign in letters.chars() {
        match sign {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            '\u{A0}' | '\t' | '\n' | '\r' => out.push(' '),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}
