//! `gantry demo`.

use std::net::SocketAddr;

use clap::Args;
use ecr_local::{EcrLocal, EcrLocalArguments};

use crate::{command::say, demo::Demo};

#[derive(Debug, Args)]
#[command(after_help = "Example: gantry demo --listen 127.0.0.1:8080 --seed large")]
pub(super) struct Arguments {
    /// The address that the dashboard listens on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address that the embedded registry listens on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    registry: SocketAddr,
    #[command(flatten)]
    embedded: EcrLocalArguments,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let embedded = EcrLocal::bind(arguments.registry, arguments.embedded.into()).await?;
    let demo = Demo::start(arguments.listen, embedded).await?;
    say(format!(
        "the embedded registry answers at {}",
        demo.endpoint_url()
    ))?;
    say(format!(
        "open http://{} and choose whom to sign in as",
        demo.address()
    ))?;
    demo.run().await;
    Ok(())
}
