//! Why something is what it is: its fields, each with the steps that led to its value.

mod print;

pub use print::{list, write};
pub use sayso_web::explain::{
    Explainer, Explanation, FieldWhy, Held, Lines, Listed, Part, Place, PlaceError, Role, StepWhy,
    Subject, Words, Written, at, listed, name_of, named,
};
