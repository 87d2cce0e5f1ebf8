//! Bytes as letters and digits that can be said and copied.

/// Five bits each.
pub(super) const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Bytes as letters and digits, five bits each.
pub(crate) fn letters(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(5) {
        let word = chunk.iter().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
        let word = word << (8 * (5 - chunk.len()));
        let count = (chunk.len() * 8).div_ceil(5);
        text.extend((0..count).map(|at| LETTERS[(word >> (35 - 5 * at) & 31) as usize] as char));
    }
    text
}

/// The bytes again; none if it has other characters.
pub(crate) fn bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in text.to_ascii_lowercase().as_bytes().chunks(8) {
        let mut word = 0u64;
        for at in 0..8 {
            let letter = match chunk.get(at) {
                Some(byte) => LETTERS.iter().position(|letter| letter == byte)? as u64,
                None => 0,
            };
            word = word << 5 | letter;
        }
        let count = chunk.len() * 5 / 8;
        bytes.extend((0..count).map(|at| (word >> (32 - 8 * at)) as u8));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back() {
        for length in 0..12 {
            let some: Vec<u8> = (0..length).map(|at| (at * 37 + 11) as u8).collect();
            assert_eq!(bytes(&letters(&some)), Some(some));
        }
        assert_eq!(bytes("a!"), None);
    }
}
