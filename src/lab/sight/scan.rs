//! Reads the source of a scenario for what the checkers do not see.

use proc_macro2::{TokenStream, TokenTree};

use super::known::{self, Look};
use super::names;
use super::tokens::{self, Path, ident, is_ident, is_punct};
use super::uses::{self, Import, Names};
use crate::fields::Inspection;
use crate::report::{Instead, Unseen, What};
use crate::scenario::Scenario;

/// Everything of a scenario that the checkers do not see: in its sources, by line, and in the types
/// of its declared fields. Files that it does not carry are not among it.
pub fn of(scenario: &Scenario) -> Vec<Unseen> {
    let sources = scenario.sources.iter().map(|source| (source.name(), source.text));
    let in_place = scenario.in_place.map(|text| ("", text));
    let mut found: Vec<Unseen> =
        sources.chain(in_place).flat_map(|(file, text)| in_text(file, text)).collect();
    found.retain(|unseen| !matches!(unseen.what, What::File(_)));
    let mut inspected = Inspection::default();
    scenario.under("shuttle").inspect(&mut inspected);
    for what in names::in_fields(&inspected.fields()) {
        let What::Field { path, .. } = &what else { continue };
        // What a line names already is not said twice.
        let said =
            |unseen: &Unseen| matches!(&unseen.what, What::Path { path: said, .. } if said == path);
        if !found.iter().any(said) {
            found.push(Unseen { file: String::new(), line: 0, source: String::new(), what });
        }
    }
    found
}

/// Whether a scenario brings in std's own `Arc`, whose owners order nothing for the checkers.
pub(crate) fn counts_of_std(scenario: &Scenario) -> bool {
    let texts = scenario.sources.iter().map(|source| source.text).chain(scenario.in_place);
    texts.filter_map(tokens::of).any(|stream| {
        let (imports, names) = names_of(stream);
        let below =
            |import: &Import| names.below_std(&import.path, false).map(|path| path.join("::"));
        imports.iter().filter_map(below).any(|path| path == "sync::Arc" || path == "sync::*")
    })
}

/// What a text says that the checkers do not see, in the order of its lines. Nothing of a text that
/// is no Rust: the compiler says so. `file` is its name.
pub fn in_text(file: &str, text: &str) -> Vec<Unseen> {
    let Some(stream) = tokens::of(text) else { return Vec::new() };
    let (imports, names) = names_of(stream.clone());
    let mut scan = Scan { names, found: Vec::new(), thread_local: false };
    for import in &imports {
        scan.import(import);
    }
    scan.walk(stream);
    scan.found.sort_by_key(|(line, _)| *line);
    scan.found.dedup();
    let mut unseen: Vec<Unseen> =
        scan.found.into_iter().map(|found| self::unseen(file, text, found)).collect();
    if file.is_empty() {
        // The compiler has put it into lines anew, so that none tells two places apart.
        let mut said: Vec<What> = Vec::new();
        unseen.retain(|unseen| {
            let new = !said.contains(&unseen.what);
            said.push(unseen.what.clone());
            new
        });
    }
    unseen
}

/// A finding, with the line that it is about.
pub(super) fn unseen(file: &str, text: &str, (line, what): (u32, What)) -> Unseen {
    let source = text.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default();
    let line = if file.is_empty() { 0 } else { line };
    Unseen { file: file.to_string(), line, source: source.trim().to_string(), what }
}

/// What a text brings in, and under which names.
pub(super) fn names_of(stream: TokenStream) -> (Vec<Import>, Names) {
    let (mut imports, mut own_rt) = (Vec::new(), false);
    gather(stream, &mut imports, &mut own_rt);
    let names = Names::new(&imports, own_rt);
    (imports, names)
}

/// The imports of all levels, and whether there is a module `rt`.
fn gather(stream: TokenStream, imports: &mut Vec<Import>, own_rt: &mut bool) {
    tokens::steps(stream, |tokens, at| {
        if let Some((found, end)) = uses::imports(tokens, at) {
            imports.extend(found);
            return end;
        }
        if let TokenTree::Group(group) = &tokens[at] {
            gather(group.stream(), imports, own_rt);
        }
        *own_rt |= is_ident(&tokens[at], "mod") && ident(tokens, at + 1).as_deref() == Some("rt");
        at + 1
    });
}

