//! Paths of many elements of one array told as one.

/// `path` without the numbers in its brackets: the same for all elements of an array.
pub fn template(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        out.push(letter);
    }
    out
}

/// The numbers in the brackets of `path`.
fn indices(path: &str) -> Vec<usize> {
    let inside = path.split('[').skip(1).filter_map(|part| part.split(']').next());
    inside.filter_map(|number| number.parse().ok()).collect()
}

/// `paths` in their order, where more than `most` that differ only in their indices are told in one
/// with the first and the end of each index: `slots[0..8].n`.
pub fn collapse<'a>(paths: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<String> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    let mut numbers = std::collections::HashMap::new();
    for path in paths {
        let template = template(path);
        let at = *numbers.entry(template.clone()).or_insert(groups.len());
        if at == groups.len() {
            groups.push((template, Vec::new()));
        }
        groups[at].1.push(path);
    }
    let mut told = Vec::new();
    for (template, paths) in groups {
        let places = template.matches("[]").count();
        if paths.len() <= most || places == 0 {
            told.extend(paths.into_iter().map(str::to_owned));
            continue;
        }
        let all: Vec<Vec<usize>> = paths.iter().map(|path| indices(path)).collect();
        let mut parts = template.split("[]");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for (place, part) in parts.enumerate() {
            let here = || all.iter().filter_map(|indices| indices.get(place));
            let (first, last) = (here().min().unwrap_or(&0), here().max().unwrap_or(&0));
            out += &match first == last {
                true => format!("[{first}]{part}"),
                false => format!("[{first}..{}]{part}", last + 1),
            };
        }
        told.push(out);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_one_array_are_told_in_one() {
        let paths = ["head", "s[0].n", "s[1].n", "s[4].n", "m[1][0]", "m[1][3]", "tail"];
        assert_eq!(collapse(paths, 9), paths);
        assert_eq!(collapse(paths, 1), ["head", "s[0..5].n", "m[1][0..4]", "tail"]);
        assert_eq!(template("a[12][3].b"), "a[][].b");
    }
}
