//! `racelab litmus`: the classic shapes, or a file in herd's C format, under each memory model and here.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use racelab::explore::token::Token;
use racelab_litmus::{Again, Judged, Limits, Program, gallery};

use super::{Ending, Out, say};
use crate::arguments::duration;
use crate::render::litmus as render;

/// The arguments of `racelab litmus`.
#[derive(Debug, clap::Args)]
pub struct LitmusArgs {
    /// SB, MP, LB, IRIW, 2+2W, CoRR, S, R, WRC, ISA2, Z6.3 or RWC, and its form: SB+ra [default: a table of all]
    pub name: Option<String>,
    /// A program of your own, in herd's C format
    #[arg(long, value_name = "FILE", conflicts_with = "name")]
    pub file: Option<PathBuf>,
    /// How long real threads run it, 1ms to 60m
    #[arg(long = "for", value_name = "TIME", default_value = "500ms", value_parser = duration)]
    pub machine: Duration,
    /// Time for each exploration, 1ms to 60m
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub time: Duration,
    /// The program in herd's C format, and nothing else
    #[arg(long, conflicts_with = "file", requires = "name")]
    pub herd: bool,
}

/// So long a file may be: one byte more than is read is too long.
const LONGEST: u64 = 65 << 10;

/// Judges one program, or all of the gallery.
pub fn run(args: &LitmusArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let chosen = match (&args.name, &args.file) {
        (Some(name), _) => found(name).map(Some),
        (None, Some(file)) => in_file(file).map(Some),
        (None, None) => Ok(None),
    };
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(says) => {
            say(says);
            return Ok(Ending::Usage);
        }
    };
    if let (true, Some((program, _))) = (args.herd, &chosen) {
        out.text(&racelab_litmus::herd(program))?;
        return Ok(Ending::Promised);
    }
    let in_gallery = args.file.is_none();
    let judged = match chosen {
        Some((program, about)) => {
            let machine = Some(args.machine);
            let limits = Limits { time: args.time, machine, executions: true };
            let judged = racelab_litmus::judge(&program, &limits, in_gallery);
            match out.json {
                true => out.document(&render::document([(&judged, about)]))?,
                false => out.text(&render::text(&judged, about, &out.page))?,
            }
            vec![judged]
        }
        None => {
            let limits = Limits { time: args.time, machine: None, executions: false };
            let judged = all(&limits);
            match out.json {
                true => {
                    let abouts = gallery::SHAPES.iter().flat_map(|shape| {
                        gallery::FORMS.iter().map(|form| Some((shape.about, form.about)))
                    });
                    out.document(&render::document(judged.iter().zip(abouts)))?;
                }
                false => out.text(&render::table(&judged, &out.page))?,
            }
            judged
        }
    };
    let complete = judged.iter().all(|judged| judged.raced.is_some() || judged.complete());
    Ok(if complete { Ending::Promised } else { Ending::Inconclusive })
}

/// Every program of the gallery, shape after shape.
pub fn all(limits: &Limits) -> Vec<Judged> {
    let programs = gallery::SHAPES
        .iter()
        .flat_map(|shape| gallery::FORMS.iter().map(|form| gallery::program(shape, form)));
    programs.map(|program| racelab_litmus::judge(&program, limits, true)).collect()
}

/// A program, and what it shows and how where it is of the gallery.
type Chosen = (Program, render::About);

fn found(name: &str) -> Result<Chosen, String> {
    if let Some((shape, form)) = gallery::find(name) {
        return Ok((gallery::program(shape, form), Some((shape.about, form.about))));
    }
    if Path::new(name).is_file() {
        return Err(format!("{name} is a file: racelab litmus --file {name}"));
    }
    let shape = name.split('+').next().unwrap_or_default().to_lowercase();
    let near: Vec<String> = gallery::names()
        .filter(|known| known.to_lowercase().split('+').any(|part| part == shape))
        .collect();
    Err(match near.as_slice() {
        [] => format!("no litmus program is called {name:?}: racelab litmus has a table of all"),
        near => format!("no litmus program is called {name:?}: there are {}", near.join(", ")),
    })
}

fn in_file(file: &Path) -> Result<Chosen, String> {
    let read = || {
        let mut text = String::new();
        std::fs::File::open(file)?.take(LONGEST).read_to_string(&mut text)?;
        Ok(text)
    };
    let text = read()
        .map_err(|error: std::io::Error| format!("cannot read {}: {error}", file.display()))?;
    match racelab_litmus::read(&text) {
        Ok(program) => Ok((program, None)),
        Err(wrong) => Err(format!("{}:{}: {}", file.display(), wrong.line, wrong.says)),
    }
}

/// The execution of a token of the gallery, run again; none where the token is of something else, and
/// what to say where there is no such program.
pub fn replayed(token: &Token) -> Option<Result<(Arc<Program>, Again), String>> {
    let name = token.scenario.strip_prefix(&racelab_litmus::in_tokens(""))?;
    let Some((shape, form)) = gallery::find(name) else {
        return Some(Err(format!("no litmus program is called {name}: see racelab litmus")));
    };
    let program = Arc::new(gallery::program(shape, form));
    let again = racelab_litmus::again(&program, &token.failure);
    Some(
        again
            .map(|again| (program, again))
            .ok_or_else(|| "the token is damaged: copy all of it".to_string()),
    )
}
