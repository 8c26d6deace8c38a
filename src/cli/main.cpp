#include "cli/command.h"
#include "cli/process.h"

int main(int argc, char** argv) {
  dpc::cli::PrepareProcess();
  return dpc::cli::Run(argc, argv);
}
