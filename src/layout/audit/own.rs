//! Which types are a project's own, and which came with a compiler, a system or a package.

use crate::{Language, TypeLayout};

/// Where sources of others lie, in any path.
const FOREIGN: [&str; 7] = [
    "/usr/",
    "/rustc/",
    "/.cargo/registry/",
    "/.cargo/git/",
    "/.rustup/",
    "/include/c++/",
    "/lib/clang/",
];

/// Rust's crates that come with the compiler.
const WITH_RUST: [&str; 8] =
    ["core", "alloc", "std", "proc_macro", "test", "compiler_builtins", "panic_unwind", "unwind"];

/// Whether the type is the project's own; `foreign` are the crates of packages and of the compiler.
pub fn is_own(layout: &TypeLayout, foreign: &[String]) -> bool {
    if let Some(declared) = &layout.declared {
        return !FOREIGN.iter().any(|part| declared.file.contains(part));
    }
    match layout.language {
        Language::Rust => {
            let root = layout.name.split("::").next().unwrap_or_default();
            let root = root.trim_start_matches(['&', '<', '*', '[', '(', ' ']);
            let named =
                layout.name.contains("::") && !layout.name.starts_with(['&', '*', '[', '(']);
            named && !WITH_RUST.contains(&root) && !foreign.iter().any(|other| other == root)
        }
        // Packages of the standard library have no host in their path; `main` has neither.
        Language::Go => {
            let package =
                layout.name.rsplit_once('/').map_or(layout.name.as_str(), |(path, _)| path);
            let host = package.split('/').next().unwrap_or_default();
            layout.name.starts_with("main.") || layout.name.contains('/') && host.contains('.')
        }
        _ => !layout.name.starts_with("std::") && !layout.name.starts_with("__"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Declared;

    #[test]
    fn a_type_is_ones_own_by_its_file_its_crate_or_its_package() {
        let of = |name: &str, language, file: Option<&str>| TypeLayout {
            name: name.to_owned(),
            language,
            declared: file.map(|file| Declared { file: file.to_owned(), line: 1 }),
            ..TypeLayout::default()
        };
        let foreign = ["tokio".to_owned()];
        let own = |layout: &TypeLayout| is_own(layout, &foreign);
        assert!(own(&of("Map", Language::C, Some("/home/me/map.c"))));
        assert!(!own(&of("FILE", Language::C, Some("/usr/include/stdio.h"))));
        assert!(own(&of("mine::Map<core::Option<u8>>", Language::Rust, None)));
        assert!(!own(&of("tokio::sync::Mutex<mine::Map>", Language::Rust, None)));
        assert!(!own(&of("core::option::Option<mine::Map>", Language::Rust, None)));
        assert!(own(&of("main.Map", Language::Go, None)));
        assert!(!own(&of("internal/sync.Mutex", Language::Go, None)));
    }
}
