//! The fields of the form that creates a link, each with its error.

use leptos::prelude::*;
use model::{
    Locale, Timestamp,
    link::{LinkBearer, LinkMoment, LinkShows, NOTE_LENGTH},
};

use super::{
    expiry::Expiry,
    form::{FieldError, bearer_word},
    words::moment_words,
};
use crate::messages::links::LinksTexts;

/// In seconds.
const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// The error of a field, shown below it.
fn complaint(
    wrong: &[FieldError],
    about: &[(FieldError, String)],
    id: &'static str,
) -> impl IntoView + use<> {
    let found = about.iter().find(|(kind, _)| wrong.contains(kind));
    found.map(|(_, words)| view! { <p class="form-wrong" id=id>{words.clone()}</p> })
}

/// A radio button or checkbox, with its label and its explanation.
fn option(
    kind: &'static str,
    name: &'static str,
    value: &'static str,
    chosen: bool,
    label: String,
    about: Option<&'static str>,
) -> impl IntoView + use<> {
    let about = about.map(|about| view! { <span class="option-about">{about}</span> });
    view! {
        <label class="option">
            <input type=kind name=name value=value checked=chosen />
            <span class="option-words">
                <span>{label}</span>
                {about}
            </span>
        </label>
    }
}

#[component]
pub(super) fn Moments(chosen: String, wrong: Vec<FieldError>, locale: Locale) -> impl IntoView {
    let texts = LinksTexts(locale);
    let options = LinkMoment::ALL.map(|moment| {
        let (label, about) = moment_words(moment, locale);
        let is_chosen = moment.as_str() == chosen;
        option(
            "radio",
            "moment",
            moment.as_str(),
            is_chosen,
            label.to_owned(),
            Some(about),
        )
    });
    view! {
        <fieldset class="form-part" aria-describedby="moment-wrong">
            <legend>{texts.moment()}</legend>
            {options}
            {complaint(&wrong, &[(FieldError::Moment, texts.wrong_moment().to_owned())], "moment-wrong")}
        </fieldset>
    }
}

#[component]
pub(super) fn Expiries(
    chosen: String,
    until: String,
    wrong: Vec<FieldError>,
    /// The longest lifetime, in seconds.
    longest: i64,
    /// The server's time.
    now: Timestamp,
    locale: Locale,
) -> impl IntoView {
    let texts = LinksTexts(locale);
    let chosen = Expiry::chosen(&chosen, longest);
    let longest_words = lasting(longest, texts);
    // To the minute, as browsers write it.
    let example = Timestamp(now.0.saturating_add(longest.min(DAY)));
    let example: String = example.rfc3339().chars().take(16).collect();
    let options: Vec<_> = Expiry::within(longest)
        .map(|expiry| {
            let label = match expiry {
                Expiry::Hour => texts.hour().to_owned(),
                Expiry::Day => texts.day().to_owned(),
                Expiry::TwoWeeks => texts.two_weeks().to_owned(),
                Expiry::Longest => longest_words.clone(),
                Expiry::Date => texts.date().to_owned(),
            };
            let (value, is_chosen) = (expiry.as_str(), expiry == chosen);
            option("radio", "expiry", value, is_chosen, label, None)
        })
        .collect();
    let complaints = [
        (FieldError::Expiry, texts.wrong_expiry(&longest_words)),
        (FieldError::Date, texts.wrong_date(&example)),
        (
            FieldError::DateNotChosen,
            texts.wrong_date_not_chosen(texts.date()),
        ),
    ];
    view! {
        <fieldset class="form-part form-row" aria-describedby="expiry-wrong">
            <legend>{texts.expiry()}</legend>
            {options}
            <input
                class="field"
                type="datetime-local"
                name="until"
                value=until
                aria-label=texts.date_field()
            />
            {complaint(&wrong, &complaints, "expiry-wrong")}
        </fieldset>
    }
}

/// A duration: in days if it is a whole number of days, otherwise in hours.
fn lasting(seconds: i64, texts: LinksTexts) -> String {
    if seconds % DAY == 0 {
        texts.days(seconds / DAY)
    } else {
        texts.hours(seconds / HOUR)
    }
}

#[component]
pub(super) fn Note(note: String, wrong: Vec<FieldError>, texts: LinksTexts) -> impl IntoView {
    view! {
        <div class="form-part">
            <label for="note">{texts.note()}</label>
            <input
                class="field"
                id="note"
                name="note"
                value=note
                maxlength=NOTE_LENGTH.to_string()
                autocomplete="off"
                aria-describedby="note-about note-wrong"
            />
            <p class="option-about" id="note-about">{texts.note_hint()}</p>
            {complaint(&wrong, &[(FieldError::Note, texts.wrong_note().to_owned())], "note-wrong")}
        </div>
    }
}

#[component]
pub(super) fn PrivacyOptions(
    /// What is ticked.
    shows: LinkShows,
    /// The choices.
    may_show: LinkShows,
    wrong: Vec<FieldError>,
    texts: LinksTexts,
) -> impl IntoView {
    let choice = |name, chosen, label: &str, about| {
        let label = label.to_owned();
        option("checkbox", name, "on", chosen, label, Some(about))
    };
    let environment = may_show.environment.then(|| {
        let (label, about) = (texts.environment(), texts.environment_about());
        choice("environment", shows.environment, label, about)
    });
    let accounts = may_show.accounts.then(|| {
        let (label, about) = (texts.accounts(), texts.accounts_about());
        choice("accounts", shows.accounts, label, about)
    });
    let nothing = may_show == LinkShows::default();
    let nothing = nothing.then(|| view! { <p class="option-about">{texts.always_hidden()}</p> });
    view! {
        <fieldset class="form-part" aria-describedby="shows-wrong">
            <legend>{texts.hidden()}</legend>
            {environment}
            {accounts}
            {nothing}
            {complaint(&wrong, &[(FieldError::Shows, texts.wrong_shows().to_owned())], "shows-wrong")}
        </fieldset>
    }
}

/// The team that the link acts for. If there is only one, it is shown as text.
#[component]
pub(super) fn Bearers(
    bearers: Vec<LinkBearer>,
    chosen: String,
    wrong: Vec<FieldError>,
    texts: LinksTexts,
) -> impl IntoView {
    let words =
        |bearer: &LinkBearer| texts.bearer_of(bearer.team.as_str(), bearer.principal.short_name());
    let several = bearers.len() > 1;
    let choice = if several {
        let options = bearers.iter().map(|bearer| {
            let (value, label) = (bearer_word(bearer), words(bearer));
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        });
        view! {
            <select class="field" id="bearer" name="bearer" aria-describedby="bearer-about bearer-wrong">
                {options.collect_view()}
            </select>
        }
        .into_any()
    } else {
        let only = bearers.first().map(words);
        view! { <p>{only}</p> }.into_any()
    };
    let heading = if several {
        view! { <label for="bearer">{texts.bearer()}</label> }.into_any()
    } else {
        view! { <h2>{texts.bearer()}</h2> }.into_any()
    };
    view! {
        <div class="form-part">
            {heading}
            {choice}
            <p class="option-about" id="bearer-about">{texts.bearer_about()}</p>
            {complaint(&wrong, &[(FieldError::Bearer, texts.wrong_bearer().to_owned())], "bearer-wrong")}
        </div>
    }
}
