//! The API as its callers meet it: a real server on a real port, people in different parts, and agents with tokens.

mod carried;
mod cockpit;
mod desk;
mod observer;
mod pages;
mod visits;

use desk::{PASSWORD, Served, offer};
use serde_json::{Value, json};

/// What is ours alone in [`Served::negotiation`], as digits that occur nowhere else.
const OURS: [&str; 11] =
    ["1057001", "1397002", "1117003", "1077004", "1187005", "1297006", "2008", "7009", "60011", "1187012", "1150013"];

/// Every path of the description, with an id where one is due.
fn operations(served: &Served, id: &str) -> Vec<(String, String)> {
    let described = served.raw("GET", "/api/openapi.json", &[], None).good();
    let mut operations = Vec::new();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let path = path.replace("{id}", id).replace("{name}", "nora");
            operations.push((method.to_uppercase(), path));
        }
    }
    assert!(operations.len() > 25, "{operations:?}");
    operations
}

#[test]
fn nobody_gets_in_and_every_answer_is_guarded() {
    let served = Served::start();
    let id = served.negotiation();
    for (method, path) in operations(&served, &id) {
        for secret in ["", "Bearer", "Bearer nonsense", "Basic bm9yYTpub3Jh"] {
            let headers = [("authorization", secret)];
            let headers = if secret.is_empty() { &headers[..0] } else { &headers[..] };
            let body = json!({ "name": "nora", "password": "not hers at all" });
            let answered = served.raw(&method, &path, headers, (method != "GET").then_some(&body));
            assert_eq!(answered.status, 401, "{method} {path} with {secret:?}: {}", answered.body);
        }
    }
    let token = format!("Bearer {}", served.token("nora"));
    for path in ["/healthz", "/api/openapi.json", "/api/v1/me", "/api/v1/nowhere", "/nowhere", "/"] {
        for headers in [&[][..], &[("authorization", token.as_str())][..]] {
            let answered = served.raw("GET", path, headers, None);
            for name in ["content-security-policy", "x-content-type-options", "referrer-policy"] {
                assert!(answered.headers.contains_key(name), "{path} lacks {name}");
            }
        }
    }
    assert_eq!(served.raw("GET", "/healthz", &[], None).status, 200);
}

#[test]
fn each_sees_and_does_what_their_part_allows() {
    let served = Served::start();
    let id = served.negotiation();
    let at = |what: &str| format!("/negotiations/{id}{what}");
    let whole = served.get("nora", &at("")).good();
    assert_eq!(whole["privileged"]["preparation"]["walk_away"], "1057001");
    assert_eq!(whole["privileged"]["mandate"]["mandate"]["price"], "1187012");
    let question = json!({
        "point": { "on": "price", "to": "1150013" }, "recommendation": "it closes the gap",
        "needed_by": served.ahead(48), "otherwise": "we stand",
    });
    served.act("nora", &id, &json!({ "do": "ask", "question": question })).good();
    served.post("nora", &at("/advice"), &json!({ "samples": 1024 })).good();
    let wording = served.get("nora", &at("/proposal-wording?days=5")).good();
    let reply = served.get("nora", &at("/precedent")).good()["hand_back_reply"].clone();
    let told = [wording["wording"].clone(), reply];

    // Olga looks on. Whatever she asks for, and however it is refused, holds nothing of what is ours.
    let (mut seen, mut answers) = (0, told.iter().map(Value::to_string).collect::<Vec<_>>());
    for (method, path) in operations(&served, &id) {
        if path.contains("/keys") || path.contains("/session") || path.contains("/accounts") {
            continue;
        }
        let answered =
            served.call("olga", &method, path.trim_start_matches("/api/v1"), (method != "GET").then(|| &told[0]));
        seen += usize::from(answered.status == 200 && path.contains(&id));
        answers.push(answered.body.to_string());
    }
    assert!(seen >= 3, "an observer sees the table");
    for (answer, ours) in answers.iter().flat_map(|answer| OURS.map(|ours| (answer, ours))) {
        assert!(!answer.contains(ours), "{ours} in {answer}");
    }
    assert!(served.get("olga", &at("")).good()["privileged"].is_null());
    assert_eq!(served.act("olga", &id, &offer("us", "1300000")).refused(), (403, "forbidden"));

    // Zoe takes no part: to her it is not there. Nor is it to Ada, who administers.
    for outsider in ["zoe", "ada"] {
        assert_eq!(served.get(outsider, &at("")).refused().0, 404);
        assert_eq!(served.act(outsider, &id, &offer("us", "1300000")).refused().0, 404);
        assert_eq!(served.get(outsider, "/negotiations").good()["negotiations"], json!([]));
    }
    // Nora may not do what is her boss's, nor make up an advice; nor name herself the boss.
    let grant = json!({ "do": "grant_mandate", "mandate": { "price": "1" } });
    assert_eq!(served.act("nora", &id, &grant).refused(), (403, "forbidden"));
    let promoted = json!({ "user": "nora", "part": "boss", "privy": true });
    assert_eq!(served.act("nora", &id, &json!({ "do": "name", "participant": promoted })).refused(), (409, "own_part"));
    assert_eq!(served.get("nora", "/accounts").refused().0, 403);
    // Who saw what is ours alone is on record.
    let views = served.get("nora", &at("/views")).good();
    assert!(views.as_array().expect("views").iter().any(|view| view["who"] == "nora"), "{views}");
}

