//! The rules of the house, read from the sources: who may import whom, what stands in no file but its own,
//! and that documents say what is. Each rule fails with file, line and what to do, and each has a test that
//! shows that it can fail. It judges no style that rustfmt and clippy judge already.

mod tidy {
    pub mod documents;
    pub mod imports;
    pub mod licences;
    pub mod lines;
    pub mod packages;
    pub mod source;
}
