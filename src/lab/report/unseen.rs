//! A finding: what is not seen, where it stands, and what to write instead.

use serde::{Deserialize, Serialize};

/// Something in a scenario that the checkers do not see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// The file, without its folders; empty where there is no text to point at.
    pub file: String,
    /// From 1; 0 where there is no text to point at.
    pub line: u32,
    /// The text of that line.
    pub source: String,
    /// What stands there.
    pub what: What,
}

/// What is not seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Something of std's, or of a crate that is built on std.
    Path {
        /// Its path: `std::sync::Mutex`.
        path: String,
        /// What to write instead.
        instead: Instead,
    },
    /// A field whose type holds something of std's.
    Field {
        /// The type and the field: `Queue.items`.
        field: String,
        /// What its type holds: `std::sync::Mutex`.
        path: String,
        /// What to write instead.
        instead: Instead,
    },
    /// A `static mut`: it outlives an execution, and no access to it is announced.
    StaticMut,
    /// A `thread_local!`: under a checker all threads of an execution share it.
    ThreadLocal,
    /// Inline assembly, into which no checker sees.
    Assembly,
    /// A file that the scenario does not carry: nobody has read it.
    File(String),
    /// An actor that announces no operation.
    Silent(String),
    /// An attribute of this name: it brings code to a place where nobody calls it.
    Placed(String),
    /// Something of this name is another under each checker.
    Tells(String),
    /// Functions of another language.
    Foreign,
    /// A type of this name that is shared by force, and holds a raw pointer.
    Shared(String),
    /// Something of this kind makes a pointer past a shared reference.
    Pointer(String),
    /// A cast, which begins so, to a type that does not stand there.
    Cast(String),
    /// A number that is an address.
    Address,
    /// A path that begins so, and that a macro ends, or a word that a macro puts into one.
    Assembled(String),
    /// A plain write of this kind, through a pointer that others have too.
    Written(String),
}

/// What to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Instead {
    /// The facade's own, by its path: `rt::sync::Mutex`.
    Facade(String),
    /// The facade has none; this does the same work.
    Alike(String),
    /// There is nothing like it: time, other people's threads.
    Nothing,
}

impl What {
    /// What the finding is about, as the source would spell it.
    pub fn name(&self) -> String {
        match self {
            What::Path { path, .. } => path.clone(),
            What::Field { path, field, .. } => format!("{path} in {field}"),
            What::StaticMut => "static mut".to_string(),
            What::ThreadLocal => "thread_local!".to_string(),
            What::Assembly => "inline assembly".to_string(),
            What::File(file) => format!("the file of `mod {file}`"),
            What::Silent(actor) => format!("anything of {actor}"),
            What::Placed(name) | What::Tells(name) | What::Pointer(name) | What::Cast(name) => {
                name.clone()
            }
            What::Foreign => "foreign functions".to_string(),
            What::Shared(name) => format!("a raw pointer in {name}"),
            What::Assembled(path) => format!("what a macro makes of {path}"),
            What::Written(how) => how.clone(),
            What::Address => "what lies behind a number".to_string(),
        }
    }
}
