//! What a count of visitors should do: what the judge passes is held against it as well.

use super::source::Visitors;

racelab::specification! {
    |visitors: Visitors = Visitors::new(), plain: u64 = 0, seen|
    enter() => visitors.enter(), *plain += 1;
    count() => visitors.count(), *plain, last;
}
