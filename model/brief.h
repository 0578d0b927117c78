// One page on one person before a call: statements that each open their evidence. Nothing here is
// an average.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/person.h"

namespace plumbline {

// Where a sentence of the brief can be checked.
struct Evidence {
  std::string id;  // E1, E2 … in order of first use
  std::string source;
  std::string document;  // the document's id on that source
  std::string url;
  Seconds published_at = kNoTime;
  std::string handle;
  std::string quote;  // equals bytes [begin, end) of the document's text
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text_hash;  // of the stored text, so that a later edit is noticed
};

// The sections of the page, in its order.
enum class Section {
  why_now,
  goal,
  words,
  money,
  risks,
  experience,
  us_and_them,
  do_not_say,
  context
};
std::string_view name_of(Section section);  // "in their words"
std::string_view title_of(Section section);

// A sentence of the brief. It cannot exist without evidence.
class Statement {
 public:
  static Result<Statement> make(Section section, std::string kind, std::string text,
                                std::vector<std::string> evidence);

  Section section() const { return section_; }
  const std::string& kind() const {
    return kind_;
  }  // want, need, pain, fear, risk, price, value, delivery …, question, trigger
  const std::string& text() const { return text_; }
  const std::vector<std::string>& evidence() const { return evidence_; }  // ids, never empty
  std::string id;                                                         // S1, S2 …
  std::string opposes;  // id of the statement that says the opposite; shown beside it
  std::string answer;   // for a risk: the claim and its proof, or "no proof on file"

 private:
  Statement() = default;
  Section section_ = Section::words;
  std::string kind_, text_;
  std::vector<std::string> evidence_;
};

enum class Band { cold, warm, hot };
std::string_view name_of(Band band);

struct Temperature {
  Band band = Band::cold;
  double intent = 0;  // 0..100: what they said and did lately
  double fit = -1;    // 0..100; -1: nothing on file to judge by
  struct Reason {
    std::string text;      // "asked for a price 3 days ago"
    std::string evidence;  // id
    double points = 0;
  };
  std::vector<Reason> reasons;  // the three strongest
  Seconds cools_on = kNoTime;   // when it falls by one band by itself; kNoTime when cold
};

struct Brief {
  Person person;
  Seconds made_at = kNoTime;
  std::string zone = "UTC";
  std::string note;            // e.g. "invented sample data"
  std::int64_t documents = 0;  // how many of theirs were read
  std::int64_t copies = 0;     // of these, repeated copies, each used once
  Seconds oldest = kNoTime, newest = kNoTime;
  std::vector<Statement> statements;
  std::vector<Evidence> evidence;
  Temperature temperature;
  std::vector<std::string> gaps;    // what is unknown, said aloud
  std::vector<std::string> doubts;  // burst-like posting, contradicted facts, repeated copies
};

}  // namespace plumbline
