//! Pictures of a layout: text, JSON, SVG.

mod diff;
mod grid;
mod ink;
pub mod json;
mod legend;
mod list;
mod measured;
mod rows;
mod segment;
mod suggestion;
mod svg;
mod table;
mod text;
mod variants;
mod verdict;
mod width;

pub use diff::diff_text;
pub use list::{found, list};
pub use measured::measured_text;
pub use suggestion::suggestion_text;
pub use svg::svg;
pub use text::text;
