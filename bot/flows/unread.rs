//! What could not be said to a person directly, shown when they come by, to them alone. A message is read when the platform
//! has taken the answer that shows it; as long as that is not sure it waits on, and is shown again. It does not try to send
//! anything again.

use plsep_domain::OutboxId;

use super::{Flows, Session, Trouble};
use crate::chat::message::Control;
use crate::chat::{Block, Limits, Message};
use crate::store::StoreError;
use crate::words::UnreadPage;

/// Characters of a page that the words around the messages take.
const AROUND: usize = 700;

/// The next page of what waits, if anything does. Whoever comes again reads on from there.
pub(super) async fn next_page(session: &mut Session<'_>) -> Result<Option<Message>, Trouble> {
    let waiting = session.tx.unread(session.person.id).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let limits = session.limits();
    let fits = count_that_fit(waiting.iter().map(|unread| &unread.message), &limits);
    let more = waiting.len() - fits;
    let mut messages = Vec::new();
    for unread in waiting.into_iter().take(fits) {
        session.shows.push(unread.id);
        messages.push((unread.message, unread.at));
    }
    Ok(Some(session.voice().unread(UnreadPage { messages, more, files: limits.private_files })))
}

/// These have been shown.
pub(super) async fn have_been_shown(flows: &Flows, messages: &[OutboxId]) -> Result<(), StoreError> {
    let mut tx = flows.store.write().await?;
    for message in messages {
        tx.set_read(*message, flows.clock.now()).await?;
    }
    tx.commit().await
}

/// How many messages stand on one page, at least one. One with something to press stands alone: what answers the press
/// takes the place of the whole page.
fn count_that_fit<'m>(messages: impl Iterator<Item = &'m Message>, limits: &Limits) -> usize {
    let (mut count, mut left) = (0, limits.message_text.saturating_sub(AROUND));
    for message in messages {
        let length = length(message);
        let pressed = message.controls().next().is_some();
        if count > 0 && (pressed || length > left) {
            break;
        }
        count += 1;
        left = left.saturating_sub(length);
        if pressed {
            break;
        }
    }
    count
}

fn length(message: &Message) -> usize {
    let texts = message.blocks.iter().map(|block| match block {
        Block::Heading(text) | Block::Paragraph(text) | Block::Quote(text) | Block::Fine(text) => text.words().len(),
        Block::Bullets(lines) => lines.iter().map(|line| line.words().len() + 3).sum(),
        Block::Fields(rows) => rows.iter().map(|(label, value)| label.words().len() + value.words().len() + 5).sum(),
        Block::Controls(controls) => controls
            .iter()
            .map(|control| match control {
                Control::Button { label, .. } | Control::Menu { label, .. } => label.len(),
            })
            .sum(),
    });
    texts.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::Text;
    use crate::chat::message::{ActionId, Style};

    fn words(length: usize) -> Message {
        Message::paragraph(Text::plain("x".repeat(length)))
    }

    fn asks() -> Message {
        let (label, action) = ("Sign".to_owned(), ActionId::new("sign", &[]));
        words(10).with(Block::Controls(vec![Control::Button { label, action, style: Style::Plain }]))
    }

    #[test]
    fn a_page_holds_what_fits_and_at_least_one() {
        for (messages, expected) in [
            (vec![words(5_000), words(10)], 1),
            (vec![words(1_000), words(1_000), words(1_000), words(1_000)], 3),
            (vec![asks(), words(10)], 1),
            (vec![words(10), words(10), asks()], 2),
            (vec![words(10)], 1),
        ] {
            assert_eq!(count_that_fit(messages.iter(), &crate::discord::LIMITS), expected);
        }
    }
}
