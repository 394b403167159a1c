//! IAM actions, grouped by what people do with them.

use std::collections::BTreeSet;

use access::Cell;
use model::{Action, Locale};
use policy::Verdict;

use crate::messages::grants::GrantsTexts;

/// What people do with a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionGroup {
    /// See its images and tags.
    See,
    /// Pull images.
    Pull,
    /// Push images and move tags.
    Push,
    /// See what scans found.
    Findings,
    /// Read its policy.
    Policy,
    /// Read its lifecycle policy.
    Lifecycle,
    /// Delete images.
    Delete,
    /// Change its settings and policies, and delete it.
    Administer,
}

/// The verdict for a whole group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupVerdict {
    /// All actions are granted, or none: then the most important reason.
    Whole(Verdict),
    /// Some actions are granted: how many of how many.
    Partly(usize, usize),
}

impl ActionGroup {
    /// All groups, in the order of the columns.
    pub const ALL: [Self; 8] = [
        Self::See,
        Self::Pull,
        Self::Push,
        Self::Findings,
        Self::Policy,
        Self::Lifecycle,
        Self::Delete,
        Self::Administer,
    ];

    /// The actions of the group. Sources for pushing and pulling: ECR User Guide, "IAM permissions for pushing" and
    /// "for pulling an image".
    pub fn actions(self) -> &'static [Action] {
        match self {
            Self::See => &[Action::DescribeImages, Action::ListImages],
            Self::Pull => &[Action::BatchGetImage, Action::GetDownloadUrlForLayer],
            Self::Push => &[
                Action::PutImage,
                Action::InitiateLayerUpload,
                Action::UploadLayerPart,
                Action::CompleteLayerUpload,
            ],
            Self::Findings => &[Action::DescribeImageScanFindings],
            Self::Policy => &[Action::GetRepositoryPolicy],
            Self::Lifecycle => &[Action::GetLifecyclePolicy],
            Self::Delete => &[Action::BatchDeleteImage],
            Self::Administer => &[
                Action::PutImageTagMutability,
                Action::PutLifecyclePolicy,
                Action::SetRepositoryPolicy,
                Action::DeleteRepositoryPolicy,
                Action::DeleteRepository,
            ],
        }
    }

    /// The actions that the group takes, also those that mean little alone. A push fails at its first step without the
    /// action that asks which layers exist.
    pub fn needs(self) -> impl Iterator<Item = Action> {
        let first = (self == Self::Push).then_some(Action::BatchCheckLayerAvailability);
        self.actions().iter().copied().chain(first)
    }

    /// Actions that mean little alone, and that a sentence omits beside the whole group.
    fn companions(self) -> &'static [Action] {
        match self {
            Self::See => &[Action::DescribeRepositories, Action::ListTagsForResource],
            Self::Pull | Self::Push => &[Action::BatchCheckLayerAvailability],
            _ => &[],
        }
    }

    /// The head of the group's column.
    pub fn label(self, locale: Locale) -> &'static str {
        let texts = GrantsTexts(locale);
        match self {
            Self::See => texts.see(),
            Self::Pull => texts.pull(),
            Self::Push => texts.push(),
            Self::Findings => texts.findings(),
            Self::Policy => texts.policy(),
            Self::Lifecycle => texts.lifecycle(),
            Self::Delete => texts.delete(),
            Self::Administer => texts.administer(),
        }
    }

    /// The verdict for the group, from the verdict for each action.
    pub fn verdict(self, cells: &[Cell]) -> GroupVerdict {
        let verdict = |action: &Action| {
            let cell = cells.iter().find(|cell| cell.action == *action);
            cell.map_or(Verdict::NotGranted, |cell| cell.verdict)
        };
        let verdicts: Vec<_> = self.actions().iter().map(verdict).collect();
        if !verdicts.contains(&Verdict::Granted) {
            return GroupVerdict::Whole(weightiest(&verdicts));
        }
        let granted = |action: &Action| verdict(action) == Verdict::Granted;
        match (self.needs().filter(granted).count(), self.needs().count()) {
            (granted, all) if granted == all => GroupVerdict::Whole(Verdict::Granted),
            (granted, all) => GroupVerdict::Partly(granted, all),
        }
    }

    /// The phrases for the whole group. Empty if its only action has a phrase with the same meaning.
    fn phrases(self, texts: GrantsTexts) -> Vec<&'static str> {
        match self {
            Self::See => vec![texts.may_see()],
            Self::Pull => vec![texts.may_pull()],
            Self::Push => vec![texts.may_push(), texts.may_move_tags()],
            Self::Administer => vec![texts.may_administer()],
            Self::Findings | Self::Policy | Self::Lifecycle | Self::Delete => Vec::new(),
        }
    }
}

/// Why no action of a group is granted. A deny is more important than a condition, a condition more than a delegation,
/// and each of them more than an action that no statement allows.
fn weightiest(verdicts: &[Verdict]) -> Verdict {
    let reasons = [
        Verdict::Denied,
        Verdict::MayBeDenied,
        Verdict::Conditional,
        Verdict::Delegated,
    ];
    reasons
        .into_iter()
        .find(|verdict| verdicts.contains(verdict))
        .unwrap_or(Verdict::NotGranted)
}

