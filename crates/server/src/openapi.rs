//! The API's own description.

use aide::axum::ApiRouter;
use aide::openapi::{Info, OpenApi, SecurityScheme};
use axum::Router;

use crate::context::Context;
use crate::routes;

/// The routes of the API, and their description.
pub(crate) fn routes_and_description() -> (Router<Context>, OpenApi) {
    aide::generate::extract_schemas(true);
    aide::generate::infer_responses(true);
    let mut api = OpenApi::default();
    let routes = ApiRouter::new().nest("/api/v1", routes::routes());
    let routes = routes.finish_api_with(&mut api, |api| api.security_scheme("token", bearer()));
    api.info = Info {
        title: "Upstairs".to_owned(),
        description: Some("The record of negotiations, the ladder, and the advice on it.".to_owned()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..Info::default()
    };
    (routes, api)
}

/// The description of the API, as `/api/openapi.json` gives it.
pub fn openapi() -> OpenApi {
    routes_and_description().1
}

fn bearer() -> SecurityScheme {
    SecurityScheme::Http {
        scheme: "bearer".to_owned(),
        bearer_format: None,
        description: Some("A token, or the session that signing in gives.".to_owned()),
        extensions: Default::default(),
    }
}
