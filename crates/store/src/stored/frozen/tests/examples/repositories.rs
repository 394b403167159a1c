//! Links to a repository.

use super::*;

pub(super) fn page(problem: Option<Problem>) -> Page<ImageRow> {
    Page {
        rows: rows(),
        total: 640,
        matching: 320,
        number: 1,
        pages: 1,
        as_of: problem.is_none().then(|| ago(0)),
        incomplete: problem.is_some(),
        problem,
        now: NOW,
    }
}

pub(super) fn settings(mutability: Mutability) -> RepositorySettings {
    RepositorySettings {
        created: (mutability != Mutability::Mutable).then(|| ago(400)),
        scan_on_push: mutability != Mutability::Immutable,
        encryption: text("KMS"),
        mutability,
    }
}

pub(super) fn repository(settings: Section<RepositorySettings>) -> RepositoryDetail {
    RepositoryDetail {
        repository: "retail/storefront/users-api".parse().unwrap(),
        visibility: Visibility::Images,
        through: vec![developer(), GrantedVia::Review],
        arn: text("arn:aws:ecr:eu-central-1:000000000000:repository/storefront/users-api"),
        source: source(Some("http://127.0.0.1:4510")),
        pull: shown(()),
        settings,
        resource_tags: shown(vec![pair("team", "storefront"), pair("tier", "")]),
        policy: shown(true),
        lifecycle: shown(()),
        counts: RepositoryCounts {
            images: 640,
            untagged: 12,
            archived: None,
            indexes: None,
            unread_indexes: None,
            tags: 1_280,
            size: 98_765_432_109,
            findings: FindingCounts([6, 5, 4, 3, 2, 1]),
            scans: None,
        },
        as_of: Some(ago(0)),
        now: NOW,
    }
}

pub(super) fn of_repository(detail: RepositoryDetail, images: Page<ImageRow>) -> Shared {
    Shared {
        view: SharedView::Repository {
            detail: Box::new(detail),
            images,
        },
        more: Vec::new(),
        tags: None,
        seen_at: None,
    }
}

/// Links to a repository.
pub(in super::super) fn repositories() -> Vec<Shared> {
    let filters = |filter: &str| vec![text(filter), text("*-rc*")];
    let whole = Shared {
        more: PARTS.into_iter().zip(1..).collect(),
        ..of_repository(
            repository(shown(settings(Mutability::MutableExcept(filters("v*"))))),
            page(None),
        )
    };
    let listed = RepositoryDetail {
        visibility: Visibility::Tags,
        pull: withheld(Action::BatchGetImage),
        resource_tags: withheld(Action::ListTagsForResource),
        policy: withheld(Action::GetRepositoryPolicy),
        lifecycle: withheld(Action::GetLifecyclePolicy),
        counts: RepositoryCounts::default(),
        as_of: None,
        ..repository(shown(settings(Mutability::Immutable)))
    };
    let empty = RepositoryDetail {
        visibility: Visibility::Name,
        source: source(None),
        pull: absent(GrantedVia::Review),
        resource_tags: absent(developer()),
        policy: absent(developer()),
        lifecycle: absent(developer()),
        ..repository(shown(settings(Mutability::ImmutableExcept(filters(
            "latest",
        )))))
    };
    let failing = PROBLEMS.map(|problem| {
        let detail = RepositoryDetail {
            resource_tags: unavailable(problem),
            policy: shown(false),
            ..repository(shown(settings(Mutability::Mutable)))
        };
        of_repository(detail, page(Some(problem)))
    });
    let others = [listed, empty].map(|detail| of_repository(detail, page(None)));
    [whole].into_iter().chain(others).chain(failing).collect()
}

/// Links to a repository without its settings: version 1 had none.
pub(in super::super) fn repositories_without_settings() -> Vec<Shared> {
    [
        withheld(Action::DescribeRepositories),
        absent(developer()),
        unavailable(Problem::Gone),
    ]
    .map(|settings| of_repository(repository(settings), page(None)))
    .into()
}
