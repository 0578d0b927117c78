// How many short texts a second: reading and judging by the fast model, and the whole analysis.
//   plumbline_fast_speed < texts     one text a line; one thread, processor time; three rounds,
//   interleaved
#include <fmt/format.h>

#include <ctime>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "nlp/fast_reading.h"
#include "nlp/fast_words.h"
#include "nlp/language_files.h"
#include "nlp/normalize.h"

namespace {

// Of this program's own processor time, so that neighbours on the machine count less.
double seconds(const std::function<void()>& work) {
  const std::clock_t begin = std::clock();
  work();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

}  // namespace

int main() {
  using namespace plumbline;
  const auto model = FastModel::read(embedded("models/fast.bin"), "models/fast.bin");
  const auto analyzer = Analyzer::load();
  auto lexicons = read_lexicons(built_in_languages());
  const auto known = FastWords::of_model({}, false);
  if (!model || !analyzer || !lexicons || !known) return 1;
  Lexicon& english = lexicons->at("en");
  english.known = *known;
  std::vector<Document> documents;
  std::size_t bytes = 0, features = 0;
  for (std::string line; std::getline(std::cin, line);) {
    Document document;
    document.text = line;
    documents.push_back(normalize(std::move(document)));
    bytes += documents.back().text.size();
  }
  const auto n = static_cast<double>(documents.size());
  double sum = 0;
  for (int round = 0; round < 3; ++round) {
    FastScratch scratch;
    scratch.rows = model->rows();
    features = 0;
    const double mood = seconds([&] {
      for (const Document& document : documents) {
        scratch.slots.clear();
        read_fast(document.text, english, "en", scratch);
        features += scratch.slots.size();
        sum += static_cast<double>(model->sentiment(scratch.slots, "en").score);
      }
    });
    const double whole = seconds([&] {
      for (const Document& document : documents)
        sum += static_cast<double>(analyzer->analyze(document).sentiment.score);
    });
    fmt::print("sentiment {:.0f} texts/s, whole analysis {:.0f} texts/s\n", n / mood, n / whole);
  }
  fmt::print("{} texts of {:.0f} bytes and {:.0f} features (sum {:.1f})\n", documents.size(),
             static_cast<double>(bytes) / n, static_cast<double>(features) / n, sum);
  return 0;
}
