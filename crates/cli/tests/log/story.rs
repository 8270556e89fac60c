//! A negotiation with everything in it that must not be logged, told to the desk by every way in, and then to a desk without its
//! database.

use serde_json::{Value, json};

use crate::desk::{Answer, Desk, PASSWORD, Person};
use crate::lines::Failure;

/// A call: method, path, headers and body.
type Call<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>, &'a [u8]);

/// What was told in the story.
pub struct Told {
    pub secrets: Vec<String>,
    pub amounts: Vec<u64>,
    pub words: Vec<&'static str>,
    /// Requests that must be in the log, by id.
    pub requests: Vec<String>,
    /// Routes that were asked for.
    pub routes: Vec<&'static str>,
    pub failures: Vec<Failure>,
    negotiation: String,
    cookie: String,
}

/// What is told in the story and in no message of ours.
const WORDS: [&str; 24] = [
    "Halcyon",
    "Zephyr",
    "Weissenberg",
    "quarterly squeeze",
    "their CFO blinked",
    "subject to a guarantee",
    "a quiet word",
    "closes the gap",
    "rather wait",
    "only with escrow",
    "not one cent",
    "stuck on warranty",
    "resolve it together",
    "by courier pigeon",
    "tired of waiting",
    "speaks for us again",
    "the new plant in Tavira",
    "drank to the harvest",
    "desperate to sign",
    "learned to be patient",
    "pelican",
    "moor hen",
    "Secret talks",
    "Messe",
];

const AMOUNTS: [u64; 17] = [
    1_057_013, 1_397_027, 1_117_031, 1_077_049, 1_187_057, 1_297_063, 1_380_071, 1_050_083, 1_330_093, 1_080_101,
    1_187_117, 1_150_123, 1_145_131, 1_099_147, 7_213_579, 6_004_177, 1_240_189,
];

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const TRIP: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Secret talks\r\n\
                    LOCATION:Messe\\, Tavira\r\nDTSTART;VALUE=DATE:20990310\r\nDTEND;VALUE=DATE:20990313\r\nEND:VEVENT\r\n\
                    END:VCALENDAR\r\n";

/// Tells it.
pub fn play(desk: &Desk, people: &[Person]) -> Told {
    let person = |name: &str| people.iter().find(|person| person.name == name).expect("somebody");
    let mut teller = Teller {
        desk,
        nora: person("nora"),
        bea: person("bea"),
        olga: person("olga"),
        ada: person("ada"),
        told: begun(people),
    };
    teller.opens();
    teller.negotiates();
    teller.asks_upstairs();
    teller.visits();
    teller.looks_around();
    teller.fails_in_every_way();
    teller.ends();
    teller.told
}

fn begun(people: &[Person]) -> Told {
    let mut secrets: Vec<String> = people.iter().map(|person| person.token.clone()).collect();
    secrets.push(PASSWORD.to_owned());
    Told {
        secrets,
        amounts: AMOUNTS.to_vec(),
        words: WORDS.to_vec(),
        requests: Vec::new(),
        routes: vec![
            "/api/v1/negotiations",
            "/api/v1/negotiations/{id}/acts",
            "/negotiations/{id}/what-if/answer",
            "/counterparts/{name}",
            "/feeds/{secret}/visits.ics",
            "/sign-in",
            "/healthz",
        ],
        failures: Vec::new(),
        negotiation: String::new(),
        cookie: String::new(),
    }
}

struct Teller<'a> {
    desk: &'a Desk,
    nora: &'a Person,
    bea: &'a Person,
    olga: &'a Person,
    ada: &'a Person,
    told: Told,
}

