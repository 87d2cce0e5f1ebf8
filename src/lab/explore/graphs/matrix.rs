//! Relations between the events of a graph, as matrices of bits.

/// A relation between `n` events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Matrix {
    n: usize,
    /// Words a row.
    width: usize,
    bits: Vec<u64>,
}

impl Matrix {
    pub(super) fn new(n: usize) -> Matrix {
        let width = n.div_ceil(64);
        Matrix { n, width, bits: vec![0; n * width] }
    }

    pub(super) fn identity(n: usize) -> Matrix {
        let mut matrix = Matrix::new(n);
        (0..n).for_each(|a| matrix.set(a, a));
        matrix
    }

    pub(super) fn set(&mut self, a: usize, b: usize) {
        self.bits[a * self.width + b / 64] |= 1 << (b % 64);
    }

    pub(super) fn has(&self, a: usize, b: usize) -> bool {
        self.bits[a * self.width + b / 64] >> (b % 64) & 1 == 1
    }

    fn row(&self, a: usize) -> &[u64] {
        &self.bits[a * self.width..(a + 1) * self.width]
    }

    fn join(&mut self, a: usize, row: &[u64]) {
        for (mine, theirs) in self.bits[a * self.width..].iter_mut().zip(row) {
            *mine |= theirs;
        }
    }

    /// Pairs of either.
    pub(super) fn or(&self, other: &Matrix) -> Matrix {
        let bits = self.bits.iter().zip(&other.bits).map(|(a, b)| a | b).collect();
        Matrix { bits, ..*self }
    }

    /// From a to c, if this goes from a to some b, and the other from there to c.
    pub(super) fn then(&self, other: &Matrix) -> Matrix {
        let mut both = Matrix::new(self.n);
        for a in 0..self.n {
            for b in 0..self.n {
                if self.has(a, b) {
                    both.join(a, other.row(b));
                }
            }
        }
        both
    }

    /// The pairs that pass.
    pub(super) fn filter(&self, passes: impl Fn(usize, usize) -> bool) -> Matrix {
        let mut some = Matrix::new(self.n);
        for a in 0..self.n {
            for b in 0..self.n {
                if self.has(a, b) && passes(a, b) {
                    some.set(a, b);
                }
            }
        }
        some
    }

    /// Its transitive closure.
    pub(super) fn closed(&self) -> Matrix {
        let mut closed = self.clone();
        for b in 0..self.n {
            let row = closed.row(b).to_vec();
            for a in 0..self.n {
                if closed.has(a, b) {
                    closed.join(a, &row);
                }
            }
        }
        closed
    }

    /// Whether it has no cycle.
    pub(super) fn acyclic(&self) -> bool {
        // Whatever nobody points to is on none, and with it what only such events point to.
        let mut left: Vec<usize> = (0..self.n).collect();
        loop {
            let mut hit = vec![0; self.width];
            for a in &left {
                for (word, row) in hit.iter_mut().zip(self.row(*a)) {
                    *word |= row;
                }
            }
            let before = left.len();
            left.retain(|b| hit[b / 64] >> (b % 64) & 1 == 1);
            if left.is_empty() {
                return true;
            }
            if left.len() == before {
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_found_beside_what_leads_to_it() {
        let mut matrix = Matrix::new(70);
        matrix.set(0, 68);
        matrix.set(68, 69);
        matrix.set(69, 3);
        assert!(matrix.acyclic() && matrix.closed().has(0, 3));
        matrix.set(3, 68);
        assert!(!matrix.acyclic() && matrix.closed().has(68, 68));
        assert!(!matrix.then(&matrix).has(0, 68) && matrix.then(&matrix).has(0, 69));
    }
}
