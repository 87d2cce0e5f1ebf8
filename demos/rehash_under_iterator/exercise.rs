//! A teacher calls the roll row by row, while the class is seated anew in more rows, or in fewer.

use super::rt::sync::Mutex;

/// Who sits where: each pupil is a number, in the row that is its remainder by the number of rows.
pub struct Class {
    rows: Mutex<Vec<Vec<u64>>>,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
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
    // TODO: each pupil must be called, and none twice, however often the class is seated anew; and
    // whoever is called may ask for a row. You may change anything but the signatures.
    pub fn call(&self, mut call: impl FnMut(u64)) {
        let mut at = 0;
        loop {
            let Some(row) = self.rows.lock().unwrap().get(at).cloned() else { return };
            row.into_iter().for_each(&mut call);
            at += 1;
        }
    }
}

fn seated(pupils: &[u64], rows: usize) -> Vec<Vec<u64>> {
    let belongs = |pupil: u64, row: usize| pupil as usize % rows == row;
    let row = |at| pupils.iter().copied().filter(|&pupil| belongs(pupil, at)).collect();
    (0..rows).map(row).collect()
}
