//! What a link says of a tag or a repository that was deleted.

use super::{
    moved::{earlier, gone},
    *,
};

#[test]
fn a_tag_that_moved_and_was_deleted_names_both_images() {
    for (is_there, expected) in [
        (
            [true, true],
            "The tag prod was deleted. Before that, it had moved to 1.7.2 (818181818181). \
             Both images are still in the repository.",
        ),
        (
            [true, false],
            "The image 818181818181 is still in the repository. \
             The image 3f3f3f3f3f3f is no longer in the repository.",
        ),
    ] {
        let mut page = gone(None, None);
        page.earlier = ["81", "3f"]
            .into_iter()
            .zip(is_there)
            .map(earlier)
            .collect();
        page.earlier[0].version_tag = Some("1.7.2".parse().unwrap());
        let said = text(page, Locale::En);
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn a_repository_that_ecr_does_not_find_is_said_to_be_deleted_and_nothing_else() {
    let scope = || LinkScope::Tag("prod".parse().unwrap());
    for (scope, then) in [
        (scope(), Some(prod("3f"))),
        (scope(), None),
        (
            LinkScope::Repository,
            Some(super::compared::repository(620)),
        ),
    ] {
        let live = Some(SharedNow::Problem(Problem::Gone));
        let said = text(page(scope, then, live), Locale::En);
        let expected = "Amazon ECR says that the repository storefront/users-api no longer exists.";
        assert!(said.contains(expected), "{said}");
        assert!(!said.contains("cannot read"), "{said}");
    }
}
