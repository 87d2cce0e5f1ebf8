//! What was found in a binary.

use crate::TypeLayout;
use crate::dwarf::Refusal;

/// The types of a binary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// By name, in the order of the file.
    pub types: Vec<TypeLayout>,
    /// Types that are not among them, each with the reason.
    pub left_out: Vec<(String, Refusal)>,
    /// Units whose types were split off to files that are not there.
    pub split_units: usize,
    /// Crates and packages that are not the project's own.
    pub foreign: Vec<String>,
    /// The address of the variable whose type it is, where that was asked for.
    pub address: Option<u64>,
}
