//! Checks which other users of the host can read or change a SQLite file.
//!
//! A user who can write to a folder can rename the files in it. So every folder on the path to the
//! file is checked. Symbolic links are followed.

use std::{
    collections::VecDeque,
    ffi::OsString,
    fs::{Metadata, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Component, Path, PathBuf},
};

use crate::StoreError;

/// The maximum number of symbolic links in a path, as in Linux.
const MAX_LINKS: usize = 40;

const ROOT: u32 = 0;

/// Refuses a file that other users can change. If `creates` is set, a missing file is created for
/// its own user only; SQLite gives the same mode to the files next to it (`-wal`, `-shm`). If
/// others can read an existing file, this is logged.
///
/// # Errors
/// [`StoreError::Exposed`], [`StoreError::ExposedToGroup`] and [`StoreError::OwnedByAnother`] if
/// others can write to the file or replace it. [`StoreError::Dangling`] if a symbolic link has no
/// target. [`StoreError::Open`] if the file cannot be created.
pub(super) fn keep_private(path: &Path, creates: bool) -> Result<(), StoreError> {
    keep_for(&Process::this()?, path, creates)
}

/// The user and groups of a process.
struct Process {
    user: u32,
    /// All groups of the process. A Kubernetes volume belongs to a supplementary group.
    groups: Vec<u32>,
}

impl Process {
    fn this() -> Result<Self, StoreError> {
        let mut groups = rustix::process::getgroups().map_err(|error| unopened(error.into()))?;
        groups.push(rustix::process::getegid());
        Ok(Self {
            user: rustix::process::geteuid().as_raw(),
            groups: groups.into_iter().map(|group| group.as_raw()).collect(),
        })
    }
}

fn keep_for(me: &Process, path: &Path, creates: bool) -> Result<(), StoreError> {
    let file = follow(path, me)?;
    let folder = file.parent().unwrap_or(Path::new("/"));
    // SQLite creates files in this folder and must not find files of other users. The sticky bit
    // does not prevent that.
    if let Ok(found) = folder.metadata() {
        check_mode(folder, &found, me)?;
    }
    if creates {
        let mut new = OpenOptions::new();
        match new.write(true).create_new(true).mode(0o600).open(&file) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(unopened(error)),
        }
    }
    for suffix in ["", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(suffix);
        let path = Path::new(&path);
        if let Ok(found) = path.symlink_metadata() {
            verdict(path, &found, me, 0o077)?;
        }
    }
    Ok(())
}

/// Follows a path as the system does and returns the file at its end. Checks each folder and link
/// on the way.
fn follow(path: &Path, me: &Process) -> Result<PathBuf, StoreError> {
    let mut left = parts(&std::path::absolute(path).map_err(unopened)?);
    let mut here = PathBuf::from("/");
    let (mut links, mut is_link) = (0, false);
    while let Some(part) = left.pop_front() {
        if part == ".." {
            here.pop();
            continue;
        }
        let next = here.join(&part);
        let Ok(found) = next.symlink_metadata() else {
            // A missing file is created, or the driver reports it. A file is never created at the
            // target of a link.
            return match is_link {
                true => Err(StoreError::Dangling(path.to_owned())),
                false => Ok(left.into_iter().fold(next, |path, part| path.join(part))),
            };
        };
        if found.is_symlink() {
            links += 1;
            is_link |= left.is_empty();
            if links > MAX_LINKS {
                return Err(StoreError::Dangling(path.to_owned()));
            }
            check_owner(&next, &found, me)?;
            let target = next.read_link().map_err(unopened)?;
            if target.is_absolute() {
                here = PathBuf::from("/");
            }
            for part in parts(&target).into_iter().rev() {
                left.push_front(part);
            }
            continue;
        }
        if found.is_dir() {
            verdict(&next, &found, me, 0o020)?;
        }
        here = next;
    }
    Ok(here)
}

/// The names in a path, including each `..`.
fn parts(path: &Path) -> VecDeque<OsString> {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    });
    parts.collect()
}

/// Refuses a file or folder that others can change. Warns if others have any of the given
/// permissions. In a folder with the sticky bit, users rename and remove only their own files.
fn verdict(path: &Path, found: &Metadata, me: &Process, others: u32) -> Result<(), StoreError> {
    check_owner(path, found, me)?;
    let mode = found.mode();
    if found.is_dir() && mode & 0o1000 != 0 {
        return Ok(());
    }
    check_mode(path, found, me)?;
    if mode & others != 0 {
        let path = path.display();
        tracing::warn!(
            file.path = %path,
            file.access = if found.is_dir() { "change" } else { "read" },
            fix = format!("chmod go-rwx {path}"),
            "Other users of this host can access a file or folder of the store"
        );
    }
    Ok(())
}

