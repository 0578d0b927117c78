// The plumb line: the company's own short message, three to five claims that marketing and sales
// both hang on.
#pragma once

#include <string>
#include <vector>

namespace plumbline {

struct Claim {
  std::string text;                // "Pays for itself in a year."
  std::string proof;               // what backs it, for the one who is asked; may be empty
  std::vector<std::string> words;  // other ways people say it; found like the text itself
  std::vector<std::string>
      answers;  // themes whose risks it answers: delivery, warranty, support …; may be empty
};

}  // namespace plumbline
