//! Tells whoever measures which interactions the person has now seen an answer to, at that moment.

use tokio::sync::mpsc;

/// Where that is told; nowhere unless somebody asked.
#[derive(Default)]
pub struct Answers(Option<mpsc::UnboundedSender<String>>);

impl Answers {
    /// From now on ids of interactions arrive here as soon as their answer can be seen; some twice, when an answer
    /// changes. Whoever asked before hears no more.
    pub fn listen(&mut self) -> mpsc::UnboundedReceiver<String> {
        let (told, hears) = mpsc::unbounded_channel();
        self.0 = Some(told);
        hears
    }

    /// The person sees the answer to this interaction.
    pub fn shown(&self, interaction: impl ToString) {
        if let Some(told) = &self.0 {
            // Nobody has to listen to the end.
            let _ = told.send(interaction.to_string());
        }
    }
}