#[test]
fn packages_are_valued_traded_and_asked_about() {
    let served = Served::start();
    let id = served.negotiation();
    let at = |what: &str| format!("/negotiations/{id}{what}");
    assert_eq!(served.get("nora", &at("/packages")).refused(), (409, "no_sheet"));
    let sheet = json!({
        "title": "Renewal", "currency": "USD", "price": "Price", "walk_away": 1057001.0,
        "issues": [
            { "name": "Price", "from": 1000000.0, "to": 1400000.0, "step": 10000.0, "realistic": 1200000.0 },
            { "name": "Payment", "unit": "days", "from": 30.0, "to": 90.0, "step": 15.0, "realistic": 60.0, "mandate": 60.0,
              "ours": { "better": "low", "worth": 14000.0 }, "theirs": { "worth": 90000.0 } },
        ],
    });
    let mut unsound = sheet.clone();
    unsound["issues"][1]["mandate"] = json!(1397002.0);
    let refused = served.act("nora", &id, &json!({ "do": "prepare_issues", "sheet": unsound }));
    assert_eq!(refused.refused(), (422, "unsound_sheet"));
    assert!(!refused.body.to_string().contains("1397002"), "{}", refused.body);
    served.act("nora", &id, &json!({ "do": "prepare_issues", "sheet": sheet })).good();
    assert_eq!(served.get("nora", &at("/sheet")).good()["walk_away"], 1057001.0);
    // 15 days beyond the reference cost us 3,500.
    let package = json!({ "price": "1257001", "terms": { "payment": "75" } });
    let valued = served.post("nora", &at("/packages/value"), &package).good();
    assert_eq!(valued["ours"]["mean"], 196_500.0);
    assert_eq!(valued["inside_mandate"], false);
    let nowhere = json!({ "price": "1257001", "terms": { "colour": "red" } });
    assert_eq!(served.post("nora", &at("/packages/value"), &nowhere).refused(), (422, "no_option"));
    served.act("nora", &id, &offer("us", "1300000")).good();
    let found = served.get("nora", &at("/packages")).good();
    assert_eq!(found["limits"][0]["issue"], "Payment", "{}", found["limits"]);
    assert!(found["limits"][0]["question"].as_str().expect("a question").contains("90 days"));
    assert!(!found["plan"].as_array().expect("a plan").is_empty());
    for (path, body) in [("/sheet", None), ("/packages", None), ("/packages/value", Some(&package))] {
        let answered = match body {
            None => served.get("olga", &at(path)),
            Some(body) => served.post("olga", &at(path), body),
        };
        assert_eq!(answered.refused(), (403, "forbidden"), "{path}");
    }
}

