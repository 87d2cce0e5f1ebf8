//! What a wall should do: a note that was pinned is found from then on, with its text. In which order
//! the notes hang is not promised.

use super::source::Wall;

const TEXTS: &[u64] = &[1, 2, 3];

racelab::specification! {
    |wall: Wall = Wall::new(), plain: Vec<u64> = Vec::new(), seen|
    pin(text in FRESH) if (text <= 4) => wall.pin(text), plain.push(text);
    finds(text in TEXTS) => wall.read().contains(&text), plain.contains(&text);
    notes() => sorted(wall.read()), sorted(plain.clone()), only last;
}

fn sorted(mut notes: Vec<u64>) -> Vec<u64> {
    notes.sort_unstable();
    notes
}
