//! Sizes.

use leptos::prelude::*;
use model::Locale;

use crate::messages::common::CommonTexts;

/// A size in MiB, the exact bytes on hover.
#[component]
pub fn Bytes(
    /// Bytes.
    count: u64,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    view! {
        <data class="bytes" value=count.to_string() title=CommonTexts(locale).bytes(count)>
            {mebibytes(count)}
        </data>
    }
}

/// A size in MiB with as many digits as help: `0.004 MiB`, `3.2 MiB`, `1,204 MiB`.
pub fn mebibytes(count: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    // Three decimals below 0.1 MiB, one below 100 MiB, none above: two or three digits that count.
    let (scale, decimals) = match count {
        0 => return "0 MiB".to_owned(),
        1..104_858 => (1000, 3),
        104_858..104_857_600 => (10, 1),
        _ => (1, 0),
    };
    let scaled = (u128::from(count) * scale + u128::from(MEBIBYTE) / 2) / u128::from(MEBIBYTE);
    let whole = grouped(scaled / scale);
    match decimals {
        0 => format!("{whole} MiB"),
        _ => format!("{whole}.{:0decimals$} MiB", scaled % scale),
    }
}

/// A number with its thousands parted by commas, as both languages write it.
pub fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_the_digits_that_count() {
        for (bytes, expected) in [
            (0, "0 MiB"),
            (1, "0.000 MiB"),
            (4_096, "0.004 MiB"),
            (104_857, "0.100 MiB"),
            (104_858, "0.1 MiB"),
            (3_355_443, "3.2 MiB"),
            (104_857_599, "100.0 MiB"),
            (104_857_600, "100 MiB"),
            (1_262_485_504, "1,204 MiB"),
            (u64::MAX, "17,592,186,044,416 MiB"),
        ] {
            assert_eq!(mebibytes(bytes), expected, "{bytes} bytes");
        }
    }
}
