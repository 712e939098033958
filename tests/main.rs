//! Everything that is tested from outside the crate, in one binary: a module is a suite.

mod codes;
mod commissions;
mod forgotten;
mod imports;
mod pages;
mod properties;
mod spec;
mod syntax;
mod tidy;
