//! Pictures of a layout: text, JSON, SVG.

mod audit;
mod cost;
mod diff;
mod future;
mod grid;
mod ink;
pub mod json;
mod legend;
mod list;
mod measured;
mod perf;
mod reports;
mod rows;
mod segment;
mod source;
mod suggestion;
mod svg;
mod table;
mod text;
mod variants;
mod verdict;
mod verified;
mod width;

pub use audit::{audit_text, changes_text, worse_text};
pub use cost::cost_text;
pub use diff::diff_text;
pub use list::{found, left_out, list};
pub use measured::measured_text;
pub use perf::perf_text;
pub use reports::{junit, sarif};
pub use source::source_text;
pub use suggestion::suggestion_text;
pub use svg::{diff_svg, svg};
pub use text::text;
pub use verified::{verified_list, verified_text};
pub use width::error_text;
