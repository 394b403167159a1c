//! The layers: how big each is and what made it.

use leptos::prelude::*;
use model::{Locale, image::LayerView};

use super::Part;
use crate::{
    components::{
        bar::{Bar, BarPart},
        bytes::{Bytes, mebibytes},
        foreign::{ForeignLink, ForeignText},
    },
    messages::image::ImageTexts,
};

/// The looks that neighbouring layers take turns in.
const LOOKS: [&str; 4] = ["layer-1", "layer-2", "layer-3", "layer-4"];

/// The layers as a bar and as a table; nothing for an index. Their sizes are what the manifest claims.
#[component]
pub fn Layers(layers: Vec<LayerView>, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    if layers.is_empty() {
        return None;
    }
    // Whoever pushed chose the numbers: their sum need not fit.
    let total = layers
        .iter()
        .fold(0_u64, |sum, layer| sum.saturating_add(layer.size));
    let parts = (1_usize..)
        .zip(&layers)
        .zip(LOOKS.into_iter().cycle())
        .map(|((number, layer), look)| BarPart {
            value: layer.size as f64,
            look,
            title: texts.layer_title(number, &mebibytes(layer.size)),
        })
        .collect();
    let summary = texts.layers_summary(layers.len(), &mebibytes(total));
    let rows: Vec<_> = (1_usize..)
        .zip(layers)
        .map(|(number, layer)| row(number, layer, total, locale))
        .collect();
    Some(view! {
        <Part id="layers" heading=texts.layers()>
        <p class="quiet">{summary}</p>
        <div class="layers-bar"><Bar parts label=texts.layers_bar() /></div>
        <table class="table layers-table">
            <caption class="visually-hidden">{texts.layers_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col" class="number">{texts.number()}</th>
                    <th scope="col" class="number">{texts.bytes()}</th>
                    <th scope="col" class="number">{texts.share()}</th>
                    <th scope="col">{texts.made_by()}</th>
                    <th scope="col">{texts.layer_digest()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </Part>
    })
}

fn row(number: usize, layer: LayerView, total: u64, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let made_by = match layer.created_by {
        Some(text) => {
            view! { <ForeignText text folded=move |count| texts.long_value(count) /> }.into_any()
        }
        None => view! { <span class="quiet">{texts.unknown_step()}</span> }.into_any(),
    };
    let urls: Vec<_> = layer
        .urls
        .into_iter()
        .map(|text| view! { <li><ForeignLink text /></li> })
        .collect();
    let foreign = (!urls.is_empty()).then(|| {
        view! {
            <p class="quiet">{texts.foreign()}</p>
            <ul>{urls}</ul>
        }
    });
    view! {
        <tr data-row>
            <td class="number quiet" data-label=texts.number()>{number}</td>
            <td class="number" data-label=texts.bytes()>
                <Bytes count=layer.size locale />
            </td>
            <td class="number quiet" data-label=texts.share()>{share(layer.size, total)}</td>
            <td class="made-by" data-label=texts.made_by()>{made_by} {foreign}</td>
            <td data-label=texts.layer_digest()>
                <code title=format!("{} · {}", layer.digest, layer.media_type)>
                    {short(&layer.digest).to_owned()}
                </code>
            </td>
        </tr>
    }
}

/// The part of the whole, in per cent.
fn share(size: u64, total: u64) -> String {
    match u128::from(size) * 100 / u128::from(total.max(1)) {
        0 if size > 0 => "< 1 %".to_owned(),
        percent => format!("{percent} %"),
    }
}

/// A blob's digest as the manifest writes it, shortened; it need not be one.
fn short(digest: &str) -> &str {
    let hex = digest.strip_prefix("sha256:").unwrap_or(digest);
    hex.char_indices()
        .nth(12)
        .map_or(hex, |(end, _)| &hex[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_survive_sizes_that_nobody_has() {
        assert_eq!(share(u64::MAX, u64::MAX), "100 %");
        assert_eq!(share(1, 1_000), "< 1 %");
        assert_eq!(share(0, 0), "0 %");
    }

    #[test]
    fn digests_that_are_none_are_shortened_all_the_same() {
        assert_eq!(
            short(&format!("sha256:{}", "ab".repeat(32))),
            "abababababab"
        );
        assert_eq!(short("ééééééééééééééé"), "éééééééééééé");
        assert_eq!(short("x"), "x");
    }
}
