//! What the program is.

use super::{Session, Trouble};
use crate::chat::Reply;

pub(super) fn about(session: &Session<'_>) -> Result<Reply, Trouble> {
    let season = session.season()?;
    Ok(Reply::Private(session.voice().about(&season.program, session.phase(&season.program))))
}
