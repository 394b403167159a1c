//! What policies grant to a principal, as the cells of a grid.

use access::Cell;
use leptos::{either::Either, prelude::*};
use model::{Action, GrantedVia, Locale};
use policy::Verdict;

use super::action_group::{ActionGroup, GroupVerdict};
use crate::messages::grants::GrantsTexts;

/// The column heads of the grid, one for each group of actions.
pub fn group_heads(locale: Locale) -> impl IntoView + use<> {
    ActionGroup::ALL.map(|group| {
        let names: Vec<_> = group.needs().map(Action::as_str).collect();
        view! { <th scope="col" title=names.join(", ")>{group.label(locale)}</th> }
    })
}

/// A principal's cells, one for each group of actions: the verdict as a sign and a word, and the statements that
/// decide. If the statements are on the same page, each cell names them below the verdict. Otherwise the verdict links
/// to them in the `policy`, which keeps each row of a long list on one line.
pub fn group_cells(cells: &[Cell], policy: Option<&str>, locale: Locale) -> impl IntoView + use<> {
    ActionGroup::ALL.map(|group| {
        let statements = deciding(group, cells);
        let mark = match group.verdict(cells) {
            GroupVerdict::Whole(verdict) => Either::Left(view! { <VerdictMark verdict locale /> }),
            GroupVerdict::Partly(granted, of) => Either::Right(partly(granted, of, locale)),
        };
        let content = match policy {
            Some(policy) => Either::Left(linked(mark.into_any(), &statements, policy)),
            None => Either::Right(view! { {mark} {statement_links(statements)} }),
        };
        view! { <td class="grant" data-label=group.label(locale)>{content}</td> }
    })
}

/// How many of how many actions, as a sign and words, with the meaning on hover.
fn partly(granted: usize, of: usize, locale: Locale) -> impl IntoView + use<> {
    let texts = GrantsTexts(locale);
    view! {
        <span class="outcome outcome-partly" title=texts.partly_means()>
            <span aria-hidden="true">"◐"</span>
            <span class="outcome-word">{texts.partly(granted, of)}</span>
        </span>
    }
}

/// A verdict as a sign and a word, with its meaning on hover.
#[component]
pub fn VerdictMark(
    /// The verdict.
    verdict: Verdict,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let (name, sign, word, meaning) = verdict_words(verdict, locale);
    view! {
        <span class=format!("outcome outcome-{name}") title=meaning>
            <span aria-hidden="true">{sign}</span>
            <span class="outcome-word">{word}</span>
        </span>
    }
}

/// Every action for a principal, grouped by verdict and deciding statement. A button shows it. The browser closes it
/// when another one opens, on Escape and on a click elsewhere, without JavaScript.
#[component]
pub fn EveryAction(
    /// An ID that is unique on the page.
    id: String,
    /// The cells.
    cells: Vec<Cell>,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = GrantsTexts(locale);
    let gathered = gather(cells)
        .into_iter()
        .map(|(verdict, statement, actions)| {
            let statement = statement.map(|statement| {
                view! { <span class="quiet">{texts.by_statement(&statement)}</span> }
            });
            // All of them share one text: a list of many repositories has thousands.
            let actions: Vec<_> = actions.into_iter().map(Action::short).collect();
            view! {
                <dt><VerdictMark verdict locale /> " " {statement}</dt>
                <dd><code>{actions.join(", ")}</code></dd>
            }
        });
    view! {
        <button type="button" class="every-action" popovertarget=id.clone()>
            {texts.every_action()}
        </button>
        <div id=id class="every-action-list" popover="auto">
            <dl>{gathered.collect_view()}</dl>
        </div>
    }
}

/// The meaning of the columns and signs; folded.
#[component]
pub fn GrantsLegend(
    /// The language.
    locale: Locale,
) -> impl IntoView {
    let texts = GrantsTexts(locale);
    let signs = Verdict::ALL.map(|verdict| {
        let (.., meaning) = verdict_words(verdict, locale);
        view! {
            <dt><VerdictMark verdict locale /></dt>
            <dd>{meaning}</dd>
        }
    });
    let columns = ActionGroup::ALL.map(|group| {
        let actions = group.needs();
        let actions = actions.map(|action| view! { <li><code>{action.as_str()}</code></li> });
        view! {
            <dt>{group.label(locale)}</dt>
            <dd><ul class="action-names">{actions.collect_view()}</ul></dd>
        }
    });
    view! {
        <details class="grants-legend">
            <summary>{texts.legend()}</summary>
            <dl>
                {signs} <dt>{partly(1, 2, locale)}</dt> <dd>{texts.partly_means()}</dd>
                {columns}
            </dl>
        </details>
    }
}

/// A team and its principal: the role's short name, its ARN on hover.
#[component]
pub fn PrincipalName(
    /// The team and principal.
    through: GrantedVia,
) -> impl IntoView {
    match through {
        GrantedVia::Team { team, principal } => Either::Left(view! {
            <span class="principal" title=principal.arn().to_owned()>
                <span class="principal-team">{team.to_string()}</span>
                <code>{principal.short_name().to_owned()}</code>
            </span>
        }),
        GrantedVia::Review => Either::Right(()),
    }
}

