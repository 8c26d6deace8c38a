// Runs a command, counts its system calls, and lets one of them go wrong.
//
//   tracer [--set change|read|all] [--kill N | --fail N ERRNO] [--always CALL ERRNO] [--watch OUT OLD NEW] --
//   COMMAND...
//
// Calls are counted from the one by which dpc ignores SIGXFSZ, its first own; `--set` says which count. The last line
// on stdout is `calls N` and how the command ended: `exit CODE` or `signal NUMBER`; with --kill and --fail the call
// that was hit is named before. With --watch the folder OUT is compared with OLD and NEW at every call of the set: the
// state after a kill there. Exit code 0 unless the tracer itself fails (2), or --watch saw what is neither (1).
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

// Of <linux/ptrace.h>, which does not go together with <sys/ptrace.h>.
#ifndef PTRACE_GET_SYSCALL_INFO
#define PTRACE_GET_SYSCALL_INFO 0x420e
#endif

namespace {

namespace fs = std::filesystem;

struct CallInfo {
  std::uint8_t op;  // 3: stopped by the filter, before the call
  std::uint8_t pad[3];
  std::uint32_t arch;
  std::uint64_t instruction_pointer;
  std::uint64_t stack_pointer;
  std::uint64_t number;
  std::uint64_t arguments[6];
};

[[noreturn]] void Die(const std::string& what) {
  std::fprintf(stderr, "tracer: %s: %s\n", what.c_str(), std::strerror(errno));
  std::exit(2);
}

struct Named {
  long number;
  const char* name;
};

// Change what is on disk. An open counts when it may make or empty a file.
constexpr Named kChanges[] = {
    {SYS_mkdirat, "mkdirat"},     {SYS_linkat, "linkat"},       {SYS_symlinkat, "symlinkat"},
    {SYS_renameat, "renameat"},   {SYS_renameat2, "renameat2"}, {SYS_unlinkat, "unlinkat"},
    {SYS_write, "write"},         {SYS_pwrite64, "pwrite64"},   {SYS_writev, "writev"},
    {SYS_ftruncate, "ftruncate"}, {SYS_fchmod, "fchmod"},       {SYS_fchmodat, "fchmodat"},
    {SYS_fchown, "fchown"},       {SYS_fsync, "fsync"},         {SYS_fdatasync, "fdatasync"},
    {SYS_syncfs, "syncfs"},       {SYS_fsetxattr, "fsetxattr"}, {SYS_utimensat, "utimensat"},
#ifdef SYS_rename
    {SYS_mkdir, "mkdir"},         {SYS_rename, "rename"},       {SYS_unlink, "unlink"},
    {SYS_rmdir, "rmdir"},         {SYS_link, "link"},
#endif
};

constexpr Named kReads[] = {
    {SYS_read, "read"},
    {SYS_pread64, "pread64"},
    {SYS_fstat, "fstat"},
    {SYS_newfstatat, "newfstatat"},
    {SYS_statx, "statx"},
    {SYS_getdents64, "getdents64"},
    {SYS_readlinkat, "readlinkat"},
    {SYS_faccessat, "faccessat"},
    {SYS_lseek, "lseek"},
    {SYS_mmap, "mmap"},
    {SYS_flock, "flock"},
    {SYS_flistxattr, "flistxattr"},
    {SYS_getcwd, "getcwd"},
    {SYS_fcntl, "fcntl"},
    {SYS_close, "close"},
#ifdef SYS_open
    {SYS_stat, "stat"},
    {SYS_lstat, "lstat"},
    {SYS_access, "access"},
    {SYS_readlink, "readlink"},
#endif
};

template <std::size_t N>
const char* NameIn(const Named (&list)[N], long number) {
  for (const Named& one : list) {
    if (one.number == number) {
      return one.name;
    }
  }
  return nullptr;
}

// The name of a call of the set; null for others.
const char* NameOf(const std::string& set, const CallInfo& info) {
  const auto number = static_cast<long>(info.number);
  const bool change = set != "read";
  const bool read = set != "change";
  if (number == SYS_openat) {
    const bool makes =
        (info.arguments[2] & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)) != 0 && (info.arguments[2] & O_PATH) == 0;
    return (makes ? change : read) ? "openat" : nullptr;
  }
#ifdef SYS_open
  if (number == SYS_open) {
    return ((info.arguments[1] & O_CREAT) != 0 ? change : read) ? "open" : nullptr;
  }
#endif
  // What is printed is no change.
  if (number == SYS_write && info.arguments[0] <= 2) {
    return nullptr;
  }
  // Memory is no file.
  if (number == SYS_mmap && static_cast<int>(info.arguments[4]) < 0) {
    return nullptr;
  }
  const char* name = change ? NameIn(kChanges, number) : nullptr;
  return name == nullptr && read ? NameIn(kReads, number) : name;
}

