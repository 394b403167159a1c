//! Policies and requests made from a few names, so that they often match.

use policy::{Policy, PolicyKind};
use proptest::{
    collection::vec,
    option::weighted,
    prelude::*,
    sample::{Index, select},
};
use serde_json::{Map, Value, json};

use super::words::{
    ACTION_PATTERNS, ACTIONS, ELEMENTS, PRINCIPALS, REPOSITORY, RESOURCES, SORTS, Sort,
};
use crate::asked::{IdentitySide, Keys, Question, Rules};

/// Every key that conditions and variables use.
pub fn keys() -> impl Iterator<Item = &'static str> {
    (SORTS.iter().flat_map(|sort| sort.keys.iter().copied())).chain(["aws:PrincipalAccount"])
}

fn sort_of(key: &str) -> &'static Sort {
    let of = |sort: &&Sort| sort.keys.contains(&key);
    SORTS.iter().find(of).unwrap_or(&SORTS[0])
}

fn several(choices: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![
        2 => vec(select(choices), 1),
        1 => vec(select(choices), 2..4),
    ]
}

/// One value as it is or in an array; several values in an array.
fn listed(choices: &'static [&'static str]) -> impl Strategy<Value = Value> {
    (several(choices), any::<bool>()).prop_map(|(values, bare)| match values[..] {
        [one] if bare => json!(one),
        _ => json!(values),
    })
}

fn condition() -> impl Strategy<Value = (String, String, Value)> {
    let quantifier =
        prop_oneof![3 => Just(""), 1 => Just("ForAnyValue:"), 1 => Just("ForAllValues:")];
    (0..SORTS.len(), quantifier, any::<bool>()).prop_flat_map(|(sort, quantifier, if_exists)| {
        let Sort {
            operators,
            keys,
            listed: values,
            ..
        } = &SORTS[sort];
        let name = select(*operators).prop_map(move |name| {
            let suffix = if if_exists && name != "Null" {
                "IfExists"
            } else {
                ""
            };
            format!("{quantifier}{name}{suffix}")
        });
        let key = (select(*keys), any::<bool>()).prop_map(|(key, upper)| {
            if upper {
                key.to_uppercase()
            } else {
                key.to_owned()
            }
        });
        let truths: &[&str] = &["true", "false", "perhaps"];
        (name, key, listed(values), listed(truths)).prop_map(|(name, key, values, truths)| {
            let values = if name.ends_with("Null") {
                truths
            } else {
                values
            };
            (name, key, values)
        })
    })
}

/// A key, and for each of two policies one or two conditions on it: operators with values. The choices are few, so
/// that two conditions often mean the same, or almost the same.
pub fn conditions() -> impl Strategy<Value = (&'static str, [Vec<(String, Value)>; 2])> {
    let quantifier =
        prop_oneof![4 => Just(""), 1 => Just("ForAnyValue:"), 1 => Just("ForAllValues:")];
    let sort = (0..SORTS.len(), any::<Index>(), quantifier);
    sort.prop_flat_map(|(sort, first, quantifier)| {
        let Sort {
            operators,
            keys,
            listed: values,
            ..
        } = &SORTS[sort];
        let first = first.index(operators.len());
        let few = &operators[first..operators.len().min(first + 2)];
        let of_sort = move || {
            let name = (select(few), prop::bool::weighted(0.2));
            let name = name.prop_map(move |(name, if_exists)| {
                let suffix = match name {
                    "Null" => "",
                    _ if if_exists => "IfExists",
                    _ => "",
                };
                format!("{quantifier}{name}{suffix}")
            });
            let one = (name, listed(values)).boxed();
            prop_oneof![2 => vec(one.clone(), 1), 1 => vec(one, 2)]
        };
        (select(*keys), [of_sort(), of_sort()])
    })
}

fn principals() -> impl Strategy<Value = Value> {
    let several = vec(select(ELEMENTS), 1..4).prop_map(|elements| {
        let mut kinds = Map::new();
        for (kind, text) in elements {
            let names = kinds.entry(kind).or_insert_with(|| json!([]));
            names.as_array_mut().unwrap().push(json!(text));
        }
        Value::Object(kinds)
    });
    let one = select(ELEMENTS).prop_map(|(kind, text)| json!({ kind: text }));
    prop_oneof![2 => Just(json!("*")), 2 => one, 3 => several]
}

fn not(name: &str, excluded: bool) -> String {
    format!("{}{name}", if excluded { "Not" } else { "" })
}

/// A statement of a policy of this kind, as JSON.
pub fn statement(kind: PolicyKind, effect: Option<&'static str>) -> BoxedStrategy<Value> {
    let effects = match effect {
        Some(effect) => Just(effect).boxed(),
        None => prop_oneof![3 => Just("Allow"), 1 => Just("Deny")].boxed(),
    };
    let seldom = || prop::bool::weighted(0.15);
    let resources = (listed(RESOURCES), seldom());
    let resources = match kind {
        PolicyKind::Repository => weighted(0.1, resources).boxed(),
        PolicyKind::Registry | PolicyKind::Identity => resources.prop_map(Some).boxed(),
    };
    let actions = (listed(ACTION_PATTERNS), seldom());
    let conditions = prop_oneof![
        4 => vec(condition(), 0),
        4 => vec(condition(), 1),
        1 => vec(condition(), 2),
    ];
    (
        effects,
        (principals(), seldom()),
        actions,
        resources,
        conditions,
    )
        .prop_map(
            move |(effect, principals, actions, resources, conditions)| {
                let mut statement = Map::new();
                statement.insert("Effect".into(), effect.into());
                if kind != PolicyKind::Identity {
                    statement.insert(not("Principal", principals.1), principals.0);
                }
                statement.insert(not("Action", actions.1), actions.0);
                if let Some((listed, excluded)) = resources {
                    statement.insert(not("Resource", excluded), listed);
                }
                let mut operators = Map::new();
                for (operator, key, values) in conditions {
                    let keys = operators.entry(operator).or_insert_with(|| json!({}));
                    let keys = keys.as_object_mut().unwrap();
                    // A key can occur only once, ignoring case.
                    keys.retain(|known, _| !known.eq_ignore_ascii_case(&key));
                    keys.insert(key, values);
                }
                if !operators.is_empty() {
                    statement.insert("Condition".into(), operators.into());
                }
                statement.into()
            },
        )
        .boxed()
}

