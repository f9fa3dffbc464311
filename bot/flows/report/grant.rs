//! The season's figures on paper, for a grant report: numbers only, and nobody's name.

use plsep_domain::figures::Figures;
use plsep_domain::permission::Coordinator;

use super::facts::Known;
use super::later;
use super::overview::panel;
use crate::chat::{File, Reply};
use crate::flows::session::Session;
use crate::flows::{Fault, Trouble};
use crate::reports::{self, SummaryWords};

pub(in crate::flows) async fn grant(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let known = Known::read(&mut session.tx, season, session.now).await?;
    let program = &known.season.program;
    let figures = Figures::of(&known.facts());
    let voice = session.voice();
    let words = SummaryWords {
        lang: voice.lang().code(),
        title: program.name.get(voice.lang()).to_owned(),
        about: voice.summary_about(program, &figures),
        panels: voice.overview_panels(&figures).into_iter().map(panel).collect(),
        heading: voice.summary_heading(),
        facts: voice.figures_in_words(&figures),
    };
    let message = voice.summary_note(&figures, program);
    let alt = Some(voice.overview_alt(program, &figures));
    let name = format!("{}-summary.pdf", program.key);
    Ok(later(session, move || {
        let made = reports::summary(&words);
        let content = made.map_err(|error| Fault::Unmade { what: "a summary", why: format!("{error:?}") })?;
        Ok(message.with_file(File { name, media: "application/pdf".to_owned(), alt, content }))
    }))
}