/// A verdict's CSS name, its sign, its word and its meaning.
fn verdict_words(
    verdict: Verdict,
    locale: Locale,
) -> (&'static str, &'static str, &'static str, &'static str) {
    let texts = GrantsTexts(locale);
    match verdict {
        Verdict::Granted => ("granted", "✓", texts.granted(), texts.granted_means()),
        Verdict::Conditional => (
            "conditional",
            "?",
            texts.conditional(),
            texts.conditional_means(),
        ),
        Verdict::Delegated => ("delegated", "→", texts.delegated(), texts.delegated_means()),
        Verdict::NotGranted => (
            "not-granted",
            "–",
            texts.not_granted(),
            texts.not_granted_means(),
        ),
        Verdict::MayBeDenied => (
            "denied",
            "✕?",
            texts.may_be_denied(),
            texts.may_be_denied_means(),
        ),
        Verdict::Denied => ("denied", "✕", texts.denied(), texts.denied_means()),
    }
}

/// The statements that decide on the actions of a group, without duplicates.
fn deciding(group: ActionGroup, cells: &[Cell]) -> Vec<String> {
    let mut statements: Vec<String> = Vec::new();
    for cell in cells
        .iter()
        .filter(|cell| group.actions().contains(&cell.action))
    {
        if let Some(statement) = &cell.statement
            && !statements.contains(statement)
        {
            statements.push(statement.clone());
        }
    }
    statements
}

/// A verdict that links to the first of the statements that decide, and names all of them.
fn linked(mark: AnyView, statements: &[String], policy: &str) -> AnyView {
    let Some(first) = statements.first() else {
        return mark;
    };
    let href = format!("{policy}#{}", statement_anchor(first));
    let names = statements.join(", ");
    view! {
        <a class="outcome-why" href=href title=names>
            {mark}
            <span class="visually-hidden">" ("{names.clone()}")"</span>
        </a>
    }
    .into_any()
}

fn statement_links(statements: Vec<String>) -> impl IntoView + use<> {
    let links = statements.into_iter().map(|statement| {
        let href = format!("#{}", statement_anchor(&statement));
        view! { <a class="deciding" href=href>{words_of(&statement)}</a> }
    });
    links.collect_view()
}

/// A statement's name that may break before each of its words in a narrow cell: `EveryTeam|Reads`.
fn words_of(name: &str) -> impl IntoView + use<> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for letter in name.chars() {
        if after_small && letter.is_uppercase() {
            words.push(String::new());
        }
        after_small = letter.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    words
        .into_iter()
        .map(|word| view! { {word} <wbr /> })
        .collect_view()
}

/// The anchor of a statement on its policy's page, from its Sid or its position.
pub fn statement_anchor(label: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = label.chars().map(plain).collect();
    format!("statement-{name}")
}

/// Actions by verdict, best first, and by the statement that decides.
fn gather(cells: Vec<Cell>) -> Vec<(Verdict, Option<String>, Vec<Action>)> {
    let mut gathered: Vec<(Verdict, Option<String>, Vec<Action>)> = Vec::new();
    for cell in cells {
        let known = gathered.iter_mut().find(|(verdict, statement, _)| {
            *verdict == cell.verdict && *statement == cell.statement
        });
        match known {
            Some((.., actions)) => actions.push(cell.action),
            None => gathered.push((cell.verdict, cell.statement, vec![cell.action])),
        }
    }
    gathered.sort_by_key(|(verdict, ..)| *verdict);
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_need_no_escaping_in_a_url() {
        assert_eq!(statement_anchor("TeamDevelops"), "statement-TeamDevelops");
        assert_eq!(statement_anchor("#0"), "statement--0");
        assert_eq!(statement_anchor("a b\"<é"), "statement-a-b---");
    }

    #[test]
    fn the_legend_explains_every_sign_of_the_grid() {
        for locale in [Locale::En, Locale::Zh] {
            let html = view! { <GrantsLegend locale /> }.to_html();
            for sign in ["✓", "?", "→", "–", "✕?", "✕", "◐"] {
                assert!(html.contains(&format!(">{sign}<")), "{sign}: {html}");
            }
        }
    }

    #[test]
    fn actions_are_grouped_by_verdict_and_statement() {
        let cell = |action, verdict, statement: Option<&str>| Cell {
            action,
            verdict,
            statement: statement.map(str::to_owned),
        };
        let gathered = gather(vec![
            cell(Action::PutImage, Verdict::Denied, Some("Stop")),
            cell(Action::ListImages, Verdict::Granted, Some("Team")),
            cell(Action::DescribeImages, Verdict::Granted, Some("Team")),
            cell(Action::BatchGetImage, Verdict::Granted, Some("All")),
        ]);
        assert_eq!(
            gathered,
            [
                (
                    Verdict::Granted,
                    Some("Team".to_owned()),
                    vec![Action::ListImages, Action::DescribeImages]
                ),
                (
                    Verdict::Granted,
                    Some("All".to_owned()),
                    vec![Action::BatchGetImage]
                ),
                (
                    Verdict::Denied,
                    Some("Stop".to_owned()),
                    vec![Action::PutImage]
                ),
            ]
        );
    }
}
