//! A price list of four pages with an owner count each: a change copies two of them.

use super::rt::sync::{Arc, Mutex};

/// Four pages of prices. A list that somebody has does not change.
pub struct Prices {
    current: Mutex<Arc<List>>,
}

/// All pages at one moment.
#[derive(Clone)]
pub struct List {
    pages: [Arc<[u64; 64]>; 4],
}

racelab::fields!(Prices { current: shop | market | customer });

impl Prices {
    pub fn new() -> Prices {
        let pages = [(); 4].map(|()| Arc::new([0; 64]));
        Prices { current: Mutex::new(Arc::new(List { pages })) }
    }

    /// The list as it is now, and stays for who has it.
    pub fn list(&self) -> Arc<List> {
        self.current.lock().unwrap().clone()
    }

    /// Changes the first price of two pages, at one moment.
    pub fn set(&self, pages: [usize; 2], price: u64) {
        let mut current = self.current.lock().unwrap();
        let mut list = List::clone(&current);
        for page in pages {
            let mut prices = *list.pages[page];
            prices[0] = price;
            list.pages[page] = Arc::new(prices);
        }
        *current = Arc::new(list);
    }
}

impl List {
    /// A page.
    pub fn page(&self, page: usize) -> &[u64; 64] {
        &self.pages[page]
    }
}
