//! The log.

use std::{
    env::VarError,
    error::Error as _,
    fmt::{Display, Error, Result, Write},
};

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, filter::FromEnvError, fmt};

/// How log lines are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line, for machines.
    Json,
}

/// The variable that filters the log, as in `info,ecr=debug`.
const FILTER: &str = "GANTRY_LOG";

/// What is logged where it does not say otherwise.
const DEFAULT_FILTER: &str = "info,tower_sessions=error";

/// Starts the log on standard error. A filter that cannot be read is ignored, with a warning: a person who mistypes it must
/// not miss errors.
pub fn start(format: LogFormat) {
    let (filter, ignored) = match EnvFilter::try_from_env(FILTER) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new(DEFAULT_FILTER), Some(error)),
    };
    let log = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Pretty => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    if let Some(error) = ignored.filter(|error| !is_unset(error)) {
        tracing::warn!(
            config.variable = FILTER,
            error = outside(error),
            "Gantry cannot read the log filter and uses the default"
        );
    }
}

/// Whether the filter is missing because nobody set the variable.
fn is_unset(error: &FromEnvError) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref());
    cause == Some(&VarError::NotPresent)
}

/// The maximum number of characters of an outside text that are logged.
const OUTSIDE: usize = 300;

/// A text from outside, such as a provider's answer, as the value of a log field. It is cut, so that a sender cannot
/// fill the log. The log quotes texts that are values (`error = outside(error)`) but writes texts after `%` as they
/// are: their line breaks could forge log lines.
pub fn outside(text: impl Display) -> String {
    let mut cut = Cut(String::new());
    // Writing ends early if the text is cut.
    let _ = write!(cut, "{text}");
    cut.0
}

/// The beginning of what is written.
struct Cut(String);

impl Write for Cut {
    fn write_str(&mut self, text: &str) -> Result {
        let left = OUTSIDE.saturating_sub(self.0.chars().count());
        self.0.extend(text.chars().take(left));
        if text.chars().nth(left).is_some() {
            self.0.push('…');
            return Err(Error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::outside;

    #[test]
    fn a_text_from_outside_is_cut() {
        let parts = format_args!("{}{}", "ä".repeat(200), "ö".repeat(10_000)).to_string();
        assert_eq!(outside(&parts).chars().count(), 300 + 1);
        assert!(outside(&parts).ends_with("ö…"));
        let in_pieces = format!("{}{}", "ä".repeat(200), "ö".repeat(100));
        assert_eq!(
            outside(format_args!("{}{}", "ä".repeat(200), "ö".repeat(100))),
            in_pieces
        );
        assert_eq!(outside(""), "");
    }
}
