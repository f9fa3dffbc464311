//! What coordinators read of a matching: a proposal with its reasons, what was decided about pairs, what stands against
//! a better mentor, and what a change would cost or gain.

use plsep_domain::matching::{Fit, Level, Levels, Reason, Ruling, WhyUnmatched};
use plsep_domain::program::Weights;
use plsep_domain::{Meaning, Program};

use super::reasons::why_key;
use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, Control, Message, Style, Text, UserRef};

/// How many entries of a proposal one page holds; each may take several lines of a screen.
const PAGE: usize = 10;
/// How many people a sentence names before it counts the rest.
const NAMED: usize = 6;

/// One proposed pair.
pub struct ProposalView {
    /// The mentee.
    pub mentee: UserRef,
    /// The mentor.
    pub mentor: UserRef,
    /// 0 to 100.
    pub score: i64,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The mentor's place among those who could take the mentee, and how many those are; if it is known.
    pub choice: Option<(u32, u32)>,
}

/// More mentees than places.
pub struct ContestView {
    /// Mentees who can go nowhere else.
    pub mentees: Vec<UserRef>,
    /// The mentors.
    pub mentors: Vec<UserRef>,
    /// Places these mentors have together.
    pub places: u64,
}

/// Somebody who is in no pair.
pub struct Left {
    /// Who.
    pub user: UserRef,
    /// Why.
    pub why: WhyUnmatched,
    /// What they lost, where it was contested.
    pub contest: Option<ContestView>,
}

/// What was decided about a pair.
pub struct RuledView {
    /// The mentee.
    pub mentee: UserRef,
    /// The mentor.
    pub mentor: UserRef,
    /// What.
    pub ruling: Ruling,
}

/// A proposal, of which one page is shown.
pub struct ProposalPage {
    /// Its pairs.
    pub pairs: Vec<ProposalView>,
    /// Who is left.
    pub left: Vec<Left>,
    /// What was decided about pairs beforehand.
    pub ruled: Vec<RuledView>,
    /// Published pairs that would part: the mentee, their mentor, and the one they would get.
    pub parted: Vec<(UserRef, UserRef, Option<UserRef>)>,
    /// Whether it is published.
    pub published: bool,
    /// Which page, counted from 0.
    pub page: u16,
}

/// A mentor who would have been better for a mentee.
pub struct BetterView {
    /// Who.
    pub mentor: UserRef,
    /// The score the pair would have had.
    pub score: u32,
    /// Who has the mentor's places.
    pub held_by: Vec<UserRef>,
    /// What the pair would cost all; none where a decision of the coordinators stands against it.
    pub stake: Option<(Level, u64)>,
}

/// What a proposal says about one person.
pub enum Considered {
    /// A mentee with a mentor.
    Mentee {
        /// The pair.
        pair: ProposalView,
        /// Its score by part.
        fit: Fit,
        /// Who would have been better.
        better: Vec<BetterView>,
    },
    /// A mentor with mentees.
    Mentor {
        /// Who.
        user: UserRef,
        /// Their pairs.
        pairs: Vec<ProposalView>,
    },
    /// Somebody in no pair.
    Left(Left),
}

/// A change that is weighed.
pub enum Question {
    /// The pair is made, whatever else is proposed.
    Pin {
        /// The mentee.
        mentee: UserRef,
        /// The mentor.
        mentor: UserRef,
    },
    /// The pair is not made.
    Forbid {
        /// The mentee.
        mentee: UserRef,
        /// The mentor.
        mentor: UserRef,
    },
    /// Two mentees exchange their mentors.
    Swap {
        /// One mentee, and the mentor they would get.
        one: (UserRef, UserRef),
        /// The other.
        other: (UserRef, UserRef),
    },
    /// A mentor takes one more.
    OneMore {
        /// The mentor.
        mentor: UserRef,
    },
}

/// What a change would do.
pub struct Weighed {
    /// What all pairs are worth now.
    pub before: Levels,
    /// What they would be worth.
    pub after: Levels,
    /// Scores below this are poor.
    pub weak: u8,
    /// Mentees who would move: who, from whom, to whom.
    pub moves: Vec<(UserRef, Option<UserRef>, Option<UserRef>)>,
}

