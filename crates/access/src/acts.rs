//! IAM actions as types, so that a grant for one cannot be taken for another.

use model::Action;

mod sealed {
    pub trait Sealed {}
}

/// An action that a grant can be for.
pub trait Act: sealed::Sealed {
    /// The IAM action.
    const ACTION: Action;
}

macro_rules! acts {
    ($($name:ident),* $(,)?) => {
        $(
            #[doc = concat!("`ecr:", stringify!($name), "`.")]
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl sealed::Sealed for $name {}

            impl Act for $name {
                const ACTION: Action = Action::$name;
            }
        )*
    };
}

acts! {
    DescribeRepositories,
    DescribeImages,
    ListImages,
    BatchGetImage,
    GetDownloadUrlForLayer,
    DescribeImageScanFindings,
    GetRepositoryPolicy,
    GetLifecyclePolicy,
    GetLifecyclePolicyPreview,
    StartLifecyclePolicyPreview,
    ListTagsForResource,
}
