//! `racelab layout` in this program: the types of every demo, and of SafeMap.

use super::layout::{self, LayoutArgs};
use super::{Ending, Out};

/// Looks up, judges and prints.
pub fn run(arguments: &LayoutArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let (json, width) = (out.json, out.page.width);
    let arguments = LayoutArgs { json, width, ..arguments.clone() };
    let code = layout::run(&arguments, &racelab_demos::layouts(), out.writer())?;
    Ok(Ending::from_code(code))
}
