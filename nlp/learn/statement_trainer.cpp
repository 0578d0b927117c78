#include "nlp/learn/statement_trainer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/text.h"
#include "nlp/learn/random.h"
#include "nlp/learn/statement_net.h"
#include "nlp/prepared.h"
#include "nlp/statement_reading.h"

namespace plumbline {
namespace {

constexpr std::size_t kHoldOut = 10;  // every n-th text

// Cuts texts as the fast tier does and calls `take` with each sentence.
class Preparation {
 public:
  explicit Preparation(StatementReaders readers) : readers_(readers) {}

  // False: the language is none that is read.
  template <class Take>
  bool read(const StatementSentence& sentence, const Take& take) {
    const auto lexicon = readers_.lexicons.find(sentence.lang);
    if (lexicon == readers_.lexicons.end()) return false;
    prepare(sentence.text, text_);
    read_.slots.clear();
    read_fast(sentence.text, lexicon->second, sentence.lang, read_);
    const Sentiment mood =
        readers_.fast.answer(read_.slots, sentence.lang, read_.notes, read_.up_to).sentiment;
    statement_sentences(text_.sentences, read_.tokens, ranges_);
    for (const TokenRange& range : ranges_)
      take(StatementText{text_, read_, sentence.lang, mood}, range);
    return true;
  }

 private:
  StatementReaders readers_;
  Prepared text_;
  FastScratch read_;
  std::vector<TokenRange> ranges_;
};

std::uint16_t bits_of(const MarkedStatement& mark) {
  if (!mark.real) return 1U << unreal_mark;
  unsigned out = 1U << static_cast<unsigned>(mark.said.kind);
  if (mark.said.holder == Holder::other) out |= 1U << other_mark;
  if (mark.said.tense == Tense::past) out |= 1U << past_mark;
  if (mark.said.tense == Tense::future) out |= 1U << future_mark;
  return static_cast<std::uint16_t>(out);
}

StatementExample example_of(const StatementSentence& sentence, const StatementText& text,
                            TokenRange range) {
  StatementExample out;
  statement_rows(text.read.tokens, range, text.lang, out.tokens);
  out.marks.resize(out.tokens.size());
  for (std::size_t t = 0; t < out.tokens.size(); ++t) {
    const Span& token = text.read.tokens.tokens[range.first + t].span;
    for (const MarkedStatement& mark : sentence.statements)
      if (mark.said.span.begin < token.end && token.begin < mark.said.span.end)
        out.marks[t] = static_cast<std::uint16_t>(out.marks[t] | bits_of(mark));
  }
  out.negative = text.mood.negative;
  out.positive = text.mood.positive;
  return out;
}

Status run_epochs(std::vector<const StatementExample*> examples, const StatementTraining& training,
                  const std::function<bool(double)>& go_on, StatementWeights& out) {
  const std::size_t batch = std::max<std::size_t>(training.batch, 1);
  const std::size_t steps_each = (examples.size() + batch - 1) / batch;
  StatementNet net(training, steps_each * static_cast<std::size_t>(training.epochs));
  std::uint64_t state = training.seed;
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    for (std::size_t i = examples.size(); i > 1; --i)
      std::swap(examples[i - 1], examples[stirred(state += 0x9E3779B97F4A7C15U) % i]);
    for (std::size_t begin = 0; begin < examples.size(); begin += batch) {
      const std::size_t count = std::min(batch, examples.size() - begin);
      net.learn({examples.data() + begin, count});
      const double done = static_cast<double>(epoch) +
                          static_cast<double>(begin + count) / static_cast<double>(examples.size());
      if (begin / batch % 64 == 0 && !go_on(done / training.epochs))
        return fail(ErrorCode::partial, "stopped; nothing was written");
    }
  }
  out = std::move(net.weights);
  return {};
}

// What a model says of the words of texts; two words of nothing stand between sentences.
std::vector<MarkedWords> mark_texts(const StatementModel& model, Preparation& preparation,
                                    std::span<const StatementSentence> texts) {
  std::vector<MarkedWords> out;
  StatementScratch scratch;
  for (const StatementSentence& each : texts) {
    MarkedWords& words = out.emplace_back();
    preparation.read(each, [&](const StatementText& text, TokenRange range) {
      mark_sentence(text, range, model, scratch);
      words.insert(words.end(), scratch.words.begin(), scratch.words.end());
      if (!words.empty()) words.insert(words.end(), 2, {words.back().span, {}});
    });
  }
  return out;
}

}  // namespace

StatementData prepare_statements(const std::vector<StatementSentence>& marked,
                                 const std::vector<StatementSentence>& taught,
                                 StatementReaders readers) {
  StatementData out;
  Preparation preparation(readers);
  std::set<std::string> languages;
  const auto read = [&](const StatementSentence& each, std::vector<StatementExample>& to) {
    return preparation.read(each, [&](const StatementText& text, TokenRange range) {
      to.push_back(example_of(each, text, range));
      for (const std::uint16_t marks : to.back().marks)
        out.digest = hash64(each.text, out.digest + marks);
    });
  };
  std::size_t row = 0;
  for (const StatementSentence& each : marked) {
    const bool hold = row++ % kHoldOut == 0;
    if (!read(each, hold ? out.held : out.learn)) continue;
    languages.insert(each.lang);
    if (hold) out.held_texts.push_back(each);
  }
  const std::size_t by_people = out.learn.size();
  for (const StatementSentence& each : taught) read(each, out.learn);
  for (std::size_t i = by_people; i < out.learn.size(); ++i) out.learn[i].taught = true;
  for (const std::string& each : languages)
    out.languages += (out.languages.empty() ? "" : " ") + each;
  return out;
}

Result<LearnedStatements> learn_statements(const StatementData& data, StatementReaders readers,
                                           const StatementTraining& training,
                                           const std::function<bool(double share)>& go_on) {
  LearnedStatements out;
  std::vector<const StatementExample*> examples;
  for (const StatementExample& each : data.learn) examples.push_back(&each);
  const auto half = [&](double before) {
    return [&go_on, before](double share) { return !go_on || go_on(before + share / 2); };
  };
  const auto say_of_whom = [&] {
    out.weights.languages = data.languages;
    out.weights.data_digest = data.digest;
  };
  PLUMBLINE_CHECK(run_epochs(examples, training, half(0), out.weights));
  say_of_whom();
  const StatementModel model =
      PLUMBLINE_TRY(StatementModel::read(pack_statement_model(out.weights), "what was learned"));
  Preparation preparation(readers);
  out.held = choose_borders(
      [&](std::span<const StatementSentence> texts) {
        return mark_texts(model, preparation, texts);
      },
      data.held_texts);
  for (const StatementExample& each : data.held) examples.push_back(&each);
  PLUMBLINE_CHECK(run_epochs(std::move(examples), training, half(0.5), out.weights));
  say_of_whom();
  out.weights.borders = out.held.borders;
  return out;
}

}  // namespace plumbline
