//! Pages say nothing that is false for the person who reads them.

use model::{Whole, image::ImageRow};

use crate::browser::{Dashboard, Person};

async fn page(person: &Person, path: &str) -> String {
    person.get(path).await.text().await.unwrap()
}

#[tokio::test]
async fn an_administrator_in_no_team_has_no_filters_and_columns_of_figures() {
    let dashboard = Dashboard::start().await.ready().await;
    let (farah, ana) = (
        dashboard.person("farah").await,
        dashboard.person("ana").await,
    );
    let (review, list) = (
        page(&farah, "/repositories").await,
        page(&ana, "/repositories").await,
    );
    for of_images in ["name=\"severity\"", "name=\"mutability\"", "Worst finding"] {
        assert!(list.contains(of_images), "{of_images}");
        assert!(!review.contains(of_images), "{of_images}");
    }
    assert!(review.contains("name=\"policy\""), "policies are shown");
    assert!(!review.contains("your teams may see"), "{review}");
}

#[tokio::test]
async fn archived_images_are_counted_and_not_offered_for_a_pull() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let list = page(&ana, "/repositories/retail/legacy/warehouse").await;
    assert!(list.contains("5 archived"), "{list}");
    let images = "/api/images?registry=retail&name=legacy/warehouse";
    let images: Whole<ImageRow> = ana.ask(images).await;
    let is_example = |row: &&ImageRow| row.is_archived() && !row.tags.is_empty();
    let archived = images.rows.iter().find(is_example).unwrap();
    let tag = &archived.tags[0].tag;
    let tag = page(&ana, &format!("/tags/retail/{tag}/legacy/warehouse")).await;
    let card = tag.split("id=\"use-it\"").nth(1).unwrap();
    assert!(card.contains("Pulls answer “not found”"), "{card}");
    assert!(!card.contains("Deploy by the digest"), "{card}");
}

#[tokio::test]
async fn reading_times_are_exact() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    for path in [
        "/policies/retail/storefront/users-api",
        "/repositories/retail",
    ] {
        let page = page(&ana, path).await;
        let read = page.split("ead from Amazon ECR at").nth(1);
        let read = read.or(page.split("Last read").nth(1)).unwrap();
        assert!(
            !read[..300].contains("just now"),
            "{path}: {}",
            &read[..300]
        );
        assert!(read[..300].contains(" UTC"), "{path}: {}", &read[..300]);
    }
}

#[tokio::test]
async fn a_grant_that_shows_nothing_says_so() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let access = page(&ana, "/access?q=tools/ci-runner").await;
    assert!(
        access.contains("that takes ecr:DescribeImages or ecr:ListImages"),
        "{access}"
    );
    let access = page(&ana, "/access?q=storefront/users-api").await;
    assert!(
        !access.contains("that takes ecr:DescribeImages"),
        "{access}"
    );
}

#[tokio::test]
async fn a_date_beside_another_expiry_makes_no_link() {
    let dashboard = Dashboard::start().await.ready().await;
    let ana = dashboard.person("ana").await;
    let form = [
        ("registry", "retail"),
        ("name", "storefront/users-api"),
        ("expiry", "two-weeks"),
        ("until", "2030-01-01T00:00"),
    ];
    let answer = ana.post("/links/new", &form).await;
    let again = ana.follow(&answer).await.text().await.unwrap();
    assert!(
        again.contains("You gave a date and chose another time."),
        "{again}"
    );
    assert!(
        again.contains("value=\"2030-01-01T00:00\""),
        "what was typed is kept"
    );
}
