//! Everything that is tested from outside the crate, in one binary: a module is a suite.

#![expect(clippy::disallowed_methods, reason = "tests read the files of the project")]
#![expect(clippy::expect_used, reason = "a test that can't be set up fails")]

mod alone;
mod cli;
mod codes;
mod commissions;
mod cpv;
mod forgotten;
mod fuzz;
mod imports;
mod law;
mod observed;
mod pages;
mod proofs;
mod properties;
mod serve;
mod spec;
mod syntax;
mod tidy;

/// As the program has it.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;
