//! What a station should do: a timetable stays as it was when it was taken.

use super::source::Station;

racelab::specification! {
    |station: Station = Station::new(100, 160), plain: u32 = 0, seen|
    delay(minutes in FRESH) by clerk => station.delay(minutes as u32), *plain += minutes as u32;
    hold() => {
        let timetable = station.take();
        [timetable.leaves(), timetable.arrives(), timetable.leaves(), timetable.arrives()]
    }, [100 + *plain, 160 + *plain, 100 + *plain, 160 + *plain], last;
}
