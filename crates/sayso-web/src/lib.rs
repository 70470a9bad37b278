//! Readings and cases as people see them: pages, and data at the same addresses.
//!
//! [`output`] makes one page or JSON of a reading, [`explain`] tells why a reading says what it
//! says, [`serve`] shows a case on an address of this machine.

pub mod explain;
pub mod output;
pub mod serve;