/// Refuses a file that everyone can write to, or that a group can write to that the process is not
/// in. For root, a group only causes a warning, like an owner.
fn check_mode(path: &Path, found: &Metadata, me: &Process) -> Result<(), StoreError> {
    let (mode, group) = (found.mode(), found.gid());
    if mode & 0o002 != 0 {
        return Err(StoreError::Exposed(path.to_owned()));
    }
    let is_own = me.user == ROOT || me.groups.contains(&group);
    if mode & 0o020 != 0 && !is_own {
        return Err(StoreError::ExposedToGroup {
            path: path.to_owned(),
            group,
        });
    }
    Ok(())
}

/// Refuses a file of another user, who can change it at any time. Root can read and write
/// everything, and runs commands on the store of the user that Gantry runs as, so for root this is
/// only a warning.
fn check_owner(path: &Path, found: &Metadata, me: &Process) -> Result<(), StoreError> {
    let owner = found.uid();
    if owner == ROOT || owner == me.user {
        return Ok(());
    }
    if me.user == ROOT {
        tracing::warn!(
            file.path = %path.display(),
            file.owner = owner,
            "Another user of this host owns a file or folder of the store and can change it"
        );
        return Ok(());
    }
    Err(StoreError::OwnedByAnother {
        path: path.to_owned(),
        owner,
    })
}

fn unopened(error: io::Error) -> StoreError {
    StoreError::Open(sqlx::Error::Io(error))
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    reason = "a folder that cannot be created is a failed test"
)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, lchown, symlink};

    use super::*;

    #[test]
    fn a_file_of_another_user_is_refused_except_by_root() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        symlink(&real, &link).unwrap();
        let me = folder.path().metadata().unwrap().uid();
        let file = link.join("gantry.db");
        let follow_as = |user| follow(&file, &process(user, &[]));
        assert_eq!(follow_as(me).unwrap(), real.join("gantry.db"));
        if me != ROOT {
            // Only root can give a file to another user.
            let refused = follow_as(me + 1).unwrap_err();
            assert!(is_owned(&refused, folder.path()), "{refused:?}");
            return;
        }
        let (gantry, other) = (1_001, 1_002);
        follow_as(gantry).unwrap();
        for path in [folder.path(), &link, &real] {
            lchown(path, Some(other), None).unwrap();
            let refused = follow_as(gantry).unwrap_err();
            assert!(is_owned(&refused, path), "{refused:?}");
            follow_as(other).unwrap();
            follow_as(ROOT).unwrap();
            lchown(path, Some(ROOT), None).unwrap();
        }
    }

    #[test]
    fn a_file_that_another_group_can_write_to_is_refused_except_by_root() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("gantry");
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("gantry.db");
        let found = above.path().metadata().unwrap();
        let (uid, group) = (found.uid(), found.gid());
        // If root runs the test, root owns everything, and everyone trusts root.
        let gantry = if uid == ROOT { 1_001 } else { uid };
        let opened = |user, groups: &[u32]| keep_for(&process(user, groups), &file, true);
        for (path, private, shared) in [
            (above.path(), 0o755, 0o775),
            (&*folder, 0o755, 0o775),
            // SQLite could use files of other users as its own.
            (&*folder, 0o755, 0o1775),
            (&*file, 0o600, 0o660),
        ] {
            opened(gantry, &[group + 1]).unwrap();
            set_mode(path, shared);
            let refused = opened(gantry, &[group + 1]).unwrap_err();
            let is_named = matches!(
                &refused,
                StoreError::ExposedToGroup { path: named, group: of } if named == path && *of == group
            );
            assert!(is_named, "{}: {refused:?}", path.display());
            assert!(refused.to_string().contains("chmod g-w"), "{refused}");
            opened(gantry, &[group + 1, group]).unwrap();
            opened(ROOT, &[group + 1]).unwrap();
            set_mode(path, private);
        }
        // In a parent folder, the sticky bit prevents others from renaming files that they do not
        // own.
        set_mode(above.path(), 0o1775);
        opened(gantry, &[group + 1]).unwrap();
    }

    #[test]
    fn a_process_is_in_its_own_groups() {
        let own = tempfile::tempdir().unwrap().path().metadata().unwrap();
        let this = Process::this().unwrap();
        assert_eq!(this.user, own.uid());
        assert!(this.groups.contains(&own.gid()), "{:?}", this.groups);
    }

    fn process(user: u32, groups: &[u32]) -> Process {
        let groups = groups.to_vec();
        Process { user, groups }
    }

    fn set_mode(path: &Path, mode: u32) {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    }

    fn is_owned(error: &StoreError, by_path: &Path) -> bool {
        matches!(error, StoreError::OwnedByAnother { path, .. } if path == by_path)
    }
}
