//! Clearway beside other rule engines, on one workload: the workload as data, and each engine
//! under one face.

pub mod engines;
pub mod pack;
pub mod timing;
pub mod workload;
