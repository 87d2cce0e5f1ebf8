//! A price list that is changed in place: whoever asks gets a copy of all of it.

use super::rt::sync::{Arc, Mutex};

/// Four pages of prices. A list that somebody has does not change.
pub struct Prices {
    current: Mutex<List>,
}

/// All pages at one moment.
#[derive(Clone)]
pub struct List {
    pages: [[u64; 64]; 4],
}

racelab::fields!(Prices { current: shop | market | customer });

impl Prices {
    pub fn new() -> Prices {
        Prices { current: Mutex::new(List { pages: [[0; 64]; 4] }) }
    }

    /// The list as it is now, and stays for who has it.
    pub fn list(&self) -> Arc<List> {
        Arc::new(self.current.lock().unwrap().clone())
    }

    /// Changes the first price of two pages, at one moment.
    pub fn set(&self, pages: [usize; 2], price: u64) {
        let mut current = self.current.lock().unwrap();
        pages.into_iter().for_each(|page| current.pages[page][0] = price);
    }
}

impl List {
    /// A page.
    pub fn page(&self, page: usize) -> &[u64; 64] {
        &self.pages[page]
    }
}
