//! Who else on the host may read or change a SQLite file.
//!
//! Who may write to a folder may rename what is in it. So every folder on the way to the file counts, and
//! where a symbolic link leads, that is the way.

use std::{
    collections::VecDeque,
    ffi::OsString,
    fs::{Metadata, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Component, Path, PathBuf},
};

use crate::StoreError;

/// The most symbolic links that a path leads through, as in Linux.
const MAX_LINKS: usize = 40;

const ROOT: u32 = 0;

/// A file that is missing and that `creates` asks for is made for its own user alone; SQLite gives the files
/// beside it (`-wal`, `-shm`) the same mode. Where others may read what is there already, the log says so.
///
/// # Errors
/// [`StoreError::Exposed`], [`StoreError::ExposedToGroup`] and [`StoreError::OwnedByAnother`] where others may
/// write to the file, or put another in its place. [`StoreError::Dangling`] for a link to nothing.
/// [`StoreError::Open`] where it cannot be made.
pub(super) fn keep_private(path: &Path, creates: bool) -> Result<(), StoreError> {
    keep_for(&Process::this()?, path, creates)
}

/// Whom a process runs as.
struct Process {
    user: u32,
    /// All of its groups: a volume of Kubernetes belongs to one that is not the first of them.
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
    // SQLite makes files here, and must not find those of others: the sticky bit is no help.
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

/// Follows a path as the system does, and says which file it leads to. Each folder and link on the way is
/// looked at.
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
            // What is not there is made, or the driver says so: but never where a link says.
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

/// The names in a path, and each `..` between them.
fn parts(path: &Path) -> VecDeque<OsString> {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        Component::RootDir | Component::CurDir | Component::Prefix(_) => None,
    });
    parts.collect()
}

/// Refuses what others may change, and warns where they have any of these permissions. In a folder with the
/// sticky bit, each renames and removes only what is theirs.
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

/// Refuses what everybody may write to, or a group that the process is not in. Root gets a warning for a
/// group, as it does for an owner.
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

/// Refuses what belongs to somebody else, who may change it at any time. Root may read and write all, and
/// runs commands on the store of the user that Gantry runs as: it gets a warning.
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
    reason = "a folder that cannot be made is a failed test"
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
            // Only root can give what it has to another.
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
    fn what_another_group_may_write_to_is_refused_except_by_root() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("gantry");
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("gantry.db");
        let found = above.path().metadata().unwrap();
        let (uid, group) = (found.uid(), found.gid());
        // Root made it all, if it runs the test: everybody trusts that.
        let gantry = if uid == ROOT { 1_001 } else { uid };
        let opened = |user, groups: &[u32]| keep_for(&process(user, groups), &file, true);
        for (path, private, shared) in [
            (above.path(), 0o755, 0o775),
            (&*folder, 0o755, 0o775),
            // SQLite might take what others put there for its own.
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
        // In a folder above, the sticky bit keeps others from renaming what is not theirs.
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
