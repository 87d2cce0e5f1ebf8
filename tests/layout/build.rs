//! Builds the sample programs, once in a test run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};

/// A way of building a sample.
pub(crate) struct Recipe {
    /// The name of the binary.
    pub(crate) name: &'static str,
    pub(crate) compiler: &'static str,
    pub(crate) source: &'static str,
    pub(crate) flags: &'static [&'static str],
}

const fn recipe(
    name: &'static str,
    compiler: &'static str,
    source: &'static str,
    flags: &'static [&'static str],
) -> Recipe {
    Recipe { name, compiler, source, flags }
}

/// Every language, compiler and version of the format that is compared with other readers.
pub(crate) const RECIPES: &[Recipe] = &[
    recipe("c-gcc-3", "gcc", "sample.c", &["-gdwarf-3", "-gstrict-dwarf"]),
    recipe("c-gcc-4", "gcc", "sample.c", &["-gdwarf-4"]),
    recipe("c-gcc-5", "gcc", "sample.c", &["-gdwarf-5"]),
    recipe("c-gcc-z", "gcc", "sample.c", &["-g", "-gz"]),
    recipe("c-gcc-64", "gcc", "sample.c", &["-gdwarf-5", "-gdwarf64"]),
    recipe("c-clang", "clang", "sample.c", &["-g"]),
    recipe("cpp-gcc", "g++", "sample.cpp", &["-g"]),
    recipe("cpp-gcc-types", "g++", "sample.cpp", &["-gdwarf-4", "-fdebug-types-section"]),
    recipe("cpp-gcc-types-5", "g++", "sample.cpp", &["-gdwarf-5", "-fdebug-types-section"]),
    recipe("cpp-clang", "clang++", "sample.cpp", &["-g", "-fstandalone-debug"]),
    recipe("rust", "rustc", "sample.rs", &["-Cdebuginfo=2"]),
    recipe("rust-5", "rustc", "sample.rs", &["-Cdebuginfo=2", "-Cdwarf-version=5"]),
    recipe("rust-release", "rustc", "sample.rs", &["-Cdebuginfo=2", "-O"]),
];

/// The binary built by the recipe of this name, or why there is none.
pub(crate) fn built(name: &str) -> Result<PathBuf, String> {
    let recipe = RECIPES.iter().find(|recipe| recipe.name == name);
    let recipe = recipe.ok_or_else(|| format!("no recipe called {name}"))?;
    sample(name, recipe.compiler, recipe.source, recipe.flags)
}

/// Runs `compiler` with `flags` on a sample; the binary is called `name`.
pub(crate) fn sample(
    name: &str,
    compiler: &str,
    source: &str,
    flags: &[&str],
) -> Result<PathBuf, String> {
    compiled(name, compiler, &samples().join(source), flags)
}

/// As [`sample`], of a source that was made up.
pub(crate) fn generated(
    name: &str,
    compiler: &str,
    file: &str,
    source: &str,
    flags: &[&str],
) -> Result<PathBuf, String> {
    let path = folder()?.join(file);
    std::fs::write(&path, source).map_err(|error| error.to_string())?;
    compiled(name, compiler, &path, flags)
}

/// Where the samples' sources are.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/layout/samples")
}

/// Where binaries are built.
pub(crate) fn folder() -> Result<PathBuf, String> {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout-samples");
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    Ok(out)
}

/// A folder of its own for the files of one test.
pub(crate) fn fresh(name: &str) -> Result<PathBuf, String> {
    let folder = folder()?.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn compiled(name: &str, compiler: &str, source: &Path, flags: &[&str]) -> Result<PathBuf, String> {
    // Each is built once, and none waits for another.
    type Built = Arc<OnceLock<Result<PathBuf, String>>>;
    static BUILT: Mutex<BTreeMap<String, Built>> = Mutex::new(BTreeMap::new());
    let make = || {
        let out = folder()?;
        let binary = out.join(name);
        run(Command::new(compiler)
            .args(flags)
            .arg("-o")
            .arg(&binary)
            .arg(source)
            .current_dir(out))?;
        Ok(binary)
    };
    let mut all = BUILT.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let built = Arc::clone(all.entry(name.to_owned()).or_default());
    drop(all);
    built.get_or_init(make).clone()
}

/// What the command wrote, or why it could not run or failed.
pub(crate) fn run(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| format!("{program}: {error}"))?;
    if !output.status.success() {
        return Err(format!("{program}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Says that a part of a test is left out.
pub(crate) fn skip(what: &str, why: &str) {
    println!("SKIPPED: {what}: {}", why.lines().next().unwrap_or_default());
}
