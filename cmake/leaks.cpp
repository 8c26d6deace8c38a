// What LeakSanitizer is told; part of sanitizer builds only. libgit2 1.5 never frees the match data of PCRE2 where an
// expression does not match (`git_regexp_match` in its src/util/regexp.c), as when it looks for what a branch tracks.
extern "C" {

const char* __lsan_default_suppressions();
const char* __lsan_default_options();

const char* __lsan_default_suppressions() {
  return "leak:libpcre2\n";
}

// Without a list of what was suppressed at the end of every run.
const char* __lsan_default_options() {
  return "print_suppressions=0";
}

}  // extern "C"
