// Says how well topics found agree with labels given: normalised mutual information (arithmetic
// mean) and adjusted Rand index.
// Usage: measure_topics FILE.tsv [K] [SEED]   FILE: label TAB text, one per line; K 0: found by
// itself, absent: the number of labels. "-" reads standard input.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "nlp/topics.h"

namespace {

struct Agreement {
  double mutual_information = 0;  // normalised, 0..1
  double adjusted_rand = 0;       // 1 the same grouping, 0 chance
};

Agreement compare(const std::vector<int>& truth, const std::vector<std::int32_t>& found) {
  std::map<std::pair<int, int>, double> cells;
  std::map<int, double> rows, columns;
  const auto n = static_cast<double>(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    ++cells[{truth[i], found[i]}];
    ++rows[truth[i]];
    ++columns[found[i]];
  }
  const auto pairs = [](double count) { return count * (count - 1) / 2; };
  double mutual = 0, row_entropy = 0, column_entropy = 0, together = 0, in_rows = 0, in_columns = 0;
  for (const auto& [key, count] : cells) {
    mutual += count / n * std::log(count * n / (rows[key.first] * columns[key.second]));
    together += pairs(count);
  }
  for (const auto& [key, count] : rows) {
    row_entropy -= count / n * std::log(count / n);
    in_rows += pairs(count);
  }
  for (const auto& [key, count] : columns) {
    column_entropy -= count / n * std::log(count / n);
    in_columns += pairs(count);
  }
  const double expected = in_rows * in_columns / pairs(n);
  return {2 * mutual / (row_entropy + column_entropy),
          (together - expected) / ((in_rows + in_columns) / 2 - expected)};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fputs("usage: measure_topics FILE.tsv [K] [SEED]\n", stderr);
    return 2;
  }
  std::vector<std::string> texts;
  std::vector<int> labels;
  std::map<std::string, int> numbers;
  const std::string name = arguments[1];
  std::ifstream file(name);
  std::istream& in = name == "-" ? std::cin : file;
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) continue;
    labels.push_back(
        numbers.emplace(line.substr(0, tab), static_cast<int>(numbers.size())).first->second);
    texts.push_back(plumbline::clean_utf8(line.substr(tab + 1)));
  }
  plumbline::TopicOptions options;
  options.topics = count > 2 ? std::atoi(arguments[2]) : static_cast<int>(numbers.size());
  options.seed = count > 3 ? static_cast<std::uint64_t>(std::atoll(arguments[3])) : 1;
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const auto begin = std::chrono::steady_clock::now();
  const plumbline::Topics topics = plumbline::find_topics(views, {}, options);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const Agreement agreement = compare(labels, topics.topic_of);
  std::printf("%zu texts, %zu labels, %zu topics: NMI %.3f ARI %.3f, %.2f s\n", texts.size(),
              numbers.size(), topics.topics.size(), agreement.mutual_information,
              agreement.adjusted_rand, took.count());
  for (std::size_t i = 0; i < topics.topics.size(); ++i) {
    std::printf("  %-40s", topics.topics[i].label.c_str());
    for (const std::string& word : topics.topics[i].words) std::printf(" %s", word.c_str());
    std::printf("\n");
  }
  return 0;
}
