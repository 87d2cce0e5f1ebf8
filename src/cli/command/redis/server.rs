//! Two servers of a cluster on free ports, in a folder that goes away with them.

use std::fs::{self, File};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::wire::Client;
use super::{Trouble, look};

const SERVER: &str = "redis-server";
/// MIGRATE of several keys at once came with 3.0.6: this has some years on it.
const OLDEST: u32 = 4;
/// How long servers may take to start and to know each other.
const PATIENCE: Duration = Duration::from_secs(20);
/// A port that somebody else takes meanwhile is not tried again more often than this.
const ATTEMPTS: usize = 3;
/// Slots of a cluster.
pub(super) const SLOTS: u16 = 16384;

/// A source, which has every slot, and a target without any.
pub(super) struct Cluster {
    pub(super) source: Node,
    pub(super) target: Node,
    // Dropped last: the servers are gone by then.
    _folder: tempfile::TempDir,
}

/// One server. It is killed when it is dropped.
pub(super) struct Node {
    pub(super) name: &'static str,
    pub(super) port: u16,
    /// What the cluster calls it.
    pub(super) id: String,
    child: Child,
}

impl Drop for Node {
    fn drop(&mut self) {
        // It has nothing to save, and may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `redis-server` calls itself.
pub(super) fn version() -> Result<String, Trouble> {
    let none = |why: String| {
        Trouble::Missing(format!(
            "{SERVER} is needed, and {why}; install it (package redis-server or redis) and try again"
        ))
    };
    let output = Command::new(SERVER).arg("--version").stdin(Stdio::null()).output();
    let output = output.map_err(|error| none(format!("cannot be started: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.split_whitespace().find_map(|word| word.strip_prefix("v="));
    let version = version.ok_or_else(|| none("the one here does not say its version".into()))?;
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST) {
        let why =
            format!("the one here is {version}: too old, {OLDEST}.0 is the oldest that will do");
        return Err(none(why));
    }
    Ok(version.to_string())
}

impl Cluster {
    /// Starts both, and waits until each knows which slots the source has.
    pub(super) fn start() -> Result<Cluster, Trouble> {
        let folder = tempfile::Builder::new().prefix("racelab-redis-").tempdir();
        let folder = folder.map_err(|error| {
            Trouble::Missing(format!("cannot make a temporary folder: {error}"))
        })?;
        let start = |name| Node::start(name, folder.path());
        let (source, target) = (start("source")?, start("target")?);
        let mut cluster = Cluster { source, target, _folder: folder };
        cluster.join()?;
        Ok(cluster)
    }

    fn join(&mut self) -> Result<(), Trouble> {
        let mut source = Client::connect(&self.source)?;
        let mut target = Client::connect(&self.target)?;
        // Each its own, or they would have to agree first.
        source.ask(&["CLUSTER", "SET-CONFIG-EPOCH", "1"])?;
        target.ask(&["CLUSTER", "SET-CONFIG-EPOCH", "2"])?;
        let slots: Vec<String> = (0..SLOTS).map(|slot| slot.to_string()).collect();
        let mut all = vec!["CLUSTER", "ADDSLOTS"];
        all.extend(slots.iter().map(String::as_str));
        source.ask(&all)?;
        let port = self.target.port.to_string();
        source.ask(&["CLUSTER", "MEET", "127.0.0.1", &port])?;
        self.source.id = source.text(&["CLUSTER", "MYID"])?;
        self.target.id = target.text(&["CLUSTER", "MYID"])?;
        // The target sends clients to the source once it has heard who has the slots.
        let slot = redis_protocol::redis_keyslot(b"any");
        let expected = format!("MOVED {slot} 127.0.0.1:{}", self.source.port);
        until("the servers do not know each other yet", || {
            let moved = target.text(&["GET", "any"])? == expected;
            let nodes = source.text(&["CLUSTER", "NODES"])?;
            let info = source.text(&["CLUSTER", "INFO"])?;
            let known = nodes.contains(&self.target.id) && !nodes.contains("handshake");
            Ok(moved && known && info.contains("cluster_state:ok"))
        })
    }
}

impl Node {
    fn start(name: &'static str, folder: &std::path::Path) -> Result<Node, Trouble> {
        let mut last = String::new();
        for attempt in 0..ATTEMPTS {
            let port = free_port()?;
            let home = folder.join(format!("{name}-{attempt}"));
            let log = home.join("log");
            let output = fs::create_dir(&home).and_then(|()| File::create(&log));
            let output = output.map_err(|error| {
                Trouble::Missing(format!("cannot write {}: {error}", home.display()))
            })?;
            let mut command = Command::new(SERVER);
            command.current_dir(&home).stdin(Stdio::null()).stderr(Stdio::null()).stdout(output);
            let port_text = port.to_string();
            for (key, value) in [
                ("--port", port_text.as_str()),
                ("--bind", "127.0.0.1"),
                ("--cluster-enabled", "yes"),
                ("--cluster-require-full-coverage", "no"),
                ("--cluster-node-timeout", "5000"),
                ("--save", ""),
                ("--appendonly", "no"),
                ("--daemonize", "no"),
            ] {
                command.args([key, value]);
            }
            alone(&mut command);
            let child = command.spawn();
            let child = child
                .map_err(|error| Trouble::Missing(format!("cannot start {SERVER}: {error}")))?;
            let mut node = Node { name, port, id: String::new(), child };
            match node.ready() {
                Ok(()) => return Ok(node),
                Err(Trouble::Interrupted) => return Err(Trouble::Interrupted),
                Err(Trouble::Missing(why)) => {
                    let text = fs::read_to_string(&log).unwrap_or_default();
                    let said = text.lines().rev().find(|line| !line.trim().is_empty());
                    last = format!("{why}; it said: {}", said.unwrap_or("nothing").trim());
                }
            }
        }
        Err(Trouble::Missing(format!("{SERVER} did not start ({ATTEMPTS} attempts): {last}")))
    }

    /// Waits until it answers.
    fn ready(&mut self) -> Result<(), Trouble> {
        let port = self.port;
        until(&format!("no answer on port {port}"), || {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Trouble::Missing(format!("port {port}: it ended ({status})")));
            }
            let Ok(mut client) = Client::connect(self) else { return Ok(false) };
            Ok(client.text(&["PING"])? == "PONG")
        })
    }
}

/// Asks again and again.
fn until(why: &str, mut done: impl FnMut() -> Result<bool, Trouble>) -> Result<(), Trouble> {
    let started = Instant::now();
    while !done()? {
        look()?;
        if started.elapsed() > PATIENCE {
            return Err(Trouble::Missing(format!("{why} after {} s", PATIENCE.as_secs())));
        }
        sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// A port that nobody has, and nobody the one 10,000 above, where a cluster talks.
fn free_port() -> Result<u16, Trouble> {
    let listen = |port| TcpListener::bind(("127.0.0.1", port));
    for _ in 0..200 {
        let Ok(listener) = listen(0) else { break };
        let Ok(port) = listener.local_addr().map(|address| address.port()) else { break };
        if port < u16::MAX - 10_000 && listen(port + 10_000).is_ok() {
            return Ok(port);
        }
    }
    Err(Trouble::Missing("no free pair of ports was found on 127.0.0.1".to_string()))
}

/// Ctrl-C is for us to hear; and who kills us kills the server too, where the system can do that.
fn alone(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(target_os = "linux")]
    {
        let die_with_parent = || {
            // Safety: a system call without pointers, allowed between fork and exec.
            unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL) };
            Ok(())
        };
        // Safety: the closure allocates nothing and takes no lock.
        unsafe { std::os::unix::process::CommandExt::pre_exec(command, die_with_parent) };
    }
    let _ = command;
}
