//! `gantry demo`.

use std::net::SocketAddr;

use clap::Args;
use ecr_local::{EcrLocal, EcrLocalArguments, Options};

use crate::{
    command::say,
    demo::{self, Demo},
};

#[derive(Debug, Args)]
#[command(after_help = "Example: gantry demo --listen 127.0.0.1:8080 --seed large")]
pub(super) struct Arguments {
    /// The address that the dashboard listens on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address that the embedded registry listens on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    registry: SocketAddr,
    /// How many registries: with 2, one of another account and region stands beside the first
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    registries: u8,
    #[command(flatten)]
    embedded: EcrLocalArguments,
}

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let options = Options::from(arguments.embedded);
    let partner = if arguments.registries == 2 {
        let any = SocketAddr::new(arguments.registry.ip(), 0);
        Some(EcrLocal::bind(any, demo::partner(options.clone())).await?)
    } else {
        None
    };
    let embedded = EcrLocal::bind(arguments.registry, options).await?;
    let demo = Demo::start(arguments.listen, embedded, partner).await?;
    for url in demo.endpoint_urls() {
        say(format!("an embedded registry answers at {url}"))?;
    }
    say(format!(
        "open http://{} and choose whom to sign in as",
        demo.address()
    ))?;
    demo.run().await;
    Ok(())
}
