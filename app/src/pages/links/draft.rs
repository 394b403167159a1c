//! Drafts: what was typed into a form that created no link. The browser keeps it for some minutes, in a cookie that
//! scripts cannot read. So the form is filled in when it is shown again, also after a sign-in, and nothing of it is in
//! a URL or on the server. A second tab has its own cookie.
//!
//! A draft from a session is valid for that session only. A draft from a browser that is not signed in is for the next
//! person who signs in. Another party may have planted it, so it decides neither what a link shows nor for which team
//! it is created.

use super::{bound::Holder, form::LinkForm};
use crate::paths;

/// The prefix of the cookie names. The draft's ID follows.
const COOKIE: &str = "gantry_typed_";

/// The lifetime in seconds: long enough for a sign-in.
const KEPT: u32 = 15 * 60;

/// The most bytes of a draft. Browsers limit a cookie to 4,096 bytes with its signature, name and attributes.
const LONGEST: usize = 3_500;

/// A cookie that the server sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// The name.
    pub name: String,
    /// The value, in characters that a cookie allows.
    pub value: String,
    /// The path that it is sent to.
    pub path: &'static str,
    /// The lifetime in seconds; 0 deletes it.
    pub lasts: u32,
}

/// The cookie that keeps a draft. A note that is too long for a cookie is cut.
pub(super) fn keep(id: &str, form: &LinkForm, holder: &Holder) -> Cookie {
    let shorter = (0..12).map(|halves| form.with_note_of(2_048 >> halves));
    let fitting = shorter.map(|form| form.typed());
    let value = fitting.into_iter().find(|typed| typed.len() <= LONGEST);
    let name = format!("{COOKIE}{id}");
    Cookie {
        lasts: if value.is_some() { KEPT } else { 0 },
        value: value.map_or(String::new(), |value| holder.seal(&name, &value)),
        name,
        path: paths::NEW_LINK,
    }
}

/// The cookie that deletes a draft.
pub(super) fn forget(id: &str) -> Option<Cookie> {
    is_id(id).then(|| Cookie {
        name: format!("{COOKIE}{id}"),
        value: String::new(),
        path: paths::NEW_LINK,
        lasts: 0,
    })
}

/// The draft in the cookies of a request.
pub(super) fn read(
    id: String,
    cookie: impl Fn(&str) -> Option<String>,
    holder: &Holder,
) -> Option<LinkForm> {
    let name = format!("{COOKIE}{id}");
    let kept = is_id(&id).then(|| cookie(&name))??;
    let own = holder.open(&name, &kept);
    let typed = own.or_else(|| Holder::Next.open(&name, &kept))?;
    let form = LinkForm::retyped(typed, id);
    Some(match (own, holder) {
        (Some(_), Holder::Session(_)) => form,
        _ => form.without_consent(),
    })
}

/// Whether a text is an ID that Gantry created: it becomes part of a header.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_with_a_long_note_fits_into_a_cookie() {
        for note in ["", "INC-4711", &"事故".repeat(200), &"😀".repeat(50_000)] {
            let typed = form_urlencoded::byte_serialize(note.as_bytes()).collect::<String>();
            let form = LinkForm::retyped(
                &format!("registry=retail&name=a%2Fb&note={typed}"),
                String::new(),
            );
            let here = Holder::Session("a1".into());
            let cookie = keep("0b1c", &form, &here);
            assert!(
                cookie.value.len() + 400 <= 4_096,
                "{} bytes",
                cookie.value.len()
            );
            let kept = read("0b1c".into(), |_| Some(cookie.value.clone()), &here);
            assert_eq!(kept.and_then(|form| form.target()), form.target());
        }
    }

    #[test]
    fn an_id_that_gantry_did_not_create_names_no_cookie() {
        for id in ["", "a=b; Path=/", "a\r\nset-cookie: x", &"a".repeat(65)] {
            assert_eq!(forget(id), None);
            let planted = |_: &str| Some(".note=x".to_owned());
            assert_eq!(read(id.to_owned(), planted, &Holder::Next), None);
        }
    }

    #[test]
    fn only_a_draft_of_this_session_decides_what_a_link_shows() {
        let all = "registry=retail&name=a%2Fb&note=x&environment=on&accounts=on&bearer=b";
        let form = LinkForm::retyped(all, "0b1c".into());
        let bare = form.clone().without_consent();
        assert_eq!(
            (bare.environment.as_ref(), bare.accounts.as_ref()),
            (None, None)
        );
        assert_eq!((bare.bearer.as_str(), bare.note.as_str()), ("", "x"));
        let here = Holder::Session("a1".into());
        let person = Holder::Person("ana".into());
        let readers = [here.clone(), Holder::Session("b2".into()), person.clone()];
        for (keeper, found) in [
            (here, [Some(&form), None, None]),
            (person, [None, None, Some(&bare)]),
            (Holder::Next, [Some(&bare); 3]),
        ] {
            let kept = keep("0b1c", &form, &keeper);
            let read = |reader| read("0b1c".into(), |_| Some(kept.value.clone()), reader);
            assert_eq!(
                readers.each_ref().map(read).each_ref().map(Option::as_ref),
                found
            );
        }
    }
}
