//! Making a share link: the form, and what it made.

use http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use model::{
    Locale,
    link::{LinkChoices, LinkScope, LinkShows, LinkTarget, MadeLink},
};
use registry::Unmade;

use super::{
    fields::{Bearers, Expiries, Moments, Note, Veils},
    form::{LinkForm, Wrong},
    words::{moment_words, target_words},
};
use crate::{
    components::{
        alert::{Alert, Urgency},
        copy::CopyBlock,
    },
    error::AppError,
    messages::{links::LinksTexts, share::ShareTexts, shell::ShellTexts},
    pages::loaded,
    parts::image_facts::fact,
    paths,
    request::Request,
};

/// What became of the form, for the page that answers it: a context.
#[derive(Debug, Clone)]
pub enum Submitted {
    /// A link, and its whole URL: told here and nowhere else.
    Made(Box<MadeLink>, String),
    /// No link: what was typed, and what is wrong in it.
    Again(Box<LinkForm>, Vec<Wrong>),
    /// No link: it could not be kept.
    Unkept(Box<LinkForm>, Unkept),
    /// No link: not for this person, or not by a form of ours.
    Refused(AppError),
}

/// Why a link was not kept that the form asked for well.
#[derive(Debug, Clone, Copy)]
pub enum Unkept {
    /// The store does not answer.
    Store,
    /// The maker has this many live links, as many as one person may have.
    TooMany(u32),
}

impl Unkept {
    fn status(self) -> StatusCode {
        match self {
            Self::Store => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooMany(_) => StatusCode::CONFLICT,
        }
    }
}

/// Makes the link that the form asks for; `origin` is what its URL begins with.
pub async fn submit(request: &Request, form: LinkForm, origin: &str) -> Submitted {
    match attempt(request, &form).await {
        Ok(made) => {
            let url = format!("{origin}{}", paths::shared(&made.token));
            Submitted::Made(Box::new(made), url)
        }
        Err(Failure::Wrong(wrong)) => Submitted::Again(Box::new(form), wrong),
        Err(Failure::Unkept(why)) => Submitted::Unkept(Box::new(form), why),
        Err(Failure::Refused(error)) => Submitted::Refused(error),
    }
}

/// Why there is no link.
enum Failure {
    Wrong(Vec<Wrong>),
    Unkept(Unkept),
    Refused(AppError),
}

async fn attempt(request: &Request, form: &LinkForm) -> Result<MadeLink, Failure> {
    let refused = |error| Failure::Refused(error);
    let viewer = request.viewer().map_err(refused)?;
    let target = form
        .target()
        .ok_or(Failure::Refused(AppError::BadRequest))?;
    let choices = request.gantry.link_choices(viewer, &target).await;
    let choices = choices.map_err(|refusal| Failure::Refused(refusal.into()))?;
    let new = form.read(&choices).map_err(Failure::Wrong)?;
    let made = request.gantry.make_link(viewer, &request.occasion, &new);
    made.await.map_err(|error| match error {
        Unmade::Refused(refusal) => Failure::Refused(refusal.into()),
        Unmade::Note => Failure::Wrong(vec![Wrong::Note]),
        Unmade::Expiry => Failure::Wrong(vec![Wrong::Expiry]),
        Unmade::Shows => Failure::Wrong(vec![Wrong::Shows]),
        Unmade::TooMany(count) => Failure::Unkept(Unkept::TooMany(count)),
        Unmade::Store(_) => Failure::Unkept(Unkept::Store),
    })
}

/// The form, empty or as it was sent; or the link that it made.
#[component]
pub fn NewLinkPage() -> impl IntoView {
    let submitted = use_context::<Submitted>();
    let response = use_context::<ResponseOptions>();
    loaded(|request| async move {
        let locale = request.locale;
        let (form, wrong, unkept) = match submitted {
            Some(Submitted::Made(made, url)) => {
                let several = request.gantry.several_registries(request.viewer()?);
                return Ok(view! { <Made made=*made url several locale /> }.into_any());
            }
            Some(Submitted::Refused(error)) => return Err(error),
            Some(Submitted::Again(form, wrong)) => (Some(*form), wrong, None),
            Some(Submitted::Unkept(form, why)) => (Some(*form), Vec::new(), Some(why)),
            None => (None, Vec::new(), None),
        };
        let asked = paths::query_of(&request.path_and_query);
        let target = match &form {
            Some(form) => form.target(),
            None => paths::read_query(asked, paths::read_target),
        };
        let target = target.ok_or(AppError::NotFound)?;
        let viewer = request.viewer()?;
        let choices = request.gantry.link_choices(viewer, &target).await?;
        if let Some(response) = response {
            let invalid = (!wrong.is_empty()).then_some(StatusCode::UNPROCESSABLE_ENTITY);
            if let Some(status) = unkept.map(Unkept::status).or(invalid) {
                response.set_status(status);
            }
        }
        let (form, everybodys) = (form.unwrap_or_default(), viewer.admin);
        let several = request.gantry.several_registries(viewer);
        Ok(view! { <Asked choices several everybodys form wrong unkept locale /> }.into_any())
    })
}

