//! Signals that end this process: first the terminal is as it was, children are gone, and temporary
//! folders with them. Then the signal does what it does, so that a shell knows of it.

pub use system::{is_raw, leave_to_others, listen, on_the_other_screen, raw_mode};

#[cfg(unix)]
mod system {
    use std::io::Write;
    use std::mem::MaybeUninit;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::sync::{Mutex, PoisonError};

    use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
    use libc::c_int;
    use racelab::trial::folder;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::low_level::emulate_default_handler;

    /// Somebody else notes them, and leaves in an orderly way.
    static OTHERS: AtomicBool = AtomicBool::new(false);
    /// Keys come raw now.
    static RAW: AtomicBool = AtomicBool::new(false);
    /// The terminal shows its other screen.
    static OTHER_SCREEN: AtomicBool = AtomicBool::new(false);
    /// Back to the first, with a cursor.
    const BACK: &[u8] = b"\x1b[?25h\x1b[?1049l";
    /// Raw mode is entered and left by one thread at a time.
    static TERMINAL: Mutex<()> = Mutex::new(());

    /// Listens for what ends a process politely. Without a thread for it nothing is tidied up.
    pub fn listen() {
        // Whoever started us with one of them ignored, as nohup does, wants it ignored.
        let ends =
            [SIGINT, SIGTERM, SIGHUP, SIGQUIT].into_iter().filter(|signal| !ignored(*signal));
        let Ok(mut signals) = signal_hook::iterator::Signals::new(ends) else { return };
        let wait = move || {
            for signal in signals.forever() {
                if OTHERS.load(SeqCst) {
                    continue;
                }
                folder::interrupted();
                cooked();
                let _ = emulate_default_handler(signal);
            }
        };
        let _ = std::thread::Builder::new().spawn(wait);
    }

    /// From now on somebody else listens for them.
    pub fn leave_to_others() {
        OTHERS.store(true, SeqCst);
    }

    fn ignored(signal: c_int) -> bool {
        let mut now = MaybeUninit::<libc::sigaction>::zeroed();
        // Safety: the call fills in a struct of numbers, and changes nothing.
        unsafe {
            libc::sigaction(signal, std::ptr::null(), now.as_mut_ptr()) == 0
                && now.assume_init().sa_sigaction == libc::SIG_IGN
        }
    }

    /// Keys come as they are pressed from now on, or lines again; before the first time the terminal's
    /// own ways are noted for every signal that can be caught.
    pub fn raw_mode(on: bool) -> std::io::Result<()> {
        let _alone = TERMINAL.lock().unwrap_or_else(PoisonError::into_inner);
        restored_by_signals();
        if on {
            enable_raw_mode()?;
            RAW.store(true, SeqCst);
            return Ok(());
        }
        RAW.store(false, SeqCst);
        disable_raw_mode()
    }

    /// Whether what is drawn goes to the terminal's other screen now, without a cursor.
    pub fn on_the_other_screen(on: bool) {
        OTHER_SCREEN.store(on, SeqCst);
    }

    /// Whether keys still come as they are pressed: a stop has given the terminal back.
    pub fn is_raw() -> bool {
        RAW.load(SeqCst)
    }

    fn cooked() {
        let _alone = TERMINAL.lock().unwrap_or_else(PoisonError::into_inner);
        if OTHER_SCREEN.swap(false, SeqCst) {
            let _ = std::io::stdout().write_all(BACK);
            let _ = std::io::stdout().flush();
        }
        if RAW.swap(false, SeqCst) {
            // A terminal that is gone needs no restoring.
            let _ = disable_raw_mode();
        }
    }

    /// The terminal as it was before keys came raw.
    static BEFORE: Mutex<Option<libc::termios>> = Mutex::new(None);
    /// The same, for a signal handler, which may take no lock.
    static mut KNOWN: MaybeUninit<libc::termios> = MaybeUninit::uninit();

    /// Ctrl-Z, a stop from outside, and every signal that ends a process without asking.
    fn restored_by_signals() {
        let mut before = BEFORE.lock().unwrap_or_else(PoisonError::into_inner);
        if before.is_some() {
            return;
        }
        let mut now = MaybeUninit::<libc::termios>::zeroed();
        // Safety: the call fills in a struct of numbers.
        if unsafe { libc::tcgetattr(0, now.as_mut_ptr()) } != 0 {
            return;
        }
        // Safety: filled in above; written once, before the handlers that read it are there.
        unsafe {
            *before = Some(now.assume_init());
            KNOWN = now;
        }
        if let Ok(mut stops) = signal_hook::iterator::Signals::new([SIGTSTP]) {
            let wait = move || {
                for signal in stops.forever() {
                    cooked();
                    let _ = emulate_default_handler(signal);
                }
            };
            let _ = std::thread::Builder::new().spawn(wait);
        }
        const POLITE: [c_int; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];
        // They do nothing, or stop, or cannot be caught.
        const OTHERS: [c_int; 10] = [
            libc::SIGKILL,
            libc::SIGSTOP,
            SIGTSTP,
            libc::SIGCHLD,
            libc::SIGCONT,
            libc::SIGURG,
            libc::SIGWINCH,
            libc::SIGTTIN,
            libc::SIGTTOU,
            libc::SIGPIPE,
        ];
        for signal in (1..32).filter(|signal| !POLITE.contains(signal) && !OTHERS.contains(signal))
        {
            // Safety: the handler makes system calls only.
            unsafe {
                let mut action: libc::sigaction = std::mem::zeroed();
                action.sa_sigaction = restore as extern "C" fn(c_int) as usize;
                action.sa_flags = libc::SA_RESETHAND | libc::SA_NODEFER | libc::SA_ONSTACK;
                libc::sigaction(signal, &action, std::ptr::null_mut());
            }
        }
    }

    /// Gives the terminal back, and lets the signal do what it does without a handler.
    extern "C" fn restore(signal: c_int) {
        // Safety: system calls that a handler may make, with what was written before it was there.
        unsafe {
            if OTHER_SCREEN.load(SeqCst) {
                libc::write(1, BACK.as_ptr().cast(), BACK.len());
            }
            libc::tcsetattr(0, libc::TCSANOW, (&raw const KNOWN).cast());
            libc::raise(signal);
        }
    }
}

#[cfg(not(unix))]
mod system {
    use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

    /// Children end when their stdin closes.
    pub fn listen() {}

    /// Nobody listens.
    pub fn leave_to_others() {}

    /// Nobody stops.
    pub fn is_raw() -> bool {
        true
    }

    /// Nobody has to know.
    pub fn on_the_other_screen(_: bool) {}

    /// Keys come as they are pressed from now on, or lines again.
    pub fn raw_mode(on: bool) -> std::io::Result<()> {
        if on { enable_raw_mode() } else { disable_raw_mode() }
    }
}
