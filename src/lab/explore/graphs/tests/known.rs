//! Published verdicts on litmus programs, each by its name.

use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::program::Do::{self, Add, Fence, Load, Store, Swap};
use super::program::Program;
use super::same;

const X: usize = 0;
const Y: usize = 1;
const Z: usize = 2;

const ALLOWED: bool = true;
const FORBIDDEN: bool = false;

/// A verdict: its name, the program, the registers of each thread, words at the end, and whether
/// RC11 allows that.
type Verdict = (
    &'static str,
    &'static [&'static [Do]],
    &'static [&'static [u64]],
    &'static [(usize, u64)],
    bool,
);

const VERDICTS: [Verdict; 40] = [
    (
        "SB rlx",
        &[&[Store(X, 1, Relaxed), Load(Y, Relaxed)], &[Store(Y, 1, Relaxed), Load(X, Relaxed)]],
        &[&[0], &[0]],
        &[],
        ALLOWED,
    ),
    (
        "SB ra",
        &[&[Store(X, 1, Release), Load(Y, Acquire)], &[Store(Y, 1, Release), Load(X, Acquire)]],
        &[&[0], &[0]],
        &[],
        ALLOWED,
    ),
    (
        "SB sc",
        &[&[Store(X, 1, SeqCst), Load(Y, SeqCst)], &[Store(Y, 1, SeqCst), Load(X, SeqCst)]],
        &[&[0], &[0]],
        &[],
        FORBIDDEN,
    ),
    (
        "SB sc, one load rlx",
        &[&[Store(X, 1, SeqCst), Load(Y, Relaxed)], &[Store(Y, 1, SeqCst), Load(X, SeqCst)]],
        &[&[0], &[0]],
        &[],
        ALLOWED,
    ),
    (
        "SB scfences",
        &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Fence(SeqCst), Load(X, Relaxed)],
        ],
        &[&[0], &[0]],
        &[],
        FORBIDDEN,
    ),
    (
        "SB one scfence",
        &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Load(X, Relaxed)],
        ],
        &[&[0], &[0]],
        &[],
        ALLOWED,
    ),
    (
        "SB acqrel fences",
        &[
            &[Store(X, 1, Relaxed), Fence(AcqRel), Load(Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Fence(AcqRel), Load(X, Relaxed)],
        ],
        &[&[0], &[0]],
        &[],
        ALLOWED,
    ),
    (
        "SB scfence vs sc accesses",
        &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Load(Y, Relaxed)],
            &[Store(Y, 1, SeqCst), Load(X, SeqCst)],
        ],
        &[&[0], &[0]],
        &[],
        FORBIDDEN,
    ),
    (
        "SB swap acqrel",
        &[&[Swap(X, 1, AcqRel), Load(Y, Acquire)], &[Swap(Y, 1, AcqRel), Load(X, Acquire)]],
        &[&[0, 0], &[0, 0]],
        &[],
        ALLOWED,
    ),
    (
        "MP rlx",
        &[&[Store(X, 1, Relaxed), Store(Y, 1, Relaxed)], &[Load(Y, Relaxed), Load(X, Relaxed)]],
        &[&[], &[1, 0]],
        &[],
        ALLOWED,
    ),
    (
        "MP ra",
        &[&[Store(X, 1, Relaxed), Store(Y, 1, Release)], &[Load(Y, Acquire), Load(X, Relaxed)]],
        &[&[], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "MP rel-rlx",
        &[&[Store(X, 1, Relaxed), Store(Y, 1, Release)], &[Load(Y, Relaxed), Load(X, Relaxed)]],
        &[&[], &[1, 0]],
        &[],
        ALLOWED,
    ),
    (
        "MP fences",
        &[
            &[Store(X, 1, Relaxed), Fence(Release), Store(Y, 1, Relaxed)],
            &[Load(Y, Relaxed), Fence(Acquire), Load(X, Relaxed)],
        ],
        &[&[], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "MP rel fence alone",
        &[
            &[Store(X, 1, Relaxed), Fence(Release), Store(Y, 1, Relaxed)],
            &[Load(Y, Relaxed), Load(X, Relaxed)],
        ],
        &[&[], &[1, 0]],
        &[],
        ALLOWED,
    ),
    (
        "LB rlx",
        &[&[Load(X, Relaxed), Store(Y, 1, Relaxed)], &[Load(Y, Relaxed), Store(X, 1, Relaxed)]],
        &[&[1], &[1]],
        &[],
        FORBIDDEN,
    ),
    (
        "IRIW ra",
        &[
            &[Store(X, 1, Release)],
            &[Store(Y, 1, Release)],
            &[Load(X, Acquire), Load(Y, Acquire)],
            &[Load(Y, Acquire), Load(X, Acquire)],
        ],
        &[&[], &[], &[1, 0], &[1, 0]],
        &[],
        ALLOWED,
    ),
    (
        "IRIW sc",
        &[
            &[Store(X, 1, SeqCst)],
            &[Store(Y, 1, SeqCst)],
            &[Load(X, SeqCst), Load(Y, SeqCst)],
            &[Load(Y, SeqCst), Load(X, SeqCst)],
        ],
        &[&[], &[], &[1, 0], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "IRIW rlx, scfences between reads",
        &[
            &[Store(X, 1, Relaxed)],
            &[Store(Y, 1, Relaxed)],
            &[Load(X, Relaxed), Fence(SeqCst), Load(Y, Relaxed)],
            &[Load(Y, Relaxed), Fence(SeqCst), Load(X, Relaxed)],
        ],
        &[&[], &[], &[1, 0], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "IRIW-acq-sc (RC11 fig)",
        &[
            &[Store(X, 1, SeqCst)],
            &[Store(Y, 1, SeqCst)],
            &[Load(X, Acquire), Load(Y, SeqCst)],
            &[Load(Y, Acquire), Load(X, SeqCst)],
        ],
        &[&[], &[], &[1, 0], &[1, 0]],
        &[],
        ALLOWED,
    ),
    (
        "2+2W rlx",
        &[
            &[Store(X, 1, Relaxed), Store(Y, 2, Relaxed)],
            &[Store(Y, 1, Relaxed), Store(X, 2, Relaxed)],
        ],
        &[&[], &[]],
        &[(X, 1), (Y, 1)],
        ALLOWED,
    ),
    (
        "2+2W rel",
        &[
            &[Store(X, 1, Release), Store(Y, 2, Release)],
            &[Store(Y, 1, Release), Store(X, 2, Release)],
        ],
        &[&[], &[]],
        &[(X, 1), (Y, 1)],
        ALLOWED,
    ),
    (
        "2+2W sc",
        &[&[Store(X, 1, SeqCst), Store(Y, 2, SeqCst)], &[Store(Y, 1, SeqCst), Store(X, 2, SeqCst)]],
        &[&[], &[]],
        &[(X, 1), (Y, 1)],
        FORBIDDEN,
    ),
    (
        "2+2W scfences",
        &[
            &[Store(X, 1, Relaxed), Fence(SeqCst), Store(Y, 2, Relaxed)],
            &[Store(Y, 1, Relaxed), Fence(SeqCst), Store(X, 2, Relaxed)],
        ],
        &[&[], &[]],
        &[(X, 1), (Y, 1)],
        FORBIDDEN,
    ),
    (
        "Z6.U (RC11 fig)",
        &[
            &[Store(X, 1, SeqCst), Store(Y, 1, Release)],
            &[Add(Y, 1, SeqCst), Load(Y, Relaxed)],
            &[Store(Y, 3, SeqCst), Load(X, SeqCst)],
        ],
        &[&[], &[1, 3], &[0]],
        &[],
        ALLOWED,
    ),
    (
        "RWC+syncs (RC11 fig)",
        &[
            &[Store(X, 1, Relaxed)],
            &[Load(X, Relaxed), Fence(SeqCst), Load(Y, Relaxed)],
            &[Store(Y, 1, Relaxed), Fence(SeqCst), Load(X, Relaxed)],
        ],
        &[&[], &[1, 0], &[0]],
        &[],
        FORBIDDEN,
    ),
    (
        "S ra",
        &[&[Store(X, 2, Relaxed), Store(Y, 1, Release)], &[Load(Y, Acquire), Store(X, 1, Relaxed)]],
        &[&[], &[1]],
        &[(X, 2)],
        FORBIDDEN,
    ),
    (
        "S rlx",
        &[&[Store(X, 2, Relaxed), Store(Y, 1, Relaxed)], &[Load(Y, Relaxed), Store(X, 1, Relaxed)]],
        &[&[], &[1]],
        &[(X, 2)],
        ALLOWED,
    ),
    (
        "R sc",
        &[&[Store(X, 1, SeqCst), Store(Y, 1, SeqCst)], &[Store(Y, 2, SeqCst), Load(X, SeqCst)]],
        &[&[], &[0]],
        &[(Y, 2)],
        FORBIDDEN,
    ),
    (
        "R ra",
        &[&[Store(X, 1, Release), Store(Y, 1, Release)], &[Store(Y, 2, Release), Load(X, Acquire)]],
        &[&[], &[0]],
        &[(Y, 2)],
        ALLOWED,
    ),
    (
        "WRC ra",
        &[
            &[Store(X, 1, Relaxed)],
            &[Load(X, Relaxed), Store(Y, 1, Release)],
            &[Load(Y, Acquire), Load(X, Relaxed)],
        ],
        &[&[], &[1], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "WRC rlx",
        &[
            &[Store(X, 1, Relaxed)],
            &[Load(X, Relaxed), Store(Y, 1, Relaxed)],
            &[Load(Y, Relaxed), Load(X, Relaxed)],
        ],
        &[&[], &[1], &[1, 0]],
        &[],
        ALLOWED,
    ),
    (
        "ISA2 ra",
        &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release)],
            &[Load(Y, Acquire), Store(Z, 1, Release)],
            &[Load(Z, Acquire), Load(X, Relaxed)],
        ],
        &[&[], &[1], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "Z6.3 ra",
        &[
            &[Store(X, 1, Release), Store(Y, 1, Release)],
            &[Store(Y, 2, Release), Store(Z, 1, Release)],
            &[Load(Z, Acquire), Load(X, Acquire)],
        ],
        &[&[], &[], &[1, 0]],
        &[(Y, 2)],
        ALLOWED,
    ),
    (
        "RS own plain store (C++20)",
        &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release), Store(Y, 2, Relaxed)],
            &[Load(Y, Acquire), Load(X, Relaxed)],
        ],
        &[&[], &[2, 0]],
        &[],
        ALLOWED,
    ),
    (
        "RS rmw relaxed",
        &[
            &[Store(X, 1, Relaxed), Store(Y, 1, Release)],
            &[Add(Y, 1, Relaxed)],
            &[Load(Y, Acquire), Load(X, Relaxed)],
        ],
        &[&[], &[1], &[2, 0]],
        &[],
        FORBIDDEN,
    ),
    ("two adds", &[&[Add(X, 1, Relaxed)], &[Add(X, 1, Relaxed)]], &[&[0], &[0]], &[], FORBIDDEN),
    (
        "CoRR",
        &[&[Store(X, 1, Relaxed)], &[Load(X, Relaxed), Load(X, Relaxed)]],
        &[&[], &[1, 0]],
        &[],
        FORBIDDEN,
    ),
    (
        "CoWR",
        &[&[Store(X, 1, Relaxed), Load(X, Relaxed)], &[Store(X, 2, Relaxed)]],
        &[&[2], &[]],
        &[(X, 1)],
        FORBIDDEN,
    ),
    ("CoRW1", &[&[Load(X, Relaxed), Store(X, 1, Relaxed)]], &[&[1]], &[], FORBIDDEN),
    (
        "WWR hb",
        &[&[Store(X, 1, Relaxed), Store(X, 2, Relaxed), Load(X, Relaxed)]],
        &[&[1]],
        &[],
        FORBIDDEN,
    ),
];

/// The programs, without what is said of them.
pub(super) fn programs() -> impl Iterator<Item = Program> {
    VERDICTS.iter().map(|verdict| verdict.1.iter().map(|thread| thread.to_vec()).collect())
}

#[test]
fn published_verdicts() {
    for (name, program, registers, words, allowed) in VERDICTS {
        let program = program.iter().map(|thread| thread.to_vec()).collect();
        let truth = same(&program);
        let shown = truth.ends[2].keys().any(|ends| {
            ends.0 == registers && words.iter().all(|(word, value)| ends.1[*word] == *value)
        });
        assert_eq!(shown, allowed, "{name}");
    }
}
