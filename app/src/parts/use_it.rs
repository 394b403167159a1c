//! The panel beside an image: how to pull and deploy it.

use leptos::prelude::*;
use model::{
    Locale, Tag,
    image::{ImageContext, ImageRow},
    pull::Client,
};

use super::{
    image_facts::Archived,
    pull::{ArtifactPanel, DeploySnippets, PullPanel},
};
use crate::messages::image::ImageTexts;

/// Commands and snippets for an image, after some advice (`children`).
#[component]
pub fn UseIt(
    /// The page around the panel.
    context: ImageContext,
    /// The tag that the page is about; `None` on the page of an image.
    tag: Option<Tag>,
    /// The image.
    image: ImageRow,
    /// The client that the person pulls with.
    client: Client,
    /// The page's URL, to return to.
    here: String,
    /// The language.
    locale: Locale,
    /// The advice.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let name = context.repository.name.as_str();
    let container = name.rsplit('/').next().unwrap_or(name).to_owned();
    let digest = image.digest.clone();
    let image_is_archived = image.is_archived();
    let commands = match image.artifact_tool() {
        // It cannot run as a container.
        Some(tool) => view! {
            <h3>{texts.pull()}</h3>
            <ArtifactPanel source=context.source pull=context.pull tool tag image locale />
        }
        .into_any(),
        None => view! {
            <h3>{texts.pull()}</h3>
            <PullPanel
                source=context.source.clone()
                pull=context.pull
                tag
                digest=digest.clone()
                client
                here
                locale
            />
            <h3>{texts.deploy()}</h3>
            <DeploySnippets source=context.source container digest locale />
        }
        .into_any(),
    };
    // Advice on how to deploy is of no use while the image cannot be pulled.
    let advice = match image_is_archived {
        true => Some(view! { <Archived locale /> }.into_any()),
        false => children.map(|advice| advice()),
    };
    view! {
        <section class="aside" aria-labelledby="use-it">
            <h2 id="use-it">{texts.use_it()}</h2>
            {advice}
            {commands}
        </section>
    }
}
