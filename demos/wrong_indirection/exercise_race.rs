//! A reader asks for the pages of a record in an archive of format 2.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Archive;

outcomes! {
    RIGHT: Allowed required, "the pages of the record";
    PLACE_AS_PAGES: Forbidden, "the place of the record was taken for its pages";
    NUMBER_AS_PAGES: Forbidden, "the number of the record was taken for its pages: format 1";
    NOTHING: Forbidden, "no pages, or those of something else";
}

const TICKET: usize = 3;
const RECORD: u64 = 8;
const NUMBER: u64 = 1_234;
const PAGES: u64 = 320;

/// An archive with one card and these words for a record.
const fn archive(format: u64, record: [u64; 3]) -> [u64; 16] {
    let mut words = [0; 16];
    words[0] = format;
    words[TICKET] = RECORD;
    words[8] = record[0];
    words[9] = record[1];
    words[10] = record[2];
    words
}

pub const RACE: Race<Archive> = Race::<Archive>::new(
    || Archive::new(archive(2, [NUMBER, PAGES, 12])),
    &[actor("reader", |archive, saw| {
        if let Some(pages) = archive.pages(TICKET) {
            saw.note(pages);
        }
    })],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a record of format 1 begins with its pages",
        run: |_| {
            let old = Archive::new(archive(1, [PAGES, 12, 0]));
            assert_eq!(old.pages(TICKET), Some(PAGES));
        },
    },
    Case {
        name: "a record of format 2 may be longer than its number",
        run: |_| {
            let long = Archive::new(archive(2, [7, 1_500, 90]));
            assert_eq!(long.pages(TICKET), Some(1_500));
        },
    },
    Case {
        name: "a format that nobody knows is refused",
        run: |_| assert_eq!(Archive::new(archive(3, [1, 2, 3])).pages(TICKET), None),
    },
]);

fn outcome(_: &Archive, saws: &[Saw]) -> Outcome {
    match saws[0].values() {
        [PAGES] => RIGHT,
        [RECORD] => PLACE_AS_PAGES,
        [NUMBER] => NUMBER_AS_PAGES,
        _ => NOTHING,
    }
}
