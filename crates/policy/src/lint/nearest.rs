//! Finds the name that a misspelled one was probably meant to be.

/// The candidate with the fewest differences from a text, ignoring case. None if all are too different.
pub(super) fn nearest<'a>(
    text: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // No name is that long, and the cost of the search grows with the text.
    if text.len() > 128 {
        return None;
    }
    let text = text.to_ascii_lowercase();
    let most = (text.len() / 5).clamp(1, 4);
    (candidates.into_iter())
        .map(|candidate| (slips(&text, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(slips, _)| *slips <= most)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, removed, changed, or swapped with the next one.
fn slips(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, letter) in from.chars().enumerate() {
        let mut this = vec![row + 1];
        for (column, wanted) in to.iter().enumerate() {
            let changed = last[column] + usize::from(letter != *wanted);
            let mut fewest = changed.min(last[column + 1] + 1).min(this[column] + 1);
            let swapped = column > 0 && previous == Some(*wanted) && to[column - 1] == letter;
            if swapped && let Some(before) = before_last.get(column - 1) {
                fewest = fewest.min(before + 1);
            }
            this.push(fewest);
        }
        before_last = std::mem::replace(&mut last, this);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_counted() {
        for (from, to, expected) in [
            ("", "", 0),
            ("putimage", "putimage", 0),
            ("putimages", "putimage", 1),
            ("putimge", "putimage", 1),
            ("putiamge", "putimage", 1),
            ("ptuiamge", "putimage", 2),
            ("pull", "push", 2),
            ("", "é", 1),
        ] {
            assert_eq!(slips(from, to), expected, "{from} {to}");
            assert_eq!(slips(to, from), expected, "{to} {from}");
        }
    }

    #[test]
    fn only_similar_names_are_suggested() {
        let actions = ["ecr:PutImage", "ecr:ListImages"];
        assert_eq!(nearest("ecr:PutImages", actions), Some("ecr:PutImage"));
        assert_eq!(nearest("ECR:listimage", actions), Some("ecr:ListImages"));
        assert_eq!(nearest("ecr:Pull", actions), None);
    }
}
