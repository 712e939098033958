//! The stable codes and their pages.

/// Declares each code with its spelling; its page is `docs/codes/<spelling>.md`.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $spelling:literal,)+) => {
        /// What kind of thing a diagnostic says. Codes are stable: tools and people may rely on them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code as written and shown.
            #[must_use]
            pub const fn spelling(self) -> &'static str {
                match self { $(Self::$variant => $spelling,)+ }
            }

            /// The page that explains the code, in Markdown.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("../../docs/codes/", $spelling, ".md")),)+
                }
            }
        }
    };
}

codes! {
    // Reading the text.
    /// Text that the grammar has no place for.
    UnexpectedText = "unexpected-text",
    /// A file over the size that is read.
    FileTooLarge = "file-too-large",
    /// Brackets or lists nested deeper than is read.
    NestingTooDeep = "nesting-too-deep",
    /// Bytes that are not UTF-8.
    NotUtf8 = "not-utf8",
    /// A byte-order mark at the start of a rule file.
    ByteOrderMark = "byte-order-mark",
    /// `≥`, `=>`, `==` and the like for a comparison.
    ComparisonSlip = "comparison-slip",
    /// `must`, `shall`, `if`, `else` and the like for a keyword.
    WordSlip = "word-slip",
    /// A date that is not written `2025-02-24`.
    DateSlip = "date-slip",
    /// A date that the calendar doesn't hold.
    ImpossibleDate = "impossible-date",
    /// Money whose commas or pence are wrong.
    MoneySlip = "money-slip",
    /// A comparison written without spaces around it.
    CrowdedComparison = "crowded-comparison",
    /// `and` and `or` together without brackets.
    MixedAndOr = "mixed-and-or",
    /// A figure that can't be read or is out of range.
    FigureOutOfRange = "figure-out-of-range",
    /// A citation whose provision is of no known shape.
    BadCitation = "bad-citation",

    // Items and clauses.
    /// A clause that doesn't belong to its item.
    MisplacedClause = "misplaced-clause",
    /// A clause that its item can't do without.
    MissingClause = "missing-clause",
    /// A clause given twice where only one can hold.
    RepeatedClause = "repeated-clause",
    /// A folder of rules without a `pack`.
    NoPack = "no-pack",
    /// No rule file at all.
    NoRules = "no-rules",

    // Names.
    /// A name that nothing has.
    UnknownName = "unknown-name",
    /// Two things of one name.
    DuplicateName = "duplicate-name",
    /// A name of one kind where another kind is needed.
    WrongKindOfName = "wrong-kind-of-name",
    /// A name of a pack that this pack doesn't use.
    NameNotVisible = "name-not-visible",
    /// A route that is said never to be open together with itself.
    ExcludesItself = "excludes-itself",
    /// An option or outcome that a fact or decision doesn't have.
    UnknownOption = "unknown-option",

    // Types.
    /// Quantities of different types compared or added.
    WrongType = "wrong-type",
    /// Money with and without VAT compared.
    VatBasis = "vat-basis",
    /// A sum of what can't be added up.
    BadSum = "bad-sum",

    // What a whole pack must hold.
    /// Decisions or packs that wait for one another.
    Cycle = "cycle",
    /// Preferences that run in a circle.
    PreferenceCycle = "preference-cycle",
    /// Two clauses for the same day.
    PeriodsOverlap = "periods-overlap",
    /// Days of a pack's life without a clause.
    DaysUncovered = "days-uncovered",
    /// A rule that reads a pack on days on which that pack is not in force.
    ReadOutOfForce = "read-out-of-force",
    /// An amount without a row for a class.
    ClassMissing = "class-missing",
    /// A rule without a citation.
    NoCitation = "no-citation",
    /// A fact that no rule uses.
    UnusedFact = "unused-fact",
    /// An amount or list that no rule uses.
    UnusedAmount = "unused-amount",
    /// A document that nothing can ever require.
    DocumentNeverRequired = "document-never-required",
    /// A case after one that always holds.
    CaseAfterOtherwise = "case-after-otherwise",
    /// A list code that the CPV doesn't hold.
    NotACpvCode = "not-a-cpv-code",
    /// A citation of a provision that the list of its instrument doesn't hold.
    NoSuchProvision = "no-such-provision",
    /// A provision that its list marks as left out, and that a rule cites.
    CitedThoughOut = "cited-though-out",
    /// A layer that would change what its base says.
    LayerRedefines = "layer-redefines",

    // What is proved of rules.
    /// A decision without an outcome, a route neither open nor barred, a commission without a law.
    Gap = "gap",
    /// A clause that counts for no commission.
    DeadClause = "dead-clause",
    /// Several laws for one commission, or routes open together that exclude each other.
    Overlap = "overlap",
    /// A layer that opens what the law below closes, or drops what it requires.
    LayerOpens = "layer-opens",
    /// A question whose answer changes nothing.
    IdleQuestion = "idle-question",
    /// A claim that could be neither proved nor refuted.
    GaveUp = "gave-up",

    // Reading a commission.
    /// A commission that is not JSON.
    NotJson = "not-json",
    /// A commission too large or too deep to be read.
    CommissionTooLarge = "commission-too-large",
    /// A receipt or a key that can't be read.
    BadReceipt = "bad-receipt",
    /// A service's certificate, or its key, that can't be used.
    BadCertificate = "bad-certificate",
    /// The same key twice in one object.
    DuplicateKey = "duplicate-key",
    /// A fact that the rules don't have.
    UnknownFact = "unknown-fact",
    /// A value of the wrong type.
    WrongValue = "wrong-value",
    /// A value out of its range.
    ValueOutOfRange = "value-out-of-range",
    /// A total and its parts that come to different figures.
    SumDisagrees = "sum-disagrees",

    // Reading and writing files.
    /// A file or folder that can't be read or written.
    CannotRead = "cannot-read",
}

impl Code {
    /// The code of this spelling.
    #[must_use]
    pub fn read(spelling: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.spelling() == spelling)
    }
}
