//! Publishing pairs: what coordinators are told beforehand, while it is under way, and at its end.

use chrono::{DateTime, Utc};
use plsep_domain::ProposalId;

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Capacity, CommandId, Message, Style};

/// What is about to be published.
#[derive(Clone, Copy, Debug)]
pub struct PublishPlan {
    /// Pairs.
    pub pairs: usize,
    /// Published pairs that end for it.
    pub parted: usize,
    /// People without a match.
    pub left: usize,
    /// About how long it takes until all places are open.
    pub minutes: usize,
    /// The last pair's introduction waits until then, if it is night for some.
    pub last_from: Option<DateTime<Utc>>,
    /// What the community has room for, where the platform sets a bound.
    pub capacity: Option<Capacity>,
}

/// How far a publication has come.
#[derive(Clone, Copy, Debug)]
pub struct PublishProgress {
    /// Pairs.
    pub pairs: usize,
    /// Pairs whose place is still to be opened.
    pub open: usize,
    /// Pairs whose place could not be opened.
    pub failed: usize,
    /// About how long the rest takes.
    pub minutes: usize,
    /// Whether this is the last that is said.
    pub ended: bool,
}

impl Voice<'_> {
    /// Asks before a proposal is published: how many, how long it takes, and whether there is room.
    #[must_use]
    pub fn publish_question(&self, id: ProposalId, plan: &PublishPlan) -> Message {
        let PublishPlan { pairs, parted, left, minutes, last_from, capacity } = *plan;
        let args = [("pairs", Arg::Number(pairs as i64)), ("left", Arg::Number(left as i64))];
        let mut message = self.confirm("publish-question", &args, "button-publish-yes", &Deed::Publish(id));
        let mut more = Vec::new();
        if parted > 0 {
            more.push(self.paragraph("publish-parts", &[("count", Arg::Number(parted as i64))]));
        }
        more.push(self.paragraph("publish-time", &[("minutes", Arg::Number(minutes as i64))]));
        more.extend(last_from.map(|at| self.paragraph("publish-later", &[("at", self.when(at))])));
        if let Some(Capacity { rooms, beyond }) = capacity.filter(|capacity| capacity.rooms < pairs) {
            let args = [
                ("rooms", Arg::Number(rooms as i64)),
                ("others", Arg::Number((pairs - rooms) as i64)),
                ("beyond", Arg::Key(if beyond { "yes" } else { "no" })),
            ];
            more.push(self.paragraph("publish-room", &args));
        }
        let buttons = message.blocks.len() - 1;
        message.blocks.splice(buttons..buttons, more);
        message
    }

    /// Published; the introductions are on their way.
    #[must_use]
    pub fn published(&self, pairs: usize, left: usize) -> Message {
        let args = [("pairs", Arg::Number(pairs as i64)), ("left", Arg::Number(left as i64))];
        let button = self.button("button-pairs", &Deed::Do(CommandId::PairsList), Style::Plain);
        self.say("publish-done", &args).with(Block::Controls(vec![button]))
    }

    /// How far the opening of the pairs' places has come; at the end what was done and what failed.
    #[must_use]
    pub fn publish_progress(&self, progress: &PublishProgress) -> Message {
        let PublishProgress { pairs, open, failed, minutes, ended } = *progress;
        let args = [
            ("pairs", Arg::Number(pairs as i64)),
            ("done", Arg::Number(pairs.saturating_sub(open + failed) as i64)),
            ("open", Arg::Number(open as i64)),
            ("failed", Arg::Number(failed as i64)),
            ("minutes", Arg::Number(minutes as i64)),
        ];
        let key = if ended { "progress-end" } else { "progress" };
        let message = self.say(key, &args);
        if failed == 0 { message } else { message.with(self.paragraph("progress-failed", &args)) }
    }
}
