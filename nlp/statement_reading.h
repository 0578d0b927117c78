// Which statements stand in a text, as the model of statements sees it.
#pragma once

#include <string_view>
#include <vector>

#include "nlp/fast_reading.h"
#include "nlp/prepared.h"
#include "nlp/statement_model.h"

namespace plumbline {

// What one thread works with; keeps its memory.
struct StatementScratch {
  std::vector<TokenRange> sentences;
  std::vector<StatementUnit> units;
  std::vector<float> weights;  // of each token of a sentence for one kind
};

// A text that read_fast has read last, as it was prepared, and its mood.
struct StatementText {
  const Prepared& text;
  const FastScratch& read;
  std::string_view lang;
  Sentiment mood;
};

// Appends the statements in text order, without topics. A statement stands where its sentence
// speaks for it most: one clause or several neighbours, whole words. `why`, if given, receives one
// Reason per statement, on the words that weighed most.
void read_statements(const StatementText& text, const StatementModel& model,
                     StatementScratch& scratch, std::vector<StatementSpan>& out,
                     std::vector<Reason>* why = nullptr);

}  // namespace plumbline
