//! Lists that keep only their first entries while they are read: a million empty entries take far
//! more memory than their text.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{
    budget::{Budget, MAX_ENTRIES},
    object::Text,
};

/// The first entries of an array.
#[derive(Debug)]
pub(super) struct First<T> {
    entries: Vec<T>,
    more: usize,
}

/// The first entries of an object, in the order of the text.
#[derive(Debug)]
pub(super) struct FirstPairs<V>(First<(String, V)>);

impl<T> First<T> {
    /// The entries of a list that may be missing. Entries that were not kept count as cut.
    pub(super) fn of(list: Option<Self>, budget: &mut Budget) -> Vec<T> {
        let Some(list) = list else {
            return Vec::new();
        };
        budget.leave_out(list.more);
        list.entries
    }
}

impl<V> FirstPairs<V> {
    /// The entries of an object that may be missing, by key. Entries that were not kept count as
    /// cut.
    pub(super) fn of(object: Option<Self>, budget: &mut Budget) -> Vec<(String, V)> {
        let mut entries = First::of(object.map(|object| object.0), budget);
        entries.sort_by(|(left, _), (right, _)| left.cmp(right));
        entries
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for First<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Entries(PhantomData))
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for FirstPairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Pairs(PhantomData)).map(Self)
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = First<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<First<T>, A::Error> {
        let (mut entries, mut more) = (Vec::new(), 0);
        while entries.len() < MAX_ENTRIES {
            let Some(entry) = array.next_element()? else {
                return Ok(First { entries, more });
            };
            entries.push(entry);
        }
        while array.next_element::<IgnoredAny>()?.is_some() {
            more += 1;
        }
        Ok(First { entries, more })
    }
}

struct Pairs<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Pairs<V> {
    type Value = First<(String, V)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let (mut entries, mut more) = (Vec::new(), 0);
        while entries.len() < MAX_ENTRIES {
            let Some((Text(key), value)) = object.next_entry()? else {
                return Ok(First { entries, more });
            };
            entries.push((key, value));
        }
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            more += 1;
        }
        Ok(First { entries, more })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_entries_are_kept_and_the_rest_is_counted() {
        let text = format!("[{}0]", "0,".repeat(500_000));
        let first: First<u8> = serde_json::from_str(&text).unwrap();
        assert_eq!((first.entries.len(), first.more), (MAX_ENTRIES, 499_001));
        let mut budget = Budget::new(1);
        First::of(Some(first), &mut budget);
        assert_eq!(budget.cut(), 499_001);
    }

    #[test]
    fn another_type_is_refused_and_null_is_not_a_list() {
        assert!(serde_json::from_str::<First<u8>>("7").is_err());
        assert!(serde_json::from_str::<FirstPairs<u8>>("[]").is_err());
        assert!(
            serde_json::from_str::<Option<First<u8>>>("null")
                .unwrap()
                .is_none()
        );
    }
}
