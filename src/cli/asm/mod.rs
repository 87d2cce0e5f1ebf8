//! The machine code of a scenario's actors, read from the program that is running.

mod aarch64;
mod binary;
mod slots;
mod x86;

use std::fmt;

use racelab::Scenario;

pub use binary::Binary;

/// One machine instruction, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Bytes from the start of its function.
    pub offset: u64,
    /// As an assembler has it; jumps say where to in the function, and calls say what.
    pub text: String,
    /// What it does to the order of other accesses, if it does anything.
    pub order: Option<&'static str>,
    /// Whether it touches memory other than the stack.
    pub memory: bool,
    /// The function outside of its own that it goes to, or takes the address of, in the file.
    call: Option<u64>,
}

#[cfg(test)]
impl Instruction {
    /// One that orders nothing.
    pub fn plain(text: &str) -> Instruction {
        Instruction { offset: 0, text: text.to_string(), order: None, memory: false, call: None }
    }
}

/// A function and its instructions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name without the path, and empty for the actor itself.
    pub name: String,
    /// In the order of their addresses.
    pub instructions: Vec<Instruction>,
}

/// What one thread executes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The actor's name.
    pub actor: &'static str,
    /// Where it begins: actors of two versions that begin at one address are one piece of code.
    pub address: usize,
    /// The actor, and then what it calls of the demo's own source.
    pub functions: Vec<Function>,
}

/// A processor whose code can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// The 64-bit x86, as `iced` decodes it.
    X86,
    /// The 64-bit Arm, as `yaxpeax` decodes it.
    Arm,
}

impl Architecture {
    /// As it is written: `x86-64`, `AArch64`.
    pub fn name(self) -> &'static str {
        match self {
            Architecture::X86 => "x86-64",
            Architecture::Arm => "AArch64",
        }
    }
}

/// Why there is no code to show, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing(pub String);

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// The code of each actor of a scenario.
///
/// # Errors
/// When the program has no symbols to find it by.
pub fn actors(binary: &Binary, scenario: &Scenario) -> Result<Vec<Code>, Missing> {
    let actors = scenario.actors().into_iter().zip(scenario.native.code());
    actors.map(|(actor, address)| code(binary, actor, address)).collect()
}

/// Stands for a function whose name is not known.
pub const ELSEWHERE: &str = "elsewhere";

fn code(binary: &Binary, actor: &'static str, address: usize) -> Result<Code, Missing> {
    let mut start = binary.in_file(address);
    let mut functions = Vec::new();
    let mut next = vec![];
    let mut done = vec![];
    loop {
        let (name, bytes) = binary.function(start).ok_or_else(|| {
            Missing(format!("this racelab has no symbol for the code of {actor}: is it stripped?"))
        })?;
        let mut instructions = binary.decode(start, bytes);
        done.push(start);
        // An actor that only goes on to another function is that function.
        if let ([Instruction { call: Some(call), .. }], true) =
            (instructions.as_slice(), functions.is_empty())
            && !done.contains(call)
            && binary.function(*call).is_some()
        {
            start = *call;
            continue;
        }
        for instruction in &mut instructions {
            let Some(call) = instruction.call else { continue };
            let called = binary.name(call);
            let name = called.as_deref().map_or(ELSEWHERE.to_string(), binary::short);
            instruction.text = instruction.text.replace(binary::PLACE, &name);
            let known = done.contains(&call) || next.contains(&call);
            if !known && called.is_some_and(|called| called.contains("::native::")) {
                next.push(call);
            }
        }
        let name = if functions.is_empty() { String::new() } else { binary::short(&name) };
        functions.push(Function { name, instructions });
        if next.is_empty() {
            return Ok(Code { actor, address, functions });
        }
        start = next.remove(0);
    }
}
