//! Secrets from files: the name of a secret's variable with `_FILE` at its end holds the path of a file
//! with the secret, as Docker, Kubernetes and systemd provide them.

use std::{fs::File, io::Read, os::unix::fs::PermissionsExt};

use super::{ConfigError, reference, value};

/// The secret's key that a variable names a file for, if it does.
pub(super) fn secret_of(keys: &str) -> Option<&str> {
    let keys = keys.strip_suffix("_file")?;
    reference::schema_of(keys.split("__"))
        .is_some_and(reference::is_secret)
        .then_some(keys)
}

/// The secret in a file: its content without the line break at its end.
pub(super) fn read(variable: &str, path: &str) -> Result<String, ConfigError> {
    let unreadable = |error| value(variable, format!("cannot read {path}: {error}"));
    let mut file = File::open(path).map_err(unreadable)?;
    let mode = file.metadata().map_err(unreadable)?.permissions().mode();
    if others_can_read(mode) {
        tracing::warn!(
            config.variable = variable,
            file.path = path,
            fix = format!("chmod o-r {path}"),
            "Every user of this host can read the file of a secret"
        );
    }
    let mut text = String::new();
    file.read_to_string(&mut text).map_err(unreadable)?;
    let secret = text.strip_suffix('\n').unwrap_or(&text);
    let secret = secret.strip_suffix('\r').unwrap_or(secret);
    if secret.is_empty() {
        return Err(value(variable, format!("{path} is empty")));
    }
    Ok(secret.to_owned())
}

/// Whether every user of the host can read a file of this mode.
fn others_can_read(mode: u32) -> bool {
    mode & 0o004 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_others_can_read_gives_a_warning() {
        for mode in [0o100_600, 0o100_640, 0o100_440] {
            assert!(!others_can_read(mode), "{mode:o}");
        }
        for mode in [0o100_644, 0o100_604, 0o100_444] {
            assert!(others_can_read(mode), "{mode:o}");
        }
    }
}
