//! Whose grant a link carries.

use std::sync::Arc;

use access::{Actor, PersonId, Team, Viewer};
use model::link::LinkBearer;

/// Somebody who looks as one principal of one team, and as nothing else: no administrator, and no
/// principal that would see what this one does not.
pub(super) fn alone(id: &PersonId, name: &str, team: &Team, actor: &Actor) -> Viewer {
    Viewer {
        id: id.clone(),
        name: name.into(),
        teams: vec![Arc::new(team.reduced_to(actor))],
        admin: false,
    }
}

/// A bearer as a viewer, if it is among these teams.
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
