//! Gzip files: members one after the other, each of which may be damaged without the others.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// The first bytes of a member.
pub(crate) const MAGIC: [u8; 2] = [0x1F, 0x8B];
/// The byte behind them: the only way of packing that there is.
const DEFLATE: u8 = 8;

/// What the members of a gzip file hold, one after the other.
///
/// A damaged member is an error once; whoever reads on gets the next member that begins behind
/// the damage. The archives of the web pack each record as a member of its own.
pub(crate) struct Members<R> {
    state: State<R>,
}

enum State<R> {
    Inside(Box<GzDecoder<R>>),
    Between(R),
    /// The bytes up to the next beginning of a member belong to a damaged one.
    Lost(R),
    Ended,
}

impl<R: BufRead> Members<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self {
            state: State::Between(reader),
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Inside(mut member) => match member.read(out) {
                    Ok(0) => self.state = State::Between(member.into_inner()),
                    Ok(read) => {
                        self.state = State::Inside(member);
                        return Ok(read);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Inside(member);
                        return Err(error);
                    }
                    Err(error) => {
                        self.state = State::Lost(member.into_inner());
                        return Err(error);
                    }
                },
                State::Between(mut reader) => {
                    if !reader.fill_buf()?.is_empty() {
                        self.state = State::Inside(Box::new(GzDecoder::new(reader)));
                    }
                }
                State::Lost(mut reader) => {
                    if skip_to_member(&mut reader)? {
                        self.state = State::Inside(Box::new(GzDecoder::new(reader)));
                    }
                }
                State::Ended => return Ok(0),
            }
        }
    }
}

/// Goes to where the next member seems to begin; whether there is one.
fn skip_to_member(reader: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let buffer = reader.fill_buf()?;
        let Some(first) = buffer.first() else {
            return Ok(false);
        };
        // A beginning across the border of two buffers is taken to be one.
        let begins = *first == MAGIC[0]
            && buffer.get(1).is_none_or(|second| *second == MAGIC[1])
            && buffer.get(2).is_none_or(|third| *third == DEFLATE);
        if begins {
            return Ok(true);
        }
        let next = buffer
            .iter()
            .skip(1)
            .position(|byte| *byte == MAGIC[0])
            .map_or(buffer.len(), |at| at + 1);
        reader.consume(next);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn member(words: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(words.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    /// What is read, and how often reading failed.
    fn read(bytes: &[u8]) -> (String, usize) {
        let mut members = Members::new(bytes);
        let (mut all, mut failed, mut buffer) = (Vec::new(), 0, [0; 16]);
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return (String::from_utf8_lossy(&all).into_owned(), failed),
                Ok(read) => all.extend_from_slice(&buffer[..read]),
                Err(_) => failed += 1,
            }
        }
    }

    #[test]
    fn members_are_read_one_after_the_other() {
        assert_eq!(
            read(&[member("one "), member("two")].concat()),
            ("one two".to_owned(), 0)
        );
        assert_eq!(read(b""), (String::new(), 0));
    }

    #[test]
    fn a_damaged_member_leaves_the_others() {
        let mut broken = member("a few words that are packed, and then some more of them");
        let middle = broken.len() / 2;
        broken[middle] ^= 0xFF;
        broken[middle + 1] ^= 0xFF;
        let (text, failed) = read(&[member("one "), broken, member(" two")].concat());
        assert!(text.starts_with("one ") && text.ends_with(" two"), "{text}");
        assert!(failed > 0);
        let cut = member("one");
        assert_eq!(read(&cut[..cut.len() - 3]).1, 1);
    }
}
