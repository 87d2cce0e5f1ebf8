//! What a stack should do.

use super::source::Stack;

racelab::specification! {
    |stack: Stack = Stack::new(), plain: Vec<u64> = Vec::new(), seen|
    push(value in FRESH) => stack.push(value), plain.push(value);
    pop() => stack.pop(), plain.pop(), last;
}
