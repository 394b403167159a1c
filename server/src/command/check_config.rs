//! `gantry check-config`.

use registry::Identity;

use crate::{
    command::{ConfigFile, say},
    config::{Config, SignInSettings},
};

pub(super) fn run(file: &ConfigFile) -> anyhow::Result<()> {
    let config = Config::load(file.config.as_ref())?;
    say(format!("listens on {}", config.listen))?;
    let shared = if config.store.is_shared() {
        "shared by any number of replicas"
    } else {
        "for one host alone"
    };
    say(format!("stores in {}, {shared}", config.store))?;
    if let Some(url) = &config.public_url {
        let cookies = if config.is_https() {
            "kept to HTTPS"
        } else {
            "not kept to HTTPS"
        };
        say(format!("people open {url}; cookies are {cookies}"))?;
    }
    for registry in &config.gantry.registries {
        let account = registry
            .registry_id
            .as_deref()
            .unwrap_or("the host's account");
        let role = registry.role_arn.as_ref().map_or_else(
            || "the host's role".to_owned(),
            |role| format!("the role {role}"),
        );
        let endpoint = registry.endpoint_url.as_deref().unwrap_or("AWS's endpoint");
        say(format!(
            "registry {}: {account} in {}, by {role}, at {endpoint}",
            registry.alias, registry.region
        ))?;
    }
    for team in &config.directory.teams {
        let principals: Vec<_> = team
            .actors
            .iter()
            .map(|actor| actor.principal().to_string())
            .collect();
        let identity = match &team.identity {
            Identity::None => "what is opened to their account is not theirs".to_owned(),
            Identity::Assumed => {
                "their account is taken to pass on what is opened to it".to_owned()
            }
            Identity::Policies(policies) => format!("identity policies: {}", policies.len()),
        };
        say(format!(
            "team {}: groups [{}], acts as [{}]; {identity}",
            team.name,
            team.groups.join(", "),
            principals.join(", ")
        ))?;
    }
    if !config.directory.admins.is_empty() {
        say(format!(
            "administrators: groups [{}]",
            config.directory.admins.join(", ")
        ))?;
    }
    say(format!(
        "a policy may be {} s old at most",
        config.gantry.access.policy_max_age.as_secs()
    ))?;
    if config.gantry.access.pull_sees_images {
        say("who may pull sees images (access.pull_sees_images)")?;
    }
    say(match config.gantry.audit.keep {
        Some(keep) => format!("the audit log is kept for {} h", keep.as_secs() / 3_600),
        None => "the audit log is kept for ever".to_owned(),
    })?;
    let limits = config.limits.clone().unwrap_or_default();
    say(format!(
        "limits a minute: {} requests and {} changes of one person; {} requests without a sign-in, {} sign-ins \
         and {} share links that do not open from one address",
        limits.person_requests,
        limits.person_writes,
        limits.anonymous_requests,
        limits.sign_ins,
        limits.link_misses
    ))?;
    if config.gantry.registries.is_empty() {
        say("there is no [[registry]]: Gantry would have nothing to show")?;
    }
    say(match &config.sign_in {
        None => "sign-in: none; `gantry serve` would refuse to start".to_owned(),
        Some(SignInSettings::Oidc(oidc)) => format!(
            "sign-in: OpenID provider {}, as client {}, groups from the claim {}",
            oidc.issuer, oidc.client_id, oidc.groups_claim
        ),
        Some(SignInSettings::Alb(alb)) => format!(
            "sign-in: load balancer {}, groups from the claim {}",
            alb.signer, alb.groups_claim
        ),
    })?;
    let is_behind = config.is_https() || matches!(config.sign_in, Some(SignInSettings::Alb(_)));
    if is_behind && config.trusted_proxies.is_empty() {
        say(
            "server.trusted_proxies names nobody: behind a proxy, everybody has its address, and one limit",
        )?;
    }
    if let Some(address) = config.metrics {
        say(format!("metrics at http://{address}/metrics"))?;
    }
    Ok(())
}
