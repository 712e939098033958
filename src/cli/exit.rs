//! How a command ends.

/// How a command ended; the number is its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: it did what was asked; `decide` recommends a route.
    Answered = 0,
    /// 1: `check`, `test`, `prove`, `diff`, `verify` or `fmt --check` found something; `coverage` or `cpv`
    /// found nothing.
    Found = 1,
    /// 2: the command line is wrong.
    Misuse = 2,
    /// 3: the answer waits for facts, or for a choice between routes; `prove` refuted nothing, or
    /// `diff` found nothing, and gave something up.
    Unsettled = 3,
    /// 4: every route is barred.
    NoLawfulRoute = 4,
    /// 5: the rules have errors, so nothing can be decided.
    BadRules = 5,
    /// 6: a commission, receipt, key or certificate has errors.
    BadInput = 6,
    /// 7: a file or folder can't be read or written.
    CannotRead = 7,
    /// 8: there are no rules for the date or nation.
    NoRules = 8,
}

impl Exit {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}
