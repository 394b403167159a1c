//! `gantry config`: what a configuration may contain.

use clap::{Args, Subcommand};

use crate::{
    command::{print, say_json},
    config::reference,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the JSON Schema of the configuration file, for editors
    #[command(after_help = "Example: gantry config schema > gantry.schema.json")]
    Schema,
    /// Print every key of the configuration with its default and its environment variable, as Markdown
    #[command(after_help = "Example: gantry config reference > configuration.md")]
    Reference,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Schema => say_json(&*reference::SCHEMA),
        // It ends with a line break of its own.
        Command::Reference => Ok(print(reference::page().trim_end())?),
    }
}
