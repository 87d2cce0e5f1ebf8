//! One scenario: what is called before the threads start, by each of them, and after they have ended.

use serde::{Deserialize, Serialize};

/// A call to be made: which operation, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Call {
    /// The number of the operation.
    pub operation: usize,
    /// Its arguments.
    pub arguments: Vec<u64>,
}

/// The calls of one scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Made before the threads start.
    pub first: Vec<Call>,
    /// Made by each thread, in its order.
    pub threads: Vec<Vec<Call>>,
    /// Made after all threads have ended.
    pub last: Vec<Call>,
}

impl Program {
    /// In one line: the calls before the threads start, those of each thread and those at the end with
    /// `/` between them; `0.7-1` calls the operation 0 with 7, and then 1 with nothing.
    pub fn text(&self) -> String {
        let call = |call: &Call| {
            let numbers = call.arguments.iter().map(|argument| format!(".{argument}"));
            format!("{}{}", call.operation, numbers.collect::<String>())
        };
        let calls = |calls: &Vec<Call>| calls.iter().map(call).collect::<Vec<_>>().join("-");
        let all = [&self.first].into_iter().chain(&self.threads).chain([&self.last]);
        all.map(calls).collect::<Vec<_>>().join("/")
    }

    /// The scenario of such a line; none where it is no such line.
    pub fn read(text: &str) -> Option<Program> {
        let call = |text: &str| {
            let mut numbers = text.split('.');
            let operation = numbers.next()?.parse().ok()?;
            let arguments = numbers.map(|number| number.parse().ok()).collect::<Option<_>>()?;
            Some(Call { operation, arguments })
        };
        let calls = |text: &str| match text {
            "" => Some(Vec::new()),
            text => text.split('-').map(call).collect::<Option<Vec<_>>>(),
        };
        let mut all = text.split('/').map(calls).collect::<Option<Vec<_>>>()?;
        let last = all.pop()?;
        let mut all = all.into_iter();
        let first = all.next()?;
        Some(Program { first, threads: all.collect(), last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_comes_back_from_its_line() {
        let call = |operation, arguments: &[u64]| Call { operation, arguments: arguments.to_vec() };
        let program = Program {
            first: vec![call(0, &[7, 8]), call(2, &[])],
            threads: vec![vec![call(1, &[])], vec![]],
            last: vec![],
        };
        assert_eq!(program.text(), "0.7.8-2/1//");
        assert_eq!(Program::read(&program.text()), Some(program));
        assert_eq!(Program::read("/"), Some(Program::default()));
        for wrong in ["", "0", "x/", "0.x/", "0-/"] {
            assert_eq!(Program::read(wrong), None, "{wrong}");
        }
    }
}
