//! What is recorded is given to those who follow, until they have settled it.

use store::{Backlog, Heard, News, NewsKind};

use super::*;

fn told(news: &[News]) -> Vec<(i64, &str, u64, u64)> {
    news.iter().map(|one| (one.position, one.negotiation.as_str(), one.first, one.last)).collect()
}

#[test]
fn what_is_recorded_is_given_until_it_is_settled() {
    on_both("given", async |store, location| {
        let nobody = store.pending("mail", 10).await.expect_err("nobody follows");
        assert!(matches!(nobody, Error::NotFollowing), "{nobody:?}");
        append(&store, "a", 0, &[opened()]).await.expect("appended");
        assert_eq!(store.follow("mail").await.expect("followed"), 1, "from now on");
        assert_eq!(store.pending("mail", 10).await.expect("read"), []);

        append(&store, "a", 1, &[offer(2, 100), offer(3, 90)]).await.expect("appended");
        append(&store, "b", 0, &[opened()]).await.expect("appended");
        append(&store, "a", 1, &[offer(2, 1)]).await.expect_err("stale, and no news");
        let pending = store.pending("mail", 10).await.expect("read");
        assert_eq!(told(&pending), [(3, "a", 2, 3), (4, "b", 1, 1)]);
        assert!(pending.iter().all(|one| one.kind == NewsKind::Recorded && one.at == now()));
        assert_eq!(told(&store.pending("mail", 1).await.expect("read")), [(3, "a", 2, 3)]);

        store.close().await;
        let store = Store::open(&location).await.expect("opened again");
        assert_eq!(store.follow("mail").await.expect("followed"), 1, "where it was");
        assert_eq!(store.pending("mail", 10).await.expect("read"), pending, "given again");
        for position in [3, 3, 1, 2, 99] {
            store.settle("mail", position).await.expect("settled, or nothing to settle");
            assert_eq!(told(&store.pending("mail", 10).await.expect("read")), [(4, "b", 1, 1)]);
            verify(&store).await.expect("whole");
        }
        store.settle("mail", 4).await.expect("settled");
        assert_eq!(store.pending("mail", 10).await.expect("read"), []);
        let nobody = store.settle("other", 4).await.expect_err("nobody of that name");
        assert!(matches!(nobody, Error::NotFollowing), "{nobody:?}");
        verify(&store).await.expect("whole");
    });
}

#[test]
fn each_follower_settles_for_itself_and_what_all_have_settled_is_gone() {
    on_both("each", async |store, location| {
        store.follow("mail").await.expect("followed");
        append(&store, "a", 0, &[opened()]).await.expect("appended");
        store.follow("webhooks").await.expect("followed");
        append(&store, "a", 1, &[offer(2, 100)]).await.expect("appended");
        store.settle("mail", 2).await.expect("settled");
        assert_eq!(told(&store.pending("webhooks", 10).await.expect("read")), [(2, "a", 2, 2)]);
        assert_eq!(kept(&location).await, 1);
        verify(&store).await.expect("whole");
        store.settle("webhooks", 2).await.expect("settled");
        assert_eq!(kept(&location).await, 0);
        append(&store, "a", 2, &[offer(3, 90)]).await.expect("appended");
        store.unfollow("mail").await.expect("no more");
        assert_eq!(kept(&location).await, 1);
        store.unfollow("webhooks").await.expect("no more");
        store.unfollow("webhooks").await.expect("nobody is no fault");
        append(&store, "a", 3, &[offer(4, 80)]).await.expect("appended");
        assert_eq!(kept(&location).await, 0, "nothing is left where nobody follows");
        verify(&store).await.expect("whole");
    });
}

#[test]
fn how_far_each_is_behind_is_told() {
    on_both("behind", async |store, _| {
        assert_eq!(store.backlogs().await.expect("read"), []);
        store.follow("webhooks").await.expect("followed");
        store.follow("mail").await.expect("followed");
        append(&store, "a", 0, &[opened()]).await.expect("appended");
        append(&store, "a", 1, &[offer(2, 100), offer(3, 90)]).await.expect("appended");
        store.settle("mail", 3).await.expect("settled");
        let behind = |follower: &str, news, oldest| Backlog { follower: follower.to_owned(), news, oldest };
        let both = [behind("mail", 0, None), behind("webhooks", 2, Some(now()))];
        assert_eq!(store.backlogs().await.expect("read"), both);
        store.unfollow("webhooks").await.expect("no more");
        assert_eq!(store.backlogs().await.expect("read"), [behind("mail", 0, None)]);
    });
}

