//! One row of a list of participants: its columns by the headings offices use, and what may be wrong with a cell. It
//! mends what can only be meant in one way, and refuses the rest with what to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::eligibility::RosterEntry;

/// Longest cell, in characters.
pub const CELL_MAX_CHARS: usize = 200;

/// How much of a cell is shown when something is wrong with it.
const FOUND_MAX_CHARS: usize = 60;

/// A column that means something here. Others are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The whole name.
    Name,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The e-mail address.
    Email,
    /// The account in the chat.
    ChatUser,
    /// Where the person works.
    LibrarySystem,
    /// Whether the person takes part.
    Active,
}

impl Column {
    /// A stable name, used to look words up.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Email => "email",
            Self::ChatUser => "chat-user",
            Self::LibrarySystem => "library-system",
            Self::Active => "active",
        }
    }

    /// The column of a heading, in English or Spanish, however it is spaced and accented.
    #[must_use]
    pub fn named(heading: &str, chats: &[&str]) -> Option<Self> {
        let plain = plain(heading);
        if plain.is_empty() || plain.len() > 40 {
            return None;
        }
        if chats.iter().any(|chat| plain.starts_with(&self::plain(chat))) {
            return Some(Self::ChatUser);
        }
        Some(match plain.as_str() {
            "name" | "fullname" | "participant" | "participantname" | "displayname" | "librarian" | "yourname"
            | "nombre" | "nombrecompleto" | "nombreyapellido" | "nombreyapellidos" | "participante" => Self::Name,
            "firstname" | "first" | "givenname" | "primernombre" | "nombres" | "nombredepila" => Self::FirstName,
            "lastname" | "last" | "surname" | "familyname" | "apellido" | "apellidos" => Self::LastName,
            "email"
            | "emails"
            | "emailaddress"
            | "mail"
            | "workemail"
            | "emailwork"
            | "youremail"
            | "correo"
            | "correoelectronico"
            | "direcciondecorreo"
            | "direcciondecorreoelectronico"
            | "emailid" => Self::Email,
            "chatuser" | "chatuserid" | "chatid" | "chat" | "user" | "userid" | "memberid" | "account"
            | "accountid" | "usuario" | "idusuario" | "iddeusuario" | "usuariodechat" | "cuenta" => Self::ChatUser,
            "librarysystem"
            | "library"
            | "system"
            | "libraryname"
            | "organization"
            | "organisation"
            | "institution"
            | "employer"
            | "biblioteca"
            | "sistema"
            | "sistemadebibliotecas"
            | "sistemabibliotecario"
            | "institucion"
            | "organizacion" => Self::LibrarySystem,
            "active" | "isactive" | "status" | "current" | "enrolled" | "activo" | "activa" | "estado" | "estatus"
            | "vigente" | "inscrito" => Self::Active,
            _ => return None,
        })
    }
}

/// A small letter without its accent.
pub(super) const fn bare(sign: char) -> char {
    match sign {
        'á' | 'à' | 'ä' | 'â' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ë' | 'ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' => 'o',
        'ú' | 'ù' | 'ü' | 'û' => 'u',
        'ñ' => 'n',
        other => other,
    }
}

/// Small letters and digits alone, without accents.
fn plain(words: &str) -> String {
    words.chars().flat_map(char::to_lowercase).map(bare).filter(char::is_ascii_alphanumeric).collect()
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It is empty and must not be.
    Missing,
    /// It is no e-mail address.
    NotAnEmail,
    /// It says neither that somebody takes part nor that they do not.
    NeitherYesNorNo,
    /// It is no account's id; a name is none, because people change theirs.
    NotAnAccount,
    /// It is longer than [`CELL_MAX_CHARS`].
    TooLong,
    /// It begins as a formula does.
    Formula,
    /// It holds characters that no keyboard types.
    OddCharacters,
    /// A quotation mark before it was opened and not closed.
    OpenQuote,
    /// An earlier row has the address and says something else.
    SameEmail {
        /// That row.
        line: u32,
    },
    /// An earlier row has the account.
    SameAccount {
        /// That row.
        line: u32,
    },
}

impl Fault {
    /// A stable name, used to look words up.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotAnEmail => "not-an-email",
            Self::NeitherYesNorNo => "neither-yes-nor-no",
            Self::NotAnAccount => "not-an-account",
            Self::TooLong => "too-long",
            Self::Formula => "formula",
            Self::OddCharacters => "odd-characters",
            Self::OpenQuote => "open-quote",
            Self::SameEmail { .. } => "same-email",
            Self::SameAccount { .. } => "same-account",
        }
    }
}

/// What is wrong with a row, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The row, as a spreadsheet numbers it.
    pub line: u32,
    /// The column.
    pub column: Column,
    /// What.
    pub what: Fault,
    /// What stands there, shortened.
    pub found: String,
}

/// What a faulty row says: its faults, and its address as far as it can be read.
type Faulty = (Vec<RowFault>, Option<String>);

