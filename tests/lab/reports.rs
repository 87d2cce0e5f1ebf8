//! How a deadlock, a data race and a panic are told, step by step.

use racelab::Scenario;
use racelab::explore::{Budget, search};
use racelab::explore::{Engine, REDUCED};
use racelab::words::{Page, report};

mod unseen;

racelab::scenario!(mod transfer = "reports/transfer.rs");
racelab::scenario!(mod plain_memory = "reports/plain_memory.rs");
racelab::scenario!(mod overdraft = "reports/overdraft.rs");

fn told(scenario: &Scenario, engine: &'static dyn Engine, page: &Page) -> String {
    let found = search::explore(scenario, engine, &Budget::default());
    let text = report::text(&found, page);
    // What an engine cannot see is told elsewhere.
    let end = text.find("  This looked at").unwrap_or(text.len());
    format!("\n{}\n", text[..end].trim_end())
}

const DEADLOCK: &str = r"
reduced: DEADLOCK in 1 of 3 distinct interleavings

    | line  | payer     | refunder   | memory
  --+-------+-----------+------------+-----------------
    | start |           |            |  left=8  right=8
  1 | 32    |           | right.lock |  left=8  right=8
  2 | 25    | left.lock |            |  left=8  right=8

  1  transfer.rs:32  let mut right = accounts.right.lock().unwrap();
  2  transfer.rs:25  let mut left = accounts.left.lock().unwrap();

  => DEADLOCK: payer waits for right, which refunder holds; refunder waits for
     left, which payer holds
";

#[test]
fn a_deadlock_says_who_waits_for_whom() {
    assert_eq!(told(&transfer::SCENARIO, REDUCED, &Page::default()), DEADLOCK);
}

const DATA_RACE: &str = r"
reduced: DATA RACE in 1 of 2 distinct interleavings

    | line  | sender             | receiver          | memory
  --+-------+--------------------+-------------------+-------------------
    | start |                    |                   |  content=0  full=0
  1 | 32    | content.write <- 7 |                   | *content=7  full=0
  2 | 33    | full.store <- 1    |                   |  content=7 *full=1
  3 | 37    |                    | full.load -> 1    |  content=7  full=1
  4 | 39    |                    | content.read -> 7 |  content=7  full=1

  1  plain_memory.rs:32  parcel.content.with_mut(|content| unsafe { *content = 7
                             });
  2  plain_memory.rs:33  parcel.full.store(true, Relaxed);
  3  plain_memory.rs:37  if parcel.full.load(Relaxed) {
  4  plain_memory.rs:39  saw.note(parcel.content.with(|content| unsafe {
                             *content }));

  => DATA RACE: nothing orders two accesses to content: sender writes at
     plain_memory.rs:32, receiver reads at plain_memory.rs:39
     receiver's load of full (Relaxed, plain_memory.rs:37) reads what sender's
     store (Relaxed, plain_memory.rs:33) wrote: with Release and Acquire they
     would be in order
";

#[test]
fn a_data_race_names_both_accesses() {
    assert_eq!(told(&plain_memory::SCENARIO, REDUCED, &Page::default()), DATA_RACE);
}

const PANIC: &str = r"
reduced: PANIC in 2 of 4 distinct interleavings

    | line  | buyer             | biller           | memory
  --+-------+-------------------+------------------+----------------------------
    | start |                   |                  |  balance=10
  1 | 25    | balance.load      |                  |  balance=10
    |       |   -> 10           |                  |
  2 | 25    |                   | balance.load     |  balance=10
    |       |                   |   -> 10          |
  3 | 26    |                   | balance.         | *balance=0
    |       |                   |   fetch_sub      |
    |       |                   |   -> 10 <- 0     |
  4 | 26    | balance.fetch_sub |                  | *balance=0xfffffffffffffff6
    |       |   -> 0            |                  |
    |       |   <- 0xffffffffff |                  |
    |       |   fffff6          |                  |

  1,2  overdraft.rs:25  if account.balance.load(Relaxed) >= 10 {
  3,4  overdraft.rs:26  let before = account.balance.fetch_sub(10, Relaxed);

  => PANIC: buyer panicked: the account is overdrawn (overdraft.rs:27)
";

#[test]
fn a_panic_says_where() {
    assert_eq!(told(&overdraft::SCENARIO, REDUCED, &Page::default()), PANIC);
}

const SENTENCES: &str = r"
reduced: PANIC in 2 of 4 distinct interleavings

  Before: balance is 10.
  Step 1: buyer does balance.load, reads 10 (overdraft.rs line 25).
  Step 2: biller does balance.load, reads 10 (overdraft.rs line 25).
  Step 3: biller does balance.fetch_sub, reads 10, writes 0 (overdraft.rs line
    26). Now balance is 0.
  Step 4: buyer does balance.fetch_sub, reads 0, writes 0xfffffffffffffff6
    (overdraft.rs line 26). Now balance is 0xfffffffffffffff6.

  => PANIC: buyer panicked: the account is overdrawn (overdraft.rs:27)
";

#[test]
fn each_event_is_a_sentence_on_a_plain_page() {
    let page = Page { plain: true, ..Page::default() };
    assert_eq!(told(&overdraft::SCENARIO, REDUCED, &page), SENTENCES);
}
