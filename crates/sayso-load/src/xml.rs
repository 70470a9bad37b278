//! XML as a run of steps, read leniently and never deeper than it is written: nothing recurses.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// What comes next in XML.
pub(crate) enum Step<'x> {
    /// An element begins.
    Open(Element<'x>),
    /// An element ends.
    Close,
    /// Words between tags.
    Words(Cow<'x, str>),
}

/// The beginning of an element.
pub(crate) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    /// Its name with the prefix, as written.
    pub(crate) fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// Its name without the prefix.
    pub(crate) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without the prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .attributes()
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = found.normalized_value_with(XmlVersion::Implicit1_0, 1, resolve_html5_entity);
        Some(value.map_or_else(|_| String::new(), Cow::into_owned))
    }

    /// The element as it is written, for markup inside text.
    pub(crate) fn written(&self) -> String {
        let text: &str = &self.0;
        format!("<{text}>")
    }
}

/// A reader of XML.
pub(crate) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    broken: bool,
}

impl<'x> Xml<'x> {
    pub(crate) fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self {
            reader,
            broken: false,
        }
    }

    /// Whether it ended because of damage.
    pub(crate) const fn is_broken(&self) -> bool {
        self.broken
    }
}

impl<'x> Iterator for Xml<'x> {
    type Item = Step<'x>;

    fn next(&mut self) -> Option<Step<'x>> {
        loop {
            return Some(match self.reader.read_event() {
                Ok(Event::Start(start) | Event::Empty(start)) => Step::Open(Element(start)),
                Ok(Event::End(_)) => Step::Close,
                Ok(Event::Text(words)) => Step::Words(words.xml10_content()),
                Ok(Event::CData(words)) => Step::Words(words.xml10_content()),
                Ok(Event::GeneralRef(reference)) => {
                    let sign = reference.resolve_char_ref().ok().flatten();
                    let named = || resolve_html5_entity(&reference).map(str::to_owned);
                    match sign.map(String::from).or_else(named) {
                        Some(words) => Step::Words(Cow::Owned(words)),
                        None => Step::Words(Cow::Owned(format!("&{};", &*reference))),
                    }
                }
                Ok(Event::Eof) => return None,
                Ok(_) => continue,
                Err(_) => {
                    self.broken = true;
                    return None;
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (String, bool) {
        let mut xml = Xml::new(text);
        let mut out = String::new();
        for step in xml.by_ref() {
            match step {
                Step::Open(element) => {
                    out.extend(["(", element.name()]);
                    if let Some(value) = element.attribute("a") {
                        out.extend(["=", &value]);
                    }
                    out.push(' ');
                }
                Step::Close => out.push(')'),
                Step::Words(words) => out.push_str(&words),
            }
        }
        (out, xml.is_broken())
    }

    #[test]
    fn elements_words_and_references() {
        assert_eq!(
            told(
                "<?xml version='1.0'?><x:r a='1 &amp; 2'><e/>A&#66;&nbsp;&lt;&zzz; & c<![CDATA[<d>]]></x:r>"
            ),
            ("(r=1 & 2 (e )AB\u{A0}<&zzz; & c<d>)".to_owned(), false)
        );
    }

    #[test]
    fn damage_ends_it() {
        assert_eq!(told("<a>x</b>y<c"), ("(a x)y".to_owned(), true));
    }
}
