//! `racelab class bundle`: a folder with all that a room without a network needs.

use racelab::exercise::class::bundle::{self, Refused, Wanted};
use racelab::render::class as render;

use super::super::progress::Spinner;
use super::args::Bundle;
use super::{Ending, Out, Refusal};

/// Puts it together.
pub fn run(arguments: &Bundle, out: &mut Out) -> anyhow::Result<Ending> {
    let wanted = Wanted {
        folder: arguments.dir.clone(),
        program: std::env::current_exe()?,
        add: arguments.add.clone(),
        book: arguments.book.clone(),
        force: arguments.force,
    };
    let spinner = Spinner::new(out.page.plain || out.json);
    let bundled = bundle::bundle(&wanted, &|what| spinner.says(what));
    spinner.finish();
    let bundled = bundled.map_err(|error| match error.downcast_ref::<Refused>() {
        Some(refused @ (Refused::Crates(_) | Refused::NoCargo)) => {
            Refusal::missing(refused.to_string())
        }
        Some(refused) => Refusal::usage(refused.to_string()),
        None => error,
    })?;
    let dir = arguments.dir.display().to_string();
    match out.json {
        true => out.document(&render::bundle_document(&dir, &bundled))?,
        false => out.text(&render::bundle(&dir, &bundled, &out.page))?,
    }
    Ok(Ending::Promised)
}
