//! The demo's people.

use words::personas::PersonasTexts;

use crate::sign_in::Persona;

/// All personas to choose from: two team members, one person in two teams, one team with two roles, a release
/// manager, an administrator, a person in no team, and a person of another account.
pub(super) const ALL: [Persona; 8] = [
    Persona {
        id: "ana",
        name: "Ana",
        about: PersonasTexts::ana,
        groups: &["storefront"],
    },
    Persona {
        id: "ben",
        name: "Ben",
        about: PersonasTexts::ben,
        groups: &["checkout"],
    },
    Persona {
        id: "chao",
        name: "Chao",
        about: PersonasTexts::chao,
        groups: &["storefront", "checkout"],
    },
    Persona {
        id: "dana",
        name: "Dana",
        about: PersonasTexts::dana,
        groups: &["payments"],
    },
    Persona {
        id: "erik",
        name: "Erik",
        about: PersonasTexts::erik,
        groups: &["release-managers"],
    },
    Persona {
        id: "farah",
        name: "Farah",
        about: PersonasTexts::farah,
        groups: &["platform-admins"],
    },
    Persona {
        id: "gus",
        name: "Gus",
        about: PersonasTexts::gus,
        groups: &[],
    },
    Persona {
        id: "hana",
        name: "Hana",
        about: PersonasTexts::hana,
        groups: &["logistics"],
    },
];