impl Teller<'_> {
    /// Something that must be done; on a machine with much else to do a computation may be given up, and is asked for again.
    #[track_caller]
    fn does(&mut self, who: &Person, method: &str, path: &str, body: &Value) -> Value {
        let mut answer = self.desk.api(who, method, path, body);
        for _ in 0..8 {
            self.told.requests.push(answer.request.clone());
            let computes = ["/price", "/advice", "/packages", "/packages/value", "/check-message"];
            if answer.status != 503 || !computes.iter().any(|end| path.ends_with(end)) {
                break;
            }
            assert_eq!(answer.json()["code"], "slow");
            answer = self.desk.api(who, method, path, body);
        }
        answer.good()
    }

    #[track_caller]
    fn acts(&mut self, who: &Person, command: &Value) -> Value {
        self.does(who, "POST", &format!("/negotiations/{}/acts", self.told.negotiation), command)
    }

    /// Something that is refused, and is no fault of the desk's.
    #[track_caller]
    fn refused(&mut self, answer: Answer) {
        assert!((400..500).contains(&answer.status), "{answer:?}");
        self.told.requests.push(answer.request);
    }

    fn at(&self, what: &str) -> String {
        format!("/negotiations/{}{what}", self.told.negotiation)
    }

    fn opens(&mut self) {
        let (nora, bea) = (self.nora, self.bea);
        let opening =
            json!({ "title": "Halcyon renewal", "role": "seller", "currency": "USD", "counterpart": "Zephyr" });
        let opened = self.does(nora, "POST", "/negotiations", &opening);
        self.told.negotiation = opened["id"].as_str().expect("an id").to_owned();
        for (user, part) in [("bea", "boss"), ("olga", "observer")] {
            self.acts(nora, &json!({ "do": "name", "participant": { "user": user, "part": part, "privy": false } }));
        }
        self.acts(
            nora,
            &json!({ "do": "prepare", "preparation": {
            "walk_away": "1057013", "target": "1397027", "boss_limit": "1117031", "rounds_left": 6,
            "counterpart_limit": { "low": "1077049", "likely": "1187057", "high": "1297063" },
            "boss_time_cost": "7009", "days_per_round": 4, "later_deals": "2", "value_per_deal": "6004177",
        } }),
        );
        self.acts(bea, &json!({ "do": "grant_mandate", "mandate": { "price": "1187117" } }));
        self.acts(nora, &json!({ "do": "prepare_issues", "sheet": {
            "title": "Halcyon", "currency": "USD", "price": "Price", "walk_away": 1_057_013.0,
            "issues": [
                { "name": "Price", "from": 1_000_000.0, "to": 1_400_000.0, "step": 10_000.0, "realistic": 1_240_189.0 },
                { "name": "Payment", "unit": "days", "from": 30.0, "to": 90.0, "step": 15.0, "realistic": 60.0, "mandate": 60.0,
                  "ours": { "better": "low", "worth": 14000.0 }, "theirs": { "worth": 90000.0 } },
            ],
        } }));
    }

    fn negotiates(&mut self) {
        let nora = self.nora;
        for (by, price) in [("us", 1_380_071), ("them", 1_050_083), ("us", 1_330_093), ("them", 1_080_101)] {
            self.acts(
                nora,
                &json!({ "do": "offer", "offer": {
                "by": by, "package": { "price": price.to_string(), "terms": { "Payment": "60" } },
                "condition": "subject to a guarantee", "note": "their CFO blinked",
            } }),
            );
        }
        let beyond = json!({ "do": "offer", "offer": { "by": "us", "package": { "price": "1150123" } } });
        let answer = self.desk.api(nora, "POST", &self.at("/acts"), &beyond);
        self.refused(answer);
        let message = json!({ "text": "We are desperate to sign, and can go down to 1,057,013." });
        self.does(nora, "POST", &self.at("/check-message"), &message);
        self.does(nora, "POST", &self.at("/advice"), &json!({ "samples": 1024 }));
        self.does(
            nora,
            "POST",
            &self.at("/packages/value"),
            &json!({ "price": "1240189", "terms": { "Payment": "75" } }),
        );
        self.does(nora, "GET", &self.at("/packages"), &Value::Null);
    }

    fn asks_upstairs(&mut self) {
        let (nora, bea) = (self.nora, self.bea);
        let question = json!({
            "point": { "on": "price", "to": "1150123" }, "recommendation": "it closes the gap", "options": ["rather wait"],
            "needed_by": "2099-01-01T00:00:00Z", "otherwise": "we stand, a quiet word",
        });
        let asked = self.acts(nora, &json!({ "do": "ask", "question": question }));
        let answer = json!({ "answer": "approve_if", "conditions": "only with escrow, at 1145131" });
        self.acts(bea, &json!({ "do": "answer", "request": asked["version"], "answer": answer }));
        self.acts(nora, &json!({ "do": "note_impasse", "how": "stuck on warranty" }));
        self.acts(bea, &json!({ "do": "consent", "until": null }));
        self.acts(nora, &json!({
            "do": "propose", "wording": "Let our principals resolve it together.", "answer_by": "2099-01-01T00:00:00Z",
            "despite": "quarterly squeeze",
        }));
        self.acts(nora, &json!({ "do": "proposal_answered", "outcome": "declined" }));
        self.acts(nora, &json!({ "do": "boss_asked_for", "how": "by courier pigeon" }));
        let price = self.does(nora, "POST", &self.at("/price"), &json!({ "step": "joins" }));
        self.acts(nora, &json!({ "do": "bring_boss", "price": price, "despite": "tired of waiting" }));
        self.acts(bea, &json!({ "do": "hand_back", "reply": "Nora speaks for us again." }));
    }

    fn visits(&mut self) {
        let (nora, bea) = (self.nora, self.bea);
        self.does(
            nora,
            "PUT",
            "/counterparts",
            &json!({ "revision": 0, "counterpart": {
            "name": "Zephyr", "places": ["Tavira"], "product_lines": ["pumps"],
            "people": [{ "name": "Ida Weissenberg", "title": "chief buyer", "tier": "director" }], "ties": [],
        } }),
        );
        self.does(bea, "PUT", "/calendar", &json!({ "text": TRIP }));
        let address = "https://localhost:1/moor-hen-secret-4711/basic.ics";
        self.told.secrets.push("moor-hen-secret-4711".to_owned());
        let answer = self.desk.api(bea, "PUT", "/calendar", &json!({ "address": address }));
        self.refused(answer);
        self.does(nora, "POST", "/visits", &json!({
            "visitor": "bea", "counterpart": "Zephyr", "on": "2099-03-11", "place": "Tavira", "topics": ["the new plant in Tavira"],
        }));
        let feed = self.does(bea, "POST", "/calendar/feed", &json!({}));
        let path = feed["path"].as_str().expect("a path");
        self.told.secrets.push(path.split('/').nth(2).expect("a secret").to_owned());
        let read = self.desk.call("GET", path, &[], b"");
        assert_eq!(read.status, 200, "{read:?}");
        self.told.requests.push(read.request);
    }

    /// Pages, by a browser's session.
    fn looks_around(&mut self) {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let wrong = self.desk.call("POST", "/sign-in", &form, b"name=nora&password=pelican-or-so-1057013");
        self.refused(wrong);
        let body = json!({ "name": "nora", "password": PASSWORD }).to_string();
        let session =
            self.desk.call("POST", "/api/v1/session", &[("content-type", "application/json")], body.as_bytes());
        let token = session.good()["token"].as_str().expect("a token").to_owned();
        self.told.cookie = format!("upstairs_session={token}");
        self.told.secrets.push(token);
        let pages = [
            "",
            "/brief",
            "/packages",
            "/what-if",
            "/views",
            "/message",
            "/counterpart",
            "/price",
            "/prepare",
            "/sheet",
        ];
        let mut paths: Vec<String> = pages.iter().map(|page| self.at(page)).collect();
        paths.push(self.at("/what-if/answer?importance_ratio=1.057013&today=Halcyon&today_value=7213579"));
        paths.extend(
            ["/", "/counterparts", "/counterparts/Zephyr", "/visits", "/numbers", "/settings"].map(str::to_owned),
        );
        paths.push("/counterpart?name=Zephyr".to_owned());
        for path in paths {
            let cookie = self.told.cookie.clone();
            let answer = self.desk.call("GET", &path, &[("cookie", &cookie)], b"");
            assert!(answer.status < 400, "{path}: {}", answer.status);
            self.told.requests.push(answer.request);
        }
        let cookie = self.told.cookie.clone();
        let headers = [("cookie", cookie.as_str()), form[0]];
        let text = b"text=We+are+desperate+to+sign+at+1%2C057%2C013";
        let checked = self.desk.call("POST", &self.at("/message"), &headers, text);
        assert_eq!(checked.status, 200, "{checked:?}");
        let olga = self.olga;
        self.does(olga, "GET", &self.at(""), &Value::Null);
    }

    /// Whatever callers send that is not as it should be.
    fn fails_in_every_way(&mut self) {
        let (nora, olga, ada) = (self.nora, self.olga, self.ada);
        let bearer = format!("Bearer {}", nora.token);
        let auth = ("authorization", bearer.as_str());
        let sheet = self.at("/offers.csv");
        let workbook = self.at("/offers.xlsx");
        let acts = self.at("/acts");
        let as_json = ("content-type", "application/json");
        let calls: [Call<'_>; 10] = [
            (
                "POST",
                &acts,
                vec![auth, as_json],
                b"{\"do\":\"offer\",\"offer\":{\"by\":\"us\",\"package\":{\"price\":\"1 099 147 or so\"}}}",
            ),
            ("POST", &acts, vec![auth, as_json], b"{\"do\":\"offer\",\"halcyon\":1099147}"),
            ("POST", &acts, vec![auth, as_json], b"{\"do\": 1099147 Halcyon"),
            ("POST", &acts, vec![auth, ("content-type", "text/halcyon")], b"1099147"),
            (
                "POST",
                &sheet,
                vec![auth, ("content-type", "text/csv")],
                b"by,price,note\nthem,1.099.147 Halcyon,pelican\nzephyr,1099147,\n",
            ),
            ("POST", &workbook, vec![auth, ("content-type", XLSX)], b"PK\x03\x04 1099147 Halcyon \xff\x00"),
            ("GET", "/negotiations?after=1099147&limit=Halcyon", vec![auth], b""),
            ("GET", "/negotiations/Halcyon1099147", vec![auth], b""),
            ("GET", "/Halcyon/1099147?x=pelican", vec![auth], b""),
            ("GET", "/me", vec![("authorization", "Bearer pelican-1099147"), ("x-request-id", "Halcyon 1099147")], b""),
        ];
        for (method, path, headers, body) in calls {
            let answer = self.desk.call(method, &format!("/api/v1{path}"), &headers, body);
            self.refused(answer);
        }
        let imported = json!({ "format": 1, "negotiations": [{ "id": "pelican", "entries": [{ "version": 1, "fact": "Halcyon 1099147" }] }] });
        let answer = self.desk.api(ada, "POST", "/import", &imported);
        self.refused(answer);
        let answer = self.desk.api(
            olga,
            "POST",
            &self.at("/acts"),
            &json!({ "do": "walk_away", "reason": "not one cent over 1099147" }),
        );
        self.refused(answer);
        for _ in 0..11 {
            let body = json!({ "name": "moor hen 1099147", "password": "pelican-or-so-1057013" }).to_string();
            let answer = self.desk.call("POST", "/api/v1/session", &[as_json], body.as_bytes());
            self.refused(answer);
        }
        // A proxy on this machine names its requests by random numbers, and those are kept.
        let given = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        let answer = self.desk.call("GET", "/healthz", &[("x-request-id", given)], b"");
        assert_eq!((answer.status, answer.request.as_str()), (200, given));
        self.told.requests.push(answer.request);
    }

    fn ends(&mut self) {
        let nora = self.nora;
        self.acts(nora, &json!({
            "do": "agree", "package": { "price": "1240189", "terms": { "Payment": "60" } }, "despite": "drank to the harvest",
        }));
        self.acts(nora, &json!({ "do": "review", "notes": "learned to be patient" }));
    }
}

/// What callers are told once there is no database, and that it is logged under the same number.
pub fn without_its_database(desk: &Desk, told: &mut Told) {
    let cookie = told.cookie.clone();
    let token = cookie.strip_prefix("upstairs_session=").expect("a token").to_owned();
    let bearer = format!("Bearer {token}");
    for path in ["/api/v1/negotiations".to_owned(), format!("/api/v1/negotiations/{}/case", told.negotiation)] {
        let answer = desk.call("GET", &path, &[("authorization", &bearer)], b"");
        assert!(answer.status >= 500, "{path}: {answer:?}");
        assert_eq!(answer.json()["request"], answer.request, "whoever asked is told the number: {answer:?}");
        told.failures.push(Failure { status: answer.status, request: answer.request });
    }
    let page = desk.call("GET", "/", &[("cookie", &cookie)], b"");
    assert!(page.status >= 500 && page.body.contains(&page.request) && page.body.contains("<html"), "{page:?}");
    told.failures.push(Failure { status: page.status, request: page.request });
}
