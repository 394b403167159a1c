//! IAM actions as types. A grant for one action cannot be used for another.

use model::Action;

mod sealed {
    pub trait Sealed {}
}

/// An IAM action that a grant can be for.
pub trait Act: sealed::Sealed {
    /// The action at run time.
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
