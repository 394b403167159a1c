//! The sentence of every rule that ECR accepts.

use std::collections::HashSet;

use super::*;
use crate::testing::text_of;

fn said(rule: RuleView, locale: Locale) -> String {
    text_of(sentence(rule, LifecycleTexts(locale)))
}

fn rule(selects: Selection, keeps: Keep, fate: Fate) -> RuleView {
    RuleView {
        priority: 1,
        description: None,
        archived: false,
        selects,
        keeps,
        fate,
        unknown: Vec::new(),
    }
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// Every combination that ECR accepts, with singular and plural counts. Only archived images can count from the time of
/// archiving, and they can only expire. Rules that count from the last pull can only archive.
fn accepted() -> Vec<RuleView> {
    let selections = [
        Selection::Any,
        Selection::Untagged,
        Selection::Prefixes(texts(&["prod"])),
        Selection::Prefixes(texts(&["prod", "web"])),
        Selection::Patterns(texts(&["v*"])),
        Selection::Patterns(texts(&["v*", "*-rc", "*.1"])),
    ];
    let keeps = [
        Keep::Newest(1),
        Keep::Newest(1_500),
        Keep::PushedWithin(1),
        Keep::PushedWithin(14),
        Keep::PulledWithin(90),
        Keep::ArchivedWithin(365),
    ];
    let mut rules = Vec::new();
    for selects in &selections {
        for keeps in &keeps {
            for fate in [Fate::Expire, Fate::Archive] {
                let archived = matches!(keeps, Keep::ArchivedWithin(_));
                let accepted = match (keeps, &fate) {
                    (Keep::PulledWithin(_), Fate::Expire) => false,
                    (_, Fate::Archive) => !archived,
                    _ => true,
                };
                if accepted {
                    rules.push(RuleView {
                        archived,
                        ..rule(selects.clone(), keeps.clone(), fate)
                    });
                }
            }
        }
    }
    rules
}

/// The sentences, in the same order.
const SENTENCES: &[&str] = &[
    "Of all images, the newest one stays; the others expire and are deleted.",
    "Of all images, the newest one stays; the others move to the archive.",
    "Of all images, the newest 1,500 stay; the others expire and are deleted.",
    "Of all images, the newest 1,500 stay; the others move to the archive.",
    "Of all images, those pushed within the last day stay; the others expire and are deleted.",
    "Of all images, those pushed within the last day stay; the others move to the archive.",
    "Of all images, those pushed within the last 14 days stay; the others expire and are deleted.",
    "Of all images, those pushed within the last 14 days stay; the others move to the archive.",
    "Of all images, those pulled within the last 90 days stay; the others move to the archive. An image that was never pulled counts from its push.",
    "Of all archived images, those archived within the last 365 days stay; the others expire and are deleted.",
    "Of images without a tag, the newest one stays; the others expire and are deleted.",
    "Of images without a tag, the newest one stays; the others move to the archive.",
    "Of images without a tag, the newest 1,500 stay; the others expire and are deleted.",
    "Of images without a tag, the newest 1,500 stay; the others move to the archive.",
    "Of images without a tag, those pushed within the last day stay; the others expire and are deleted.",
    "Of images without a tag, those pushed within the last day stay; the others move to the archive.",
    "Of images without a tag, those pushed within the last 14 days stay; the others expire and are deleted.",
    "Of images without a tag, those pushed within the last 14 days stay; the others move to the archive.",
    "Of images without a tag, those pulled within the last 90 days stay; the others move to the archive. An image that was never pulled counts from its push.",
    "Of archived images without a tag, those archived within the last 365 days stay; the others expire and are deleted.",
    "Of images with a tag that begins with prod, the newest one stays; the others expire and are deleted.",
    "Of images with a tag that begins with prod, the newest one stays; the others move to the archive.",
    "Of images with a tag that begins with prod, the newest 1,500 stay; the others expire and are deleted.",
    "Of images with a tag that begins with prod, the newest 1,500 stay; the others move to the archive.",
    "Of images with a tag that begins with prod, those pushed within the last day stay; the others expire and are deleted.",
    "Of images with a tag that begins with prod, those pushed within the last day stay; the others move to the archive.",
    "Of images with a tag that begins with prod, those pushed within the last 14 days stay; the others expire and are deleted.",
    "Of images with a tag that begins with prod, those pushed within the last 14 days stay; the others move to the archive.",
    "Of images with a tag that begins with prod, those pulled within the last 90 days stay; the others move to the archive. An image that was never pulled counts from its push.",
    "Of archived images with a tag that begins with prod, those archived within the last 365 days stay; the others expire and are deleted.",
    "Of images with tags that begin with each of prod and web, the newest one stays; the others expire and are deleted.",
    "Of images with tags that begin with each of prod and web, the newest one stays; the others move to the archive.",
    "Of images with tags that begin with each of prod and web, the newest 1,500 stay; the others expire and are deleted.",
    "Of images with tags that begin with each of prod and web, the newest 1,500 stay; the others move to the archive.",
    "Of images with tags that begin with each of prod and web, those pushed within the last day stay; the others expire and are deleted.",
    "Of images with tags that begin with each of prod and web, those pushed within the last day stay; the others move to the archive.",
    "Of images with tags that begin with each of prod and web, those pushed within the last 14 days stay; the others expire and are deleted.",
    "Of images with tags that begin with each of prod and web, those pushed within the last 14 days stay; the others move to the archive.",
    "Of images with tags that begin with each of prod and web, those pulled within the last 90 days stay; the others move to the archive. An image that was never pulled counts from its push.",
    "Of archived images with tags that begin with each of prod and web, those archived within the last 365 days stay; the others expire and are deleted.",
    "Of images with a tag that matches v*, the newest one stays; the others expire and are deleted.",
    "Of images with a tag that matches v*, the newest one stays; the others move to the archive.",
    "Of images with a tag that matches v*, the newest 1,500 stay; the others expire and are deleted.",
    "Of images with a tag that matches v*, the newest 1,500 stay; the others move to the archive.",
    "Of images with a tag that matches v*, those pushed within the last day stay; the others expire and are deleted.",
    "Of images with a tag that matches v*, those pushed within the last day stay; the others move to the archive.",
    "Of images with a tag that matches v*, those pushed within the last 14 days stay; the others expire and are deleted.",
    "Of images with a tag that matches v*, those pushed within the last 14 days stay; the others move to the archive.",
    "Of images with a tag that matches v*, those pulled within the last 90 days stay; the others move to the archive. An image that was never pulled counts from its push.",
    "Of archived images with a tag that matches v*, those archived within the last 365 days stay; the others expire and are deleted.",
    "Of images with tags that match each of v*, *-rc and *.1, the newest one stays; the others expire and are deleted.",
    "Of images with tags that match each of v*, *-rc and *.1, the newest one stays; the others move to the archive.",
    "Of images with tags that match each of v*, *-rc and *.1, the newest 1,500 stay; the others expire and are deleted.",
    "Of images with tags that match each of v*, *-rc and *.1, the newest 1,500 stay; the others move to the archive.",
    "Of images with tags that match each of v*, *-rc and *.1, those pushed within the last day stay; the others expire and are deleted.",
    "Of images with tags that match each of v*, *-rc and *.1, those pushed within the last day stay; the others move to the archive.",
    "Of images with tags that match each of v*, *-rc and *.1, those pushed within the last 14 days stay; the others expire and are deleted.",
    "Of images with tags that match each of v*, *-rc and *.1, those pushed within the last 14 days stay; the others move to the archive.",
    "Of images with tags that match each of v*, *-rc and *.1, those pulled within the last 90 days stay; the others move to the archive. An image that was never pulled counts from its push.",
    "Of archived images with tags that match each of v*, *-rc and *.1, those archived within the last 365 days stay; the others expire and are deleted.",
];

#[test]
fn every_rule_that_ecr_accepts_has_its_sentence() {
    let said: Vec<_> = accepted()
        .into_iter()
        .map(|rule| said(rule, Locale::En))
        .collect();
    assert_eq!(said, SENTENCES);
}

#[test]
fn the_chinese_sentences_differ_where_the_rules_do() {
    let mut seen = HashSet::new();
    for rule in accepted() {
        let text = said(rule.clone(), Locale::Zh);
        assert!(text.starts_with('在') && text.ends_with('。'), "{text}");
        assert_eq!(
            text.contains("已归档镜像") || text.contains("已归档的镜像"),
            rule.archived,
            "{text}"
        );
        assert_eq!(
            text.contains("归档存储"),
            rule.fate == Fate::Archive,
            "{text}"
        );
        let counts_from_push = matches!(rule.keeps, Keep::PulledWithin(_));
        assert_eq!(text.contains("从未被拉取"), counts_from_push, "{text}");
        let latin: HashSet<_> = text.split(|c: char| !c.is_ascii_alphabetic()).collect();
        let values = HashSet::from(["", "prod", "web", "v", "rc"]);
        assert!(latin.is_subset(&values), "{text}");
        assert!(seen.insert(text.clone()), "two rules say {text}");
    }
}

#[test]
fn unknown_parts_of_a_rule_are_named() {
    let odd = RuleView {
        unknown: texts(&[
            "\"enabled\": false",
            "\"selection.storageClass\": \"frozen\"",
        ]),
        ..rule(
            Selection::Other("signed".to_owned()),
            Keep::Other("sinceScan 3 days".to_owned()),
            Fate::Other("transition glacier".to_owned()),
        )
    };
    assert_eq!(
        said(odd.clone(), Locale::En).replace("&quot;", "\""),
        "Of images with the tag status “signed”, which Gantry does not know, ECR keeps what “sinceScan 3 days” says, \
         which Gantry does not know; the action for the others is “transition glacier”, which Gantry does not know. \
         The rule has parts that Gantry does not know: \"enabled\": false and \"selection.storageClass\": \"frozen\"."
    );
    let chinese = said(odd, Locale::Zh);
    for part in [
        "signed",
        "sinceScan 3 days",
        "transition glacier",
        "enabled",
        "frozen",
    ] {
        assert!(chinese.contains(part), "{chinese}");
    }
}

#[test]
fn unknown_members_beside_the_rules_are_named() {
    let rules = vec![rule(Selection::Any, Keep::Newest(3), Fate::Expire)];
    let page = |locale| {
        let (rules, unknown) = (rules.clone(), texts(&["\"version\": 2"]));
        text_of(view! { <Rules rules unknown locale /> })
    };
    assert!(page(Locale::En).contains("beside its rules that Gantry does not know"));
    assert!(page(Locale::Zh).contains("version"));
}
