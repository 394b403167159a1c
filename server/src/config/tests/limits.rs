//! `[limits]`.

use super::*;
use crate::limit::LimitSettings;

#[test]
fn limits_have_defaults_and_each_can_be_set() {
    assert_eq!(parse(SMALL).unwrap().limits, None);
    let with = |text: &str| parse(&format!("{SMALL}\n[limits]\n{text}\n"));
    assert_eq!(with("").unwrap().limits, Some(LimitSettings::default()));
    let text = "person_requests = 1\nperson_writes = 2\nanonymous_requests = 3\nsign_ins = 4\nlink_misses = 5\n\
                link_views = 6\nperson_sign_ins = 7\nperson_at_once = 8\naddress_at_once = 9\nlink_requests = 10";
    let limits = with(text).unwrap().limits.unwrap();
    let set = [
        limits.person_requests,
        limits.person_writes,
        limits.anonymous_requests,
        limits.sign_ins,
        limits.link_misses,
        limits.link_views,
        limits.person_sign_ins,
        limits.person_at_once,
        limits.address_at_once,
        limits.link_requests,
    ];
    assert_eq!(
        set.map(std::num::NonZeroU32::get),
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    );
    let variables = [("GANTRY__LIMITS__SIGN_INS", "7")];
    let limits = with_variables(SMALL, &variables).unwrap().limits.unwrap();
    assert_eq!(limits.sign_ins.get(), 7);
    for (wrong, expected) in [
        ("sign_in = 3", "unknown field `sign_in`"),
        ("sign_ins = 0", "line 12"),
        ("sign_ins = -1", "line 12"),
        ("sign_ins = \"many\"", "line 12"),
    ] {
        let complaint = with(wrong).unwrap_err().to_string();
        assert!(complaint.contains(expected), "{complaint}");
    }
}
