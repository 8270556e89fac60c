//! What can be done: the act advised first, an offer beside it, and all else folded away; each a form in its place.

use maud::{Markup, html};
use negotiation::access::Act;
use negotiation::{Phase, stamp};
use report::{baseline, next, phrases};
use terms::{Amount, NextActKind, PlanId, Side};

use super::forms::{called_fields, outcome_fields, told_field};
use super::panel::Panel;
use super::shown::{Advised, NegotiationPage};

impl NegotiationPage<'_> {
    pub(super) fn acts(&self, advised: &Advised) -> Markup {
        let (open, negotiates) = (self.negotiation.phase == Phase::Open, self.reader.may(Act::Negotiate));
        let advised = advised.whole();
        html! {
            div.acts role="group" aria-label="Acts" data-acts {
                @if open && negotiates {
                    @if self.reader.is_boss() { (self.answer()) } @else { (self.advised(advised)) }
                    (self.offer(advised))
                }
                @if !open && negotiates {
                    @let review = self.panel("review", "review");
                    (review.show("Look back", "", &review.area("notes", "What was learnt", "", ""), "Record"))
                }
                (self.others(advised, open, negotiates))
            }
        }
    }

    /// A form of this page.
    pub(super) fn panel<'a>(&'a self, key: &'a str, act: &'a str) -> Panel<'a> {
        let entered = self.entered.filter(|entered| entered.panel == key);
        let open = self.opened.act == key && self.entered.is_none();
        Panel { id: self.id, key, act, entered, advised: false, open }
    }

    /// The boss's next act is an answer, where one waits.
    fn answer(&self) -> Markup {
        let waits = self.waits_for_boss();
        html! { @if waits { a.button.go href="/guidance" { "Answer " (self.reader.negotiators()) } } }
    }

    /// The act that is advised: the only one that is filled in, and the only button that is.
    fn advised(&self, advised: Option<&engine::advice::Advice>) -> Markup {
        let Some(advice) = advised else { return html! {} };
        let next = &advice.next_act;
        let name = self.boss_says(&next::button(advice, &phrases::money(advice).in_full()));
        let amount = next.amount.and_then(|amount| Amount::of_f64(amount, 2));
        let panel = |act| Panel { advised: true, ..self.panel("next", act) };
        let waits = self.waits_for_boss();
        match next.kind {
            NextActKind::AskBoss if waits || !self.reader.may(Act::Ask) => html! {},
            NextActKind::AskBoss => {
                let panel = panel("ask");
                panel.show(&name, "", &self.ask_fields(&panel, amount, &next.why, next.by), "Send the question")
            }
            NextActKind::Offer => {
                let panel = panel("offer");
                panel.show(&name, "", &self.offer_fields(&panel, Side::Us, amount), "Record")
            }
            NextActKind::Hold | NextActKind::Wait => {
                let panel = panel("offer");
                panel.show(&name, "", &self.offer_fields(&panel, Side::Them, None), "Record")
            }
            NextActKind::Accept => {
                let panel = panel("agree");
                panel.show(&name, "", &self.agree_fields(&panel, amount), "Record the agreement")
            }
            NextActKind::ProposeBothBosses if self.can_propose() => {
                let panel = panel("propose");
                panel.show(&name, "", &self.propose_fields(&panel), "Record that it was proposed")
            }
            NextActKind::BringBoss | NextActKind::HandOver if !self.negotiation.boss_in => html! {
                form method="post" action={ "/negotiations/" (self.id) "/price" } { button.go type="submit" { (name) } }
            },
            NextActKind::WalkAway => {
                let panel = panel("walk-away");
                panel.show(&name, "", &self.ends(&panel, "Why"), "Walk away")
            }
            NextActKind::HandBack if self.negotiation.boss_in => {
                let panel = panel("hand-back");
                panel.show(&name, "", &self.hand_back_fields(&panel), "Record that the channel is handed back")
            }
            NextActKind::ProposeBothBosses | NextActKind::BringBoss | NextActKind::HandOver | NextActKind::HandBack => {
                html! {}
            }
        }
    }

    fn can_propose(&self) -> bool {
        !self.negotiation.boss_in && self.negotiation.proposal().is_none_or(|proposal| proposal.outcome.is_some())
    }

    fn offer(&self, advised: Option<&engine::advice::Advice>) -> Markup {
        let panel = self.panel("offer", "offer");
        // After an offer of ours it is theirs that is waited for.
        let ours = advised.is_none() && self.negotiation.offers.is_empty();
        panel.show(
            "Record an offer",
            "",
            &self.offer_fields(&panel, if ours { Side::Us } else { Side::Them }, None),
            "Record the offer",
        )
    }

    fn agree_fields(&self, panel: &Panel<'_>, price: Option<Amount>) -> Markup {
        let exact = super::super::words::exact(self.negotiation);
        let last = |side| self.negotiation.standing(side).map(|recorded| exact(recorded.offer.package.price));
        let theirs = self.negotiation.standing(Side::Them).map(|recorded| &recorded.offer.package);
        let settling = theirs.map(|theirs| self.negotiation.settling(theirs, self.now)).unwrap_or_default();
        html! {
            p.quiet {
                @if let Some(ours) = last(Side::Us) { "You offered " (ours) ", " }
                @if let Some(theirs) = last(Side::Them) { "they offer " (theirs) ". " }
                @if !settling.conditions.is_empty() { "Leave holds if " (settling.conditions.join("; ")) ". " }
                "It ends the negotiation. Undo it within ten minutes, or reopen it later."
            }
            div.row { (self.price(panel, "Agreed at", price)) (self.on(panel)) }
            (panel.line("terms", "Other terms", "such as payment_days=60; warranty=two years", "text", ""))
        }
    }

    /// All else that can be done, with what it costs against the course where that is known.
    fn others(&self, advised: Option<&engine::advice::Advice>, open: bool, negotiates: bool) -> Markup {
        let keys = [
            "ask",
            "agree",
            "impasse",
            "called",
            "propose",
            "outcome",
            "mandate",
            "consent",
            "hand-back",
            "close",
            "walk-away",
            "name",
            "reopen",
        ];
        let unfolded = keys.contains(&self.opened.act.as_str())
            || self.entered.is_some_and(|entered| keys.contains(&entered.panel));
        let here = format!("/negotiations/{}", self.id);
        html! {
            details.fold #others open[unfolded] {
                summary.button.plain { "Other moves" }
                div.others {
                    @if open && negotiates { (self.at_the_table(advised)) }
                    @if open && self.reader.may(Act::Authorize) { (self.boss_acts(false)) }
                    @else if open && negotiates && !self.negotiation.has_boss() { (self.boss_acts(true)) }
                    @if open && self.negotiation.boss_in {
                        @let panel = self.panel("hand-back", "hand-back");
                        (panel.show("Hand the channel back", "", &self.hand_back_fields(&panel),
                            "Record that the channel is handed back"))
                    }
                    a href={ (here) "/message" } { "Check a message before it goes out" }
                    hr;
                    @if self.reader.may(Act::Name) {
                        @let panel = self.panel("name", "name");
                        (panel.show("Who takes part", "", &self.people_fields(&panel), "Name"))
                    }
                    @if open && negotiates {
                        @for (key, name, why, button) in [
                            ("close", "Close without a result", "Why: another has it now, it went to sleep", "Close it"),
                            ("walk-away", "Walk away", "Why", "Walk away"),
                        ] {
                            @let panel = self.panel(key, key);
                            (panel.show(name, "", &self.ends(&panel, why), button))
                        }
                    }
                    @if !open && negotiates {
                        @let panel = self.panel("reopen", "reopen");
                        (panel.show("Reopen", "", &panel.line("reason", "Why it goes on", "", "text", ""), "Reopen it"))
                    }
                    @if negotiates {
                        @let (act, name) = if self.negotiation.archived { ("restore", "Take out of the archive") } else { ("archive", "Archive") };
                        form method="post" action={ (here) "/acts/" (act) } { button.quiet type="submit" { (name) } }
                    }
                }
            }
        }
    }

    fn at_the_table(&self, advised: Option<&engine::advice::Advice>) -> Markup {
        let boss = self.reader.is_boss();
        let pending = self.negotiation.proposal().is_some_and(|proposal| proposal.outcome.is_none());
        let [ask, agree, impasse, called, propose, outcome] =
            ["ask", "agree", "impasse", "called", "propose", "outcome"].map(|key| self.panel(key, key));
        let theirs = self.negotiation.standing(Side::Them).map(|recorded| recorded.offer.package.price);
        let beyond = self
            .negotiation
            .standing(Side::Them)
            .is_some_and(|recorded| !self.negotiation.outside(&recorded.offer.package, self.now).is_empty());
        html! {
            @if self.reader.may(Act::Ask) && !boss { (ask.show(&self.boss_says("Ask your boss"), "in private, on one point", &self.ask_fields(&ask, None, "", None), "Ask")) }
            (agree.show("Agreed", if beyond { "their offer is beyond what you may sign: ask first" } else { "" }, &self.agree_fields(&agree, theirs), "Record the agreement"))
            @if self.negotiation.impasse.is_some() {
                form method="post" action={ "/negotiations/" (self.id) "/acts/moves" } { button.quiet type="submit" { "It moves again" } }
            } @else {
                (impasse.show("Note an impasse", "", &html! { (impasse.line("how", "How it shows", "", "text", "")) (self.on(&impasse)) }, "Note it"))
            }
            (called.show(&if boss { "They called for me".to_owned() } else { self.boss_says("They called for your boss") }, "", &html! { (called_fields(&called, boss)) (self.on(&called)) }, "Record it"))
            hr;
            @if pending { (outcome.show("Their answer to the proposal", "", &html! { (outcome_fields(&outcome)) (self.on(&outcome)) }, "Record it")) }
            @else if !self.negotiation.boss_in {
                (propose.show("Propose both bosses", &self.price_of(advised, PlanId::BothBosses), &self.propose_fields(&propose), "Record that it was proposed"))
            }
            @if !self.negotiation.boss_in {
                form method="post" action={ "/negotiations/" (self.id) "/price" } {
                    button.quiet type="submit" {
                        (if boss { "Come in: see the price".to_owned() } else { self.boss_says("Bring your boss in: see the price") })
                        @let note = self.price_of(advised, PlanId::BossAtOutset);
                        @if !note.is_empty() { small { (note) } }
                    }
                }
            }
        }
    }

    /// What a course costs against the one advised.
    fn price_of(&self, advised: Option<&engine::advice::Advice>, plan: PlanId) -> String {
        let Some(advice) = advised else { return String::new() };
        let money = phrases::money(advice).in_full();
        if !advice.plans.iter().any(|one| one.id == plan && one.available) {
            return String::new();
        }
        match baseline::against(advice, &money, plan) {
            baseline::Against::Advised => "the course advised".to_owned(),
            baseline::Against::Tie => "as good as the course advised".to_owned(),
            baseline::Against::Less(amount) => {
                let doing = self.reader.worded().doing(plan, advice.boss_in);
                format!("{}: {} less than the course", self.boss_says(doing), money.amount(-amount))
            }
        }
    }

    /// What the boss does, or says: where no boss takes part, the negotiator writes down what they were told.
    fn boss_acts(&self, told: bool) -> Markup {
        let [mandate, consent] = ["mandate", "consent"].map(|key| self.panel(key, key));
        html! {
            hr;
            (mandate.show(if told { "Your boss set a limit" } else { "Grant a mandate" }, "", &self.limit_fields(&mandate, told),
                if told { "Record it" } else { "Grant" }))
            @if self.negotiation.consent.is_some() {
                @if !told {
                    form method="post" action={ "/negotiations/" (self.id) "/acts/withdraw-consent" } {
                        button.quiet type="submit" { "Take back that I may be named" }
                    }
                }
            } @else {
                (consent.show(if told { "Your boss lets themselves be named" } else { "Let myself be named" }, "", &html! {
                    p.quiet { "In a proposal to take it to both bosses. Nothing is proposed by this." }
                    (told_field(told))
                    (consent.line("until", "Until", "empty: without end", "date", ""))
                    (self.on(&consent))
                }, if told { "Record it" } else { "I may be named" }))
            }
        }
    }

    /// An end, and what it does.
    fn ends(&self, panel: &Panel<'_>, label: &str) -> Markup {
        html! {
            p.quiet { "It ends the negotiation: what waits for your boss counts no more. It can be reopened." }
            (panel.line("reason", label, "", "text", ""))
            (self.on(panel))
        }
    }

    fn hand_back_fields(&self, panel: &Panel<'_>) -> Markup {
        html! { (panel.area("reply", "What you write to them", "", &self.reply())) (self.on(panel)) }
    }

    /// Days from today to a day.
    pub(super) fn days_to(&self, day: jiff::civil::Date) -> i32 {
        stamp::day(self.now).until(day).map_or(0, |span| span.get_days())
    }
}
