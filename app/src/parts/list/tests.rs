use model::Problem;

use super::*;
use crate::{parts::repository_table::RepositoriesLook, testing::text_of};

fn look(locale: Locale) -> RepositoriesLook {
    RepositoriesLook {
        locale,
        mixed: None,
        within: None,
        names_only: false,
    }
}

fn page(matching: u32, number: u32) -> Page<RepositoryRow> {
    Page {
        rows: vec![],
        total: 250,
        matching,
        number,
        pages: 3,
        as_of: None,
        incomplete: true,
        problem: Some(Problem::Throttled),
        now: Timestamp(0),
    }
}

#[test]
fn a_list_shows_its_count_and_the_state_of_its_reading() {
    let look = look(Locale::En);
    let link = |page| format!("?page={page}");
    let (unread, query) = (UnreadRows::default(), RepositoryQuery::default());
    let html = list_page(page(201, 2), unread, &query, &look, link).to_html();
    assert!(html.contains("201 of 250 repositories"), "{html}");
    assert!(html.contains("still reading from Amazon ECR"), "{html}");
    assert!(html.contains("asked to slow down"), "{html}");
    assert!(
        html.contains("href=\"?page=1\"") && html.contains("href=\"?page=3\""),
        "{html}"
    );
}

#[test]
fn a_filter_by_figures_says_how_many_rows_were_read() {
    let unread = UnreadRows {
        waiting: 207,
        failed: 3,
        ..UnreadRows::default()
    };
    let said = |query: &RepositoryQuery, matching| {
        let look = look(Locale::En);
        text_of(list_page(page(matching, 1), unread, query, &look, |page| {
            page.to_string()
        }))
    };
    let rest = "207 not read yet; 3 could not be read";
    let critical = RepositoryQuery {
        findings: "critical".parse().ok(),
        ..RepositoryQuery::default()
    };
    let some = said(&critical, 26);
    let expected = format!("26 of 40 repositories read so far; {rest}");
    assert!(some.contains(&expected), "{some}");
    let none = said(&critical, 0);
    assert!(none.contains("No repository read so far matches"), "{none}");
    // The names of all rows are known.
    let by_name = said(&RepositoryQuery::default(), 26);
    assert!(
        by_name.contains(&format!("26 of 250 repositories; {rest}")),
        "{by_name}"
    );
}

#[test]
fn a_filter_by_findings_says_of_how_many_the_findings_are_not_shown() {
    let unread = UnreadRows {
        withheld: 1,
        ..UnreadRows::default()
    };
    let said = |query: &RepositoryQuery| {
        let (look, link) = (look(Locale::En), |page: u32| page.to_string());
        text_of(list_page(page(12, 1), unread, query, &look, link))
    };
    let critical = RepositoryQuery {
        findings: "critical".parse().ok(),
        ..RepositoryQuery::default()
    };
    let remark = "findings of 1 repository are not shown to you";
    let expected = format!("12 of 250 repositories; {remark}");
    assert!(said(&critical).contains(&expected), "{}", said(&critical));
    let by_name = said(&RepositoryQuery::default());
    assert!(!by_name.contains(remark), "{by_name}");
}

#[test]
fn a_filter_that_matches_nothing_says_what_to_do() {
    let look = look(Locale::Zh);
    let text = text_of(list_page(
        page(0, 1),
        UnreadRows::default(),
        &RepositoryQuery::default(),
        &look,
        |page| page.to_string(),
    ));
    for part in ["没有匹配的仓库", "请放宽或清除筛选条件。"] {
        assert!(text.contains(part), "{text}");
    }
}

fn listed_with(query: &RepositoryQuery, unread: UnreadRows, locale: Locale) -> String {
    let (look, link) = (look(locale), |page: u32| page.to_string());
    list_page(page(0, 1), unread, query, &look, link).to_html()
}

#[test]
fn a_filter_by_what_is_not_shown_says_of_how_many_repositories_it_is_not() {
    let unread = UnreadRows {
        mutability_withheld: 2,
        policies_withheld: 1,
        ..UnreadRows::default()
    };
    for (locale, expected) in [
        (
            Locale::En,
            "0 of 250 repositories; mutability of 2 repositories is not shown to you; policy of 1 repository is not shown to you",
        ),
        (
            Locale::Zh,
            "250 个仓库中的 0 个；2 个仓库的标签可变性不向您显示；1 个仓库的策略不向您显示",
        ),
    ] {
        let html = listed_with(&RepositoryQuery::default(), unread, locale);
        assert!(html.contains(expected), "{html}");
    }
}

#[test]
fn a_text_that_no_repository_has_can_be_searched_for_among_the_tags() {
    let query = RepositoryQuery {
        text: "1.7.3".into(),
        ..RepositoryQuery::default()
    };
    let link = "href=\"/search?q=1.7.3\"";
    let html = listed_with(&query, UnreadRows::default(), Locale::En);
    assert!(
        html.contains(link) && html.contains("Search tags for “1.7.3”"),
        "{html}"
    );
    let html = listed_with(
        &RepositoryQuery::default(),
        UnreadRows::default(),
        Locale::En,
    );
    assert!(!html.contains("/search"), "{html}");
}

#[test]
fn filters_that_are_not_understood_are_named() {
    let said = |asked: &str| {
        let query = paths::read_query(asked, RepositoryQuery::from_pairs);
        let asked = asked.to_owned();
        let (fields, kept) = (RepositoryQuery::FIELDS, query.to_pairs());
        text_of(view! { <IgnoredFilters asked fields kept locale=Locale::En /> })
    };
    let text = said("severity=nonsense&policy=yes&q=<b>");
    assert!(text.ends_with("ignores them: severity=nonsense"), "{text}");
    for understood in [
        "",
        "severity=&policy=no",
        "utm=x&page=2",
        "severity=critical&namespace=nope",
    ] {
        assert_eq!(said(understood), "", "{understood}");
    }
}
