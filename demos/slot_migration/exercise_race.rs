//! A mover moves the box while a postman puts a letter in and the owner looks for an older one.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Post;

outcomes! {
    WHOLE: Allowed required, "both letters are in the box, at the new office";
    LOST: Forbidden, "a letter that was put in has gone";
    LEFT_BEHIND: Forbidden, "a letter is at the old office, where nobody looks any more";
    MISSED: Forbidden, "the owner did not find a letter that was there all the time";
}

const OLDER: u32 = 1;
const LATER: u32 = 2;

pub const RACE: Race<Post> = Race::<Post>::new(
    || {
        let post = Post::new();
        post.put(OLDER);
        post
    },
    &[
        actor("mover", |post, _| post.move_box()),
        actor("postman", |post, _| post.put(LATER)),
        actor("owner", |post, saw| saw.note(post.letters())),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "a letter that was put in is found",
        run: |post| {
            post.put(5);
            assert_eq!(post.letters(), 1 << OLDER | 1 << 5);
        },
    },
    Case {
        name: "before the move the letters lie at the old office",
        run: |post| {
            post.put(5);
            assert_eq!(post.left_behind(), 1 << OLDER | 1 << 5);
        },
    },
    Case {
        name: "the letters move with the box",
        run: |post| {
            post.move_box();
            assert_eq!((post.letters(), post.left_behind()), (1 << OLDER, 0));
        },
    },
    Case {
        name: "after the move a letter goes to the new office",
        run: |post| {
            post.move_box();
            post.put(5);
            assert_eq!((post.letters(), post.left_behind()), (1 << OLDER | 1 << 5, 0));
        },
    },
]);

fn outcome(post: &Post, saws: &[Saw]) -> Outcome {
    match saws[2].get(0) {
        Some(found) if found & 1 << OLDER == 0 => MISSED,
        _ if post.left_behind() != 0 => LEFT_BEHIND,
        _ if post.letters() != 1 << OLDER | 1 << LATER => LOST,
        _ => WHOLE,
    }
}
