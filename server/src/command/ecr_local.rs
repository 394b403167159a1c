//! `gantry ecr-local`.

use std::net::SocketAddr;

use clap::Args;
use ecr_local::{EcrLocal, EcrLocalArguments};

use crate::{command::say, serve::stopped};

#[derive(Debug, Args)]
#[command(
    after_help = "Example: gantry ecr-local --listen 127.0.0.1:4510 --seed demo\n         \
    aws ecr describe-repositories --endpoint-url http://127.0.0.1:4510 --region eu-central-1"
)]
pub(super) struct Arguments {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:4510")]
    listen: SocketAddr,
    #[command(flatten)]
    registry: EcrLocalArguments,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let endpoint = EcrLocal::bind(arguments.listen, arguments.registry.into()).await?;
    say(format!("ECR answers at {}", endpoint.endpoint_url()))?;
    endpoint.serve(stopped()).await?;
    Ok(())
}
