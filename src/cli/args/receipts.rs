//! The flags of the commands about receipts.

use std::path::PathBuf;

use clap::ValueEnum;

/// `clearway verify`
#[derive(clap::Args)]
pub(in crate::cli) struct Verify {
    /// The receipt, or the JSON answer that it came with; `-` reads standard input
    pub(in crate::cli) receipt: PathBuf,
    /// Folders of rules in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// A folder in which `clearway keep` kept packs: used where it has all that the receipt names
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) store: Option<PathBuf>,
    /// The public key that the receipt must be signed with
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) key: Option<PathBuf>,
    /// The form of what is said
    #[arg(long, value_enum, default_value_t = VerifyFormat::Text)]
    pub(in crate::cli) format: VerifyFormat,
}

/// The forms of what is said of a receipt.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum VerifyFormat {
    /// For reading in a terminal
    Text,
    /// For tools
    Json,
}

/// `clearway keygen`
#[derive(clap::Args)]
pub(in crate::cli) struct Keygen {
    /// What the files are called: NAME.key is to be kept secret, NAME.pub to be given out
    pub(in crate::cli) name: PathBuf,
}

/// `clearway keep`
#[derive(clap::Args)]
pub(in crate::cli) struct Keep {
    /// The folder to keep the packs in
    pub(in crate::cli) store: PathBuf,
    /// Folders of rules in place of the embedded ones
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
}
