//! `[events]`: the queue, and its region.

use super::*;

const QUEUE: &str = "https://sqs.eu-central-1.amazonaws.com/111122223333/gantry";

fn region(written: &str) -> Option<String> {
    let config = parse(written).unwrap();
    config.gantry.events.queue.map(|queue| queue.region)
}

#[test]
fn the_region_is_that_of_the_url_unless_it_is_set() {
    assert_eq!(
        region(""),
        None,
        "without a queue there is nothing to receive"
    );
    let queue = format!("[events]\nqueue_url = \"{QUEUE}\"\n");
    assert_eq!(region(&queue).as_deref(), Some("eu-central-1"));
    let other = format!("{queue}region = \"eu-west-1\"\n");
    assert_eq!(region(&other).as_deref(), Some("eu-west-1"));
    let local = "[events]\nqueue_url = \"http://127.0.0.1:4566/000000000000/gantry\"\n";
    assert!(complaint(local).contains("events.region"));
}

#[test]
fn what_is_no_url_of_a_queue_is_refused() {
    for wrong in [
        "",
        "gantry",
        "ftp://sqs.eu-central-1.amazonaws.com/1/gantry",
        "https://sqs.eu-central-1.amazonaws.com",
        "https://user@sqs.eu-central-1.amazonaws.com/1/gantry",
    ] {
        let complaint = complaint(&format!("[events]\nqueue_url = \"{wrong}\"\n"));
        assert!(complaint.contains("queue_url"), "{wrong}: {complaint}");
    }
    let complaint = complaint("[events]\nregion = \"eu-central-1\"\n");
    assert!(complaint.contains("events.region"), "{complaint}");
}
