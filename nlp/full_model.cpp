#include "nlp/full_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <optional>

#include "base/text.h"
#include "nlp/encoder.h"
#include "nlp/pieces.h"
#include "nlp/text_windows.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostPieces = 128;    // of one window; nine tweets in ten have fewer than 50
constexpr std::size_t kMostWindows = 16;    // of one text: some 1,500 words
constexpr std::size_t kPiecesAtOnce = 512;  // what one pass reads together: stays in the cache

// A linear layer in floats: its answers are few.
struct Head {
  std::span<const float> weight, bias;
  float temperature = 1;  // what the scores are divided by (Guo et al. 2017)

  std::size_t classes() const { return bias.size(); }

  // Probabilities of the classes for the features given in parts, one after the other.
  void ask(std::initializer_list<std::span<const float>> parts, std::span<float> out) const {
    const std::size_t inner = weight.size() / bias.size();
    for (std::size_t c = 0; c < bias.size(); ++c) {
      const float* w = weight.data() + c * inner;
      float score = bias[c];
      for (const std::span<const float> part : parts) {
        score = std::inner_product(part.begin(), part.end(), w, score);
        w += part.size();
      }
      out[c] = score / temperature;
    }
    const float top = *std::ranges::max_element(out.first(bias.size()));
    float sum = 0;
    for (float& each : out.first(bias.size())) sum += each = std::exp(each - top);
    for (float& each : out.first(bias.size())) each /= sum;
  }

  // How likely class `c` is by itself.
  float yes(std::size_t c, std::span<const float> features) const {
    const float* const w = weight.data() + c * features.size();
    return 1 / (1 + std::exp(-std::inner_product(features.begin(), features.end(), w, bias[c])));
  }
};

Result<Head> read_head(const TensorFile& file, std::string_view name, std::size_t classes,
                       std::size_t inner) {
  Head head;
  head.weight = PLUMBLINE_TRY(file.floats(fmt::format("head.{}", name), {classes, inner}));
  head.bias = PLUMBLINE_TRY(file.floats(fmt::format("head.{}.bias", name), {classes}));
  const std::string said{file.metadata(fmt::format("temperature.{}", name))};
  if (!said.empty()) head.temperature = std::strtof(said.c_str(), nullptr);
  if (!(head.temperature > 0.01F && head.temperature < 100.0F))
    return fail(ErrorCode::parse, fmt::format("the temperature of \"{}\" is no number that could "
                                              "be one",
                                              name));
  return head;
}

Sentiment mood_of(std::span<const float> shares) {
  return sentiment_from(shares[0], shares[1], shares[2]);
}

// Pieces [first, last) of one text that belong together as a term.
struct PieceRange {
  std::size_t first = 0, last = 0;
};

void mean_of(const float* rows, std::size_t count, std::size_t width, std::vector<float>& out) {
  out.assign(width, 0.0F);
  for (std::size_t row = 0; row < count; ++row)
    for (std::size_t i = 0; i < width; ++i) out[i] += rows[row * width + i];
  for (float& each : out) each /= static_cast<float>(std::max<std::size_t>(count, 1));
}

// A part of a text that is read at once, and where the answers go.
struct Window {
  std::vector<TextPiece> pieces;
  FullReading* reading = nullptr;
  const std::vector<Span>* asked = nullptr;
};

// The shares of a text are the means of those of its windows, each as long as it is.
void add_whole(const FullReading& part, float weight, FullReading& sum) {
  sum.sentiment.negative += part.sentiment.negative * weight;
  sum.sentiment.neutral += part.sentiment.neutral * weight;
  sum.sentiment.positive += part.sentiment.positive * weight;
  for (std::size_t i = 0; i < kEmotionCount; ++i) sum.emotion[i] += part.emotion[i] * weight;
  sum.irony += part.irony * weight;
}

void finish(FullReading& sum) {
  Sentiment& mood = sum.sentiment;
  const float all = mood.negative + mood.neutral + mood.positive;
  if (all <= 0) return;
  mood = sentiment_from(mood.negative / all, mood.neutral / all, mood.positive / all);
  for (float& each : sum.emotion) each /= all;
  sum.irony /= all;
}

}  // namespace

