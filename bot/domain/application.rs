//! An application: its answers, and the states it passes through.
//!
//! It judges answers and steps; it neither keeps nor shows them. No question has a default answer.

mod answer;
mod state;

pub use answer::{Answer, AnswerFault, Answers, parse_answer};
pub use state::{ApplicationState, ApplicationStep};

#[cfg(test)]
mod tests;
