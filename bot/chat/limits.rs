//! What a chat can show at once. An adapter states it; flows and words ask here instead of knowing vendors.

/// Sizes of one chat platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most fields in one form.
    pub form_fields: usize,
    /// Forms may hold menus. Where not, a flow shows choices as menus of a message and texts as a form.
    pub form_menus: bool,
    /// Forms have a picker for a date with its time of day. Where not, such a field takes words.
    pub form_moments: bool,
    /// Forms may ask for a file. Where not, a command takes one.
    pub form_files: bool,
    /// Longest form title, in characters.
    pub form_title: usize,
    /// Longest label of a form's field, in characters.
    pub field_label: usize,
    /// Longest text one field takes, in characters.
    pub field_text: usize,
    /// Most rows of controls in a message (a menu takes a row, up to five buttons share one).
    pub control_rows: usize,
    /// Most options in a menu.
    pub menu_options: usize,
    /// Longest label of an option, in characters.
    pub option_label: usize,
    /// Longest label of a button, in characters.
    pub button_label: usize,
    /// Most characters of text in one message; an adapter splits or shortens what is longer.
    pub message_text: usize,
    /// A message that only one person sees may carry files. Where not, a flow sends what has files directly.
    pub private_files: bool,
    /// About how many private places can be opened in a minute, at the platform's own pace.
    pub rooms_per_minute: usize,
}

impl Limits {
    /// About how many minutes it takes to open so many private places; at least one.
    #[must_use]
    pub fn minutes_to_open(&self, rooms: usize) -> usize {
        rooms.div_ceil(self.rooms_per_minute.max(1)).max(1)
    }
}

/// What a community has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// About how many more private places of the usual kind.
    pub rooms: usize,
    /// Whether places of a second kind, as private as the first, take over when there is room for no more.
    pub beyond: bool,
}
