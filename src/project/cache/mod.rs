//! Compiled glossaries, kept so that the next run need not read and compile them again.
//!
//! Under the user's cache folder lie, for each place that a glossary is called from, a small *index* that says from
//! which files it was read ([`origin`]), and, under the hash of all their contents, the compiled glossary: a *short*
//! file with what look-ups and short texts need, and a *whole* one with the matcher's tables as they are used. A file that
//! is old, damaged or foreign is as good as none; one that cannot be written changes nothing but the time that the
//! next run takes. A glossary with warnings is not kept, since they are to be shown again.

mod file;
pub mod origin;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::Project;
use super::files::{STDIN, shown};
use crate::engine::{Compiled, Engine};
use crate::matcher::{Matcher, Patterns, Shelf};
use crate::packed::write_section;
use crate::termbase::{Concepts, Settings, Termbase};
use origin::{Origin, Stamp};

/// Glossaries with fewer terms are compiled as fast as they are read from the cache.
const WORTHWHILE: usize = 200;

/// So many glossaries are kept, those written last.
const MOST_KEPT: usize = 16;

/// They may fill so many bytes.
const LARGEST: u64 = 1 << 30;

/// Names what a file holds: a hash (BLAKE3) of all that it depends on.
type Key = [u8; 32];

/// A folder of compiled glossaries.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Tells this very program from all others, which may compile otherwise.
    program: Key,
}

/// What the index of a glossary says.
#[derive(Debug, Serialize, Deserialize)]
struct Known {
    origin: Origin,
    key: Key,
}

impl Cache {
    /// The cache in the user's folder; `None` where there is no such folder.
    pub fn of_user() -> Option<Cache> {
        Cache::new(folder()?)
    }

    /// The cache in a folder, which need not be there.
    pub fn new(folder: PathBuf) -> Option<Cache> {
        let program = Stamp::of(&env::current_exe().ok()?).ok()?;
        let program = postcard::to_allocvec(&(env!("CARGO_PKG_VERSION"), program)).ok()?;
        Some(Cache { folder, program: blake3::hash(&program).into() })
    }

    /// The project of some glossary files as [`Project::open`] gives it, its termbase compiled; `None` where it is not
    /// kept or something has changed since.
    pub fn open(&self, glossaries: &[PathBuf]) -> Option<(Project, Engine)> {
        let glossaries = super::open::named_or_found(glossaries).ok()?;
        let (path, index) = self.index(&glossaries)?;
        let known: Known = postcard::from_bytes(&file::read(&path, &index)?.read()?).ok()?;
        let origin = known.origin.again()?;
        let engine = self.compiled(&known.key)?;
        if origin != known.origin {
            // Where it cannot be written, the files are read again next time.
            let _ = write_index(&path, &index, &Known { origin, key: known.key });
        }
        Some((Project::bare(glossaries), engine))
    }

