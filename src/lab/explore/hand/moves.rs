//! Moves as a text that can be said: `r1w2r1`.
//!
//! A letter of the actor's name, and how many steps it goes: the first letter that no actor before
//! it has, and that stands for nothing else. `r.1` reads one store older than the newest, or stores one place before the last; `r!`
//! meets what std allows without a reason; `r~` has its oldest store reach the memory, `r~1` the one
//! behind it.

use super::{How, Move};
use crate::explore::shuttle::policy::Choice;
use crate::report::Failure;

/// Letters that stand for what else a hand can ask for.
const TAKEN: &str = "uhpsqj";

/// The letter of each thread, the harness's first; those that have no name come after `actors`.
pub fn letters(actors: &[&str]) -> Vec<char> {
    let mut letters = vec!['?'];
    for place in 0..crate::rt::op::MAX_THREADS - 1 {
        let name = actors.get(place).copied().unwrap_or("thread").to_ascii_lowercase();
        let free = |letter: &char| {
            letter.is_ascii_lowercase() && !letters.contains(letter) && !TAKEN.contains(*letter)
        };
        let own = name.chars().find(free);
        letters.push(own.or_else(|| ('a'..='z').find(free)).unwrap_or('?'));
    }
    letters
}

/// The moves of an interleaving that a search has shown; none where it has no schedule.
pub fn of_schedule(shown: &Failure) -> Vec<Move> {
    let step = |step: &u8| {
        let choice = Choice::decoded(*step);
        let how = if choice.fails { How::Whim } else { How::Step };
        Move { thread: choice.thread as u8, how }
    };
    shown.schedule.iter().map(step).collect()
}

/// The schedule that such moves are of; none where one of them is of another kind.
pub(super) fn to_schedule(moves: &[Move]) -> Option<Vec<u8>> {
    let step = |one: &Move| {
        let fails = match one.how {
            How::Step => false,
            How::Whim => true,
            How::Older(_) | How::Drain(_) => return None,
        };
        Some(Choice { thread: one.thread as usize, fails }.encoded())
    };
    moves.iter().map(step).collect()
}

/// The moves as text.
pub fn written(moves: &[Move], actors: &[&str]) -> String {
    let letters = letters(actors);
    let mut text = String::new();
    let mut rest = moves;
    while let Some(first) = rest.first() {
        let mut count = rest.iter().take_while(|next| *next == first).count();
        text.push(letters[usize::from(first.thread)]);
        match first.how {
            How::Step => text += &count.to_string(),
            How::Older(older) => text += &format!(".{older}"),
            How::Whim => text.push('!'),
            How::Drain(0) => text.push('~'),
            How::Drain(which) => text += &format!("~{which}"),
        }
        if first.how != How::Step {
            count = 1;
        }
        rest = &rest[count..];
    }
    text
}

/// The moves that a text says; none where it says none, or more than a million.
pub fn read(text: &str, actors: &[&str]) -> Option<Vec<Move>> {
    const MOST: usize = 1 << 20;
    let letters = letters(actors);
    let mut moves = Vec::new();
    let text = text.to_ascii_lowercase();
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        let thread = letters.iter().position(|own| *own == letter && letter != '?')? as u8;
        rest = &rest[letter.len_utf8()..];
        let sign = rest.chars().next().filter(|sign| ".!~".contains(*sign));
        rest = &rest[sign.map_or(0, char::len_utf8)..];
        let digits = rest.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(rest.len());
        let number = match &rest[..digits] {
            "" => None,
            number => Some(number.parse::<usize>().ok()?),
        };
        rest = &rest[digits..];
        let small = |number: Option<usize>| u8::try_from(number.unwrap_or(0)).ok();
        let (count, how) = match sign {
            None => (number?, How::Step),
            Some('.') => (1, How::Older(small(Some(number?))?)),
            Some('!') if number.is_none() => (1, How::Whim),
            Some('~') => (1, How::Drain(small(number)?)),
            Some(_) => return None,
        };
        if count == 0 || moves.len() + count > MOST {
            return None;
        }
        moves.extend(std::iter::repeat_n(Move { thread, how }, count));
    }
    Some(moves)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_actor_has_a_letter_of_its_own() {
        let some = |actors: &[&str]| letters(actors)[1..=actors.len()].iter().collect::<String>();
        assert_eq!(some(&["reader", "writer"]), "rw");
        assert_eq!(some(&["writer", "writer again"]), "wr");
        assert_eq!(some(&["a", "a", "a"]), "abc");
        assert_eq!(some(&["publisher", "scanner"]), "bc");
        assert_eq!(letters(&["t"]).len(), crate::rt::op::MAX_THREADS);
    }

    #[test]
    fn moves_come_back() {
        let actors = ["reader", "writer"];
        let step = |thread| Move { thread, how: How::Step };
        let moves = [
            step(1),
            step(2),
            step(2),
            Move { thread: 1, how: How::Older(2) },
            Move { thread: 1, how: How::Whim },
            Move { thread: 2, how: How::Drain(0) },
            Move { thread: 2, how: How::Drain(3) },
            step(1),
        ];
        let text = written(&moves, &actors);
        assert_eq!(text, "r1w2r.2r!w~w~3r1");
        assert_eq!(read(&text.to_uppercase(), &actors).as_deref(), Some(moves.as_slice()));
        for wrong in ["r", "1", "r0", "x1", "r1!2", "r.", "r.999", "r99999999999", "w2é"] {
            assert_eq!(read(wrong, &actors), None, "{wrong}");
        }
        assert_eq!(read("", &actors), Some(Vec::new()));
    }
}
