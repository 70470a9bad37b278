//! What a person sees while many texts are read.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal;

/// Work that is done sooner shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAWN: Duration = Duration::from_millis(120);
const FORM: &str = "{spinner} {human_pos} documents{msg} · {elapsed}";

/// How many texts have been read; on a terminal only, and only after a second.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    shown: bool,
    wanted: bool,
}

impl Progress {
    /// Nothing is shown yet, and never if it is not wanted.
    pub fn new(wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(FORM) {
            bar.set_style(style);
        }
        Self {
            bar,
            shown: false,
            wanted,
        }
    }

    /// One text more is done.
    pub fn step(&mut self) {
        self.steps(1);
    }

    /// Some texts more are done.
    pub fn steps(&mut self, done: usize) {
        self.bar.inc(done as u64);
        self.show();
    }

    /// Something else is done for this share of the texts.
    pub fn share(&mut self, what: &str, done: usize, of: usize) {
        let percent = 100 * done / of.max(1);
        self.bar.set_message(format!(" · {what} {percent} %"));
        self.show();
    }

    fn show(&mut self) {
        if self.wanted && !self.shown && self.bar.elapsed() > PATIENCE {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(REDRAWN);
        }
    }

    /// Tells a failure without breaking the line of progress.
    pub fn complain(&self, error: &dyn std::fmt::Display) {
        self.bar.suspend(|| terminal::complain(error));
    }

    /// Takes the line of progress away.
    pub fn finish(self) -> Duration {
        let took = self.bar.elapsed();
        self.bar.finish_and_clear();
        took
    }
}
