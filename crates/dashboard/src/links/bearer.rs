//! The team and principal whose grants a link uses.

use std::sync::Arc;

use access::{Actor, PersonId, Team, Viewer};
use model::link::LinkBearer;

/// A viewer with one principal of one team only: not an administrator, and with no other principal
/// that could see more.
pub(super) fn alone(id: &PersonId, name: &str, team: &Team, actor: &Actor) -> Viewer {
    Viewer {
        id: id.clone(),
        name: name.into(),
        teams: vec![Arc::new(team.reduced_to(actor))],
        admin: false,
    }
}

/// A bearer as a viewer, if it is one of these teams' principals.
pub(super) fn among(
    teams: &[Arc<Team>],
    bearer: &LinkBearer,
    id: &PersonId,
    name: &str,
) -> Option<Viewer> {
    let team = teams.iter().find(|team| team.name == bearer.team)?;
    let actor = team.actor(&bearer.principal)?;
    Some(alone(id, name, team, actor))
}
