//! Who is granted what, as a grid.

use access::PrincipalGrants;
use leptos::{either::Either, prelude::*};
use model::Locale;

use crate::{
    messages::{grants::GrantsTexts, policy::PolicyTexts},
    parts::grants::{EveryAction, GrantsLegend, PrincipalName, group_cells, group_heads},
};

/// What the policy grants to the principals that the viewer may ask about. A policy that Gantry does not understand
/// grants nothing: an alert says so, and there is no grid.
#[component]
pub fn Matrix(
    rows: Vec<PrincipalGrants>,
    understood: bool,
    /// Whether the viewer may ask about the principals of all teams.
    admin: bool,
    locale: Locale,
) -> impl IntoView {
    let (texts, grants) = (PolicyTexts(locale), GrantsTexts(locale));
    let grid = if rows.is_empty() {
        Either::Left(view! { <p class="absent">{texts.no_teams()}</p> })
    } else {
        Either::Right(view! { <Grid rows locale /> })
    };
    let which = if admin {
        texts.matrix_all()
    } else {
        texts.matrix_others()
    };
    understood.then(|| {
        view! {
            <section class="page-section" aria-labelledby="policy-matrix">
                <h2 id="policy-matrix">{texts.matrix()}</h2>
                <p class="quiet">{grants.wording()} {crate::messages::gap(locale)} {which}</p>
                {grid}
                <GrantsLegend locale />
            </section>
        }
    })
}

#[component]
fn Grid(rows: Vec<PrincipalGrants>, locale: Locale) -> impl IntoView {
    let (texts, grants) = (PolicyTexts(locale), GrantsTexts(locale));
    let rows = rows.into_iter().enumerate().map(|(number, row)| {
        // The statements are on the same page.
        let cells = group_cells(&row.cells, None, locale);
        view! {
            <tr>
                <th scope="row">
                    <PrincipalName through=row.through />
                    <EveryAction id=format!("actions-{number}") cells=row.cells locale />
                </th>
                {cells}
            </tr>
        }
    });
    view! {
        <div class="grid-scroll" role="region" tabindex="0" aria-label=texts.matrix_caption()>
            <table class="table table-plain grants-grid">
                <caption class="visually-hidden">{texts.matrix_caption()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{grants.team()}</th>
                        {group_heads(locale)}
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
