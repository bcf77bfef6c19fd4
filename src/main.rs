//! The `glosa` program: a thin door to [`glosa::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    glosa::cli::main()
}