// The kernel does nothing instead of the call that is about to begin, which ends with this error.
// Source: seccomp(2), SECCOMP_RET_TRACE.
void SkipWith(pid_t thread, int error) {
#if defined(__x86_64__)
  if (ptrace(PTRACE_POKEUSER, thread, offsetof(user_regs_struct, orig_rax), -1L) != 0 ||
      ptrace(PTRACE_POKEUSER, thread, offsetof(user_regs_struct, rax), static_cast<long>(-error)) != 0) {
    Die("ptrace");
  }
#elif defined(__aarch64__)
  int none = -1;
  iovec data = {&none, sizeof none};
  if (ptrace(PTRACE_SETREGSET, thread, 0x404, &data) != 0) {
    Die("ptrace");
  }
  user_regs_struct registers = {};
  data = {&registers, sizeof registers};
  if (ptrace(PTRACE_GETREGSET, thread, 1, &data) != 0) {
    Die("ptrace");
  }
  registers.regs[0] = static_cast<unsigned long long>(-static_cast<long long>(error));
  if (ptrace(PTRACE_SETREGSET, thread, 1, &data) != 0) {
    Die("ptrace");
  }
#endif
}

// The child stops at calls of the lists only: at each call that a build makes it would take ten times as long.
bool StopAtListedCalls() {
  std::vector<sock_filter> program = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
  const auto stop_at = [&](long number) {
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE));
  };
  for (const Named& one : kChanges) {
    stop_at(one.number);
  }
  for (const Named& one : kReads) {
    stop_at(one.number);
  }
  stop_at(SYS_openat);
  stop_at(SYS_rt_sigaction);
#ifdef SYS_open
  stop_at(SYS_open);
#endif
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  sock_fprog filter = {static_cast<unsigned short>(program.size()), program.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

using Tree = std::map<std::string, std::string>;

// All files by their bytes. What dpc stages has names of its own and is no part of the tree.
Tree TreeAt(const fs::path& folder) {
  Tree tree;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.rfind(".dpc-tmp-", 0) == 0) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file()) {
      std::ifstream file(at->path(), std::ios::binary);
      tree[at->path().lexically_relative(folder).string()] = std::string(std::istreambuf_iterator<char>(file), {});
    }
  }
  return tree;
}

struct Watch {
  std::string out;
  Tree before;
  Tree after;
  long old_seen = 0;
  long new_seen = 0;
  long neither = 0;

  void Look(long call, const char* name) {
    const Tree now = TreeAt(out);
    (now == before ? old_seen : now == after ? new_seen : neither) += 1;
    if (now != before && now != after) {
      std::printf("neither old nor new before call %ld, %s\n", call, name);
    }
  }
};

struct Options {
  std::string set = "change";
  long kill = 0;
  long fail = 0;
  int error = 0;
  long always = -1;
  int always_error = 0;
  bool watching = false;
  Watch watch;
};

class Tracer {
 public:
  explicit Tracer(Options options) : options_(std::move(options)) {}