/// A policy in parts that can be combined in more than one way.
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: PolicyKind,
    version: Option<&'static str>,
    pub statements: Vec<Value>,
}

impl Draft {
    pub fn policy(&self) -> Policy {
        let mut document = json!({ "Statement": self.statements });
        if let Some(version) = self.version {
            document["Version"] = version.into();
        }
        Policy::parse(document.to_string(), self.kind).unwrap()
    }
}

pub fn draft(kind: PolicyKind) -> impl Strategy<Value = Draft> {
    let version =
        prop_oneof![4 => Just(Some("2012-10-17")), 1 => Just(Some("2008-10-17")), 1 => Just(None)];
    let statements = vec(statement(kind, None), 1..5);
    (version, statements).prop_map(move |(version, statements)| Draft {
        kind,
        version,
        statements,
    })
}

/// All policies of a decision.
#[derive(Debug, Clone)]
pub struct Drafts {
    pub repository: Option<Draft>,
    pub registry: Option<Draft>,
    pub identity: DraftSide,
}

#[derive(Debug, Clone)]
pub enum DraftSide {
    Unseen,
    Assumed,
    Known(Vec<Draft>),
}

impl Drafts {
    pub fn rules(&self) -> Rules {
        Rules {
            repository: self.repository.as_ref().map(Draft::policy),
            registry: self.registry.as_ref().map(Draft::policy),
            identity: match &self.identity {
                DraftSide::Unseen => IdentitySide::Unseen,
                DraftSide::Assumed => IdentitySide::Assumed,
                DraftSide::Known(drafts) => {
                    IdentitySide::Known(drafts.iter().map(Draft::policy).collect())
                }
            },
        }
    }

    /// One of its policies, if it has any.
    pub fn pick(&mut self, place: Index) -> Option<&mut Draft> {
        let known = match &mut self.identity {
            DraftSide::Known(drafts) => drafts.as_mut_slice(),
            DraftSide::Unseen | DraftSide::Assumed => &mut [],
        };
        let mut all: Vec<&mut Draft> = (self.repository.iter_mut())
            .chain(&mut self.registry)
            .chain(known)
            .collect();
        let place = (!all.is_empty()).then(|| place.index(all.len()))?;
        Some(all.swap_remove(place))
    }
}

pub fn drafts() -> impl Strategy<Value = Drafts> {
    let identity = prop_oneof![
        1 => Just(DraftSide::Unseen),
        1 => Just(DraftSide::Assumed),
        3 => vec(draft(PolicyKind::Identity), 0..3).prop_map(DraftSide::Known),
    ];
    (
        weighted(0.9, draft(PolicyKind::Repository)),
        weighted(0.4, draft(PolicyKind::Registry)),
        identity,
    )
        .prop_map(|(repository, registry, identity)| Drafts {
            repository,
            registry,
            identity,
        })
}

/// A request's values of a key: none, known to be missing, or some.
pub fn values(key: &'static str) -> impl Strategy<Value = Vec<String>> {
    let found = sort_of(key).found;
    let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
    prop_oneof![
        1 => Just(Vec::new()),
        4 => vec(select(found), 1).prop_map(owned),
        1 => vec(select(found), 2..4).prop_map(owned),
    ]
}

fn context() -> impl Strategy<Value = Keys> {
    let entries: Vec<_> = keys()
        .map(|key| {
            let is_derived = key.starts_with("aws:Principal") || key == "aws:username";
            let chance = if is_derived { 0.15 } else { 0.6 };
            weighted(
                chance,
                values(key).prop_map(move |values| (key.to_owned(), values)),
            )
        })
        .collect();
    entries.prop_map(|entries| entries.into_iter().flatten().collect())
}

pub fn question() -> impl Strategy<Value = Question> {
    let tags = weighted(0.5, select(&["shop", "SHOP", "ana"][..]));
    let resource_tag = weighted(0.5, weighted(0.7, select(&["shop", "SHOP", "ana"][..])));
    (
        select(PRINCIPALS),
        any::<bool>(),
        tags,
        select(ACTIONS),
        resource_tag,
        context(),
    )
        .prop_map(
            |(principal, any_session, tag, action, resource_tag, context)| Question {
                principal: principal.to_owned(),
                any_session: any_session && principal.contains(":role/"),
                tags: tag
                    .map(|tag| ("team".to_owned(), tag.to_owned()))
                    .into_iter()
                    .collect(),
                action: action.to_owned(),
                resource: REPOSITORY.to_owned(),
                resource_account: None,
                resource_tags: resource_tag.map(|tag| {
                    let tags = tag.into_iter();
                    tags.map(|tag| ("Team".to_owned(), tag.to_owned()))
                        .collect()
                }),
                context,
            },
        )
}
