//! The running program's file: where its functions lie, and what they are called.

use object::{Object, ObjectSection, ObjectSymbol};

use super::slots::Slots;
use super::{Architecture, Instruction, Missing, aarch64, x86};

/// Stands in an instruction's text for the function that it goes to.
pub(super) const PLACE: &str = "@";

/// A function whose address is known while the program runs: it says how far the program was moved.
#[unsafe(no_mangle)]
extern "C" fn racelab_code_anchor() -> u64 {
    0x7261_6365_6c61_6221
}

/// The file of a program, with its functions.
#[derive(Debug)]
pub struct Binary {
    /// What its code is for.
    pub architecture: Architecture,
    /// How much higher its code lies in memory than the file says.
    moved: usize,
    /// By address: each function's, its end, its name, and its bytes.
    functions: Vec<(u64, u64, String, Vec<u8>)>,
    slots: Slots,
}

impl Binary {
    /// Reads the program that is running.
    ///
    /// # Errors
    /// When the file cannot be read, was built without optimisation, is for a processor that cannot
    /// be decoded, or has no symbols.
    pub fn running() -> Result<Binary, Missing> {
        if cfg!(debug_assertions) {
            return Err(Missing(
                "this racelab was built without optimisation, and such code shows the compiler's \
                 detours; build it with --release"
                    .to_string(),
            ));
        }
        // The path may have another program by now; on Linux this is still the one that runs.
        let path = match cfg!(target_os = "linux") {
            true => Ok("/proc/self/exe".into()),
            false => std::env::current_exe(),
        };
        let data = path.and_then(std::fs::read);
        let data = data.map_err(|error| Missing(format!("cannot read this program: {error}")))?;
        Binary::parse(&data, racelab_code_anchor as *const () as usize)
    }

    /// Reads a program whose anchor lies at this address in memory.
    fn parse(data: &[u8], anchor: usize) -> Result<Binary, Missing> {
        let file = object::File::parse(data)
            .map_err(|error| Missing(format!("this program's format cannot be read: {error}")))?;
        let architecture = match file.architecture() {
            object::Architecture::X86_64 => Architecture::X86,
            object::Architecture::Aarch64 => Architecture::Arm,
            other => {
                return Err(Missing(format!(
                    "there is no decoder for {other:?}; x86-64 and AArch64 have one"
                )));
            }
        };
        let mut found: Vec<(u64, u64, String, object::SectionIndex)> = Vec::new();
        for symbol in file.symbols().filter(|symbol| symbol.is_definition()) {
            let (Ok(name), Some(section)) = (symbol.name(), symbol.section_index()) else {
                continue;
            };
            if symbol.kind() == object::SymbolKind::Text {
                found.push((symbol.address(), symbol.size(), name.to_string(), section));
            }
        }
        // Of several names of one piece of code, that of a demo's own: for what is equal the compiler
        // keeps one copy, and a call says only where it is.
        found.sort_by_key(|function| (function.0, !function.2.contains("native")));
        found.dedup_by_key(|function| function.0);
        let starts: Vec<u64> = found.iter().map(|function| function.0).collect();
        let mut functions = Vec::with_capacity(found.len());
        for (index, (start, size, name, section)) in found.into_iter().enumerate() {
            let Ok(section) = file.section_by_index(section) else { continue };
            let end = match size {
                // Mach-O says no sizes: a function ends where the next begins.
                0 => starts.get(index + 1).copied().unwrap_or(section.address() + section.size()),
                size => start + size,
            };
            let bytes = section.data_range(start, end.saturating_sub(start)).ok().flatten();
            functions.push((start, end, name, bytes.unwrap_or_default().to_vec()));
        }
        let named = |name: &str| name.trim_start_matches('_') == "racelab_code_anchor";
        let at = functions.iter().find(|function| named(&function.2)).map(|function| function.0);
        let at = at.ok_or_else(|| {
            Missing(
                "this racelab is stripped: without symbols its code cannot be found".to_string(),
            )
        })?;
        let moved = anchor.wrapping_sub(at as usize);
        let is_function = |start: u64| starts.binary_search(&start).is_ok();
        let slots = match architecture {
            Architecture::X86 => Slots::read(&file, is_function),
            // It calls from anywhere to anywhere.
            Architecture::Arm => Slots::default(),
        };
        Ok(Binary { architecture, moved, functions, slots })
    }

    /// Where in the file the code at this address is.
    pub(super) fn in_file(&self, address: usize) -> u64 {
        address.wrapping_sub(self.moved) as u64
    }

