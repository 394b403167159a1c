use std::time::Duration;

use clap::{Args, ValueEnum};

/// The initial content of a registry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Seed {
    /// Nothing.
    Empty,
    /// A retailer's registry that tells a story: teams, stages, a year of pushes.
    #[default]
    Demo,
    /// A few repositories of the carrier that the retailer works with; some have the names of the retailer's.
    Partner,
    /// 5,000 repositories of 1,000 images, created when they are first read.
    Large,
}

/// The settings of an endpoint. [`Options::default`] is an empty, fast registry without faults.
#[derive(Clone, Debug)]
pub struct Options {
    /// The initial content.
    pub seed: Seed,
    /// Selects one of the registries that a seed can create: the same number gives the same registry.
    pub seed_rng: u64,
    /// The delay of every answer.
    pub latency: Option<Duration>,
    /// The rate of requests per second above which `ThrottlingException` is returned, as with AWS's token buckets.
    pub throttle: Option<f64>,
    /// The share of requests, from 0 to 1, that are answered with a `ServerException`.
    pub fail: Option<f64>,
    /// The account, twelve digits.
    pub account: String,
    /// The region.
    pub region: String,
    /// The host in repository URIs. None means the address that is listened on.
    pub public_host: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: Seed::Empty,
            seed_rng: 0,
            latency: None,
            throttle: None,
            fail: None,
            account: "111122223333".to_owned(),
            region: "eu-central-1".to_owned(),
            public_host: None,
        }
    }
}

/// [`Options`] as command-line arguments, to be flattened into a command.
#[derive(Clone, Debug, Args)]
pub struct EcrLocalArguments {
    /// Start with no repository
    #[arg(long, conflicts_with = "seed")]
    empty: bool,
    /// What the registry holds at the start
    #[arg(long, value_enum, default_value_t)]
    seed: Seed,
    /// Chooses among the registries that a seed can make
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed_rng: u64,
    /// Let every answer wait, for example 40ms or 1.5s
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    latency: Option<Duration>,
    /// Answer ThrottlingException above this many requests a second
    #[arg(long, value_name = "RATE", value_parser = rate)]
    throttle: Option<f64>,
    /// Answer ServerException to this share of requests, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    fail: Option<f64>,
    /// The account that the registry belongs to
    #[arg(long, value_parser = account, default_value = "111122223333")]
    account: String,
    /// The region that the registry is in
    #[arg(long, default_value = "eu-central-1")]
    region: String,
    /// The host in repository URIs, if clients reach the registry by another one
    #[arg(long, value_name = "HOST[:PORT]")]
    public_host: Option<String>,
}

impl From<EcrLocalArguments> for Options {
    fn from(arguments: EcrLocalArguments) -> Self {
        Self {
            seed: if arguments.empty {
                Seed::Empty
            } else {
                arguments.seed
            },
            seed_rng: arguments.seed_rng,
            latency: arguments.latency,
            throttle: arguments.throttle,
            fail: arguments.fail,
            account: arguments.account,
            region: arguments.region,
            public_host: arguments.public_host,
        }
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match (text.strip_suffix("ms"), text.strip_suffix('s')) {
        (Some(number), _) => (number, 0.001),
        (None, Some(number)) => (number, 1.0),
        (None, None) => return Err("write it as 40ms or 1.5s".to_owned()),
    };
    let number: f64 = number
        .parse()
        .map_err(|_| format!("{number} is no number"))?;
    Duration::try_from_secs_f64(number * unit).map_err(|error| error.to_string())
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if rate > 0.0 && f64::is_finite(rate) => Ok(rate),
        _ => Err("a rate is a number above 0".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to 1".to_owned()),
    }
}

fn account(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("an account is twelve digits".to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Command {
        #[command(flatten)]
        arguments: EcrLocalArguments,
    }

    fn options(line: &str) -> Result<Options, clap::Error> {
        let words = std::iter::once("ecr-local").chain(line.split_whitespace());
        Command::try_parse_from(words).map(|command| command.arguments.into())
    }

    #[test]
    fn the_command_line_sets_the_seed_and_the_faults() {
        assert_eq!(options("").unwrap().seed, Seed::Demo);
        assert_eq!(options("--empty").unwrap().seed, Seed::Empty);
        let busy =
            options("--seed large --latency 40ms --throttle 100 --fail 0.05 --seed-rng 7").unwrap();
        assert_eq!((busy.seed, busy.seed_rng), (Seed::Large, 7));
        assert_eq!(busy.latency, Some(Duration::from_millis(40)));
        assert_eq!((busy.throttle, busy.fail), (Some(100.0), Some(0.05)));
        for line in [
            "--empty --seed demo",
            "--fail 2",
            "--throttle 0",
            "--account 12",
            "--latency 40",
        ] {
            assert!(options(line).is_err(), "{line}");
        }
    }

    #[test]
    fn durations_are_written_with_their_unit() {
        assert_eq!(duration("40ms"), Ok(Duration::from_millis(40)));
        assert_eq!(duration("1.5s"), Ok(Duration::from_millis(1500)));
        for text in ["40", "ms", "-1s", "1m"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
