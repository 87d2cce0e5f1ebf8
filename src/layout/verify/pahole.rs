//! Runs pahole on a binary and reads what it prints.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::dwarf::Refusal;

/// First bit and size in bytes of each direct member, sorted; of a bit-field the size is 0.
pub(super) type Members = Vec<(usize, usize)>;

/// A struct as pahole prints it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) size: usize,
    pub(super) members: Members,
    /// pahole says itself that it could not make out some member.
    pub(super) blind: bool,
}

/// The version of the pahole that is installed: `1.24`.
pub(super) fn version() -> Result<String, Refusal> {
    let output = Command::new("pahole").arg("--version").stdin(Stdio::null()).output();
    let output = output.map_err(|error| {
        Refusal::missing(format!(
            "--verify compares with pahole, which cannot be run ({error}): install it (most \
             systems: the package `dwarves`)"
        ))
    })?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().trim_start_matches('v').to_owned())
}

/// The structs of these names that pahole finds in `file`, by name. Of a union it prints no size.
pub(super) fn structs(
    file: &Path,
    names: &HashSet<&str>,
) -> Result<HashMap<String, Vec<Struct>>, Refusal> {
    let cannot = |error: std::io::Error| Refusal::missing(format!("pahole cannot be run: {error}"));
    // In a list it would take the commas of a generic type for separators: so all are printed.
    let mut child = Command::new("pahole")
        .arg("--show_private_classes")
        .arg(file)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(cannot)?;
    let mut found: HashMap<String, Vec<Struct>> = HashMap::new();
    if let Some(printed) = child.stdout.take() {
        let mut reader = Reader::default();
        for line in BufReader::new(printed).split(b'\n') {
            let line = line.map_err(cannot)?;
            let done = reader.line(&String::from_utf8_lossy(&line));
            if let Some(done) = done.filter(|done| names.contains(done.name.as_str())) {
                found.entry(done.name.clone()).or_default().push(done);
            }
        }
    }
    child.wait().map_err(cannot)?;
    Ok(found)
}

/// Reads line by line. A member is a line with one tab that ends in its offset and size; what is
/// nested has more tabs, but for the line that closes it.
#[derive(Default)]
struct Reader {
    open: Option<Struct>,
}

impl Reader {
    /// The struct that this line closes.
    fn line(&mut self, line: &str) -> Option<Struct> {
        if !line.starts_with(['\t', '}']) && line.ends_with('{') {
            let head = line.trim_end_matches('{').trim();
            let head = head.split(" : ").next().unwrap_or(head);
            let name = ["struct ", "class "].iter().find_map(|k| head.strip_prefix(k));
            self.open =
                name.map(|name| Struct { name: name.trim().to_owned(), ..Struct::default() });
        }
        let current = self.open.as_mut()?;
        let faults = ["<ERROR", "BRAIN FART", "ancestor class"];
        current.blind |= faults.iter().any(|fault| line.contains(fault));
        if line.starts_with('}') {
            current.members.sort();
            return self.open.take();
        }
        if let Some(sizes) = line.strip_prefix("\t/* size: ") {
            let digits = sizes.split(',').next().unwrap_or_default();
            current.size = digits.parse().unwrap_or(usize::MAX);
        } else if line.starts_with('\t') && (!line.starts_with("\t\t") || line.starts_with("\t}")) {
            current.members.extend(member(line));
        }
        None
    }
}

/// `int a:3;  /*  4: 2  4 */` is bit 34. A virtual base, which a running program places, has the
/// offset -1 there and none here; a `static` is no part of a value.
fn member(line: &str) -> Option<(usize, usize)> {
    let (_, place) = line.rsplit_once("/*").filter(|_| !line.starts_with("\tstatic "))?;
    let place = place.strip_suffix("*/")?.replace(':', " : ");
    let numbers: Vec<&str> = place.split_whitespace().collect();
    let bytes = |text: &str| text.parse().ok().filter(|&offset: &usize| offset < u32::MAX as usize);
    match numbers.as_slice() {
        [offset, ":", bit, _] => Some((bytes(offset)? * 8 + bit.parse::<usize>().ok()?, 0)),
        [offset, size] => Some((bytes(offset)? * 8, size.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pahole_prints_is_read_with_its_own_doubts() {
        let printed = "struct shared {\n\
            \t<ERROR(__class__fprintf:1609): 0 not found!>\n\
            \tatomic_int                 misses;               /*     8     0 */\n\
            \n\t/* XXX 8 bytes hole, try to pack */\n\n\
            \tstruct {\n\t\tint x;   /*    16     4 */\n\t} inner;  /*    16     8 */\n\
            \tint                        low:3;                /*    24: 2  4 */\n\
            \n\t/* size: 64, cachelines: 1, members: 4 */\n};\n";
        let mut reader = Reader::default();
        let mut found = printed.lines().filter_map(|line| reader.line(line));
        let shared = Struct {
            name: "shared".to_owned(),
            size: 64,
            members: vec![(64, 0), (128, 8), (194, 0)],
            blind: true,
        };
        assert_eq!(found.next(), Some(shared));
        assert_eq!(found.next(), None);
    }
}
