//! Paths with indices: `slots[i].n`, `m[0][2..4]`, `(Base).count`.

/// Which elements of an array are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Index {
    /// One.
    At(usize),
    /// From the first to before the second.
    Within(usize, usize),
    /// Each, under this name.
    Each(String),
}

impl Index {
    /// Whether the element of this number is meant.
    pub fn holds(&self, number: usize) -> bool {
        match self {
            Index::At(at) => *at == number,
            Index::Within(from, to) => (*from..*to).contains(&number),
            Index::Each(_) => true,
        }
    }

    /// Whether an array of this length has an element that is meant.
    pub fn reaches(&self, length: usize) -> bool {
        match self {
            Index::At(first) | Index::Within(first, _) => *first < length,
            Index::Each(_) => length > 0,
        }
    }
}

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A field.
    Field(String),
    /// Elements of the array before it.
    Element(Index),
}

/// The parts of `path`; `None` if a bracket is not closed or holds no index. A dot inside of
/// brackets or parentheses belongs to the name.
pub fn steps(path: &str) -> Option<Vec<Step>> {
    let mut found = Vec::new();
    let mut name = String::new();
    let mut depth = 0usize;
    let mut rest = path.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '[' if depth == 0 => {
                if !name.is_empty() {
                    found.push(Step::Field(std::mem::take(&mut name)));
                }
                let inside: String = rest.by_ref().take_while(|&c| c != ']').collect();
                let closed = path.len() - rest.as_str().len();
                if !path[..closed].ends_with(']') {
                    return None;
                }
                found.push(Step::Element(index(inside.trim())?));
            }
            '.' if depth == 0 => {
                if !name.is_empty() {
                    found.push(Step::Field(std::mem::take(&mut name)));
                }
            }
            letter => {
                match letter {
                    '(' | '<' | '{' => depth += 1,
                    ')' | '>' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                name.push(letter);
            }
        }
    }
    if !name.is_empty() {
        found.push(Step::Field(name));
    }
    Some(found)
}

fn index(text: &str) -> Option<Index> {
    if let Ok(number) = text.parse() {
        return Some(Index::At(number));
    }
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        return (from < to).then_some(Index::Within(from, to));
    }
    let word = text.chars().all(|c| c.is_alphanumeric() || c == '_');
    (text == "*" || word && !text.is_empty()).then(|| Index::Each(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_fields_and_elements() {
        let field = |name: &str| Step::Field(name.to_owned());
        let each = |name: &str| Step::Element(Index::Each(name.to_owned()));
        let cases = [
            ("slots[i].n", Some(vec![field("slots"), each("i"), field("n")])),
            ("m[0][2..4]", {
                let (zero, some) = (Index::At(0), Index::Within(2, 4));
                Some(vec![field("m"), Step::Element(zero), Step::Element(some)])
            }),
            ("(a.Base).n", Some(vec![field("(a.Base)"), field("n")])),
            ("[3].n", Some(vec![Step::Element(Index::At(3)), field("n")])),
            ("a[*]", Some(vec![field("a"), each("*")])),
            ("a[", None),
            ("a[1", None),
            ("a[]", None),
            ("a[4..2]", None),
            ("", Some(vec![])),
        ];
        for (path, expected) in cases {
            assert_eq!(steps(path), expected, "{path}");
        }
    }
}
