//! Creating a share link: the form, and its result.

use access::Viewer;
use dashboard::{Refusal, Unmade};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    Locale,
    image::Reference,
    link::{LinkChoices, LinkScope, LinkShows, LinkTarget, MadeLink},
};

use super::{
    bound::Holder,
    draft::{self, Cookie},
    fields::{Bearers, Expiries, Moments, Note, PrivacyOptions},
    form::{FieldError, LinkForm},
    made,
    words::target_words,
};
use crate::{
    components::alert::{Alert, Urgency},
    error::AppError,
    messages::{links::LinksTexts, shell::ShellTexts},
    pages::loaded,
    paths::{self, LinkProblem},
    request::{Request, cookies},
};

/// The result of the form. Each is answered by a redirect, so that reloading a page does not send the form again.
#[derive(Debug)]
pub enum Submitted {
    /// A redirect, with cookies to set.
    Leads(String, Vec<Cookie>),
    /// Back to the form, with the reason why no link was created, and cookies to set.
    Again(String, LinkProblem, Vec<Cookie>),
    /// The request is not a valid form.
    Unreadable,
}

/// Creates the link that the form asks for.
pub async fn submit(request: &Request, form: LinkForm) -> Submitted {
    let Some(target) = form.target() else {
        return Submitted::Unreadable;
    };
    // Each request has its own ID, so that two tabs have two drafts.
    let draft = form.draft().filter(|id| draft::is_id(id));
    let draft = draft.unwrap_or(&request.request_origin.request);
    let holder = Holder::of(request);
    let kept = draft::keep(draft, &form, &holder);
    let again = paths::new_link_again(&target, draft);
    match attempt(request, &form, &target).await {
        Ok(made) => {
            let forgotten = form.draft().and_then(draft::forget);
            let path = paths::made_link(&made.row.id);
            let cookies = [Some(made::keep(&made, &holder)), forgotten];
            Submitted::Leads(path, cookies.into_iter().flatten().collect())
        }
        Err(Failure::Again(problem)) => Submitted::Again(again, problem, vec![kept]),
        // The form's own page explains why.
        Err(Failure::Refused) => Submitted::Leads(again, vec![kept]),
    }
}

/// Why no link was created.
enum Failure {
    Again(LinkProblem),
    Refused,
}

async fn attempt(
    request: &Request,
    form: &LinkForm,
    target: &LinkTarget,
) -> Result<MadeLink, Failure> {
    let viewer = request.viewer();
    let viewer = viewer.map_err(|_| Failure::Again(LinkProblem::Session))?;
    let choices = request.gantry.links.choices(viewer, target).await;
    let choices = choices.map_err(|_| Failure::Refused)?;
    let new = form.read(&choices);
    let new = new.map_err(|_| Failure::Again(LinkProblem::FieldError))?;
    let made = request
        .gantry
        .links
        .make(viewer, &request.request_origin, &new);
    made.await.map_err(|error| match error {
        Unmade::Refused(_) => Failure::Refused,
        Unmade::Note | Unmade::Expiry | Unmade::Shows => Failure::Again(LinkProblem::FieldError),
        Unmade::TooMany(_) => Failure::Again(LinkProblem::TooMany),
        Unmade::Store(_) => Failure::Again(LinkProblem::Store),
    })
}

/// The form, empty or filled from a draft.
#[component]
pub fn NewLinkPage() -> impl IntoView {
    let cookies = cookies();
    loaded(|request| async move {
        let locale = request.locale;
        let asked = paths::query_of(&request.path_and_query);
        let target = paths::read_query(asked, paths::read_target).ok_or(AppError::NotFound)?;
        let viewer = request.viewer()?;
        let choices = match request.gantry.links.choices(viewer, &target).await {
            Err(Refusal::NotFound) => return Err(missing(&request, viewer, target).await),
            choices => choices?,
        };
        let problem = paths::read_no_link(request.notice());
        let holder = Holder::of(&request);
        let form = paths::read_draft(asked).and_then(|id| draft::read(id, cookies, &holder));
        let form = form.filter(|form| form.target().as_ref() == Some(&target));
        let form = form.unwrap_or_default();
        let wrong = match problem {
            Some(LinkProblem::FieldError) => form.read(&choices).err().unwrap_or_default(),
            _ => Vec::new(),
        };
        let most = request.gantry.links.settings().per_person;
        let problem = problem.map(|problem| failure(problem, most, LinksTexts(locale)));
        let everybodys = viewer.admin;
        let several = request.gantry.catalog.several_registries(viewer);
        Ok(view! { <Asked choices several everybodys form wrong problem locale /> })
    })
}

