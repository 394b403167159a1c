//! The form that creates a link: its values and their errors.

use model::{
    Timestamp,
    link::{
        LinkBearer, LinkChoices, LinkMoment, LinkShows, LinkTarget, NOTE_LENGTH, NewLink, lifetime,
    },
};
use serde::Deserialize;

use super::expiry::Expiry;
use crate::paths;

/// The values of the form, unvalidated.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct LinkForm {
    registry: String,
    name: String,
    tag: Option<String>,
    digest: Option<String>,
    pub(super) moment: String,
    pub(super) expiry: String,
    pub(super) until: String,
    pub(super) note: String,
    pub(super) environment: Option<String>,
    pub(super) accounts: Option<String>,
    pub(super) bearer: String,
    /// The ID of an earlier draft.
    draft: Option<String>,
}

impl Default for LinkForm {
    fn default() -> Self {
        Self {
            registry: String::new(),
            name: String::new(),
            tag: None,
            digest: None,
            moment: LinkMoment::default().as_str().to_owned(),
            expiry: Expiry::default().as_str().to_owned(),
            until: String::new(),
            note: String::new(),
            environment: None,
            accounts: None,
            bearer: String::new(),
            draft: None,
        }
    }
}

/// An invalid field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldError {
    /// The version to show is unknown.
    Moment,
    /// The expiry is too soon or too late.
    Expiry,
    /// The expiry is not a date and time.
    Date,
    /// A date was given, and another choice is selected: it is not clear which one applies.
    DateNotChosen,
    /// It asks to show what no link may show.
    Shows,
    /// The note is too long.
    Note,
    /// The maker cannot act for this team and principal.
    Bearer,
}

impl LinkForm {
    /// The target of the link, if the form names one.
    pub fn target(&self) -> Option<LinkTarget> {
        let optional = [("tag", &self.tag), ("digest", &self.digest)];
        let optional = optional
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.as_deref()?)));
        let required = [("registry", &*self.registry), ("name", &*self.name)];
        let pairs: Vec<_> = required.into_iter().chain(optional).collect();
        paths::read_target(&mut pairs.iter().copied())
    }

    /// The ID of an earlier draft, if the form has one.
    pub fn draft(&self) -> Option<&str> {
        self.draft.as_deref()
    }

    /// The values as one text, for a cookie.
    pub(super) fn typed(&self) -> String {
        let on = |field: &Option<String>| field.is_some().then(|| "on".to_owned());
        let fields = [
            ("registry", Some(self.registry.clone())),
            ("name", Some(self.name.clone())),
            ("tag", self.tag.clone()),
            ("digest", self.digest.clone()),
            ("moment", Some(self.moment.clone())),
            ("expiry", Some(self.expiry.clone())),
            ("until", Some(self.until.clone())),
            ("note", Some(self.note.clone())),
            ("environment", on(&self.environment)),
            ("accounts", on(&self.accounts)),
            ("bearer", Some(self.bearer.clone())),
        ];
        let mut typed = form_urlencoded::Serializer::new(String::new());
        for (key, value) in fields {
            if let Some(value) = value {
                typed.append_pair(key, &value);
            }
        }
        typed.finish()
    }

    /// Reads the values from that text.
    pub(super) fn retyped(text: &str, draft: String) -> Self {
        let mut form = Self {
            draft: Some(draft),
            ..Self::default()
        };
        for (key, value) in form_urlencoded::parse(text.as_bytes()) {
            let value = value.into_owned();
            match &*key {
                "registry" => form.registry = value,
                "name" => form.name = value,
                "tag" => form.tag = Some(value),
                "digest" => form.digest = Some(value),
                "moment" => form.moment = value,
                "expiry" => form.expiry = value,
                "until" => form.until = value,
                "note" => form.note = value,
                "environment" => form.environment = Some(value),
                "accounts" => form.accounts = Some(value),
                "bearer" => form.bearer = value,
                _ => {}
            }
        }
        form
    }

    /// The same values without the choices that the sender must make: what the link shows in addition, and the team.
    pub(super) fn without_consent(self) -> Self {
        Self {
            environment: None,
            accounts: None,
            bearer: String::new(),
            ..self
        }
    }

    /// The same values with a shorter note.
    pub(super) fn with_note_of(&self, length: usize) -> Self {
        Self {
            note: self.note.chars().take(length).collect(),
            ..self.clone()
        }
    }

    /// The link that the form asks for, checked against what its maker may choose.
    pub(super) fn read(&self, choices: &LinkChoices) -> Result<NewLink, Vec<FieldError>> {
        let moment = LinkMoment::parse(&self.moment).ok_or(FieldError::Moment);
        let (expires, note) = (self.expires(choices), self.note());
        let shows = self.shows(choices.may_show);
        let bearer = self.bearer(&choices.bearers);
        match (moment, expires, shows, note, bearer) {
            (Ok(moment), Ok(expires), Ok(shows), Ok(note), Ok(bearer)) => Ok(NewLink {
                target: choices.target.clone(),
                moment,
                shows,
                note,
                expires,
                bearer,
            }),
            (moment, expires, shows, note, bearer) => {
                let wrong = [
                    moment.err(),
                    expires.err(),
                    shows.err(),
                    note.err(),
                    bearer.err(),
                ];
                Err(wrong.into_iter().flatten().collect())
            }
        }
    }

    fn shows(&self, may_show: LinkShows) -> Result<LinkShows, FieldError> {
        let shows = LinkShows {
            environment: self.environment.is_some(),
            accounts: self.accounts.is_some(),
        };
        let fits = shows.within(may_show) == shows;
        fits.then_some(shows).ok_or(FieldError::Shows)
    }

    fn expires(&self, choices: &LinkChoices) -> Result<Timestamp, FieldError> {
        let (now, longest) = (choices.now, choices.longest);
        let expiry = Expiry::within(longest).find(|it| it.as_str() == self.expiry);
        let expiry = expiry.ok_or(FieldError::Expiry)?;
        if let Some(lasts) = expiry.lasts(longest) {
            if !self.until.trim().is_empty() {
                return Err(FieldError::DateNotChosen);
            }
            return Ok(Timestamp(now.0.saturating_add(lasts)));
        }
        let date = Timestamp::from_utc(self.until.trim()).ok_or(FieldError::Date)?;
        let lasts = lifetime::SHORTEST..=longest;
        if lasts.contains(&date.seconds_since(now)) {
            Ok(date)
        } else {
            Err(FieldError::Expiry)
        }
    }

    fn note(&self) -> Result<String, FieldError> {
        let note = self.note.trim();
        if note.chars().count() > NOTE_LENGTH || model::has_hiding(note) {
            return Err(FieldError::Note);
        }
        Ok(note.to_owned())
    }

    /// If there is only one choice, the form need not send it.
    fn bearer(&self, bearers: &[LinkBearer]) -> Result<LinkBearer, FieldError> {
        let chosen = match bearers {
            [only] => Some(only),
            several => several
                .iter()
                .find(|bearer| bearer_word(bearer) == self.bearer),
        };
        chosen.cloned().ok_or(FieldError::Bearer)
    }
}

/// The form value for a bearer.
pub(super) fn bearer_word(bearer: &LinkBearer) -> String {
    // An ARN contains no space.
    format!("{} {}", bearer.principal, bearer.team)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a parse failure fails the test")]
mod tests;
