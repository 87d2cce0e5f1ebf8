//! A desk closes one session and opens another while a request asks for the users of both.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Sessions;

outcomes! {
    OPEN: Allowed required, "the request came while the first session was open";
    CLOSED: Allowed required, "the request came when it was closed";
    ADMINISTRATOR: Forbidden, "a request of a closing session has the rights of user 0";
    SOMEBODY_ELSE: Forbidden, "a request has the rights of another session's user";
}

const FIRST: u32 = 11;
const SECOND: u32 = 12;

/// Noted where a session is not open.
const NOBODY: u64 = u64::MAX;

pub const RACE: Race<Sessions> = Race::<Sessions>::new(
    || {
        let sessions = Sessions::new();
        sessions.log_in(FIRST, 501);
        sessions
    },
    &[
        actor("desk", |sessions, _| {
            sessions.log_out(FIRST);
            sessions.log_in(SECOND, 502);
        }),
        actor("request", |sessions, saw| {
            for session in [FIRST, SECOND] {
                saw.note(sessions.user(session).map_or(NOBODY, u64::from));
            }
        }),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "an open session has its user",
        run: |sessions| {
            sessions.log_in(SECOND, 0);
            assert_eq!((sessions.user(FIRST), sessions.user(SECOND)), (Some(501), Some(0)));
        },
    },
    Case {
        name: "a closed session has none",
        run: |sessions| {
            sessions.log_out(FIRST);
            assert_eq!(sessions.user(FIRST), None);
        },
    },
    Case {
        name: "a closed session does not hide another",
        run: |sessions| {
            sessions.log_in(SECOND, 502);
            sessions.log_out(FIRST);
            assert_eq!((sessions.user(FIRST), sessions.user(SECOND)), (None, Some(502)));
        },
    },
    Case {
        name: "four sessions fit",
        run: |sessions| {
            sessions.log_out(FIRST);
            for session in [SECOND, 13, u32::MAX] {
                sessions.log_in(session, session - 1);
            }
            assert_eq!(sessions.user(13), Some(12));
            assert_eq!(sessions.user(u32::MAX), Some(u32::MAX - 1));
        },
    },
])
.must_not_block(&["request"]);

fn outcome(_: &Sessions, saws: &[Saw]) -> Outcome {
    match saws[1].values() {
        [0, _] | [_, 0] => ADMINISTRATOR,
        [501, 502 | NOBODY] => OPEN,
        [NOBODY, 502 | NOBODY] => CLOSED,
        _ => SOMEBODY_ELSE,
    }
}
