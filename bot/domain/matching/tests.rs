//! The matching against the plainest method there is, and the stories behind its reasons.
