//! What is known about a request in addition to principal, action and resource.

/// Condition keys with their values. Names are case-insensitive.
///
/// A key that is not in the context is not known; a key without values is known to be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// Sorted by name. Names are in lower case.
    keys: Vec<(Box<str>, Values)>,
    /// Prefixes in lower case. The context has all keys of the request that start with one of them.
    complete: Vec<Box<str>>,
}

/// The values of a key: most keys have one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Values {
    One(Box<str>),
    Many(Box<[Box<str>]>),
}

impl Context {
    /// Sets a key's values and replaces the previous ones.
    pub fn set<T: Into<Box<str>>>(&mut self, key: &str, values: impl IntoIterator<Item = T>) {
        let mut values = values.into_iter().map(Into::into);
        let values = match (values.next(), values.next()) {
            (Some(one), None) => Values::One(one),
            (first, second) => {
                Values::Many(first.into_iter().chain(second).chain(values).collect())
            }
        };
        let key = fold(key);
        match self.place(&key) {
            Ok(place) => self.keys[place].1 = values,
            Err(place) => self.keys.insert(place, (key, values)),
        }
    }

    /// Records that the request does not have a key.
    pub fn set_absent(&mut self, key: &str) {
        self.set(key, std::iter::empty::<Box<str>>());
    }

    /// Records that the context has all keys of the request with this prefix.
    pub fn set_complete(&mut self, prefix: &str) {
        self.complete.push(fold(prefix));
    }

    /// Forgets all keys with this prefix: whether the request has them is not known.
    pub(crate) fn forget(&mut self, prefix: &str) {
        let prefix = fold(prefix);
        self.keys.retain(|(key, _)| !key.starts_with(&*prefix));
        self.complete.retain(|known| *known != prefix);
    }

    /// The values of a key, whose name is in lower case. None if the key is not known.
    pub(crate) fn find(&self, key: &str) -> Option<&[Box<str>]> {
        let Ok(place) = self.place(key) else {
            let is_missing = self
                .complete
                .iter()
                .any(|prefix| key.starts_with(&**prefix));
            let is_another = |(known, _): &(Box<str>, _)| !same_beyond_ascii(known, key);
            return (is_missing && self.keys.iter().all(is_another)).then_some(&[]);
        };
        Some(match &self.keys[place].1 {
            Values::One(value) => std::slice::from_ref(value),
            Values::Many(values) => values,
        })
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.keys.binary_search_by(|(known, _)| (**known).cmp(key))
    }
}

/// A name of the language, such as that of a key or an action, in the form for comparison: ASCII letters in lower
/// case.
pub(crate) fn fold(name: &str) -> Box<str> {
    name.to_ascii_lowercase().into()
}

/// Whether two texts, one of which is not all ASCII, differ only in case. AWS does not document whether it treats
/// them as equal.
pub(crate) fn same_beyond_ascii(left: &str, right: &str) -> bool {
    !(left.is_ascii() && right.is_ascii()) && left.to_lowercase() == right.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_any_case_and_the_last_values_are_kept() {
        let mut context = Context::default();
        context.set("aws:SourceIp", ["10.0.0.1"]);
        context.set("AWS:SOURCEIP", ["10.0.0.2", "10.0.0.3"]);
        context.set_absent("aws:username");
        context.set_complete("aws:ResourceTag/");
        assert_eq!(context.find("aws:sourceip").map(<[_]>::len), Some(2));
        assert_eq!(context.find("aws:username").map(<[_]>::len), Some(0));
        assert_eq!(
            context.find("aws:resourcetag/stage").map(<[_]>::len),
            Some(0)
        );
        assert_eq!(context.find("aws:principalarn"), None);
    }

    #[test]
    fn a_tag_that_differs_by_case_beyond_ascii_is_not_known_to_be_missing() {
        let mut context = Context::default();
        context.set_complete("aws:ResourceTag/");
        context.set("aws:ResourceTag/\u{212A}elvin", ["1"]);
        context.set("aws:ResourceTag/Ebene-\u{d6}", ["2"]);
        let found = |key: &str| context.find(&fold(key)).map(<[_]>::len);
        assert_eq!(found("aws:ResourceTag/\u{212A}ELVIN"), Some(1));
        assert_eq!(found("aws:ResourceTag/kelvin"), None);
        assert_eq!(found("aws:ResourceTag/EBENE-\u{f6}"), None);
        assert_eq!(found("aws:ResourceTag/ebene-\u{d6}"), Some(1));
        assert_eq!(found("aws:ResourceTag/stage"), Some(0));
    }
}
