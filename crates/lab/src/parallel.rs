//! Work on several threads, taken in as it is done.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use rayon::ThreadPoolBuildError;

/// Works through `jobs` on so many threads, each job on one thread to its end, and takes what comes of them on this
/// thread in the order in which they are done. Stops at the first that can't be taken.
pub fn in_parallel<J: Sync, R: Send, E: From<ThreadPoolBuildError>>(
    jobs: &[J],
    threads: Option<usize>,
    work: impl Fn(&J) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let count = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(count);
    std::thread::scope(|scope| {
        for _ in 0..count.min(jobs.len()) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            // A pool of one: what the engine would share out stays on the thread of its job.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
            scope.spawn(move || {
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // Nobody listens any more once something could not be taken.
                    if sender.send(pool.install(|| work(job))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // The receiver goes with this loop, so that no thread waits for an ear after a failure.
        for done in receiver {
            take(done)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a job can't be taken for.
    #[derive(Debug)]
    struct NoMore;

    impl From<ThreadPoolBuildError> for NoMore {
        fn from(_: ThreadPoolBuildError) -> Self {
            Self
        }
    }

    #[test]
    fn every_job_is_done_once_at_any_number_of_threads() {
        let jobs: Vec<u64> = (0..100).collect();
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            in_parallel(
                &jobs,
                Some(threads),
                |job| job * job,
                |square| {
                    taken.push(square);
                    Ok::<(), NoMore>(())
                },
            )
            .unwrap();
            taken.sort_unstable();
            assert_eq!(taken, jobs.iter().map(|job| job * job).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn a_failure_stops_the_work() {
        let jobs: Vec<u64> = (0..1000).collect();
        let failed = in_parallel(&jobs, Some(3), |job| *job, |_| Err(NoMore));
        assert!(failed.is_err());
    }
}
