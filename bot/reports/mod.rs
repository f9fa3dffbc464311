//! What the program hands out as files: bytes made of words and figures that others bring. Reads and decides nothing.

mod certificate;

pub use certificate::{CertificateWords, certificate};
