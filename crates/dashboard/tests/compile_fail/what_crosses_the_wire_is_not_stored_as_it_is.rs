//! What is stored has a format of its own: no other text ends up in its column.

use model::link::Shared;
use store::stored::Text;

fn stored(shared: &Shared) -> Text {
    Text(serde_json::to_string(shared).unwrap_or_default())
}

fn main() {}
