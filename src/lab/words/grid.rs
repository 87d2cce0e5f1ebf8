//! A grid of text: columns as wide as they must be, cells wrapped where they may be.

use unicode_width::UnicodeWidthChar;

use super::page::{pad, width as columns};

/// Rows under a header, for a fixed number of columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// What lies between two columns.
const BETWEEN: &str = " | ";

impl Grid {
    /// The width of each column, if no cell is wrapped.
    fn natural(&self) -> Vec<usize> {
        let rows = || std::iter::once(&self.header).chain(&self.rows);
        let widest = |cell: &str| cell.lines().map(columns).max().unwrap_or(0);
        let width = |column: usize| rows().map(|row| widest(&row[column])).max();
        (0..self.header.len()).map(|column| width(column).unwrap_or(0)).collect()
    }

    /// Widths that fit into `room` when the columns in `wrapped` may shrink down to `least`.
    pub(crate) fn widths(
        &self,
        room: usize,
        wrapped: std::ops::Range<usize>,
        least: usize,
    ) -> Option<Vec<usize>> {
        let mut widths = self.natural();
        let between = BETWEEN.len() * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + between > room {
            let widest = wrapped.clone().max_by_key(|&column| widths[column])?;
            if widths[widest] <= least {
                return None;
            }
            widths[widest] -= 1;
        }
        Some(widths)
    }

    /// The lines of each row, the header first, without line breaks.
    pub(crate) fn draw(&self, widths: &[usize]) -> Vec<Vec<String>> {
        let rows = std::iter::once(&self.header).chain(&self.rows);
        rows.map(|row| {
            let cells: Vec<Vec<String>> =
                row.iter().zip(widths).map(|(cell, &width)| lines(cell, width)).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(1);
            let line = |number: usize| {
                let cells = cells
                    .iter()
                    .zip(widths)
                    .map(|(cell, &width)| pad(cell.get(number).map_or("", String::as_str), width));
                cells.collect::<Vec<_>>().join(BETWEEN).trim_end().to_string()
            };
            (0..height).map(line).collect()
        })
        .collect()
    }

    /// The line under the header.
    pub(crate) fn rule(widths: &[usize]) -> String {
        let dashes: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
        dashes.join("-+-")
    }
}

/// How many of these characters fit into so many columns: at least the two that set a line in, and
/// one more.
fn fitting(text: &[char], room: usize) -> usize {
    let mut used = 0;
    let fits = text.iter().take_while(|letter| {
        used += letter.width().unwrap_or(0);
        used <= room
    });
    fits.count().max(3).min(text.len())
}

/// A cell in lines: it may hold line breaks of its own.
fn lines(cell: &str, width: usize) -> Vec<String> {
    cell.lines().flat_map(|line| fold(line, width)).collect()
}

/// A line of a cell in lines of at most `width` columns: broken before an arrow, else at a
/// space, else after a dot, else after an underscore, else hard.
/// What fits stays as it is, with its spaces.
fn fold(cell: &str, width: usize) -> Vec<String> {
    if columns(cell) <= width {
        return vec![cell.to_string()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut left: Vec<char> = cell.chars().collect();
    while columns(&String::from_iter(&left)) > width {
        let width = fitting(&left, width);
        // Not shorter than half a line, or the cell grows tall.
        let half = width / 2;
        let space = (half..=width).rev().find(|&at| left[at] == ' ');
        let arrow = (3..=width).find(|&at| {
            left[at] == ' ' && matches!(left.get(at + 1..at + 3), Some(['-', '>'] | ['<', '-']))
        });
        let after = |sign: char| (3..width).rev().find(|&at| left[at] == sign).map(|at| at + 1);
        // The two characters in front are set in, and an arrow stays with its value.
        let arrows = |at: usize| matches!(left[at - 2..at], ['-', '>'] | ['<', '-']);
        let early = || (3..half.max(3)).rev().find(|&at| left[at] == ' ' && !arrows(at));
        let sign = || after('.').or_else(|| after('_')).or_else(early);
        let cut = arrow.or(space).or_else(sign).unwrap_or(width);
        let rest = left.split_off(cut);
        lines.push(left.into_iter().collect::<String>().trim_end().to_string());
        let rest: String = rest.into_iter().collect();
        // What goes on is set in by two.
        left = format!("  {}", rest.trim_start()).chars().collect();
    }
    lines.push(left.into_iter().collect());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_a_terminal_draws_them() {
        assert_eq!((columns("torn"), columns("撕裂"), columns("e\u{301}")), (4, 4, 1));
        assert_eq!(fold("撕裂的表头", 6), ["撕裂的", "  表头"]);
        let grid = Grid {
            header: vec!["值".to_string(), "x".to_string()],
            rows: vec![vec!["撕裂".to_string(), "y".to_string()]],
        };
        let widths = grid.widths(40, 0..2, 3).expect("room");
        assert_eq!(grid.draw(&widths), [["值   | x"], ["撕裂 | y"]]);
    }

    #[test]
    fn a_long_cell_is_folded_at_a_space_or_a_dot() {
        assert_eq!(fold("array.load -> 1", 15), ["array.load -> 1"]);
        assert_eq!(fold("old[0].tags.swap -> 131 <- 1", 21), ["old[0].tags.swap", "  -> 131 <- 1"]);
        assert_eq!(
            fold("array.load -> 1 STALE, newest 2", 16),
            ["array.load", "  -> 1 STALE,", "  newest 2"]
        );
        assert_eq!(
            fold("old.buckets[0].slots[3].tag.load", 18),
            ["old.buckets[0].", "  slots[3].tag.", "  load"]
        );
    }

    #[test]
    fn a_word_is_broken_at_an_underscore_rather_than_anywhere() {
        assert_eq!(
            fold("top.compare_exchange failed -> 2", 15),
            ["top.", "  compare_", "  exchange", "  failed -> 2"]
        );
        assert_eq!(fold("0xffffffffffffff", 10), ["0xffffffff", "  ffffff"]);
    }

    #[test]
    fn only_the_named_columns_shrink() {
        let grid = Grid {
            header: vec!["line".into(), "writer".into()],
            rows: vec![vec!["21".into(), "length.store <- 16".into()]],
        };
        assert_eq!(grid.widths(80, 1..2, 8), Some(vec![4, 18]));
        assert_eq!(grid.widths(20, 1..2, 8), Some(vec![4, 13]));
        assert_eq!(grid.widths(10, 1..2, 8), None);
    }
}
