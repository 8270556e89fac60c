//! The description of the API that is committed is the one that is served.

use std::path::Path;

/// Set by `cargo xtask bless`.
const BLESS: &str = "UPSTAIRS_BLESS";

#[test]
fn the_committed_description_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/openapi.json");
    let generated = serde_json::to_string_pretty(&server::openapi()).expect("JSON") + "\n";
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(&path, &generated).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "schema/openapi.json is not current; `cargo xtask bless` rewrites it");
}

#[test]
fn every_operation_says_how_it_can_fail_and_asks_who_calls() {
    let described = serde_json::to_value(server::openapi()).expect("JSON");
    let paths = described["paths"].as_object().expect("paths");
    assert!(paths.len() > 20);
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().expect("operations") {
            let name = format!("{method} {path}");
            assert!(operation["operationId"].is_string(), "{name}");
            assert!(operation["responses"]["200"].is_object(), "{name}");
            assert!(operation["responses"]["401"].is_object(), "{name}");
            let signs_in = path == "/api/v1/session" && method == "post";
            assert_eq!(operation["security"].is_array(), !signs_in, "{name}");
        }
    }
}
