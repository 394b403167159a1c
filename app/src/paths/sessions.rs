//! The URLs of sessions, and the notices of how many were ended.

use super::{END_SESSIONS, SIGNED_IN, read_return, value_of, with_query, words_and_page};

/// People who have sessions and whose name or ID contains every word of a text.
pub fn signed_in(text: &str, page: u32) -> String {
    with_query(SIGNED_IN, words_and_page(text, page))
}

/// The notice of how many sessions were ended.
pub fn ended(count: u64) -> String {
    format!("ended={count}")
}

/// The page that asks to confirm that a person's sessions end, by the sign-in's ID.
pub fn end_person(person: &str, back: &str) -> String {
    with_query(END_SESSIONS, [("person", person), ("return", back)])
}

/// The page that asks to confirm that the viewer's other sessions end.
pub fn end_others() -> String {
    with_query(END_SESSIONS, [("others", "true")])
}

/// The sessions that the page is asked to end (a person's by the sign-in's ID, or the viewer's others), and the path to
/// return to.
pub fn read_end(query: &str) -> (Option<String>, bool, Option<String>) {
    let others = value_of(query, "others").is_some_and(|value| value == "true");
    (value_of(query, "person"), others, read_return(query))
}

/// How many sessions were ended, from a notice.
pub fn read_ended(notice: &str) -> Option<u64> {
    value_of(notice, "ended")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paths::{SESSIONS, query_of, read_words_and_page, with_notice};

    #[test]
    fn a_notice_says_how_many_sessions_were_ended() {
        assert_eq!(read_ended(&ended(3)), Some(3));
        assert_eq!(read_ended("ended=all"), None);
        let url = with_notice(&signed_in("ana i", 2), &ended(3));
        assert_eq!(read_words_and_page(query_of(&url)), ("ana i".into(), 2));
        assert_eq!(with_notice(SESSIONS, &ended(0)), "/sessions?ended=0");
    }
}
