//! Which denies of a policy override what one of its allows grants, with the affected principals and actions.
//!
//! Evaluated for principals with only what the policy itself says about them. The rest of a request is not known
//! here, so a deny that is certain stays certain for every request, and one that does not apply never does.

mod found;

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
};

use found::{Class, Found};

use crate::{
    actions::{ACTIONS, Concerns},
    arn::Account,
    compiled::{CompiledPolicy, Statement},
    document::{self, Effect, Listed, Named, PrincipalElement},
    request::{ActionName, Context, Mode, Principal, Resource, Scene, Subject},
    truth::Truth,
};

/// A deny that overrides what an allow grants, fully or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The place of the deny in the policy, from 0.
    pub deny: usize,
    /// Whether it certainly applies. Otherwise it may.
    pub certain: bool,
    /// The principals it affects.
    pub whom: Overridden,
    /// The affected actions of the allow.
    pub actions: Vec<String>,
    /// Whether these are all of the allow's actions.
    pub all_actions: bool,
}

/// The principals that an override affects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overridden {
    /// Everyone that the allow names.
    All,
    /// These of the allow's principals, by their places.
    Allowed(Vec<usize>),
    /// These of the deny's principals, by their places. The allow names them as members of an account, or as part of
    /// everyone.
    Denied(Vec<usize>),
    /// Everyone except the deny's principals.
    AllBut,
}

impl Override {
    /// The affected principals, as the allow or the deny lists them, and whether everyone except these is affected.
    /// None for everyone that the allow names.
    pub fn principals<'a>(
        &self,
        allow: &'a document::Statement,
        deny: &'a document::Statement,
    ) -> Option<(Vec<&'a PrincipalElement>, bool)> {
        let (statement, places) = match &self.whom {
            Overridden::All => return None,
            Overridden::Allowed(places) => (allow, Some(places)),
            Overridden::Denied(places) => (deny, Some(places)),
            Overridden::AllBut => (deny, None),
        };
        let items = statement.principals.iter().flat_map(|listed| &listed.items);
        let named = (items.enumerate())
            .filter(|(place, _)| places.is_none_or(|places| places.contains(place)))
            .map(|(_, item)| &item.value);
        Some((named.collect(), places.is_none()))
    }
}

/// What an element of an allow names, in a form that denies can be evaluated for.
enum Target {
    /// One principal.
    One(Box<Subject>),
    /// Everyone, or an account as a whole. The subject represents a member that no statement names.
    Group(Option<Account>, Box<Subject>),
}

impl CompiledPolicy {
    /// The denies that override what the allow at a place grants. If several deny one principal one action, the one
    /// that decides is named. An allow with `NotPrincipal` grants nothing.
    pub fn overrides(&self, allow: usize, resource: &Resource, context: &Context) -> Vec<Override> {
        let statement = self.policy().statements.get(allow);
        let listed = statement
            .filter(|statement| statement.effect == Effect::Allow)
            .and_then(|statement| statement.principals.as_ref())
            .filter(|listed| !listed.excluded);
        let Some(listed) = listed else {
            return Vec::new();
        };
        let search = Search {
            policy: self,
            resource,
            context,
            actions: self.actions_of(allow),
            unnamed: self.unnamed_account(),
        };
        let mut found = Found::default();
        let mut targets = BTreeSet::new();
        for (places, element) in unique(&listed.items) {
            match target(element, search.unnamed) {
                Some(Target::One(subject)) => search.one(&places, &subject, &mut found),
                Some(Target::Group(account, subject)) => {
                    search.group(&places, account, &subject, &mut found);
                }
                None => continue,
            }
            targets.extend(places);
        }
        found.merged(&targets, &search.actions)
    }

    /// The actions on repositories that a statement covers.
    fn actions_of(&self, statement: usize) -> Vec<ActionName> {
        let covers = &self.statements()[statement].actions;
        let listed = &self.policy().statements[statement].actions;
        let known = (ACTIONS.iter())
            .filter(|facts| facts.concerns == Concerns::Repository)
            .map(|facts| ActionName::new(facts.name));
        let others = (listed.items.iter())
            .filter(|item| !listed.excluded && !item.contains(['*', '?']))
            .map(|item| ActionName::new(item))
            .filter(|action| action.id.is_none());
        let mut actions: Vec<_> = known.filter(|action| covers.cover(action)).collect();
        for action in others {
            if !actions.iter().any(|known| known.folded == action.folded) {
                actions.push(action);
            }
        }
        actions
    }

