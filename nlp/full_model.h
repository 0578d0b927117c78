// The full tier: one pass of an encoder over a text says its mood, its emotion, whether it may be
// ironic, what in it is praised or blamed, and how.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"

namespace plumbline {

// A stretch that is praised or blamed, or neither. Probabilities sum to 1.
struct FullTerm {
  Span span;
  Sentiment mood;
};

// What each piece of a text may be part of: a statement of a kind, one that is another's, one of
// something past or to come.
enum StatementMark : std::uint8_t {
  other_mark = kStatementKinds,  // before it the kinds, in the order of StatementKind
  past_mark,
  future_mark
};
inline constexpr std::size_t kStatementMarks = kStatementKinds + 3;

// A stretch that states something, whole words, without a topic.
struct FullStatement {
  StatementSpan said;
  float share = 0;  // how likely, as the mean of its words
};

struct FullReading {
  Sentiment sentiment;
  std::array<float, kEmotionCount> emotion{};  // probabilities in the order of Emotion, sum 1
  float irony = 0;                             // probability that it is meant ironically
  std::vector<FullTerm> terms;                 // in text order
  std::vector<FullStatement> statements;       // by begin; none where the model was not taught them
  std::uint32_t read_to = 0;                   // the byte behind the last piece that was read
  std::vector<Sentiment> asked;                // the mood of each stretch that was asked about
};

class FullModel {
 public:
  // `bytes` (the form of nlp/tensor_file.h) must outlive the model. An error names what is missing.
  static Result<FullModel> open(std::string_view bytes);
  static Result<FullModel> open_owned(std::string bytes);  // the same; the model keeps them
  ~FullModel();
  FullModel(FullModel&&) noexcept;
  FullModel& operator=(FullModel&&) noexcept;

  // One reading per text, in order; texts are valid UTF-8. The answer for a text does not depend on
  // the others. Only the first pieces_read() pieces of a long text are read. `asked`: nothing, or
  // for each text the stretches whose mood is wanted as well; one that holds no piece that was read
  // is neutral.
  std::vector<FullReading> read(std::span<const std::string_view> texts,
                                std::span<const std::vector<Span>> asked = {}) const;

  bool tells_statements() const;
  const std::string& version() const;
  std::size_t pieces_read() const;
  std::string_view metadata(std::string_view key) const;  // of its file; empty: not there

 private:
  struct Parts;
  explicit FullModel(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace plumbline
