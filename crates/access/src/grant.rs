//! What the gate returns: a grant or a denial.

use std::marker::PhantomData;

use model::{Action, GrantedVia, RepositoryAt, Section, Timestamp, Visibility};

use crate::{
    acts::{
        Act, BatchGetImage, DescribeImages, DescribeRepositories, GetRepositoryPolicy, ListImages,
    },
    policies::{Incarnation, PolicyDigest, RepositoryPolicies},
};

/// Proof that the policies grant one action on one repository to one principal. Only the
/// [`Gate`](crate::Gate) creates grants. Every function that shows registry data to a viewer
/// requires one.
///
/// A grant is valid for the current request. A page that is opened again asks again. Only the lists
/// of repositories keep their grants, and they drop them as soon as any policy changes or becomes
/// too old.
#[derive(Debug)]
pub struct Grant<A> {
    through: GrantedVia,
    repository: RepositoryAt,
    incarnation: Incarnation,
    policy: PolicyDigest,
    act: PhantomData<A>,
}

impl<A: Act> Grant<A> {
    pub(crate) fn mint(through: GrantedVia, of: &RepositoryPolicies, policy: PolicyDigest) -> Self {
        Self {
            through,
            repository: of.repository().clone(),
            incarnation: of.incarnation(),
            policy,
            act: PhantomData,
        }
    }

    /// The team and principal that the action is granted to.
    pub fn through(&self) -> &GrantedVia {
        &self.through
    }

    /// The granted action.
    pub fn action(&self) -> Action {
        A::ACTION
    }

    /// The repository.
    pub fn repository(&self) -> &RepositoryAt {
        &self.repository
    }

    /// The incarnation of the repository: a repository that was deleted and created again is
    /// another one.
    pub fn incarnation(&self) -> Incarnation {
        self.incarnation
    }

    /// The digest of the policies that the grant is based on.
    pub fn policy(&self) -> PolicyDigest {
        self.policy
    }

    /// A section of a page that this grant shows.
    pub fn shows<T>(&self, value: T) -> Section<T> {
        self.shows_known(Some(value), None)
    }

    /// A section of a page that this grant shows, which may have no value. `as_of` is when ECR
    /// returned it.
    pub fn shows_known<T>(&self, value: Option<T>, as_of: Option<Timestamp>) -> Section<T> {
        let through = self.through.clone();
        match value {
            Some(value) => Section::Shown {
                through,
                value,
                as_of,
            },
            None => Section::Absent { through, as_of },
        }
    }
}

/// The grant by which a viewer sees a repository's images.
#[derive(Debug)]
pub enum ListGrant {
    /// Shows all that is known of each image.
    Images(Grant<DescribeImages>),
    /// Shows tags and digests alone.
    Tags(Grant<ListImages>),
}

impl ListGrant {
    /// How much it shows.
    pub fn visibility(&self) -> Visibility {
        match self {
            Self::Images(_) => Visibility::Images,
            Self::Tags(_) => Visibility::Tags,
        }
    }

    /// The action.
    pub fn action(&self) -> Action {
        match self {
            Self::Images(grant) => grant.action(),
            Self::Tags(grant) => grant.action(),
        }
    }

    /// The repository.
    pub fn repository(&self) -> &RepositoryAt {
        match self {
            Self::Images(grant) => grant.repository(),
            Self::Tags(grant) => grant.repository(),
        }
    }

    /// The team and principal that it is granted to.
    pub fn through(&self) -> &GrantedVia {
        match self {
            Self::Images(grant) => grant.through(),
            Self::Tags(grant) => grant.through(),
        }
    }

    /// The grant for everything, if it is that one.
    pub fn images(&self) -> Option<&Grant<DescribeImages>> {
        match self {
            Self::Images(grant) => Some(grant),
            Self::Tags(_) => None,
        }
    }
}

/// The grants that decide what a row of a repository's images shows.
#[derive(Debug)]
pub struct RowGrants {
    /// Shows the images.
    pub list: ListGrant,
    /// Groups an index with its platforms, and an image with what refers to it.
    pub manifests: Option<Grant<BatchGetImage>>,
    /// Shows which tags cannot move.
    pub settings: Option<Grant<DescribeRepositories>>,
}

/// That an action is granted to none of a viewer's principals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    action: Action,
    statement: Option<String>,
}

impl Denial {
    pub(crate) fn by(action: Action, statement: Option<String>) -> Self {
        Self { action, statement }
    }

    /// There are no policies to decide by.
    pub(crate) fn unreadable(actions: &[Action]) -> Self {
        Self {
            action: actions.first().copied().unwrap_or(Action::DescribeImages),
            statement: None,
        }
    }

    /// The missing action. Anyone may see it.
    pub fn action(&self) -> Action {
        self.action
    }

    /// The statement that weighs most against the viewer, for the audit log, which administrators
    /// read.
    pub fn statement(&self) -> Option<&str> {
        self.statement.as_deref()
    }

    /// A section of a page that is withheld. It names the statement only if the viewer has the
    /// grant to read the policy, because the statement is part of the policy.
    pub fn withholds<T>(&self, may_read: Option<&Grant<GetRepositoryPolicy>>) -> Section<T> {
        Section::Withheld {
            action: self.action,
            statement: may_read.and_then(|_| self.statement.clone()),
        }
    }
}
