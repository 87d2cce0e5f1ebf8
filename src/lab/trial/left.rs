//! What a child has left behind, read without trusting it: code that was marked may have written
//! anything there, under any name.

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::Path;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Of each of the child's output streams so much is kept, of its beginning and of its end, in bytes.
const OUTPUT: usize = 64 << 10;
/// A report is never longer, in bytes.
const LONGEST: u64 = 256 << 20;
/// Streams are read for so long at most after the child has ended: somebody else may hold them.
const AFTERWARDS: Duration = Duration::from_millis(500);

/// What a child has left behind.
pub(super) struct Left {
    pub(super) answer: Option<String>,
    pub(super) status: Option<ExitStatus>,
    pub(super) output: String,
    /// What it said that it was doing, last.
    pub(super) doing: Option<String>,
    /// Executions went on, up to its own end.
    pub(super) moving: bool,
    /// So many, when it last said so.
    pub(super) executions: u64,
    /// It came to what it was there for.
    pub(super) begun: bool,
}

/// A file that the child has written, if it is one, and no longer than a report: neither a link nor a
/// pipe.
pub(super) fn text(path: &Path) -> Option<String> {
    let file = open(path)?;
    let mut text = String::new();
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NOFOLLOW | libc::O_NONBLOCK,
    );
    let file = options.open(path).ok()?;
    let about = file.metadata().ok()?;
    (about.is_file() && about.len() <= LONGEST).then_some(file)
}

/// One of the child's streams, which is read as it comes.
#[derive(Clone, Default)]
pub(super) struct Stream(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    ended: bool,
}

impl Stream {
    /// Reads everything, so that the child never blocks on a full pipe, and keeps the beginning and
    /// the end.
    pub(super) fn of(pipe: Option<impl Read + Send + 'static>) -> std::io::Result<Stream> {
        let stream = Stream::default();
        let kept = stream.clone();
        std::thread::Builder::new().spawn(move || {
            let mut buffer = [0; 8192];
            if let Some(mut pipe) = pipe {
                while let Ok(count @ 1..) = pipe.read(&mut buffer) {
                    kept.keep(&buffer[..count]);
                }
            }
            kept.0.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        })?;
        Ok(stream)
    }

    fn keep(&self, new: &[u8]) {
        let bytes = &mut self.0.lock().unwrap_or_else(PoisonError::into_inner).bytes;
        bytes.extend_from_slice(new);
        if bytes.len() > 4 * OUTPUT {
            bytes.drain(OUTPUT..bytes.len() - OUTPUT);
        }
    }

    /// What was kept, once the stream has ended; or after a moment, if it does not.
    pub(super) fn text(&self) -> String {
        let began = Instant::now();
        loop {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.ended || began.elapsed() > AFTERWARDS {
                return String::from_utf8_lossy(&kept.bytes).into_owned();
            }
            drop(kept);
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
