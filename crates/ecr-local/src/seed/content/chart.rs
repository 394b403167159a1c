//! Helm charts, stored in a registry as OCI artifacts.

use std::io;

use serde_json::json;
use time::OffsetDateTime;

use super::image::timestamp;
use super::{Blob, Layer, Manifest, Package, media_type};

/// The metadata of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    /// The chart's name: the last part of the repository's name.
    pub name: &'a str,
    /// The chart's own version. Helm pushes it as the tag.
    pub version: &'a str,
    /// The version of the application that it installs.
    pub application_version: &'a str,
    /// When it was packaged, UTC.
    pub created: OffsetDateTime,
}

/// Packages a chart: a gzip-compressed tar of `Chart.yaml`, `values.yaml` and a template.
///
/// # Errors
/// If the chart's name does not fit into a tar header.
pub fn chart(chart: Chart<'_>) -> io::Result<Package> {
    let Chart {
        name,
        version,
        application_version,
        created,
    } = chart;
    let card = format!(
        "apiVersion: v2\nname: {name}\ndescription: Deploys {name} to a cluster\ntype: application\n\
         version: {version}\nappVersion: \"{application_version}\"\n"
    );
    let values =
        format!("replicas: 3\nimage:\n  repository: {name}\n  tag: \"{application_version}\"\n");
    let template = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Chart.Name }}\n\
                    spec:\n  replicas: {{ .Values.replicas }}\n";
    let package = Layer::of_files(
        "helm package",
        &[
            (&format!("{name}/Chart.yaml"), card.as_bytes()),
            (&format!("{name}/values.yaml"), values.as_bytes()),
            (
                &format!("{name}/templates/deployment.yaml"),
                template.as_bytes(),
            ),
        ],
    )?;
    let config = Blob::json(&json!({
        "apiVersion": "v2",
        "name": name,
        "description": format!("Deploys {name} to a cluster"),
        "type": "application",
        "version": version,
        "appVersion": application_version,
    }));
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": media_type::OCI_MANIFEST,
        "config": config.descriptor("application/vnd.cncf.helm.config.v1+json"),
        "layers": [package.blob.descriptor("application/vnd.cncf.helm.chart.content.v1.tar+gzip")],
        "annotations": {
            "org.opencontainers.image.title": name,
            "org.opencontainers.image.version": version,
            "org.opencontainers.image.created": timestamp(created),
        },
    });
    Ok(Package {
        manifest: Manifest::new(media_type::OCI_MANIFEST, &manifest),
        blobs: vec![config, package.blob],
    })
}
