//! `gantry policy explain`: why a principal is allowed to do something, or not.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context as _;
use app::messages::explain::{name, reasons, verdict};
use clap::Args;
use model::Locale;
use policy::{
    Account, ActionName, CompiledPolicy, Context, Identity, Mode, Outcome, Policies, PolicyKind,
    Principal, Request, Resource, Subject,
};

use super::read;
use crate::command::{say, say_json};

/// The example shown by `--help`.
const EXAMPLE: &str = "\
Example: gantry policy explain --policy policy.json --action ecr:PutImage \\
           --principal arn:aws:iam::111122223333:role/ci --context aws:SourceIp=10.0.0.1

The exit code is 0 where the action is allowed for certain, and 1 otherwise.";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct Arguments {
    /// The repository policy
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The registry policy
    #[arg(long, value_name = "FILE")]
    registry_policy: Option<PathBuf>,
    /// An identity policy of the principal's; may stand several times
    #[arg(long, value_name = "FILE")]
    identity_policy: Vec<PathBuf>,
    /// Who asks: a role, user or session by its ARN, an account's root, or a service
    #[arg(long, value_name = "ARN")]
    principal: String,
    /// A tag of the principal's, as key=value; may stand several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    tag: Vec<(String, String)>,
    /// For which action, such as ecr:PutImage
    #[arg(long)]
    action: String,
    /// On which repository: its ARN
    #[arg(
        long,
        value_name = "ARN",
        default_value = "arn:aws:ecr:eu-central-1:111122223333:repository/example"
    )]
    resource: String,
    /// The account that owns the repository, where its ARN does not tell
    #[arg(long, value_name = "ACCOUNT")]
    resource_account: Option<String>,
    /// A condition key of the request, as key=value; may stand several times, also for one key
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    context: Vec<(String, String)>,
    /// Take condition keys that are not given as missing from the request, as IAM would
    #[arg(long)]
    strict: bool,
    /// Print the reasons as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let one = |path: &Option<PathBuf>, kind| {
        path.as_ref()
            .map(|path| read(path, kind).map(CompiledPolicy::new))
            .transpose()
    };
    let repository = one(&arguments.policy, PolicyKind::Repository)?;
    let registry = one(&arguments.registry_policy, PolicyKind::Registry)?;
    let identity = (arguments.identity_policy.iter())
        .map(|path| {
            read(path, PolicyKind::Identity)
                .map(CompiledPolicy::new)
                .map(Arc::new)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let principal = Principal::parse(&arguments.principal).context("--principal")?;
    let account = (arguments.resource_account.as_deref())
        .map(|text| Account::parse(text).context("--resource-account: expected twelve digits"))
        .transpose()?;
    let tags = arguments.tag.iter().map(|(tag, value)| (&**tag, &**value));
    let policies = Policies {
        repository: repository.as_ref(),
        registry: registry.as_ref(),
        identity: Identity::Policies(&identity),
    };
    let request = Request {
        subject: &Subject::new(principal, tags),
        action: &ActionName::new(&arguments.action),
        resource: &Resource::new(&arguments.resource, account),
        context: &context(&arguments.context),
    };
    let mode = if arguments.strict {
        Mode::Strict
    } else {
        Mode::ThreeValued
    };
    let explanation = policies.explain(&request, mode);
    if arguments.json {
        say_json(&explanation)?;
    } else {
        say(verdict(&explanation, Locale::En))?;
        for statement in &explanation.statements {
            say("")?;
            say(name(statement, Locale::En))?;
            for reason in reasons(statement, Locale::En) {
                say(format!("  {reason}"))?;
            }
        }
    }
    Ok(match explanation.outcome {
        Outcome::Allowed => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// The context of the request. A key that is given several times has several values.
fn context(given: &[(String, String)]) -> Context {
    let mut context = Context::default();
    for (key, _) in given {
        let of_key = |(other, _): &&(String, String)| other.eq_ignore_ascii_case(key);
        context.set(key, given.iter().filter(of_key).map(|(_, value)| &**value));
    }
    context
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}
