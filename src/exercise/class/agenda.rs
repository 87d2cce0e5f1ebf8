//! The course as a plan: each demo with its minutes, and what to leave out when time is short.

use crate::Pack;
use racelab_demos::course::{Demo, Part};

/// A lesson is read at so many words a minute.
pub const WORDS_A_MINUTE: usize = 200;

/// How a demo's minutes are counted, and what goes first: said with every plan.
pub const RULE: &str = "A lesson is read at 200 words a minute, a demo takes a minute for each \
    version, and an exercise what its own figures say. Of each 90 minutes that there are, 10 are for a break.";

/// What is left out, and in which order.
pub const RULE_SHORT: &str = "When time is short the later demos of a part go first, from whichever \
    part is then the longest; the first demo of each part stays. If that is not enough exercises \
    become homework, the last one first, and then the last parts go.";

/// One demo on the agenda. All figures are minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The demo, as it is typed.
    pub name: &'static str,
    /// What breaks, in one line.
    pub title: &'static str,
    /// Where it stands in the course.
    pub part: Part,
    /// When it begins, from the beginning of the course.
    pub at: u32,
    /// To read its lesson.
    pub lesson: u32,
    /// To show it.
    pub demo: u32,
    /// To mend its exercise; `None` where there is none.
    pub exercise: Option<u32>,
    /// The exercise is done at home, and takes no time here.
    pub homework: bool,
}

impl Slot {
    /// A demo with its exercise, if the pack has one.
    pub fn of(demo: &'static Demo, pack: &Pack) -> Slot {
        Slot {
            name: demo.name,
            title: demo.title,
            part: demo.part,
            at: 0,
            lesson: reading(demo.lesson),
            demo: demo.versions.len() as u32,
            exercise: pack.find(demo.name).map(|exercise| exercise.minutes),
            homework: false,
        }
    }

    /// In all, in the room.
    pub fn minutes(&self) -> u32 {
        let exercise = self.exercise.filter(|_| !self.homework);
        self.lesson + self.demo + exercise.unwrap_or(0)
    }
}

/// The plan of a course: what is shown when, and what has to be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agenda {
    /// In the order of the course.
    pub slots: Vec<Slot>,
    /// What there is no time for, in the order of the course.
    pub left_out: Vec<Slot>,
    /// The minutes that there are, if they are limited.
    pub limit: Option<u32>,
}

impl Agenda {
    /// How many minutes all of it takes.
    pub fn minutes(&self) -> u32 {
        self.slots.iter().map(Slot::minutes).sum()
    }
}

/// Not even the first demo can be shown: it takes so many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooShort(pub u32);

/// Plans the whole course, or as much as fits into so many minutes.
///
/// # Errors
/// When nothing fits.
pub fn plan(pack: &Pack, limit: Option<u32>) -> Result<Agenda, TooShort> {
    let all = racelab_demos::every().map(|demo| Slot::of(demo, pack)).collect();
    let agenda = fit(all, limit.map(|limit| limit - breaks(limit)));
    agenda.map(|agenda| Agenda { limit, ..agenda })
}

/// So many of these minutes are for breaks.
pub fn breaks(minutes: u32) -> u32 {
    minutes / 90 * 10
}

fn fit(all: Vec<Slot>, limit: Option<u32>) -> Result<Agenda, TooShort> {
    let mut agenda = Agenda { slots: all.clone(), left_out: Vec::new(), limit };
    while limit.is_some_and(|limit| agenda.minutes() > limit) {
        if let Some(index) = optional(&agenda.slots) {
            agenda.slots.remove(index);
        } else if let Some(slot) =
            agenda.slots.iter_mut().rfind(|slot| slot.exercise.is_some() && !slot.homework)
        {
            slot.homework = true;
        } else if agenda.slots.len() > 1 {
            agenda.slots.pop();
        } else {
            return Err(TooShort(agenda.minutes()));
        }
    }
    let stays = |name: &str| agenda.slots.iter().any(|slot| slot.name == name);
    agenda.left_out = all.into_iter().filter(|slot| !stays(slot.name)).collect();
    let mut at = 0;
    for slot in &mut agenda.slots {
        slot.at = at;
        at += slot.minutes();
    }
    Ok(agenda)
}

