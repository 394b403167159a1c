//! Lists in sentences.

use model::Locale;

use crate::list::ListTexts;

/// Joins items as "a, b and c".
pub fn listed<Item: AsRef<str>>(items: &[Item], locale: Locale) -> String {
    let (count, last) = (items.len(), ListTexts(locale).and());
    let items = items.iter().enumerate();
    items
        .flat_map(|(place, item)| [before(place, count, last, locale), item.as_ref()])
        .collect()
}

/// The separator before the item at this position: nothing, a comma, or the one before the last item.
pub fn before(place: usize, count: usize, last: &'static str, locale: Locale) -> &'static str {
    match place {
        0 => "",
        place if place + 1 == count => last,
        _ => ListTexts(locale).comma(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_uses_the_separators_of_its_language() {
        for (items, english, chinese) in [
            (&[] as &[&str], "", ""),
            (&["a"], "a", "a"),
            (&["a", "b"], "a and b", "a、b"),
            (&["a", "b", "c"], "a, b and c", "a、b、c"),
        ] {
            assert_eq!(listed(items, Locale::En), english);
            assert_eq!(listed(items, Locale::Zh), chinese);
        }
    }
}