/// Reads one row.
pub(super) fn entry(line: u32, cells: &[String], columns: &BTreeMap<Column, usize>) -> Result<RosterEntry, Faulty> {
    let raw = |column: Column| columns.get(&column).and_then(|place| cells.get(*place)).map_or("", |cell| cell.trim());
    let mut faults = Vec::new();
    let mut blame = |column: Column, what: Fault| {
        let found = raw(column).chars().filter(|sign| !sign.is_control()).take(FOUND_MAX_CHARS).collect();
        faults.push(RowFault { line, column, what, found });
    };
    for column in columns.keys() {
        if let Some(what) = unsound(raw(*column), *column) {
            blame(*column, what);
        }
    }
    let whole = [raw(Column::Name), raw(Column::FirstName), raw(Column::LastName)];
    let name = whole.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        let first = [Column::Name, Column::FirstName, Column::LastName].into_iter().find(|it| columns.contains_key(it));
        blame(first.unwrap_or(Column::Name), Fault::Missing);
    }
    let email = address(raw(Column::Email));
    match (&email, raw(Column::Email)) {
        (None, "") => blame(Column::Email, Fault::Missing),
        (None, _) => blame(Column::Email, Fault::NotAnEmail),
        (Some(_), _) => {}
    }
    let chat_user = account(raw(Column::ChatUser));
    if chat_user == Some(None) {
        blame(Column::ChatUser, Fault::NotAnAccount);
    }
    let active = takes_part(raw(Column::Active));
    if active.is_none() {
        blame(Column::Active, Fault::NeitherYesNorNo);
    }
    // Of a cell one thing is told.
    faults.sort_by_key(|fault| fault.column);
    faults.dedup_by_key(|fault| fault.column);
    match (email, active) {
        (Some(email), Some(active)) if faults.is_empty() => Ok(RosterEntry {
            name,
            email,
            chat_user: chat_user.flatten(),
            library_system: raw(Column::LibrarySystem).to_owned(),
            active,
        }),
        (email, _) => Err((faults, email)),
    }
}

/// What is wrong with a cell whatever it stands for.
fn unsound(cell: &str, column: Column) -> Option<Fault> {
    if cell.chars().count() > CELL_MAX_CHARS {
        return Some(if cell.contains('\n') { Fault::OpenQuote } else { Fault::TooLong });
    }
    if cell.chars().any(|sign| sign.is_control() || sign == char::REPLACEMENT_CHARACTER) {
        return Some(Fault::OddCharacters);
    }
    // An account may be written as a mention.
    let formula = cell.starts_with(['=', '+', '-', '@']) && column != Column::ChatUser && cell.len() > 1;
    formula.then_some(Fault::Formula)
}

/// An address, also as programs copy it: `mailto:ada@x.example`, `Ada <ada@x.example>`.
fn address(cell: &str) -> Option<String> {
    let inside = match (cell.rfind('<'), cell.rfind('>')) {
        (Some(open), Some(close)) if open < close => &cell[open + 1..close],
        _ => cell,
    };
    let bare = inside.trim().strip_prefix("mailto:").unwrap_or(inside).trim();
    let (local, host) = bare.split_once('@')?;
    let odd = |sign: char| sign.is_whitespace() || sign.is_control() || ",;<>()\"".contains(sign);
    let sound = !local.is_empty() && host.len() > 2 && host.contains('.') && !host.contains('@');
    let ends = host.starts_with('.') || host.ends_with('.');
    (sound && !ends && !bare.contains(odd)).then(|| bare.to_owned())
}

/// An account's id, also as a mention. `Some(None)` where something else stands there.
fn account(cell: &str) -> Option<Option<String>> {
    if cell.is_empty() {
        return None;
    }
    let bare = cell.trim_start_matches(['<', '@', '!']).trim_end_matches('>');
    let bare = bare.split('|').next().unwrap_or_default();
    // Ids are capitals and digits, or digits alone; what people call themselves is neither.
    let id =
        bare.len() >= 6 && bare.len() <= 40 && bare.bytes().all(|it| it.is_ascii_digit() || it.is_ascii_uppercase());
    Some((id && bare.bytes().any(|it| it.is_ascii_digit())).then(|| bare.to_owned()))
}

/// An empty cell means yes: somebody on a list of participants is one.
fn takes_part(cell: &str) -> Option<bool> {
    match plain(cell).as_str() {
        "" if cell.trim().is_empty() || cell.trim() == "-" => Some(true),
        "yes" | "y" | "true" | "t" | "1" | "x" | "active" | "current" | "enrolled" | "si" | "s" | "verdadero"
        | "activo" | "activa" | "vigente" | "inscrito" | "inscrita" => Some(true),
        "no" | "n" | "false" | "f" | "0" | "inactive" | "former" | "left" | "withdrawn" | "ended" | "falso"
        | "inactivo" | "inactiva" | "retirado" | "retirada" | "baja" => Some(false),
        _ => None,
    }
}
