//! A sender and a logger need the connection at the same time.

use racelab::{Case, Outcome, Race, Saw, actor, outcomes};

use super::source::Client;

outcomes! {
    SENDER_DIALLED: Allowed required, "the sender dialled, and the logger uses its connection";
    LOGGER_DIALLED: Allowed required, "the logger dialled, and the sender uses its connection";
    TWO_CONNECTIONS: Forbidden, "each dialled, and each uses its own connection";
    DIALLED_TWICE: Forbidden, "both use one connection, and another is open that nobody uses";
    NO_CONNECTION: Forbidden, "somebody was given a connection that was not open";
}

pub const RACE: Race<Client> = Race::<Client>::new(
    Client::new,
    &[
        actor("sender", |client, saw| connect(client, saw, 7)),
        actor("logger", |client, saw| connect(client, saw, 8)),
    ],
    outcome,
    OUTCOMES,
)
.cases(&[
    Case {
        name: "the connection that was dialled is the one that all use",
        run: |client| {
            assert_eq!(client.connection(|| 5), 5);
            assert_eq!(client.connection(|| panic!("there is one already")), 5);
        },
    },
    Case {
        name: "after hanging up the next one dials again",
        run: |client| {
            client.connection(|| 5);
            assert_eq!(client.hang_up(), Some(5));
            assert_eq!(client.connection(|| 999), 999);
        },
    },
    Case {
        name: "who has no connection cannot hang up",
        run: |client| assert_eq!(client.hang_up(), None),
    },
]);

/// Notes which connection this actor got, and how often it dialled.
fn connect(client: &Client, saw: &mut Saw, number: u64) {
    let mut dialled = 0;
    let connection = client.connection(|| {
        dialled += 1;
        number
    });
    saw.note(connection);
    saw.note(dialled);
}

fn outcome(_: &Client, saws: &[Saw]) -> Outcome {
    match (saws[0].values(), saws[1].values()) {
        (&[7, 1], &[7, 0]) => SENDER_DIALLED,
        (&[8, 0], &[8, 1]) => LOGGER_DIALLED,
        (&[7, 1], &[8, 1]) => TWO_CONNECTIONS,
        (&[7, 1], &[7, 1]) | (&[8, 1], &[8, 1]) => DIALLED_TWICE,
        _ => NO_CONNECTION,
    }
}
