//! The images of an index.

use leptos::prelude::*;
use model::{Locale, RegistryAlias, RepositoryName, image::ChildView};

use super::Part;
use crate::{
    components::{badge::Badge, bytes::Bytes},
    messages::image::ImageTexts,
    parts::digest::DigestLink,
};

/// The images of an index as a table, each linked to its page; nothing for an image that is no index.
#[component]
pub fn Platforms(
    registry: RegistryAlias,
    name: RepositoryName,
    children_of_index: Vec<ChildView>,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    if children_of_index.is_empty() {
        return None;
    }
    let rows: Vec<_> = children_of_index
        .into_iter()
        .map(|child| {
            // Builders mark attestations by a platform that there is not.
            let platform = child
                .platform
                .filter(|platform| platform.os != "unknown")
                .map(|platform| view! { <code>{platform.to_string()}</code> }.into_any())
                .unwrap_or_else(|| {
                    view! { <span class="quiet">{texts.no_platform()}</span> }.into_any()
                });
            let role = match child.role {
                Some(role) => view! { <Badge look="plain" label=role /> }.into_any(),
                None => texts.image_role().into_any(),
            };
            view! {
                <tr data-row>
                    <th scope="row">{platform}</th>
                    <td data-label=texts.role()>{role}</td>
                    <td data-label=texts.image()>
                        <DigestLink
                            registry=registry.clone()
                            name=name.clone()
                            digest=child.digest
                            locale
                        />
                    </td>
                    <td class="number" data-label=texts.bytes()>
                        <Bytes count=child.size locale />
                    </td>
                </tr>
            }
        })
        .collect();
    Some(view! {
        <Part id="platforms" heading=texts.platforms()>
        <table class="table">
            <caption class="visually-hidden">{texts.platforms_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.platform()}</th>
                    <th scope="col">{texts.role()}</th>
                    <th scope="col">{texts.image()}</th>
                    <th scope="col" class="number">{texts.bytes()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </Part>
    })
}
