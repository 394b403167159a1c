//! What is known of a request beside who asks for what.

/// Condition keys with their values. Names are compared in any case.
///
/// A key that is not here is not known; one without values is known to be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// In the order of the names, which are in lower case.
    keys: Vec<(Box<str>, Values)>,
    /// Prefixes in lower case: of keys that begin so, all that the request has are here.
    complete: Vec<Box<str>>,
}

/// The values of a key: most have one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Values {
    One(Box<str>),
    Many(Box<[Box<str>]>),
}

impl Context {
    /// Sets a key's values, in place of what it had.
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

    /// Notes that the request has no such key.
    pub fn set_absent(&mut self, key: &str) {
        self.set(key, std::iter::empty::<Box<str>>());
    }

    /// Notes that of the keys with this prefix all are here that the request has.
    pub fn set_complete(&mut self, prefix: &str) {
        self.complete.push(fold(prefix));
    }

    /// The values of a key, whose name is in lower case; none where it is not known.
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

/// A name of the language, such as that of a key or an action, as it is compared: in any case of the
/// letters of ASCII.
pub(crate) fn fold(name: &str) -> Box<str> {
    name.to_ascii_lowercase().into()
}

/// Whether two texts of which one is not all ASCII differ in nothing but case. AWS does not document
/// whether these are the same to it.
pub(crate) fn same_beyond_ascii(left: &str, right: &str) -> bool {
    !(left.is_ascii() && right.is_ascii()) && left.to_lowercase() == right.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_any_case_and_the_last_values_stay() {
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
