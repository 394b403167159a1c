//! What was typed into a form that made no link: the browser keeps it for some minutes, in a cookie that no
//! script reads. So a form that is shown again, also after a sign-in, is as it was left, without
//! anything of it in a URL or on the server. A second tab has a cookie of its own.
//!
//! What one session kept is for that session alone. What is kept while nobody is signed in is for the next person
//! who signs in. Somebody else may have put it there: it chooses nothing of what a link shows, nor on whose behalf.

use super::{bound::Holder, form::LinkForm};
use crate::paths;

/// What the names of these cookies begin with; the id of what was typed follows.
const COOKIE: &str = "gantry_typed_";

/// How long it is kept, in seconds: as long as a sign-in may take.
const KEPT: u32 = 15 * 60;

/// The most bytes of what was typed: browsers keep 4,096 with the mark, the name and attributes.
const LONGEST: usize = 3_500;

/// What the server sets for a browser to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value: characters that a cookie may hold.
    pub value: String,
    /// The paths that it is sent to.
    pub path: &'static str,
    /// How long it lasts, in seconds; 0 ends it.
    pub lasts: u32,
}

/// The cookie that keeps what was typed. Of a note that is longer than cookies the beginning.
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

/// The cookie that ends what was kept.
pub(super) fn forget(id: &str) -> Option<Cookie> {
    is_id(id).then(|| Cookie {
        name: format!("{COOKIE}{id}"),
        value: String::new(),
        path: paths::NEW_LINK,
        lasts: 0,
    })
}

/// What was typed, by the cookies of a request.
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

/// Whether a text is an id of ours: it becomes part of a header.
pub(super) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_note_makes_a_cookie_that_browsers_refuse() {
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
    fn an_id_of_somebody_elses_making_names_no_cookie() {
        for id in ["", "a=b; Path=/", "a\r\nset-cookie: x", &"a".repeat(65)] {
            assert_eq!(forget(id), None);
            let planted = |_: &str| Some(".note=x".to_owned());
            assert_eq!(read(id.to_owned(), planted, &Holder::Next), None);
        }
    }

    #[test]
    fn only_what_this_session_kept_chooses_what_a_link_shows() {
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
