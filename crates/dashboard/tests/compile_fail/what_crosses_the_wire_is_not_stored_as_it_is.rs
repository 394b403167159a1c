//! Stored data has its own format: no other text can be written to its column.

use model::link::Shared;
use store::stored::Text;

fn stored(shared: &Shared) -> Text {
    Text(serde_json::to_string(shared).unwrap_or_default())
}

fn main() {}
