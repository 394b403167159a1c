//! Signing in by choosing a persona, and signing out.

use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use model::{Locale, PersonaCard};
use registry::{Gantry, Person, PersonId, Store};
use serde::Deserialize;
use tower_sessions::{Session, session};

use super::return_to;
use crate::session::PERSON;

/// Somebody to sign in as.
#[derive(Debug, Clone)]
pub struct Persona {
    /// What the form sends, and the session's subject.
    pub id: &'static str,
    /// Their name.
    pub name: &'static str,
    /// One line about them in each language: English, Chinese.
    pub about: [&'static str; 2],
    /// Their groups.
    pub groups: &'static [&'static str],
}

impl Persona {
    /// As the sign-in page shows them.
    pub fn card(&self, locale: Locale) -> PersonaCard {
        let [english, chinese] = self.about;
        let about = match locale {
            Locale::En => english,
            Locale::Zh => chinese,
        };
        PersonaCard {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            about: about.to_owned(),
        }
    }
}

/// The sign-in's form.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    persona: String,
    r#return: Option<String>,
}

/// Signs in as the chosen persona, under a new session id: one from before the sign-in is worth
/// nothing after it.
pub async fn sign_in(
    State(personas): State<Arc<[Persona]>>,
    State(gantry): State<Arc<Gantry>>,
    session: Session,
    Form(chosen): Form<Chosen>,
) -> Response {
    let Some(persona) = personas.iter().find(|persona| persona.id == chosen.persona) else {
        return (
            StatusCode::BAD_REQUEST,
            "There is nobody of that name to sign in as. You are not signed in.\n",
        )
            .into_response();
    };
    let person = Person {
        id: PersonId::new("demo", persona.id),
        name: persona.name.to_owned(),
        groups: persona
            .groups
            .iter()
            .map(|group| (*group).to_owned())
            .collect(),
    };
    match begin(gantry.store(), &session, &person).await {
        Ok(()) => return_to::redirect(chosen.r#return.as_deref()).into_response(),
        Err(error) => unavailable(&error),
    }
}

async fn begin(store: &Store, session: &Session, person: &Person) -> Result<(), session::Error> {
    store.remember(person).await.map_err(|error| {
        session::Error::Store(tower_sessions::session_store::Error::Backend(
            error.to_string(),
        ))
    })?;
    session.cycle_id().await?;
    session.insert(PERSON, person).await?;
    session.save().await
}

/// Ends the session, in the store too.
pub async fn sign_out(session: Session) -> Response {
    match session.flush().await {
        Ok(()) => Redirect::to(app::paths::SIGN_IN).into_response(),
        Err(error) => unavailable(&error),
    }
}

fn unavailable(error: &session::Error) -> Response {
    tracing::error!(%error, "sessions cannot be written");
    let message = "The store of sessions does not answer. Nothing was changed; please try again in a moment.\n";
    (StatusCode::SERVICE_UNAVAILABLE, message).into_response()
}
