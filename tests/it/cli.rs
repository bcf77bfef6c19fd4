//! The command line, as the console transcripts in `tests/cmd` and the README show it.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd").case("README.md");
}
