pub(crate) mod carry;
