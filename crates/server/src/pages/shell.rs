//! What all pages share: head, navigation, and the policy under which a browser shows them.

use app::Principal;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::owed::owed;
use crate::request;

/// Everything comes from here, and nothing is written into the page as script or style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// No style of htmx's own: the policy would refuse it.
const HTMX: &str = r#"{"includeIndicatorCSS":false}"#;

/// Where in the navigation a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Negotiations,
    Guidance,
    Counterparts,
    Visits,
    Numbers,
    Settings,
    Nowhere,
}

/// A page to be.
pub(super) struct Page<'a> {
    pub title: &'a str,
    pub place: Place,
    pub who: Option<&'a Principal>,
    pub content: Markup,
}

impl Page<'_> {
    /// The page as it is sent. One that tells of a fault of ours also tells under which number the log has it.
    pub fn respond(&self, status: StatusCode) -> Response {
        if !status.is_server_error() {
            return sent(status, self.markup(None));
        }
        let (title, place, who) = (self.title.to_owned(), self.place, self.who.cloned());
        let content = self.content.clone();
        request::with_id(move |id| {
            let page = Page { title: &title, place, who: who.as_ref(), content: content.clone() };
            sent(status, page.markup(id))
        })
    }

    fn markup(&self, failed: Option<&str>) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex, nofollow, noarchive";
                    meta name="htmx-config" content=(HTMX);
                    title { (self.title) " · Upstairs" }
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/assets/desk.css";
                    script src="/assets/htmx.js" {}
                    script src="/assets/events.js" {}
                    script src="/assets/desk.js" {}
                }
                body.desk {
                    a.skip href="#content" { "Skip to the content" }
                    header { div.mast {
                        a.brand href="/" { (logo()) "Upstairs" }
                        @if let Some(who) = self.who { (self.navigation(who)) }
                    } }
                    main #content {
                        (self.content)
                        @if let Some(request) = failed {
                            p.narrow { "Whoever runs the desk finds the cause in its log under this number: " code { (request) } }
                        }
                    }
                    @if self.who.is_some() { (shortcuts()) }
                }
            }
        }
    }

    fn navigation(&self, who: &Principal) -> Markup {
        let places = [
            (Place::Negotiations, "/", "Negotiations"),
            (Place::Guidance, "/guidance", "Guidance"),
            (Place::Counterparts, "/counterparts", "Counterparts"),
            (Place::Visits, "/visits", "Visits"),
        ];
        let owed = owed();
        html! {
            nav aria-label="Main" {
                @for (place, address, name) in places {
                    a href=(address) aria-current=[(place == self.place).then_some("page")] {
                        (name) @if place == Place::Guidance { span #owed data-live { (waits(owed)) } }
                    }
                }
            }
            div.end {
                a href="/open" { "New" }
                details.menu {
                    summary { (who.user.0) " " span #owed-menu.narrow-waits data-live { (waits(owed)) } }
                    div.pop {
                        @for (place, address, name) in places {
                            a.phone href=(address) { (name) @if place == Place::Guidance { (waits(owed)) } }
                        }
                        a.phone href="/open" { "New negotiation" }
                        a href="/settings" aria-current=[(Place::Settings == self.place).then_some("page")] { "Settings" }
                        a href="/numbers" aria-current=[(Place::Numbers == self.place).then_some("page")] { "Your numbers" }
                        button.script type="button" data-shortcuts hidden { "Shortcuts" }
                        form method="post" action="/sign-out" { button type="submit" { "Sign out" } }
                    }
                }
            }
        }
    }
}

/// How many answers wait, where any does.
fn waits(owed: usize) -> Markup {
    html! { @if owed > 0 { " " span.waits { (owed) span.hidden { " wait for your answer" } } } }
}

fn logo() -> Markup {
    html! {
        svg viewBox="0 0 20 20" aria-hidden="true" {
            path d="M2 17.5h4.5V13H11V8.5h4.5V4H19" fill="none" stroke="currentColor" stroke-width="2.4" {}
        }
    }
}

/// What the keyboard does, opened by `?`.
fn shortcuts() -> Markup {
    let keys = [
        ("/", "search"),
        ("n", "the next act"),
        ("o", "record an offer"),
        ("m", "other moves"),
        ("g", "guidance"),
        ("Esc", "close what is open"),
        ("?", "this list"),
    ];
    html! {
        dialog #shortcuts aria-labelledby="shortcuts-title" {
            h2 #shortcuts-title { "Shortcuts" }
            dl { @for (key, what) in keys { dt { kbd { (key) } } dd { (what) } } }
            form method="dialog" { button.quiet { "Close" } }
        }
    }
}

fn sent(status: StatusCode, markup: Markup) -> Response {
    let mut response = (status, markup.into_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// A page for somebody who is signed in.
pub(super) fn page(who: &Principal, title: &str, place: Place, content: Markup) -> Response {
    Page { title, place, who: Some(who), content }.respond(StatusCode::OK)
}

/// A page for anybody.
pub(super) fn open_page(title: &str, content: Markup) -> Response {
    Page { title, place: Place::Nowhere, who: None, content }.respond(StatusCode::OK)
}
