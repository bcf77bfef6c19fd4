//! Writing a file whole or not at all: into a temporary file beside it, which then takes its place.
//!
//! Whatever interrupts the run, the old file is there or the new one is, never half of one.

use std::fs::{self, Permissions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::files::shown;
use crate::check::{Finding, Severity};

/// Writes a file whole. A file that was there keeps its rights; a link keeps pointing where it did.
///
/// # Errors
/// A finding that names the file, what is wrong and what to do; nothing has been written then.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Finding> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => Err(error(path, "it is a folder", "name a file in it")),
        Ok(metadata) if metadata.permissions().readonly() => {
            Err(error(path, "it is write-protected", "lift the protection or choose another name"))
        }
        // A device or pipe (/dev/null, /dev/stdout) is written to, not replaced.
        Ok(metadata) if !metadata.is_file() => {
            fs::write(&target, content).map_err(|e| cannot_write(path, &e))
        }
        Ok(metadata) => {
            replace(&target, content, Some(metadata.permissions())).map_err(|e| cannot_write(path, &e))
        }
        Err(_) => replace(&target, content, None).map_err(|e| cannot_write(path, &e)),
    }
}

/// As [`write()`], for content that comes piece by piece; where `fill` fails, nothing has been written.
///
/// # Errors
/// As [`write()`], and what `fill` fails with.
pub fn write_with<T>(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<T, Finding>,
) -> Result<T, Finding> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let rights = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => return Err(error(path, "it is no file", "name a file")),
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(error(path, "it is write-protected", "lift the protection or choose another name"));
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => None,
    };
    let failed = |cause: io::Error| cannot_write(path, &cause);
    let file = temporary_beside(&target).map_err(failed)?;
    let _registered = Registered::new(file.path());
    let mut out = BufWriter::with_capacity(1 << 16, file);
    let filled = fill(&mut out)?;
    let file = out.into_inner().map_err(|cause| failed(cause.into_error()))?;
    settle(file, &target, rights).map_err(failed)?;
    Ok(filled)
}

/// Removes the temporary files of writes under way; for the moment in which the user interrupts the program.
pub fn remove_unfinished() {
    for path in under_way().drain(..) {
        // The program is about to end; there is nobody left to tell.
        let _ = fs::remove_file(path);
    }
}

static UNDER_WAY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn under_way() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a temporary file on the list as long as it may need removal.
struct Registered(PathBuf);

impl Registered {
    fn new(path: &Path) -> Self {
        under_way().push(path.to_owned());
        Registered(path.to_owned())
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        under_way().retain(|path| *path != self.0);
    }
}

fn replace(target: &Path, content: &[u8], rights: Option<Permissions>) -> io::Result<()> {
    let mut file = temporary_beside(target)?;
    let _registered = Registered::new(file.path());
    file.write_all(content)?;
    settle(file, target, rights)
}

/// Lets a temporary file take its place.
fn settle(file: NamedTempFile, target: &Path, rights: Option<Permissions>) -> io::Result<()> {
    if let Some(rights) = rights {
        file.as_file().set_permissions(rights)?;
    }
    file.as_file().sync_all()?;
    file.persist(target)?;
    Ok(())
}

fn temporary_beside(target: &Path) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".glosa-");
    #[cfg(unix)]
    // As any new file; the user's mask takes away from it.
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(folder)
}

fn cannot_write(path: &Path, cause: &io::Error) -> Finding {
    match cause.kind() {
        ErrorKind::NotFound => error(path, "its folder is not there", "make the folder first"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            error(path, "its folder may not be written to", "choose another folder with `-o`")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            error(path, "the disk is full", "make room or choose another disk; the old file is as it was")
        }
        _ => error(path, &cause.to_string(), "the old file, if any, is as it was"),
    }
}

fn error(path: &Path, cause: &str, remedy: &str) -> Finding {
    let message = format!("`{}` cannot be written: {cause}", shown(path));
    Finding::new(Severity::Error, "cannot-write", message).help(remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(folder: &Path) -> usize {
        fs::read_dir(folder).expect("a folder").count()
    }

    #[test]
    fn a_file_is_replaced_whole_and_keeps_its_rights() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("glosario.html");
        write(&path, b"uno").expect("a new file");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, Permissions::from_mode(0o640)).expect("rights");
            write(&path, b"dos").expect("the file again");
            assert_eq!(fs::metadata(&path).expect("it").permissions().mode() & 0o777, 0o640);
        }
        write(&path, "tres".as_bytes()).expect("the file again");
        assert_eq!(fs::read(&path).expect("it"), b"tres");
        assert_eq!(entries(dir.path()), 1, "no temporary file is left");
        assert!(under_way().iter().all(|path| !path.starts_with(dir.path())));
    }

    #[test]
    fn a_refusal_leaves_everything_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        let locked = dir.path().join("locked.txt");
        fs::write(&locked, "viejo").expect("a file");
        let mut rights = fs::metadata(&locked).expect("it").permissions();
        rights.set_readonly(true);
        fs::set_permissions(&locked, rights).expect("rights");
        let cases = [
            (dir.path().to_owned(), "it is a folder"),
            (dir.path().join("no/x.txt"), "its folder is not there"),
            (locked.clone(), "it is write-protected"),
        ];
        for (path, cause) in cases {
            let finding = write(&path, b"nuevo").expect_err(cause);
            assert!(finding.message.ends_with(cause) && finding.help.is_some(), "{finding:?}");
        }
        assert_eq!(fs::read(&locked).expect("it"), b"viejo");
        assert_eq!(entries(dir.path()), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_are_written_through() {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, link) = (dir.path().join("a.txt"), dir.path().join("b.txt"));
        fs::write(&file, "viejo").expect("a file");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        write(&link, b"nuevo").expect("through the link");
        assert_eq!(fs::read(&file).expect("it"), b"nuevo");
        assert!(fs::symlink_metadata(&link).expect("it").is_symlink());
        write(Path::new("/dev/null"), b"nada").expect("a device");
    }
}
