//! The flags of the commands that look something up: a provision of an Act, a CPV code.

use std::path::PathBuf;

use clap::ValueEnum;

use super::date;
use crate::quantity::Date;

/// `clearway cpv`
#[derive(clap::Args)]
pub(in crate::cli) struct Cpv {
    /// What is bought, in words; or a code of eight digits, with or without its check digit
    #[arg(required = true)]
    pub(in crate::cli) words: Vec<String>,
    /// The date of the lists; else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) as_at: Option<Date>,
    /// How many codes to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(in crate::cli) limit: usize,
    /// Folders of rules in place of the embedded ones; national packs they use are embedded
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// The form of what is found
    #[arg(long, value_enum, default_value_t = CpvFormat::Text)]
    pub(in crate::cli) format: CpvFormat,
}

/// The forms of codes.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum CpvFormat {
    /// For reading in a terminal
    Text,
    /// For tools
    Json,
}

/// `clearway coverage`
#[derive(clap::Args)]
pub(in crate::cli) struct Coverage {
    /// Only what this pack lists; without it, what all packs of the rules list
    pub(in crate::cli) pack: Option<String>,
    /// Folders of rules in place of the embedded ones; national packs they use are embedded
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// The form of the map; what scenarios see of rules is told by `test --coverage`
    #[arg(long, value_enum, default_value_t = MapFormat::Text)]
    pub(in crate::cli) format: MapFormat,
}

/// The forms of a map of provisions.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum MapFormat {
    /// For reading in a terminal, each item with its file and line
    Text,
    /// One page to keep beside the rules, which names no lines
    Markdown,
    /// For tools
    Json,
}