    /// An account that no statement names.
    fn unnamed_account(&self) -> Option<Account> {
        let statements = self.policy().statements.iter();
        let listed = statements.filter_map(|statement| statement.principals.as_ref());
        let named: BTreeSet<_> = listed
            .flat_map(|listed| &listed.items)
            .filter_map(|element| element.account())
            .collect();
        let mut numbers = (0..).map(|number| Account::parse(&format!("{number:012}")));
        numbers.find(|account| !account.is_none_or(|it| named.contains(&it)))?
    }
}

/// The distinct elements of a list, each with all of its places: a policy can repeat one a thousand times.
fn unique<E: Deref<Target = PrincipalElement>>(
    items: &[E],
) -> Vec<(Vec<usize>, &PrincipalElement)> {
    let mut unique: Vec<(Vec<usize>, &PrincipalElement)> = Vec::new();
    let mut known = HashMap::new();
    for (place, element) in items.iter().enumerate() {
        let index = *known
            .entry((element.kind, element.text.as_str()))
            .or_insert(unique.len());
        match unique.get_mut(index) {
            Some((places, _)) => places.push(place),
            None => unique.push((vec![place], &**element)),
        }
    }
    unique
}

/// What an element names. None if it names no principal. A member of `unnamed` represents everyone.
fn target(element: &PrincipalElement, unnamed: Option<Account>) -> Option<Target> {
    match element.named() {
        Named::Everyone => {
            let member = Subject::unknown(stand_in(unnamed?)?);
            Some(Target::Group(None, Box::new(member)))
        }
        Named::Account(account) => {
            let member = Subject::unknown(stand_in(account)?)
                .with([("aws:PrincipalAccount", account.to_string().as_str())]);
            Some(Target::Group(Some(account), Box::new(member)))
        }
        _ => one(element).map(|subject| Target::One(Box::new(subject))),
    }
}

/// A role that no policy can name: IAM allows no tilde in names.
fn stand_in(account: Account) -> Option<Principal> {
    Principal::parse(&format!("arn:aws:iam::{account}:role/~")).ok()
}

/// The principal that an element names. None if it names no principal, or more than one.
fn one(element: &PrincipalElement) -> Option<Subject> {
    let name = match element.named() {
        Named::Arn(_) if !element.is_clear() => return None,
        Named::Arn(name) | Named::Service(name) | Named::Federated(name) => name,
        Named::Everyone | Named::Account(_) | Named::Deleted(_) | Named::Nothing(_) => return None,
    };
    let principal = Principal::parse(name).ok()?.in_any_session();
    Some(Subject::new(principal, []))
}

/// The denies of a policy, ready to be evaluated.
struct Search<'a> {
    policy: &'a CompiledPolicy,
    resource: &'a Resource,
    context: &'a Context,
    /// The allow's actions.
    actions: Vec<ActionName>,
    /// An account that no statement names.
    unnamed: Option<Account>,
}

impl<'a> Search<'a> {
    fn denies(&self) -> impl Iterator<Item = (usize, &'a Statement)> {
        let statements = self.policy.statements().iter().enumerate();
        statements.filter(|(_, statement)| statement.effect == Effect::Deny)
    }

    /// Whether a deny applies to a principal, regardless of the action.
    fn applies(&self, deny: &Statement, subject: &Subject) -> Truth {
        let scene = Scene {
            subject,
            resource: self.resource,
            context: self.context,
            mode: Mode::ThreeValued,
        };
        deny.standing(&scene).applies
    }

