//! The log.

use std::fmt::{Display, Error, Result, Write};

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, fmt};

/// How log lines are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Pretty,
    /// One JSON object a line, for machines.
    Json,
}

/// Starts the log on standard error. `GANTRY_LOG` filters it, as in `info,registry=debug`.
pub fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("GANTRY_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,tower_sessions=error"));
    let log = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format {
        LogFormat::Pretty => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

/// The most characters of a text from outside that are logged.
const OUTSIDE: usize = 300;

/// A text that came from outside, such as a provider's answer, as the value of a log line's field: it is cut, so that
/// nobody fills the log with it. The log quotes texts that are values (`error = outside(error)`), and writes those after
/// `%` as they are: with their line breaks, which could begin lines of somebody else's.
pub fn outside(text: impl Display) -> String {
    let mut cut = Cut(String::new());
    // It ends early where the text is cut.
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