async fn kept(location: &Location) -> i64 {
    let url = match location {
        Location::File(path) => format!("sqlite://{}", path.display()),
        Location::Postgres(url) => url.clone(),
    };
    let mut connection = sqlx::AnyConnection::connect(&url).await.expect("connected");
    let row = sqlx::query("SELECT COUNT(*) FROM outbox").fetch_one(&mut connection).await.expect("counted");
    connection.close().await.expect("closed");
    row.get(0)
}

#[test]
fn what_is_imported_is_told_as_such_and_dated_by_the_import() {
    on_both("told_imported", async |store, _| {
        store.follow("mail").await.expect("followed");
        let entries = [opened(), joined(2, "nora", Part::Negotiator)];
        let summary = Summary::of(&Negotiation::of(entries.clone())).expect("it is opened");
        let at = now() + jiff::SignedDuration::from_hours(48);
        let imported = Note { negotiation: "a", at, ..note("imported entries 1 to 2") };
        store.take_in("a", &entries, &summary, &imported).await.expect("taken in");
        store.take_in("a", &entries, &summary, &imported).await.expect_err("it is here, and no news");
        let news = News { position: 2, negotiation: "a".to_owned(), first: 1, last: 2, kind: NewsKind::Imported, at };
        assert_eq!(store.pending("mail", 10).await.expect("read"), [news]);
        verify(&store).await.expect("whole");
    });
}

/// Of what many record at once each entry is told, once and in order, to whoever settles as they go.
#[test]
fn nothing_is_missed_while_many_record() {
    on_both("missed", async |store, location| {
        store.follow("mail").await.expect("followed");
        let writers = (0..4).map(|writer| {
            let store = store.clone();
            tokio::spawn(async move {
                let id = format!("n{writer}");
                append(&store, &id, 0, &[opened()]).await.expect("appended");
                for version in 1..10 {
                    append(&store, &id, version, &[offer(version + 1, 100)]).await.expect("appended");
                }
            })
        });
        let writers: Vec<_> = writers.collect();
        // Another program on the same store.
        let other = Store::open_existing(&location).await.expect("opened");
        let mut told: Vec<News> = Vec::new();
        while told.len() < 40 {
            for one in other.pending("mail", 7).await.expect("read") {
                other.settle("mail", one.position).await.expect("settled");
                told.push(one);
            }
            tokio::task::yield_now().await;
        }
        for writer in writers {
            writer.await.expect("the writer ends");
        }
        assert_eq!(told.iter().map(|one| one.position).collect::<Vec<_>>(), (1..=40).collect::<Vec<_>>());
        for writer in 0..4 {
            let of_one = told.iter().filter(|one| one.negotiation == format!("n{writer}"));
            let versions: Vec<(u64, u64)> = of_one.map(|one| (one.first, one.last)).collect();
            assert_eq!(versions, (1..=10).map(|version| (version, version)).collect::<Vec<_>>());
        }
        let heard = store.heard_after(38, 10).await.expect("read");
        assert_eq!(store.end().await.expect("read"), 40);
        assert_eq!(heard.iter().map(|one: &Heard| one.position).collect::<Vec<_>>(), [39, 40]);
        assert_eq!(heard[1].version, told[39].last);
        verify(&store).await.expect("whole");
        other.close().await;
    });
}

#[test]
fn what_is_still_to_be_followed_up_moves_along() {
    on_both("moves_along", async |store, _| {
        store.follow("mail").await.expect("followed");
        append(&store, "a", 0, &[opened()]).await.expect("appended");
        append(&store, "a", 1, &[offer(2, 100)]).await.expect("appended");
        store.settle("mail", 1).await.expect("settled");
        let folder = tempfile::tempdir().expect("a folder");
        let target = Store::open(&Location::File(folder.path().join("copy.db"))).await.expect("opened");
        target.follow("mail").await.expect("a desk was served there before");
        target.follow("webhooks").await.expect("likewise");
        store.copy_to(&target, &|_| {}).await.expect("copied");
        assert_eq!(told(&target.pending("mail", 10).await.expect("read")), [(2, "a", 2, 2)]);
        assert!(matches!(target.pending("webhooks", 10).await, Err(Error::NotFollowing)));
        verify(&target).await.expect("whole");
        target.close().await;
    });
}

#[test]
fn an_altered_place_is_not_sealed_anew() {
    on_both("place", async |store, location| {
        some_of_everything(&store).await;
        tamper(&location, "UPDATE followers SET settled = 3", false).await.expect("altered");
        for refused in
            [store.settle("mail", 5).await, store.unfollow("mail").await, store.pending("mail", 9).await.map(drop)]
        {
            assert!(matches!(refused, Err(Error::Broken { .. })), "{refused:?}");
        }
    });
}
