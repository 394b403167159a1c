//! Code that bypasses the gate does not compile.

#[test]
fn code_that_bypasses_the_gate_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
