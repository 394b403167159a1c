//! People see and end their own sessions; administrators see and end all sessions.

use access::{RequestOrigin, Viewer, now};
use model::{
    Page, Timestamp,
    audit::{Event, Outcome},
    query::{has_word, paginate, words},
};
use std::sync::Arc;
use store::{EndSessions, OwnSession, SignedIn, audit::Entry};
use store::{SessionTimes, Store};

use crate::{Catalog, Refusal};

/// The sessions of people.
#[derive(Debug, Clone)]
pub struct Sessions {
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) store: Store,
    pub(crate) times: SessionTimes,
    pub(crate) issuer: Option<Arc<str>>,
}

impl Sessions {
    /// The maximum number of sessions per person.
    pub fn most(&self) -> u32 {
        self.store.most_sessions()
    }

    /// The viewer's sessions, the most recently used first, and the server's time. At most
    /// [`Sessions::most`].
    ///
    /// # Errors
    /// [`Refusal::Store`].
    pub async fn own(&self, viewer: &Viewer) -> Result<(Vec<OwnSession>, Timestamp), Refusal> {
        let sessions = self.store.sessions_of(&viewer.id, self.times);
        Ok((sessions.await?, now()))
    }

    /// People with sessions whose name or ID contains every word of a text. For administrators.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everyone else; [`Refusal::Store`].
    pub async fn signed_in(
        &self,
        viewer: &Viewer,
        text: &str,
        page: u32,
    ) -> Result<Page<SignedIn>, Refusal> {
        for_administrators(viewer)?;
        let people = self.store.signed_in(self.times, self.issuer.as_deref());
        let (mut people, text) = (people.await?, text.to_owned());
        let searching = move || {
            let total = u32::try_from(people.len()).unwrap_or(u32::MAX);
            people.retain(|signed_in| {
                let (name, id) = (&signed_in.name, signed_in.person.as_str());
                words(&text).all(|word| has_word(name, word) || has_word(id, word))
            });
            paginate(people, total, page, now())
        };
        Ok(self.catalog.work.run(&viewer.id, searching).await)
    }

    /// Ends sessions and returns their number: the viewer's own, or any for administrators.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for sessions of others, except for administrators. [`Refusal::Store`]:
    /// no session is then ended, and nothing is recorded.
    pub async fn end(
        &self,
        viewer: &Viewer,
        request_origin: &RequestOrigin,
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
        let by = Entry::new(Event::SessionsEnded, Outcome::Done, request_origin).by(viewer);
        Ok(self.store.end_recorded(which, by).await?)
    }
}

fn for_administrators(viewer: &Viewer) -> Result<(), Refusal> {
    viewer.admin.then_some(()).ok_or(Refusal::NotFound)
}
