//! `gantry audit`: the audit log, for operators of Gantry.

use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use store::audit::{Audit, Head, Verified};

use crate::{
    command::{ConfigFile, open, say},
    config::Config,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check that no row of the audit log was changed, removed or added afterwards
    Verify(Verify),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exits with 1 where the log is broken, and names the first broken row. It changes nothing in the store.\n\nExample: gantry audit verify --config gantry.toml --expect 831:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
)]
struct Verify {
    #[command(flatten)]
    file: ConfigFile,
    /// A row that an earlier check named: shows whether rows are gone from the end since
    #[arg(long, value_name = "NUMBER:HASH")]
    expect: Option<Head>,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Command::Verify(verify) = arguments.command;
    let config = Config::load(verify.file.config.as_ref())?;
    let url = &config.store;
    let store = open(url).await?;
    let verified = Audit::new(store.clone())
        .verify(verify.expect.as_ref())
        .await
        .with_context(|| format!("the store {url}"))?;
    store.close().await;
    report(&verified)?;
    let is_whole = verified.broken.is_none() && verified.unsearchable.is_none();
    Ok(match is_whole {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn report(verified: &Verified) -> anyhow::Result<()> {
    if let Some(cut) = &verified.cut {
        say(format!("rows up to {} were cut off", cut.number))?;
    }
    match (&verified.first, &verified.head) {
        (Some(first), Some(head)) => {
            say(format!(
                "{} rows hold together, from {first} to {}",
                verified.rows, head.number
            ))?;
            say(format!("the last of them is {head}"))?;
        }
        _ => say("0 rows hold together")?,
    }
    if let Some(number) = verified.unsearchable {
        say(format!(
            "row {number} holds, but a search may not find it: the text that it is searched by does not follow \
             from it. Read the row by its number, and find out who may write to the database"
        ))?;
    }
    say(match verified.broken {
        Some(broken) => format!("BROKEN: {broken}"),
        None => "the audit log is whole".to_owned(),
    })?;
    Ok(())
}
