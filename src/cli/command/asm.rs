//! `racelab asm`: the machine code of a demo's actors, one version beside another.

use crate::asm::{self, Binary, Missing};
use crate::render::asm::{Compared, json, text};
use racelab_demos::course::{Demo, Role, Version};

use super::{Ending, Out};

/// Prints this version (the broken one, unless said otherwise) beside the fixed one; alone where
/// nothing is broken.
pub fn run(name: &str, variant: Option<&str>, out: &mut Out) -> anyhow::Result<Ending> {
    let demo = racelab_demos::find(name).expect("clap has checked the name");
    let compared = match compare(demo, variant) {
        Ok(compared) => compared,
        Err(missing) => {
            super::say(missing);
            return Ok(Ending::Missing);
        }
    };
    match out.json {
        true => out.document(&json(&compared))?,
        false => out.text(&text(&compared, &out.page))?,
    }
    Ok(Ending::Promised)
}

fn compare(demo: &'static Demo, variant: Option<&str>) -> Result<Compared<'static>, Missing> {
    let fixed = demo.versions.iter().find(|version| version.role == Role::Fixed);
    let other = variant.and_then(|variant| demo.version(variant));
    let first = &demo.versions[0];
    let before = match (other, fixed) {
        (Some(other), Some(fixed))
            if other.name() == fixed.name() && first.role == Role::Broken =>
        {
            first
        }
        (other, _) => other.unwrap_or(first),
    };
    let after = fixed.filter(|_| first.role == Role::Broken).unwrap_or(before);
    let binary = Binary::running()?;
    let code = |version: &Version| Ok((version.name(), asm::actors(&binary, version.scenario)?));
    Ok(Compared {
        demo: demo.name,
        architecture: binary.architecture,
        before: code(before)?,
        after: code(after)?,
    })
}
