//! The season as tables: applications, pairs, meetings, check-ins, signatures and closing surveys, as one workbook or as
//! a file for each. What was typed and not sent stays with whoever typed it, and so does where a pair meets.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use plsep_domain::permission::Coordinator;
use plsep_domain::{Answers, ApplicationState, DateName, PairId, PersonId, Question, Refusal, Signature};

use super::facts::Known;
use super::later;
use crate::chat::{File, Invocation, Reply};
use crate::flows::session::Session;
use crate::flows::{Fault, Trouble};
use crate::reports::{self, Cell, Table};
use crate::store::{GivenAnswer, Meeting, Pair, Person, StoreError, Survey, Tx, every_pair};
use crate::words::{ExportFormat, Voice};

/// What the tables are made of besides the figures.
struct Rows {
    meetings: Vec<Meeting>,
    said: Vec<(plsep_domain::Period, plsep_domain::PairId, GivenAnswer)>,
    signatures: Vec<(PersonId, Signature)>,
    surveys: Vec<Survey>,
}

pub(in crate::flows) async fn export(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let format = invocation.choice("format").and_then(ExportFormat::from_key).ok_or(Refusal::Expired)?;
    let known = Known::read(&mut session.tx, season, session.now).await?;
    let rows = Rows::read(&mut session.tx, &known).await?;
    let subject = format!("season:{}", known.season.id);
    session.audit(proof, "report.export", subject, serde_json::json!({ "format": format.key() })).await?;
    let voice = session.voice();
    let zone = known.season.program.calendar.zone();
    let pairs = known.pairs.iter().map(|pair| (pair.id, pair)).collect();
    let applicants = known.applications.iter().map(|(_, person)| (person.id, person)).collect();
    let tables = Tables { voice: &voice, known: &known, pairs, applicants, rows: &rows, zone }.all();
    let counts = [0, 1, 2, 3, 4, 5].map(|place: usize| tables.get(place).map_or(0, |(_, table)| table.rows.len()));
    let (message, alt) = (voice.season_export(format, zone, counts), Some(voice.season_export_alt()));
    let (program, now) = (known.season.program.key.clone(), session.now);
    Ok(later(session, move || match format {
        ExportFormat::Csv => Ok(tables.iter().fold(message, |message, (key, table)| {
            let (name, content) = (format!("{key}.csv"), reports::csv(table));
            message.with_file(File { name, media: "text/csv".to_owned(), alt: alt.clone(), content })
        })),
        ExportFormat::Xlsx => {
            let tables: Vec<Table> = tables.into_iter().map(|(_, table)| table).collect();
            let made = reports::xlsx(&tables, now);
            let content = made.map_err(|error| Fault::Unmade { what: "a workbook", why: error.to_string() })?;
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned();
            Ok(message.with_file(File { name: format!("{program}.xlsx"), media, alt, content }))
        }
    }))
}

impl Rows {
    async fn read(tx: &mut Tx, known: &Known) -> Result<Self, StoreError> {
        let (season, everybody) = (known.season.id, every_pair());
        let calendar = &known.season.program.calendar;
        // Pairs are introduced before the run begins and may meet at once; nothing is noted after the season.
        let span = (calendar.instant(DateName::ApplicationsOpen), calendar.instant(DateName::WrapUpUntil));
        let mut said = Vec::new();
        for period in calendar.periods() {
            let answers = tx.answers_in(season, period, &everybody).await?;
            said.extend(answers.into_iter().map(|(pair, given)| (period, pair, given)));
        }
        Ok(Self {
            meetings: tx.meetings_in(season, span, &everybody).await?,
            said,
            signatures: tx.signatures(season).await?,
            surveys: tx.surveys(season).await?,
        })
    }
}

/// Makes the tables.
struct Tables<'k> {
    voice: &'k Voice<'k>,
    known: &'k Known,
    pairs: HashMap<PairId, &'k Pair>,
    applicants: HashMap<PersonId, &'k Person>,
    rows: &'k Rows,
    zone: Tz,
}

