//! What rule files mean: names resolved, types checked, citations and periods attached.
//!
//! A `Rulebook` can't hold an unresolved name. Knows nothing of text layout and evaluates nothing.

mod checks;
mod citation;
mod condition;
mod digest;
mod errors;
mod mutants;
mod read;
mod rulebook;
mod table;

pub use checks::{contradict, faults, life_of};
pub use citation::{Citation, Cited, address};
pub use condition::{
    CodeSet, Condition, Figure, Limb, Quantity, Sign, Term, Value, comparisons_in, quantities_of,
    walk,
};
pub use digest::files_of;
pub use mutants::{Change, Mutant, Owner, Part, Slot, Twist, literals, mutants, mutated, shares};
pub use read::{packs_wanted, read, without};
pub use rulebook::{
    Amount, AmountRow, Calendar, Candidate, Case, Choice, Citing, Class, ClauseOf, ClausePart,
    ClauseRef, ClauseRow, CodeRow, DatedWords, Decision, Document, DocumentKind, Doubt, Due,
    DueRule, Event, EventRef, ExcludedRoute, Expectation, Fact, FactKind, Force, Instrument,
    Judgement, LengthRow, List, ListRows, Listed, Mandatory, Mark, Model, Outcome, Pack, Period,
    Preference, Route, Rulebook, Scenario, SourceOfLaw, Stage, Standing, Sum, SumFault, Test,
    Thing, Worked,
};
pub use table::{
    AmountId, CalendarId, DecisionId, DocumentId, EventId, FactId, Id, ListId, ModelId, PackId,
    PeriodId, PreferenceId, RouteId, ScenarioId, SourceId, Table,
};
