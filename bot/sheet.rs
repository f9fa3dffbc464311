//! A file of rows and columns as people save it from a spreadsheet: bytes in, cells out. It finds out the encoding and
//! the separator by looking, and never fails on strange bytes: what is no text is told as such.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use plsep_domain::roster::{Cells, ROWS_MAX, Sheet, Unreadable, headings_in};

/// The separators that spreadsheet programs write, depending on the country.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at to find the separator.
const LOOKED_AT: usize = 15;

/// How many bytes are looked at to tell text from anything else.
const SAMPLE_BYTES: usize = 4096;

/// How workbooks begin: zipped ones, and those of old.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// How other files begin that people mix up with a list.
const NO_TEXTS: [&[u8]; 5] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"RIFF"];

/// Reads a list of participants. `chats` are names of chats, as headings of the column with people's accounts.
///
/// # Errors
/// [`Unreadable`] says why it is no list.
pub fn read(bytes: &[u8], chats: &[&str]) -> Result<Sheet, Unreadable> {
    Sheet::read(&cells(bytes, chats)?, chats)
}

/// The rows of a file that have something in them.
fn cells(bytes: &[u8], chats: &[&str]) -> Result<Vec<Cells>, Unreadable> {
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
        return Err(Unreadable::Workbook);
    }
    if NO_TEXTS.iter().any(|start| bytes.starts_with(start)) {
        return Err(Unreadable::NotText);
    }
    let text = decode(bytes).replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(Unreadable::Empty);
    }
    if is_no_text(&text) {
        return Err(Unreadable::NotText);
    }
    let (said, text) = said_separator(&text);
    let separator = said.unwrap_or_else(|| likely_separator(text, chats));
    let first = if said.is_some() { 2 } else { 1 };
    let rows = rows(text, separator, first, ROWS_MAX + LOOKED_AT + 2);
    Ok(rows)
}

/// The text, whatever encoding it was saved in.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    // Letters of Western languages take two bytes there, and one of the two is zero.
    let half = sample.len() / 4;
    let encoding = match (zeros(0), zeros(1)) {
        (even, odd) if half > 0 && even > half && odd < half / 4 + 1 => UTF_16BE,
        (even, odd) if half > 0 && odd > half && even < half / 4 + 1 => UTF_16LE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    };
    encoding.decode_without_bom_handling(bytes).0
}

/// Whether there are more control characters than any list has: a stray one is a matter of its row.
fn is_no_text(text: &str) -> bool {
    let signs = text.chars().take(SAMPLE_BYTES);
    let (mut all, mut odd) = (0_usize, 0_usize);
    for sign in signs {
        all += 1;
        odd += usize::from(sign.is_control() && !matches!(sign, '\n' | '\t') || sign == char::REPLACEMENT_CHARACTER);
    }
    odd * 20 > all
}

/// `sep=;` in the first line, as some programs write it, and what follows.
fn said_separator(text: &str) -> (Option<u8>, &str) {
    let said = text.split_once('\n').and_then(|(first, rest)| {
        let sign = first.trim().trim_matches('"').strip_prefix("sep=")?;
        let byte = SEPARATORS.into_iter().find(|it| sign.as_bytes() == [*it])?;
        Some((Some(byte), rest))
    });
    said.unwrap_or((None, text))
}

/// The separator by which the headings are understood best; where none are, the one with most columns.
fn likely_separator(text: &str, chats: &[&str]) -> u8 {
    let score = |separator: u8| {
        let rows = rows(text, separator, 1, LOOKED_AT);
        let headings = rows.iter().map(|(_, cells)| headings_in(cells, chats)).max().unwrap_or(0);
        (headings, rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0))
    };
    // Of equals the first counts.
    SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

