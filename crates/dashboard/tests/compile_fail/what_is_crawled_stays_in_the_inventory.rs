//! The result of a crawler's call can be opened only in the inventory.

use ecr::{Crawled, ImageRecord};

fn shown_to_a_viewer(crawled: Crawled<Vec<ImageRecord>>) -> Vec<ImageRecord> {
    crawled.enter()
}

fn main() {}
