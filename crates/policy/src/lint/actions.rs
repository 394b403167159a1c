//! Actions that do not exist or never apply.
//!
//! Source: "Actions, resources, and condition keys for Amazon Elastic Container Registry" in the Service
//! Authorization Reference; "IAM JSON policy elements: Action" and "... NotAction" in the IAM User Guide.

use super::{
    Finding, Report,
    nearest::nearest,
    rules::remarks,
    view::{StatementView, View, matched, named, names, on_repositories},
};
use crate::{
    actions::{ACTIONS, ActionSet},
    document::{Effect, Listed, PolicyKind},
};

remarks! {
    /// Actions that do not exist or never apply.
    pub enum ActionRemark {
        /// Amazon ECR has no such action.
        "unknown-action", Error: UnknownAction {
            /// As written.
            action: String,
            /// The action that was probably meant.
            nearest: Option<&'static str>,
        },
        /// A pattern that matches no action of Amazon ECR.
        "pattern-without-action", Error: PatternWithoutAction {
            /// The pattern.
            pattern: String,
        },
        /// An action of another service, in the policy of a repository or registry.
        "other-service", Error: OtherService {
            /// As written.
            action: String,
            /// The action of Amazon ECR that was probably meant.
            nearest: Option<&'static str>,
        },
        /// An action that never applies to a repository, in a repository policy.
        "not-on-repositories", Warning: NotOnRepositories {
            /// As written.
            action: String,
        },
        /// An action or a pattern that another one in the same list covers.
        "redundant-action", Note: RedundantAction {
            /// As written.
            action: String,
            /// The other action or pattern.
            covered_by: String,
        },
        /// `NotAction` with `Allow`, which also allows all future actions.
        "not-action-allow", Warning: NotActionAllow {},
        /// Layers can be downloaded, but no statement allows the other actions needed to pull an image.
        "incomplete-pull", Note: IncompletePull {
            /// The missing actions.
            missing: Vec<&'static str>,
        },
        /// Layers can be uploaded, but no statement allows the other actions needed to push an image.
        "incomplete-push", Note: IncompletePush {
            /// The missing actions.
            missing: Vec<&'static str>,
        },
    }
}

/// The actions needed to pull an image.
///
/// Source: "Required IAM permissions for pulling an image" in the Amazon ECR User Guide.
const PULL: &[&str] = &["ecr:batchgetimage", "ecr:getdownloadurlforlayer"];

/// The actions needed to push an image.
///
/// Source: "Required IAM permissions for pushing an image" in the Amazon ECR User Guide.
const PUSH: &[&str] = &[
    "ecr:batchchecklayeravailability",
    "ecr:completelayerupload",
    "ecr:initiatelayerupload",
    "ecr:putimage",
    "ecr:uploadlayerpart",
];

pub(super) fn check(view: &View<'_>, report: &mut Report<'_>) {
    let allowed = view
        .with(Effect::Allow)
        .fold(0, |set, allow| set | allow.actions);
    for statement in &view.statements {
        let actions = &statement.written.actions;
        let mut add = |offset: usize, remark| {
            report.add(Some(statement.index), offset, Finding::Action(remark));
        };
        if actions.excluded && statement.written.effect == Effect::Allow {
            add(actions.offset, ActionRemark::NotActionAllow {});
        }
        for remark in incomplete(view.policy.kind, statement, allowed) {
            add(actions.offset, remark);
        }
        let sets: Vec<ActionSet> = actions.items.iter().map(|item| matched(item)).collect();
        for (place, item) in actions.items.iter().enumerate() {
            let remark = applies(view.policy.kind, statement, item, sets[place])
                .or_else(|| redundant(actions, &sets, place));
            if let Some(remark) = remark {
                add(item.offset, remark);
            }
        }
    }
}

/// The actions that a statement about layers leaves out and that no other statement of the policy allows either.
/// Reading or writing only manifests is useful by itself.
fn incomplete(
    kind: PolicyKind,
    statement: &StatementView<'_>,
    allowed: ActionSet,
) -> impl Iterator<Item = ActionRemark> {
    let covered = match (kind, statement.written.effect) {
        (PolicyKind::Repository, Effect::Allow) => statement.actions,
        _ => 0,
    };
    let downloads = covered & named(&PULL[1..]) != 0;
    let uploads = covered & named(&[PUSH[1], PUSH[2], PUSH[4]]) != 0;
    let missing = |task: &[&str]| names(named(task) & !allowed);
    let pull = Some(missing(PULL)).filter(|missing| downloads && !missing.is_empty());
    let push = Some(missing(PUSH)).filter(|missing| uploads && !missing.is_empty());
    (pull
        .map(|missing| ActionRemark::IncompletePull { missing })
        .into_iter())
    .chain(push.map(|missing| ActionRemark::IncompletePush { missing }))
}

/// The remark on one action by itself.
fn applies(
    kind: PolicyKind,
    statement: &StatementView<'_>,
    action: &str,
    matched: ActionSet,
) -> Option<ActionRemark> {
    if matched != 0 {
        // Excluding an action that never applies does no harm.
        let never = kind == PolicyKind::Repository
            && !statement.written.actions.excluded
            && matched & on_repositories() == 0;
        return never.then(|| ActionRemark::NotOnRepositories {
            action: action.to_owned(),
        });
    }
    let (service, name) = action.split_once(':').unwrap_or(("", action));
    let known = || ACTIONS.iter().map(|facts| facts.name);
    let is_pattern = name.contains(['*', '?']);
    if !service.is_empty() && !service.eq_ignore_ascii_case("ecr") {
        // A policy of a role or user is for every service.
        let concerns_us = kind != PolicyKind::Identity;
        return concerns_us.then(|| ActionRemark::OtherService {
            action: action.to_owned(),
            nearest: nearest(action, known()),
        });
    }
    Some(if is_pattern {
        ActionRemark::PatternWithoutAction {
            pattern: action.to_owned(),
        }
    } else {
        ActionRemark::UnknownAction {
            action: action.to_owned(),
            nearest: nearest(&format!("ecr:{name}"), known()),
        }
    })
}

/// Whether another action of the list covers this one. If two cover each other, the later one is redundant.
fn redundant(actions: &Listed<String>, sets: &[ActionSet], place: usize) -> Option<ActionRemark> {
    let this = sets[place];
    let covering = sets.iter().enumerate().position(|(other, set)| {
        let covered = this != 0 && this & !set == 0;
        other != place && covered && (*set != this || other < place)
    })?;
    Some(ActionRemark::RedundantAction {
        action: actions.items[place].value.clone(),
        covered_by: actions.items[covering].value.clone(),
    })
}
