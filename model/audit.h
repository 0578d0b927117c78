// What people say of mentions drawn at random, beside what the machine says of them.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "model/analysis.h"

namespace plumbline {

using SideCounts = std::array<std::int64_t, 3>;  // negative, neutral, positive
inline std::size_t side_of(Polarity label) {
  return static_cast<std::size_t>(static_cast<int>(label) + 1);
}

// One text that was drawn at random and labelled by a person. Its near-identical copies are
// mentions of their own but one text: a person reads it once.
struct AuditedText {
  std::string brand;
  Polarity label = Polarity::neutral;    // by the person
  Polarity machine = Polarity::neutral;  // by the machine
  std::int64_t mentions = 1;             // the text and its copies
  SideCounts counted{};                  // the machine's labels of these
  // By how much `counted` differs from what the total of all holds for them: where the machine
  // learned from this label, what it says when it had not is compared.
  SideCounts moved{};
};

// All that can be drawn of one brand: mentions whose language has sentiment data, focus groups and
// interviews left out. A copy stands under the brand of its first text.
struct AuditFrame {
  std::string brand;
  std::int64_t texts = 0, mentions = 0;
  SideCounts counted{};  // the machine's labels of the mentions
};

}  // namespace plumbline
