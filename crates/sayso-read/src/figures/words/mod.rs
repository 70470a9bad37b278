//! Words that decide what a figure counts.

mod clause;
mod deeds;
mod grammar;
mod labels;
mod people;

pub(super) use clause::{
    ends_search, is_no_object, joins_list, leads_to_participle, leads_to_quantity, opens_object,
};
pub(super) use deeds::{Form, deed, deed_noun, is_casualties, noun};
pub(super) use grammar::{is_auxiliary, is_be, is_function, is_modal, is_plural, is_preposition};
pub(super) use labels::{is_month, is_time_unit, is_weekday, takes_number};
pub(super) use people::{is_one_of_people, is_person, is_personnel, is_thing_of_war};

/// Whether a list in order holds a word.
fn listed(list: &[&str], lower: &str) -> bool {
    list.binary_search(&lower).is_ok()
}
