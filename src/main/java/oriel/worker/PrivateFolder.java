package oriel.worker;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import oriel.process.ChildUser;

/**
 * Folders that nobody else can write to or look into, for what must not be swapped by others: native libraries and
 * sockets below a folder for temporary files, where anybody may have put something first.
 */
final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GROUP_ENTERS = PosixFilePermissions.fromString("rwx--x---");
    private static final Set<PosixFilePermission> GROUP_USES = PosixFilePermissions.fromString("rw-rw----");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFolder() {}

    /**
     * Makes {@code folder}, whose parent exists, or takes it as it is if it is ours alone.
     *
     * @throws IOException if something else stands there: a link, a file, another user's folder, an open one
     */
    static Path open(Path folder) throws IOException {
        try {
            return Files.createDirectory(folder, attributes());
        } catch (FileAlreadyExistsException e) {
            check(folder);
            return folder;
        }
    }

    /**
     * The same for a child that runs as {@code user}: the folder is the child's alone then, and nothing in it is ours.
     *
     * @throws IOException as {@link #open(Path)}, or if it cannot be given away
     */
    static Path open(Path folder, Optional<ChildUser> user) throws IOException {
        if (user.isEmpty()) {
            return open(folder);
        }
        int uid = user.get().uid();
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, attributes());
            Files.setAttribute(folder, "unix:gid", user.get().gid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(folder, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
        requireFolder(folder);
        if (!Integer.valueOf(uid).equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            throw new IOException(folder + " does not belong to the user " + uid
                    + ", whom children run as. Remove it, or name another folder.");
        }
        requireClosed(folder, Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS));
        return folder;
    }

    /** Lets {@code guest} through a folder of ours to the one file in it, and no further. */
    static void lend(Path folder, Path file, ChildUser guest) throws IOException {
        Files.setAttribute(file, "unix:gid", guest.gid(), LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(file, GROUP_USES);
        Files.setAttribute(folder, "unix:gid", guest.gid(), LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(folder, GROUP_ENTERS);
    }

    /** Makes a new folder with a name that nobody knows yet, in {@code parent}. */
    static Path fresh(Path parent, String prefix) throws IOException {
        return Files.createTempDirectory(parent, prefix, attributes());
    }

    private static void check(Path folder) throws IOException {
        requireFolder(folder);
        if (!POSIX) {
            return;
        }
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.owner().equals(ourselves())) {
            throw new IOException(
                    folder + " belongs to " + attributes.owner().getName() + ". Remove it, or name another folder.");
        }
        requireClosed(folder, attributes.permissions());
    }

    private static void requireFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(folder + " is a link or a file. Remove it, or name another folder.");
        }
    }

    private static void requireClosed(Path folder, Set<PosixFilePermission> permissions) throws IOException {
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new IOException(folder + " is open to other users. Remove it, or name another folder.");
        }
    }

    // The owner of what we make is who we are; user.name may say something else.
    private static UserPrincipal ourselves() throws IOException {
        Path probe = Files.createTempFile("oriel", ".tmp");
        try {
            return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }

    private static FileAttribute<?>[] attributes() {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }
}