/// What the link would show, and what there is to choose.
#[component]
fn Asked(
    choices: LinkChoices,
    /// Whether the maker knows of several registries.
    several: bool,
    /// Whether everybody's links are counted, and not the maker's own.
    everybodys: bool,
    form: LinkForm,
    wrong: Vec<Wrong>,
    unkept: Option<Unkept>,
    locale: Locale,
) -> impl IntoView {
    let texts = LinksTexts(locale);
    let LinkChoices {
        target,
        bearers,
        live,
        longest,
        may_show,
        ..
    } = choices;
    let back = paths::target(&target);
    let named = paths::target_pairs(&target)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let already = (live > 0).then(|| {
        let href = paths::links_to(&target.registry, &target.name, everybodys);
        let words = if everybodys {
            texts.already(live)
        } else {
            texts.already_own(live)
        };
        view! { <p class="quiet"><a href=href>{words}</a></p> }
    });
    let LinkForm {
        moment,
        expiry,
        until,
        note,
        environment,
        accounts,
        bearer,
        ..
    } = form;
    let shows = LinkShows {
        environment: environment.is_some(),
        accounts: accounts.is_some(),
    };
    view! {
        <Title text=ShellTexts(locale).title(texts.new_title()) />
        <header class="page-head">
            <h1>{texts.new_title()}</h1>
            <p class="page-note">{texts.new_about()}</p>
        </header>
        {failure(&wrong, unkept, texts)}
        <form class="form" method="post" action=paths::NEW_LINK>
            {named}
            <div class="form-part">
                <h2>{texts.shows()}</h2>
                <p><a href=back.clone()>{target_words(&target, several, locale)}</a></p>
                {already}
            </div>
            <Moments chosen=moment wrong=wrong.clone() locale />
            <Expiries chosen=expiry until wrong=wrong.clone() longest locale />
            <Note note wrong=wrong.clone() texts />
            <Veils shows may_show wrong=wrong.clone() texts />
            <Bearers bearers chosen=bearer wrong texts />
            <p class="form-actions">
                <button class="button button-primary" type="submit">{texts.make()}</button>
                <a class="button" href=back>{texts.cancel()}</a>
            </p>
        </form>
    }
}

/// That there is no link, and what to do.
fn failure(wrong: &[Wrong], unkept: Option<Unkept>, texts: LinksTexts) -> AnyView {
    match unkept {
        Some(Unkept::Store) => {
            return view! {
                <Alert urgency=Urgency::Failure title=texts.store_title()>
                    <p>{texts.store()}</p>
                </Alert>
            }
            .into_any();
        }
        Some(Unkept::TooMany(count)) => {
            return view! {
                <div role="alert">
                    <Alert urgency=Urgency::Warning title=texts.wrong()>
                        <p>{texts.too_many(count)}</p>
                        <p><a href=paths::LINKS>{texts.to_links()}</a></p>
                    </Alert>
                </div>
            }
            .into_any();
        }
        None => {}
    }
    (!wrong.is_empty())
        .then(|| {
            view! {
                <div role="alert">
                    <Alert urgency=Urgency::Warning title=texts.wrong()>
                        <p>{texts.wrong_next()}</p>
                    </Alert>
                </div>
            }
        })
        .into_any()
}

/// The link, told once.
#[component]
fn Made(made: MadeLink, url: String, several: bool, locale: Locale) -> impl IntoView {
    let texts = LinksTexts(locale);
    let row = made.row;
    let (moment, about) = moment_words(row.moment, locale);
    let hides = hidden_words(&row.target, row.shows, texts);
    let path = paths::shared(&made.token);
    view! {
        <Title text=ShellTexts(locale).title(texts.made_title()) />
        <header class="page-head">
            <h1>{texts.made_title()}</h1>
            <p class="page-note">{texts.made_once()}</p>
        </header>
        <div class="made-link">
            <CopyBlock text=url what=texts.url() locale />
            <dl class="facts facts-wide">
                {fact(texts.shows(), target_words(&row.target, several, locale))}
                {fact(texts.moment(), view! { {moment} ": " {about} })}
                {fact(texts.ends(), view! { {row.expires.utc()} ". " {texts.for_team(row.bearer.team.as_str())} })}
                {fact(texts.hides(), hides)}
                {(!row.note.is_empty()).then(|| fact(texts.note(), row.note.clone()))}
            </dl>
            <p class="form-actions">
                <a class="button" href=path>{ShareTexts(locale).read_only()}</a>
                <a class="button" href=paths::target(&row.target)>{texts.back()}</a>
                <a class="button" href=paths::LINKS>{texts.to_links()}</a>
            </p>
        </div>
    }
}

fn hidden_words(target: &LinkTarget, shows: LinkShows, texts: LinksTexts) -> String {
    let is_image = matches!(target.scope, LinkScope::Image(_));
    let hidden = [
        (is_image && !shows.environment).then(|| texts.hides_environment()),
        (!shows.accounts).then(|| texts.hides_accounts()),
    ];
    let hidden: Vec<_> = hidden.into_iter().flatten().collect();
    if hidden.is_empty() {
        return texts.hides_nothing().to_owned();
    }
    hidden.join(", ")
}
