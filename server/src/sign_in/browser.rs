//! The family of a browser, so that people recognise their own sessions.

/// Texts in a `User-Agent`, and the browser names for them. The first match counts: most browsers also name the ones
/// that they are based on.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The family of a browser and its system, as in `Firefox, Linux`. The result contains only these fixed names,
/// nothing from the header. None if the browser is unknown.
pub fn family(user_agent: &str) -> Option<String> {
    let named = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(part, _)| user_agent.contains(part));
        found.map(|(_, name)| *name)
    };
    let browser = named(&BROWSERS)?;
    Some(match named(&SYSTEMS) {
        Some(system) => format!("{browser}, {system}"),
        None => browser.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn a_browser_is_named_by_its_family_and_system() {
        for (user_agent, name) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                Some("Firefox, Linux"),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
                Some("Edge, Windows"),
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/19.0 Safari/605.1.15",
                Some("Safari, macOS"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/143.0.0.0 Mobile Safari/537.36",
                Some("Chrome, Android"),
            ),
            ("curl/8.16.0", None),
            ("<script>alert(1)</script>", None),
            ("", None),
        ] {
            assert_eq!(family(user_agent).as_deref(), name, "{user_agent}");
        }
    }
}