/// What actions let people do, in phrases: those for each whole group, then those for each action beside.
pub fn phrases(actions: &BTreeSet<Action>, locale: Locale) -> Vec<&'static str> {
    let texts = GrantsTexts(locale);
    let mut said: BTreeSet<&Action> = BTreeSet::new();
    let mut phrases = Vec::new();
    for group in ActionGroup::ALL {
        let whole = group
            .actions()
            .iter()
            .all(|action| actions.contains(action));
        let of_group = group.phrases(texts);
        if whole && !of_group.is_empty() {
            phrases.extend(of_group);
            said.extend(group.actions().iter().chain(group.companions()));
        }
    }
    for action in actions.iter().filter(|action| !said.contains(action)) {
        phrases.push(action_phrase(*action, locale));
        if *action == Action::PutImage {
            phrases.push(texts.may_move_tags());
        }
    }
    phrases
}

/// An action in a phrase.
fn action_phrase(action: Action, locale: Locale) -> &'static str {
    let texts = GrantsTexts(locale);
    match action {
        Action::DescribeRepositories => texts.describe_repositories(),
        Action::DescribeImages => texts.describe_images(),
        Action::ListImages => texts.list_images(),
        Action::BatchGetImage => texts.batch_get_image(),
        Action::GetDownloadUrlForLayer => texts.get_download_url_for_layer(),
        Action::BatchCheckLayerAvailability => texts.batch_check_layer_availability(),
        Action::DescribeImageScanFindings => texts.describe_image_scan_findings(),
        Action::GetRepositoryPolicy => texts.get_repository_policy(),
        Action::GetLifecyclePolicy => texts.get_lifecycle_policy(),
        Action::GetLifecyclePolicyPreview => texts.get_lifecycle_policy_preview(),
        Action::ListTagsForResource => texts.list_tags_for_resource(),
        Action::StartLifecyclePolicyPreview => texts.start_lifecycle_policy_preview(),
        Action::StartImageScan => texts.start_image_scan(),
        Action::PutImage => texts.put_image(),
        Action::InitiateLayerUpload => texts.initiate_layer_upload(),
        Action::UploadLayerPart => texts.upload_layer_part(),
        Action::CompleteLayerUpload => texts.complete_layer_upload(),
        Action::BatchDeleteImage => texts.batch_delete_image(),
        Action::PutImageTagMutability => texts.put_image_tag_mutability(),
        Action::PutLifecyclePolicy => texts.put_lifecycle_policy(),
        Action::SetRepositoryPolicy => texts.set_repository_policy(),
        Action::DeleteRepositoryPolicy => texts.delete_repository_policy(),
        Action::DeleteRepository => texts.delete_repository(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(granted: &[Action]) -> Vec<Cell> {
        let cell = |action: &Action| Cell {
            action: *action,
            verdict: if granted.contains(action) {
                Verdict::Granted
            } else {
                Verdict::NotGranted
            },
            statement: None,
        };
        Action::ALL.iter().map(cell).collect()
    }

    #[test]
    fn a_whole_group_has_one_phrase_without_its_companions() {
        let pull = BTreeSet::from([
            Action::BatchGetImage,
            Action::GetDownloadUrlForLayer,
            Action::BatchCheckLayerAvailability,
            Action::StartImageScan,
        ]);
        assert_eq!(phrases(&pull, Locale::En), ["pull images", "start scans"]);
        assert_eq!(phrases(&pull, Locale::Zh), ["拉取镜像", "发起扫描"]);
    }

    #[test]
    fn an_incomplete_group_is_listed_by_action() {
        let half = BTreeSet::from([Action::BatchGetImage, Action::ListImages]);
        assert_eq!(
            phrases(&half, Locale::En),
            ["list tags and digests", "read manifests"]
        );
    }

    #[test]
    fn a_push_is_two_phrases_and_moving_tags_is_said_of_the_manifest_alone() {
        let push = ActionGroup::Push.actions().iter().copied().collect();
        assert_eq!(phrases(&push, Locale::En), ["push images", "move tags"]);
        let manifest = BTreeSet::from([Action::PutImage]);
        assert_eq!(
            phrases(&manifest, Locale::En),
            ["push manifests", "move tags"]
        );
    }

    #[test]
    fn a_push_needs_the_layer_availability_check() {
        let uploads = ActionGroup::Push.actions();
        assert_eq!(
            ActionGroup::Push.verdict(&cells(uploads)),
            GroupVerdict::Partly(4, 5)
        );
        let manifest = [Action::PutImage, Action::BatchCheckLayerAvailability];
        assert_eq!(
            ActionGroup::Push.verdict(&cells(&manifest)),
            GroupVerdict::Partly(2, 5)
        );
        assert_eq!(
            ActionGroup::Push.needs().count(),
            5,
            "and the legend lists them"
        );
        let all = [uploads, &[Action::BatchCheckLayerAvailability]].concat();
        assert_eq!(
            ActionGroup::Push.verdict(&cells(&all)),
            GroupVerdict::Whole(Verdict::Granted)
        );
        assert_eq!(
            ActionGroup::Push.verdict(&cells(&[Action::BatchCheckLayerAvailability])),
            GroupVerdict::Whole(Verdict::NotGranted)
        );
        assert_eq!(
            ActionGroup::Pull.verdict(&cells(&[Action::BatchGetImage])),
            GroupVerdict::Partly(1, 2)
        );
    }

    #[test]
    fn a_deny_is_the_reason_why_no_action_of_a_group_is_granted() {
        let mut cells = cells(&[]);
        for cell in &mut cells {
            if cell.action == Action::PutImage {
                cell.verdict = Verdict::Denied;
            }
        }
        assert_eq!(
            ActionGroup::Push.verdict(&cells),
            GroupVerdict::Whole(Verdict::Denied)
        );
    }
}
