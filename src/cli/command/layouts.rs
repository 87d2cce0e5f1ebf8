//! `racelab layout` in this program: the types of every demo, and of SafeMap.

use std::io::IsTerminal;

use super::layout::{self, Format, LayoutArgs};
use super::{Ending, Out};

/// Looks up, judges and prints.
pub fn run(arguments: &LayoutArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let (json, width) = (out.json, out.page.width);
    let piped = !std::io::stdout().is_terminal() && std::env::var_os("COLUMNS").is_none();
    let arguments = LayoutArgs { json, width, piped, ..arguments.clone() };
    let mut found = Vec::new();
    let code = layout::run(&arguments, &racelab_demos::layouts(), &mut found)?;
    // Names come from the file that was looked at.
    match arguments.shape() {
        Format::Text => out.text(&String::from_utf8_lossy(&found))?,
        _ => out.raw(&found)?,
    }
    out.flush()?;
    Ok(Ending::from_code(code))
}
