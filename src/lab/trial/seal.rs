//! What only a parent and its child know: a report that the code under trial wrote does not have it.
//!
//! The key comes through the child's stdin, once, before any of that code runs. It is no secret from
//! whoever searches the memory of the process.

#![allow(deprecated)]

use std::hash::{BuildHasher, Hasher, RandomState, SipHasher};

use serde::{Deserialize, Serialize};

/// The key of one child.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct Key(u64, u64);

impl Key {
    /// A new one. std takes the keys of its own maps from the system.
    pub(super) fn new() -> Key {
        let random = || RandomState::new().build_hasher().finish();
        Key(random(), random())
    }

    /// A text with its seal before it.
    pub(super) fn seal(self, text: &str) -> String {
        format!("{}\n{text}", self.of(text))
    }

    /// The text, where the seal before it is its own.
    pub(super) fn open(self, sealed: &str) -> Option<String> {
        let (seal, text) = sealed.split_once('\n')?;
        (seal == self.of(text)).then(|| text.to_string())
    }

    /// SipHash-2-4, which std has as a type that is deprecated for maps alone.
    fn of(self, text: &str) -> String {
        let mut hasher = SipHasher::new_with_keys(self.0, self.1);
        hasher.write(text.as_bytes());
        format!("{:016x}", hasher.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_has_the_key_can_seal() {
        let key = Key::new();
        let sealed = key.seal("all is well");
        assert_eq!(key.open(&sealed).as_deref(), Some("all is well"));
        assert_eq!(Key::new().open(&sealed), None);
        assert_eq!(key.open(&sealed.replace("well", "ill")), None);
        assert_eq!(key.open("all is well"), None);
        assert_eq!(key.open(""), None);
    }

    /// The example of the paper that SipHash comes from: its appendix A.
    #[test]
    fn it_is_siphash_2_4() {
        let key = Key(0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908);
        let text: String = (0..15).map(|byte| byte as u8 as char).collect();
        assert_eq!(key.of(&text), "a129ca6149be45e5");
    }
}
