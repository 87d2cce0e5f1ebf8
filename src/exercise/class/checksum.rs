//! SHA-256, as `sha256sum` writes it.

use sha2::{Digest as _, Sha256};

/// How many digits a checksum has.
pub(crate) const LENGTH: usize = 64;

/// The checksum of these bytes, in lower-case hexadecimal.
pub(crate) fn of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    /// The standard's own example: FIPS 180-2, appendix B.1.
    #[test]
    fn it_is_sha_256() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::of(b"abc"), expected);
    }
}
