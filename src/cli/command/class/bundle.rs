//! `racelab class bundle`: a folder with all that a room without a network needs.

use crate::render::class as render;
use racelab_exercise::class::bundle::{self, Refused, Wanted};

use super::super::progress::Spinner;
use super::args::Bundle;
use super::{Ending, Out, Refusal};

/// The source of the command itself, and the book.
const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));

/// Puts it together.
pub fn run(arguments: &Bundle, out: &mut Out) -> anyhow::Result<Ending> {
    let wanted = Wanted {
        folder: arguments.dir.clone(),
        program: std::env::current_exe()?,
        add: arguments.add.clone(),
        book: arguments.book.clone(),
        source: own(),
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

/// The source of the command, and of the crates that only the command depends on.
fn own() -> racelab_source::Files {
    let crates = [("bench", racelab_bench::SOURCE), ("litmus", racelab_litmus::SOURCE)];
    let crates = crates.into_iter().flat_map(|(name, packed)| {
        let files = racelab_source::unpack(packed).into_iter();
        files.map(move |(path, text)| (format!("src/{name}/{path}"), text))
    });
    // loom's paths are a crate of the repository alone: nothing in a bundle depends on it.
    let member = "\"src/loom\", ";
    let own = racelab_source::unpack(SOURCE).into_iter().map(|(path, text)| match path.as_str() {
        "Cargo.toml" => (path, text.replace(member, "")),
        _ => (path, text),
    });
    own.chain(crates).collect()
}
