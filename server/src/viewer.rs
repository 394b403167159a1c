//! Maps a signed-in person to a viewer, by the current configuration.

use access::{Person, Viewer};

use crate::config::Directory;

impl Directory {
    /// The person's teams, and whether they review policies.
    pub fn viewer(&self, person: &Person) -> Viewer {
        let teams = self
            .teams
            .iter()
            .filter(|team| team.has_member_of(&person.groups))
            .cloned();
        Viewer {
            id: person.id.clone(),
            name: person.name.as_str().into(),
            teams: teams.collect(),
            admin: self
                .admins
                .iter()
                .any(|group| person.groups.contains(group)),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed parse is a failed test")]
mod tests {
    use super::*;

    #[test]
    fn only_groups_make_teams() {
        let config = crate::config::Config::parse(
            crate::demo::CONFIGURATION,
            "demo",
            std::path::Path::new(""),
            std::iter::empty(),
        )
        .unwrap();
        let viewer = |groups: &[&str]| {
            let groups = groups.iter().map(|group| (*group).to_owned()).collect();
            config.directory.viewer(&Person {
                id: access::PersonId::new("tests", "x"),
                name: "X".into(),
                groups,
            })
        };
        assert!(viewer(&[]).teams.is_empty());
        assert!(viewer(&["STOREFRONT", "storefront "]).teams.is_empty());
        assert_eq!(viewer(&["checkout", "storefront"]).teams.len(), 2);
        assert!(viewer(&["platform-admins"]).admin);
        assert!(!viewer(&["storefront"]).admin);
    }
}
