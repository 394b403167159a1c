//! `gantry policy`: the policy language, without a registry.

mod diff;
mod eval;
mod explain;
mod lint;

use std::{path::Path, process::ExitCode};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use policy::{Policy, PolicyKind};

#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer questions as JSON Lines: may this principal do that?
    Eval(eval::Arguments),
    /// Say why a principal may do something, or may not
    Explain(explain::Arguments),
    /// Say what is wrong with policies, or dangerous in them
    Lint(lint::Arguments),
    /// Say what changes for whom between two policies
    Diff(diff::Arguments),
}

/// What a policy is attached to.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Kind {
    /// A repository
    #[default]
    Repository,
    /// A registry
    Registry,
    /// A role or user
    Identity,
}

impl From<Kind> for PolicyKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Repository => Self::Repository,
            Kind::Registry => Self::Registry,
            Kind::Identity => Self::Identity,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Eval(arguments) => eval::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Lint(arguments) => lint::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
    }
}

/// Reads a policy from a file.
fn read(path: &Path, kind: PolicyKind) -> anyhow::Result<Policy> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Policy::parse(text, kind).with_context(|| path.display().to_string())
}
