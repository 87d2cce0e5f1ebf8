//! A price list with a lock for each page: the pages of a list are from different moments.

use super::rt::sync::{Arc, Mutex};

/// Four pages of prices. A list that somebody has does not change.
pub struct Prices {
    current: [Mutex<Arc<[u64; 64]>>; 4],
}

/// All pages at one moment.
#[derive(Clone)]
pub struct List {
    pages: [Arc<[u64; 64]>; 4],
}

racelab::fields!(Prices { current: shop | market | customer });

impl Prices {
    pub fn new() -> Prices {
        Prices { current: [(); 4].map(|()| Mutex::new(Arc::new([0; 64]))) }
    }

    /// The list as it is now, and stays for who has it.
    pub fn list(&self) -> Arc<List> {
        let page = |page: &Mutex<Arc<[u64; 64]>>| page.lock().unwrap().clone();
        Arc::new(List { pages: self.current.each_ref().map(page) })
    }

    /// Changes the first price of two pages, at one moment.
    pub fn set(&self, pages: [usize; 2], price: u64) {
        for page in pages {
            let mut current = self.current[page].lock().unwrap();
            let mut prices = **current;
            prices[0] = price;
            *current = Arc::new(prices);
        }
    }
}

impl List {
    /// A page.
    pub fn page(&self, page: usize) -> &[u64; 64] {
        &self.pages[page]
    }
}
