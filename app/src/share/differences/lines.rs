//! What of a view can be compared, line by line.

use model::{
    Locale, Section, Visibility,
    image::{ImageDetail, ImageFacts, ImageRow, IndexReferrers, ReferrerView, Scan},
    link::{LinkScope, Shared, SharedPage, SharedPart, SharedView},
    repository::{RepositoryCounts, RepositoryDetail},
};

use super::{About, Line, Value, both};
use crate::{
    components::bytes::{grouped, size},
    messages::{
        image::ImageTexts, images::ImagesTexts, repository::RepositoryTexts, share::ShareTexts,
    },
    parts::{
        artifact::meaning_name,
        findings::{severity_word, summary_remarks},
        repository_table::mutability_word,
    },
    share::answer::version,
};

/// What of a view can be compared. When an image was last pulled tells nothing of the image.
pub(super) fn lines(shared: &Shared, page: &SharedPage, locale: Locale) -> Vec<Line> {
    match &shared.view {
        SharedView::Repository { detail, .. } => {
            of_repository(detail, page.is_counted_alike, locale)
        }
        SharedView::Tag(detail) => of_image(&detail.image, page, locale),
        // As the card beside it shows it: the list of images has not each scan.
        SharedView::Image(detail) => {
            let mut lines = of_image(&detail.image_as_scanned(), page, locale);
            let is_unread = matches!(detail.findings, Section::Unavailable { .. });
            let lists_none = detail
                .image
                .facts
                .as_ref()
                .is_some_and(|it| it.scan == Scan::None);
            if is_unread && lists_none {
                let findings = ShareTexts(locale).findings();
                let words = ImagesTexts(locale).scan_not_known().to_owned();
                if let Some(line) = lines.iter_mut().find(|line| line.name == findings) {
                    line.value = Some(Value::Words(words));
                }
            }
            lines.extend([
                referrers(detail, page, locale),
                index_referrers(detail, locale),
            ]);
            lines
        }
    }
}

/// What refers to an image: signatures, SBOMs, attestations.
fn referrers(detail: &ImageDetail, page: &SharedPage, locale: Locale) -> Line {
    let texts = ShareTexts(locale);
    let name = |it: &ReferrerView| {
        let meaning = meaning_name(it.meaning, locale);
        format!("{meaning} {}", it.digest.short())
    };
    let none = || Value::Words(texts.no_other_tags().to_owned());
    let value = match &detail.referrers {
        // A part of them does not tell whether the others differ.
        _ if is_cut(page, SharedPart::Referrers) => None,
        Section::Shown { value: all, .. } => {
            let mut all: Vec<_> = all.iter().collect();
            all.sort_by(|one, other| {
                (one.meaning, &one.digest).cmp(&(other.meaning, &other.digest))
            });
            let more = all.len().saturating_sub(NAMED);
            let more = u32::try_from(more).unwrap_or(u32::MAX);
            let more = (more > 0).then(|| texts.and_more(more));
            let names: Vec<_> = all
                .iter()
                .take(NAMED)
                .map(|it| name(it))
                .chain(more)
                .collect();
            let digests = all.iter().map(|it| it.digest.clone()).collect();
            Some(Value::Referrers(names.join(texts.comma()), digests))
        }
        Section::Absent { .. } => Some(none()),
        Section::Withheld { .. } | Section::Unavailable { .. } => None,
    };
    Line {
        name: ImageTexts(locale).referrers(),
        about: About::Content,
        value,
    }
}

/// How many referrers a line names.
const NAMED: usize = 4;

fn is_cut(page: &SharedPage, part: SharedPart) -> bool {
    both(page).is_some_and(|(then, now)| then.more_of(part) + now.more_of(part) > 0)
}

/// What refers to the indexes that an image is in.
fn index_referrers(detail: &ImageDetail, locale: Locale) -> Line {
    let texts = ShareTexts(locale);
    let words = |index: &IndexReferrers| {
        let meanings = index.meanings.as_ref()?;
        let names = meanings.iter().map(|it| meaning_name(*it, locale));
        let names: Vec<_> = names.collect();
        let names = match &names[..] {
            [] => texts.no_other_tags().to_owned(),
            _ => names.join(texts.comma()),
        };
        Some(texts.index_has(index.index.short(), &names))
    };
    let all: Option<Vec<_>> = detail.index_referrers.iter().map(words).collect();
    Line {
        name: texts.of_its_indexes(),
        about: About::Content,
        value: all.map(|all| match &all[..] {
            [] => Value::Words(texts.no_other_tags().to_owned()),
            all => Value::Words(all.join(texts.part_comma())),
        }),
    }
}

