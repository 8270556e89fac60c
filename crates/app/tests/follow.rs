//! What follows facts: at least once, in order, across desks that break off, and told to no more than who follows.

use std::sync::Mutex;

use app::follow::{Follower, Following, catch_up};
use app::{Desk, Error, Params, Principal, Wish};
use jiff::Timestamp;
use negotiation::Command;
use negotiation::fact::Opening;
use negotiation::offer::Offer;
use store::{Location, News, Store};
use terms::{Role, Side};

/// Writes down what it was given, and breaks off at the first news of every other version.
#[derive(Default)]
struct Receiver {
    given: Mutex<Vec<(i64, u64, u64)>>,
    fails: Mutex<usize>,
}

impl Follower for Receiver {
    fn name(&self) -> &'static str {
        "receiver"
    }

    fn follow_up<'a>(&'a self, _: &'a Desk, news: &'a News, _: Timestamp) -> Following<'a> {
        Box::pin(async move {
            self.given.lock().expect("no thread broke off").push((news.position, news.first, news.last));
            let mut fails = self.fails.lock().expect("no thread broke off");
            if *fails > 0 {
                *fails -= 1;
                return Err(Error::Busy);
            }
            Ok(())
        })
    }
}

fn at() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("it is a moment")
}

async fn desk(folder: &tempfile::TempDir) -> Desk {
    let store = Store::open(&Location::File(folder.path().join("upstairs.db"))).await.expect("a scratch store opens");
    Desk::new(store, Params::new(8, 1, 1, None).expect("small parameters are sound"))
}

async fn nora(desk: &Desk) -> Principal {
    desk.accounts.local("nora").await.expect("anybody is known locally")
}

async fn opened(desk: &Desk, who: &Principal) -> String {
    let opening = Opening {
        title: "Renewal".to_owned(),
        role: Role::Seller,
        currency: terms::Currency::USD,
        counterpart: "Northwind".to_owned(),
    };
    desk.open(who, opening, at()).await.expect("it is opened").id
}

async fn offer(desk: &Desk, who: &Principal, id: &str, price: i64) {
    let offer = Command::Offer { offer: Offer::of(Side::Them, price), despite: None };
    desk.act(who, id, Wish::new(&offer, at())).await.expect("it is recorded");
}

#[tokio::test]
async fn what_was_not_settled_is_given_again_to_the_next_desk() {
    let folder = tempfile::tempdir().unwrap();
    let receiver = Receiver::default();
    let id = {
        let desk = desk(&folder).await;
        desk.begin_to_follow(&receiver).await.unwrap();
        let who = nora(&desk).await;
        let id = opened(&desk, &who).await;
        *receiver.fails.lock().unwrap() = 1;
        assert!(matches!(catch_up(&desk, &receiver, at()).await, Err(Error::Busy)));
        desk.close().await;
        id
    };
    let desk = desk(&folder).await;
    let who = nora(&desk).await;
    offer(&desk, &who, &id, 1_000_000).await;
    offer(&desk, &who, &id, 1_010_000).await;
    assert!(catch_up(&desk, &receiver, at()).await.unwrap());
    assert!(!catch_up(&desk, &receiver, at()).await.unwrap());
    // The opening is two entries at once; what came together afterwards is given as one, from the first version on.
    assert_eq!(*receiver.given.lock().unwrap(), [(2, 1, 2), (4, 1, 4)]);
}

#[tokio::test]
async fn what_fails_by_itself_keeps_nothing_waiting() {
    struct Never;
    impl Follower for Never {
        fn name(&self) -> &'static str {
            "never"
        }
        fn follow_up<'a>(&'a self, _: &'a Desk, _: &'a News, _: Timestamp) -> Following<'a> {
            Box::pin(async { Err(Error::NoAdvice) })
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&folder).await;
    desk.begin_to_follow(&Never).await.unwrap();
    opened(&desk, &nora(&desk).await).await;
    assert!(catch_up(&desk, &Never, at()).await.unwrap());
    assert!(!catch_up(&desk, &Never, at()).await.unwrap());
}

#[tokio::test]
async fn a_desk_lets_go_of_followers_that_it_has_given_up_and_of_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("upstairs.db"));
    let store = Store::open(&location).await.unwrap();
    for name in ["advice", "of-an-older-version", "audit:all"] {
        store.follow(name).await.unwrap();
    }
    let desk = desk(&folder).await;
    opened(&desk, &nora(&desk).await).await;
    let behind = async || {
        let backlogs = store.backlogs().await.unwrap();
        backlogs.into_iter().map(|backlog| (backlog.follower, backlog.news)).collect::<Vec<_>>()
    };
    let of = |name: &str| (name.to_owned(), 1);
    assert_eq!(behind().await, [of("advice"), of("audit:all"), of("of-an-older-version")]);
    app::follow::let_go(&desk).await;
    assert_eq!(behind().await, [of("advice"), of("audit:all")]);
}

#[tokio::test]
async fn a_follower_that_another_desk_let_go_of_follows_again() {
    struct Heard(tokio::sync::mpsc::UnboundedSender<i64>);
    impl Follower for Heard {
        fn name(&self) -> &'static str {
            "of-a-newer-version"
        }
        fn follow_up<'a>(&'a self, _: &'a Desk, news: &'a News, _: Timestamp) -> Following<'a> {
            Box::pin(async {
                self.0.send(news.position).expect("somebody waits");
                Ok(())
            })
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Location::File(folder.path().join("upstairs.db"))).await.unwrap();
    let (desk, older) = (desk(&folder).await, desk(&folder).await);
    let who = nora(&desk).await;
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let follower = Heard(sender);
    let records = async {
        let id = opened(&desk, &who).await;
        for _ in 0..2 {
            let end = store.end().await.unwrap();
            // It follows from when it begins to, which may be after the first of these.
            while !heard.try_recv().is_ok_and(|position| position > end) {
                offer(&desk, &who, &id, 1_000_000).await;
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            older.let_go_of_given_up().await.unwrap();
        }
    };
    tokio::select! {
        () = app::follow::follow(&desk, &follower, &at) => unreachable!("it goes on for ever"),
        () = records => {}
    }
}

#[tokio::test]
async fn a_desk_that_looks_into_a_store_is_told_what_others_record() {
    let folder = tempfile::tempdir().unwrap();
    let (here, there) = (desk(&folder).await, desk(&folder).await);
    let id = opened(&there, &nora(&there).await).await;
    let mut heard = here.bell().hear();
    let told = async {
        tokio::select! {
            () = app::follow::tell_pages(&here) => unreachable!("it goes on for ever"),
            changed = heard.recv() => changed.unwrap().id,
        }
    };
    let records = async {
        // Once the teller has found its place, whenever that is.
        for price in 0..200 {
            offer(&there, &nora(&there).await, &id, 1_000_000 + price).await;
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let told = tokio::select! {
        told = told => told,
        () = records => panic!("nothing was told"),
    };
    assert_eq!(told, id);
}
