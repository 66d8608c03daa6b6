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
        let running: Vec<_> = (0..cores).map(|first| spawned(scope, share(first))).collect();
        running.into_iter().flat_map(finished).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Packs are parsed by recursion, and a debug build needs much of the stack for a step.
const STACK: usize = 16 * 1024 * 1024;

/// In a thread of its own; here, where the machine gives no more threads.
fn spawned<'scope, T: Send + 'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    work: impl Fn() -> T + Clone + Send + 'scope,
) -> Started<'scope, T> {
    let builder = thread::Builder::new().stack_size(STACK);
    match builder.spawn_scoped(scope, work.clone()) {
        Ok(running) => Started::Elsewhere(running),
        Err(_) => Started::Here(work()),
    }
}

enum Started<'scope, T> {
    Elsewhere(thread::ScopedJoinHandle<'scope, T>),
    Here(T),
}

fn every<R>(
    first: usize,
    step: usize,
    count: usize,
    work: &impl Fn(usize) -> R,
) -> Vec<(usize, R)> {
    (first..count).step_by(step).map(|at| (at, work(at))).collect()
}

fn finished<T>(started: Started<'_, T>) -> T {
    match started {
        Started::Elsewhere(running) => {
            running.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))
        }
        Started::Here(done) => done,
    }
}
