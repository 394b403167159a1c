//! Answers that take time, all of whose parts are still granted at their end.
//!
//! A page can wait for ECR for seconds. Meanwhile its repository's policy may be read again and
//! grant less. What was read under an older policy is then not shown.

use access::acts::{
    Act, BatchGetImage, DescribeImageScanFindings, DescribeImages, DescribeRepositories,
    GetDownloadUrlForLayer, GetLifecyclePolicy, GetLifecyclePolicyPreview, GetRepositoryPolicy,
    ListImages, ListTagsForResource, StartLifecyclePolicyPreview,
};
use ecr::inventory::Known;
use model::{GrantedVia, Problem, Timestamp};

use super::Opened;
use crate::Refusal;

/// How often an answer is built. Each time, everything that was read before is known already.
pub(crate) const TRIES: usize = 3;

/// The actions that are granted to a viewer on a repository at a moment, each with its team and principal.
#[derive(Debug)]
pub(crate) struct Grants(Vec<Option<GrantedVia>>);

impl Grants {
    /// Whether everything that was granted before is granted now, by the same principals.
    pub(crate) fn keep(&self, before: &Self) -> bool {
        let mut pairs = before.0.iter().zip(&self.0);
        pairs.all(|(before, now)| before.is_none() || before == now)
    }
}

impl Opened<'_> {
    /// Everything that a page may show of the repository, as the gate decides now.
    pub(crate) fn grants(&self) -> Grants {
        let both = self.ask_both::<BatchGetImage, GetDownloadUrlForLayer>();
        Grants(vec![
            self.through::<DescribeImages>(),
            self.through::<ListImages>(),
            self.through::<BatchGetImage>(),
            both.ok().map(|(grant, _)| grant.through().clone()),
            self.through::<DescribeImageScanFindings>(),
            self.through::<DescribeRepositories>(),
            self.through::<ListTagsForResource>(),
            self.through::<GetRepositoryPolicy>(),
            self.ask_policy().ok().map(|grant| grant.through().clone()),
            self.through::<GetLifecyclePolicy>(),
            self.through::<GetLifecyclePolicyPreview>(),
            self.through::<StartLifecyclePolicyPreview>(),
        ])
    }

    fn through<A: Act>(&self) -> Option<GrantedVia> {
        self.ask::<A>().ok().map(|grant| grant.through().clone())
    }
}

/// Opens a repository, and builds an answer about it. If the viewer has lost a grant by the end, the answer is built
/// again: what was read before is known already then. If that happens again and again, it is `Refusal::Undecided`.
///
/// A macro, because a future that borrows both the repository and its surroundings can be sent to
/// another thread only if the compiler sees it whole.
macro_rules! granted_throughout {
    ($opening:expr, |$opened:ident| $answer:expr) => {{
        let mut tries = 1..$crate::catalog::TRIES;
        loop {
            let $opened = &$opening.await?;
            let before = $opened.grants();
            let answer = $answer.await;
            if $opened.grants().keep(&before) {
                break answer;
            }
            if tries.next().is_none() {
                break Err($crate::Refusal::Undecided(::model::Problem::Unexpected));
            }
        }
    }};
}

pub(crate) use granted_throughout;

/// When data was read. If it never was, it is unknown what exists.
pub(crate) fn read_at<T>(known: &Known<T>) -> Result<Timestamp, Refusal> {
    let problem = known.problem.unwrap_or(Problem::Unreachable);
    known.as_of.ok_or(Refusal::Problem(problem))
}