struct FullModel::Parts {
  std::unique_ptr<std::string> owned;  // the bytes of the file, where the model keeps them
  TensorFile file;
  Pieces pieces;
  Encoder encoder;
  Head sentiment, emotion, irony, term, aspect;
  std::optional<Head> statement;
  StatementBorders borders{};
  std::vector<std::string> stated;  // languages
  std::string version;
  std::size_t most = kMostPieces;

  explicit Parts(TensorFile read) : file(std::move(read)) {}

  std::size_t width() const { return encoder.shape().width; }

  // What is said about the whole: `rows` are the vectors of the text's pieces.
  FullReading whole(const float* rows, std::size_t count, std::vector<float>& mean) const {
    FullReading out;
    const std::span<const float> first{rows, width()};
    mean_of(rows, count, width(), mean);
    std::array<float, kEmotionCount> said{};
    sentiment.ask({first, mean}, said);
    out.sentiment = mood_of(said);
    emotion.ask({first, mean}, out.emotion);
    irony.ask({first, mean}, said);
    out.irony = said[1];
    return out;
  }

  Sentiment mood(const float* rows, PieceRange range, std::span<const float> mean) const {
    std::vector<float> term_mean;
    mean_of(rows + range.first * width(), range.last - range.first, width(), term_mean);
    std::array<float, 3> said{};
    aspect.ask({term_mean, {rows, width()}, mean}, said);
    return mood_of(said);
  }

  // The pieces that touch a stretch; none: an empty range.
  static PieceRange range_of(const std::vector<TextPiece>& text, Span span) {
    const auto touches = [&](const TextPiece& each) {
      return each.span.begin < span.end && each.span.end > span.begin;
    };
    const auto first = std::ranges::find_if(text, touches);
    const auto last = std::find_if_not(first, text.end(), touches);
    return {static_cast<std::size_t>(first - text.begin()),
            static_cast<std::size_t>(last - text.begin())};
  }

  // Terms as the labels outside, begin, inside of each piece say; whole words only, each as its
  // first piece says.
  std::vector<PieceRange> terms_of(const float* rows, const std::vector<TextPiece>& text) const {
    std::vector<PieceRange> out;
    bool open = false;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      std::array<float, 3> said{};
      term.ask({{rows + i * width(), width()}}, said);
      const auto label = std::ranges::max_element(said) - said.begin();
      const bool inside_word = open && !text[i].starts_word;
      if (inside_word || (open && label == 2))
        out.back().last = i + 1;
      else if (text[i].starts_word && label != 0)
        out.push_back({i, i + 1});
      open = !out.empty() && out.back().last == i + 1;
    }
    return out;
  }

  MarkedWords marks_of(const float* rows, const std::vector<TextPiece>& text) const {
    MarkedWords out;
    std::vector<std::size_t> counts;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      if (text[i].starts_word || out.empty()) {
        out.push_back({text[i].span, {}});
        counts.push_back(0);
      }
      MarkedWord& word = out.back();
      word.span.end = std::max(word.span.end, text[i].span.end);
      ++counts.back();
      for (std::size_t c = 0; c < kStatementMarks; ++c)
        word.shares[c] += statement->yes(c, {rows + i * width(), width()});
    }
    for (std::size_t w = 0; w < out.size(); ++w)
      for (float& share : out[w].shares) share /= static_cast<float>(counts[w]);
    return out;
  }

  void read_batch(std::span<const Window> windows, Encoder::Scratch& scratch,
                  std::vector<float>& rows) const;
};

// Adds what the windows say to the readings they belong to; see finish().
void FullModel::Parts::read_batch(std::span<const Window> windows, Encoder::Scratch& scratch,
                                  std::vector<float>& rows) const {
  std::vector<std::vector<TextPiece>> texts;
  for (const Window& each : windows) texts.push_back(each.pieces);
  encoder.encode(texts, scratch, rows);
  const float* at = rows.data();
  std::vector<float> mean;
  for (const Window& window : windows) {
    const std::vector<TextPiece>& text = window.pieces;
    FullReading& reading = *window.reading;
    add_whole(whole(at, text.size(), mean), static_cast<float>(text.size()), reading);
    for (const PieceRange range : terms_of(at, text))
      reading.terms.push_back(
          {{text[range.first].span.begin, text[range.last - 1].span.end}, mood(at, range, mean)});
    for (std::size_t i = 0; i < reading.asked.size(); ++i) {
      const PieceRange range = range_of(text, (*window.asked)[i]);
      if (range.first != range.last) reading.asked[i] = mood(at, range, mean);
    }
    if (text.size() > 2) reading.read_to = text[text.size() - 2].span.end;
    if (statement) {
      const MarkedWords words = marks_of(at, text);
      reading.words.insert(reading.words.end(), words.begin(), words.end());
    }
    at += text.size() * width();
  }
}