fn of_image(row: &ImageRow, page: &SharedPage, locale: Locale) -> Vec<Line> {
    let (texts, image) = (ShareTexts(locale), ImageTexts(locale));
    let facts = row.facts.as_ref();
    let (versioned, tags_name) = match &page.target.scope {
        LinkScope::Tag(tag) => (
            version(row, tag).map(ToString::to_string),
            texts.other_tags(),
        ),
        LinkScope::Image(_) | LinkScope::Repository => (None, texts.tags()),
    };
    let line = |name, value| Line {
        name,
        about: if name == tags_name {
            About::Tags
        } else {
            About::Content
        },
        value,
    };
    let words = |name, value: Option<String>| line(name, value.map(Value::Words));
    let fact = |read: fn(&ImageFacts) -> Option<String>| facts.and_then(read);
    vec![
        words(texts.version(), versioned),
        line(texts.digest(), Some(Value::Digest(row.digest.clone()))),
        words(image.pushed(), fact(|it| it.pushed.map(|at| at.utc()))),
        words(image.size(), fact(|it| it.size.map(size))),
        words(
            texts.findings(),
            facts.map(|it| scan_words(it.scan, locale)),
        ),
        words(tags_name, Some(tag_words(row, page, texts))),
    ]
}

/// The tags of an image but for the one that the link is about.
fn tag_words(row: &ImageRow, page: &SharedPage, texts: ShareTexts) -> String {
    let about = match &page.target.scope {
        LinkScope::Tag(tag) => Some(tag),
        LinkScope::Image(_) | LinkScope::Repository => None,
    };
    let others = row.tags.iter().filter(|label| Some(&label.tag) != about);
    let others: Vec<_> = others.map(|label| label.tag.as_str()).collect();
    if others.is_empty() {
        texts.no_other_tags().to_owned()
    } else {
        others.join(texts.comma())
    }
}

fn scan_words(scan: Scan, locale: Locale) -> String {
    let texts = ImagesTexts(locale);
    match scan {
        Scan::None => texts.not_scanned().to_owned(),
        Scan::Pending => texts.scan_pending().to_owned(),
        Scan::Failed => texts.scan_failed().to_owned(),
        Scan::Unreadable => texts.unreadable_from_link().to_owned(),
        Scan::Unread => texts.unread().to_owned(),
        Scan::Found(counts) => {
            let present = counts.present();
            let words: Vec<_> = present
                .map(|(severity, count)| texts.findings_of(count, severity_word(severity, locale)))
                .collect();
            if words.is_empty() {
                texts.no_findings().to_owned()
            } else {
                words.join(ShareTexts(locale).comma())
            }
        }
    }
}

/// What was found in all tagged images, and in how many of them.
fn found_words(counts: RepositoryCounts, locale: Locale) -> String {
    let found = || scan_words(Scan::Found(counts.findings), locale);
    match counts.scans {
        None if counts.findings.total() == 0 => {
            RepositoryTexts(locale).counts_not_kept().to_owned()
        }
        // As the card beside it says it.
        Some(scans) => {
            let remarks = Some(summary_remarks(&scans, locale)).filter(|it| !it.is_empty());
            let said = scans.worst.map(|_| found()).into_iter().chain(remarks);
            said.collect::<Vec<_>>().join(ShareTexts(locale).comma())
        }
        None => found(),
    }
}

fn of_repository(detail: &RepositoryDetail, is_counted_alike: bool, locale: Locale) -> Vec<Line> {
    let texts = RepositoryTexts(locale);
    let counts = detail.counts;
    let is_read = detail.as_of.is_some();
    let words = |name, value: Option<String>| Line {
        name,
        about: About::Content,
        value: value.map(Value::Words),
    };
    let counted = is_read && is_counted_alike;
    let described = counted && detail.visibility == Visibility::Images;
    let settings = detail.settings.shown();
    let mutability = settings.map(|it| mutability_word(it.mutability.as_str(), locale).to_owned());
    let created = settings.and_then(|it| it.created);
    vec![
        words(texts.images(), counted.then(|| grouped(counts.images))),
        words(
            texts.archived_images(),
            counts.archived.filter(|_| described).map(grouped),
        ),
        words(texts.tags(), is_read.then(|| grouped(counts.tags))),
        words(texts.size(), described.then(|| size(counts.size))),
        words(
            texts.findings(),
            described.then(|| found_words(counts, locale)),
        ),
        Line {
            about: About::Settings,
            ..words(texts.mutability(), mutability)
        },
        Line {
            about: About::Created,
            ..words(texts.created(), created.map(|at| at.utc()))
        },
    ]
}
