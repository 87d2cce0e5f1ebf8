//! The table of the engines there are, which is passed down as a value.

use super::engine::Engine;
#[cfg(feature = "loom")]
use super::loom;
use super::{bounded, graphs, native, pct, random, reduced};

/// The engines there are, in their order.
#[derive(Clone, Debug)]
pub struct Engines(Vec<&'static dyn Engine>);

impl Engines {
    /// Those of racelab.
    pub fn standard() -> Engines {
        Engines(vec![
            native::NATIVE,
            native::AMPLIFIED,
            reduced::REDUCED,
            bounded::BOUNDED,
            random::RANDOM,
            pct::PCT,
            graphs::GRAPHS,
            graphs::RANDOM_GRAPHS,
            #[cfg(feature = "loom")]
            loom::LOOM,
        ])
    }

    /// These and one more, which takes the place of one of the same name.
    pub fn with(mut self, engine: &'static dyn Engine) -> Engines {
        match self.0.iter_mut().find(|other| other.name() == engine.name()) {
            Some(other) => *other = engine,
            None => self.0.push(engine),
        }
        self
    }

    /// Those of which this holds.
    pub fn only(&self, holds: impl Fn(&dyn Engine) -> bool) -> Engines {
        Engines(self.iter().filter(|engine| holds(*engine)).collect())
    }

    /// The engine of this name.
    pub fn find(&self, name: &str) -> Option<&'static dyn Engine> {
        self.iter().find(|engine| engine.name() == name)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &'static dyn Engine> {
        self.0.iter().copied()
    }

    /// Those that explore where none is named.
    pub fn by_default(&self) -> Vec<&'static dyn Engine> {
        self.iter().filter(|engine| engine.by_default()).collect()
    }
}
