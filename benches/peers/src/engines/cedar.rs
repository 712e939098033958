//! Cedar: a policy that forbids for each bar. Its reasons are the ids of the policies that decided,
//! which say why and never why not.

use cedar_policy::{
    Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request, Response,
};
use serde_json::json;

use super::{Loaded, Peer, infix, loaded};
use crate::timing::timed;
use crate::workload::{BARS_OF_ROUTE, Bars, ROUTES, bar_id, bars};

struct Cedar {
    policies: PolicySet,
    authorizer: Authorizer,
    entities: Entities,
    principal: EntityUid,
    action: EntityUid,
    resource: EntityUid,
}

pub(super) fn load() -> Loaded {
    let policies = rules();
    loaded(timed(|| Cedar {
        policies: PolicySet::from_policies(policies.iter().map(policy)).expect("ids differ"),
        authorizer: Authorizer::new(),
        entities: Entities::empty(),
        principal: "Body::\"any\"".parse().expect("an entity"),
        action: "Action::\"commission\"".parse().expect("an entity"),
        resource: "Contract::\"any\"".parse().expect("an entity"),
    }))
}

/// Each policy's id and text.
fn rules() -> Vec<(String, String)> {
    let forbidding = bars().map(|(bar, tests)| {
        let when = infix(tests, "context.", " && ");
        (bar_id(bar), format!("forbid(principal, action, resource) when {{ {when} }};"))
    });
    forbidding.collect()
}

fn policy((id, text): &(String, String)) -> Policy {
    Policy::parse(Some(PolicyId::new(id)), text).expect("the policy is Cedar")
}

impl Cedar {
    fn ask(&self, request: &Request) -> Response {
        self.authorizer.is_authorized(request, &self.policies, &self.entities)
    }
}

impl Peer for Cedar {
    type Facts = Request;

    fn read(&self, text: &str) -> Request {
        let context = Context::from_json_str(text, None).expect("facts");
        let (principal, action, resource) =
            (self.principal.clone(), self.action.clone(), self.resource.clone());
        Request::new(principal, action, resource, context, None).expect("a request")
    }

    fn fired(&mut self, request: &Request) -> Bars {
        let mut bars = Bars::default();
        for id in self.ask(request).diagnostics().reason() {
            bars.insert_id(id.as_ref());
        }
        bars
    }

    fn explain(&mut self, request: &Request) -> Option<String> {
        let fired = self.fired(request);
        let routes = ROUTES.iter().enumerate().map(|(at, route)| {
            let bars = at * BARS_OF_ROUTE..(at + 1) * BARS_OF_ROUTE;
            let because: Vec<String> = bars.filter(|bar| fired.has(*bar)).map(bar_id).collect();
            let standing = if because.is_empty() { "open" } else { "barred" };
            json!({ "route": route.name, "standing": standing, "because": because })
        });
        Some(json!({ "routes": routes.collect::<Vec<_>>() }).to_string())
    }
}
