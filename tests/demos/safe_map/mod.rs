//! SafeMap on real threads: what its documentation promises, taken at its word.

mod drops;
mod hashing;
mod lock;
mod models;
mod observer;
mod once;
mod oracle;
mod overruled;
mod panics;
#[cfg(debug_assertions)]
mod reentry;
mod rivals;
pub(crate) mod specified;
mod stress;
mod support;
mod table;
mod whole;

use racelab_demos::SafeMap;
