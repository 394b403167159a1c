//! The platforms that images run on.

use serde::{Deserialize, Serialize};

/// The system that an image runs on, such as `linux/arm64/v8`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Platform {
    /// The operating system.
    pub os: String,
    /// The processor's architecture.
    pub architecture: String,
    /// The architecture's variant.
    pub variant: Option<String>,
    /// The system's version: Windows runs an image only on the same version (`os.version`).
    pub os_version: Option<String>,
    /// Required features of the system, such as `win32k` (`os.features`).
    pub os_features: Vec<String>,
}

impl Platform {
    /// Whether it is Windows. There, an image without a user runs as the base image's user.
    pub fn is_windows(&self) -> bool {
        self.os.eq_ignore_ascii_case("windows")
    }

    /// Whether it names no system. Build tools use `unknown/unknown` for artifacts that they add to an index, so that
    /// they are never run.
    pub fn is_unknown(&self) -> bool {
        self.os == "unknown" || self.os.is_empty()
    }
}

impl std::fmt::Display for Platform {
    /// For example `linux/arm64/v8` and `windows/amd64 10.0.20348.2031 (win32k)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.os, self.architecture)?;
        if let Some(variant) = &self.variant {
            write!(f, "/{variant}")?;
        }
        if let Some(version) = &self.os_version {
            write!(f, " {version}")?;
        }
        if !self.os_features.is_empty() {
            write!(f, " ({})", self.os_features.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_platforms_are_written_differently() {
        let linux = Platform {
            os: "linux".into(),
            architecture: "arm".into(),
            variant: Some("v7".into()),
            os_version: None,
            os_features: Vec::new(),
        };
        let windows = |version: &str, features: &[&str]| Platform {
            os: "windows".into(),
            architecture: "amd64".into(),
            variant: None,
            os_version: Some(version.into()),
            os_features: features.iter().map(ToString::to_string).collect(),
        };
        assert_eq!(linux.to_string(), "linux/arm/v7");
        assert_eq!(
            windows("10.0.17763.5329", &[]).to_string(),
            "windows/amd64 10.0.17763.5329"
        );
        assert_eq!(
            windows("10.0.20348.2031", &["win32k"]).to_string(),
            "windows/amd64 10.0.20348.2031 (win32k)"
        );
        assert!(windows("", &[]).is_windows() && !linux.is_windows());
    }
}
