#include "nlp/learn/statement_borders.h"

#include <algorithm>
#include <vector>

namespace plumbline {
namespace {

constexpr std::size_t kTextsAtOnce = 64;
constexpr double kLean = 25;  // marks of all kinds together that are added to those of one
constexpr int kSteps = 100, kFirstStep = 30, kLastStep = 90;

struct Candidate {
  float share = 0;
  bool right = false;
};

struct Kind {
  std::int64_t there = 0;
  std::vector<Candidate> candidates;
};

void take(const std::vector<FoundStatement>& found, const StatementSentence& sentence,
          std::vector<Kind>& kinds) {
  std::vector<bool> met(sentence.statements.size());
  for (const MarkedStatement& mark : sentence.statements)
    if (mark.real) ++kinds[static_cast<std::size_t>(mark.said.kind)].there;
  for (const FoundStatement& each : found) {
    Candidate candidate{each.share, false};
    for (std::size_t i = 0; i < met.size() && !candidate.right; ++i) {
      const MarkedStatement& mark = sentence.statements[i];
      if (met[i] || !mark.real || mark.said.kind != each.said.kind) continue;
      candidate.right = meet(mark.said.span, each.said.span);
      if (candidate.right) met[i] = true;
    }
    kinds[static_cast<std::size_t>(each.said.kind)].candidates.push_back(candidate);
  }
}

StatementCount count_from(const Kind& kind, double border) {
  StatementCount out;
  out.there = kind.there;
  for (const Candidate& each : kind.candidates) {
    if (static_cast<double>(each.share) < border) continue;
    ++out.found;
    out.right += each.right ? 1 : 0;
  }
  return out;
}

// F of the kind's own counts and, as if they were kLean marks more, those of all.
double worth(const StatementCount& own, const StatementCount& all) {
  const double lean = kLean / std::max<double>(static_cast<double>(all.there), kLean);
  const auto sum = [&](std::int64_t a, std::int64_t b) {
    return static_cast<double>(a) + lean * static_cast<double>(b);
  };
  const double square = kBorderBeta * kBorderBeta;
  const double below = square * sum(own.there, all.there) + sum(own.found, all.found);
  return below > 0 ? (1 + square) * sum(own.right, all.right) / below : 0;
}

}  // namespace

double StatementCount::precision() const {
  return found > 0 ? static_cast<double>(right) / static_cast<double>(found) : 0;
}

double StatementCount::recall() const {
  return there > 0 ? static_cast<double>(right) / static_cast<double>(there) : 0;
}

ChosenBorders choose_borders(const SentenceMarker& marker,
                             std::span<const StatementSentence> sentences) {
  std::vector<Kind> kinds(kStatementKinds);
  StatementBorders lowest;
  lowest.fill(static_cast<float>(kFirstStep) / kSteps);
  for (std::size_t begin = 0; begin < sentences.size(); begin += kTextsAtOnce) {
    const std::size_t end = std::min(sentences.size(), begin + kTextsAtOnce);
    const std::vector<MarkedWords> words = marker(sentences.subspan(begin, end - begin));
    for (std::size_t i = begin; i < end; ++i)
      take(find_statements(words[i - begin], lowest), sentences[i], kinds);
  }
  Kind all;
  for (const Kind& kind : kinds) {
    all.there += kind.there;
    all.candidates.insert(all.candidates.end(), kind.candidates.begin(), kind.candidates.end());
  }
  ChosenBorders out;
  out.borders = borders_in({});  // of kinds of which nothing right was found
  for (std::size_t kind = 0; kind < kStatementKinds; ++kind) {
    double best = 0;
    StatementCount count;
    for (int step = kFirstStep; step <= kLastStep; ++step) {
      const double border = static_cast<double>(step) / kSteps;
      const StatementCount own = count_from(kinds[kind], border);
      const double here = worth(own, count_from(all, border));
      if (here <= best) continue;
      best = here;
      count = own;
      out.borders[kind] = static_cast<float>(border);
    }
    out.count.there += count.there;
    out.count.found += count.found;
    out.count.right += count.right;
  }
  return out;
}

}  // namespace plumbline