    /// The name and the bytes of the function that begins here.
    pub(super) fn function(&self, start: u64) -> Option<(String, &[u8])> {
        let at = self.functions.binary_search_by_key(&start, |function| function.0).ok()?;
        let (_, _, name, bytes) = &self.functions[at];
        (!bytes.is_empty()).then(|| (demangled(name), bytes.as_slice()))
    }

    /// The instructions of the function that begins here, of these bytes.
    pub(super) fn decode(&self, start: u64, bytes: &[u8]) -> Vec<Instruction> {
        match self.architecture {
            Architecture::X86 => x86::decode(bytes, start, &self.slots),
            Architecture::Arm => aarch64::decode(bytes, start),
        }
    }

    /// The name of the function that begins here.
    pub(super) fn name(&self, start: u64) -> Option<String> {
        self.function(start).map(|(name, _)| name)
    }
}

fn demangled(name: &str) -> String {
    // Mach-O puts one more underscore before each name.
    let plain = rustc_demangle::try_demangle(name)
        .or_else(|_| rustc_demangle::try_demangle(name.strip_prefix('_').unwrap_or(name)));
    plain.map_or_else(|_| name.to_string(), |name| format!("{name:#}"))
}

/// A function's name without its path: `Map::load`.
pub(super) fn short(name: &str) -> String {
    let own = ["::source::", "::race::"].iter().find_map(|part| name.rsplit_once(part));
    if let Some((_, name)) = own {
        // An inherent method's type may stand in angle brackets: `<path::Map>::load`.
        return match name.find('<') {
            Some(_) => name.to_string(),
            None => name.replacen(">::", "::", 1),
        };
    }
    // The parameters keep their place, without their paths.
    let mut short = String::new();
    let mut word = String::new();
    for letter in name.chars() {
        match letter {
            ':' if word.ends_with(':') => word.clear(),
            letter if letter.is_alphanumeric() || "_:{}#".contains(letter) => word.push(letter),
            letter => {
                short += &word;
                word.clear();
                short.push(letter);
            }
        }
    }
    short + &word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_its_path() {
        let own = "racelab_demos::early_publish::fixed::native::source::Map::load";
        assert_eq!(short(own), "Map::load");
        assert_eq!(short("<racelab_demos::a::fixed::native::source::Map>::load"), "Map::load");
        assert_eq!(
            short("core::ptr::drop_in_place<alloc::vec::Vec<u8>>"),
            "drop_in_place<Vec<u8>>"
        );
        assert_eq!(short("__rust_alloc"), "__rust_alloc");
    }

    #[test]
    fn what_is_no_program_is_refused() {
        let error = Binary::parse(b"not a program", 0).expect_err("no program");
        assert!(error.0.contains("format"), "{error}");
    }

    /// The test program has symbols like any other: the anchor is found in it, at its address.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_function_of_this_program_is_found() {
        let data = std::fs::read("/proc/self/exe").expect("this program");
        let anchor = racelab_code_anchor as *const () as usize;
        match Binary::parse(&data, anchor) {
            Ok(binary) => {
                let (name, bytes) = binary.function(binary.in_file(anchor)).expect("the anchor");
                assert_eq!(name, "racelab_code_anchor");
                assert!(!binary.decode(binary.in_file(anchor), bytes).is_empty());
            }
            Err(error) => assert!(error.0.contains("decoder"), "{error}"),
        }
    }

    /// What a call goes through is known in a program that is moved when it is loaded, by what moves
    /// it, and in one that never is, by what is there.
    #[cfg(all(target_os = "linux", target_env = "gnu", target_arch = "x86_64"))]
    #[test]
    fn slots_are_known_however_the_program_is_linked() {
        let folder = tempfile::tempdir().expect("a folder");
        let source = folder.path().join("program.rs");
        let text = "#[unsafe(no_mangle)] #[inline(never)] extern \"C\" fn racelab_code_anchor() {}\n\
                    fn main() { racelab_code_anchor(); println!(\"hello\") }";
        std::fs::write(&source, text).expect("a file");
        let slots = |link: &str| {
            let program = folder.path().join(link);
            let mut rustc = std::process::Command::new("rustc");
            rustc.arg(&source).arg("-o").arg(&program).arg(format!("-Clink-arg={link}"));
            let output = rustc.output().expect("rustc runs");
            assert!(output.status.success(), "{output:?}");
            let data = std::fs::read(&program).expect("a program");
            let binary = Binary::parse(&data, 0).expect("it is read");
            let own = binary.slots.own();
            own.map(|to| binary.name(to).expect("a name"))
                .collect::<std::collections::BTreeSet<_>>()
        };
        let (fixed, moved) = (slots("-no-pie"), slots("-pie"));
        let strange: Vec<_> = fixed.difference(&moved).collect();
        assert_eq!((fixed.is_empty(), strange.len()), (false, 0), "{strange:?}");
    }
}
