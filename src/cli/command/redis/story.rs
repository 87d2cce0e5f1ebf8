//! What is asked of the two servers, and what each must answer.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use redis_protocol::redis_keyslot;

use super::server::Cluster;
use super::wire::Client;
use super::{Exchange, Part, Trouble};

/// The keys of one cart: their tag alone is hashed, so that they share a slot.
const PRICE: &str = "{cart}:price";
const COUNT: &str = "{cart}:count";
const NOTE: &str = "{cart}:note";
const BIG: &str = "{cart}:history";
/// So many pieces of 100 make a key that takes some time to move.
const PIECES: usize = 3_000;

/// Moves the slot of the cart, and tries on the way what a client may try.
pub(super) fn tell(cluster: &Cluster) -> Result<Vec<Part>, Trouble> {
    let mut source = Client::connect(&cluster.source)?;
    let mut target = Client::connect(&cluster.target)?;
    let slot = redis_keyslot(PRICE.as_bytes()).to_string();
    let moved = |port: u16| format!("MOVED {slot} 127.0.0.1:{port}");
    let (to_source, to_target) = (moved(cluster.source.port), moved(cluster.target.port));
    let ask = format!("ASK {slot} 127.0.0.1:{}", cluster.target.port);
    let (slot, ask, port) = (slot.as_str(), ask.as_str(), cluster.target.port.to_string());
    let migrate = |key| ["MIGRATE", "127.0.0.1", port.as_str(), key, "0", "10000"];
    fill(&mut source)?;
    let part = |title: &str, about: &str, exchanges| Part {
        title: title.to_string(),
        about: about.to_string(),
        exchanges,
    };
    let mut parts = vec![
        part(
            "The slot of a key",
            "CRC16 of the key modulo 16384, or of what stands between the first { and the next }. \
             The number in brackets is what racelab computed, and the server has to agree.",
            keyslots(&mut source)?,
        ),
        part(
            "Before",
            "The source has the slot. Who comes to the target is sent there for good: MOVED.",
            vec![
                source.tell(&["SET", PRICE, "100"], "OK")?,
                source.tell(&["SET", COUNT, "1"], "OK")?,
                target.tell(&["GET", PRICE], &to_source)?,
            ],
        ),
        part(
            "Marked",
            "The target first, so that whoever is redirected finds it ready.",
            vec![
                target
                    .tell(&["CLUSTER", "SETSLOT", slot, "IMPORTING", &cluster.source.id], "OK")?,
                source
                    .tell(&["CLUSTER", "SETSLOT", slot, "MIGRATING", &cluster.target.id], "OK")?,
            ],
        ),
        part(
            "ASK: for this key, this time",
            "A key that is here is served here. One that is missing may have moved: the source \
             does not execute the command and names the target.",
            vec![source.tell(&["GET", PRICE], "100")?, source.tell(&["SET", NOTE, "gift"], ask)?],
        ),
        part(
            "ASKING: good for one command",
            "The target still sends clients back, unless ASKING came right before.",
            vec![
                target.tell(&["SET", NOTE, "gift"], &to_source)?,
                target.tell(&["ASKING"], "OK")?,
                target.tell(&["SET", NOTE, "gift"], "OK")?,
                target.tell(&["GET", NOTE], &to_source)?,
            ],
        ),
        part(
            "TRYAGAIN: keys on both sides",
            "One key of this command is here and another is not: neither node can execute it now.",
            vec![source.tell(&["MGET", PRICE, NOTE], "TRYAGAIN")?],
        ),
        part(
            "MIGRATE: one step",
            "The source copies the key, waits for the target's word, and deletes it, and does \
             nothing else meanwhile. From then on the missing key is the redirect.",
            vec![
                source.tell(&migrate(PRICE), "OK")?,
                source.tell(&["GET", PRICE], ask)?,
                target.tell(&["ASKING"], "OK")?,
                target.tell(&["GET", PRICE], "100")?,
            ],
        ),
    ];
    parts.push(block(&mut source, &migrate(BIG))?);
    let mut replace = migrate(COUNT).to_vec();
    replace.push("REPLACE");
    parts.push(part(
        "Straight to the target",
        "A client that says ASKING without having been sent writes a key that is still at the \
         source: acknowledged. MIGRATE refuses to overwrite it, and with REPLACE the write is lost.",
        vec![
            target.tell(&["ASKING"], "OK")?,
            target.tell(&["SET", COUNT, "2"], "OK")?,
            source.tell(&migrate(COUNT), "ERR Target instance replied with error: BUSYKEY")?,
            source.tell(&replace, "OK")?,
            target.tell(&["ASKING"], "OK")?,
            target.tell(&["GET", COUNT], "1")?,
        ],
    ));
    let owned = ["CLUSTER", "SETSLOT", slot, "NODE", cluster.target.id.as_str()];
    parts.push(part(
        "After: MOVED for whoever has not heard",
        "Both are told whose the slot is. A client with an old table is sent on for good.",
        vec![
            target.tell(&owned, "OK")?,
            source.tell(&owned, "OK")?,
            source.tell(&["GET", PRICE], &to_target)?,
            target.tell(&["GET", PRICE], "100")?,
        ],
    ));
    Ok(parts)
}

