//! `gantry serve`.

use anyhow::Context;
use clap::Args;

use crate::{
    command::{ConfigFile, say},
    config::Config,
    exporter,
    serve::Dashboard,
    sign_in::SignIn,
};

#[derive(Debug, Args)]
#[command(after_help = "Example: gantry serve --config gantry.toml")]
pub(super) struct Arguments {
    #[command(flatten)]
    file: ConfigFile,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let mut config = Config::load(arguments.file.config.as_ref())?;
    // A dashboard without sign-in would show all its data to anyone.
    let settings = config.sign_in.take().context(
        "no sign-in is configured, so there is nobody to serve: add [sign_in.oidc] or [sign_in.alb]; \
         `gantry demo` serves an embedded registry with people to sign in as",
    )?;
    if let Some(address) = config.metrics {
        exporter::serve(address).await?;
    }
    let sign_in = SignIn::configured(settings, config.public_url.as_deref())?;
    let dashboard = Dashboard::start(config, sign_in).await?;
    say(format!("listening on {}", dashboard.address()))?;
    dashboard.run().await;
    Ok(())
}
