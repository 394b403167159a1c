//! Where a tag pointed at a time.

use leptos::prelude::*;
use model::{
    Locale, Timestamp,
    image::{Doubt, HistoryDetail, KnownMoment, Moment, PointedImage},
    query::HistoryQuery,
};

use crate::{
    components::{copy::CopyBlock, woven::woven},
    messages::history::HistoryTexts,
    pages::tag::history::{PointedImageName, exact},
    parts::image_facts::fact,
    paths,
};

/// The question and its answer. It works without JavaScript.
#[component]
pub fn AtATime(detail: HistoryDetail, query: HistoryQuery, locale: Locale) -> impl IntoView {
    let texts = HistoryTexts(locale);
    let action = paths::history(&detail.repository, &detail.tag);
    let clear = (!query.at.is_empty()).then(|| {
        let query = HistoryQuery {
            at: String::new(),
            ..query.clone()
        };
        let href = paths::history_at(&detail.repository, &detail.tag, &query);
        view! { <a href=href>{texts.at_clear()}</a> }
    });
    let kept = query.to_pairs().filter(|(key, _)| *key == "last");
    let kept: Vec<_> = kept
        .map(|(key, value)| view! { <input type="hidden" name=key value=value /> })
        .collect();
    let is_wrong = matches!(detail.moment, Some(Moment::Invalid | Moment::Future(_)));
    let typed = query.at.clone();
    let answer = answer(detail, locale);
    let is_asked = answer.is_some();
    view! {
        <section class="page-section history-question" aria-labelledby="at-a-time">
            <h2 id="at-a-time">{texts.at()}</h2>
            <form class="history-at" method="get" action=action>
                <label for="at">{texts.at_label()}</label>
                <input
                    class="field"
                    type="text"
                    id="at"
                    name="at"
                    value=typed
                    placeholder="2026-11-12T14:32"
                    autocomplete="off"
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=is_asked.then_some("at-answer")
                />
                {kept}
                <button class="button" type="submit">{texts.at_show()}</button>
                {clear}
            </form>
            {answer}
        </section>
    }
}

/// None if nothing was asked.
fn answer(detail: HistoryDetail, locale: Locale) -> Option<AnyView> {
    let texts = HistoryTexts(locale);
    let moment = detail.moment.clone()?;
    let name = |image: PointedImage| {
        let repository = detail.repository.clone();
        view! { <PointedImageName repository image locale /> }.into_any()
    };
    let answer = match moment {
        Moment::Invalid => plain(texts.at_invalid("2026-11-12T14:32").into_any()),
        Moment::Future(at) => plain(woven(|[at]| texts.at_future(at), [exact(at)])),
        Moment::NotStored(_) => plain(texts.at_not_stored().into_any()),
        Moment::TooEarly { at, since } => plain(woven(
            |[at, since]| texts.at_too_early(at, since),
            [exact(at), exact(since)],
        )),
        Moment::Changing {
            at,
            old,
            new,
            times,
            between: (after, before),
        } => {
            let (at, after, before) = (exact(at), exact(after), exact(before));
            let sentence = match (old, new) {
                _ if times > 1 => woven(
                    |[at, after, before]| texts.at_several(at, times, after, before),
                    [at, after, before],
                ),
                (Some(old), Some(new)) => woven(
                    |[at, old, new, after, before]| texts.at_changing(at, old, new, after, before),
                    [at, name(old), name(new), after, before],
                ),
                (None, Some(new)) => woven(
                    |[at, new, after, before]| texts.at_creating(at, new, after, before),
                    [at, name(new), after, before],
                ),
                (Some(old), None) => woven(
                    |[at, old, after, before]| texts.at_deleting(at, old, after, before),
                    [at, name(old), after, before],
                ),
                (None, None) => woven(|[at]| texts.at_absent(at), [at]),
            };
            let unsure = texts.doubt_changing().into_any();
            view! {
                <p>{sentence}</p>
                <p class="quiet">{unsure}</p>
            }
            .into_any()
        }
        Moment::Known(known) => known_answer(known, &detail, locale),
    };
    Some(view! { <div id="at-answer" class="history-answer">{answer}</div> }.into_any())
}

fn plain(sentence: AnyView) -> AnyView {
    view! { <p>{sentence}</p> }.into_any()
}

fn known_answer(known: KnownMoment, detail: &HistoryDetail, locale: Locale) -> AnyView {
    let texts = HistoryTexts(locale);
    let KnownMoment {
        at,
        image,
        is_there,
        began,
        since,
        ended,
        doubt,
    } = known;
    let between = |(after, before): (Timestamp, Timestamp)| {
        if after >= before {
            return exact(before);
        }
        woven(
            |[after, before]| texts.between(after, before),
            [exact(after), exact(before)],
        )
    };
    let began = match began {
        Some(began) => between(began),
        None => woven(|[since]| texts.since_first(since), [exact(since)]),
    };
    let ended = ended.map_or_else(|| texts.until_now().into_any(), between);
    let doubt = match doubt {
        None => texts.certain().into_any(),
        Some(Doubt::Gap(gap)) => woven(
            |[from, until]| texts.doubt_gap(from, until),
            [exact(gap.from), exact(gap.until)],
        ),
        Some(Doubt::NotReadSince(read)) => woven(|[read]| texts.doubt_unread(read), [exact(read)]),
    };
    let sentence = match &image {
        Some(image) => {
            let (repository, image) = (detail.repository.clone(), image.clone());
            let image = view! { <PointedImageName repository image locale /> }.into_any();
            woven(
                |[image, at]| texts.at_pointed(image, at),
                [image, exact(at)],
            )
        }
        None => woven(|[at]| texts.at_absent(at), [exact(at)]),
    };
    let gone =
        (image.is_some() && !is_there).then(|| fact(texts.image(), texts.image_gone().into_any()));
    let reference = image.map(|image| {
        let text = detail.source.by_digest(&image.digest);
        fact(
            texts.reference(),
            view! { <CopyBlock text what=texts.reference() locale /> }.into_any(),
        )
    });
    view! {
        <p class="history-verdict">{sentence}</p>
        <dl class="facts">
            {fact(texts.since(), began)} {fact(texts.until(), ended)}
            {fact(texts.certainty(), doubt)} {gone} {reference}
        </dl>
    }
    .into_any()
}
