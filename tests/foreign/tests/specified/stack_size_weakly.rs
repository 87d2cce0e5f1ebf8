//! The same, where the number of values need not be that of one moment.

use super::source::Stack;

racelab::specification! {
    |stack: Stack = Stack::new(), plain: Vec<u64> = Vec::new(), seen|
    push(value in FRESH) => stack.push(value), plain.push(value);
    pop() => stack.pop(), plain.pop(), last;
    len() => stack.len(), plain.len(), weakly;
}
