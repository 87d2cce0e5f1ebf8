//! What a person probably meant: the known names closest to a misspelt one.

use crate::names::{base, short};

/// Up to three of `names` that look most like `wanted`, best first; empty when none does.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = wanted.trim_matches('*').to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let allowed = (wanted.chars().count() / 3).clamp(1, 4);
    let mut close: Vec<(usize, &str)> = Vec::new();
    for name in names {
        let brief = short(base(name)).to_lowercase();
        let whole = name.to_lowercase();
        let bare = &whole[..whole.find('<').unwrap_or(whole.len())];
        let last = bare.rsplit(['.', ' ', '/', ':']).next().unwrap_or(bare);
        let best = [last, &brief, &whole]
            .iter()
            .map(|name| distance(&wanted, name))
            .min()
            .unwrap_or(usize::MAX);
        let inside = wanted.len() >= 3 && brief.contains(&wanted);
        if best <= allowed || inside {
            close.push((if inside { best.min(allowed) } else { best }, name));
        }
    }
    close.sort();
    close.dedup();
    close.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Whether the last part of a name looks like the last part of what was wanted.
pub(crate) fn is_near(wanted: &str, name: &str) -> bool {
    let name = name.rsplit(['.', ' ', '/', ':']).next().unwrap_or(name);
    !nearest(wanted, [name]).is_empty()
}

/// How many letters have to be changed, added or dropped, or neighbours exchanged. Names whose
/// lengths differ by more than eight are not compared and count as far apart.
fn distance(a: &str, b: &str) -> usize {
    if a.len().abs_diff(b.len()) > 8 { usize::MAX } else { strsim::osa_distance(a, b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let names = [
            "SafeMap<u64, u64>",
            "false-sharing/broken Counters",
            "torn-header/broken Header",
            "sync.Map",
        ];
        assert_eq!(nearest("SaveMap", names), ["SafeMap<u64, u64>"]);
        assert_eq!(nearest("Heder", names), ["torn-header/broken Header"]);
        assert_eq!(nearest("Count", names), ["false-sharing/broken Counters"]);
        assert_eq!(nearest("xyzzy", names), [] as [&str; 0]);
        assert_eq!(nearest("", names), [] as [&str; 0]);
        assert_eq!(nearest("hoels", ["holes", "shoes"]), ["holes"]);
        assert_eq!((distance("kitten", "sitting"), distance("", "ab")), (3, 2));
    }
}
