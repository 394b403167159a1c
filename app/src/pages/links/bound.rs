//! Cookies that are valid for one session only. The next person who signs in with the same browser cannot use them, and
//! a cookie that another party planted in the browser is valid for no session.

use std::sync::Arc;

use hmac::{Hmac, Mac};
use model::SignInWay;
use sha2::Sha256;

use crate::request::Request;

/// The holder of a cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Holder {
    /// A session, by its key in the store. Only Gantry knows this key.
    Session(Arc<str>),
    /// A person behind a load balancer, which manages the sessions. Other people may know this person's ID.
    Person(Arc<str>),
    /// The next person who signs in: at the moment the browser is not signed in.
    Next,
}

impl Holder {
    /// The holder that sends the current request.
    pub(super) fn of(request: &Request) -> Self {
        let Some(viewer) = &request.viewer else {
            return Self::Next;
        };
        match &request.session {
            Some(session) if *request.sign_in != SignInWay::LoadBalancer => {
                Self::Session(Arc::clone(session))
            }
            _ => Self::Person(viewer.id.as_str().into()),
        }
    }

    /// A cookie value with a signature that only this holder can create.
    pub(super) fn seal(&self, name: &str, value: &str) -> String {
        format!("{}.{value}", self.mark(name, value))
    }

    /// The value, if this holder has signed it.
    pub(super) fn open<'a>(&self, name: &str, sealed: &'a str) -> Option<&'a str> {
        let (mark, value) = sealed.split_once('.')?;
        (mark == self.mark(name, value)).then_some(value)
    }

    /// The signature in hexadecimal digits. Empty for the next person who signs in.
    fn mark(&self, name: &str, value: &str) -> String {
        let (kind, key) = match self {
            Self::Session(session) => ("session", session),
            Self::Person(person) => ("person", person),
            Self::Next => return String::new(),
        };
        // HMAC takes keys of any length, so this case cannot happen. If it did, no cookie would be valid.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
            return "none".to_owned();
        };
        for part in [kind, name, value] {
            mac.update(part.as_bytes());
            mac.update(&[0]);
        }
        format!("{:x}", mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_valid_for_its_own_holder_and_name_only() {
        let holders = [
            Holder::Session("a1".into()),
            Holder::Session("b2".into()),
            Holder::Person("a1".into()),
            Holder::Next,
        ];
        for holder in &holders {
            let sealed = holder.seal("one", "a=b.c");
            for other in &holders {
                let opened = other.open("one", &sealed);
                assert_eq!(opened, (other == holder).then_some("a=b.c"), "{other:?}");
            }
        }
        let sealed = holders[0].seal("one", "value");
        assert_eq!(holders[0].open("two", &sealed), None);
        assert_eq!(holders[0].open("one", &format!("{sealed}s")), None);
        for planted in ["", ".", ".value", "value", "none.value"] {
            assert_eq!(holders[0].open("one", planted), None, "{planted}");
        }
    }
}
