//! The commands: each reads its arguments, asks for what is to be known, and has it rendered.

#[cfg(feature = "cli")]
pub mod layout;
