//! The program run in a folder of its own:
//!
//! ```ignore
//! let folder = Folder::new().glossary("[[concept]]\nterms.es = \"arancel\"").file("a.txt", "un arancel");
//! folder.run(&["scan", "a.txt"]).exits(0).says("1 hits");
//! ```

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with files, removed at the end.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Adds a file, with the folders it needs.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
        fs::write(path, content).expect("a file");
        self
    }

    /// Adds a `glossary.toml`.
    pub(crate) fn glossary(self, content: &str) -> Self {
        self.file("glossary.toml", content)
    }

    /// A path in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The content of a file.
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The content of a text file.
    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("UTF-8")
    }

    /// The names in the folder, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let name = |entry: std::io::Result<fs::DirEntry>| {
            entry.expect("an entry").file_name().to_string_lossy().into_owned()
        };
        let mut names: Vec<String> = fs::read_dir(self.0.path()).expect("the folder").map(name).collect();
        names.sort();
        names
    }

    /// The program, ready to run in the folder.
    pub(crate) fn command<S: AsRef<std::ffi::OsStr>>(&self, args: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glosa"));
        command.args(args).current_dir(self.0.path()).env_remove("GLOSA_GLOSSARY").env_remove("NO_COLOR");
        command.env("GLOSA_CACHE", concat!(env!("CARGO_TARGET_TMPDIR"), "/glosa-cache"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::new(args, self.command(args).output().expect("the program runs"))
    }

    /// Runs the program with something on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().expect("the program runs");
        child.stdin.take().expect("its input").write_all(input).expect("it reads");
        Run::new(args, child.wait_with_output().expect("it ends"))
    }
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    args: Vec<String>,
    /// The exit status; none when a signal ended it.
    pub(crate) code: Option<i32>,
    /// The data.
    pub(crate) stdout: Vec<u8>,
    /// The talk.
    pub(crate) stderr: String,
}

impl Run {
    /// What a finished process gave.
    pub(crate) fn new(args: &[&str], output: Output) -> Self {
        Run {
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            code: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails the test unless the run ended with this status.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{:?}\n{}\n{}", self.args, self.stderr, self.head());
        self
    }

    /// Fails the test unless the talk holds this.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "{:?} does not say {words:?}:\n{}", self.args, self.stderr);
        self
    }

    /// Fails the test unless the data holds this.
    #[track_caller]
    pub(crate) fn shows(self, words: &str) -> Self {
        assert!(self.out().contains(words), "{:?} does not show {words:?}:\n{}", self.args, self.out());
        self
    }

    /// The data as text.
    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.stdout.clone()).expect("UTF-8")
    }

    /// The lines of the data.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.out().lines().map(str::to_owned).collect()
    }

    /// The objects of the data, one a line.
    pub(crate) fn json(&self) -> Vec<Value> {
        let object = |line: &String| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"));
        self.lines().iter().map(object).collect()
    }

    /// The objects of one type.
    pub(crate) fn objects(&self, kind: &str) -> Vec<Value> {
        self.json().into_iter().filter(|object| object["type"] == kind).collect()
    }

    fn head(&self) -> String {
        String::from_utf8_lossy(&self.stdout).chars().take(2000).collect()
    }
}

/// The bytes of a text in Windows-1252, for texts whose characters are also Latin-1.
pub(crate) fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("a character of Latin-1")).collect()
}

/// The bytes of a text in UTF-16, little-endian.
pub(crate) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A Word document with this body.
#[cfg(feature = "office")]
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", xml.as_bytes())])
}

/// A ZIP archive.
#[cfg(feature = "office")]
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The path of a file as an argument.
pub(crate) fn arg(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}
