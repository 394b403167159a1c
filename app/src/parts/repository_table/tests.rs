//! The rows of the list of repositories.

use model::{Problem, Severity, image::ScanSummary};

use super::*;
use crate::testing::{columns_of, text_of};

fn row() -> RepositoryRow {
    RepositoryRow {
        repository: "retail/prod/storefront/users-api".parse().unwrap(),
        teams: vec!["storefront".parse().unwrap()],
        visibility: Visibility::Images,
        mutability: Some(Mutability::Mutable),
        images: Some(1_204),
        counts_platforms: false,
        tags: Some(7),
        size: Some(3_355_443),
        pushed: None,
        scans: Some(ScanSummary {
            worst: Some(Severity::High),
            scanned: 9,
            not_scanned: 17,
            failed: 1,
            ..ScanSummary::default()
        }),
        policy: PolicyState::Set,
        as_of: Some(Timestamp(0)),
        problem: None,
    }
}

fn look() -> RepositoriesLook {
    RepositoriesLook {
        locale: Locale::En,
        mixed: None,
        within: None,
        names_only: false,
    }
}

fn html(row: RepositoryRow) -> String {
    look().row(row, Timestamp(0)).to_html()
}

#[test]
fn a_row_shows_what_is_known() {
    let text = text_of(look().row(row(), Timestamp(0)));
    for part in [
        "prod/storefront/users-api",
        "1,204",
        "3.2 MiB",
        "high",
        "9 of 27 scanned",
        "mutable",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let rest = "title=\"9 of 27 scanned, 1 scan failed";
    assert!(html(row()).contains(rest), "{}", html(row()));
}

#[test]
fn figures_that_were_not_read_yet_are_marked() {
    let unread = RepositoryRow {
        images: None,
        as_of: None,
        ..row()
    };
    assert!(html(unread.clone()).contains("not read yet"));
    assert!(!html(row()).contains("not read yet"));
    let failed = RepositoryRow {
        problem: Some(Problem::Throttled),
        ..unread
    };
    let html = html(failed);
    assert!(
        html.contains("could not be read") && !html.contains("not read yet"),
        "{html}"
    );
}

#[test]
fn an_empty_repository_has_no_images_and_no_push() {
    let empty = RepositoryRow {
        images: Some(0),
        tags: Some(0),
        scans: Some(ScanSummary::default()),
        ..row()
    };
    let text = text_of(look().row(empty, Timestamp(0)));
    assert_eq!(text.matches("no images").count(), 2, "{text}");
}

#[test]
fn settings_that_are_not_granted_are_named() {
    let withheld = RepositoryRow {
        mutability: None,
        ..row()
    };
    let why = "ecr:DescribeRepositories is not granted";
    assert!(html(withheld).contains(why));
    assert!(!html(row()).contains(why));
}

#[test]
fn a_review_links_to_the_policy_and_not_to_the_images() {
    let review = RepositoryRow {
        visibility: Visibility::Name,
        teams: vec![],
        ..row()
    };
    let html = html(review);
    assert!(
        html.contains("href=\"/policies/retail/prod/storefront/users-api\""),
        "{html}"
    );
    assert!(!html.contains("href=\"/repositories/"), "{html}");
}

#[test]
fn a_row_has_as_many_columns_as_the_head() {
    let head = columns_of(look().head(&RepositoryQuery::default()));
    assert_eq!(columns_of(look().row(row(), Timestamp(0))), head);
}

#[test]
fn a_review_of_names_has_no_columns_of_figures() {
    let review = RepositoriesLook {
        names_only: true,
        ..look()
    };
    let columns: Vec<_> = review.columns().collect();
    assert_eq!(columns, [RepositoryColumn::Name, RepositoryColumn::Policy]);
    let row = RepositoryRow {
        visibility: Visibility::Name,
        ..row()
    };
    let html = review.row(row, Timestamp(0)).to_html();
    let cells = html.matches("<td").count() + html.matches("<th").count();
    assert_eq!(cells, columns.len(), "{html}");
}

#[test]
fn markup_in_filters_stays_text() {
    let mutability = Mutability::MutableExcept(vec!["\"><script>alert(1)</script>".into()]);
    let hostile = RepositoryRow {
        mutability: Some(mutability),
        ..row()
    };
    assert!(!html(hostile).contains("<script"));
}

#[test]
fn a_column_head_reverses_its_order_and_keeps_the_filter() {
    let query = RepositoryQuery {
        text: "api".into(),
        page: 3,
        ..RepositoryQuery::default()
    };
    let head = look().head(&query).to_html();
    assert!(head.contains("aria-sort=\"ascending\""), "{head}");
    assert!(
        head.contains("/repositories?q=api&amp;order=desc\""),
        "{head}"
    );
    assert!(
        head.contains("/repositories?q=api&amp;sort=size&amp;order=desc\""),
        "{head}"
    );
    assert!(
        !head.contains("page="),
        "another order begins on the first page"
    );
}
