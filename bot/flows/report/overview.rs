//! The season at a glance: a picture, and the same numbers in words.

use plsep_domain::figures::Figures;
use plsep_domain::permission::Coordinator;

use super::facts::Known;
use super::later;
use crate::chat::{File, Reply};
use crate::flows::session::Session;
use crate::flows::{Fault, Trouble};
use crate::reports::{self, Bar, Column, Overview, Panel};
use crate::words::PanelWords;

pub(in crate::flows) async fn overview(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let known = Known::read(&mut session.tx, season, session.now).await?;
    let program = &known.season.program;
    let figures = Figures::of(&known.facts());
    let voice = session.voice();
    let message = voice.overview(program, &figures);
    let shown = Overview {
        title: voice.overview_title(program),
        subtitle: voice.report_at(figures.at, program),
        panels: voice.overview_panels(&figures).into_iter().map(panel).collect(),
    };
    let alt = Some(voice.overview_alt(program, &figures));
    Ok(later(session, move || {
        let content = reports::overview(&shown).map_err(Fault::picture)?;
        Ok(message.with_file(File { name: "overview.png".to_owned(), media: "image/png".to_owned(), alt, content }))
    }))
}

pub(super) fn panel(words: PanelWords) -> Panel {
    match words {
        PanelWords::Columns { title, names, columns } => {
            let columns = columns.into_iter();
            let columns = columns.map(|it| Column { label: it.label, note: it.note, values: it.values, said: it.said });
            Panel::Columns { title, names, columns: columns.collect() }
        }
        PanelWords::Bars { title, bars } => {
            let bars = bars.into_iter();
            let bars = bars.map(|it| Bar { label: it.label, value: it.value, of: it.of, said: it.said });
            Panel::Bars { title, bars: bars.collect() }
        }
    }
}
