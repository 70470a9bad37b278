//! What people moved: members of other wholes than were found.

use std::collections::HashMap;

/// Members that people moved, with the first of the whole that each is of now.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    now: HashMap<i64, i64>,
    members: HashMap<i64, Vec<i64>>,
}

impl Moved {
    pub(crate) fn new(now: HashMap<i64, i64>) -> Self {
        let mut members: HashMap<i64, Vec<i64>> = HashMap::new();
        for (member, first) in &now {
            members.entry(*first).or_default().push(*member);
        }
        Self { now, members }
    }

    /// Of a member that people moved, the first of its whole.
    pub(crate) fn of(&self, member: i64) -> Option<i64> {
        self.now.get(&member).copied()
    }

    /// All members that people moved.
    pub(crate) fn members(&self) -> impl Iterator<Item = &i64> {
        self.now.keys()
    }

    /// Those that were moved to the whole with this first member.
    pub(crate) fn members_of(&self, first: i64) -> &[i64] {
        self.members.get(&first).map_or(&[], Vec::as_slice)
    }

    /// The first members of all wholes to which members were moved.
    pub(crate) fn firsts(&self) -> impl Iterator<Item = i64> {
        self.members.keys().copied()
    }
}
