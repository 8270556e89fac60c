//! Acts on the pages: refused in their place with what was typed, asked about with their own mend, and answered with a receipt.

use serde_json::json;

use crate::desk::Served;
use crate::pages::session;

#[test]
fn what_is_wrong_with_an_act_stands_under_its_field_on_the_same_page() {
    let served = Served::start();
    let id = served.negotiation();
    let (cookie, _) = session(&served, "nora");
    let offer = |fields: &[(&str, &str)]| {
        let fields = [&[("panel", "offer")][..], fields].concat();
        served.form(&cookie, &format!("/negotiations/{id}/acts/offer"), &fields)
    };
    let (status, page) = offer(&[("by", "them"), ("price", "1,09o,000"), ("note", "by phone")]);
    assert_eq!(status, 422);
    for part in ["value=\"1,09o,000\"", "value=\"by phone\"", "id=\"offer-price-fault\"", "Other moves"] {
        assert!(page.contains(part), "{part}");
    }
    // A likely slip has its own mend, and that is recorded.
    let (status, page) = offer(&[("by", "them"), ("price", "109000")]);
    assert_eq!(status, 409);
    assert!(page.contains("Is that meant?") && page.contains("value=\"price=1,090,000\""), "{page}");
    let (status, page) = offer(&[("by", "them"), ("price", "109000"), ("meant", "price=1,090,000")]);
    assert_eq!(status, 200, "{page}");
    let recorded = |who: &str| {
        let version = served.get("nora", &format!("/negotiations/{id}")).good()["version"].to_string();
        let (cookie, _) = session(&served, who);
        let path = format!("/negotiations/{id}?recorded={version}");
        served.raw("GET", &path, &[("cookie", &cookie)], None).body.as_str().expect("a page").to_owned()
    };
    let page = recorded("nora");
    assert!(page.contains("id=\"toast\"") && page.contains("Recorded: They offer $1,090,000"), "{page}");
    // Beyond the mandate it leads to the boss, with the amount; or goes on for a reason.
    let (status, page) = offer(&[("by", "us"), ("price", "1150013")]);
    assert_eq!(status, 409);
    assert!(page.contains("?act=ask&amp;price=1150013#act-ask") && page.contains("name=\"despite\""), "{page}");
    let (status, page) = offer(&[("by", "us"), ("price", "1150013"), ("despite", "they will walk")]);
    assert_eq!(status, 200, "{page}");
    assert!(recorded("nora").contains("We offer $1,150,013"));
    // Those who look on are told of no act, and offered none.
    let page = recorded("olga");
    assert!(!page.contains("id=\"toast\"") && !page.contains("/acts/"), "{page}");
}

#[test]
fn the_boss_answers_on_a_card_with_a_receipt_and_takes_it_back() {
    let served = Served::start();
    let id = served.negotiation();
    let question = json!({
        "point": { "on": "price", "to": "1150013" }, "recommendation": "it closes the gap",
        "needed_by": served.ahead(48), "otherwise": "we stand",
    });
    let asked = served.act("nora", &id, &json!({ "do": "ask", "question": question })).good()["version"].to_string();
    let (bea, _) = session(&served, "bea");
    let shown = |path: &str| {
        let page = served.raw("GET", path, &[("cookie", &bea)], None);
        page.body.as_str().expect("a page").to_owned()
    };
    let card = shown("/guidance");
    for part in ["May Nora go down to $1,150,013?", "Approve up to $1,150,013", "wait for your answer", "Another limit"]
    {
        assert!(card.contains(part), "{part}");
    }
    let answer = [("question", asked.as_str()), ("answer", "approve")];
    let (status, _) = served.form(&bea, &format!("/negotiations/{id}/acts/answer"), &answer);
    assert_eq!(status, 200);
    let entry = served.get("bea", &format!("/negotiations/{id}")).good()["version"].to_string();
    let receipt = shown(&format!("/guidance?answered={id}&entry={entry}"));
    assert!(receipt.contains("Nora may go to $1,150,013.") && receipt.contains(">Undo</button>"), "{receipt}");
    let undo = [("entry", entry.as_str()), ("back", "guidance")];
    served.form(&bea, &format!("/negotiations/{id}/acts/undo"), &undo);
    assert!(shown("/guidance").contains("May Nora go down to $1,150,013?"));
}

#[test]
fn the_list_tells_whose_move_it_is_and_filters_by_it() {
    let served = Served::start();
    served.negotiation();
    let shown = |who: &str, path: &str| {
        let (cookie, _) = session(&served, who);
        let page = served.raw("GET", path, &[("cookie", &cookie)], None);
        page.body.as_str().expect("a page").to_owned()
    };
    // They spoke last, so that it is nora's move, and not bea's.
    assert!(shown("nora", "/").contains("1 waits for you"));
    assert!(shown("nora", "/?show=mine").contains(">Renewal</a>"));
    assert!(!shown("bea", "/?show=mine").contains(">Renewal</a>"));
    for filter in ["theirs", "boss", "due", "closed"] {
        let page = shown("nora", &format!("/?show={filter}"));
        assert!(page.contains("None of these now") && !page.contains(">Renewal</a>"), "{filter}");
    }
}
