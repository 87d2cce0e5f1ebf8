//! `racelab exercise pack`: writes a pack to begin with, and proves one.

use std::path::{Path, PathBuf};

use racelab_exercise::Exercise;
use racelab_exercise::build::Failure;
use racelab_exercise::pack;
use racelab_exercise::proof::{self, Attacked, Proved, Tried};
use racelab_exercise::template;

use crate::render::{exercise as render, stage};
use racelab::explore::Engines;
use racelab::foreign;
use racelab::words::{Ink, Page, number};

use super::super::progress::Spinner;
use super::super::{Ending, Out};
use super::Refusal;

/// A student waits so long for a check at most, in seconds.
const LIMIT: f64 = 20.0;

/// Writes a pack with one exercise.
pub fn new(dir: &Path, out: &mut Out) -> anyhow::Result<Ending> {
    if dir.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || dir.is_file() {
        return Err(Refusal::usage(format!(
            "{} is there already: name a new folder",
            dir.display()
        )));
    }
    let files = template::write(dir)?;
    if out.json {
        out.document(&render::pack_new(&dir.display().to_string(), &files))?;
        return Ok(Ending::Promised);
    }
    for file in &files {
        out.text(&format!("  {}\n", dir.join(file).display()))?;
    }
    let dir = dir.display();
    out.text(&format!("\nNext: racelab exercise pack check {dir}\n"))?;
    Ok(Ending::Promised)
}

/// Proves a pack.
pub fn check(dir: &Path, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let pack = pack::folder(dir).map_err(|refused| {
        Refusal::usage(format!("the pack in {} is refused:\n{refused}", dir.display()))
    })?;
    let folder = proof::folder(&home(dir)).map_err(|error| Refusal::usage(error.to_string()))?;
    proof::write(&pack, &folder)?;
    let spinner = Spinner::new(out.page.plain || out.json);
    let mut rows: Vec<(&Exercise, Tried)> = Vec::new();
    for exercise in &pack.exercises {
        let step = |what: &str| spinner.says(what);
        let tried =
            proof::prove(engines, exercise, &folder, &step).map_err(|failure| match failure {
                Failure::Messages(messages) => {
                    let told = render::messages(&messages, &out.page);
                    Refusal::usage(format!("{} does not compile:\n{told}", exercise.name))
                }
                Failure::Missing(why) | Failure::Cargo(why) => Refusal::missing(why),
            })?;
        if !out.json {
            let lines: String = tried.proved.iter().map(|row| line(row, &out.page)).collect();
            let attacks = attacks(&tried.attacked, &out.page);
            let title = out.page.paint(Ink::Strong, &exercise.name);
            let remarks = remarks(exercise, &tried.attacked);
            let remark = |remark: &String| out.page.paragraph("  !!  ", "      ", remark);
            let remarks: String = remarks.iter().map(remark).collect();
            spinner.aside(|| out.text(&format!("{title}\n{lines}{attacks}{remarks}")))?;
            out.flush()?;
        }
        rows.push((exercise, tried));
    }
    spinner.finish();
    let ending = ending(&rows);
    let ok = ending == Ending::Promised;
    if out.json {
        out.document(&render::pack_check(&pack, &rows, LIMIT, ok))?;
    } else {
        let count: usize = rows.iter().map(|(_, tried)| tried.proved.len()).sum();
        let solutions = number::of(count as u64, "solution", "solutions");
        let told = match ending {
            Ending::Promised => out.page.paint(Ink::Good, "every mark is borne out"),
            Ending::Inconclusive => {
                out.page.paint(Ink::Notable, "something could not be decided (??): make it smaller")
            }
            _ => out.page.paint(Ink::Bad, "something is not as it says (!!)"),
        };
        out.text(&format!("\n{solutions}: {told}\n"))?;
        let built = folder.join("target");
        if let Some(size) = proof::size(&built).filter(|size| *size > 0) {
            let says = format!(
                "Built in {}, {} MiB, which may be deleted: git passes over it.",
                foreign::line(&built.display().to_string()),
                size >> 20
            );
            out.text(&out.page.paragraph("", "  ", &says))?;
        }
    }
    Ok(ending)
}

