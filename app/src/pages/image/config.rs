//! The config: how the image runs, and how it was built.

use leptos::{either::Either, prelude::*};
use model::{
    Locale, Section, Timestamp,
    image::{ConfigView, HistoryStep, Platform},
};

use super::{Part, environment::Environment, pairs::Pairs, unread::Unread};
use crate::{
    components::{badge::Badge, foreign::ForeignText, time::Time},
    messages::image::ImageTexts,
    parts::{image_facts::fact, section::section},
};

/// An image's config, or why it is not shown. Empty for an index, which has no config.
#[component]
pub fn Config(
    /// The config.
    config: Section<ConfigView>,
    /// Whether the values of environment variables are hidden; then the config does not contain them.
    #[prop(optional)]
    veiled: bool,
    /// The server's time.
    now: Timestamp,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = ImageTexts(locale);
    (!matches!(config, Section::Absent { .. })).then(|| {
        let config = section(config, "", locale, |config| {
            view! { <Written config veiled now locale /> }
        });
        view! { <Part id="config" heading=texts.config()>{config}</Part> }
    })
}

/// The config as the builder wrote it.
#[component]
fn Written(config: ConfigView, veiled: bool, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let cut = (config.cut > 0).then(|| view! { <p class="quiet">{texts.cut(config.cut)}</p> });
    let environment = (!config.environment.is_empty()).then(|| {
        view! {
            <h3>{texts.environment()}</h3>
            <Environment variables=config.environment.clone() bare=config.environment_bare.clone() veiled locale />
        }
    });
    let labels = (!config.labels.is_empty()).then(|| {
        view! {
            <h3>{texts.labels()}</h3>
            <Pairs pairs=config.labels.clone() locale />
        }
    });
    let history = (!config.history.is_empty())
        .then(|| view! { <History steps=config.history.clone() now locale /> });
    let places = config.unread.clone();
    view! {
        {cut}
        <Unread places locale />
        <Settings config now locale />
        {environment}
        {labels}
        {history}
    }
}

/// The command, the user and the working directory.
#[component]
fn Settings(config: ConfigView, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let text = move |text: String| {
        view! { <ForeignText text locale=texts.0 /> }
    };
    let user = match config.user {
        Some(user) => Either::Left(text(user)),
        None => Either::Right(user_not_set(config.platform.as_ref(), texts)),
    };
    let built = match config.created {
        Some(at) => Either::Left(view! { <Time at now locale /> }),
        None => Either::Right(texts.built_not_set()),
    };
    view! {
        <dl class="facts">
            {config
                .platform
                .filter(|platform| !platform.is_unknown())
                .map(|platform| fact(texts.platform(), view! { <code>{platform.to_string()}</code> }))}
            {fact(texts.entrypoint(), words(config.entrypoint, locale))}
            {fact(texts.command(), words(config.command, locale))}
            {fact(texts.user(), user)}
            {config.working_directory.map(|path| fact(texts.working_directory(), text(path)))}
            {fact(texts.ports(), words(config.ports, locale))}
            {fact(texts.volumes(), words(config.volumes, locale))}
            {(!config.health_check.is_empty())
                .then(|| fact(texts.health_check(), words(config.health_check, locale)))}
            {config.stop_signal.map(|signal| fact(texts.stop_signal(), text(signal)))}
            {fact(texts.built(), built)}
            {config.author.map(|author| fact(texts.author(), text(author)))}
        </dl>
    }
}

/// The user of an image whose config names none. On Linux that is root. On Windows the base image decides, and on an
/// unknown system the user is unknown.
fn user_not_set(platform: Option<&Platform>, texts: ImageTexts) -> &'static str {
    match platform {
        Some(platform) if !platform.is_windows() && !platform.is_unknown() => texts.user_not_set(),
        _ => texts.not_set(),
    }
}

/// The words of a command, each in its own element, so that readers see where each one ends.
fn words(words: Vec<String>, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    if words.is_empty() {
        return Either::Left(view! { <span class="quiet">{texts.not_set()}</span> });
    }
    let words = words.into_iter().map(|text| {
        view! { <li><ForeignText text locale=texts.0 /></li> }
    });
    Either::Right(view! { <ul class="words">{words.collect_view()}</ul> })
}

/// The steps that built the image, oldest first; folded.
#[component]
fn History(steps: Vec<HistoryStep>, now: Timestamp, locale: Locale) -> impl IntoView {
    let texts = ImageTexts(locale);
    let count = steps.len();
    let steps = steps.into_iter().map(|step| {
        let at = step
            .created
            .map(|at| view! { <Time at now in_row=true locale /> });
        let empty = step
            .empty_layer
            .then(|| view! { <Badge look="plain" label=texts.empty_layer() /> });
        let comment = step
            .comment
            .map(|comment| view! { <span class="quiet">{comment}</span> });
        view! {
            <li>
                <div class="history-step">
                    <ForeignText text=step.created_by locale=texts.0 />
                </div>
                <p class="quiet history-about">{at} {empty} {comment}</p>
            </li>
        }
    });
    view! {
        <h3>{texts.history()}</h3>
        <details class="history">
            <summary>{texts.steps(count)}</summary>
            <ol>{steps.collect_view()}</ol>
        </details>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::testing::text_of;

    fn shown(config: ConfigView) -> String {
        let now = Timestamp(1_795_311_000);
        text_of(view! { <Written config veiled=false now locale=Locale::En /> })
    }

    fn on(os: &str) -> ConfigView {
        let platform = Platform {
            os: os.into(),
            architecture: "amd64".into(),
            variant: None,
            os_version: None,
            os_features: Vec::new(),
        };
        ConfigView {
            platform: Some(platform),
            ..ConfigView::default()
        }
    }

    #[test]
    fn an_image_without_a_user_runs_as_root_on_linux_only() {
        assert!(shown(on("linux")).contains("not set: root"));
        for config in [on("windows"), on("unknown"), ConfigView::default()] {
            let text = shown(config);
            assert!(
                !text.contains("root") && text.contains("User not set"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_health_check_is_shown_if_there_is_one() {
        let config = ConfigView {
            health_check: vec!["CMD-SHELL".into(), "curl -f localhost".into()],
            ..on("linux")
        };
        let text = shown(config);
        assert!(
            text.contains("Health check (Docker) CMD-SHELL curl -f localhost"),
            "{text}"
        );
        assert!(!shown(on("linux")).contains("Health check"));
    }

    #[test]
    fn what_stands_beside_images_has_no_platform() {
        assert!(shown(on("linux")).contains("linux/amd64"));
        let text = shown(on("unknown"));
        assert!(!text.contains("unknown"), "{text}");
    }

    #[test]
    fn a_placeholder_build_time_is_not_shown() {
        let text = shown(ConfigView::default());
        assert!(text.contains("not set by the build"), "{text}");
        assert!(!text.contains("ago"), "{text}");
    }

    #[test]
    fn unreadable_members_are_named_and_the_rest_is_shown() {
        let config = ConfigView {
            unread: vec!["config.Cmd".into()],
            author: Some("Ana".into()),
            ..ConfigView::default()
        };
        let text = shown(config);
        assert!(text.contains("could not read them: config.Cmd"), "{text}");
        assert!(text.contains("Ana"), "{text}");
    }
}
