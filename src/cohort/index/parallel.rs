//! The same work for many numbers, on as many cores as there are; the results in their order.

use std::num::NonZero;
use std::thread;

/// `work` of every number below `count`. It must not depend on when or where it runs.
pub fn map<R: Send>(count: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(count);
    map_on(cores, count, work)
}

/// On so many cores.
pub fn map_on<R: Send>(cores: usize, count: usize, work: impl Fn(usize) -> R + Sync) -> Vec<R> {
    if cores < 2 {
        return (0..count).map(work).collect();
    }
    let work = &work;
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let share = |first: usize| move || every(first, cores, count, work);
        let running: Vec<_> = (0..cores).map(|first| scope.spawn(share(first))).collect();
        running.into_iter().flat_map(finished).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

fn every<R>(
    first: usize,
    step: usize,
    count: usize,
    work: &impl Fn(usize) -> R,
) -> Vec<(usize, R)> {
    (first..count).step_by(step).map(|at| (at, work(at))).collect()
}

fn finished<T>(running: thread::ScopedJoinHandle<'_, T>) -> T {
    running.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
}
