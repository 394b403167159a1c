//! The commands and snippets that people copy.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Digest, Tag, artifact::ArtifactKind};

/// The tags that people usually deploy from. A page shows commands for the first one that exists in the repository.
pub const USUAL_TAGS: [&str; 4] = ["prod", "production", "latest", "main"];

/// A program that pulls images.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Client {
    /// Docker's command line.
    #[default]
    Docker,
    /// Podman.
    Podman,
    /// containerd's nerdctl.
    Nerdctl,
    /// Finch.
    Finch,
    /// The command line for Kubernetes container runtimes.
    Crictl,
}

impl Client {
    /// All of them, in display order.
    pub const ALL: [Self; 5] = [
        Self::Docker,
        Self::Podman,
        Self::Nerdctl,
        Self::Finch,
        Self::Crictl,
    ];

    /// The program's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docker => "docker",
            Self::Podman => "podman",
            Self::Nerdctl => "nerdctl",
            Self::Finch => "finch",
            Self::Crictl => "crictl",
        }
    }
}

impl FromStr for Client {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|client| client.as_str() == text)
            .ok_or(())
    }
}

/// A program that pulls artifacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArtifactTool {
    /// Helm, for its charts.
    Helm,
    /// ORAS, for any artifact.
    Oras,
}

impl ArtifactTool {
    /// The program for artifacts of a type.
    pub fn for_type(artifact_type: &str) -> Self {
        match ArtifactKind::from_type(artifact_type) {
            Some(ArtifactKind::HelmChart) => Self::Helm,
            _ => Self::Oras,
        }
    }
}

/// Where a repository is pulled from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The repository's URI, as returned by ECR: host and name.
    pub uri: String,
    /// The registry's region, for the authorization token.
    pub region: String,
    /// The endpoint that issues the token, if it is not AWS's own.
    pub endpoint_url: Option<String>,
}

impl Source {
    /// The reference by tag: the image that the tag points at when the command runs.
    pub fn by_tag(&self, tag: &Tag) -> String {
        format!("{}:{tag}", self.uri)
    }

    /// The reference by digest: always this exact image.
    pub fn by_digest(&self, digest: &Digest) -> String {
        format!("{}@{digest}", self.uri)
    }

    /// The registry's host.
    pub fn host(&self) -> &str {
        self.uri.split('/').next().unwrap_or(&self.uri)
    }

    /// The command that gets an authorization token and passes it to the client's `login` on standard input. None for
    /// crictl, which has no login: it takes credentials with each pull.
    pub fn login(&self, client: Client) -> Option<String> {
        let program = match client {
            Client::Crictl => return None,
            other => other.as_str(),
        };
        let insecure = if client == Client::Podman && self.is_plain_http() {
            " --tls-verify=false"
        } else {
            ""
        };
        Some(format!(
            "{} | {program} login --username AWS --password-stdin{insecure} {}",
            self.password(),
            self.host()
        ))
    }

    /// The command that pulls a reference.
    pub fn pull(&self, client: Client, reference: &str) -> String {
        match client {
            Client::Crictl => {
                format!(
                    "crictl pull --creds \"AWS:$({})\" {reference}",
                    self.password()
                )
            }
            Client::Podman if self.is_plain_http() => {
                format!("podman pull --tls-verify=false {reference}")
            }
            other => format!("{} pull {reference}", other.as_str()),
        }
    }

    /// The command that logs in a program that pulls artifacts.
    pub fn artifact_login(&self, tool: ArtifactTool) -> String {
        let login = match tool {
            ArtifactTool::Helm => "helm registry login",
            ArtifactTool::Oras => "oras login",
        };
        format!(
            "{} | {login} --username AWS --password-stdin{} {}",
            self.password(),
            self.plain_http(),
            self.host()
        )
    }

    /// The command that pulls a chart by its version. None if the program is not Helm, or if the tag is not a
    /// version: Helm pulls only by version. A version's `+` is `_` in its tag.
    pub fn pull_chart(&self, tool: ArtifactTool, tag: &Tag) -> Option<String> {
        let version = tag.as_str().replace('_', "+");
        let numbers = version.trim_start_matches('v');
        let numbers = numbers.split(['-', '+']).next().unwrap_or_default();
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let is_version = numbers.split('.').count() == 3 && numbers.split('.').all(is_number);
        (tool == ArtifactTool::Helm && is_version).then(|| {
            format!(
                "helm pull{} oci://{} --version {version}",
                self.plain_http(),
                self.uri
            )
        })
    }

