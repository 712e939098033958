//! The floor: the bars written by hand in Rust, over a struct that serde reads.

use serde::Deserialize;

use super::{Loaded, Peer, loaded};
use crate::timing::timed;
use crate::workload::{Bars, N_BARS};

struct Native;

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Authority {
    Central,
    SubCentral,
    Utility,
    Nhs,
    School,
    Private,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Nation {
    England,
    Wales,
    Scotland,
    Ni,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Subject {
    Goods,
    Services,
    Works,
    LightTouch,
    Health,
}

#[derive(Deserialize)]
struct Facts {
    authority: Authority,
    nation: Nation,
    subject: Subject,
    value: i64,
    term_months: i64,
    suppliers_known: i64,
    notice_days: i64,
    outcome_share: i64,
    decision_date: i64,
    pilot_months: i64,
    is_grant: bool,
    services_specified: bool,
    clawback_only: bool,
    innovation_needed: bool,
    market_solution: bool,
    outcomes_based: bool,
    social_investor: bool,
    pilot: bool,
    reserved_sheltered: bool,
    reserved_mutual: bool,
    urgent: bool,
    urgency_foreseeable: bool,
    exclusive_rights: bool,
    no_alternative: bool,
    psr_service: bool,
    existing_provider: bool,
    considerable_change: bool,
    patient_choice: bool,
    #[serde(rename = "framework_available")]
    _framework_available: bool,
    cross_border: bool,
}

/// Nothing is loaded: the rules are in the program.
pub(super) fn load() -> Loaded {
    loaded(timed(|| Native))
}

impl Peer for Native {
    type Facts = Facts;

    fn read(&self, text: &str) -> Facts {
        serde_json::from_str(text).expect("facts")
    }

    fn fired(&mut self, facts: &Facts) -> Bars {
        held(facts).into_iter().collect()
    }
}

/// Whether each bar holds.
fn held(f: &Facts) -> [bool; N_BARS] {
    let english_health = f.psr_service && f.nation == Nation::England;
    let private = f.authority == Authority::Private;
    let central = f.authority == Authority::Central;
    [
        // grant
        !f.is_grant,
        f.services_specified && !f.clawback_only,
        f.subject == Subject::Works && f.value > 5_000_000,
        private,
        f.outcomes_based && f.outcome_share >= 60,
        // below_threshold
        f.subject == Subject::Goods && central && f.value >= 139_688,
        f.subject == Subject::Services && !central && f.value >= 214_904,
        f.subject == Subject::Works && f.value >= 5_372_609,
        f.subject == Subject::LightTouch && f.value >= 663_540,
        english_health,
        // open_tender
        f.notice_days < 25 && !f.urgent,
        f.notice_days < 10 && f.urgent,
        english_health && f.decision_date >= 20240101,
        f.is_grant && !f.services_specified,
        private,
        // flexible
        f.notice_days < 13,
        f.decision_date < 20250224,
        f.nation == Nation::Scotland,
        english_health,
        private,
        // innovation
        !f.innovation_needed,
        f.market_solution,
        f.decision_date >= 20250224 && f.nation == Nation::England && f.pilot,
        f.subject == Subject::Goods && f.value < 25_000,
        f.term_months > 60,
        // psp_pilot
        !f.pilot,
        f.pilot_months > 18,
        f.value > 1_000_000,
        f.subject == Subject::Works,
        f.suppliers_known < 1 && !f.market_solution,
        // sib
        !f.outcomes_based,
        f.outcome_share < 40,
        !f.social_investor,
        f.term_months < 24,
        f.subject == Subject::Goods,
        // light_touch
        f.subject != Subject::LightTouch,
        f.psr_service,
        private,
        f.decision_date < 20250224 && f.nation != Nation::Scotland && f.value >= 663_540,
        f.notice_days < 5 && !f.urgent,
        // reserved
        !f.reserved_sheltered && !f.reserved_mutual,
        f.reserved_mutual && f.term_months > 60,
        f.reserved_mutual && f.subject != Subject::LightTouch,
        f.cross_border && f.value >= 663_540,
        f.existing_provider && f.reserved_mutual,
        // direct_urgent
        !f.urgent,
        f.urgency_foreseeable,
        f.term_months > 12,
        english_health,
        f.notice_days >= 25,
        // direct_single
        !f.exclusive_rights,
        !f.no_alternative,
        f.suppliers_known > 1,
        english_health,
        f.market_solution && f.suppliers_known >= 2,
        // psr_direct
        !f.psr_service,
        f.nation != Nation::England,
        !f.existing_provider && !f.patient_choice,
        f.considerable_change,
        f.decision_date < 20240101,
    ]
}
