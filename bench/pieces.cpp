// What one mention costs, piece by piece, on the invented sample.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "app/workspace.h"
#include "base/embedded.h"
#include "base/words.h"
#include "crawler/feed.h"
#include "nlp/analyze.h"
#include "nlp/fingerprint.h"
#include "nlp/normalize.h"

namespace plumbline {
namespace {

// Every line of the sample's mentions as a text: short ones, several languages, some markup.
const std::vector<Document>& documents() {
  static const std::vector<Document> made = [] {
    std::vector<Document> out;
    for (const EmbeddedFile& file : embedded_below("demo/")) {
      std::string_view rest = file.bytes;
      while (!rest.empty()) {
        const std::size_t line = std::min(rest.find('\n'), rest.size());
        Document document;
        document.text = rest.substr(0, line);
        if (line > 20) out.push_back(normalize(document));
        rest.remove_prefix(std::min(line + 1, rest.size()));
      }
    }
    return out;
  }();
  return made;
}

template <class Work>
void over_documents(benchmark::State& state, Work work) {
  std::size_t next = 0;
  std::int64_t bytes = 0;
  for (auto step : state) {
    (void)step;
    const Document& document = documents()[next++ % documents().size()];
    bytes += static_cast<std::int64_t>(document.text.size());
    work(document);
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(bytes);
}

void normalizing(benchmark::State& state) {
  over_documents(state, [](const Document& d) { benchmark::DoNotOptimize(normalize(d)); });
}
BENCHMARK(normalizing);

void splitting_words(benchmark::State& state) {
  std::vector<Piece> pieces;
  over_documents(state, [&](const Document& d) { split_words(d.text, pieces); });
}
BENCHMARK(splitting_words);

void fingerprinting(benchmark::State& state) {
  over_documents(state, [](const Document& d) { benchmark::DoNotOptimize(fingerprint(d.text)); });
}
BENCHMARK(fingerprinting);

void analyzing(benchmark::State& state) {
  const auto analyzer = Analyzer::load();
  if (!analyzer) return state.SkipWithError("no analyzer");
  over_documents(state, [&](const Document& d) { benchmark::DoNotOptimize(analyzer->analyze(d)); });
}
BENCHMARK(analyzing);

}  // namespace
}  // namespace plumbline
