//! The conditions that an answer depends on.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::Serialize;

use crate::{
    compiled,
    condition::{Meaning, Pattern, Wildcards},
    document::{Condition, Listed, Located, Named, PrincipalElement, Statement, Version},
    request::Scene,
    truth::Truth,
};

/// Above this number of alternatives, they are no longer combined into one condition.
const MOST_ALTERNATIVES: usize = 200;

/// A condition that a decision depends on. Two conditions with the same meaning are equal, whatever their spelling.
#[derive(Debug, Clone, Serialize)]
pub struct DependsOn {
    /// The operator. For an element that may not concern the request, the name of the element: `Resource` or
    /// `NotResource` because of a variable in it, `Principal` or `NotPrincipal` because of the principal's session or
    /// path.
    pub operator: String,
    /// The key, as written. Empty for an element.
    pub key: String,
    /// The values, as written, sorted.
    pub values: Vec<String>,
    /// Whether the values contain variables that are filled in, which is only the case in Version 2012-10-17.
    pub variables: bool,
    #[serde(skip)]
    meaning: Meaning,
    /// The condition, unless it is an element.
    #[serde(skip)]
    condition: Option<(Condition, Version)>,
}

impl DependsOn {
    fn of_condition(condition: &Condition, version: Version) -> Self {
        let values = texts(&condition.values);
        Self {
            operator: condition.operator.to_string(),
            key: condition.key.clone(),
            variables: has_variables(&values, version),
            values,
            meaning: Meaning::new(condition, version),
            condition: Some((condition.clone(), version)),
        }
    }

    fn of_resources(listed: &Listed<String>, version: Version) -> Self {
        let values = texts(&listed.items);
        let operator = element("Resource", listed);
        let patterns = values
            .iter()
            .map(|value| Pattern::read(value, version, Wildcards::Mean));
        let spellings = (patterns.zip(&values)).map(|(pattern, value)| pattern.spelling(value));
        Self {
            meaning: Meaning::of_element(&operator, spellings.collect()),
            operator,
            key: String::new(),
            variables: has_variables(&values, version),
            values,
            condition: None,
        }
    }

    fn of_principals(listed: &Listed<PrincipalElement>) -> Self {
        let mut values: Vec<_> = listed.items.iter().map(|item| item.text.clone()).collect();
        values.sort_unstable();
        values.dedup();
        let operator = element("Principal", listed);
        let spelling = |item: &Located<PrincipalElement>| match item.named() {
            Named::Account(account) => account.to_string(),
            _ => format!("{:?} {}", item.kind, item.text),
        };
        let spellings = listed.items.iter().map(spelling).collect();
        Self {
            meaning: Meaning::of_element(&operator, spellings),
            operator,
            key: String::new(),
            values,
            variables: false,
            condition: None,
        }
    }

    /// What two alternative conditions must have in common so that one condition can replace both. None if no
    /// condition can replace them.
    fn kind(&self) -> Option<(String, &str)> {
        let (condition, _) = self.condition.as_ref()?;
        let operator = condition.operator.unites()?;
        Some((operator.to_string(), self.meaning.key()))
    }

    /// One condition that holds if any of these conditions of the same kind holds.
    fn united<'a>(depends_on: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let mut conditions = depends_on.filter_map(|dependency| dependency.condition.as_ref());
        let (mut all, version) = conditions.next()?.clone();
        all.values
            .extend(conditions.flat_map(|(condition, _)| condition.values.iter().cloned()));
        Some(Self::of_condition(&all, version))
    }
}

impl PartialEq for DependsOn {
    fn eq(&self, other: &Self) -> bool {
        self.meaning == other.meaning
    }
}

impl Eq for DependsOn {}