    /// Records for each action the deny that decides for one principal.
    fn one(&self, places: &[usize], subject: &Subject, found: &mut Found) {
        let applying: Vec<_> = (self.denies())
            .map(|(index, deny)| (index, deny, self.applies(deny, subject)))
            .filter(|(.., applies)| *applies != Truth::False)
            .collect();
        for (number, action) in self.actions.iter().enumerate() {
            let covering = || {
                let covers =
                    |(_, deny, _): &&(usize, &Statement, Truth)| deny.actions.cover(action);
                applying.iter().filter(covers)
            };
            let certain = covering().find(|(.., applies)| *applies == Truth::True);
            if let Some((deny, _, applies)) = certain.or_else(|| covering().next()) {
                let claim = (*deny, *applies == Truth::True, Class::Allowed);
                for place in places {
                    found.add(claim, *place, number);
                }
            }
        }
    }

    /// Records for each action the denies for everyone, or for an account as a whole: one that certainly denies it to
    /// all of them, or else each that denies it to some, or may.
    fn group(
        &self,
        places: &[usize],
        account: Option<Account>,
        member: &Subject,
        found: &mut Found,
    ) {
        let reaching: Vec<_> = (self.denies())
            .map(|(index, deny)| {
                let reach = self.reach(index, deny, places, account, member);
                (index, deny, reach)
            })
            .collect();
        for (number, action) in self.actions.iter().enumerate() {
            let covering = || {
                let covers =
                    |(_, deny, _): &&(usize, &Statement, Vec<_>)| deny.actions.cover(action);
                reaching.iter().filter(covers)
            };
            let is_whole = |reach: &[(bool, Class, usize)]| {
                let mut claims = reach.iter();
                claims.any(|(certain, class, _)| *certain && *class == Class::Allowed)
            };
            if let Some((deny, ..)) = covering().find(|(.., reach)| is_whole(reach)) {
                for place in places {
                    found.add((*deny, true, Class::Allowed), *place, number);
                }
                continue;
            }
            for (deny, _, reach) in covering() {
                for (certain, class, place) in reach {
                    found.add((*deny, *certain, *class), *place, number);
                }
            }
        }
    }

    /// How far a deny affects everyone, or an account.
    fn reach(
        &self,
        index: usize,
        deny: &Statement,
        places: &[usize],
        account: Option<Account>,
        member: &Subject,
    ) -> Vec<(bool, Class, usize)> {
        let allowed = |certain| {
            let claim = move |place: &usize| (certain, Class::Allowed, *place);
            places.iter().map(claim)
        };
        let written = &self.policy.policy().statements[index];
        let Some(listed) = &written.principals else {
            return Vec::new();
        };
        let is_within = |element: &PrincipalElement| {
            let named = element.account();
            account.is_none() || named == account || (named.is_none() && !element.is_clear())
        };
        let applies = self.applies(deny, member);
        let certain = applies == Truth::True;
        if listed.excluded {
            // A listed principal may be spared.
            let spares_some = listed.items.iter().any(|element| is_within(element));
            return match (applies, account) {
                (Truth::False, _) => Vec::new(),
                (_, None) => vec![(certain, Class::AllBut, 0)],
                _ => allowed(certain && !spares_some).collect(),
            };
        }
        let mut reach = Vec::new();
        if applies != Truth::False {
            reach.extend(allowed(certain));
        }
        if !certain {
            reach.extend(self.named(deny, listed, account, &is_within));
        }
        reach
    }

    /// The principals that a deny names within everyone, or within an account.
    fn named(
        &self,
        deny: &Statement,
        listed: &Listed<PrincipalElement>,
        account: Option<Account>,
        is_within: &dyn Fn(&PrincipalElement) -> bool,
    ) -> Vec<(bool, Class, usize)> {
        let of_element = |(places, element): (Vec<usize>, &PrincipalElement)| {
            let applies = match target(element, self.unnamed) {
                Some(Target::One(subject)) => self.applies(deny, &subject),
                // The member represents these already.
                Some(Target::Group(named, _)) if named.is_none() || named == account => {
                    Truth::False
                }
                Some(Target::Group(_, member)) => self.applies(deny, &member),
                None if element.is_clear() => Truth::False,
                None => Truth::Unknown,
            };
            let places = if applies == Truth::False {
                Vec::new()
            } else {
                places
            };
            let claim = move |place| (applies == Truth::True, Class::Denied, place);
            places.into_iter().map(claim)
        };
        let elements = unique(&listed.items).into_iter();
        let within = elements.filter(|(_, element)| is_within(element));
        within.flat_map(of_element).collect()
    }
}
