//! A page's drawing instructions, as far as they show text.

use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Budget, Font, Fonts};
use super::matrix::Matrix;

/// Drawings within drawings that are followed.
const DEEPEST: usize = 6;
/// Drawings that one page may take over.
const FORMS: usize = 500;
/// States that may be kept for later.
const STATES: usize = 200;

/// A stretch of text and where it stands; the page's lower left corner is the origin.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub x: f64,
    pub y: f64,
    /// Where it ends.
    pub end: f64,
    /// The height of its font.
    pub size: f64,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub pieces: Vec<Piece>,
    /// Signs whose letters the file does not tell.
    pub unknown: usize,
}

/// The text of a page in the order in which it is drawn; `None` where it cannot be read.
pub(super) fn show<'p>(
    pdf: &'p Document,
    page: ObjectId,
    fonts: &mut Fonts<'p>,
    budget: &mut Budget,
    limit: usize,
) -> Option<Shown> {
    let content = pdf.get_page_content_with_limit(page, limit).ok()?;
    if !budget.spend(content.len()) {
        return None;
    }
    let content = Content::decode(&content).ok()?;
    let (own, inherited) = pdf.get_page_resources(page).ok()?;
    let inherited = inherited
        .iter()
        .filter_map(|id| pdf.get_dictionary(*id).ok());
    let resources: Vec<&Dictionary> = own.into_iter().chain(inherited).collect();
    let quarters = turned(pdf, page) / 90;
    let mut painter = Painter {
        pdf,
        fonts,
        budget,
        limit,
        forms: FORMS,
        shown: Shown::default(),
    };
    let state = State {
        map: Matrix::turn(quarters),
        ..State::default()
    };
    painter.paint(&content.operations, &resources, state, 0);
    Some(painter.shown)
}

/// How far a page is turned, in degrees; what stands above it in the file may tell.
fn turned(pdf: &Document, page: ObjectId) -> i64 {
    let mut node = pdf.get_dictionary(page).ok();
    for _ in 0..DEEPEST {
        let Some(dictionary) = node else {
            break;
        };
        if let Ok(degrees) = dictionary
            .get_deref(b"Rotate", pdf)
            .and_then(Object::as_i64)
        {
            return degrees;
        }
        node = pdf.get_dict_in_dict(dictionary, b"Parent").ok();
    }
    0
}

/// How text is drawn.
#[derive(Clone)]
struct State<'p> {
    map: Matrix,
    font: Option<Rc<Font<'p>>>,
    size: f64,
    /// Between letters, and beside that between words.
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            map: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Where the next sign of a text goes, and where its line began.
#[derive(Clone, Copy)]
struct Pen {
    at: Matrix,
    line: Matrix,
}

impl Pen {
    const START: Self = Self {
        at: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
    };

    fn go(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.at = self.line;
    }
}

struct Painter<'p, 'f> {
    pdf: &'p Document,
    fonts: &'f mut Fonts<'p>,
    budget: &'f mut Budget,
    limit: usize,
    forms: usize,
    shown: Shown,
}

