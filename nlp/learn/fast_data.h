// The labelled texts that a fast model learns from, as they lie in a folder; docs/train.md says
// which public sets they are and how to place them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "nlp/language_files.h"
#include "nlp/learn/word_counts.h"

namespace plumbline {

// What a text is for. Texts to choose with and to measure on are never learned from, and texts to
// learn from that equal one of them are left out.
enum class FastRole : std::uint8_t { learn, choose, measure };

// One text with what people or a teacher said of it. A weight of 0: nothing was said.
struct FastExample {
  std::vector<std::uint32_t> slots;  // its features
  std::uint32_t row = 0;             // counts the texts of its domain and role from 0
  std::uint16_t domain = 0;
  std::uint16_t language = 0;
  FastRole role = FastRole::learn;
  float sentiment_weight = 0, emotion_weight = 0, irony_weight = 0;
  std::array<float, 3> sentiment{};  // negative, neutral, positive; sums to 1
  std::array<float, kEmotionCount> emotion{};
  float irony = 0;
  float rating = 0;  // people's mean rating where the domain has ratings instead of labels
};

struct FastDomain {
  std::string name;
  bool neutral = true;  // false: its people could not say neutral, so that is not learned either
  bool rated = false;
};

struct FastData {
  std::vector<FastExample> examples;
  std::vector<FastDomain> domains;
  std::vector<std::string> languages;
  std::vector<std::string> missing;  // files that were not there
  std::int64_t skipped = 0;          // lines that could not be read
  std::int64_t known = 0;            // texts left out because they are held out elsewhere
  std::string words;         // a file of known words (nlp/fast_words.h), made of these texts
  std::uint64_t digest = 0;  // of all texts to learn from, their labels and the words
};

struct FastTeacher {
  std::string file;
  float weight = 1;  // of each text, beside 1 for one labelled by people
};

// Reads the sets of `folder` that are there and the teacher files; none at all is an error. Each
// line of a teacher file is P(negative), P(neutral), P(positive), perhaps the probabilities of the
// eight emotions, and the text, parted by tabs; a line "# lang: de" tells the language of those
// that follow (English before the first). The words common in the English texts to learn from, and
// the `listed` ones, are the known ones: English texts are read by them, as they are later.
// Features are made on `threads` threads; the outcome is the same for any number.
Result<FastData> read_fast_data(const std::string& folder, const std::vector<FastTeacher>& teachers,
                                const Lexicons& lexicons, int threads,
                                const ListedWords& listed = {});

}  // namespace plumbline
