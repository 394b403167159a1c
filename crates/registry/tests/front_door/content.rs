//! What people push, hostile or not.

use model::{Problem, Section};
use serde_json::json;

use crate::world::*;

async fn config_of(config: &str) -> Section<model::image::ConfigView> {
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world.push_with("team/api", config, "1.0").await;
    let gantry = world.gantry().await;
    gantry
        .image(&viewer(&[DEVELOPER]), &alias(), &name("team/api"), &digest)
        .await
        .unwrap()
        .config
}

#[tokio::test]
async fn a_config_nested_beyond_reason_is_still_read() {
    let deep = format!(
        r#"{{"os":"linux","architecture":"amd64","x":{}1{},"config":{{"User":"app"}}}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let config = config_of(&deep).await;
    let config = config.shown().unwrap();
    assert_eq!(config.user.as_deref(), Some("app"));
    assert_eq!(config.cut, 1, "and says that something was left out");
}

#[tokio::test]
async fn a_config_that_is_none_is_called_malformed() {
    assert_eq!(
        config_of("not json").await,
        Section::Unavailable {
            problem: Problem::Malformed
        }
    );
}

#[tokio::test]
async fn markup_and_control_characters_stay_text() {
    let labels = json!({"<script>alert(1)</script>": "a\u{202e}b\u{0}"});
    let config = json!({"os": "linux", "config": {"Labels": labels}}).to_string();
    let config = config_of(&config).await;
    assert_eq!(
        config.shown().unwrap().labels,
        [(
            "<script>alert(1)</script>".into(),
            "a\\u{202e}b\\u{0}".into()
        )]
    );
}

#[tokio::test]
async fn layers_name_the_steps_that_made_them() {
    let config = json!({
        "os": "linux", "architecture": "amd64",
        "history": [{"created_by": "ENV A=b", "empty_layer": true}, {"created_by": "COPY . ."}],
    });
    let world = World::new().await;
    world
        .repository("team/api", &[allow(DEVELOPER, &["ecr:*"])])
        .await;
    let digest = world
        .push_with("team/api", &config.to_string(), "1.0")
        .await;
    let gantry = world.gantry().await;
    let image = gantry
        .image(&viewer(&[DEVELOPER]), &alias(), &name("team/api"), &digest)
        .await
        .unwrap();
    assert_eq!(
        image.manifest.shown().unwrap().layers[0]
            .created_by
            .as_deref(),
        Some("COPY . .")
    );
}
