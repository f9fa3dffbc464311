//! What any chat can do, in neutral terms: events that come in, replies and messages that go out, forms,
//! the command tree and the port an adapter implements. Knows no vendor and nothing of the program's
//! rules or storage.

pub mod answer;
pub mod command;
pub mod event;
pub mod flood;
pub mod form;
pub mod handed;
pub mod limits;
pub mod message;
pub mod port;
pub mod suggest;

pub use answer::{Answered, InFlight, answer};
pub use command::{CommandId, Invocation, Mentioned, Who};
pub use event::{Actor, ChannelRef, CommunityRef, Event, Group, GroupRef, MessageRef, UserRef, What};
pub use flood::{Admitted, Bounds, Flood, Pass};
pub use form::{Field, FieldKind, Form};
pub use handed::{Fetch, HANDED_MAX_BYTES, Handed, Handing};
pub use limits::{Capacity, Limits};
pub use message::{ActionId, Block, Choice, Control, File, Message, Span, Style, Text, WhenStyle};
pub use port::{
    Attempt, Chat, ChatError, CommandWords, ConnectError, Connection, Handler, Impossible, Kept, Post, Receiver,
    Recipient, Reply, Room, Scope,
};
pub use suggest::{Asking, SUGGESTIONS_MAX, Suggestion};
