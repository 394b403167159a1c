//! The command line, one file per command.

mod audit;
mod check_config;
mod config;
mod demo;
mod ecr_local;
mod policy;
mod serve;
mod sessions;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context;
use clap::{Args, Parser, Subcommand};
use store::{Store, StoreUrl};

use crate::logging::LogFormat;

/// A web dashboard for Amazon ECR.
#[derive(Debug, Parser)]
#[command(name = "gantry", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// How log lines are written
    #[arg(
        long,
        global = true,
        env = "GANTRY_LOG_FORMAT",
        value_enum,
        default_value_t
    )]
    log_format: LogFormat,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the dashboard
    Serve(serve::Arguments),
    /// Serve the dashboard over an embedded registry, with people to sign in as
    Demo(demo::Arguments),
    /// Serve an embedded ECR endpoint, for clients and tests
    EcrLocal(ecr_local::Arguments),
    /// Say what a configuration would run, or what is wrong with it
    CheckConfig(ConfigFile),
    /// Print the schema and the reference of the configuration
    Config(config::Arguments),
    /// Check the audit log
    Audit(audit::Arguments),
    /// List and end sessions
    Sessions(sessions::Arguments),
    /// Evaluate, explain, check and compare policies
    Policy(policy::Arguments),
}

/// Where the configuration is.
#[derive(Debug, Args)]
#[command(after_help = "Example: gantry check-config --config gantry.toml")]
struct ConfigFile {
    /// The configuration file
    #[arg(long, env = "GANTRY_CONFIG")]
    config: Option<PathBuf>,
}

/// Runs a command to its end. Returns its exit code.
///
/// # Errors
/// Why the command stopped, for people to read.
pub async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    crate::logging::start(arguments.log_format);
    match arguments.command {
        Command::Serve(arguments) => serve::run(arguments).await?,
        Command::Demo(arguments) => demo::run(arguments).await?,
        Command::EcrLocal(arguments) => ecr_local::run(arguments).await?,
        Command::CheckConfig(file) => check_config::run(&file)?,
        Command::Config(arguments) => config::run(&arguments)?,
        Command::Audit(arguments) => return audit::run(arguments).await,
        Command::Sessions(arguments) => sessions::run(arguments).await?,
        Command::Policy(arguments) => return policy::run(&arguments),
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the store for a command that reads or ends sessions. Never upgrades the schema: only `gantry serve` does,
/// after the previous release has stopped.
async fn open(url: &StoreUrl) -> anyhow::Result<Store> {
    let opened = Store::open_existing(url).await;
    let (store, schema) = opened.with_context(|| format!("the store {url}"))?;
    if schema.is_older() {
        say(format!(
            "the store has the schema of an older version ({}; this version uses {}), and keeps it until \
             this version's `gantry serve` starts",
            schema.found, schema.known
        ))?;
    }
    Ok(store)
}

/// Prints a line on standard output for the person who started the command. Control characters in policies, names and
/// notes that a terminal or a build log would interpret are escaped, line breaks too.
fn say(line: impl std::fmt::Display) -> io::Result<()> {
    print(&model::visible(&line.to_string()))
}

/// Prints a line of columns separated by tabs.
fn say_columns(columns: &[String]) -> io::Result<()> {
    let columns: Vec<_> = columns
        .iter()
        .map(|column| model::visible(column))
        .collect();
    print(&columns.join("\t"))
}

/// Prints a document for programs on standard output. JSON already escapes control characters.
fn say_json(document: &impl serde::Serialize) -> anyhow::Result<()> {
    Ok(print(&serde_json::to_string_pretty(document)?)?)
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Prints on standard error what stopped a command, and why.
pub fn complain(error: &anyhow::Error) {
    // If standard error is gone too, there is nowhere left to report to.
    let error = model::visible(&format!("{error:#}"));
    let _ = writeln!(io::stderr().lock(), "gantry: {error}");
}
