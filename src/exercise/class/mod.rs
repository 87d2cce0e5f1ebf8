//! For whoever gives the course: the plan, notes for each demo, whether a machine will do, all that
//! a room without a network needs, and what the students handed in.

pub mod agenda;
pub mod bundle;
pub(super) mod checksum;
pub mod collect;
pub mod doctor;
pub mod notes;
pub mod secret;
