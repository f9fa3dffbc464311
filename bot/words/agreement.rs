//! The acknowledgement form: read, sign, copy.

use plsep_domain::{Agreement, DateName, Program, Signature, Timing, agreement::NAME_MAX};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, CommandId, Field, FieldKind, Form, Message, Style, Text};

/// Key of the form's only field.
pub(crate) const NAME_FIELD: &str = "typed_name";

impl Voice<'_> {
    /// The text to read, with a button to sign it.
    #[must_use]
    pub fn agreement_to_sign(&self, program: &Program, overdue: bool) -> Message {
        let due = [("at", self.date(&program.calendar, DateName::AgreementsDue))];
        let deed = Deed::Sign(program.agreement.version.clone());
        self.agreement_text(self.agreed(&program.agreement))
            .with(self.paragraph(if overdue { "agreement-how-late" } else { "agreement-how" }, &due))
            .with(Block::Controls(vec![self.button("button-sign", &deed, Style::Primary)]))
    }

    /// The form in which one types one's name.
    #[must_use]
    pub fn agreement_form(&self, agreement: &Agreement) -> Form {
        let action = Deed::Sign(agreement.version.clone()).action();
        Form {
            reopen: action.clone(),
            action,
            title: self.line("agreement-title", &[]),
            intro: Some(self.text("agreement-form-intro", &[])),
            fields: vec![Field {
                key: NAME_FIELD.to_owned(),
                label: self.line("agreement-name-label", &[]),
                hint: self.line("agreement-name-hint", &[]),
                required: true,
                kind: FieldKind::Text { multiline: false, min: 2, max: NAME_MAX },
                value: vec![],
            }],
            controls: vec![],
            submit: self.line("button-sign", &[]),
        }
    }

    /// What the signer keeps: the text, the typed name, when, and the version.
    #[must_use]
    pub fn agreement_copy(&self, agreement: &Agreement, signature: &Signature) -> Message {
        self.under(self.agreement_text(self.agreed(agreement)), signature).with(self.fine("agreement-copy-note", &[]))
    }

    /// A text with the signature under it.
    fn under(&self, text: Message, signature: &Signature) -> Message {
        let Signature { typed_name, at, text_version, timing } = signature;
        let args = [
            ("name", Arg::Strong(typed_name.clone())),
            ("at", self.when(*at)),
            ("version", Arg::Words(text_version.clone())),
        ];
        let signed = text.with(self.paragraph("agreement-signed", &args));
        match timing {
            Timing::OnTime => signed,
            Timing::Late => signed.with(self.fine("agreement-late", &[])),
        }
    }

    /// Thanks for signing.
    #[must_use]
    pub fn agreement_thanks(&self, signature: &Signature) -> Message {
        self.say("agreement-thanks", &[("name", Arg::Words(signature.typed_name.clone()))])
    }

    /// Signed before; nothing to do. Shows what was signed, also when the program's text has changed since. A signature
    /// from before texts were kept shows the program's text if it is of that version.
    #[must_use]
    pub fn agreement_already(&self, program: &Program, signature: &Signature, text: Option<&str>) -> Message {
        let form = &program.agreement;
        let same = form.version == signature.text_version;
        let text = text.or_else(|| same.then(|| self.agreed(form)));
        let message = match text {
            Some(text) => self.agreement_text(text),
            None => Message::default().with(self.heading("agreement-title", &[])),
        };
        let message = self
            .under(message, signature)
            .with(self.paragraph("agreement-already", &[("at", self.when(signature.at))]));
        if same { message } else { message.with(self.fine("agreement-text-changed", &[])) }
    }

    /// Reminds somebody who has not signed.
    #[must_use]
    pub fn agreement_reminder(&self, program: &Program, overdue: bool) -> Message {
        let due = [("at", self.date(&program.calendar, DateName::AgreementsDue))];
        Message::default()
            .with(self.heading("agreement-reminder-heading", &[]))
            .with(self.paragraph(if overdue { "agreement-reminder-late" } else { "agreement-reminder" }, &due))
            .with(Block::Controls(vec![self.button(
                "button-agreement",
                &Deed::Do(CommandId::Agreement),
                Style::Primary,
            )]))
    }

    fn agreed<'a>(&self, agreement: &'a Agreement) -> &'a str {
        agreement.text.get(self.lang).trim()
    }

    fn agreement_text(&self, text: &str) -> Message {
        Message::default().with(self.heading("agreement-title", &[])).with(Block::Quote(Text::plain(text)))
    }
}
