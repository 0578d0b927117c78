// The labelled texts that the full tier learns from and is measured on, read from a folder;
// docs/train.md says which public sets they are and how to place them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "nlp/learn/full_net.h"
#include "nlp/learn/statement_sets.h"
#include "nlp/pieces.h"

namespace plumbline {

// What is asked of a set's texts when a model is measured on it.
enum class FullTask : std::uint8_t { sentiment, two_sides, emotion, irony, aspects };

struct FullDomain {
  std::string name;
  float share = 1;  // how often a text of it is seen for one of a domain with share 1
  FullTask task = FullTask::sentiment;
  bool foreign = false;  // nothing of it is ever learned from
};

// A text that is never learned from, as it was written, with what people said of it.
struct HeldText {
  std::string text;
  std::uint16_t domain = 0;
  std::uint8_t label = 0;  // of the domain's task; for aspects see `terms`
  std::vector<std::pair<Span, std::uint8_t>> terms;  // and their mood
};

struct FullData {
  std::vector<FullExample> learn;
  std::vector<HeldText> held;
  std::vector<StatementSentence> held_statements;  // every twentieth of the marked sentences
  std::vector<FullDomain> domains;
  std::vector<std::string> languages;  // codes, sorted: those that are learned from
  std::vector<std::string> stated;     // codes, sorted: those of the marked sentences
  std::vector<std::string> missing;    // files that were not there
  std::int64_t skipped = 0;            // lines that could not be read
  std::int64_t known = 0;              // texts left out because they are held out elsewhere
};

enum class LearnedLanguages : std::uint8_t { english, all };

// What an encoder learns whose file says that it knows `languages`: nothing or "en" is English.
LearnedLanguages learned_from(std::string_view languages);

// Reads the sets of `folder` that are there, and the marked sentences of `statements` (see
// nlp/learn/statement_sets.h; empty: none); nothing to learn from is an error. Of all languages,
// those other than English make up most of what is learned.
Result<FullData> read_full_data(const std::string& folder, const Pieces& pieces,
                                LearnedLanguages languages,
                                const std::vector<std::string>& statements = {});

}  // namespace plumbline