impl<'p> Painter<'p, '_> {
    fn paint(
        &mut self,
        operations: &[Operation],
        resources: &[&'p Dictionary],
        start: State<'p>,
        depth: usize,
    ) {
        let (mut state, mut kept, mut pen) = (start, Vec::new(), Pen::START);
        // Marked stretches that are open; of them those that are furniture of the page.
        let (mut marked, mut hidden): (Vec<bool>, usize) = (Vec::new(), 0);
        for operation in operations {
            let values = &operation.operands;
            match operation.operator.as_str() {
                "q" if kept.len() < STATES => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.map = matrix(values).then(state.map),
                "BT" => pen = Pen::START,
                "BMC" | "BDC" => {
                    let artifact = is_artifact(values);
                    marked.push(artifact);
                    hidden += usize::from(artifact);
                }
                "EMC" => hidden -= usize::from(marked.pop().unwrap_or(false)),
                "Tf" => {
                    let name = values.first().and_then(|name| name.as_name().ok());
                    state.font = name.and_then(|name| self.fonts.get(resources, name, self.budget));
                    state.size = value(values, 1);
                }
                "Do" if depth < DEEPEST && self.forms > 0 => {
                    self.forms -= 1;
                    self.form(values, resources, &state, depth);
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    self.text(operation, &mut state, &mut pen, hidden > 0);
                }
                other => set(other, values, &mut state, &mut pen),
            }
        }
    }

    /// A drawing that is taken over.
    fn form(
        &mut self,
        values: &[Object],
        resources: &[&'p Dictionary],
        state: &State<'p>,
        depth: usize,
    ) {
        let name = values.first().and_then(|name| name.as_name().ok());
        let pdf = self.pdf;
        let stream = name.and_then(|name| {
            resources.iter().find_map(|resources| {
                let drawings = pdf.get_dict_in_dict(resources, b"XObject").ok()?;
                drawings.get_deref(name, pdf).ok()?.as_stream().ok()
            })
        });
        let Some(stream) = stream else {
            return;
        };
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if is_form.ok() != Some(b"Form") {
            return;
        }
        let content = stream.get_plain_content_with_limit(self.limit);
        let content = content
            .ok()
            .filter(|bytes| self.budget.spend(bytes.len()))
            .and_then(|bytes| Content::decode(&bytes).ok());
        let Some(content) = content else {
            return;
        };
        let mut state = state.clone();
        if let Ok(map) = stream
            .dict
            .get_deref(b"Matrix", pdf)
            .and_then(Object::as_array)
        {
            state.map = matrix(map).then(state.map);
        }
        match pdf.get_dict_in_dict(&stream.dict, b"Resources") {
            Ok(own) => self.paint(&content.operations, &[own], state, depth + 1),
            Err(_) => self.paint(&content.operations, resources, state, depth + 1),
        }
    }

    fn text(&mut self, operation: &Operation, state: &mut State<'p>, pen: &mut Pen, hidden: bool) {
        let values = &operation.operands;
        if operation.operator == "\"" {
            state.word_space = value(values, 0);
            state.letter_space = value(values, 1);
        }
        if matches!(operation.operator.as_str(), "'" | "\"") {
            pen.go(0.0, -state.leading);
        }
        match values.last() {
            Some(Object::String(string, _)) => self.string(string, state, pen, hidden),
            Some(Object::Array(parts)) => {
                for part in parts {
                    if let Object::String(string, _) = part {
                        self.string(string, state, pen, hidden);
                    } else if let Ok(back) = part.as_float() {
                        let x = -f64::from(back) / 1000.0 * state.size * state.stretch;
                        pen.at = Matrix::shift(x, 0.0).then(pen.at);
                    }
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, string: &[u8], state: &State<'p>, pen: &mut Pen, hidden: bool) {
        let Some(font) = &state.font else {
            self.shown.unknown += string.len();
            return;
        };
        let place = |pen: &Pen| Matrix::shift(0.0, state.rise).then(pen.at).then(state.map);
        let start = place(pen);
        let (mut text, mut unknown) = (String::new(), 0);
        for code in font.codes(string) {
            match font.letters(code) {
                Some(letters) => text.push_str(&letters),
                None => unknown += 1,
            }
            let word = if code == b" " { state.word_space } else { 0.0 };
            let x = (font.width(code) * state.size + state.letter_space + word) * state.stretch;
            pen.at = Matrix::shift(x, 0.0).then(pen.at);
        }
        let size = (state.size * start.height()).abs();
        if hidden || !start.is_level() || !(size > 0.0 && size.is_finite()) {
            return;
        }
        self.shown.unknown += unknown;
        if !text.is_empty() {
            self.shown.pieces.push(Piece {
                text,
                x: start.e,
                y: start.f,
                end: place(pen).e,
                size,
            });
        }
    }
}

/// Instructions that only change how text is drawn, or where.
fn set(operator: &str, values: &[Object], state: &mut State, pen: &mut Pen) {
    match operator {
        "Tc" => state.letter_space = value(values, 0),
        "Tw" => state.word_space = value(values, 0),
        "Tz" => state.stretch = value(values, 0) / 100.0,
        "TL" => state.leading = value(values, 0),
        "Ts" => state.rise = value(values, 0),
        "Td" => pen.go(value(values, 0), value(values, 1)),
        "TD" => {
            state.leading = -value(values, 1);
            pen.go(value(values, 0), value(values, 1));
        }
        "T*" => pen.go(0.0, -state.leading),
        "Tm" => {
            pen.line = matrix(values);
            pen.at = pen.line;
        }
        _ => {}
    }
}

/// Whether a marked stretch belongs to the page and not to its text.
fn is_artifact(values: &[Object]) -> bool {
    values
        .first()
        .and_then(|tag| tag.as_name().ok())
        .is_some_and(|tag| tag == b"Artifact")
}

fn value(values: &[Object], at: usize) -> f64 {
    let value = values.get(at).and_then(|value| value.as_float().ok());
    value.map_or(0.0, f64::from)
}

fn matrix(values: &[Object]) -> Matrix {
    if values.len() < 6 {
        return Matrix::IDENTITY;
    }
    Matrix::of(std::array::from_fn(|at| value(values, at)))
}
