//! What the generated methods return.

use model::Locale::{En, Zh};
use words::{
    access::AccessTexts, lifecycle::LifecycleTexts, links::LinksTexts, palette::PaletteTexts,
    tag::TagTexts,
};

#[test]
fn a_text_is_in_the_language_of_its_reader() {
    assert_eq!(PaletteTexts(En).title(), "Go to");
    assert_eq!(PaletteTexts(Zh).title(), "转到");
}

#[test]
fn a_number_decides_the_plural_form_and_has_thousands_separators() {
    let said = |total: u32| AccessTexts(En).all(total);
    assert_eq!(
        [said(0), said(1), said(1_500)],
        ["0 repositories", "1 repository", "1,500 repositories"]
    );
    assert_eq!(AccessTexts(Zh).all(1_500), "1,500 个仓库");
    assert_eq!(TagTexts(En).moves(1), "It was seen to move once.");
}

#[test]
fn zero_can_have_its_own_variant() {
    assert_eq!(LinksTexts(En).live(0), "none");
    assert_eq!(LinksTexts(Zh).live(0), "无");
}

#[test]
fn a_number_that_is_an_identifier_has_no_separators() {
    assert_eq!(LifecycleTexts(En).priority(1_000_i64), "Priority 1000");
}
