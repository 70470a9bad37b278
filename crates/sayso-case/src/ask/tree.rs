//! A question as a tree of its terms.

/// Terms joined by and, or, not.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tree<L> {
    /// All of them; without any: everything.
    All(Vec<Self>),
    /// At least one of them.
    Any(Vec<Self>),
    Not(Box<Self>),
    Leaf(L),
}

impl<L> Tree<L> {
    /// All of some parts; one alone stands for itself, parts that are themselves joined so are
    /// taken in.
    pub(crate) fn all(parts: Vec<Self>) -> Self {
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::All(inner) => out.extend(inner),
                other => out.push(other),
            }
        }
        match (out.pop(), out.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                out.extend(last);
                Self::All(out)
            }
        }
    }

    /// Any of some parts, in the same way.
    pub(crate) fn any(parts: Vec<Self>) -> Self {
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Any(inner) => out.extend(inner),
                other => out.push(other),
            }
        }
        match (out.pop(), out.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                out.extend(last);
                Self::Any(out)
            }
        }
    }

    pub(crate) fn not(of: Self) -> Self {
        Self::Not(Box::new(of))
    }

    /// All leaves, in the order in which they stand.
    pub(crate) fn leaves(&self) -> Vec<&L> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Not(of) => of.leaves(),
            Self::Leaf(leaf) => vec![leaf],
        }
    }
}
