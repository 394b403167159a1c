//! `[[team]]`: whom people act as.

use std::{collections::HashSet, path::Path, sync::Arc};

use access::{Actor, Identity, Team};
use model::{Principal, TeamName};
use policy::{CompiledPolicy, PolicyKind};

use super::{ConfigError, file, value};

/// A team. Paths are taken from `home`.
pub(super) fn check(n: usize, team: file::Team, home: &Path) -> Result<Arc<Team>, ConfigError> {
    let key = |name: &str| format!("team {} ({name})", n + 1);
    let name = team.name.get(&key("name"))?;
    let name: TeamName = name.parse().map_err(|error| value(&key("name"), error))?;
    if let Some(id) = &team.organization
        && !is_organization(id)
    {
        let message = "takes the id of an organisation, as in o-a1b2c3d4e5";
        return Err(value(&key("organization"), message));
    }
    let mut tags = HashSet::new();
    if !team
        .principal_tags
        .keys()
        .all(|tag| tags.insert(tag.to_lowercase()))
    {
        let message = "has two tags that differ in case alone, which conditions do not";
        return Err(value(&key("principal_tags"), message));
    }
    let actor = |arn: &String| {
        let principal: Principal = arn
            .parse()
            .map_err(|error| value(&key("principals"), error))?;
        let tags = team
            .principal_tags
            .iter()
            .map(|(tag, value)| (&**tag, &**value));
        Actor::new(principal, tags, team.organization.as_deref())
            .map_err(|error| value(&key("principals"), error))
    };
    let actors = team
        .principals
        .iter()
        .map(actor)
        .collect::<Result<_, _>>()?;
    let identity = identity(&key("identity"), team.identity, home)?;
    Ok(Arc::new(Team {
        name,
        groups: team.groups,
        actors,
        identity,
    }))
}

fn identity(key: &str, written: file::Identity, home: &Path) -> Result<Identity, ConfigError> {
    match written {
        file::Identity::Word(file::IdentityWord::None) => Ok(Identity::None),
        file::Identity::Word(file::IdentityWord::Assumed) => Ok(Identity::Assumed),
        file::Identity::Files(files) => {
            let read = |path: &std::path::PathBuf| {
                let path = home.join(path);
                let complaint = |error: &dyn std::fmt::Display| {
                    value(key, format!("{}: {error}", path.display()))
                };
                let text = std::fs::read_to_string(&path).map_err(|error| complaint(&error))?;
                CompiledPolicy::parse(text, PolicyKind::Identity)
                    .map(Arc::new)
                    .map_err(|error| complaint(&error))
            };
            Ok(Identity::Policies(
                files.iter().map(read).collect::<Result<_, _>>()?,
            ))
        }
    }
}

/// Source: the pattern of `Organization$Id` in the AWS Organizations API reference.
fn is_organization(id: &str) -> bool {
    id.strip_prefix("o-").is_some_and(|rest| {
        (10..=32).contains(&rest.len())
            && rest
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    })
}
