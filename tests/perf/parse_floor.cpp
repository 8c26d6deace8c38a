// The floors of reading YAML: the event loops of yaml-cpp and of libyaml with handlers that only count, over files that
// are in memory.
//
//   parse_floor cpp|libyaml < LIST      LIST: paths, one a line
//
// Prints the seconds of processor time that the loop took, so that reading the files is not part of it.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>
#include <yaml.h>

#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Counting : YAML::EventHandler {
  std::size_t events = 0;

  void OnDocumentStart(const YAML::Mark&) override {}

  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark&, YAML::anchor_t) override { ++events; }

  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { ++events; }

  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override { ++events; }

  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }

  void OnSequenceEnd() override {}

  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    ++events;
  }

  void OnMapEnd() override {}
};

std::size_t WithYamlCpp(const std::string& text) {
  std::istringstream in(text);
  YAML::Parser parser(in);
  Counting handler;
  while (parser.HandleNextDocument(handler)) {
  }
  return handler.events;
}

std::size_t WithLibyaml(const std::string& text) {
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::size_t events = 0;
  for (bool more = true; more; ++events) {
    yaml_event_t event;
    more = yaml_parser_parse(&parser, &event) != 0 && event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return events;
}

}  // namespace

int main(int argc, char** argv) {
  const bool cpp = argc == 2 && std::strcmp(argv[1], "cpp") == 0;
  std::vector<std::string> texts;
  for (std::string path; std::getline(std::cin, path);) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    texts.push_back(std::move(text).str());
  }
  const std::clock_t begin = std::clock();
  std::size_t events = 0;
  for (const std::string& text : texts) {
    events += cpp ? WithYamlCpp(text) : WithLibyaml(text);
  }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.6f\n", seconds);
  std::fprintf(stderr, "%zu events\n", events);
  return events == 0 ? 1 : 0;
}
