//! A guard between this process and a child: a process of its own that outlives the child, adopts
//! whatever the child leaves behind, in whatever group or session that is, and ends it.
//!
//! The guard is made by a second fork, before the child's program starts, and never runs a program
//! of its own: it makes system calls, allocates nothing and takes no lock. It ends what it holds
//! when the child has ended, when this process asks it to, and when this process is gone.

use std::io::{self, PipeReader, Read};
use std::os::fd::AsRawFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering::Relaxed};
use std::time::{Duration, Instant};

use libc::{c_int, pid_t};

/// So long a child has to tidy up after this process is gone, in milliseconds.
const MOMENT: c_int = 300;
/// What was left behind is ended in so many rounds at most, of [`ROUND`] milliseconds each.
const ROUNDS: u32 = 1_000;
const ROUND: c_int = 5;
/// A guard that does not end in this time is ended itself.
const PATIENCE: Duration = Duration::from_secs(7);

/// A child and its guard.
pub(super) struct Held {
    /// The guard, as std knows it: it has the child's pipes.
    pub(super) child: Child,
    tells: PipeReader,
    told: Told,
    /// Somebody has ended the guard: what the child has left behind may be half of it.
    pub(super) lost: bool,
}

/// What the guard has told so far.
#[derive(Default)]
struct Told {
    bytes: Vec<u8>,
}

impl Told {
    fn number(&self, index: usize) -> Option<c_int> {
        let bytes = self.bytes.get(index * 4..index * 4 + 4)?;
        Some(c_int::from_ne_bytes(bytes.try_into().ok()?))
    }

    /// The process of the child, which leads a group of its own.
    fn child(&self) -> Option<pid_t> {
        self.number(0)
    }

    /// How it ended.
    fn status(&self) -> Option<c_int> {
        self.number(1)
    }
}

/// Starts a command under a guard.
pub(super) fn spawn(command: &mut Command) -> io::Result<Held> {
    let (tells, told) = io::pipe()?;
    let number = told.as_raw_fd();
    command.process_group(0);
    // Safety: what runs between fork and exec makes system calls only, and takes no lock.
    unsafe { command.pre_exec(move || divide(number)) };
    let child = command.spawn()?;
    drop(told);
    // Safety: a call on a descriptor that lives here; reading from it never waits from now on.
    unsafe { libc::fcntl(tells.as_raw_fd(), libc::F_SETFL, libc::O_NONBLOCK) };
    Ok(Held { child, tells, told: Told::default(), lost: false })
}

impl Held {
    /// How the child ended, if it has: all that it left behind has then ended too.
    pub(super) fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        let Some(guard) = self.child.try_wait()? else {
            // One that was stopped, by a child that knows its parent, goes on.
            self.signal(libc::SIGCONT);
            return Ok(None);
        };
        let _ = self.tells.read_to_end(&mut self.told.bytes);
        let Some(child) = self.told.child() else { return Ok(Some(guard)) };
        match self.told.status() {
            Some(status) => Ok(Some(ExitStatus::from_raw(status))),
            None => {
                // The child went with its guard, and its group goes now.
                // Safety: a signal to a group; where no member is left nothing happens.
                unsafe { libc::kill(-child, libc::SIGKILL) };
                self.lost = true;
                Ok(Some(guard))
            }
        }
    }

    /// Ends the child and all that it has started.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.signal(libc::SIGTERM);
        let began = Instant::now();
        while self.try_wait()?.is_none() {
            if began.elapsed() > PATIENCE {
                let _ = self.child.kill();
                self.child.wait()?;
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn signal(&self, signal: c_int) {
        super::signal::send(self.child.id(), signal);
    }
}

/// The process that a guard obeys: the one that started it.
static MASTER: AtomicI32 = AtomicI32::new(0);
/// That process has asked for the end.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Makes two processes of the new one: the child, which returns and runs its program, and its guard,
/// which stays.
fn divide(tells: c_int) -> io::Result<()> {
    // Safety: system calls with pointers to values on this stack, in a process of one thread.
    unsafe {
        if libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0 {
            // A system without it: the child is then held by its group alone.
            return Ok(());
        }
        let guard = libc::getpid();
        MASTER.store(libc::getppid(), Relaxed);
        let mut before: libc::sigset_t = std::mem::zeroed();
        let mut all: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut all);
        libc::sigprocmask(libc::SIG_BLOCK, &all, &mut before);
        match libc::fork() {
            -1 => Err(io::Error::last_os_error()),
            0 => {
                libc::sigprocmask(libc::SIG_SETMASK, &before, std::ptr::null_mut());
                libc::setpgid(0, 0);
                libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL, 0, 0, 0);
                if libc::getppid() != guard {
                    libc::_exit(127);
                }
                Ok(())
            }
            child => stand_by(child, tells),
        }
    }
}

