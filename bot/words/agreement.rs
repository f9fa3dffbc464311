//! The acknowledgement form: read, sign, copy.

use plsep_domain::{Agreement, DateName, Program, Signature, Timing, agreement::NAME_MAX};

use super::{Arg, Deed, Voice};
use crate::chat::{Block, Field, FieldKind, Form, Message, Style, Text};

/// Key of the form's only field.
pub(crate) const NAME_FIELD: &str = "typed_name";

impl Voice<'_> {
    /// The text to read, with a button to sign it.
    #[must_use]
    pub fn agreement_to_sign(&self, program: &Program) -> Message {
        let due = [("at", self.date(&program.calendar, DateName::AgreementsDue))];
        let deed = Deed::Sign(program.agreement.version.clone());
        self.agreement_text(&program.agreement)
            .with(self.paragraph("agreement-how", &due))
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
            submit: self.line("button-sign", &[]),
        }
    }

    /// What the signer keeps: the text, the typed name, when, and the version.
    #[must_use]
    pub fn agreement_copy(&self, agreement: &Agreement, signature: &Signature) -> Message {
        let Signature { typed_name, at, text_version, timing } = signature;
        let args = [
            ("name", Arg::Strong(typed_name.clone())),
            ("at", self.when(*at)),
            ("version", Arg::Words(text_version.clone())),
        ];
        let signed = self.agreement_text(agreement).with(self.paragraph("agreement-signed", &args));
        match timing {
            Timing::OnTime => signed,
            Timing::Late => signed.with(self.fine("agreement-late", &[])),
        }
        .with(self.fine("agreement-copy-note", &[]))
    }

    /// Thanks for signing.
    #[must_use]
    pub fn agreement_thanks(&self, signature: &Signature) -> Message {
        self.say("agreement-thanks", &[("name", Arg::Words(signature.typed_name.clone()))])
    }

    /// Signed before; nothing to do.
    #[must_use]
    pub fn agreement_already(&self, signature: &Signature) -> Message {
        self.say("agreement-already", &[("at", self.when(signature.at))])
    }

    fn agreement_text(&self, agreement: &Agreement) -> Message {
        Message::default()
            .with(self.heading("agreement-title", &[]))
            .with(Block::Quote(Text::plain(agreement.text.get(self.lang).trim())))
    }
}
