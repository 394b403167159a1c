//! What a call for nobody brings cannot be opened outside of the inventory.

use ecr::{Crawled, ImageRecord};

fn shown_to_a_viewer(crawled: Crawled<Vec<ImageRecord>>) -> Vec<ImageRecord> {
    crawled.enter()
}

fn main() {}
