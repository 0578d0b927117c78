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

namespace plumbline {
namespace {

constexpr std::size_t kMostPieces = 128;     // of one text; nine tweets in ten have fewer than 50
constexpr std::size_t kPiecesAtOnce = 1024;  // what one pass reads together

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

constexpr float kInside = 0.3F;      // a word this likely in a statement goes on with it
constexpr float kStated = 0.46F;     // the mean of its words that makes it one
constexpr float kStatedWish = 0.6F;  // what is wished for, as it is often told as not to be had
constexpr float kStatedMove = 0.55F;
constexpr std::size_t kGap = 1;  // words less likely inside a statement

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

// How likely a word of a text is part of what.
struct MarkedWord {
  Span span;
  std::size_t pieces = 0;
  std::array<float, kStatementMarks> shares{};
};

using MarkedWords = std::vector<MarkedWord>;

// The words [first, last) as a statement of a kind.
FullStatement statement_of(const MarkedWords& words, std::size_t first, std::size_t last,
                           std::size_t kind) {
  FullStatement out;
  std::array<float, kStatementMarks> means{};
  for (std::size_t w = first; w < last; ++w)
    for (std::size_t c = 0; c < kStatementMarks; ++c)
      means[c] += words[w].shares[c] / static_cast<float>(last - first);
  out.share = means[kind];
  out.said.kind = static_cast<StatementKind>(kind);
  out.said.span = {words[first].span.begin, words[last - 1].span.end};
  if (means[other_mark] > 0.5F) out.said.holder = Holder::other;
  if (std::max(means[past_mark], means[future_mark]) > 0.5F)
    out.said.tense = means[past_mark] > means[future_mark] ? Tense::past : Tense::future;
  return out;
}

float border_of(StatementKind kind) {
  switch (kind) {
    case StatementKind::want: return kStatedWish;
    case StatementKind::experience:
    case StatementKind::switching: return kStatedMove;
    default: return kStated;
  }
}

void find_statements(const MarkedWords& words, std::size_t kind, std::vector<FullStatement>& out) {
  const auto inside = [&](std::size_t w) { return words[w].shares[kind] >= kInside; };
  for (std::size_t first = 0; first < words.size(); ++first) {
    if (!inside(first)) continue;
    std::size_t last = first + 1;
    for (std::size_t w = last; w < words.size() && w <= last + kGap; ++w)
      if (inside(w)) last = w + 1;
    const FullStatement found = statement_of(words, first, last, kind);
    if (found.share >= border_of(found.said.kind)) out.push_back(found);
    first = last;
  }
}

}  // namespace

struct FullModel::Parts {
  std::unique_ptr<std::string> owned;  // the bytes of the file, where the model keeps them
  TensorFile file;
  Pieces pieces;
  Encoder encoder;
  Head sentiment, emotion, irony, term, aspect;
  std::optional<Head> statement;
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

  // Terms as the labels outside, begin, inside of each piece say; whole words only.
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
      else if (label == 1 || label == 2)
        out.push_back({i, i + 1});
      open = inside_word || label != 0;
    }
    return out;
  }

  MarkedWords marks_of(const float* rows, const std::vector<TextPiece>& text) const {
    MarkedWords out;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      if (text[i].starts_word || out.empty()) out.push_back({text[i].span, 0, {}});
      MarkedWord& word = out.back();
      word.span.end = std::max(word.span.end, text[i].span.end);
      ++word.pieces;
      for (std::size_t c = 0; c < kStatementMarks; ++c)
        word.shares[c] += statement->yes(c, {rows + i * width(), width()});
    }
    for (MarkedWord& word : out)
      for (float& share : word.shares) share /= static_cast<float>(word.pieces);
    return out;
  }

  void read_batch(std::span<const std::vector<TextPiece>> texts, Encoder::Scratch& scratch,
                  std::vector<float>& rows, std::span<FullReading* const> out,
                  std::span<const std::vector<Span>* const> asked) const;
};

void FullModel::Parts::read_batch(std::span<const std::vector<TextPiece>> texts,
                                  Encoder::Scratch& scratch, std::vector<float>& rows,
                                  std::span<FullReading* const> out,
                                  std::span<const std::vector<Span>* const> asked) const {
  encoder.encode(texts, scratch, rows);
  const float* at = rows.data();
  std::vector<float> mean;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    FullReading& reading = *out[i];
    reading = whole(at, texts[i].size(), mean);
    for (const PieceRange range : terms_of(at, texts[i]))
      reading.terms.push_back(
          {{texts[i][range.first].span.begin, texts[i][range.last - 1].span.end},
           mood(at, range, mean)});
    if (asked[i] != nullptr)
      for (const Span span : *asked[i]) {
        const PieceRange range = range_of(texts[i], span);
        reading.asked.push_back(range.first == range.last ? Sentiment{} : mood(at, range, mean));
      }
    if (texts[i].size() > 2) reading.read_to = texts[i][texts[i].size() - 2].span.end;
    if (statement) {
      const MarkedWords words = marks_of(at, texts[i]);
      for (std::size_t kind = 0; kind < kStatementKinds; ++kind)
        find_statements(words, kind, reading.statements);
      std::ranges::stable_sort(reading.statements, {},
                               [](const FullStatement& each) { return each.said.span.begin; });
    }
    at += texts[i].size() * width();
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
  if (parts->file.find("head.statement") != nullptr)
    parts->statement = PLUMBLINE_TRY(read_head(parts->file, "statement", kStatementMarks, width));
  parts->most = std::min(kMostPieces, shape.positions);
  parts->version = fmt::format("full-{}", hex64(hash64(bytes)).substr(0, 8));
  return FullModel(std::move(parts));
}

FullModel::FullModel(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FullModel::~FullModel() = default;
FullModel::FullModel(FullModel&&) noexcept = default;
FullModel& FullModel::operator=(FullModel&&) noexcept = default;

bool FullModel::tells_statements() const { return parts_->statement.has_value(); }
const std::string& FullModel::version() const { return parts_->version; }
std::size_t FullModel::pieces_read() const { return parts_->most; }

std::string_view FullModel::metadata(std::string_view key) const {
  return parts_->file.metadata(key);
}

std::vector<FullReading> FullModel::read(std::span<const std::string_view> texts,
                                         std::span<const std::vector<Span>> asked) const {
  std::vector<FullReading> out(texts.size());
  std::vector<std::vector<TextPiece>> batch;
  std::vector<FullReading*> places;
  std::vector<const std::vector<Span>*> wanted;
  Encoder::Scratch scratch;
  std::vector<float> rows;
  std::size_t pieces = 0;
  const auto run = [&] {
    if (places.empty()) return;
    parts_->read_batch({batch.data(), places.size()}, scratch, rows, places, wanted);
    places.clear();
    wanted.clear();
    pieces = 0;
  };
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (places.size() == batch.size()) batch.emplace_back();
    std::vector<TextPiece>& text = batch[places.size()];
    parts_->pieces.cut(texts[i], parts_->most, text);
    places.push_back(&out[i]);
    wanted.push_back(asked.empty() ? nullptr : &asked[i]);
    pieces += text.size();
    if (pieces >= kPiecesAtOnce) run();
  }
  run();
  return out;
}

}  // namespace plumbline
