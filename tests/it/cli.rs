//! The command line, as the console transcripts in `tests/cmd`, the README and the manual show it.
//!
//! `TRYCMD=overwrite cargo test --test it transcripts` writes what the program says now into the transcripts;
//! look at the difference before you commit it.

use trycmd::TestCases;

use crate::support::root;

/// The README is run at the root of the repository; transcripts without a folder of their own, and the manual,
/// in the manual's example project.
#[test]
fn transcripts() {
    // The folder belongs to the whole process: the other tests of this binary name files by their full paths.
    std::env::set_current_dir(root()).expect("the root of the repository");
    run(&["README.md"]);
    std::env::set_current_dir(root().join("docs/example")).expect("the example project");
    run(&["tests/cmd/*.trycmd", "docs/*.md"]);
}

fn run(patterns: &[&str]) {
    let cases = TestCases::new();
    for variable in ["GLOSA_GLOSSARY", "NO_COLOR", "COLUMNS"] {
        cases.env(variable, "");
    }
    cases.env("GLOSA_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/glosa-cache"));
    for pattern in patterns {
        cases.case(root().join(pattern));
    }
    cases.run();
}