#[test]
fn a_token_reaches_as_far_as_its_scope() {
    let served = Served::start();
    let id = served.negotiation();
    let issue = |scopes: Value| {
        let issued = served.post("bea", "/keys", &json!({ "label": "agent", "scopes": scopes }));
        issued.good()["token"].as_str().expect("a token").to_owned()
    };
    let act = |secret: &str, command: &Value| {
        let bearer = format!("Bearer {secret}");
        let path = format!("/api/v1/negotiations/{id}/acts");
        served.raw("POST", &path, &[("authorization", &bearer)], Some(command)).status
    };
    let grant = json!({ "do": "grant_mandate", "mandate": { "price": "1180000" } });
    let (read, write, authorize) = (issue(json!(["read"])), issue(json!(["write"])), issue(json!(["authorize"])));
    assert_eq!(act(&read, &offer("them", "1090000")), 403);
    assert_eq!(act(&write, &offer("them", "1090000")), 200);
    assert_eq!(act(&write, &grant), 403);
    assert_eq!(act(&authorize, &grant), 200);
    // A narrow token makes no wider one.
    let bearer = format!("Bearer {write}");
    let wider = json!({ "label": "more", "scopes": ["authorize"] });
    assert_eq!(served.raw("POST", "/api/v1/keys", &[("authorization", &bearer)], Some(&wider)).status, 403);
}

#[test]
fn a_session_signs_in_and_out_and_no_other_site_may_use_it() {
    let served = Served::start();
    let id = served.negotiation();
    let wrong = json!({ "name": "nora", "password": "not hers at all" });
    assert_eq!(served.raw("POST", "/api/v1/session", &[], Some(&wrong)).status, 401);
    let right = json!({ "name": "nora", "password": PASSWORD });
    let answered = served.raw("POST", "/api/v1/session", &[], Some(&right));
    let cookie = answered.headers["set-cookie"].to_str().expect("text").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a pair").to_owned();
    let path = format!("/api/v1/negotiations/{id}/acts");
    let from = |origin: &str| {
        let headers = [("cookie", cookie.as_str()), ("origin", origin), ("sec-fetch-site", "cross-site")];
        served.raw("POST", &path, &headers, Some(&offer("them", "1090000"))).status
    };
    assert_eq!(from("https://elsewhere.example"), 403);
    assert_eq!(served.raw("POST", &path, &[("cookie", &cookie)], Some(&offer("them", "1090000"))).status, 200);
    assert_eq!(served.raw("DELETE", "/api/v1/session", &[("cookie", &cookie)], None).status, 200);
    assert_eq!(served.raw("GET", "/api/v1/me", &[("cookie", &cookie)], None).status, 401);
}

#[test]
fn a_fact_is_refused_after_another_that_its_writer_did_not_know() {
    let served = Served::start();
    let id = served.negotiation();
    let version = served.get("nora", &format!("/negotiations/{id}")).good()["version"].as_u64().expect("a number");
    let path = format!("/negotiations/{id}/acts?after_version={version}");
    served.post("nora", &path, &offer("them", "1090000")).good();
    assert_eq!(served.post("nora", &path, &offer("them", "1095000")).refused(), (409, "conflict"));
}

#[test]
fn guidance_is_asked_reminded_answered_and_void_once_the_offer_changes() {
    let served = Served::start();
    let id = served.negotiation();
    let show = || served.get("bea", &format!("/negotiations/{id}")).good();
    let beyond = served.act("nora", &id, &offer("us", "1150013"));
    assert_eq!(beyond.refused(), (409, "outside_mandate"));
    assert!(!beyond.body.to_string().contains("1187012"), "an error names no limit: {}", beyond.body);
    let ask = |hours: i64| {
        let question = json!({
            "point": { "on": "price", "to": "1150013" }, "recommendation": "it closes the gap",
            "needed_by": served.ahead(hours), "otherwise": "we stand",
        });
        let asked = served.act("nora", &id, &json!({ "do": "ask", "question": question })).good();
        asked["version"].as_u64().expect("a version")
    };
    let request = ask(40);
    served.wait(21);
    // The desk looks for reminders by itself; the first tick comes at once, the next within seconds.
    let reminded = (0..250).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let entries = served.get("bea", &format!("/negotiations/{id}/entries")).good();
        entries.as_array().expect("entries").iter().any(|entry| entry["fact"]["fact"] == "guidance_reminded")
    });
    assert!(reminded, "nobody reminded the boss");
    let brief = served.get("bea", &format!("/negotiations/{id}/brief")).good();
    let row = &brief["decisions"][0]["row"];
    assert_eq!((&row["before"]["money"], &row["after"]["money"]), (&json!("1187012"), &json!("1150013")));
    // An answer is for what was on the table then.
    let answer = |request: u64, answer: Value| {
        served.act("bea", &id, &json!({ "do": "answer", "request": request, "answer": answer }))
    };
    answer(request, json!({ "answer": "approve" })).good();
    served.act("nora", &id, &offer("them", "1100000")).good();
    assert_eq!(served.act("nora", &id, &offer("us", "1150013")).refused(), (409, "outside_mandate"));
    // Asked anew: the boss changes the limit instead, and the offer goes out.
    let request = ask(24);
    answer(request, json!({ "answer": "change_limit", "mandate": { "price": "1145000" } })).good();
    assert_eq!(show()["privileged"]["mandate"]["mandate"]["price"], "1145000");
    served.act("nora", &id, &offer("us", "1150013")).good();
    // Silence never accepts: a question whose time is up gives no leave.
    ask(2);
    served.wait(3);
    assert_eq!(served.act("nora", &id, &offer("us", "1140000")).refused(), (409, "outside_mandate"));
}

