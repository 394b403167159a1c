//! One question and its answer.

use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

use policy::{
    Account, ActionName, CompiledPolicy, Context, Identity, Mode, Outcome, Policies, PolicyKind,
    Principal, Request, Resource, Source, StatementRef, Subject, Truth,
};
use serde::{
    Deserialize, Deserializer,
    de::{SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use smallvec::SmallVec;
use thiserror::Error;

use super::cache::{Cache, Entry};

/// A question as it is written.
#[derive(Deserialize)]
struct Question<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    principal: Cow<'a, str>,
    #[serde(borrow)]
    principal_tags: Option<BTreeMap<Text<'a>, Text<'a>>>,
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow)]
    resource: Cow<'a, str>,
    #[serde(borrow)]
    resource_account: Option<Text<'a>>,
    #[serde(borrow)]
    context: Option<BTreeMap<Text<'a>, Values<'a>>>,
    #[serde(borrow)]
    identity_policies: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    resource_policy: Option<&'a RawValue>,
    #[serde(borrow)]
    registry_policy: Option<&'a RawValue>,
}

/// A text, borrowed from the line if it has no escapes.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The parts of an invalid line that can still be read.
#[derive(Deserialize)]
struct Numbered<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

/// The values of a condition key: one value or several.
enum Values<'a> {
    One(Cow<'a, str>),
    Many(Vec<Cow<'a, str>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValuesVisitor)
    }
}

struct ValuesVisitor;

impl<'de> Visitor<'de> for ValuesVisitor {
    type Value = Values<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a boolean, or an array of those")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Values::One(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Values::One(Cow::Owned(text.to_owned())))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Values::One(Cow::Borrowed(if value {
            "true"
        } else {
            "false"
        })))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Values::One(Cow::Owned(value.to_string())))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Values::One(Cow::Owned(value.to_string())))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Values::One(Cow::Owned(value.to_string())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Values::Many(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(values) = seq.next_element()? {
            match values {
                Values::One(value) => all.push(value),
                Values::Many(values) => all.extend(values),
            }
        }
        Ok(Values::Many(all))
    }
}

/// Why a line is not a valid question.
#[derive(Debug, Error)]
enum Bad {
    #[error("principal: {0}")]
    Principal(#[from] policy::PrincipalError),
    #[error("resource_account: expected an account id of twelve digits")]
    Account,
    #[error("{}: {error}", source_policy.name())]
    Policy {
        source_policy: Source,
        error: policy::ParseError,
    },
}

/// Writes the answer to a line. Returns whether the line was a valid question.
pub(super) fn answer(line: &[u8], mode: Mode, cache: &mut Cache, out: &mut Vec<u8>) -> bool {
    let Ok(line) = str::from_utf8(line) else {
        fail(None, &"expected JSON in UTF-8", out);
        return false;
    };
    let question = match serde_json::from_str::<Question<'_>>(line) {
        Ok(question) => question,
        Err(error) => {
            let numbered = serde_json::from_str::<Numbered<'_>>(line);
            fail(numbered.ok().and_then(|line| line.id), &error, out);
            return false;
        }
    };
    match decide(&question, mode, cache, out) {
        Ok(()) => true,
        Err(error) => {
            fail(question.id, &error, out);
            false
        }
    }
}

fn fail(id: Option<&RawValue>, error: &dyn fmt::Display, out: &mut Vec<u8>) {
    let error = serde_json::Value::String(error.to_string());
    append(
        out,
        &["{\"id\":", text(id), ",\"error\":", &error.to_string(), "}"],
    );
}

