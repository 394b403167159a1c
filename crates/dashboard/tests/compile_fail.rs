//! Going round the gate is not a matter of discipline: it does not compile.

#[test]
fn there_is_no_way_round_the_gate() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
