//! What a book should do: whoever has signed is in it, and it has room for four. Whoever signs
//! while somebody else takes the last line may be refused a moment early. The lines are words
//! apart, and nothing is promised of two of them under weaker memory models.

use super::source::Book;

const NAMES: &[u64] = &[13, 14, 15];

racelab::specification! {
    |book: Book = full(), plain: Vec<u64> = vec![11, 12], seen|
    under SC;
    sign(name in NAMES) => book.sign(name), {
        let room = plain.len() < 4;
        if room {
            plain.push(name);
        }
        room
    }, or refused;
    signed(name in NAMES) => book.signed(name), plain.contains(&name), last;
}

/// A book whose first page is full.
fn full() -> Book {
    let book = Book::new();
    book.sign(11);
    book.sign(12);
    book
}