/// At most `most` rows that are not blank, numbered as a spreadsheet numbers them; the text begins at row `first`.
fn rows(text: &str, separator: u8, first: u32, most: usize) -> Vec<Cells> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut found = Vec::new();
    let (mut line, mut counted) = (first, 0);
    for record in reader.records() {
        // Nothing but bytes that are no UTF-8 is an error here, and this is UTF-8.
        let Ok(record) = record else { break };
        let mut start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(counted);
        while text.as_bytes().get(start) == Some(&b'\n') {
            start += 1;
        }
        let passed = text.as_bytes().get(counted..start).unwrap_or_default();
        line = line.saturating_add(u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0));
        counted = start.max(counted);
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            found.push((line, record.iter().map(str::to_owned).collect()));
        }
        if found.len() >= most {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = "Name,E-mail,Library,Active\nAda Reyes,ada@x.example,Fresno,yes\n\nJosé Núñez,jose@x.example,\"León, Gto\",no\n";

    fn told(bytes: &[u8]) -> Vec<(String, String, bool)> {
        let sheet = read(bytes, &[]).expect("a list");
        assert_eq!(sheet.faults, []);
        sheet.good.into_iter().map(|it| (it.name, it.library_system, it.active)).collect()
    }

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_line_ending_and_separator_says_the_same() {
        let wanted = told(LIST.as_bytes());
        assert_eq!(wanted[1], ("José Núñez".into(), "León, Gto".into(), false));
        let marked = |text: &str| format!("\u{feff}{text}");
        let semicolons = LIST.replace(',', ";").replace("León; Gto", "León, Gto");
        let mut all = vec![
            marked(LIST).into_bytes(),
            LIST.replace('\n', "\r\n").into_bytes(),
            LIST.replace('\n', "\r").into_bytes(),
            semicolons.clone().into_bytes(),
            LIST.replace(',', "\t").replace("León\t Gto", "León, Gto").into_bytes(),
            LIST.replace(',', "|").replace("León| Gto", "León, Gto").into_bytes(),
            format!("sep=;\n{semicolons}").into_bytes(),
            format!("PLSEP list,,,\n,,,\n{LIST}").into_bytes(),
            WINDOWS_1252.encode(LIST).0.into_owned(),
        ];
        for text in [LIST.to_owned(), marked(LIST)] {
            all.push(wide(&text, u16::to_le_bytes));
            all.push(wide(&text, u16::to_be_bytes));
        }
        for bytes in all {
            assert_eq!(told(&bytes), wanted, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let text = "\n\nName,Email\n\nAda,\n\"Bo\",nobody\n\n\nCy,";
        let lines: Vec<u32> = read(text.as_bytes(), &[]).expect("a list").faults.iter().map(|it| it.line).collect();
        assert_eq!(lines, [5, 6, 9]);
    }

    #[test]
    fn what_is_no_list_is_told_as_such() {
        for (bytes, why) in [
            (&b""[..], Unreadable::Empty),
            (b" \n\n", Unreadable::Empty),
            (b"\xef\xbb\xbf", Unreadable::Empty),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Unreadable::NotText),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Unreadable::NotText),
            (b"PK\x03\x04 a workbook", Unreadable::Workbook),
            (b"\x01\x02\x03\x04\x05\x06", Unreadable::NotText),
            (b"Dear all, please find attached", Unreadable::NoHeadings),
        ] {
            assert_eq!(read(bytes, &[]), Err(why), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_spoils_its_row_and_not_the_rest_unseen() {
        let rest: String = (0..50).map(|n| format!("P{n},p{n}@x.example\n")).collect();
        let sheet = read(format!("Name,Email\nAda,ada@x.example\n\"Bo,bo@x.example\n{rest}").as_bytes(), &[]);
        let sheet = sheet.expect("a list");
        assert_eq!(sheet.good.len(), 1);
        assert!(sheet.faults.iter().any(|fault| fault.line == 3 && fault.what.key() == "open-quote"), "{sheet:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes, &["courier"]);
        }

        #[test]
        fn any_bytes_below_headings_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut all = b"name,email\nAda,ada@x.example\n".to_vec();
            all.extend(bytes);
            let _ = read(&all, &[]);
        }
    }
}
