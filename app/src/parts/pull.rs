//! The commands and snippets that people copy, for their client.

use leptos::prelude::*;
use model::{
    Digest, Locale, Section, Tag,
    pull::{Client, Source},
};

use super::section::Withheld;
use crate::{
    components::{
        copy::CopyBlock,
        tabs::{Tab, Tabs},
    },
    messages::pull::PullTexts,
    paths,
};

/// Commands to log in and to pull, by tag and by digest, for each client; the choice of client is
/// remembered. Works without JavaScript: the tabs are radio buttons of a form that remembers.
#[component]
pub fn PullPanel(
    /// Where the repository is pulled from.
    source: Source,
    /// Whether the viewer may pull.
    pull: Section<()>,
    /// A tag to pull by.
    tag: Option<Tag>,
    /// The digest to pull by.
    digest: Digest,
    /// The remembered client.
    client: Client,
    /// The page's own path and query, where remembering leads back to.
    here: String,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = PullTexts(locale);
    let tabs = Client::ALL
        .map(|client| Tab {
            value: client.as_str(),
            label: client.as_str().to_owned(),
            panel: commands(&source, client, tag.as_ref(), &digest, locale),
        })
        .into();
    let withheld = match pull {
        Section::Withheld { action, statement } => Some(view! {
            <Withheld action statement locale />
            <p class="quiet">{texts.withheld()}</p>
        }),
        _ => None,
    };
    view! {
        <div class="pull">
        {withheld}
        <form method="post" action=paths::PREFERENCES data-remember>
            <input type="hidden" name="return" value=here />
            <Tabs name="client" legend=texts.client() tabs chosen=client.as_str() />
            <button class="button without-script" type="submit">{texts.remember()}</button>
        </form>
        </div>
    }
}

/// An ECS container definition and a Kubernetes container with the digest pinned.
#[component]
pub fn DeploySnippets(
    /// Where the repository is pulled from.
    source: Source,
    /// The container's name.
    container: String,
    /// The digest.
    digest: Digest,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = PullTexts(locale);
    let ecs = source.ecs_snippet(&container, &digest);
    let kubernetes = source.kubernetes_snippet(&container, &digest);
    let tab = |value, label: &str, text: String| Tab {
        value,
        label: label.to_owned(),
        panel: view! { <CopyBlock text what=label locale /> }.into_any(),
    };
    let tabs = vec![
        tab("ecs", texts.ecs(), ecs),
        tab("kubernetes", texts.kubernetes(), kubernetes),
    ];
    view! { <Tabs name="deploy" legend=texts.deploy() tabs chosen="ecs" /> }
}

fn commands(
    source: &Source,
    client: Client,
    tag: Option<&Tag>,
    digest: &Digest,
    locale: Locale,
) -> AnyView {
    let texts = PullTexts(locale);
    let login = match source.login(client) {
        Some(text) => view! { <CopyBlock text what=texts.login_command() locale /> }.into_any(),
        None => view! { <p class="quiet">{texts.no_login()}</p> }.into_any(),
    };
    let by_tag = tag.map(|tag| {
        let text = source.pull(client, &source.by_tag(tag));
        view! {
            <h4>{texts.by_tag()}</h4>
            <CopyBlock text what=texts.pull_command_by_tag() locale />
        }
    });
    let by_digest = source.pull(client, &source.by_digest(digest));
    view! {
        <h4>{texts.log_in()}</h4>
        {login}
        {by_tag}
        <h4>{texts.by_digest()}</h4>
        <CopyBlock text=by_digest what=texts.pull_command_by_digest() locale />
    }
    .into_any()
}
