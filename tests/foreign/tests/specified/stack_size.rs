//! What a stack should do that knows how many values are in it.

use super::source::Stack;

racelab::specification! {
    |stack: Stack = Stack::new(), plain: Vec<u64> = Vec::new(), seen|
    push(value in FRESH) => stack.push(value), plain.push(value);
    pop() => stack.pop(), plain.pop(), last;
    len() => stack.len(), plain.len();
}
