//! Where data goes: stdout, or a file that is written whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::context::Failure;
use crate::project::write::write;

/// Writes to stderr. That nobody listens there any more is no reason to stop.
pub(super) fn talk(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// The sink of a command's data.
pub(super) enum Output {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A file, held back until [`Output::finish`].
    File(PathBuf, Vec<u8>),
}

impl Output {
    /// Stdout, or the file where there is one; `-` is stdout too.
    pub(super) fn new(file: Option<PathBuf>) -> Self {
        match file.filter(|path| path.as_os_str() != "-") {
            Some(path) => Output::File(path, Vec::new()),
            None => Output::Stdout(BufWriter::with_capacity(1 << 16, io::stdout())),
        }
    }

    /// Writes what is held back.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Output::Stdout(mut out) => Ok(out.flush()?),
            Output::File(path, bytes) => Ok(write(&path, &bytes)?),
        }
    }
}

/// A value as a line of JSON with its `type`.
pub(super) fn json_line<T: Serialize>(kind: &str, value: &T, out: &mut impl Write) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Line<'a, T> {
        r#type: &'a str,
        #[serde(flatten)]
        value: &'a T,
    }
    // One write a line: the serializer itself writes each quotation mark alone.
    let mut line = Vec::with_capacity(512);
    serde_json::to_writer(&mut line, &Line { r#type: kind, value }).map_err(io::Error::from)?;
    line.push(b'\n');
    Ok(out.write_all(&line)?)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::File(_, held) => held.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::File(..) => Ok(()),
        }
    }
}
