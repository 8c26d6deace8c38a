// Does it link, and start? Asked by libraries.cmake; everything of libgit2 hangs on what is named here.
#include <git2.h>
#include <sqlite3.h>

int main() {
  git_repository* repository = nullptr;
  git_libgit2_init();
  git_repository_open(&repository, ".");
  sqlite3* database = nullptr;
  return sqlite3_open(":memory:", &database);
}
