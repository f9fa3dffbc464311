//! What the program hands out as files: bytes made of words and figures that others bring. Reads and decides nothing.

mod canvas;
mod certificate;
mod fonts;
mod heat_map;
mod overview;
mod summary;
mod table;

pub use canvas::ChartError;
pub use certificate::{CertificateWords, certificate};
pub use heat_map::{HeatCell, HeatMap, HeatRow, Look, heat_map};
pub use overview::{Bar, Column, Overview, Panel, overview};
pub use summary::{SummaryWords, summary};
pub use table::{Cell, Table, csv, xlsx};

pub(crate) use heat_map::ROWS_MAX;

#[cfg(test)]
mod tests;
