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
#include "nlp/marked_words.h"

namespace plumbline {

// A stretch that is praised or blamed, or neither. Probabilities sum to 1.
struct FullTerm {
  Span span;
  Sentiment mood;
};

struct FullReading {
  Sentiment sentiment;
  std::array<float, kEmotionCount> emotion{};  // probabilities in the order of Emotion, sum 1
  float irony = 0;                             // probability that it is meant ironically
  std::vector<FullTerm> terms;                 // in text order
  MarkedWords words;                           // none where the model was not taught statements
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
  // the others. A long text is read in windows (nlp/text_windows.h), what is said of the whole is
  // their mean; only the first 16 windows are read. `asked`: nothing, or for each text the
  // stretches whose mood is wanted as well; one that holds no piece that was read is neutral.
  std::vector<FullReading> read(std::span<const std::string_view> texts,
                                std::span<const std::vector<Span>> asked = {}) const;

  // Whether it was taught to find statements in texts in `lang`; "und" counts as English.
  bool states(std::string_view lang) const;
  const StatementBorders& borders() const;  // of find_statements()
  const std::string& version() const;
  std::string_view metadata(std::string_view key) const;  // of its file; empty: not there

 private:
  struct Parts;
  explicit FullModel(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace plumbline
