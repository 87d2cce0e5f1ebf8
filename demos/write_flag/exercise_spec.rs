//! What a meeting room should do: who is refused has met somebody, and the minutes are complete.

use super::source::Room;

racelab::specification! {
    |room: Room = Room::new(), plain: u32 = 0, seen|
    meet() => room.meet(), { *plain += 1; true }, or refused;
    minutes() => room.minutes(), *plain, only last;
}
