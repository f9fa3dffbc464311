//! The few words that belong to Slack's modals rather than to the program: the label of the button that
//! closes one, and what stands there while an answer is on its way.

/// Words around a modal, in one language.
pub struct Wording {
    /// Title where nothing better is known.
    pub title: &'static str,
    /// Closes a form without sending it.
    pub cancel: &'static str,
    /// Closes a result.
    pub close: &'static str,
    /// Stands in a modal while the answer takes long.
    pub moment: &'static str,
    /// Stands in a modal whose form was taken without further words.
    pub done: &'static str,
}

const ENGLISH: Wording = Wording {
    title: "Mentorship",
    cancel: "Cancel",
    close: "Done",
    moment: "One moment: your answer is being saved. This window will tell you when it is done. If you close it, the answer comes as a message.",
    done: "Thank you, that is done. You can close this window.",
};

const SPANISH: Wording = Wording {
    title: "Mentoría",
    cancel: "Cancelar",
    close: "Listo",
    moment: "Un momento: estamos guardando tu respuesta. Esta ventana te avisará cuando termine. Si la cierras, la respuesta llegará como mensaje.",
    done: "Gracias, ya está. Puedes cerrar esta ventana.",
};

/// The words for a person's locale: Spanish where the client speaks it, else English.
pub fn wording(locale: Option<&str>) -> &'static Wording {
    if locale.is_some_and(|locale| locale.to_ascii_lowercase().starts_with("es")) { &SPANISH } else { &ENGLISH }
}
