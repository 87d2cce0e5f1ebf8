//! Pictures of a layout: text, JSON, SVG.

mod grid;
mod ink;
pub mod json;
mod legend;
mod list;
mod rows;
mod segment;
mod table;
mod text;
mod variants;
mod verdict;
mod width;

pub use list::list;
pub use text::text;