impl Voice<'_> {
    /// A page of a proposal with its reasons, who is left without a match, and what was decided beforehand.
    #[must_use]
    pub fn proposal(&self, program: &Program, proposal: &ProposalPage) -> Message {
        let ProposalPage { pairs, left, ruled, parted, published, page } = proposal;
        let lines = pairs.iter().map(|pair| (Part::Pairs, self.proposed(program, pair)));
        let lines = lines
            .chain(parted.iter().map(|(mentee, from, to)| (Part::Parted, self.moves(mentee, Some(from), to.as_ref()))));
        let lines = lines.chain(left.iter().map(|left| (Part::Left, self.left(program, left))));
        let lines: Vec<_> = lines.chain(ruled.iter().map(|ruled| (Part::Ruled, self.ruled(ruled)))).collect();
        let pages = lines.len().div_ceil(PAGE).max(1);
        let page = usize::from(*page).min(pages - 1);
        let counts = [pairs.len(), parted.len(), left.len(), ruled.len()];
        let mut message = Message::default();
        if pairs.is_empty() {
            message = message.with(self.heading(Part::Pairs.heading(), &[("count", Arg::Number(0))]));
        }
        let shown: Vec<_> = lines.into_iter().skip(page * PAGE).take(PAGE).collect();
        for (part, count) in [Part::Pairs, Part::Parted, Part::Left, Part::Ruled].into_iter().zip(counts) {
            let lines: Vec<Text> = shown.iter().filter(|line| line.0 == part).map(|line| line.1.clone()).collect();
            if !lines.is_empty() {
                message = message
                    .with(self.heading(part.heading(), &[("count", Arg::Number(count as i64))]))
                    .with(Block::Bullets(lines));
            }
        }
        let mut controls = Vec::new();
        if *published {
            controls.push(self.button("button-pairs", &Deed::Do(CommandId::PairsList), Style::Primary));
        } else if !pairs.is_empty() || !parted.is_empty() {
            controls.push(self.button("button-publish", &Deed::Do(CommandId::MatchPublish), Style::Primary));
        }
        controls.push(self.button("button-propose-again", &Deed::Do(CommandId::MatchPropose), Style::Plain));
        if pages > 1 {
            let args = [("page", Arg::Number(page as i64 + 1)), ("pages", Arg::Number(pages as i64))];
            message = message.with(self.fine("proposal-page", &args));
            controls.extend(self.turn("button-next-page", page + 1, pages));
            controls.extend(page.checked_sub(1).and_then(|back| self.turn("button-previous-page", back, pages)));
        }
        let note = match (published, pairs.is_empty()) {
            (true, _) => "proposal-published",
            (false, true) => "proposal-empty",
            (false, false) => "proposal-note",
        };
        message.with(self.fine(note, &[])).with(Block::Controls(controls))
    }

    fn turn(&self, key: &str, to: usize, pages: usize) -> Option<Control> {
        let to = u16::try_from(to).ok().filter(|to| usize::from(*to) < pages)?;
        Some(self.button(key, &Deed::ShowProposal(to), Style::Plain))
    }

    /// What a proposal says about one person, and what stood against what would have been better for them.
    #[must_use]
    pub fn considered(&self, program: &Program, considered: &Considered) -> Message {
        let show = self.button("button-proposal", &Deed::Do(CommandId::MatchShow), Style::Plain);
        let message = match considered {
            Considered::Mentee { pair, fit, better } => {
                let message = Message::paragraph(self.proposed(program, pair))
                    .with(self.paragraph("why-fit", &[]))
                    .with(Block::Bullets(self.parts(fit, &program.matching.weights)));
                if better.is_empty() {
                    message.with(self.paragraph("why-best", &[("mentee", Arg::Person(pair.mentee.clone()))]))
                } else {
                    let lines = better.iter().map(|better| self.better(better)).collect();
                    message
                        .with(self.paragraph("why-better", &[("mentee", Arg::Person(pair.mentee.clone()))]))
                        .with(Block::Bullets(lines))
                }
            }
            Considered::Mentor { user, pairs } => {
                let args = [("mentor", Arg::Person(user.clone())), ("count", Arg::Number(pairs.len() as i64))];
                let lines = pairs.iter().map(|pair| self.proposed(program, pair)).collect();
                Message::default().with(self.paragraph("why-mentor", &args)).with(Block::Bullets(lines))
            }
            Considered::Left(left) => Message::paragraph(self.left(program, left)),
        };
        message.with(Block::Controls(vec![show]))
    }

    /// Asks before a change is made, with what it would cost or gain. Without `confirm` it only tells.
    #[must_use]
    pub fn weighed(&self, question: &Question, weighed: &Weighed, confirm: Option<&Deed>) -> Message {
        let person = |name: &'static str, user: &UserRef| (name, Arg::Person(user.clone()));
        let (key, button, args) = match question {
            Question::Pin { mentee, mentor } => {
                ("pin-question", "button-pin", vec![person("mentee", mentee), person("mentor", mentor)])
            }
            Question::Forbid { mentee, mentor } => {
                ("forbid-question", "button-forbid", vec![person("mentee", mentee), person("mentor", mentor)])
            }
            Question::Swap { one, other } => {
                let args = vec![
                    person("one", &one.0),
                    person("one_gets", &one.1),
                    person("other", &other.0),
                    person("other_gets", &other.1),
                ];
                ("swap-question", "button-swap", args)
            }
            Question::OneMore { mentor } => ("one-more-question", "button-one-more", vec![person("mentor", mentor)]),
        };
        let mut message = self.say(key, &args).with(Block::Bullets(self.effects(weighed)));
        let not_now = self.button("button-not-now", &Deed::Do(CommandId::MatchShow), Style::Plain);
        let controls = match confirm {
            Some(deed) => vec![self.button(button, deed, Style::Primary), not_now],
            None => {
                message = message.with(self.fine("one-more-full", &[]));
                vec![self.button("button-proposal", &Deed::Do(CommandId::MatchShow), Style::Plain)]
            }
        };
        message.with(self.fine("weigh-note", &[])).with(Block::Controls(controls))
    }

    /// What a change would do, a line for each thing.
    fn effects(&self, weighed: &Weighed) -> Vec<Text> {
        let Weighed { before, after, weak, moves } = weighed;
        let change = |key: &str, before: u64, after: u64| {
            let number = |number: u64| Arg::Number(i64::try_from(number).unwrap_or(i64::MAX));
            let same = Arg::Key(if before == after { "same" } else { "other" });
            let weak = Arg::Number(i64::from(*weak));
            self.text(key, &[("change", same), ("before", number(before)), ("after", number(after)), ("weak", weak)])
        };
        let mut lines = vec![change("weigh-coverage", before.coverage, after.coverage)];
        if before.shortfall_sq + after.shortfall_sq > 0 {
            lines.push(change("weigh-shortfall", before.shortfall_sq, after.shortfall_sq));
        }
        lines.push(change("weigh-sum", before.sum, after.sum));
        let moved = moves.iter().take(PAGE);
        lines.extend(moved.map(|(mentee, from, to)| self.moves(mentee, from.as_ref(), to.as_ref())));
        match moves.len() {
            0 => lines.push(self.text("weigh-nobody-moves", &[])),
            many if many > PAGE => {
                lines.push(self.text("list-more", &[("count", Arg::Number((many - PAGE) as i64))]));
            }
            _ => {}
        }
        lines
    }

    /// A mentee would move.
    fn moves(&self, mentee: &UserRef, from: Option<&UserRef>, to: Option<&UserRef>) -> Text {
        let mut args = vec![("mentee", Arg::Person(mentee.clone()))];
        args.extend(from.map(|from| ("from", Arg::Person(from.clone()))));
        args.extend(to.map(|to| ("to", Arg::Person(to.clone()))));
        let key = match (from, to) {
            (Some(_), Some(_)) => "weigh-move",
            (None, Some(_)) => "weigh-gain",
            (Some(_), None) => "weigh-loss",
            (None, None) => "weigh-none",
        };
        self.text(key, &args)
    }

    /// Asks a mentor whether they can take one more.
    #[must_use]
    pub fn ask_one_more(&self, waiting: usize, capacity: u32) -> Message {
        let args = [("waiting", Arg::Number(waiting as i64)), ("capacity", Arg::Number(i64::from(capacity)))];
        self.say("one-more-ask", &args).with(Block::Controls(vec![
            self.button("button-one-more-yes", &Deed::OneMore { capacity, yes: true }, Style::Primary),
            self.button("button-one-more-no", &Deed::OneMore { capacity, yes: false }, Style::Plain),
        ]))
    }

    /// A mentor was asked.
    #[must_use]
    pub fn one_more_asked(&self, mentor: &UserRef) -> Message {
        self.say("one-more-asked", &[("mentor", Arg::Person(mentor.clone()))])
    }

    /// Thanks a mentor for their word.
    #[must_use]
    pub fn one_more_thanks(&self, yes: bool, capacity: u32) -> Message {
        let key = if yes { "one-more-thanks" } else { "one-more-fine" };
        self.say(key, &[("capacity", Arg::Number(i64::from(capacity)))])
    }

    /// Tells the office what a mentor said.
    #[must_use]
    pub fn one_more_notice(&self, mentor: &UserRef, yes: bool) -> Message {
        let key = if yes { "notice-one-more-yes" } else { "notice-one-more-no" };
        let message = self.say(key, &[("mentor", Arg::Person(mentor.clone()))]);
        if !yes {
            return message;
        }
        message.with(Block::Controls(vec![self.button(
            "button-propose-again",
            &Deed::Do(CommandId::MatchPropose),
            Style::Primary,
        )]))
    }

    fn proposed(&self, program: &Program, pair: &ProposalView) -> Text {
        let why = self.reasons(program, &pair.reasons).join("; ");
        let (rank, of) = pair.choice.unwrap_or_default();
        let args = [
            ("mentee", Arg::Person(pair.mentee.clone())),
            ("mentor", Arg::Person(pair.mentor.clone())),
            ("score", Arg::Number(pair.score)),
            ("rank", Arg::Number(i64::from(rank))),
            ("of", Arg::Number(i64::from(of))),
            ("why", Arg::Words(why)),
        ];
        self.text("proposal-line", &args)
    }

    fn left(&self, program: &Program, left: &Left) -> Text {
        let key = format!("office-{}", why_key(&left.why));
        let number = |number: u32| Arg::Number(i64::from(number));
        let why = match &left.why {
            WhyUnmatched::NoEligibleMentor { by_rule } if by_rule.is_empty() => {
                self.text("office-unmatched-nobody-offers", &[])
            }
            WhyUnmatched::NoEligibleMentee { by_rule } if by_rule.is_empty() => {
                self.text("office-unmatched-nobody-seeks", &[])
            }
            WhyUnmatched::NoEligibleMentor { by_rule } | WhyUnmatched::NoEligibleMentee { by_rule } => {
                let counts = by_rule.iter().map(|(rule, count)| {
                    self.line("ruled-out", &[("rule", Arg::Key(rule.key())), ("count", number(*count))])
                });
                self.text(&key, &[("rules", Arg::Words(counts.collect::<Vec<_>>().join(", ")))])
            }
            WhyUnmatched::Contested { eligible, topics_nobody_offers, .. } => {
                let mut text = self.text(&key, &[("eligible", number(*eligible))]);
                if let Some(ContestView { mentees, mentors, places }) = &left.contest {
                    let args = [
                        ("mentees", Arg::Text(self.people(mentees))),
                        ("mentors", Arg::Text(self.people(mentors))),
                        ("count", Arg::Number(mentees.len() as i64)),
                        ("places", Arg::Number(i64::try_from(*places).unwrap_or(i64::MAX))),
                    ];
                    text.0.extend(self.text("office-contest", &args).0);
                }
                if !topics_nobody_offers.is_empty() {
                    let topics: Vec<String> = topics_nobody_offers.iter().cloned().collect();
                    let topics = self.options_named(program, Meaning::SpecialisationsOffered, &topics);
                    text.0.extend(self.text("office-not-offered", &[("topics", Arg::Words(topics))]).0);
                }
                text
            }
            WhyUnmatched::NoMenteeLeft { eligible } => self.text(&key, &[("eligible", number(*eligible))]),
            WhyUnmatched::NoPlace => self.text(&key, &[]),
        };
        self.text("proposal-left", &[("person", Arg::Person(left.user.clone())), ("why", Arg::Text(why))])
    }

    fn ruled(&self, ruled: &RuledView) -> Text {
        let key = match ruled.ruling {
            Ruling::Pinned => "ruled-pinned",
            Ruling::Forbidden => "ruled-forbidden",
        };
        self.text(key, &[("mentee", Arg::Person(ruled.mentee.clone())), ("mentor", Arg::Person(ruled.mentor.clone()))])
    }

    fn better(&self, better: &BetterView) -> Text {
        let (level, amount) = better.stake.map_or(("decided", 0), |(level, amount)| (level_key(level), amount));
        let stake = self.text(
            "why-stake",
            &[("level", Arg::Key(level)), ("amount", Arg::Number(i64::try_from(amount).unwrap_or(i64::MAX)))],
        );
        let args = [
            ("mentor", Arg::Person(better.mentor.clone())),
            ("score", Arg::Number(i64::from(better.score))),
            ("count", Arg::Number(better.held_by.len() as i64)),
            ("people", Arg::Text(self.people(&better.held_by))),
            ("stake", Arg::Text(stake)),
        ];
        self.text("why-better-line", &args)
    }

    /// The score by part, greatest weight first.
    fn parts(&self, fit: &Fit, weights: &Weights) -> Vec<Text> {
        let Fit { specialisations, times, formats, languages, position, years, career, goals, sought, wish } = *fit;
        let mut parts = [
            ("specialisations", specialisations, weights.specialisations),
            ("times", times, weights.times),
            ("formats", formats, weights.formats),
            ("languages", languages, weights.languages),
            ("position", position, weights.position),
            ("years", years, weights.years),
            ("career", career, weights.career),
            ("goals", goals, weights.goals),
            ("sought", sought, weights.sought),
            ("wish", wish, weights.wish),
        ];
        parts.sort_by_key(|(_, _, weight)| std::cmp::Reverse(*weight));
        let counted = parts.into_iter().filter(|(_, _, weight)| *weight > 0);
        let line = |(part, points, weight): (&'static str, u32, u32)| {
            let args = [
                ("part", Arg::Key(part)),
                ("points", Arg::Number(i64::from(points))),
                ("weight", Arg::Number(i64::from(weight))),
            ];
            self.text("why-part", &args)
        };
        counted.map(line).collect()
    }

    /// People by mention, one after the other; of many the first, and how many more.
    fn people(&self, users: &[UserRef]) -> Text {
        let mut text = Text::default();
        for (place, user) in users.iter().take(NAMED).enumerate() {
            let key = if place == 0 { "people-first" } else { "people-next" };
            text.0.extend(self.text(key, &[("person", Arg::Person(user.clone()))]).0);
        }
        if users.len() > NAMED {
            text.0.extend(self.text("people-more", &[("count", Arg::Number((users.len() - NAMED) as i64))]).0);
        }
        text
    }
}

/// What an entry of a proposal is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Pairs,
    Parted,
    Left,
    Ruled,
}

impl Part {
    const fn heading(self) -> &'static str {
        match self {
            Self::Pairs => "proposal-heading",
            Self::Parted => "proposal-parted-heading",
            Self::Left => "proposal-left-heading",
            Self::Ruled => "ruled-heading",
        }
    }
}

/// Under which name sentences know a level.
const fn level_key(level: Level) -> &'static str {
    match level {
        Level::Coverage => "coverage",
        Level::Kept => "kept",
        Level::Returning => "returning",
        Level::Shortfall => "shortfall",
        Level::Sum => "sum",
        Level::Lot => "lot",
    }
}
