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
            return is_missing.then_some(&[]);
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

/// A key's name as it is compared.
pub(crate) fn fold(key: &str) -> Box<str> {
    key.to_lowercase().into()
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
}