impl Tables<'_> {
    fn all(&self) -> Vec<(&'static str, Table)> {
        vec![
            ("applications", self.applications()),
            ("pairs", self.pairs()),
            ("meetings", self.meetings()),
            ("check-ins", self.check_ins()),
            ("signatures", self.signatures()),
            ("survey", self.survey()),
        ]
    }

    fn table(&self, key: &str, columns: &[&str], questions: &[Question], rows: Vec<Vec<Cell>>) -> Table {
        let head = columns.iter().map(|column| self.voice.column(column, self.zone));
        let head = head.chain(questions.iter().map(|question| self.voice.question_heading(question)));
        Table { name: self.voice.table_name(key), head: head.collect(), rows }
    }

    fn applications(&self) -> Table {
        let questions = &self.known.season.program.questions;
        let sent = self.known.applications.iter().filter(|(application, _)| application.submitted_at.is_some());
        let rows = sent.map(|(application, person)| {
            let mut row = vec![
                Cell::Words(person.name.clone()),
                Cell::Words(person.user.0.clone()),
                person.email.clone().map_or(Cell::Empty, Cell::Words),
                self.word(application.role.key()),
                self.word(application.state.key()),
                application.submitted_at.map_or(Cell::Empty, |at| self.when(at)),
            ];
            // Whoever has taken their application back has taken back what they wrote.
            let kept = application.answers.as_ref().filter(|_| application.state != ApplicationState::Withdrawn);
            row.extend(self.answers(questions, kept));
            row
        });
        self.table("applications", &["name", "account", "email", "role", "state", "sent"], questions, rows.collect())
    }

    fn pairs(&self) -> Table {
        let facts = self.known.facts();
        let rows = self.known.pairs.iter().zip(&facts.pairs).map(|(pair, fact)| {
            let mut row = self.pair(pair);
            row.extend([
                Cell::Words(self.voice.pair_state(&pair.state)),
                fact.published_at.map_or(Cell::Empty, |at| self.when(at)),
                Cell::Words(self.voice.cadence_word(pair.cadence)),
                Cell::count(fact.months.iter().map(|month| month.met.meetings).sum()),
            ]);
            row
        });
        let columns = ["pair", "mentee", "mentor", "state", "published", "cadence", "meetings"];
        self.table("pairs", &columns, &[], rows.collect())
    }

    fn meetings(&self) -> Table {
        let rows = self.rows.meetings.iter().filter_map(|meeting| {
            let mut row = self.pair(self.pairs.get(&meeting.pair)?);
            row.extend([self.when(meeting.starts_at), Cell::Number(meeting.minutes), self.word(meeting.state.key())]);
            Some(row)
        });
        self.table("meetings", &["pair", "mentee", "mentor", "begins", "minutes", "state"], &[], rows.collect())
    }

    fn check_ins(&self) -> Table {
        let rows = self.rows.said.iter().filter_map(|(period, pair, given)| {
            let mut row = vec![Cell::Words(self.voice.month_name(*period))];
            let pair = self.pairs.get(pair)?;
            let role = if given.person == pair.mentor { "mentor" } else { "mentee" };
            row.extend(self.pair(pair));
            row.extend([self.word(role), self.word(given.answer.key()), self.when(given.at)]);
            Some(row)
        });
        self.table("check-ins", &["month", "pair", "mentee", "mentor", "role", "answer", "given"], &[], rows.collect())
    }

    fn signatures(&self) -> Table {
        let rows = self.rows.signatures.iter().map(|(person, signature)| {
            let timing = match signature.timing {
                plsep_domain::Timing::OnTime => "on_time",
                plsep_domain::Timing::Late => "late",
            };
            vec![
                self.name(*person),
                Cell::Words(signature.typed_name.clone()),
                self.when(signature.at),
                Cell::Words(signature.text_version.clone()),
                self.word(timing),
            ]
        });
        self.table("signatures", &["name", "typed", "signed", "version", "timing"], &[], rows.collect())
    }

    fn survey(&self) -> Table {
        let questions = &self.known.season.program.survey;
        let rows = self.rows.surveys.iter().map(|survey| {
            let mut row = vec![self.name(survey.person), survey.given_at.map_or(Cell::Empty, |at| self.when(at))];
            row.extend(self.answers(questions, survey.answers.as_ref()));
            row
        });
        self.table("survey", &["name", "given"], questions, rows.collect())
    }

    fn answers(&self, questions: &[Question], answers: Option<&Answers>) -> Vec<Cell> {
        let cell = |question: &Question| {
            let answer = answers.and_then(|answers| answers.get(&question.key));
            answer.map_or(Cell::Empty, |answer| Cell::Words(self.voice.answer_cell(question, answer)))
        };
        questions.iter().map(cell).collect()
    }

    fn pair(&self, pair: &Pair) -> Vec<Cell> {
        vec![Cell::Number(pair.id.get()), self.name(pair.mentee), self.name(pair.mentor)]
    }

    fn name(&self, person: PersonId) -> Cell {
        let person = self.known.people.get(&person).or_else(|| self.applicants.get(&person).copied());
        person.map_or(Cell::Empty, |person| Cell::Words(person.name.clone()))
    }

    fn word(&self, key: &str) -> Cell {
        Cell::Words(self.voice.word(key))
    }

    fn when(&self, at: DateTime<Utc>) -> Cell {
        let local: NaiveDateTime = at.with_timezone(&self.zone).naive_local();
        Cell::When(local)
    }
}
