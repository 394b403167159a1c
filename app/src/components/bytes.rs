//! Sizes.

use leptos::prelude::*;
use model::Locale;
pub use words::grouped;

use crate::messages::common::CommonTexts;

/// A size. The exact number of bytes shows on hover.
#[component]
pub fn Bytes(
    /// The size in bytes.
    count: u64,
    /// The language.
    locale: Locale,
) -> impl IntoView {
    view! {
        <data class="bytes" value=count.to_string() title=CommonTexts(locale).bytes(count)>
            {size(count)}
        </data>
    }
}

/// A size in a suitable unit, with two or three significant digits: `253 B`, `3.2 MiB`, `1,204 GiB`.
pub fn size(count: u64) -> String {
    const UNITS: [&str; 3] = ["KiB", "MiB", "GiB"];
    if count < 1024 {
        return format!("{} B", grouped(count));
    }
    // Tenths of the unit, rounded. A value that rounds up to 1,024 of a unit is shown as 1 of the next unit.
    let tenths = |power: u32| {
        let unit = 1_u128 << (10 * power);
        (u128::from(count) * 10 + unit / 2) / unit
    };
    let fits = |power: &u32| tenths(*power) < 10_235;
    let power = (1..3).find(fits).unwrap_or(3);
    let unit = UNITS[power as usize - 1];
    match tenths(power) {
        few @ 0..1_000 => format!("{}.{} {unit}", few / 10, few % 10),
        many => format!("{} {unit}", grouped((many + 5) / 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_two_or_three_significant_digits() {
        for (bytes, expected) in [
            (0, "0 B"),
            (253, "253 B"),
            (1_023, "1,023 B"),
            (1_024, "1.0 KiB"),
            (9_437, "9.2 KiB"),
            (102_399, "100 KiB"),
            (1_047_552, "1,023 KiB"),
            (1_048_575, "1.0 MiB"),
            (3_355_443, "3.2 MiB"),
            (104_857_600, "100 MiB"),
            (1_073_741_823, "1.0 GiB"),
            (2_175_798_272, "2.0 GiB"),
            (1_292_785_156_096, "1,204 GiB"),
            (u64::MAX, "17,179,869,184 GiB"),
        ] {
            assert_eq!(size(bytes), expected, "{bytes} bytes");
        }
    }

    #[test]
    fn exact_bytes_are_on_hover() {
        let html = view! { <Bytes count=9_437 locale=Locale::En /> }.to_html();
        assert!(html.contains("title=\"9,437 bytes\""), "{html}");
    }
}
