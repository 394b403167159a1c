//! The demo's people.

use crate::sign_in::Persona;

/// Everybody to sign in as: two team members, one person in two teams, one team with two roles, a
/// release manager, an administrator, somebody in no team, and somebody of another account.
pub(super) const ALL: [Persona; 8] = [
    Persona {
        id: "ana",
        name: "Ana",
        about: [
            "Developer in the storefront team",
            "storefront 团队的开发者",
        ],
        groups: &["storefront"],
    },
    Persona {
        id: "ben",
        name: "Ben",
        about: ["Developer in the checkout team", "checkout 团队的开发者"],
        groups: &["checkout"],
    },
    Persona {
        id: "chao",
        name: "Chao",
        about: [
            "Works in two teams: storefront and checkout",
            "同时在 storefront 和 checkout 两个团队工作",
        ],
        groups: &["storefront", "checkout"],
    },
    Persona {
        id: "dana",
        name: "Dana",
        about: [
            "Payments team, with two roles: developer and auditor",
            "payments 团队，有开发者和审计员两个角色",
        ],
        groups: &["payments"],
    },
    Persona {
        id: "erik",
        name: "Erik",
        about: [
            "Release manager: moves tags from stage to stage",
            "发布经理：在各阶段之间移动标签",
        ],
        groups: &["release-managers"],
    },
    Persona {
        id: "farah",
        name: "Farah",
        about: [
            "Platform administrator: reviews policies, sees no images",
            "平台管理员：审查策略，看不到镜像",
        ],
        groups: &["platform-admins"],
    },
    Persona {
        id: "gus",
        name: "Gus",
        about: ["New here, and in no team yet", "刚加入，还不属于任何团队"],
        groups: &[],
    },
    Persona {
        id: "hana",
        name: "Hana",
        about: [
            "Logistics, from another AWS account",
            "logistics 团队，来自另一个 AWS 账户",
        ],
        groups: &["logistics"],
    },
];
