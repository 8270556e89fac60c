//! The table itself. Change a default here and nowhere else.

use super::{Default, Grade, Spec, Unit};
use Default::{Beta, Fitted, Fixed, FromCase, LogNormal, Normal, Range, ZeroOr};
use Grade::{Analogy, Judgement, Literature, Yours};
use Unit::{
    Chance, Count, Factor, LikelihoodRatio, Money, Price, ShareOfLaterDeal, ShareOfRemainingSurplus, ShareOfScale,
};

const ANY: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
const POSITIVE: (f64, f64) = (0.0, f64::INFINITY);
const UNIT: (f64, f64) = (0.0, 1.0);

macro_rules! table {
    ($($variant:ident $key:literal, $meaning:literal, $unit:expr, $default:expr, $bounds:expr, $case_key:expr, $grade:expr, $source:literal;)*) => {
        /// The name of an assumption.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Name {
            $(#[doc = $meaning] $variant,)*
        }

        pub(super) const TABLE: &[Spec] = &[$(Spec {
            name: Name::$variant, key: $key, meaning: $meaning, unit: $unit, default: $default,
            bounds: $bounds, case_key: $case_key, grade: $grade, source: $source,
        },)*];
    };
}

table! {
    // What the case says.
    WalkAway "walk_away", "the worst price at which a deal is as good to us as none",
        Price, FromCase, ANY, Some("value.walk_away"), Yours, "the case";
    Target "target", "the price we aim for",
        Price, FromCase, ANY, Some("value.target"), Yours, "the case";
    Authority "authority", "the worst price the negotiator may agree to unasked",
        Price, FromCase, ANY, Some("value.authority"), Judgement, "left out, the negotiator has full authority";
    BossLimit "boss_limit", "the worst price our boss would agree to",
        Price, FromCase, ANY, Some("value.boss_limit"), Judgement, "left out, the boss's limit is the walk-away";
    CounterpartLimit "counterpart_limit", "the worst price their organisation would rather accept than lose the deal",
        Price, FromCase, ANY, Some("counterpart.limit"), Yours, "the case";
    RoundsLeft "rounds_left", "rounds left, a round being one offer by each side",
        Count, FromCase, (1.0, 200.0), Some("time.rounds_left"), Yours, "the case";
    DelayCostPerRound "delay_cost_per_round", "what each further round costs us",
        Money, Fixed(0.0), POSITIVE, Some("time.cost_of_delay_per_round"), Judgement, "left out, waiting is free";

    // The counterpart.
    FullAuthorityChance "counterpart_full_authority_chance", "chance that their negotiator may go to their organisation's limit",
        Chance, Fixed(0.6), UNIT, None, Judgement, "most negotiators hold the authority that they need; no study found";
    AuthorityShortfall "counterpart_authority_shortfall", "where their negotiator's authority stops short: at most this share of the way from their limit back to their opening, evenly spread",
        Factor, Fixed(0.5), UNIT, None, Judgement, "no study found";
    OpeningMean "counterpart_opening_mean", "where they open, from our walk-away (negative: below it)",
        ShareOfScale, Fitted(&Fixed(-0.25)), ANY, None, Judgement, "used only before their first offer";
    OpeningSpread "counterpart_opening_spread", "standard deviation of where they open",
        ShareOfScale, Fitted(&Fixed(0.15)), POSITIVE, None, Judgement, "used only before their first offer";
    ConcessionExponent "concession_exponent", "how they concede: share tau^(1/e) of the way by share tau of the time; under 1 is late, over 1 is early",
        Factor, Fitted(&LogNormal(1.0, 0.5)), (0.05, 20.0), None, Analogy, "Faratin, Sierra and Jennings 1998 for the form";
    KeptShare "counterpart_kept_share", "share of the surplus they see that they mean to keep",
        Factor, Beta(4.0, 6.0), UNIT, None, Judgement, "a little under half; no study found";
    PerceivedWalkAway "perceived_walk_away", "what they think our walk-away is, from the true one",
        ShareOfScale, Normal(0.0, 0.12), ANY, None, Judgement, "no study found";
    AuthorityCredence "authority_credence", "weight they give to our limited authority as a commitment (k in k/(1+k))",
        Factor, Range(0.0, 0.5, 2.0), POSITIVE, None, Literature, "Schelling 1960 and Muthoo 1996 for the mechanism; the size is a judgement";
    HighStakesChance "high_stakes_chance", "chance they give now that the deal matters greatly to us",
        Chance, Fixed(0.3), (0.001, 0.999), None, Judgement, "no study found";
    LowAuthorityChance "low_authority_chance", "chance they give now that our negotiator lacks ability or authority",
        Chance, Fixed(0.2), (0.001, 0.999), None, Judgement, "no study found";
    TroubleChance "trouble_chance", "chance they give now that the relationship is in trouble",
        Chance, Fixed(0.1), (0.001, 0.999), None, Judgement, "no study found";
    RangeWidening "range_widening", "how far the range they see widens if they were sure that the deal matters greatly to us",
        ShareOfScale, Range(0.0, 0.25, 0.5), POSITIVE, None, Judgement, "direction after Chatterjee and Samuelson 1983; the size is a judgement";
    EscalationCost "counterpart_escalation_cost", "what going upstairs costs their negotiator",
        Money, Range(0.02, 0.08, 0.2), POSITIVE, Some("counterpart.cost_of_escalating"), Judgement, "no study found";

    // Rounds.
    StallStart "stall_start_chance", "chance a round that a side which moved stops moving",
        Chance, Fitted(&Range(0.08, 0.2, 0.5)), UNIT, None, Judgement, "not fitted";
    StallStay "stall_stay_chance", "chance a round that a side which stopped stays where it is",
        Chance, Fitted(&Range(0.2, 0.5, 0.8)), UNIT, None, Judgement, "not fitted";
    StandstillMatched "standstill_matched_chance", "chance that they stand still, too, in a round in which we did not move",
        Chance, Range(0.0, 0.1, 0.35), UNIT, None, Judgement, "people bargaining over second-hand goods stood still .17 of the time after the other had, and .15 after a move (1,419 quotes of CraigslistBargain, He et al. 2018): hardly any; held wider, as who has months and much at stake can wait longer";
    FreezeChance "freeze_chance", "chance a round that the relationship freezes and nothing moves",
        Chance, Fixed(0.03), UNIT, None, Judgement, "no study found";
    ThawChance "thaw_chance", "chance a round that a freeze thaws by itself",
        Chance, Fixed(0.15), UNIT, None, Judgement, "no study found";
    VisitFreezeFactor "visit_freeze_factor", "what a visit with the terms off the table leaves of the chance of a freeze",
        Factor, Fixed(0.7), UNIT, None, Judgement, "no study found";
    RetractionChance "retraction_chance", "chance a round that they take part of an offer back",
        Chance, Fitted(&Fixed(0.05)), UNIT, None, Judgement, "not fitted";
    SplitChance "split_difference_chance", "chance a round that they offer to split the difference",
        Chance, Fitted(&Range(0.0, 0.1, 0.6)), UNIT, None, Literature, "the split norm";
    ImpasseNotedRatio "impasse_noted_ratio", "how much likelier somebody says that it is stuck where something keeps them from coming to where we need them than where nothing does",
        LikelihoodRatio, Fixed(4.0), (1.0, 1e3), None, Judgement, "no study found; slow talks are called stuck, too";
    NearAskTaken "near_ask_taken_chance", "chance a round that they take an ask that leaves hardly a gap, if they may; one at or under their own next offer they take for certain",
        Chance, Fitted(&Fixed(0.5)), (0.001, 0.999), None, Judgement, "not fitted";
    AcceptanceNoise "acceptance_noise", "gap over which the odds that they take our ask fall by e",
        ShareOfScale, Fitted(&Fixed(0.35)), (0.0001, 10.0), None, Judgement, "not fitted";
    ImpasseDespiteZopa "impasse_despite_zopa", "chance that a deal good for both is missed",
        Chance, Range(0.12, 0.22, 0.35), UNIT, None, Literature, "Larsen 2021, bargaining over used cars at auction; Freyberger and Larsen, bargaining on eBay";
    OurConcessionExponent "our_concession_exponent", "how we concede: share tau^(1/e) of the way by share tau of the time",
        Factor, Fixed(1.0), (0.05, 20.0), None, Judgement, "evenly over the time left";
    OurOpening "our_opening", "where we open if we have not yet, from our walk-away (1 is the target)",
        ShareOfScale, Fixed(1.25), POSITIVE, None, Judgement, "somewhat beyond the target";

    // Guidance.
    GuidanceGranted "guidance_granted_chance", "chance that our boss grants what we ask in private",
        Chance, Fixed(0.8), UNIT, None, Judgement, "no study found";
    GuidanceCost "guidance_cost", "what asking costs",
        ShareOfScale, Fixed(0.003), POSITIVE, None, Judgement, "an hour of two people against the scale of a large deal";
    GuidanceDelay "guidance_delay_chance", "chance that the answer takes a round",
        Chance, Fixed(0.3), UNIT, None, Judgement, "no study found";

    // The proposal to take it to both bosses.
    UnlockBase "unlock_base", "log-odds that the proposal alone unlocks it, with no gap left and no cost to them",
        Factor, Fixed(1.2), ANY, None, Analogy, "our fit on threats in the laboratory is 2.3 (section 11 of docs/model.md), and .94 of demands were met that were small against the loss that was bound to follow; outside it, .32 of threatened sanctions settle on the threat alone (TIES 4.1) and .68 of cases against EU states end at the letter; the range lies between these";
    UnlockGap "unlock_gap", "how those log-odds fall with the gap that remains, by the scale",
        Factor, Fixed(6.0), POSITIVE, None, Analogy, "our fit on threats in the laboratory: they fall by 8.8 where the demand rises from nothing to the most that can be demanded, from a higher base than ours; with ours, 6 comes to nearly the same where a quarter to a half of the scale is missing";
    UnlockCost "unlock_cost", "how those log-odds rise with what going upstairs costs them, by the scale",
        Factor, Range(0.0, 2.0, 6.0), POSITIVE, None, Analogy, "our fit on threats in the laboratory: they rise by .8 where the threatened loss rises from nothing to the most that can be threatened";
    BacklashEarly "backlash_early_chance", "chance that a proposal at the very start, not unlocking, is taken as a threat",
        Chance, Fixed(0.35), UNIT, None, Analogy, "Sinaceur and Neale 2005 for the direction: explicit threats work late, not early";
    BacklashLate "backlash_late_chance", "the same at the very end",
        Chance, Fixed(0.15), UNIT, None, Analogy, "Sinaceur and Neale 2005 for the direction; in ransom negotiations .16 of the asks did not fall after the payer invoked somebody above, .33 of the others: who invokes chooses when";
    ProposalAccepted "proposal_accepted_chance", "chance that a proposal which neither unlocks nor backfires is accepted",
        Chance, Fixed(0.35), UNIT, None, Analogy, "salary arbitration in baseball: the panel decided .71 of the cases with a gap under 15 % of the midpoint and .10 of those at 35 to 50 %; there either side can insist, here theirs must agree";
    UnlockedKeptFactor "unlocked_kept_factor", "what an unlocking proposal leaves of the share they mean to keep",
        Factor, Fixed(0.6), UNIT, None, Analogy, "ransom negotiations: an ask fell by .41 after the payer invoked somebody above, by .27 otherwise, which leaves four fifths; that is over all who invoked, and where half of them unlocked something it leaves .6 to those";
    ProposalPrecedent "proposal_precedent_weight", "precedent set when both bosses come in, against 1 when ours comes alone",
        Factor, Fixed(0.3), UNIT, None, Judgement, "symmetric, so less of a precedent";

    // The boss in the room.
    ImportanceEarly "importance_ratio_early", "how much likelier a boss in the room before the second exchange is if the deal matters greatly to us",
        LikelihoodRatio, Range(1.0, 2.5, 6.0), (1e-3, 1e3), None, Judgement, "no study found that measures it";
    ImportanceLate "importance_ratio_late", "the same once an impasse is noted",
        LikelihoodRatio, Range(1.0, 1.2, 2.0), (1e-3, 1e3), None, Judgement, "no study found that measures it";
    TroubleRatio "trouble_ratio", "how much likelier a boss in the room is if the relationship is in trouble",
        LikelihoodRatio, Range(1.0, 1.5, 4.0), (1e-3, 1e3), None, Judgement, "no study found that measures it";
    AbilityRatio "ability_ratio", "how much likelier a boss in the room is if our negotiator lacks ability or authority",
        LikelihoodRatio, Range(0.7, 1.1, 2.5), (1e-3, 1e3), None, Judgement, "no study found that measures it";
    BossSkill "boss_skill", "share of their remaining surplus that the boss wins beyond what the negotiator wins",
        ShareOfRemainingSurplus, Range(-0.05, 0.04, 0.25), (-1.0, 1.0), Some("boss.skill"), Judgement, "no study of a boss who takes over found; who bargained through an agent got more in one laboratory (Fershtman and Gneezy 2001) and offered more in another (Choy and others 2015), so the sign is open";
    Giveaway "giveaway", "share of their remaining surplus that the boss gives away to close",
        ShareOfRemainingSurplus, Range(0.0, 0.05, 0.2), UNIT, None, Judgement, "no study of the size found; cases are told of executives who give too much away (Capon and Senn 2021) and of some who get a higher price accepted (Pereira and others 2019)";
    BossReleases "boss_release_chance", "chance that our boss's coming frees their negotiator to go to their limit",
        Chance, Fixed(0.7), UNIT, None, Judgement, "no study found";
    BossThaws "boss_thaw_chance", "chance that our boss's coming thaws a freeze",
        Chance, Fixed(0.6), UNIT, None, Judgement, "no study found";
    CrossDealGain "cross_deal_gain", "gain from trading across deals, which only the boss can do, where the later deals are worth as much as the scale of this one; in proportion where they are worth less",
        ShareOfScale, Range(0.0, 0.03, 0.1), POSITIVE, None, Judgement, "no study found";
    SkillNeedsTime "skill_needs_time", "how much of what the boss wins, by skill and by trades across deals, needs them to come while there is much to bargain over: 0 is none of it, 1 all, in proportion to the gap that is left",
        Factor, Range(0.0, 0.5, 1.0), UNIT, None, Judgement, "no study of late bosses found; that outcomes follow first offers (Orr and Guthrie 2006) says that much is settled early";
    ClosingBonus "closing_bonus", "how much likelier a close is, relatively, when they are sure that the deal matters greatly to us",
        Factor, Range(0.0, 0.10, 0.25), POSITIVE, None, Analogy, "Backus, Blake and Tadelis 2019: sellers who signalled eagerness got offers 8-12 % lower and sold 15-25 % more often";
    JointGainsAtRisk "joint_gains_at_risk", "joint gains lost if they were sure that the relationship is in trouble",
        ShareOfScale, Range(0.0, 0.05, 0.15), POSITIVE, None, Judgement, "no study found";
    BossTimeCost "boss_time_cost", "what the boss's time costs, once per negotiation entered",
        Money, Range(0.003, 0.01, 0.03), POSITIVE, Some("boss.time_cost"), Judgement, "a few days of a senior person against the scale of a large deal";

    // The future.
    LaterDeals "later_deals", "deals with this counterpart that we expect after this one",
        Count, Fixed(0.0), (0.0, 10_000.0), Some("future.later_deals"), Judgement, "left out, none";
    ValuePerDeal "value_per_deal", "our surplus on a later deal",
        Money, Fixed(0.5), ANY, Some("future.value_per_deal"), Judgement, "left out, half of the scale of this one";
    Discount "discount", "what a deal is worth now if it comes one deal later",
        Factor, Fixed(0.9), UNIT, Some("future.discount"), Judgement, "left out, ten per cent less a deal";
    PastAppearances "past_boss_appearances", "how often our boss has come in with them before",
        Count, Fixed(0.0), POSITIVE, Some("future.past_boss_appearances"), Judgement, "left out, never";
    CallRate "boss_call_rate", "chance a later deal that they call for the boss, for one fresh appearance",
        Chance, ZeroOr(0.3, 0.25, 0.6), UNIT, None, Analogy, "Currie and Farber 1992 found no such habit in the laboratory and a weak one in the field, hence zero with chance .3";
    PrecedentFade "precedent_fade", "share of a precedent forgotten from one deal to the next",
        Chance, Range(0.0, 0.3, 0.9), UNIT, None, Judgement, "no study found; 0 is the genie that never goes back";
    ErosionShare "erosion_share", "what joining a later call costs beyond the boss's time",
        ShareOfLaterDeal, Fixed(0.05), POSITIVE, None, Judgement, "no study found";
    InsultShare "insult_share", "what declining a later call costs",
        ShareOfLaterDeal, Fixed(0.08), POSITIVE, None, Judgement, "no study found";
    RiskAversion "risk_aversion", "absolute risk aversion, per scale; 0 is neutral",
        Factor, Fixed(0.0), (0.0, 20.0), None, Judgement, "left out, money counts as money";

    // Leave in part or on a condition, and approval afterwards.
    PartialLeaveGain "partial_leave_gain", "how much of the chance of a refusal goes where our boss is asked for less, by the share of the way that is not asked for",
        Factor, Range(0.0, 0.5, 1.0), UNIT, None, Judgement, "no study found: 0 is a boss who minds being asked at all, 1 one who minds the amount alone";
    ConditionalLeaveGain "conditional_leave_gain", "how much of the chance of a refusal goes where our boss is asked for leave on a condition",
        Factor, Range(0.1, 0.5, 0.9), UNIT, None, Judgement, "no study found";
    ConditionTaken "condition_taken_chance", "chance that they take the condition on which our boss gives leave",
        Chance, Range(0.2, 0.5, 0.8), UNIT, None, Judgement, "no study found; the condition asks something of them";
    ApprovalRatified "approval_ratified_chance", "chance that our boss approves what we have settled subject to approval, where it is within their limit",
        Chance, Range(0.7, 0.88, 0.96), UNIT, None, Analogy, "union members refused about 9 to 14 % of the settlements that their negotiators had made, in the harder cases, those that a federal mediator sat in on (Simkin 1968, figures at second hand); a boss is one voter, whom one knows";
    RefusalFreezes "refusal_freeze_chance", "chance that the relationship freezes where our boss refuses what we have settled",
        Chance, Range(0.05, 0.15, 0.4), UNIT, None, Judgement, "no study found; they took it for a deal";
    ApprovalSignal "approval_signal", "share of what a boss in the room says of our negotiator's ability or authority that settling subject to approval says",
        Factor, Range(0.1, 0.4, 1.0), UNIT, None, Judgement, "no study found; it says that there is a limit, and no one need come";
    ApprovalPrecedent "approval_precedent_weight", "precedent set by settling subject to approval, against 1 when our boss comes",
        Factor, Range(0.0, 0.15, 0.4), UNIT, None, Judgement, "no study found; they learn who decides, and have not met them";
}
