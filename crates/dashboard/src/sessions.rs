//! People see and end their own sessions, and administrators everybody's.

use access::{Occasion, Viewer, now};
use model::{
    Page, Timestamp,
    audit::{Event, Outcome},
    query::{has_word, paginate, words},
};
use store::{EndSessions, OwnSession, SignedIn, audit::Entry};

use crate::{Gantry, Refusal};

impl Gantry {
    /// The most sessions that each person has.
    pub fn most_sessions(&self) -> u32 {
        self.store.most_sessions()
    }

    /// The viewer's sessions, the last used first, and the server's time. They are
    /// [`Gantry::most_sessions`] at most.
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub async fn own_sessions(
        &self,
        viewer: &Viewer,
    ) -> Result<(Vec<OwnSession>, Timestamp), Refusal> {
        let sessions = self.store.sessions_of(&viewer.id, self.sessions);
        Ok((sessions.await?, now()))
    }

    /// People who have sessions, and every word of a text in their name or id; for administrators.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everybody else; [`Refusal::Store`].
    pub async fn signed_in(
        &self,
        viewer: &Viewer,
        text: &str,
        page: u32,
    ) -> Result<Page<SignedIn>, Refusal> {
        for_administrators(viewer)?;
        let people = self.store.signed_in(self.sessions, self.issuer.as_deref());
        let (mut people, text) = (people.await?, text.to_owned());
        let searching = move || {
            let total = u32::try_from(people.len()).unwrap_or(u32::MAX);
            people.retain(|signed_in| {
                let (name, id) = (&signed_in.name, signed_in.person.as_str());
                words(&text).all(|word| has_word(name, word) || has_word(id, word))
            });
            paginate(people, total, page, now())
        };
        Ok(self.work.run(&viewer.id, searching).await)
    }

    /// Ends sessions, and says how many there were: the viewer's own, or anybody's for administrators.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for others' sessions, except for administrators. [`Refusal::Store`]: then all
    /// of them go on, and the audit log says nothing.
    pub async fn end_sessions(
        &self,
        viewer: &Viewer,
        occasion: &Occasion,
        which: EndSessions<'_>,
    ) -> Result<u64, Refusal> {
        let is_own = match which {
            EndSessions::One(person, _)
            | EndSessions::Others(person, _)
            | EndSessions::Person(person) => *person == viewer.id,
            EndSessions::All => false,
        };
        if !is_own {
            for_administrators(viewer)?;
        }
        let by = Entry::new(Event::SessionsEnded, Outcome::Done, occasion).by(viewer);
        Ok(self.store.end_recorded(which, by).await?)
    }
}

fn for_administrators(viewer: &Viewer) -> Result<(), Refusal> {
    viewer.admin.then_some(()).ok_or(Refusal::NotFound)
}
