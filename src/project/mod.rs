//! Files and folders: finding the project, reading the corpus, writing whole files.
#![allow(clippy::disallowed_methods, reason = "this is the module that touches files")]