struct Scan {
    names: Names,
    found: Vec<(u32, What)>,
    /// Whether this is what the facade's `thread_local!` declares.
    thread_local: bool,
}

impl Scan {
    fn import(&mut self, import: &Import) {
        let (all, module) = match import.path.split_last() {
            Some((last, module)) if last == "*" => (true, module),
            _ => (false, import.path.as_slice()),
        };
        let look = match self.names.below_std(module, false) {
            Some(below) if all => known::everything(&below),
            Some(below) => known::look(&below),
            None => foreign(module),
        };
        self.note(import.line, look);
    }

    fn walk(&mut self, stream: TokenStream) {
        tokens::steps(stream, |tokens, at| self.step(tokens, at));
    }

    /// Looks at what begins at a place, and says where to go on.
    fn step(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        if let Some((_, end)) = uses::imports(tokens, at) {
            return end;
        }
        let line = tokens[at].span().start().line as u32;
        if let TokenTree::Group(group) = &tokens[at] {
            self.walk(group.stream());
            return at + 1;
        }
        let lifetime = at > 0 && is_punct(&tokens[at - 1], '\'');
        let next = |ahead: usize| tokens.get(at + ahead);
        if is_ident(&tokens[at], "static")
            && !lifetime
            && next(1).is_some_and(|token| is_ident(token, "mut"))
        {
            self.found.push((line, What::StaticMut));
            return at + 2;
        }
        if is_ident(&tokens[at], "mod")
            && next(2).is_some_and(|token| is_punct(token, ';'))
            && let Some(name) = ident(tokens, at + 1)
        {
            self.found.push((line, What::File(name)));
            return at + 3;
        }
        let Some(path) = tokens::path(tokens, at) else { return at + 1 };
        let path_end = path.end;
        let called = tokens.get(path.end).is_some_and(|token| is_punct(token, '!'));
        if called
            && path.names.last().is_some_and(|name| name == "thread_local")
            && self.of_facade(&path)
            && let Some(TokenTree::Group(group)) = tokens.get(path.end + 1)
        {
            self.thread_local = true;
            self.walk(group.stream());
            self.thread_local = false;
            return path.end + 2;
        }
        if !self.thread_local && self.names.is_cell_of_one_thread(&path.names) {
            let path = "rt::cell::Cell or RefCell outside of a thread_local!".to_string();
            let instead = Instead::Alike("rt::cell::UnsafeCell or rt::sync::Mutex".to_string());
            self.found.push((line, What::Path { path, instead }));
            return path_end;
        }
        match called.then(|| self.macro_call(&path)).flatten() {
            Some(what) => self.found.push((line, what)),
            None => {
                let look = match self.names.below_std(&path.names, path.absolute) {
                    Some(below) if path.names.len() > 1 => known::look(&below),
                    Some(_) => Look::Fine,
                    None if path.names.len() > 1 => foreign(&path.names),
                    None => Look::Fine,
                };
                self.note(line, look);
            }
        }
        path.end
    }

    /// Whether a macro is the facade's.
    fn of_facade(&self, path: &Path) -> bool {
        match path.names.as_slice() {
            [name] => self.names.is_of_facade(name),
            names => self.names.through_facade(names),
        }
    }

    /// What a macro does that the checkers do not see.
    fn macro_call(&self, path: &Path) -> Option<What> {
        let last = path.names.last()?.as_str();
        match last {
            _ if self.of_facade(path) => None,
            "thread_local" => Some(What::ThreadLocal),
            "asm" | "global_asm" | "naked_asm" => Some(What::Assembly),
            "include" => Some(What::File("include!".to_string())),
            _ => None,
        }
    }

    fn note(&mut self, line: u32, look: Look) {
        if let Look::Unseen { path, instead } = look {
            self.found.push((line, What::Path { path, instead }));
        }
    }
}

/// Something of another crate's.
fn foreign(path: &[String]) -> Look {
    match path {
        [name, item, ..] if known::unseen_crate(name) => {
            Look::Unseen { path: format!("{name}::{item}"), instead: Instead::Nothing }
        }
        _ => Look::Fine,
    }
}
