//! A price list of four pages: customers keep the list as it was when they asked for it.

use super::rt::sync::{Arc, Mutex};

/// Four pages of prices. A list that somebody has does not change.
pub struct Prices {
    current: Mutex<Arc<List>>,
}

/// All pages at one moment.
#[derive(Clone)]
pub struct List {
    pages: [[u64; 64]; 4],
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Prices { current: shop | market | customer });

impl Prices {
    pub fn new() -> Prices {
        Prices { current: Mutex::new(Arc::new(List { pages: [[0; 64]; 4] })) }
    }

    /// The list as it is now, and stays for who has it.
    pub fn list(&self) -> Arc<List> {
        self.current.lock().unwrap().clone()
    }

    /// Changes the first price of two pages, at one moment.
    // TODO: a change copies no page but those that it changes: a list from before and one from
    // after share the others. A list that somebody has does not change, and asking for one copies
    // no page. You may change anything but the signatures.
    pub fn set(&self, pages: [usize; 2], price: u64) {
        let mut current = self.current.lock().unwrap();
        let mut list = List::clone(&current);
        pages.into_iter().for_each(|page| list.pages[page][0] = price);
        *current = Arc::new(list);
    }
}

impl List {
    /// A page.
    pub fn page(&self, page: usize) -> &[u64; 64] {
        &self.pages[page]
    }
}