/// The folder in whose `target` a pack is built: an exercise that is proved alone is built where the
/// pack is that it belongs to.
fn home(dir: &Path) -> PathBuf {
    let around = dir.canonicalize().ok().and_then(|dir| dir.parent().map(Path::to_path_buf));
    let pack = around.filter(|around| around.join("pack.toml").is_file());
    match pack.filter(|_| !dir.join("pack.toml").exists()) {
        Some(pack) => pack,
        None => dir.to_path_buf(),
    }
}

fn ending(rows: &[(&Exercise, Tried)]) -> Ending {
    let each = rows.iter().map(|(exercise, tried)| {
        let broken = |row: &Proved| (row.wrong.is_some() && !row.open) || slow(row);
        let held = tried.attacked.iter().all(|row| !row.solved || row.accepted.is_some());
        let right = held && remarks(exercise, &tried.attacked).is_empty();
        match (tried.proved.iter().any(broken), tried.proved.iter().any(|row| row.open)) {
            (true, _) => Ending::Broken,
            _ if !right => Ending::Broken,
            (false, true) => Ending::Inconclusive,
            (false, false) => Ending::Promised,
        }
    });
    each.max().unwrap_or(Ending::Promised)
}

/// A row that is undecided took what there was.
fn slow(row: &Proved) -> bool {
    !row.open && row.took.as_secs_f64() > LIMIT
}

/// What is wrong with an exercise besides its solutions.
fn remarks(exercise: &Exercise, attacked: &[Attacked]) -> Vec<String> {
    [proof::remarks(exercise), proof::accepted_in_vain(exercise, attacked)].concat()
}

/// The standard attacks: each that is marked right, and how many are not.
fn attacks(attacked: &[Attacked], page: &Page) -> String {
    let (solved, refused): (Vec<_>, Vec<_>) = attacked.iter().partition(|row| row.solved);
    let mut text = String::new();
    for row in solved {
        let on = if row.on_answer { "answer.rs" } else { "exercise.rs" };
        let (sign, ink, says) = match &row.accepted {
            Some(why) => ("ok", Ink::Good, format!("is right: {why}")),
            None => {
                let says = "is marked right: the judge misses it, or [[accepted]] says why";
                ("!!", Ink::Bad, says.to_string())
            }
        };
        let says = format!("{on}, {}: {says}", row.attack);
        let line = page.paragraph(&format!("  {sign}  "), "      ", &says);
        text += &line.replacen(sign, &page.paint(ink, sign), 1);
    }
    if !refused.is_empty() {
        let count = number::of(refused.len() as u64, "standard attack is", "standard attacks are");
        let line = page.paragraph("  ok  ", "      ", &format!("{count} not marked right"));
        text += &line.replacen("ok", &page.paint(Ink::Good, "ok"), 1);
    }
    text
}

fn line(row: &Proved, page: &Page) -> String {
    let took = number::seconds(row.took.as_secs_f64());
    let slow = slow(row);
    let mark = stage::mark(&row.mark);
    let (sign, ink, says) = match &row.wrong {
        Some(why) => {
            let says = format!("should be: {mark}; but: {}", stage::instead(why));
            if row.open { ("??", Ink::Notable, says) } else { ("!!", Ink::Bad, says) }
        }
        None if slow => ("!!", Ink::Bad, format!("{mark}, but only after {took}")),
        None => ("ok", Ink::Good, format!("{mark} ({took})")),
    };
    let text = page.paragraph(&format!("  {sign}  "), "      ", &format!("{}: {says}", row.file));
    text.replacen(sign, &page.paint(ink, sign), 1)
}
