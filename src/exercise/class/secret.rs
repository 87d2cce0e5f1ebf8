//! The secret of a class: whoever has it can sign hand-ins, and tell those that were signed with it.
//!
//! It lies in the bundle, so every student has it. A signature says that a hand-in comes from
//! somebody with the bundle and was not changed by who has not; it does not say by whom it was
//! written, nor that what it says was done.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::atomic;

/// The file in a bundle, and in the `.racelab` of a workspace.
pub const FILE: &str = "class-secret.txt";

/// A secret: 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// A new one. std takes the keys of its own maps from the system, and nobody can tell them from
    /// what comes out.
    pub fn new() -> Secret {
        let random = || RandomState::new().build_hasher().finish();
        Secret((0..4).map(|_| format!("{:016x}", random())).collect())
    }

    /// Reads one from a file.
    ///
    /// # Errors
    /// When the file cannot be read, or holds something else.
    pub fn read(file: &Path) -> io::Result<Secret> {
        let long = || io::Error::new(io::ErrorKind::InvalidData, "it is no secret of a class");
        if fs::metadata(file)?.len() > 1024 {
            return Err(long());
        }
        let text = String::from_utf8(fs::read(file)?).map_err(|_| long())?;
        let digits = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let digits = digits.trim();
        let fits = digits.len() == 64 && digits.chars().all(|c| c.is_ascii_hexdigit());
        if fits { Ok(Secret(digits.to_ascii_lowercase())) } else { Err(long()) }
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        format!(
            "# racelab: the secret that the hand-ins of this class are signed with\n{}\n",
            self.0
        )
    }

    /// Writes its file, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        atomic::refresh(file, self.text()).map(drop)
    }

    /// The signature of a text: HMAC-SHA256 in hexadecimal.
    pub fn sign(&self, text: &str) -> String {
        let digits = self.mac(text).finalize().into_bytes();
        digits.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether this is the signature of a text.
    pub fn signed(&self, text: &str, signature: &str) -> bool {
        let digit = |at: usize| u8::from_str_radix(signature.get(at..at + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..signature.len()).step_by(2).map(digit).collect();
        // In constant time, as its makers have it.
        bytes.is_some_and(|bytes| self.mac(text).verify_slice(&bytes).is_ok())
    }

    fn mac(&self, text: &str) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(self.0.as_bytes());
        let mut mac = mac.expect("a key of any length will do");
        mac.update(text.as_bytes());
        mac
    }
}

impl Default for Secret {
    fn default() -> Self {
        Secret::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    #[test]
    fn it_is_hmac_sha_256() {
        let secret = Secret("Jefe".to_string());
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(secret.sign("what do ya want for nothing?"), expected);
        assert!(secret.signed("what do ya want for nothing?", expected));
        assert!(!secret.signed("what do ya want for anything?", expected));
        for other in ["", "5b", "zz", &expected[..63], &expected.replace('5', "6")] {
            assert!(!secret.signed("what do ya want for nothing?", other), "{other}");
        }
    }

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        let secret = Secret::new();
        secret.write(&file).expect("it can be written");
        assert_eq!(Secret::read(&file).ok(), Some(secret.clone()));
        assert!(secret != Secret::new() && format!("{secret:?}") == "Secret(..)");
        for wrong in ["", "nothing of the kind", &"f".repeat(63), &"g".repeat(64)] {
            fs::write(&file, wrong).expect("a file");
            assert!(Secret::read(&file).is_err(), "{wrong}");
        }
    }
}