fn decide(
    question: &Question<'_>,
    mode: Mode,
    cache: &mut Cache,
    out: &mut Vec<u8>,
) -> Result<(), Bad> {
    let subject = subject(question, cache)?;
    let account = (question.resource_account.as_ref())
        .map(|Text(account)| Account::parse(account).ok_or(Bad::Account))
        .transpose()?;
    let resource = Resource::new(&question.resource, account);
    let action = ActionName::new(&question.action);
    let context = context(question);
    let known = known(question, cache)?;
    let identity: SmallVec<[Arc<CompiledPolicy>; 4]> = (known.iter())
        .filter(|(source, _)| matches!(source, Source::Identity(_)))
        .map(|(_, entry)| Arc::clone(&entry.policy))
        .collect();
    let of = |wanted: Source| {
        known
            .iter()
            .find(|(source, _)| *source == wanted)
            .map(|(_, entry)| &*entry.policy)
    };
    let policies = Policies {
        repository: of(Source::Repository),
        registry: of(Source::Registry),
        identity: Identity::Policies(&identity),
    };
    let request = Request {
        subject: &subject,
        action: &action,
        resource: &resource,
        context: &context,
    };
    let mut applying: SmallVec<[(StatementRef, Truth); 16]> = SmallVec::new();
    let decision = policies.decide_noting(&request, mode, |statement, applies| {
        if applies != Truth::False {
            applying.push((statement, applies));
        }
    });
    append(
        out,
        &[
            "{\"id\":",
            text(question.id),
            ",\"decision\":\"",
            outcome(decision.outcome),
            "\"",
        ],
    );
    if decision.delegated {
        append(out, &[",\"delegated\":true"]);
    }
    append(out, &[",\"statements\":["]);
    statements(&known, &applying, out);
    append(out, &["]}"]);
    Ok(())
}

type KnownPolicies = SmallVec<[(Source, Arc<Entry>); 4]>;

/// The policies of a question.
fn known(question: &Question<'_>, cache: &mut Cache) -> Result<KnownPolicies, Bad> {
    let identity = (0..)
        .map(Source::Identity)
        .zip(question.identity_policies.iter().flatten().copied());
    (question
        .resource_policy
        .map(|text| (Source::Repository, text))
        .into_iter())
    .chain(
        question
            .registry_policy
            .map(|text| (Source::Registry, text)),
    )
    .chain(identity)
    .map(|(source, text)| {
        let kind = match source {
            Source::Repository => PolicyKind::Repository,
            Source::Registry => PolicyKind::Registry,
            Source::Identity(_) => PolicyKind::Identity,
        };
        let entry = cache.policy(text.get(), kind);
        entry
            .map(|entry| (source, entry))
            .map_err(|error| Bad::Policy {
                source_policy: source,
                error,
            })
    })
    .collect()
}

fn subject(question: &Question<'_>, cache: &mut Cache) -> Result<Arc<Subject>, Bad> {
    match &question.principal_tags {
        Some(tags) if !tags.is_empty() => {
            let principal = Principal::parse(&question.principal)?;
            let tags = tags.iter().map(|(tag, value)| (&*tag.0, &*value.0));
            Ok(Arc::new(Subject::new(principal, tags)))
        }
        _ => Ok(cache.subject(&question.principal)?),
    }
}

fn context(question: &Question<'_>) -> Context {
    let mut context = Context::default();
    for (Text(key), values) in question.context.iter().flatten() {
        match values {
            Values::One(value) => context.set(key, [&**value]),
            Values::Many(values) => context.set(key, values.iter().map(|value| &**value)),
        }
    }
    context
}

/// Every statement of every policy, with its part in the decision.
fn statements(known: &KnownPolicies, applying: &[(StatementRef, Truth)], out: &mut Vec<u8>) {
    let mut separator = "{\"policy\":\"";
    for (source, entry) in known {
        let name = source.name();
        for (index, members) in entry.statements.iter().enumerate() {
            let this = StatementRef {
                source: *source,
                index,
            };
            // Decisions list statements in document order.
            let part = applying.binary_search_by_key(&this, |(statement, _)| *statement);
            let word = match part.map(|place| applying[place].1) {
                Ok(Truth::True) => "matched",
                Ok(_) => "conditional",
                Err(_) => "not_matched",
            };
            append(
                out,
                &[
                    separator,
                    &name,
                    "\",",
                    members,
                    ",\"outcome\":\"",
                    word,
                    "\"}",
                ],
            );
            separator = ",{\"policy\":\"";
        }
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Allowed => "allowed",
        Outcome::Conditional => "conditional",
        Outcome::ImplicitDeny => "implicit_deny",
        Outcome::ExplicitDeny => "explicit_deny",
    }
}

/// JSON as it was sent.
fn text(raw: Option<&RawValue>) -> &str {
    raw.map_or("null", RawValue::get)
}

fn append(out: &mut Vec<u8>, parts: &[&str]) {
    for part in parts {
        out.extend_from_slice(part.as_bytes());
    }
}