    /// An ORAS command with a reference.
    pub fn oras(&self, command: &str, reference: &str) -> String {
        format!("oras {command}{} {reference}", self.plain_http())
    }

    fn plain_http(&self) -> &'static str {
        if self.is_plain_http() {
            " --plain-http"
        } else {
            ""
        }
    }

    /// A container definition for an ECS task, with the image pinned by digest.
    pub fn ecs_snippet(&self, name: &str, digest: &Digest) -> String {
        let reference = self.by_digest(digest);
        format!(
            "{{\n  \"name\": \"{name}\",\n  \"image\": \"{reference}\",\n  \"essential\": true\n}}"
        )
    }

    /// A container of a Kubernetes pod, with the image pinned by digest.
    pub fn kubernetes_snippet(&self, name: &str, digest: &Digest) -> String {
        let reference = self.by_digest(digest);
        format!(
            "containers:\n  - name: {name}\n    image: {reference}\n    imagePullPolicy: IfNotPresent"
        )
    }

    fn password(&self) -> String {
        let endpoint = self
            .endpoint_url
            .as_ref()
            .map(|url| format!(" --endpoint-url {url}"));
        format!(
            "aws ecr get-login-password --region {}{}",
            self.region,
            endpoint.unwrap_or_default()
        )
    }

    /// Only a custom endpoint uses plain HTTP. Unlike docker, podman needs an option for that.
    fn is_plain_http(&self) -> bool {
        self.endpoint_url
            .as_ref()
            .is_some_and(|url| url.starts_with("http://"))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    fn aws() -> Source {
        Source {
            uri: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/storefront/users-api".into(),
            region: "eu-central-1".into(),
            endpoint_url: None,
        }
    }

    #[test]
    fn the_token_is_never_on_a_command_line_if_the_client_can_read_it_from_stdin() {
        for client in Client::ALL
            .into_iter()
            .filter(|client| *client != Client::Crictl)
        {
            let login = aws().login(client).unwrap();
            assert!(
                login.contains("--password-stdin 111122223333.dkr.ecr"),
                "{login}"
            );
        }
        assert_eq!(aws().login(Client::Crictl), None);
    }

    #[test]
    fn charts_are_pulled_with_helm_and_by_version() {
        let pull = |tag: &str| aws().pull_chart(ArtifactTool::Helm, &tag.parse().unwrap());
        let uri = "oci://111122223333.dkr.ecr.eu-central-1.amazonaws.com/storefront/users-api";
        for (tag, version) in [
            ("1.4.2", "1.4.2"),
            ("v1.4.2-rc.1", "v1.4.2-rc.1"),
            ("1.4.2_build.831", "1.4.2+build.831"),
        ] {
            let expected = format!("helm pull {uri} --version {version}");
            assert_eq!(pull(tag), Some(expected));
        }
        for no_version in ["latest", "1.4", "prod-1.4.2", "1.4.x"] {
            assert_eq!(pull(no_version), None, "{no_version}");
        }
        let login = aws().artifact_login(ArtifactTool::Helm);
        assert!(login.contains("| helm registry login --username AWS --password-stdin 1111"));
    }

    #[test]
    fn a_custom_endpoint_is_marked_as_plain_http() {
        let local = Source {
            uri: "127.0.0.1:4510/charts/storefront".into(),
            endpoint_url: Some("http://127.0.0.1:4510".into()),
            ..aws()
        };
        let chart = local.pull_chart(ArtifactTool::Helm, &"1.0.0".parse().unwrap());
        for command in [
            local.artifact_login(ArtifactTool::Oras),
            local.oras("pull", "x"),
            chart.unwrap(),
        ] {
            assert!(command.contains(" --plain-http "), "{command}");
        }
    }

    #[test]
    fn a_pinned_digest_is_complete() {
        let digest: Digest = format!("sha256:{}", "3f".repeat(32)).parse().unwrap();
        assert!(
            aws()
                .by_digest(&digest)
                .ends_with(&format!("users-api@{digest}"))
        );
        assert!(
            aws()
                .ecs_snippet("users-api", &digest)
                .contains(digest.as_str())
        );
        assert!(
            aws()
                .kubernetes_snippet("users-api", &digest)
                .contains(digest.as_str())
        );
    }
}
