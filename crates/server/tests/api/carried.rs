//! Records and offers carried out of a desk and into it.

use serde_json::{Value, json};

use super::desk::Served;

/// Status, media type and body of a call with a body of any kind.
fn carried(served: &Served, who: &str, method: &str, path: &str, media: &str, body: &[u8]) -> (u16, String, Vec<u8>) {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0).build().into();
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{}/api/v1{path}", served.address))
        .header("authorization", format!("Bearer {}", served.token(who)))
        .header("content-type", media);
    let mut response = agent.run(request.body(body).expect("a request")).expect("an answer");
    let media = response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.to_owned();
    (response.status().as_u16(), media, response.body_mut().read_to_vec().expect("a body"))
}

fn opened(served: &Served) -> String {
    let opening = json!({ "title": "Copy", "role": "seller", "currency": "USD", "counterpart": "Northwind" });
    served.post("nora", "/negotiations", &opening).good()["id"].as_str().expect("an id").to_owned()
}

/// The prices offered, as numbers: 5 and 5.0 are the same amount.
fn prices(served: &Served, id: &str) -> Vec<f64> {
    let entries = served.get("nora", &format!("/negotiations/{id}/entries")).good();
    let facts = entries.as_array().expect("entries").iter().map(|entry| &entry["fact"]);
    let offers = facts.filter(|fact| fact["fact"] == "offered");
    offers.map(|fact| fact["package"]["price"].as_str().expect("a price").parse().expect("a number")).collect()
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[test]
fn offers_go_out_as_sheets_and_come_in_again() {
    let served = Served::start();
    let id = served.negotiation();
    for (kind, media) in [("csv", "text/csv"), ("xlsx", XLSX)] {
        let path = format!("/negotiations/{id}/offers.{kind}");
        let (status, said, sheet) = carried(&served, "nora", "GET", &path, "text/plain", b"");
        assert_eq!((status, said.as_str()), (200, media));
        assert_eq!(carried(&served, "olga", "GET", &path, "text/plain", b"").0, 403);
        assert_eq!(carried(&served, "zoe", "GET", &path, "text/plain", b"").0, 404);

        let copy = opened(&served);
        let nothing = json!({ "do": "prepare", "preparation": { "authority": "1500000" } });
        served.post("nora", &format!("/negotiations/{copy}/acts"), &nothing).good();
        let into = format!("/negotiations/{copy}/offers.{kind}");
        let (status, _, refused) = carried(&served, "nora", "POST", &into, media, &sheet);
        let refused = String::from_utf8(refused).expect("text");
        assert_eq!(status, 409, "it is beyond what may be signed there: {refused}");
        assert!(refused.contains("offer 1") && refused.contains("none of them is recorded"), "{refused}");
        assert!(prices(&served, &copy).is_empty(), "all or none");
        let despite = format!("{into}?despite=a%20copy");
        let (status, _, recorded) = carried(&served, "nora", "POST", &despite, media, &sheet);
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&recorded));
        assert_eq!(prices(&served, &copy), prices(&served, &id));
        assert_eq!(carried(&served, "zoe", "POST", &into, media, &sheet).0, 404);
        assert_eq!(carried(&served, "nora", "POST", &into, "application/json", b"{}").0, 415);
        assert_eq!(carried(&served, "nora", "POST", &into, media, b"\xff\x00nonsense").0, 422);
    }
    let mixed = "by,price\nthem,1060001\nus,1000002\n";
    let path = format!("/negotiations/{id}/offers.csv?sure=true");
    let before = prices(&served, &id);
    let (status, _, refused) = carried(&served, "nora", "POST", &path, "text/csv", mixed.as_bytes());
    let refused = String::from_utf8(refused).expect("text");
    assert_eq!(status, 409, "{refused}");
    assert!(refused.contains("offer 2") && !refused.contains("1000002"), "{refused}");
    assert_eq!(prices(&served, &id), before, "the first one neither");
}

#[test]
fn records_come_in_once_and_leave_a_trace() {
    let served = Served::start();
    let (id, other) = (served.negotiation(), served.negotiation());
    let whole = served.get("nora", "/export").good();
    let carried: Vec<&Value> =
        whole["negotiations"].as_array().expect("negotiations").iter().map(|one| &one["id"]).collect();
    assert!(carried.contains(&&json!(id)) && carried.contains(&&json!(other)), "{carried:?}");
    assert_eq!(served.get("olga", "/export").good()["negotiations"], json!([]), "she sees the whole of none");

    // One that is not here, with more in it than other calls may send; one that is; and one that is here otherwise.
    let mut file = served.get("nora", &format!("/negotiations/{id}/export")).good();
    let mut fresh = file["negotiations"][0].clone();
    fresh["id"] = json!("freshone");
    let entries = fresh["entries"].as_array_mut().expect("entries");
    let mut last = entries.last().expect("an entry").clone();
    last["version"] = json!(entries.len() + 1);
    last["fact"] = json!({ "fact": "impasse_noted", "how": "they wait ".repeat(60_000) });
    entries.push(last);
    let count = entries.len();
    let mut differing = served.get("nora", &format!("/negotiations/{other}/export")).good()["negotiations"][0].clone();
    differing["entries"][0]["fact"]["title"] = json!("Another");
    let same = file["negotiations"][0].clone();
    file["negotiations"] = json!([differing, same, fresh]);

    assert_eq!(served.post("nora", "/import", &file).refused(), (403, "forbidden"));
    let imported = served.post("ada", "/import", &file).good();
    assert_eq!(imported, json!({ "negotiations": 1, "already_here": 1, "differing": [other] }));
    let again = served.post("ada", "/import", &file).good();
    assert_eq!(again, json!({ "negotiations": 0, "already_here": 2, "differing": [other] }));
    assert_eq!(served.get("nora", &format!("/negotiations/{other}")).good()["title"], "Renewal");

    let views = served.get("nora", "/negotiations/freshone/views").good();
    let trace = json!({ "who": "ada", "what": format!("imported entries 1 to {count}") });
    let imports: Vec<&Value> =
        views.as_array().expect("views").iter().filter(|view| view["what"] == trace["what"]).collect();
    assert_eq!(imports.len(), 1, "{views}");
    assert_eq!(imports[0]["who"], trace["who"]);
    let made_here = served.get("nora", &format!("/negotiations/{id}/views")).good();
    assert!(!made_here.to_string().contains("imported"), "{made_here}");

    // What could not be recorded here comes in no other way.
    fresh["id"] = json!("another");
    for (key, text) in [("title", "Rene\u{0}wal"), ("title", ""), ("counterpart", "North\u{1b}wind")] {
        let mut wrong = fresh.clone();
        wrong["entries"][0]["fact"][key] = json!(text);
        file["negotiations"] = json!([fresh, wrong]);
        assert_eq!(served.post("ada", "/import", &file).refused(), (422, "bad_import"), "{text:?}");
        assert_eq!(served.get("nora", "/negotiations/another").refused().0, 404, "nothing of a faulty file");
    }
}