/// The last demo of the part that takes the longest, of those with more than one.
fn optional(slots: &[Slot]) -> Option<usize> {
    let of = |part: Part| slots.iter().filter(move |slot| slot.part == part);
    let many = slots.iter().map(|slot| slot.part).filter(|&part| of(part).count() > 1);
    let longest = many.max_by_key(|&part| of(part).map(Slot::minutes).sum::<u32>())?;
    slots.iter().rposition(|slot| slot.part == longest)
}

/// Minutes to read a lesson, without its code; never none.
fn reading(lesson: &str) -> u32 {
    let mut code = false;
    let words = lesson.lines().map(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if code || fence { 0 } else { line.split_whitespace().count() }
    });
    words.sum::<usize>().div_ceil(WORDS_A_MINUTE).max(1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack;

    fn slot(name: &'static str, part: Part, exercise: u32) -> Slot {
        let exercise = Some(exercise);
        Slot { name, title: "", part, at: 0, lesson: 3, demo: 2, exercise, homework: false }
    }

    fn course() -> Vec<Slot> {
        vec![
            slot("a1", Part::Interleavings, 20),
            slot("a2", Part::Interleavings, 15),
            slot("a3", Part::Interleavings, 15),
            slot("b1", Part::Growth, 20),
            slot("b2", Part::Growth, 25),
            slot("c1", Part::Bytes, 10),
        ]
    }

    fn names(limit: u32) -> (Vec<&'static str>, Vec<&'static str>) {
        let agenda = fit(course(), Some(limit)).expect("it fits");
        assert!(agenda.minutes() <= limit);
        assert_eq!(agenda.slots.len() + agenda.left_out.len(), 6, "nothing is forgotten");
        let home = agenda.slots.iter().filter(|slot| slot.homework).map(|slot| slot.name);
        (agenda.slots.iter().map(|slot| slot.name).collect(), home.collect())
    }

    #[test]
    fn the_longest_part_loses_its_last_demo_first() {
        assert_eq!(fit(course(), None).map(|agenda| agenda.minutes()), Ok(135));
        assert_eq!(names(134).0, ["a1", "a2", "b1", "b2", "c1"]);
        assert_eq!(names(114).0, ["a1", "a2", "b1", "c1"]);
        assert_eq!(names(65), (vec!["a1", "b1", "c1"], vec![]));
    }

    #[test]
    fn then_exercises_become_homework_and_then_parts_go() {
        assert_eq!(names(64), (vec!["a1", "b1", "c1"], vec!["c1"]));
        assert_eq!(names(15), (vec!["a1", "b1", "c1"], vec!["a1", "b1", "c1"]));
        assert_eq!(names(14), (vec!["a1", "b1"], vec!["a1", "b1"]));
        assert_eq!(fit(course(), Some(4)), Err(TooShort(5)));
    }

    #[test]
    fn the_clock_runs() {
        let agenda = fit(course(), Some(65)).expect("it fits");
        assert_eq!(agenda.slots.iter().map(|slot| slot.at).collect::<Vec<_>>(), [0, 25, 50]);
    }

    #[test]
    fn a_break_is_left() {
        let pack = pack::builtin().expect("the course's own pack");
        for limit in [90, 179, 180, 400] {
            let agenda = plan(&pack, Some(limit)).expect("it fits");
            assert!(agenda.minutes() + breaks(limit) <= limit, "{limit}: {}", agenda.minutes());
            assert_eq!(agenda.limit, Some(limit));
        }
        assert_eq!([30, 89, 90, 180].map(breaks), [0, 0, 10, 20]);
    }

    #[test]
    fn every_exercise_of_the_course_is_planned() {
        let pack = pack::builtin().expect("the course's own pack");
        let agenda = plan(&pack, None).expect("there is no limit");
        let planned = agenda.slots.iter().filter(|slot| slot.exercise.is_some()).count();
        assert_eq!(planned, pack.exercises.len());
    }

    #[test]
    fn code_is_not_read_aloud() {
        let words = "word ".repeat(201);
        assert_eq!(reading(&words), 2);
        assert_eq!(reading(&format!("```rust\n{words}\n```\n")), 1);
    }
}
