//! Where a student is: the workspace around this folder, and the exercise that is worked on.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;
use racelab::foreign;
use racelab_exercise::progress::{Progress, State};
use racelab_exercise::workspace::Unfit;
use racelab_exercise::{Exercise, Workspace};
use racelab_layout::nearest::nearest;

use super::Refusal;

/// A workspace, and how far its student is.
#[derive(Clone)]
pub struct Place {
    pub workspace: Workspace,
    pub progress: Progress,
}

/// Finds the workspace that `folder`, or the current folder, lies in.
pub fn find(folder: Option<&Path>) -> anyhow::Result<Place> {
    let workspace = Workspace::find(folder.unwrap_or(Path::new("."))).map_err(unfit)?;
    let file = workspace.progress();
    let progress =
        Progress::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(Place { workspace, progress })
}

fn unfit(why: Unfit) -> anyhow::Error {
    match why {
        Unfit::None(from) => Refusal::usage(format!(
            "{} is in no exercise workspace: `racelab exercise start` writes one, and `--in DIR` \
             names one",
            from.display()
        )),
        Unfit::OtherVersion { root, versions: [theirs, ours] } => Refusal::usage(format!(
            "{root} was written by {theirs}, and this is {ours}.\n\
             `racelab exercise start {root}` brings it up to date: your files and your progress \
             stay as they are",
            root = root.display()
        )),
        Unfit::Pack(root, refused) => Refusal::usage(format!(
            "the pack in {} was changed, and is wrong:\n{refused}\n\
             `racelab exercise start --pack DIR` writes it again",
            root.display()
        )),
        Unfit::LeadsAway(why) => Refusal::usage(why),
        Unfit::Unreadable(error) if error.downcast_ref::<std::io::Error>().is_none() => {
            Refusal::usage(format!("{error:#}"))
        }
        Unfit::Unreadable(error) => error,
    }
}

impl Place {
    /// The exercise of this name, or the one that is worked on.
    pub fn exercise(&self, name: Option<&str>) -> anyhow::Result<&Exercise> {
        let Some(name) = name else { return Ok(self.here()) };
        let plain = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let plain = plain.replace('_', "-");
        self.workspace.pack.find(&plain).ok_or_else(|| {
            let names = self.workspace.pack.exercises.iter().map(|other| other.name.as_str());
            Refusal::usage(match nearest(&plain, names).as_slice() {
                [] => format!("there is no exercise {name:?}: `racelab exercise list` names them"),
                near => format!("there is no exercise {name:?}; did you mean {}?", near.join(", ")),
            })
        })
    }

    /// The student's file as it is now.
    pub fn source(&self, exercise: &Exercise) -> anyhow::Result<Vec<u8>> {
        let file = self.short(&self.workspace.file(exercise));
        self.workspace.text(exercise).map_err(|error| {
            let again =
                format!("`racelab exercise reset {}` writes the start again", exercise.name);
            let why = match error.kind() {
                ErrorKind::NotFound => "it is not there".to_string(),
                _ => foreign::line(&error.to_string()),
            };
            Refusal::usage(format!("{file} cannot be read: {why}; {again}"))
        })
    }

    /// The one that was chosen, or else the first that is not solved.
    pub fn here(&self) -> &Exercise {
        let chosen = self.progress.here().and_then(|name| self.workspace.pack.find(name));
        chosen.or_else(|| self.unsolved(0)).unwrap_or(&self.workspace.pack.exercises[0])
    }

    /// The first that is not solved, from this index on and then from the beginning.
    pub fn unsolved(&self, from: usize) -> Option<&Exercise> {
        let all = &self.workspace.pack.exercises;
        let open = |exercise: &&Exercise| self.progress.state(&exercise.name) != State::Solved;
        all.iter().skip(from).find(open).or_else(|| all.iter().find(open))
    }

    /// Changes the progress, on disk and here.
    pub fn note(&mut self, change: impl FnOnce(&mut Progress)) -> anyhow::Result<()> {
        let file = self.workspace.progress();
        self.progress = Progress::update(&file, change).with_context(|| {
            format!("cannot save your progress in {}: it is as it was", file.display())
        })?;
        Ok(())
    }

    /// Reads the progress anew: another racelab may have changed it.
    pub fn reload(&mut self) -> anyhow::Result<()> {
        let file = self.workspace.progress();
        self.progress =
            Progress::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(())
    }

    /// A path as it is typed from the workspace.
    pub fn short(&self, path: &Path) -> String {
        let short = path.strip_prefix(&self.workspace.root).unwrap_or(path);
        foreign::line(&short.display().to_string())
    }
}
