// What the sanitizers are told; part of sanitizer builds only. libgit2 1.5 leaks by itself: the match data of PCRE2
// where an expression does not match (`git_regexp_match`), a reference whose object is damaged (`git_revparse_single`).
// Of its calls only the innermost frame is known, so what dpc would forget of libgit2's is passed over with them:
// `source` keeps all of that in handles.
extern "C" {

const char* __lsan_default_suppressions();
const char* __lsan_default_options();
const char* __asan_default_options();

const char* __lsan_default_suppressions() {
  return "leak:libpcre2\nleak:libgit2.so\n";
}

// Without a list of what was suppressed at the end of every run.
const char* __lsan_default_options() {
  return "print_suppressions=0";
}

// As without a sanitizer: libgit2 believes a damaged index of a pack and asks for terabytes, is refused, and says so.
const char* __asan_default_options() {
  return "allocator_may_return_null=1";
}

}  // extern "C"
