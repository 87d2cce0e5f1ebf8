//! Who writes which element: paths with indices, followed field by field.

use racelab::layout::{ElementWriter, Index, Step, steps};

/// What remains of one declared path at a place in the type.
#[derive(Clone)]
struct Open<'a> {
    steps: Vec<Step>,
    writer: &'a str,
    /// Variables of the path and the indices they stand for here.
    bound: Vec<(String, usize)>,
    /// It passed an array of more than one element without an index.
    loose: bool,
}

/// The declared paths that lead to, or through, a place in the type.
#[derive(Clone, Default)]
pub(super) struct Declarations<'a> {
    open: Vec<Open<'a>>,
}

impl<'a> Declarations<'a> {
    /// All of them, at the start of the type.
    pub(super) fn new(of: &'a [ElementWriter]) -> Declarations<'a> {
        let open = of.iter().filter_map(|of| {
            let steps = steps(&of.path)?;
            Some(Open { steps, writer: &of.writer, bound: Vec::new(), loose: false })
        });
        Declarations { open: open.collect() }
    }

    /// Those that lead into the field `name`. Through a `transparent` one (without a name, or a
    /// base class) lead those of its fields, too.
    pub(super) fn inside(&self, name: &str, transparent: bool) -> Declarations<'a> {
        let mut open = Vec::new();
        for one in &self.open {
            match one.steps.first() {
                Some(Step::Field(first)) if first == name => open.push(one.after_first()),
                Some(Step::Element(_)) if name.is_empty() => open.push(one.clone()),
                Some(_) if transparent => open.push(one.clone()),
                _ => {}
            }
        }
        Declarations { open }
    }

    /// Those that lead into the variant `name`, which may be left out.
    pub(super) fn passing(&self, name: &str) -> Declarations<'a> {
        let pass = |one: &Open<'a>| match one.steps.first() {
            Some(Step::Field(first)) if first == name => one.after_first(),
            _ => one.clone(),
        };
        Declarations { open: self.open.iter().map(pass).collect() }
    }

    /// Those that lead into the element of this number, of an array with `several`.
    pub(super) fn at(&self, number: usize, several: bool) -> Declarations<'a> {
        let mut open = Vec::new();
        for one in &self.open {
            match one.steps.first() {
                Some(Step::Element(index)) if index.holds(number) => {
                    let mut next = one.after_first();
                    if let Index::Each(variable) = index {
                        next.bound.push((variable.clone(), number));
                    }
                    open.push(next);
                }
                Some(Step::Element(_)) => {}
                // Without an index, every element is meant.
                _ => open.push(Open { loose: one.loose || several, ..one.clone() }),
            }
        }
        Declarations { open }
    }

    /// Whether the writer of this number of [`Declarations::writers`] passed an array without an
    /// index.
    pub(super) fn is_loose(&self, number: usize) -> bool {
        let done = self.open.iter().filter(|one| one.steps.is_empty());
        done.clone().nth(number).is_some_and(|one| one.loose)
    }

    /// Who writes all of the bytes here.
    pub(super) fn writers(&self) -> Vec<String> {
        self.open.iter().filter(|one| one.steps.is_empty()).map(Open::actor).collect()
    }

    /// Whether single parts of what is here have writers of their own.
    pub(super) fn deeper(&self) -> bool {
        self.open.iter().any(|one| !one.steps.is_empty())
    }

    /// The indices into the array here at which something changes.
    pub(super) fn borders(&self) -> Vec<usize> {
        let borders = self.open.iter().filter_map(|one| match one.steps.first() {
            Some(Step::Element(Index::At(at))) => Some(vec![*at]),
            Some(Step::Element(Index::Within(from, to))) => Some(vec![*from, *to]),
            _ => None,
        });
        borders.flatten().collect()
    }
}

impl<'a> Open<'a> {
    fn after_first(&self) -> Open<'a> {
        Open { steps: self.steps[1..].to_vec(), ..self.clone() }
    }

    /// The name of the writer with each variable replaced where it stands as a word of its own.
    fn actor(&self) -> String {
        let mut name = String::new();
        let mut word = String::new();
        for letter in self.writer.chars().chain(['\0']) {
            if letter.is_alphanumeric() || letter == '_' || letter == '*' {
                word.push(letter);
                continue;
            }
            match self.bound.iter().find(|(variable, _)| *variable == word) {
                Some((_, number)) => name.push_str(&number.to_string()),
                None => name.push_str(&word),
            }
            word.clear();
            name.push(letter);
        }
        name.trim_end_matches('\0').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_has_the_writer_of_its_index() {
        let writer = |path: &str, writer: &str| ElementWriter {
            path: path.to_owned(),
            writer: writer.to_owned(),
        };
        let all = [
            writer("m[i][j].n", "thread i of j"),
            writer("m[0]", "first in line i"),
            writer("m[7][1..3].n", "x"),
        ];
        let start = Declarations::new(&all).inside("m", false);
        assert_eq!(start.borders(), [0, 7]);
        let zero = start.at(0, true).at(2, true);
        assert_eq!((zero.writers(), zero.deeper()), (vec!["first in line i".to_owned()], true));
        assert_eq!(zero.inside("n", false).writers(), ["thread 0 of 2"]);
        let seven = start.at(7, true).at(2, true).inside("n", false);
        assert_eq!(seven.writers(), ["thread 7 of 2", "x"]);
        assert!(!start.at(7, true).at(2, true).inside("other", false).deeper());
    }
}
