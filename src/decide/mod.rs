//! Facts and a date put to the graph: the `Answer`, with its reasons.
//!
//! Total: it cannot fail. Knows nothing of wording, JSON, files or clocks.

mod answer;

pub use answer::{
    About, Answer, CaseFinding, Change, ChecklistItem, Coming, DecisionFinding, DocumentFinding,
    DoubtFinding, EventFinding, Ground, Known, ModelFinding, PackFinding, PeriodFinding, Question,
    Reads, Reasons, Recommendation, RouteFinding, Standing, TestFinding, Timetable, Undecided,
};