  int Run(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, 0) == child && WIFEXITED(status)) {
      return WEXITSTATUS(status);
    }
    if (!WIFSTOPPED(status)) {
      Die("the command does not start");
    }
    ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL);
    ptrace(PTRACE_CONT, child, 0, 0);
    while (true) {
      const pid_t thread = waitpid(-1, &status, __WALL);
      if (thread < 0) {
        Die("waitpid");
      }
      if (WIFEXITED(status) || WIFSIGNALED(status)) {
        if (thread == child) {
          return Finish(status);
        }
        continue;
      }
      Continue(thread, status);
    }
  }

 private:
  void Continue(pid_t thread, int status) {
    const int signal = WSTOPSIG(status);
    int deliver = 0;
    if (status >> 8 == (SIGTRAP | (PTRACE_EVENT_SECCOMP << 8))) {
      AtCall(thread);
    } else if (signal != SIGTRAP && signal != SIGSTOP) {
      deliver = signal;
    }
    ptrace(PTRACE_CONT, thread, 0, deliver);
  }

  void AtCall(pid_t thread) {
    CallInfo info = {};
    if (ptrace(static_cast<__ptrace_request>(PTRACE_GET_SYSCALL_INFO), thread, sizeof info, &info) < 0) {
      Die("ptrace");
    }
    started_ = started_ || (static_cast<long>(info.number) == SYS_rt_sigaction && info.arguments[0] == SIGXFSZ);
    if (started_) {
      AtEntry(thread, info);
    }
  }

  void AtEntry(pid_t thread, const CallInfo& info) {
    bool skipped = false;
    if (static_cast<long>(info.number) == options_.always) {
      SkipWith(thread, options_.always_error);
      skipped = true;
    }
    const char* name = NameOf(options_.set, info);
    if (name == nullptr) {
      return;
    }
    ++calls_;
    if (options_.watching) {
      options_.watch.Look(calls_, name);
    }
    if (calls_ == options_.kill) {
      std::printf("hit %s\n", name);
      kill(thread, SIGKILL);
    } else if (calls_ == options_.fail) {
      std::printf("hit %s\n", name);
      if (!skipped) {
        SkipWith(thread, options_.error);
      }
    }
  }

  int Finish(int status) const {
    if (options_.watching) {
      std::printf("watched old %ld new %ld neither %ld\n", options_.watch.old_seen, options_.watch.new_seen,
                  options_.watch.neither);
    }
    std::printf("calls %ld %s %d\n", calls_, WIFEXITED(status) ? "exit" : "signal",
                WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    return options_.watch.neither != 0 ? 1 : 0;
  }

  Options options_;
  bool started_ = false;
  long calls_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
#if !defined(__x86_64__) && !defined(__aarch64__)
  std::fprintf(stderr, "tracer: not for this processor\n");
  return 77;
#endif
  Options options;
  int at = 1;
  const auto next = [&] {
    return at + 1 < argc ? argv[++at] : (std::fprintf(stderr, "tracer: what?\n"), std::exit(2), "");
  };
  for (; at < argc && std::strcmp(argv[at], "--") != 0; ++at) {
    const std::string option = argv[at];
    if (option == "--set") {
      options.set = next();
    } else if (option == "--kill") {
      options.kill = std::atol(next());
    } else if (option == "--fail") {
      options.fail = std::atol(next());
      options.error = std::atoi(next());
    } else if (option == "--always") {
      const std::string name = next();
      for (const Named& one : kChanges) {
        options.always = name == one.name ? one.number : options.always;
      }
      options.always_error = std::atoi(next());
    } else if (option == "--watch") {
      options.watching = true;
      options.watch.out = next();
      options.watch.before = TreeAt(next());
      options.watch.after = TreeAt(next());
    }
  }
  if (at + 1 >= argc) {
    std::fprintf(stderr, "tracer: no command\n");
    return 2;
  }
  const pid_t child = fork();
  if (child == 0) {
    if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) {
      std::fprintf(stderr, "tracer: this machine does not allow ptrace\n");
      _exit(77);
    }
    // The first stop is that of the new program: the filter must know its tracer before.
    raise(SIGSTOP);
    if (!StopAtListedCalls()) {
      std::fprintf(stderr, "tracer: this machine does not allow seccomp filters\n");
      _exit(77);
    }
    execvp(argv[at + 1], argv + at + 1);
    _exit(127);
  }
  return Tracer(std::move(options)).Run(child);
}
