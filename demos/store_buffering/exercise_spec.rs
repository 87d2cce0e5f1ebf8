//! What a cabinet should do: whoever looks sees both sides of the piece that is in it, or no piece.

use super::source::Cabinet;

racelab::specification! {
    |cabinet: Cabinet = Cabinet::new(70), plain: u64 = 70, seen|
    put_in(piece in FRESH) by curator if (*plain == 0) => cabinet.put_in(piece), *plain = piece;
    take_out() by curator if (*plain != 0) => cabinet.take_out(), std::mem::take(plain);
    look() by visitor => cabinet.look(), (*plain != 0).then_some((*plain, *plain)), last;
}
