//! The embedded rules, proved: what is claimed of them holds of every commission on every day.

use clearway::report::{Look, Proved};

#[test]
fn every_claim_about_the_embedded_rules_is_proved() {
    let sources = clearway::embedded();
    let (graph, proofs) = clearway::prove(&sources).expect("the embedded rules have no errors");
    let packs: Vec<String> = graph.book().packs.rows().map(|pack| pack.name.clone()).collect();
    let proved = Proved { graph: &graph, proofs: &proofs, sources: &sources, packs: &packs };
    let page = proved.text(Look { width: 100, is_coloured: false });
    let is_sound = !proofs.has_faults() && proofs.given_up().next().is_none();
    assert!(is_sound, "\n{page}");
}
