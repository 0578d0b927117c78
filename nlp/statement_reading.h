// Which statements stand in a text, as the fast tier's model of statements sees it.
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
  std::vector<StatementToken> tokens;
  StatementRoom room;
  MarkedWords words;
};

// A text that read_fast has read last, as it was prepared, and its mood.
struct StatementText {
  const Prepared& text;
  const FastScratch& read;
  std::string_view lang;
  Sentiment mood;
};

// The shares of the words of one sentence in scratch.words; signs, handles and links are words.
void mark_sentence(const StatementText& text, TokenRange sentence, const StatementModel& model,
                   StatementScratch& scratch);

// Appends the statements in text order, without topics: whole words, without signs and handles at
// the edges. `why`, if given, receives one Reason per statement.
void read_statements(const StatementText& text, const StatementModel& model,
                     StatementScratch& scratch, std::vector<StatementSpan>& out,
                     std::vector<Reason>* why = nullptr);

}  // namespace plumbline
