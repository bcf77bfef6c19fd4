//! The integration tests: one binary, one module a topic.
#![allow(clippy::disallowed_methods, reason = "tests make files and look at them")]

#[cfg(feature = "cli")]
mod align;
#[cfg(feature = "cli")]
mod bad_input;
#[cfg(feature = "cli")]
mod cache;
#[cfg(feature = "project")]
mod check;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod contracts;
#[cfg(feature = "cli")]
mod convert;
#[cfg(feature = "cli")]
mod coverage;
#[cfg(all(feature = "cli", feature = "office"))]
mod documents;
#[cfg(feature = "cli")]
mod exchange;
#[cfg(feature = "cli")]
mod extract;
mod gold;
mod imperfect;
mod manual;
mod matcher;
#[cfg(feature = "cli")]
mod numbers;
#[cfg(feature = "cli")]
mod project;
mod support;
#[cfg(feature = "project")]
mod tagger;
mod termbases;