    /// Keeps a project that was opened without findings, and is large enough, with its engine.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn store(&self, project: &Project, engine: &Engine) -> io::Result<()> {
        let termbase = engine.termbase();
        let worthwhile = termbase.terms().nth(WORTHWHILE).is_some()
            && project.findings.is_empty()
            && engine.findings().is_empty();
        let Some((path, index)) = self.index(&project.glossaries).filter(|_| worthwhile) else {
            return Ok(());
        };
        let key = self.key(&project.origin);
        let matcher = engine.matcher();
        file::write(&self.path(&key, SHORT), &key, |out| write_short(termbase, matcher.patterns(), out))?;
        file::write(&self.path(&key, WHOLE), &key, |out| matcher.write(out))?;
        write_index(&path, &index, &Known { origin: project.origin.clone(), key })?;
        self.tidy();
        Ok(())
    }

    /// The index of glossary files as named from the working folder: its path and key.
    fn index(&self, glossaries: &[PathBuf]) -> Option<(PathBuf, Key)> {
        if glossaries.iter().any(|glossary| glossary == Path::new(STDIN)) {
            return None;
        }
        let named = postcard::to_allocvec(&(self.program, env::current_dir().ok()?, glossaries)).ok()?;
        let key = blake3::hash(&named).into();
        Some((self.path(&key, INDEX), key))
    }

    /// The key of what is compiled from some files: their names, which messages show, and contents.
    fn key(&self, origin: &Origin) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.program);
        for file in &origin.files {
            let name = shown(&file.path);
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(&file.hash);
        }
        hasher.finalize().into()
    }

    fn path(&self, key: &Key, extension: &str) -> PathBuf {
        let name = blake3::Hash::from_bytes(*key).to_hex();
        self.folder.join(&name[..32]).with_extension(extension)
    }

    fn compiled(&self, key: &Key) -> Option<Engine> {
        let (settings, rest) = file::read(&self.path(key, SHORT), key)?.take_section()?;
        let (concepts, shelf) = Concepts::open(rest)?;
        let settings: Settings = postcard::from_bytes(&settings.read()?).ok()?;
        let termbase = Termbase { settings, concepts };
        let (whole, key) = (self.path(key, WHOLE), *key);
        let matcher = move || Matcher::read(file::read(&whole, &key)?);
        Some(Engine::of(Compiled { termbase, shelf: Shelf::open(shelf)?, matcher: Box::new(matcher) }))
    }

    /// Removes what is too much, oldest first, and what interrupted runs left behind. What cannot be removed stays.
    fn tidy(&self) {
        for extension in [INDEX, SHORT, WHOLE] {
            let mut files = self.files(|name| name.ends_with(&format!(".{extension}")));
            files.sort_by_key(|&(_, modified, _)| std::cmp::Reverse(modified));
            let mut total = 0;
            for (at, (path, _, size)) in files.iter().enumerate() {
                total += size;
                if at >= MOST_KEPT || (at > 0 && total > LARGEST) {
                    let _ = fs::remove_file(path);
                }
            }
        }
        for (path, modified, _) in self.files(|name| name.starts_with(file::UNFINISHED)) {
            if modified.elapsed().is_ok_and(|age| age.as_secs() > 3600) {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// The files of certain names, with time and size.
    fn files(&self, wanted: impl Fn(&str) -> bool) -> Vec<(PathBuf, SystemTime, u64)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let named = entries.filter(|entry| entry.file_name().to_str().is_some_and(&wanted));
        let file = |entry: fs::DirEntry| {
            let metadata = entry.metadata().ok()?;
            Some((entry.path(), metadata.modified().ok()?, metadata.len()))
        };
        named.filter_map(file).collect()
    }
}

const INDEX: &str = "index";
const SHORT: &str = "short";
const WHOLE: &str = "whole";

fn write_index(path: &Path, key: &Key, known: &Known) -> io::Result<()> {
    let bytes = postcard::to_allocvec(known).map_err(io::Error::other)?;
    file::write(path, key, |out| out.write_all(&bytes))
}

/// Writes what look-ups and short texts need.
fn write_short(termbase: &Termbase, patterns: &Patterns, out: &mut impl Write) -> io::Result<()> {
    let settings = postcard::to_allocvec(&termbase.settings).map_err(io::Error::other)?;
    write_section(out, &settings)?;
    termbase.concepts.write(out)?;
    Shelf::write(patterns, out)
}

/// The folder for what can be made again: that of `GLOSA_CACHE`, else the one that the system gives each user.
fn folder() -> Option<PathBuf> {
    let stated = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = |below: &str| Some(env::home_dir()?.join(below));
    let of_system = || match () {
        () if cfg!(windows) => Some(stated("LOCALAPPDATA")?.join("glosa").join("cache")),
        () if cfg!(target_os = "macos") => home("Library/Caches/glosa"),
        () => stated("XDG_CACHE_HOME")
            .filter(|path| path.is_absolute())
            .map(|path| path.join("glosa"))
            .or_else(|| home(".cache/glosa")),
    };
    stated("GLOSA_CACHE").or_else(of_system)
}

#[cfg(test)]
mod tests;
