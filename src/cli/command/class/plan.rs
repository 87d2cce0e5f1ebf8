//! `racelab class agenda` and `notes`: the plan, and what to have at hand.

use crate::render::class as render;
use racelab_exercise::Pack;
use racelab_exercise::class::{agenda, notes as at_hand};
use racelab_exercise::pack;

use super::{Ending, Out, Refusal};

fn course() -> anyhow::Result<Pack> {
    // A fault of racelab's, if anybody ever sees it: a test proves that there is none.
    Ok(pack::builtin()?)
}

/// The course as a plan.
pub fn agenda(minutes: Option<u32>, out: &mut Out) -> anyhow::Result<Ending> {
    let planned = agenda::plan(&course()?, minutes).map_err(|agenda::TooShort(least)| {
        Refusal::usage(format!("nothing fits: the first demo alone takes {least} minutes"))
    })?;
    match out.json {
        true => out.document(&render::agenda_document(&planned))?,
        false => out.text(&render::agenda(&planned, &out.page))?,
    }
    Ok(Ending::Promised)
}

/// Notes on one demo.
pub fn notes(name: &str, out: &mut Out) -> anyhow::Result<Ending> {
    let demo = racelab_demos::find(name).expect("clap has checked the name");
    let notes = at_hand::notes(demo, &course()?);
    match out.json {
        true => out.document(&render::notes_document(&notes))?,
        false => out.text(&render::notes(&notes, &out.page))?,
    }
    Ok(Ending::Promised)
}
