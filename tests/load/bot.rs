//! The program under load: a process of its own, and what the system says of it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

/// A running bot. Killed when dropped.
pub struct Bot {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    reads: Option<JoinHandle<()>>,
}

/// What the program itself counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub turns: u64,
    pub commits: u64,
    pub statements: u64,
}

impl Bot {
    pub fn start(environment: &[(&str, String)]) -> Result<Self, String> {
        let mut child = Command::new(program())
            .arg("serve")
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the bot does not start: {error}"))?;
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, stderr) = (Arc::clone(&log), child.stderr.take().expect("it is piped"));
        let reads = std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                lines.lock().expect("nobody panics with the log").push(line);
            }
        });
        Ok(Self { child, log, reads: Some(reads) })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Fails with its last words if the bot has ended.
    pub fn lives(&mut self) -> Result<(), String> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            _ => Err(format!("the bot ended:\n{}", self.last_words())),
        }
    }

    pub fn last_words(&self) -> String {
        let log = self.log.lock().expect("nobody panics with the log");
        log[log.len().saturating_sub(10)..].join("\n")
    }

    /// How many warnings and errors it logged, and the first.
    pub fn complaints(&self) -> (usize, Option<String>) {
        let log = self.log.lock().expect("nobody panics with the log");
        let mut complaints = log.iter().filter(|line| line.contains("WARN") || line.contains("ERROR"));
        let first = complaints.next().cloned();
        (first.iter().count() + complaints.count(), first)
    }

    /// Asks it to stop, as a service manager would, and reads what it counted.
    pub fn stop(mut self) -> Result<Counted, String> {
        let asked = Command::new("kill").arg(self.id().to_string()).status();
        asked.map_err(|error| format!("the bot cannot be stopped: {error}"))?;
        self.child.wait().map_err(|error| error.to_string())?;
        if let Some(reads) = self.reads.take() {
            reads.join().map_err(|_| "the log could not be read".to_owned())?;
        }
        let log = self.log.lock().expect("nobody panics with the log");
        let line = log.iter().rev().find(|line| line.contains("what the database did")).ok_or("it counted nothing")?;
        let plain: String = without_colours(line);
        let count = |name: &str| {
            let rest = plain.split_once(&format!("{name}="))?.1;
            rest.split(|sign: char| !sign.is_ascii_digit()).next()?.parse().ok()
        };
        let counted =
            || Some(Counted { turns: count("turns")?, commits: count("commits")?, statements: count("statements")? });
        counted().ok_or_else(|| format!("it counted in a way unknown here: {plain}"))
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // One that has ended needs no killing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program as Cargo built it for this run, or the one named in `PLSEP_LOAD_BOT`.
fn program() -> PathBuf {
    std::env::var_os("PLSEP_LOAD_BOT").map_or_else(|| env!("CARGO_BIN_EXE_plsep-bot").into(), PathBuf::from)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut signs = line.chars();
    while let Some(sign) = signs.next() {
        if sign == '\u{1b}' {
            signs.by_ref().find(|sign| sign.is_ascii_alphabetic());
        } else {
            plain.push(sign);
        }
    }
    plain
}

/// Resident memory of a process in KiB: now, and at most so far.
pub fn memory_kib(process: u32) -> Option<(u64, u64)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = |name: &str| -> Option<u64> {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    Some((value("VmRSS:")?, value("VmHWM:")?))
}

/// Processor time of a process so far, in milliseconds.
pub fn processor_ms(process: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    // Linux counts in hundredths of a second here, on every machine.
    Some((user + system) * 10)
}

/// Processor time of the whole machine that was spent on anything, in milliseconds.
pub fn machine_ms() -> Option<u64> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    let fields: Vec<u64> =
        stat.lines().next()?.split_whitespace().skip(1).map_while(|field| field.parse().ok()).collect();
    let idle = fields.get(3)? + fields.get(4)?;
    Some((fields.iter().take(8).sum::<u64>() - idle) * 10)
}
