//! What the benchmarks measure with: a workload of 60 bars over 30 facts, which `benches/peers` puts
//! to other engines too, and the embedded law.

#[expect(unreachable_pub, reason = "another package has it for a part of its face")]
#[path = "../peers/src/pack.rs"]
pub(crate) mod pack;
#[expect(
    unreachable_pub,
    dead_code,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "another package has it for a part of its face, and looks at more of it"
)]
#[path = "../peers/src/workload.rs"]
pub(crate) mod workload;

use clearway::compile;
use clearway::desk::Rules;
use clearway::quantity::Date;
use clearway::source::Sources;

/// The day on which the workload is asked about.
pub(crate) const TODAY: Date = Date::constant(2026, 11, 27);

/// The workload's rules.
pub(crate) fn synthetic() -> Rules {
    let graph = compile(&Sources::single("bench.way", &pack::rules()));
    Rules::new(graph.expect("the workload compiles"))
}