/// That a tag or an image does not exist, as their pages say it; or that there is nothing that the viewer may see.
async fn missing(request: &Request, viewer: &Viewer, target: LinkTarget) -> AppError {
    let wanted = match target.scope {
        LinkScope::Tag(tag) => Reference::Tag(tag),
        LinkScope::Image(digest) => Reference::Digest(digest),
        LinkScope::Repository => return AppError::NotFound,
    };
    let images = &request.gantry.images;
    let missing = images.missing(viewer, &target.repository, wanted);
    match missing.await {
        Ok(missing) => AppError::Missing(Box::new(missing)),
        Err(refusal) => refusal.into(),
    }
}

/// The target of the link, and the choices.
#[component]
fn Asked(
    choices: LinkChoices,
    /// Whether the maker knows of several registries.
    several: bool,
    /// Whether the links of all users are counted, or only the maker's own.
    everybodys: bool,
    form: LinkForm,
    wrong: Vec<FieldError>,
    problem: Option<AnyView>,
    locale: Locale,
) -> impl IntoView {
    let texts = LinksTexts(locale);
    let LinkChoices {
        target,
        bearers,
        live,
        longest,
        may_show,
        now,
    } = choices;
    let back = paths::target(&target);
    let draft = form.draft().map(|id| {
        view! { <input type="hidden" name="draft" value=id.to_owned() /> }
    });
    let named = paths::target_pairs(&target)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let already = (live > 0).then(|| {
        let href = paths::links_to(&target.repository, everybodys);
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
        {problem}
        <form class="form" method="post" action=paths::NEW_LINK>
            {named}
            {draft}
            <div class="form-part">
                <h2>{texts.shows()}</h2>
                <p><a href=back.clone()>{target_words(&target, several, locale)}</a></p>
                {already}
            </div>
            <Moments chosen=moment wrong=wrong.clone() locale />
            <Expiries chosen=expiry until wrong=wrong.clone() longest now locale />
            <Note note wrong=wrong.clone() texts />
            <PrivacyOptions shows may_show wrong=wrong.clone() texts />
            <Bearers bearers chosen=bearer wrong texts />
            <p class="form-actions">
                <button class="button button-primary" type="submit">{texts.make()}</button>
                <a class="button" href=back>{texts.cancel()}</a>
            </p>
        </form>
    }
}

/// The message that no link was created, and what to do.
fn failure(problem: LinkProblem, most: u32, texts: LinksTexts) -> AnyView {
    let (urgency, title, next) = match problem {
        LinkProblem::FieldError => (
            Urgency::Warning,
            texts.wrong(),
            texts.wrong_next().to_owned(),
        ),
        LinkProblem::TooMany => (Urgency::Warning, texts.wrong(), texts.too_many(most)),
        LinkProblem::Store => (Urgency::Failure, texts.wrong(), texts.store().to_owned()),
        LinkProblem::Session => (
            Urgency::Warning,
            texts.wrong(),
            texts.session_ended().to_owned(),
        ),
    };
    let links = (problem == LinkProblem::TooMany)
        .then(|| view! { <p><a href=paths::LINKS>{texts.to_links()}</a></p> });
    view! {
        <div role="alert">
            <Alert urgency title>
                <p>{next}</p>
                {links}
            </Alert>
        </div>
    }
    .into_any()
}
