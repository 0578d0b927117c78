// Makes the statements of a brief out of drafts and keeps the page to its size.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/brief.h"
#include "sales/material.h"

namespace plumbline {

inline constexpr int kMostPageWords = 450;  // of the page as plain text, evidence list included
inline constexpr std::size_t kMostPageLines = 60;  // of 80 columns

// A stretch of one document that a draft shows or leans on.
struct Reference {
  std::size_t item = 0;
  Span span;
  Span core = {};  // what matters in it, where `span` is the sentence around it; may be empty
};

inline constexpr std::size_t kNoDraft = static_cast<std::size_t>(-1);

// A sentence that may stand on the page. What it quotes and an earlier one quoted already is not
// shown again but pointed to.
struct Draft {
  Section section = Section::words;
  std::string kind;
  std::string lead;     // stands before the quote; the whole text if `quotes` is false
  bool quotes = true;   // shows the first reference in full
  int most_words = 25;  // of the quote
  std::vector<Reference> references;  // at least one
  std::string answer;
  std::string fold;  // when dropped, this word and the evidence stay, in one line with the others
  std::size_t opposes = kNoDraft;  // index of the draft that says the opposite
  int rank = 0;                    // the highest goes first when the page is full; 0 always stays
};

struct Cited {  // a reason of the temperature
  std::string text;
  double points = 0;
  Reference reference;
};

class BriefPage {
 public:
  BriefPage(const BriefInput& input, const Material& material)
      : input_(input), material_(material) {}
  // Its index. A reference without words to quote is left out, and with it a draft that has no
  // other or quotes it.
  std::size_t add(Draft draft);
  Draft& draft(std::size_t index) { return drafts_[index]; }
  void cite(Cited reason);  // left out where there are no words to quote

  // Fills statements, evidence and reasons of `brief`, dropping drafts until its plain text keeps
  // to kMostPageWords and kMostPageLines.
  Status fill(Brief& brief);

 private:
  bool shows_words(const Reference& reference) const;
  Status compose(Brief& brief) const;
  Draft folded(Section section) const;  // the dropped drafts that leave a word behind
  bool drop_one();                      // false when nothing more may go

  const BriefInput& input_;
  const Material& material_;
  std::vector<Draft> drafts_;
  std::vector<bool> dropped_;
  std::vector<Cited> reasons_;
};

}  // namespace plumbline