#[test]
fn the_price_is_shown_before_the_boss_comes_and_the_channel_is_handed_back() {
    let served = Served::start();
    let id = served.negotiation();
    let at = |what: &str| format!("/negotiations/{id}{what}");
    let join = |price: &Value, despite: Option<&str>| {
        served.act("nora", &id, &json!({ "do": "bring_boss", "price": price, "despite": despite }))
    };
    assert_eq!(join(&Value::Null, Some("they will not move")).refused(), (409, "price_not_shown"));
    let price = served.post("nora", &at("/price"), &json!({ "step": "joins" })).good();
    let mut cheaper = price.clone();
    cheaper["against_best"] = json!("1");
    assert_eq!(join(&cheaper, Some("they will not move")).refused(), (409, "price_not_shown"));
    assert_eq!(join(&price, None).refused(), (409, "untried"));
    // A fact in between, and the price is old.
    served.act("nora", &id, &offer("them", "1085000")).good();
    assert_eq!(join(&price, Some("they will not move")).refused(), (409, "price_not_shown"));
    let price = served.post("nora", &at("/price"), &json!({ "step": "joins" })).good();
    join(&price, Some("they will not move")).good();
    let leaking = json!({ "do": "hand_back", "reply": "We stand at 1,057,001. Nora speaks for us." });
    assert_eq!(served.act("bea", &id, &leaking).refused(), (409, "gives_away"));
    let reply = served.get("bea", &at("/precedent")).good()["hand_back_reply"].clone();
    served.act("bea", &id, &json!({ "do": "hand_back", "reply": reply })).good();
    let ledger = served.get("bea", &at("/precedent")).good();
    assert_eq!(ledger["appearances"], 1);
    assert_eq!(ledger["lines"][0]["event"]["cost"], price["precedent"]);
}

#[test]
fn the_advice_follows_each_fact_and_says_which_fact_changed_it() {
    let served = Served::start();
    let id = served.negotiation();
    let at = |what: &str| format!("/negotiations/{id}{what}");
    let taken = served.post("nora", &at("/advice"), &json!({ "samples": 2048, "seed": 7 })).good();
    let case = served.get("nora", &at("/case")).good();
    assert_eq!(taken["advice"]["seed"], 7);
    // The same case, read as a file is, gives the same figures.
    let read = case_file::read(case["toml"].as_str().expect("text").as_bytes()).expect("a case");
    let again = engine::advise(&read, &engine::Options::new(7, 2048), &|_| {});
    let again = serde_json::to_value(again.expect("an advice")).expect("JSON");
    assert_eq!(again["plans"], taken["advice"]["plans"]);
    let recorded = served.act("nora", &id, &offer("them", "1120000")).good();
    let standing = served.get("nora", &at("/advice")).good();
    assert_eq!(standing["first"]["version"], recorded["version"]);
    let refined = (0..600).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        !served.get("nora", &at("/advice")).good()["whole"].is_null()
    });
    assert!(refined, "the advice was never refined");
    let changes = served.get("nora", &at("/advice/changes")).good();
    let steps = changes["steps"].as_array().expect("steps");
    assert_eq!(steps.last().expect("a step")["version"], recorded["version"]);
    assert!(
        steps.last().expect("a step")["fact"].as_str().expect("words").contains("1,120,000")
            || steps.last().expect("a step")["fact"].as_str().expect("words").contains("1120000"),
        "{steps:?}"
    );
}