/// Only the master's word counts: a child knows its parent too.
extern "C" fn asked(_: c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // Safety: the system passes a valid pointer to a handler that asked for it.
    let from = unsafe { (*info).si_pid() };
    if from == MASTER.load(Relaxed) {
        ASKED.store(true, Relaxed);
    }
}

extern "C" fn woken(_: c_int) {}

/// Waits for the end of the child, or of this process, and then ends all that is left.
///
/// # Safety
/// In a process of one thread that runs nothing else.
unsafe fn stand_by(child: pid_t, tells: c_int) -> ! {
    // Safety: system calls with pointers to values on this stack.
    unsafe {
        say(tells, child);
        // The child's streams end with the child, whatever the guard does.
        libc::dup2(tells, 3);
        libc::close(1);
        libc::close(2);
        if libc::syscall(libc::SYS_close_range, 4, libc::c_uint::MAX, 0) != 0 {
            for other in 4..1024 {
                libc::close(other);
            }
        }
        let mut listens: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut listens);
        libc::sigdelset(&mut listens, libc::SIGCHLD);
        libc::sigdelset(&mut listens, libc::SIGTERM);
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = woken as extern "C" fn(c_int) as usize;
        libc::sigaction(libc::SIGCHLD, &action, std::ptr::null_mut());
        let handler: extern "C" fn(c_int, *mut libc::siginfo_t, *mut libc::c_void) = asked;
        action.sa_sigaction = handler as usize;
        action.sa_flags = libc::SA_SIGINFO;
        libc::sigaction(libc::SIGTERM, &action, std::ptr::null_mut());
        // Its stdin is never written to: it is closed when the master is gone.
        let mut master = libc::pollfd { fd: 0, events: 0, revents: 0 };
        loop {
            if reap(child).ended || ASKED.load(Relaxed) {
                break;
            }
            libc::ppoll(&mut master, 1, std::ptr::null(), &listens);
            if master.revents != 0 {
                pause(MOMENT, child);
                break;
            }
        }
        end_all(child);
        libc::_exit(0)
    }
}

/// Waits so many milliseconds, or until the child has ended.
unsafe fn pause(milliseconds: c_int, child: pid_t) {
    for _ in 0..milliseconds / ROUND {
        // Safety: as the caller.
        unsafe {
            if reap(child).ended {
                return;
            }
            libc::poll(std::ptr::null_mut(), 0, ROUND);
        }
    }
}

/// What a look at the guard's children has shown.
struct Reaped {
    /// The child has ended.
    ended: bool,
    /// Nobody is left.
    alone: bool,
}

/// Takes note of all that has ended, and tells how the child did.
unsafe fn reap(child: pid_t) -> Reaped {
    let mut ended = false;
    loop {
        let mut status = 0;
        // Safety: a valid pointer.
        let pid = unsafe { libc::waitpid(-1, &mut status, libc::WNOHANG | libc::__WALL) };
        if pid <= 0 {
            return Reaped { ended, alone: pid < 0 };
        }
        if pid == child {
            // Safety: as the caller.
            unsafe { say(3, status) };
            ended = true;
        }
    }
}

/// Ends the child's group, and whatever the guard has adopted, until nothing is left.
unsafe fn end_all(child: pid_t) {
    for _ in 0..ROUNDS {
        // Safety: signals to processes that nobody but this guard waits for, so that their numbers
        // are still theirs; and to the group of one of them.
        unsafe {
            libc::kill(-child, libc::SIGKILL);
            each_child(&mut |pid| {
                libc::kill(pid, libc::SIGKILL);
            });
            if reap(child).alone {
                return;
            }
            libc::poll(std::ptr::null_mut(), 0, ROUND);
        }
    }
}

/// Every process whose parent is this one, as the system lists them: `12 345 `.
unsafe fn each_child(found: &mut dyn FnMut(pid_t)) {
    // Safety: system calls with valid pointers.
    unsafe {
        let list = libc::open(c"/proc/thread-self/children".as_ptr(), libc::O_RDONLY);
        if list < 0 {
            return;
        }
        let (mut buffer, mut pid) = ([0u8; 1024], 0);
        loop {
            let count = libc::read(list, buffer.as_mut_ptr().cast(), buffer.len());
            for byte in buffer.iter().take(count.max(0) as usize) {
                match byte {
                    b'0'..=b'9' => pid = pid * 10 + pid_t::from(byte - b'0'),
                    _ if pid > 0 => found(std::mem::take(&mut pid)),
                    _ => {}
                }
            }
            if count <= 0 {
                break;
            }
        }
        libc::close(list);
    }
}

/// Tells a number: a pipe takes so few bytes at once.
unsafe fn say(tells: c_int, number: c_int) {
    let bytes = number.to_ne_bytes();
    // Safety: a valid pointer and its length.
    unsafe { libc::write(tells, bytes.as_ptr().cast(), bytes.len()) };
}
