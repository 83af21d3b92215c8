#include "roles/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/local.h"

void sandbox_start(void)
{
	struct rlimit none = { 0, 0 };

	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write, not the end */
	umask(getenv(SHARES_STORES) ? 027 : 077);
	prctl(PR_SET_NAME, program_invocation_short_name, 0, 0, 0); /* started through a descriptor, it has none */
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* --- paths --- */

enum {
	MAY_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	MAY_WRITE = MAY_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
		    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
		    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SOCK,
	FOR_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
		    LANDLOCK_ACCESS_FS_EXECUTE,
	/* level 1; level 2's moving between folders stays forbidden by default */
	HANDLED = MAY_WRITE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
		  LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
		  LANDLOCK_ACCESS_FS_MAKE_SYM
};

static enum fail path_allow(int rules, const struct reachable *reachable)
{
	AUTO(local_close) int fd = open(reachable->path, O_PATH | O_CLOEXEC);
	struct landlock_path_beneath_attr allow = {
		.allowed_access = reachable->reach == REACH_WRITE ? MAY_WRITE : MAY_READ,
		.parent_fd = fd,
	};

	if (fd < 0)
		return errno == ENOENT ? OK : FAIL_IO;
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &allow, 0) == 0)
		return OK;
	allow.allowed_access &= FOR_FILES; /* a file cannot carry the rights of a folder */
	return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &allow, 0) == 0
		       ? OK
		       : FAIL_IO;
}

static enum fail paths_limit(const struct reachable *paths, size_t count)
{
	struct landlock_ruleset_attr handled = { .handled_access_fs = HANDLED };
	long level = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	if (level < 1) {
		diag_info("this kernel has no Landlock; paths are not limited");
		return OK;
	}
	AUTO(local_close) int rules =
		(int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
	if (rules < 0)
		return FAIL_IO;
	for (size_t i = 0; i < count; i++)
		TRY(path_allow(rules, &paths[i]));
	return syscall(SYS_landlock_restrict_self, rules, 0) == 0 ? OK : FAIL_IO;
}

/* --- calls --- */

/* No role of ours ever needs these; an intruder does. */
static const int never[] = {
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(mount),
	SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(unshare), SCMP_SYS(setns),
	SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(kexec_load), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(keyctl), SCMP_SYS(add_key),
	SCMP_SYS(request_key), SCMP_SYS(userfaultfd), SCMP_SYS(swapon), SCMP_SYS(swapoff),
	SCMP_SYS(reboot), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid),
	SCMP_SYS(setresuid), SCMP_SYS(setgroups), SCMP_SYS(capset), SCMP_SYS(io_uring_setup),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(process_madvise), SCMP_SYS(mknod), SCMP_SYS(mknodat),
};
static const int starting_programs[] = { SCMP_SYS(execve), SCMP_SYS(execveat) };

static bool deny_all(scmp_filter_ctx filter, const int *calls, size_t count)
{
	bool ok = true;

	for (size_t i = 0; i < count; i++)
		ok = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0) == 0 && ok;
	return ok;
}

static bool deny_family(scmp_filter_ctx filter, int family)
{
	struct scmp_arg_cmp first = { .arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)family };

	return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1, &first) == 0;
}

static bool calls_choose(scmp_filter_ctx filter, unsigned promises)
{
	static const int exotic[] = { AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG, AF_BLUETOOTH, AF_CAN };
	bool ok = deny_all(filter, never, ARRAY_LEN(never));

	if (!(promises & KEEP_PROGRAMS))
		ok = deny_all(filter, starting_programs, ARRAY_LEN(starting_programs)) && ok;
	if (!(promises & KEEP_NETWORK)) {
		ok = deny_family(filter, AF_INET) && deny_family(filter, AF_INET6) && ok;
		for (size_t i = 0; i < ARRAY_LEN(exotic); i++)
			ok = deny_family(filter, exotic[i]) && ok;
	}
	if (!(promises & KEEP_LOCAL))
		ok = deny_family(filter, AF_UNIX) && ok;
	return ok;
}

static enum fail calls_limit(unsigned promises)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool ok = filter && calls_choose(filter, promises) && seccomp_load(filter) == 0;

	if (filter)
		seccomp_release(filter);
	return ok ? OK : FAIL_IO;
}

enum fail sandbox_enter(const struct reachable *paths, size_t count, unsigned promises)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return FAIL_IO;
	TRY(paths_limit(paths, count));
	return calls_limit(promises);
}
