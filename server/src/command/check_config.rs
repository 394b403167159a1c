//! `gantry check-config`.

use std::sync::Arc;

use access::{Identity, Team};
use dashboard::LinkSettings;
use ecr::RegistrySettings;

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
    say(format!(
        "at most {} connections, {} of one address",
        config.connections.max, config.connections.max_per_address
    ))?;
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
    for registry in &config.gantry.registries {
        for line in across_accounts(registry, &config.directory.teams) {
            say(line)?;
        }
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
    say(format!(
        "the history of tags is kept for {} h",
        config.gantry.history.keep.as_secs() / 3_600
    ))?;
    say(match &config.gantry.events.queue {
        Some(queue) => format!("events: received from {} in {}", queue.url, queue.region),
        None => "events: none; changes are found by reading".to_owned(),
    })?;
    say(links_line(config.gantry.links))?;
    let limits = config.limits.clone().unwrap_or_default();
    say(format!(
        "limits a minute: {} requests, {} changes and {} sign-ins of one person; {} requests without a sign-in, {} sign-ins, \
         {} share links that do not open, {} requests for share links and {} for one share link from one address",
        limits.person_requests,
        limits.person_writes,
        limits.person_sign_ins,
        limits.anonymous_requests,
        limits.sign_ins,
        limits.link_misses,
        limits.link_requests,
        limits.link_views
    ))?;
    say(format!(
        "at the same time: {} requests of one person; {} requests without a sign-in from one address",
        limits.person_at_once, limits.address_at_once
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
            "sign-in: load balancer {}, groups from the claim {}{}",
            alb.signer,
            alb.groups_claim,
            if alb.groups_from_access_token {
                ", of the user claims or else of the access token"
            } else {
                ""
            }
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

/// What can be shared by links.
fn links_line(links: LinkSettings) -> String {
    if !links.enabled {
        return "share links: off; none can be made, and none opens".to_owned();
    }
    let shown = [
        (links.may_show.environment, "environment variables"),
        (links.may_show.accounts, "account ids"),
    ];
    let shown = shown.into_iter().filter(|(may, _)| *may);
    let shown: Vec<_> = shown.map(|(_, what)| what).collect();
    let shown = match shown.as_slice() {
        [] => "neither environment variables nor account ids".to_owned(),
        shown => shown.join(" and "),
    };
    let hours = links.longest / 3_600;
    format!(
        "share links: last {hours} h at most, and may show {shown}; one person may have {} live ones",
        links.per_person
    )
}

/// Which teams are in a different account from a registry. For these AWS requires a permission in both accounts, and
/// Gantry knows only the repository's policy unless the operator configures the other side.
fn across_accounts(registry: &RegistrySettings, teams: &[Arc<Team>]) -> Vec<String> {
    let alias = &registry.alias;
    let unseen = || (teams.iter()).filter(|team| matches!(team.identity, Identity::None));
    let Some(account) = account(registry) else {
        let any = unseen().any(|team| !team.actors.is_empty());
        let line = format!(
            "registry {alias}: set registry_id to see here which teams are in another account"
        );
        return any.then_some(line).into_iter().collect();
    };
    let principals = unseen().flat_map(|team| team.actors.iter().map(move |actor| (team, actor)));
    principals
        .filter(|(_, actor)| actor.principal().account().as_str() != account)
        .map(|(team, actor)| {
            format!(
                "team {}: {} is in another account than registry {alias} ({account}). AWS also needs \
                 the permission of account {}, which Gantry does not check. To have it checked, set \
                 identity to the principal's identity policies",
                team.name,
                actor.principal(),
                actor.principal().account(),
            )
        })
        .collect()
}

/// The account of a registry, if the configuration names it: a role's registry is in the role's account.
fn account(registry: &RegistrySettings) -> Option<&str> {
    let of_role = || registry.role_arn.as_deref()?.split(':').nth(4);
    registry.registry_id.as_deref().or_else(of_role)
}
