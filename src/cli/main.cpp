#include "cli/command.h"

int main(int argc, char** argv) {
  return dpc::cli::Run(argc, argv);
}
