// Labels texts with the built-in analyzer, for measuring: one text per line on stdin, one line
// "lang TAB label TAB score" each on stdout (label "none" where the language is not scored). With
// --speed it labels everything once more and prints texts per second on stderr.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <string>
#include <vector>

#include "nlp/analyze.h"
#include "nlp/normalize.h"

int main(int argc, char** argv) {
  using namespace plumbline;
  const bool speed = argc > 1 && std::strcmp(argv[1], "--speed") == 0;
  auto analyzer = Analyzer::load();
  if (!analyzer) {
    fmt::print(stderr, "{}\n", describe(analyzer.error()));
    return 1;
  }
  std::vector<Document> documents;
  for (std::string line; std::getline(std::cin, line);) {
    Document document;
    document.text = line;
    documents.push_back(normalize(std::move(document)));
  }
  for (const Document& document : documents) {
    const Analysis said = analyzer->analyze(document);
    fmt::print("{}\t{}\t{:.3f}\n", said.lang,
               said.scored ? name_of(said.sentiment.label) : std::string_view("none"),
               said.sentiment.score);
  }
  if (!speed) return 0;
  const auto begin = std::chrono::steady_clock::now();
  double sum = 0;
  for (const Document& document : documents)
    sum += static_cast<double>(analyzer->analyze(document).sentiment.score);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  fmt::print(stderr, "{} texts, {:.0f} texts/s on one thread (sum {:.1f})\n", documents.size(),
             static_cast<double>(documents.size()) / taken.count(), sum);
  return 0;
}
