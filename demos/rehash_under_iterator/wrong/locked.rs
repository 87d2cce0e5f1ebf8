//! A teacher who has nobody seated anew while calling, and nobody else ask for a row either.

use super::rt::sync::Mutex;

/// Who sits where: each pupil is a number, in the row that is its remainder by the number of rows.
pub struct Class {
    rows: Mutex<Vec<Vec<u64>>>,
}

racelab::fields!(Class { rows: caretaker -> teacher });

impl Class {
    pub fn new(pupils: &[u64], rows: usize) -> Class {
        Class { rows: Mutex::new(seated(pupils, rows)) }
    }

    /// Seats everybody anew, in so many rows.
    pub fn seat(&self, rows: usize) {
        let mut all = self.rows.lock().unwrap();
        *all = seated(&all.concat(), rows);
    }

    /// The row of a pupil, if there is such a pupil.
    pub fn row(&self, pupil: u64) -> Option<usize> {
        self.rows.lock().unwrap().iter().position(|row| row.contains(&pupil))
    }

    /// Calls every pupil, in any order.
    pub fn call(&self, mut call: impl FnMut(u64)) {
        // The lock is held while each of them is called.
        let rows = self.rows.lock().unwrap();
        rows.iter().flatten().for_each(|&pupil| call(pupil));
    }
}

fn seated(pupils: &[u64], rows: usize) -> Vec<Vec<u64>> {
    let belongs = |pupil: u64, row: usize| pupil as usize % rows == row;
    let row = |at| pupils.iter().copied().filter(|&pupil| belongs(pupil, at)).collect();
    (0..rows).map(row).collect()
}
