//! The integration tests: one binary, one module a topic.

mod cli;
mod manual;
mod matcher;
mod support;
