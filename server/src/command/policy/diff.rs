//! `gantry policy diff`: what changes, and for whom.

use std::{path::PathBuf, process::ExitCode};

use app::messages::diff::line;
use clap::Args;
use model::Locale;
use policy::diff;

use super::{Kind, read};
use crate::command::{say, say_json};

#[derive(Debug, Args)]
#[command(after_help = "Example: gantry policy diff old.json new.json

The exit code is 0 if nothing changes for anyone, and 1 otherwise.")]
pub(super) struct Arguments {
    /// The policy as it is
    old: PathBuf,
    /// The policy as it would be
    new: PathBuf,
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t)]
    kind: Kind,
    /// Print the changes as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let old = read(&arguments.old, arguments.kind.into())?;
    let new = read(&arguments.new, arguments.kind.into())?;
    let changes = diff(&old, &new);
    if arguments.json {
        say_json(&changes)?;
    } else {
        for change in &changes {
            say(line(change, Locale::En))?;
        }
    }
    Ok(match changes.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
