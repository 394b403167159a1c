//! The commands and snippets that people copy, for their client.

use leptos::prelude::*;
use model::{
    Digest, Locale, Section, Tag,
    image::ImageRow,
    pull::{ArtifactTool, Client, Source},
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

/// Commands to log in and to pull, by tag and by digest, for each client. Gantry remembers the choice of client. It
/// works without JavaScript: the tabs are radio buttons of a form that saves the choice.
#[component]
pub fn PullPanel(
    /// Where the repository is pulled from.
    source: Source,
    /// Whether the viewer may pull.
    pull: Section<()>,
    /// The tag to pull by.
    tag: Option<Tag>,
    /// The digest to pull by.
    digest: Digest,
    /// The client that Gantry remembers.
    client: Client,
    /// The page's own path and query, to return to after the choice is saved.
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
    view! {
        <div class="pull">
        {withheld(pull, locale)}
        <form method="post" action=paths::PREFERENCES data-remember>
            <input type="hidden" name="return" value=here />
            <Tabs name="client" legend=texts.client() tabs chosen=client.as_str() />
            <button class="button without-script" type="submit">{texts.remember()}</button>
        </form>
        </div>
    }
}

/// The remark that the viewer may not pull, if that is so.
fn withheld(pull: Section<()>, locale: Locale) -> Option<impl IntoView> {
    let Section::Withheld { action, statement } = pull else {
        return None;
    };
    Some(view! {
        <Withheld action statement locale />
        <p class="quiet">{PullTexts(locale).withheld()}</p>
    })
}

/// Commands to log in and to pull an artifact that is not an image.
#[component]
pub fn ArtifactPanel(
    /// Where the repository is pulled from.
    source: Source,
    /// Whether the viewer may pull.
    pull: Section<()>,
    /// The program that pulls the artifact.
    tool: ArtifactTool,
    /// The tag that the page is about.
    tag: Option<Tag>,
    /// The artifact.
    image: ImageRow,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = PullTexts(locale);
    // Helm pulls a chart by its version, which is its tag.
    let version = tag
        .clone()
        .or_else(|| image.tags.first().map(|label| label.tag.clone()));
    let by_version = version.and_then(|version| source.pull_chart(tool, &version));
    let by_tag = tag.filter(|_| by_version.is_none());
    let by_digest = source.by_digest(&image.digest);
    // Without a version, Helm cannot pull it.
    let tool = if by_version.is_some() {
        tool
    } else {
        ArtifactTool::Oras
    };
    let block = |heading: &'static str, text: String, what: &'static str| {
        view! {
            <h4>{heading}</h4>
            <CopyBlock text what locale />
        }
    };
    view! {
        <div class="pull">
            {withheld(pull, locale)}
            {block(texts.log_in(), source.artifact_login(tool), texts.login_command())}
            {by_version.map(|text| block(texts.by_version(), text, texts.pull_command_by_version()))}
            {by_tag.map(|tag| {
                let text = source.oras("pull", &source.by_tag(&tag));
                block(texts.by_tag(), text, texts.pull_command_by_tag())
            })}
            {(tool == ArtifactTool::Oras).then(|| {
                let pull = source.oras("pull", &by_digest);
                let manifest = source.oras("manifest fetch", &by_digest);
                view! {
                    {block(texts.by_digest(), pull, texts.pull_command_by_digest())}
                    {block(texts.manifest(), manifest, texts.manifest_command())}
                }
            })}
        </div>
    }
}

/// An ECS container definition and a Kubernetes container, with the digest pinned.
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
