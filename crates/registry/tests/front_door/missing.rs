//! Tags and images that are not there.

use model::image::Reference;

use crate::world::*;

#[tokio::test]
async fn what_is_missing_is_said_to_those_who_see_the_tags_alone() {
    let world = World::new().await;
    let sees = [allow(DEVELOPER, &["ecr:ListImages"])];
    world.repository("team/api", &sees).await;
    world.push("team/api", "x", "1.7.1-build.823").await;
    let pulls = [allow(DEVELOPER, &["ecr:BatchGetImage"])];
    world.repository("team/pulled", &pulls).await;
    world.push("team/pulled", "x", "1.7.1-build.823").await;
    let (gantry, ana, bob) = (
        world.gantry().await,
        viewer(&[DEVELOPER]),
        viewer(&[AUDITOR]),
    );
    let (registry, api) = (alias(), name("team/api"));
    let wanted = || Reference::Tag(tag("1.7.1"));
    let missing = gantry.missing(&ana, &registry, &api, wanted()).await;
    assert_eq!(missing.unwrap().nearest, [tag("1.7.1-build.823")]);
    for (viewer, repository) in [
        (&bob, "team/api"),
        (&bob, "team/absent"),
        (&ana, "team/pulled"),
    ] {
        let (repository, tag) = (name(repository), tag("1.7.1"));
        let missing = gantry.missing(viewer, &registry, &repository, wanted());
        let missing = missing.await.unwrap_err();
        let page = gantry.tag(viewer, &registry, &repository, &tag).await;
        assert_eq!(Some(missing), page.err(), "{repository}");
    }
}
