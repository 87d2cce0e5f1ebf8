//! A price list that is changed in place as long as nobody has it: make_mut copies otherwise.

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
        // Copies the list of pages if somebody has it, and then each page that somebody has.
        let list = Arc::make_mut(&mut current);
        for page in pages {
            Arc::make_mut(&mut list.pages[page])[0] = price;
        }
    }
}

impl List {
    /// A page.
    pub fn page(&self, page: usize) -> &[u64; 64] {
        &self.pages[page]
    }
}
