//! Finds registered types by what a person types: a type's name, or a demo and a version of it.

use crate::TypeLayout;
use crate::find::find;

/// The types of `registry` that `pattern` names: all of a demo (`torn-header`) or of a version
/// (`torn-header/broken`, `torn-header::broken`), else those whose names fit best (see [`find`]).
pub fn find_registered<'a>(pattern: &str, registry: &'a [TypeLayout]) -> Vec<&'a TypeLayout> {
    let of_demo: Vec<&TypeLayout> =
        registry.iter().filter(|layout| is_of(pattern, layout)).collect();
    if !of_demo.is_empty() {
        return of_demo;
    }
    let names = registry.iter().map(|layout| layout.name.as_str());
    find(pattern, names).into_iter().map(|at| &registry[at]).collect()
}

/// Whether the type stands in the module of this demo, or of this version of one.
pub fn is_of(pattern: &str, layout: &TypeLayout) -> bool {
    let pattern = pattern.trim().replace('/', "::").replace('-', "_");
    let path = layout.path.as_str();
    // SafeMap is a crate of its own, called as the module is that gives it on.
    let module = match path.starts_with("racelab_safe_map::") {
        true => &path["racelab_".len()..],
        false => path.strip_prefix("racelab_demos::").unwrap_or_default(),
    };
    let after = module.strip_prefix(pattern.as_str());
    !pattern.is_empty() && after.is_some_and(|after| after.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str) -> Vec<usize> {
        let types = [
            ("SafeMap<u64, u64>", "racelab_safe_map::map::native::SafeMap<u64, u64>"),
            ("safe-map::insert::SafeMap<u64, u64, S>", "racelab_safe_map::map::SafeMap"),
            ("torn-header::broken::Header", "racelab_demos::torn_header::broken::native::Header"),
            ("torn-header::fixed::Header", "racelab_demos::torn_header::fixed::native::Header"),
            ("mine::torn_header::Own", "mine::torn_header::Own"),
            ("racelab_mine::torn_header::Two", "racelab_mine::torn_header::Two"),
        ];
        let layout = |(name, path): (&str, &str)| TypeLayout {
            name: name.to_owned(),
            path: path.to_owned(),
            ..TypeLayout::default()
        };
        let types = types.map(layout);
        let found = find_registered(pattern, &types);
        let place = |layout: &&TypeLayout| types.iter().position(|known| known == *layout);
        found.iter().filter_map(place).collect()
    }

    #[test]
    fn a_demo_a_version_or_a_type_is_found() {
        assert_eq!(found("torn-header"), [2, 3]);
        assert_eq!(found("torn-header/broken"), [2]);
        assert_eq!(found("torn-header::fixed"), [3]);
        assert_eq!(found("torn-header::fixed::Header"), [3]);
        assert_eq!(found("Header"), [2, 3]);
        assert_eq!(found("SafeMap"), [0]);
        assert_eq!(found("safe-map"), [0, 1]);
        assert_eq!(found("Own"), [4]);
        for nothing in ["mine/torn-header", "torn", "", "-", "broken", "torn-header/", "racelab"] {
            assert!(found(nothing).is_empty(), "{nothing}");
        }
    }
}
