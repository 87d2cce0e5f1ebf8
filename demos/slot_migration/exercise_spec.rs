//! What a mailbox should do that moves: a letter that was put in is found.

use super::source::Post;

racelab::specification! {
    |post: Post = Post::new(), plain: (u64, bool) = (0, false), seen|
    move_box() by mover if (!plain.1) => post.move_box(), { plain.1 = true; };
    put(letter in FRESH) => post.put(letter as u32), { plain.0 |= 1 << letter; };
    letters() => post.letters(), plain.0, last;
    left_behind() => post.left_behind(), if plain.1 { 0 } else { plain.0 }, only last;
}
