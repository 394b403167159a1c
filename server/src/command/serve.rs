//! `gantry serve`.

use clap::Args;

use crate::{command::ConfigFile, config::Config};

#[derive(Debug, Args)]
#[command(after_help = "Example: gantry serve --config gantry.toml")]
pub(super) struct Arguments {
    #[command(flatten)]
    file: ConfigFile,
}

/// A dashboard without a sign-in would show everybody whatever it knows: it does not start.
pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    Config::load(arguments.file.config.as_ref())?;
    anyhow::bail!(
        "no sign-in is configured, so there is nobody to serve. Real sign-ins ([sign_in.oidc] and \
         [sign_in.alb]) are not part of this version yet; `gantry demo` serves an embedded registry \
         with people to sign in as"
    )
}
