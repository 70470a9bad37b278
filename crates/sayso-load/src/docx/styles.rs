//! What the styles of a Word document say about its paragraphs.

use std::collections::HashMap;

use sayso_reading::BlockKind;

use crate::xml::{Element, Step, Xml};

/// Styles that rest on each other are followed so far.
const STEPS: usize = 8;

#[derive(Debug, Default)]
struct Style {
    name: String,
    rests_on: Option<String>,
    outline: bool,
    list: bool,
}

/// The styles by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Heading,
    List,
    Caption,
}

impl Role {
    pub(super) const fn kind(self) -> BlockKind {
        match self {
            Self::Title => BlockKind::Headline,
            Self::Heading => BlockKind::Subheading,
            Self::List => BlockKind::List,
            Self::Caption => BlockKind::Caption,
        }
    }
}

impl Styles {
    pub(super) fn of(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        for step in Xml::new(xml) {
            let Step::Open(element) = step else {
                continue;
            };
            if element.name() == "style" {
                if let Some((id, style)) = open.take() {
                    styles.0.insert(id, style);
                }
                open = element
                    .attribute("styleId")
                    .map(|id| (id, Style::default()));
            } else if let Some((_, style)) = &mut open {
                take(style, &element);
            }
        }
        styles.0.extend(open);
        styles
    }

    /// What a paragraph of that style is; `None` for plain ones.
    pub(super) fn role(&self, id: &str) -> Option<Role> {
        let mut id = id;
        for _ in 0..STEPS {
            let Some(style) = self.0.get(id) else {
                // Without its styles a document still has their identifiers.
                return by_name(id);
            };
            let own = by_name(&style.name)
                .or(style.outline.then_some(Role::Heading))
                .or(style.list.then_some(Role::List));
            if own.is_some() {
                return own;
            }
            id = style.rests_on.as_deref()?;
        }
        None
    }
}

fn take(style: &mut Style, element: &Element) {
    let value = || element.attribute("val");
    match element.name() {
        "name" => style.name = value().unwrap_or_default(),
        "basedOn" => style.rests_on = value(),
        "outlineLvl" => style.outline = value().is_some_and(|level| level != "9"),
        "numId" => style.list = value().is_some_and(|list| list != "0"),
        _ => {}
    }
}

fn by_name(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" => Some(Role::Title),
        "subtitle" => Some(Role::Heading),
        "caption" => Some(Role::Caption),
        _ if name.starts_with("heading") => Some(Role::Heading),
        _ if name.starts_with("list") => Some(Role::List),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_tell_what_paragraphs_are() {
        let styles = Styles::of(
            "<w:styles><w:style w:styleId='T1'><w:name w:val='Title'/></w:style>\
             <w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
             <w:style w:styleId='Own'><w:name w:val='Own'/><w:basedOn w:val='berschrift1'/></w:style>\
             <w:style w:styleId='A'><w:basedOn w:val='B'/></w:style>\
             <w:style w:styleId='B'><w:basedOn w:val='A'/></w:style></w:styles>",
        );
        assert_eq!(styles.role("T1"), Some(Role::Title));
        assert_eq!(styles.role("Own"), Some(Role::Heading));
        assert_eq!(styles.role("ListParagraph"), Some(Role::List));
        assert_eq!(styles.role("A"), None);
        assert_eq!(styles.role("Normal"), None);
    }
}
