//! The integration tests: one binary, one module a topic.

mod cli;
mod matcher;
mod support;