Result<FullModel> FullModel::open_owned(std::string bytes) {
  auto kept = std::make_unique<std::string>(std::move(bytes));
  FullModel model = PLUMBLINE_TRY(open(*kept));
  model.parts_->owned = std::move(kept);
  return model;
}

Result<FullModel> FullModel::open(std::string_view bytes) {
  auto parts = std::make_unique<Parts>(PLUMBLINE_TRY(TensorFile::read(bytes)));
  const Tensor* vocabulary = parts->file.find("vocabulary");
  if (vocabulary == nullptr || vocabulary->type != TensorType::u8)
    return fail(ErrorCode::parse, "a full model without its vocabulary");
  parts->pieces = PLUMBLINE_TRY(Pieces::read(vocabulary->bytes));
  parts->encoder = PLUMBLINE_TRY(Encoder::open(parts->file));
  const EncoderShape& shape = parts->encoder.shape();
  if (shape.vocabulary != parts->pieces.size())
    return fail(ErrorCode::parse, fmt::format("the vocabulary has {} pieces, the encoder {}",
                                              parts->pieces.size(), shape.vocabulary));
  const std::size_t width = shape.width;
  parts->sentiment = PLUMBLINE_TRY(read_head(parts->file, "sentiment", 3, 2 * width));
  parts->emotion = PLUMBLINE_TRY(read_head(parts->file, "emotion", kEmotionCount, 2 * width));
  parts->irony = PLUMBLINE_TRY(read_head(parts->file, "irony", 2, 2 * width));
  parts->term = PLUMBLINE_TRY(read_head(parts->file, "term", 3, width));
  parts->aspect = PLUMBLINE_TRY(read_head(parts->file, "aspect", 3, 3 * width));
  for (const std::string_view code : split(parts->file.metadata("statements"), ' ')) {
    if (code.empty()) continue;
    parts->stated.emplace_back(code);
    if (code == "en") parts->stated.emplace_back("und");
  }
  if (!parts->stated.empty())
    parts->statement = PLUMBLINE_TRY(read_head(parts->file, "statement", kStatementMarks, width));
  parts->borders = borders_in(parts->file.metadata("borders"));
  parts->most = std::min(kMostPieces, shape.positions);
  parts->version = fmt::format("full-{}", hex64(hash64(bytes)).substr(0, 8));
  return FullModel(std::move(parts));
}

FullModel::FullModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FullModel::~FullModel() = default;
FullModel::FullModel(FullModel&&) noexcept = default;
FullModel& FullModel::operator=(FullModel&&) noexcept = default;

bool FullModel::states(std::string_view lang) const {
  return parts_->statement && std::ranges::find(parts_->stated, lang) != parts_->stated.end();
}
const StatementBorders& FullModel::borders() const { return parts_->borders; }
const std::string& FullModel::version() const { return parts_->version; }

std::string_view FullModel::metadata(std::string_view key) const {
  return parts_->file.metadata(key);
}

std::vector<FullReading> FullModel::read(std::span<const std::string_view> texts,
                                         std::span<const std::vector<Span>> asked) const {
  std::vector<FullReading> out(texts.size());
  std::vector<Window> batch;
  Encoder::Scratch scratch;
  std::vector<float> rows;
  std::size_t pieces = 0;
  const auto run = [&] {
    if (!batch.empty()) parts_->read_batch(batch, scratch, rows);
    batch.clear();
    pieces = 0;
  };
  std::vector<TextPiece> whole;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (!asked.empty()) out[i].asked.resize(asked[i].size());
    parts_->pieces.cut(texts[i], parts_->most * kMostWindows, whole);
    for (std::vector<TextPiece>& window : windows_of(texts[i], std::move(whole), parts_->most)) {
      if (pieces + window.size() > kPiecesAtOnce) run();
      pieces += window.size();
      batch.push_back({std::move(window), &out[i], asked.empty() ? nullptr : &asked[i]});
    }
  }
  run();
  for (FullReading& each : out) finish(each);
  return out;
}

}  // namespace plumbline
