//! Terminology QA of a collection on several threads.

use super::parallel::{Jobs, Workers};
use crate::check::translation::{Checker, Options, Report, report, units};
use crate::engine::{Collection, Engine};

/// [`check`](crate::check::translation::check), pair by pair on several threads: the same report on any number of them.
pub fn check(engine: &Engine, collection: &Collection, options: &Options, jobs: Jobs) -> Report {
    let checker = Checker::new(engine, options);
    let found = Workers::new(jobs).map_in_order(units(collection), |unit| checker.findings(collection, unit));
    report(collection, found)
}