impl PartialOrd for DependsOn {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DependsOn {
    fn cmp(&self, other: &Self) -> Ordering {
        self.meaning.cmp(&other.meaning)
    }
}

/// What a statement can depend on.
pub(super) struct Hinges {
    conditions: Vec<DependsOn>,
    resources: Option<DependsOn>,
    pub(super) principals: Option<DependsOn>,
}

impl Hinges {
    pub(super) fn new(statement: &Statement, version: Version) -> Self {
        let resources = statement.resources.as_ref();
        let principals = statement.principals.as_ref();
        Self {
            conditions: (statement.conditions.iter())
                .map(|condition| DependsOn::of_condition(condition, version))
                .collect(),
            resources: resources.map(|listed| DependsOn::of_resources(listed, version)),
            principals: principals.map(|listed| DependsOn::of_principals(listed)),
        }
    }

    /// What the statement depends on, apart from the principal: every part of it that is not known.
    pub(super) fn open(&self, read: &compiled::Statement, scene: &Scene<'_>) -> Vec<DependsOn> {
        let conditions = (self.conditions.iter().zip(&read.conditions))
            .filter(|(_, read)| read.holds(scene) == Truth::Unknown)
            .map(|(dependency, _)| dependency);
        let resources =
            (self.resources.iter()).filter(|_| read.concerns_resource(scene) == Truth::Unknown);
        let mut depends_on: Vec<DependsOn> = conditions.chain(resources).cloned().collect();
        depends_on.sort_unstable();
        depends_on.dedup();
        depends_on
    }
}

/// The alternatives, sorted, without those that require everything that another one requires, and more. Alternatives
/// that differ only in the values of one condition are combined.
pub(super) fn weakest(mut alternatives: Vec<Vec<DependsOn>>) -> Vec<Vec<DependsOn>> {
    alternatives.sort_unstable();
    alternatives.dedup();
    while alternatives.len() <= MOST_ALTERNATIVES
        && let Some((places, united)) = alike(&alternatives)
    {
        let mut place = 0..;
        alternatives.retain(|_| !place.next().is_some_and(|place| places.contains(&place)));
        alternatives.push(united);
        alternatives.sort_unstable();
        alternatives.dedup();
    }
    let needless = |depends_on: &Vec<DependsOn>| {
        (alternatives.iter()).any(|fewer| {
            fewer != depends_on
                && fewer
                    .iter()
                    .all(|dependency| depends_on.contains(dependency))
        })
    };
    (alternatives.iter())
        .filter(|depends_on| !needless(depends_on))
        .cloned()
        .collect()
}

/// The places of alternatives that can be combined, and their combination.
fn alike(alternatives: &[Vec<DependsOn>]) -> Option<(Vec<usize>, Vec<DependsOn>)> {
    let mut groups: BTreeMap<_, Vec<(usize, &DependsOn)>> = BTreeMap::new();
    for (place, depends_on) in alternatives.iter().enumerate() {
        for (nth, dependency) in depends_on.iter().enumerate() {
            if let Some(kind) = dependency.kind() {
                let rest = [&depends_on[..nth], &depends_on[nth + 1..]];
                let rest: Vec<&DependsOn> = rest.into_iter().flatten().collect();
                groups
                    .entry((kind, rest))
                    .or_default()
                    .push((place, dependency));
            }
        }
    }
    let ((_, rest), group) = groups.into_iter().find(|(_, group)| group.len() > 1)?;
    let united = DependsOn::united(group.iter().map(|(_, dependency)| *dependency))?;
    let mut depends_on: Vec<DependsOn> = rest.into_iter().cloned().chain([united]).collect();
    depends_on.sort_unstable();
    let places = group.into_iter().map(|(place, _)| place).collect();
    Some((places, depends_on))
}

fn element<T>(name: &str, listed: &Listed<T>) -> String {
    let not = if listed.excluded { "Not" } else { "" };
    format!("{not}{name}")
}

fn texts(items: &[Located<String>]) -> Vec<String> {
    let mut texts: Vec<String> = items.iter().map(|item| item.value.clone()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn has_variables(values: &[String], version: Version) -> bool {
    version == Version::V2012 && values.iter().any(|value| value.contains("${"))
}
