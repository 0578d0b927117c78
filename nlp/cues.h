// What people say they want, need, suffer from, fear, risk, pay or expect; what they praise or
// blame; whether they talk of price or of worth. Pattern files per language in data/lang/<code>/,
// no C++ per language.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/analysis.h"
#include "model/entity.h"
#include "nlp/analyze.h"
#include "nlp/phrases.h"
#include "nlp/prepared.h"

namespace plumbline {

struct CueFindings {
  std::vector<StatementSpan> statements;  // by begin
  std::vector<AspectFinding>
      aspects;  // label left neutral here: the sentiment part colours it by sentence
  float price_talk = 0;
  float value_talk = 0;
};

// What is known of a text before its cues are looked for.
struct FoundBefore {
  std::span<const OfferFinding> offers;
  std::span<const Span> terms;  // what is praised or blamed, by begin
};

// The cues of one language. Immutable and shared between threads once loaded.
class Cues {
 public:
  // `files` are name ("cues.txt", "themes.txt", "talk.txt", "stop.txt") and content, one pair each;
  // a missing file finds nothing. A line that cannot be read is an error that names file and line.
  static Result<Cues> load(const std::vector<std::pair<std::string, std::string_view>>& files);
  ~Cues();
  Cues(Cues&&) noexcept;
  Cues& operator=(Cues&&) noexcept;

  // `why`, if given, receives one Reason per cue that matched.
  void find(const Prepared& text, CueFindings& out, std::vector<Reason>* why = nullptr) const;
  // The same for words made plain already. What lies in one of `offers` is price talk and no value
  // talk.
  void find(const PlainWords& words, std::span<const OfferFinding> offers, CueFindings& out,
            std::vector<Reason>* why = nullptr) const;
  // Statements alone, without topics.
  void find_statements(const PlainWords& words, CueFindings& out,
                       std::vector<Reason>* why = nullptr) const;
  // As `find`, with statements found by a model in place of those of the cues: they are given their
  // topics and become the findings' own.
  void find_around(const PlainWords& words, const FoundBefore& before,
                   std::vector<StatementSpan> statements, CueFindings& out,
                   std::vector<Reason>* why = nullptr) const;
  void name_topics(const PlainWords& words, std::span<const Span> terms,
                   std::vector<StatementSpan>& statements) const;
  bool is_stop_word(std::string_view folded) const;

  struct Parts;  // what stands behind it, nlp/ only

 private:
  explicit Cues(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace plumbline
