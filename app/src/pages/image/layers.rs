//! The layers: the size of each, and the build step that created it.

use leptos::prelude::*;
use model::{
    Locale,
    image::{LayerView, Stored, stored},
};

use super::Part;
use crate::{
    components::{
        bar::{Bar, BarPart},
        bytes::{Bytes, size},
        copy::CopyButton,
        foreign::{ForeignLink, ForeignText},
    },
    messages::{common::CommonTexts, image::ImageTexts},
};

/// The CSS classes that neighbouring layers alternate between.
const LOOKS: [&str; 4] = ["layer-1", "layer-2", "layer-3", "layer-4"];

/// The layers as a bar and as a table. Empty for an index. The sizes are the ones that the manifest claims.
#[component]
pub fn Layers(
    /// The layers, lowest first.
    layers: Vec<LayerView>,
    /// The size of the config in bytes. It counts towards the image's size.
    config_size: u64,
    /// The size of the image in bytes, as ECR reports it, if known.
    #[prop(optional_no_strip)]
    reported: Option<u64>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    if layers.is_empty() {
        return None;
    }
    let places = stored(&layers);
    let sizes: Vec<_> = layers
        .iter()
        .zip(&places)
        .map(|(layer, place)| {
            if *place == Stored::Here {
                layer.size
            } else {
                0
            }
        })
        .collect();
    let parts = (1_usize..)
        .zip(&sizes)
        .zip(LOOKS.into_iter().cycle())
        .filter(|((_, size), _)| **size > 0)
        .map(|((number, count), look)| BarPart {
            value: *count as f64,
            look,
            title: texts.layer_title(number, &size(*count)),
        })
        .collect();
    let summary = summary(&layers, &places, config_size, reported, locale);
    // Artifacts have no build steps, and the config of an image may not be shown.
    let has_steps = layers.iter().any(|layer| layer.created_by.is_some());
    let rows: Vec<_> = (1_usize..)
        .zip(layers)
        .zip(places.into_iter().zip(shares(&sizes)))
        .map(|((number, layer), (place, share))| {
            row(number, layer, place, share, has_steps, locale)
        })
        .collect();
    Some(view! {
        <Part id="layers" heading=texts.layers()>
        {summary}
        <div class="layers-bar"><Bar parts label=texts.layers_bar() /></div>
        <table class="table layers-table">
            <caption class="visually-hidden">{texts.layers_caption()}</caption>
            <thead>
                <tr>
                    <th scope="col" class="number">{texts.number()}</th>
                    <th scope="col" class="number">{texts.bytes()}</th>
                    <th scope="col" class="number">{texts.share()}</th>
                    {has_steps.then(|| view! { <th scope="col">{texts.made_by()}</th> })}
                    <th scope="col">{texts.layer_digest()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </Part>
    })
}

/// The number of layers, their stored size including the config, and the layers that do not count.
fn summary(
    layers: &[LayerView],
    places: &[Stored],
    config_size: u64,
    reported: Option<u64>,
    locale: Locale,
) -> impl IntoView + use<> {
    let texts = ImageTexts(locale);
    // The sizes come from a pushed manifest: their sum may overflow.
    let sum = |which: fn(&Stored) -> bool| {
        let counted = layers.iter().zip(places).filter(|(_, place)| which(place));
        counted.fold((0_usize, 0_u64), |(count, sum), (layer, _)| {
            (count + 1, sum.saturating_add(layer.size))
        })
    };
    let (_, here) = sum(|place| *place == Stored::Here);
    let (again, _) = sum(|place| matches!(place, Stored::With(_)));
    let (elsewhere, elsewhere_size) = sum(|place| *place == Stored::Elsewhere);
    let total = here.saturating_add(config_size);
    let words = texts.layers_summary(layers.len(), &size(here), &size(config_size), &size(total));
    let exact = CommonTexts(locale).bytes(total);
    let again = (again > 0).then(|| texts.layers_again(again));
    let elsewhere =
        (elsewhere > 0).then(|| texts.layers_elsewhere(elsewhere, &size(elsewhere_size)));
    // The author of a manifest can claim any size. Only ECR has measured the layers.
    let reported = reported
        .map(size)
        .filter(|reported| *reported != size(total));
    let claimed = reported.map(|reported| texts.layers_claimed(&reported));
    view! {
        <p class="quiet" title=exact>{words}</p>
        {claimed.map(|words| view! { <p class="quiet">{words}</p> })}
        {again.map(|words| view! { <p class="quiet">{words}</p> })}
        {elsewhere.map(|words| view! { <p class="quiet">{words}</p> })}
    }
}

fn row(
    number: usize,
    layer: LayerView,
    place: Stored,
    share: String,
    has_steps: bool,
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    let made_by = has_steps.then(|| {
        let made_by = match layer.created_by {
            Some(text) => view! { <ForeignText text locale=texts.0 /> }.into_any(),
            None => view! { <span class="quiet">{texts.unknown_step()}</span> }.into_any(),
        };
        view! { <td class="made-by" data-label=texts.made_by()>{made_by}</td> }
    });
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
    let place = match place {
        Stored::Here => None,
        Stored::With(before) => Some(texts.layer_again(before)),
        Stored::Elsewhere => Some(texts.layer_elsewhere().to_owned()),
    };
    let place = place.map(|words| view! { <p class="quiet">{words}</p> });
    view! {
        <tr data-row>
            <td class="number quiet" data-label=texts.number()>{number}</td>
            <td class="number" data-label=texts.bytes()>
                <Bytes count=layer.size locale />
            </td>
            <td class="number quiet" data-label=texts.share()>{share}</td>
            {made_by}
            <td data-label=texts.layer_digest()>
                <span class="digest">
                    <code title=format!("{} · {}", layer.digest, layer.media_type)>
                        {short(&layer.digest).to_owned()}
                    </code>
                    <CopyButton text=layer.digest what=texts.digest_of_layer(number) locale />
                </span>
                {place} {foreign}
            </td>
        </tr>
    }
}

/// The parts of a whole in per cent: integers that add up to 100. The largest remainders are rounded up.
fn shares(sizes: &[u64]) -> Vec<String> {
    let total = sizes
        .iter()
        .map(|size| u128::from(*size))
        .sum::<u128>()
        .max(1);
    let parts = sizes.iter().map(|size| u128::from(*size) * 100);
    let mut percents: Vec<_> = parts.clone().map(|part| part / total).collect();
    let mut by_rest: Vec<_> = parts.map(|part| part % total).enumerate().collect();
    by_rest.sort_by_key(|(_, rest)| std::cmp::Reverse(*rest));
    let missing = 100_u128.saturating_sub(percents.iter().sum());
    let missing = usize::try_from(missing).unwrap_or_default();
    for (at, _) in by_rest
        .into_iter()
        .filter(|(_, rest)| *rest > 0)
        .take(missing)
    {
        percents[at] += 1;
    }
    let words = |(size, percent): (&u64, &u128)| match (size, percent) {
        (0, _) => String::new(),
        (_, 0) => "< 1 %".to_owned(),
        (_, percent) => format!("{percent} %"),
    };
    sizes.iter().zip(&percents).map(words).collect()
}

/// A blob's digest as the manifest has it, shortened. It may be any text.
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
    fn shares_add_up_to_100() {
        assert_eq!(shares(&[345, 655]), ["35 %", "65 %"]);
        assert_eq!(shares(&[1, 1, 1]), ["34 %", "33 %", "33 %"]);
        assert_eq!(
            shares(&[41_600, 58_397, 2, 1]),
            ["42 %", "58 %", "< 1 %", "< 1 %"]
        );
    }

    #[test]
    fn shares_handle_sizes_that_overflow() {
        assert_eq!(shares(&[u64::MAX, u64::MAX]), ["50 %", "50 %"]);
        assert_eq!(shares(&[0, 0]), ["", ""]);
        assert_eq!(shares(&[]), Vec::<String>::new());
    }

    #[test]
    fn invalid_digests_are_shortened_too() {
        assert_eq!(
            short(&format!("sha256:{}", "ab".repeat(32))),
            "abababababab"
        );
        assert_eq!(short("ééééééééééééééé"), "éééééééééééé");
        assert_eq!(short("x"), "x");
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn repeated_layers_count_once_and_foreign_layers_do_not_count() {
        let layer = |digest: &str, size: u64, media_type: &str| LayerView {
            digest: digest.into(),
            size,
            media_type: media_type.into(),
            created_by: None,
            urls: Vec::new(),
        };
        let tar = "application/vnd.oci.image.layer.v1.tar";
        let foreign = "application/vnd.docker.image.rootfs.foreign.diff.tar";
        let layers = vec![
            layer("a", 3 << 20, tar),
            layer("a", 3 << 20, tar),
            layer("b", 5 << 30, foreign),
        ];
        let text =
            crate::testing::text_of(view! { <Layers layers config_size=512 locale=Locale::En /> });
        for part in [
            "3 layers (3.0 MiB) and the config (512 B): 3.0 MiB compressed.",
            "1 layer is listed again. It is stored once and counted once.",
            "1 layer (5.0 GiB) is not stored in this registry and is not counted.",
            "stored once, with layer 1",
            "100 %",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn layers_without_build_steps_have_no_column_for_them() {
        let layer = |created_by: Option<&str>| LayerView {
            digest: "a".into(),
            size: 1,
            media_type: "application/vnd.cncf.helm.chart.content.v1.tar+gzip".into(),
            created_by: created_by.map(str::to_owned),
            urls: Vec::new(),
        };
        let shown = |layers| {
            let table = || view! { <Layers layers config_size=0 locale=Locale::En /> };
            crate::testing::text_of(table())
        };
        let text = shown(vec![layer(None)]);
        assert!(
            !text.contains("Made by") && !text.contains("not in the config"),
            "{text}"
        );
        let text = shown(vec![layer(Some("RUN make")), layer(None)]);
        assert!(
            text.contains("Made by") && text.contains("not in the config"),
            "{text}"
        );
    }

    #[test]
    fn claimed_sizes_are_shown_beside_the_size_that_ecr_reports() {
        let layer = LayerView {
            digest: "a".into(),
            size: 5 << 30,
            media_type: "application/vnd.oci.image.layer.v1.tar".into(),
            created_by: None,
            urls: Vec::new(),
        };
        let said = |reported: u64| {
            let layers = vec![layer.clone()];
            crate::testing::text_of(
                view! { <Layers layers config_size=0 reported=Some(reported) locale=Locale::En /> },
            )
        };
        assert!(said(498).contains("Amazon ECR reports 498 B for the image."));
        assert!(!said(5 << 30).contains("Amazon ECR reports"));
    }
}