/// Our slots beside the server's own.
fn keyslots(source: &mut Client) -> Result<Vec<Exchange>, Trouble> {
    let keys = ["123456789", "foo", "{foo}bar", "{}foo", "foo{bar}{baz}", "{cart", PRICE];
    let check = |key: &&str| {
        let slot = redis_keyslot(key.as_bytes()).to_string();
        let mut exchange = source.tell(&["CLUSTER", "KEYSLOT", key], &slot)?;
        exchange.expected = exchange.reply == format!(":{slot}\\r\\n");
        exchange.command = format!("CLUSTER KEYSLOT {key}   (computed: {slot})");
        Ok(exchange)
    };
    keys.iter().map(check).collect()
}

/// Makes the key that takes some time to move.
fn fill(source: &mut Client) -> Result<(), Trouble> {
    let piece = "x".repeat(100);
    let mut push = vec!["RPUSH", BIG];
    push.extend(std::iter::repeat_n(piece.as_str(), 100));
    (0..PIECES).try_for_each(|_| source.ask(&push).map(|_| ()))
}

/// Moves a big key while another client asks for a sign of life.
fn block(source: &mut Client, migrate: &[&str]) -> Result<Part, Trouble> {
    let done = AtomicBool::new(false);
    let mut other = source.again()?;
    let before = longest(&mut other, |count| count < 200)?;
    let (exchange, took, during) = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| longest(&mut other, |_| !done.load(Relaxed)));
        // A few of them go through before.
        std::thread::sleep(Duration::from_millis(5));
        let started = Instant::now();
        let exchange = source.tell(migrate, "OK");
        let took = started.elapsed();
        done.store(true, Relaxed);
        let during = waiting.join().expect("a client only asks");
        Ok((exchange?, took, during?))
    })?;
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    Ok(Part {
        title: "MIGRATE: and nothing else meanwhile".to_string(),
        about: format!(
            "A list of {} entries. MIGRATE took {}; the longest PING of another client took {} \
             meanwhile, and {} before.",
            PIECES * 100,
            ms(took),
            ms(during),
            ms(before)
        ),
        exchanges: vec![exchange],
    })
}

/// The longest time that a PING took, one after the other.
fn longest(client: &mut Client, more: impl Fn(usize) -> bool) -> Result<Duration, Trouble> {
    let (mut longest, mut count) = (Duration::ZERO, 0);
    while more(count) {
        let started = Instant::now();
        client.ask(&["PING"])?;
        longest = longest.max(started.elapsed());
        count += 1;
    }
    Ok(longest)
}
