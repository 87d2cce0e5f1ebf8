//! Two visitors sign a book whose first page is full.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Book;

outcomes! {
    BOTH: Allowed required, "both visitors are in the book";
    LOST: Forbidden, "a visitor has signed, and is not in the book";
    REFUSED: Forbidden, "a visitor was refused, and there was room";
}

pub const RACE: Race<Book> = Race::<Book>::new(
    || {
        let book = Book::new();
        book.sign(11);
        book.sign(12);
        book
    },
    &[
        actor("visitor", |book, saw| saw.note(book.sign(13).into())),
        actor("other", |book, saw| saw.note(book.sign(14).into())),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "whoever has signed is in the book, and nobody else",
        run: |book| {
            assert!(book.sign(13));
            assert!([11, 12, 13].iter().all(|&name| book.signed(name)));
            assert!(!book.signed(14));
        },
    },
    Case {
        name: "there is room for four",
        run: |book| {
            assert_eq!([13, 14, 15].map(|name| book.sign(name)), [true, true, false]);
            assert_eq!([13, 14, 15].map(|name| book.signed(name)), [true, true, false]);
        },
    },
]);

fn outcome(book: &Book, saws: &[Saw]) -> Outcome {
    match [saws[0].values(), saws[1].values()] {
        [[1], [1]] if [11, 12, 13, 14].iter().all(|&name| book.signed(name)) => BOTH,
        [[1], [1]] => LOST,
        _ => REFUSED,
    }
}
