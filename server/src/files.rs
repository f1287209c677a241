//! Files that stay: for their owner alone, and there after a power failure.

use std::fs::{File, OpenOptions, hard_link, remove_file, rename};
use std::io::{Error, ErrorKind, Result};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// How a file is made that only its owner may read: it holds people's work and digests of their secrets.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

/// Syncs the folder of a file. Without this the name itself may be gone after a power failure.
pub fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// A file under a name of its own, which gets its name when it is whole. Dropped before, it leaves nothing.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    name: PathBuf,
}

impl Unfinished {
    /// Makes the file that is to be called `name`; `mark` tells it from others that are to be called the same.
    pub fn new(name: &Path, mark: &str) -> Result<(Unfinished, File)> {
        if name.try_exists()? {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let file_name = name
            .file_name()
            .ok_or_else(|| Error::new(ErrorKind::InvalidInput, "it is not the name of a file"))?;
        let mut own = file_name.to_owned();
        own.push(format!(".unfinished-{mark}"));
        let path = name.with_file_name(own);
        let file = private().create_new(true).open(&path)?;
        let name = name.to_owned();
        Ok((Unfinished { path, name }, file))
    }

    /// Gives it its name, which nothing else may have.
    pub fn finish(self, file: &File) -> Result<()> {
        file.sync_all()?;
        match hard_link(&self.path, &self.name) {
            Ok(()) => remove_file(&self.path)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // Some file systems know no second name: FAT, some network disks.
            Err(_) if !self.name.try_exists()? => rename(&self.path, &self.name)?,
            Err(error) => return Err(error),
        }
        sync_folder_of(&self.name)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        match remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                tracing::warn!(path = %self.path.display(), %error, "an unfinished file stays");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_has_its_name_when_it_is_whole_and_takes_nobody_elses() {
        let folder = std::env::temp_dir().join(format!("samverk-files-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let name = folder.join("backup");
        let names = || std::fs::read_dir(&folder).unwrap().count();
        drop(Unfinished::new(&name, "a").unwrap());
        assert_eq!(names(), 0);
        let (first, mut file) = Unfinished::new(&name, "a").unwrap();
        let (second, other) = Unfinished::new(&name, "b").unwrap();
        file.write_all(b"first").unwrap();
        assert!(!name.exists());
        first.finish(&file).unwrap();
        assert_eq!(
            second.finish(&other).unwrap_err().kind(),
            ErrorKind::AlreadyExists
        );
        assert_eq!(
            Unfinished::new(&name, "c").unwrap_err().kind(),
            ErrorKind::AlreadyExists
        );
        assert_eq!(
            (std::fs::read(&name).unwrap().as_slice(), names()),
            (&b"first"[..], 1)
        );
        assert_eq!(name.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
