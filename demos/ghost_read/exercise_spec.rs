//! What a table of sessions should do: an open session has its user, a closed one nobody. When a request
//! notices that is promised under sequential consistency alone.

use std::collections::BTreeSet;

use super::source::Sessions;

const SOME: &[u64] = &[1, 2];

racelab::specification! {
    |sessions: Sessions = Sessions::new(), plain: BTreeSet<u64> = BTreeSet::new(), seen|
    under SC;
    log_in(session in FRESH) by desk if (session <= 4)
        => sessions.log_in(session as u32, 500 + session as u32), { plain.insert(session); };
    log_out(session in SOME) by desk if (plain.contains(&session))
        => sessions.log_out(session as u32), { plain.remove(&session); };
    user(session in SOME)
        => sessions.user(session as u32), plain.contains(&session).then_some(500 + session), last;
}
