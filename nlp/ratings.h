// Ratings in a text: "4/5", "0/10", "★★☆☆☆". What a writer gives out of five or ten says what they
// think, in any language.
#pragma once

#include <string_view>
#include <vector>

#include "nlp/sayings.h"

namespace plumbline {

// Appends each as a saying: four fifths and more praise, two fifths and less blame; those between
// say nothing. `text` is valid UTF-8. One in digits counts where a word gives it ("score 4/5") or
// it stands alone; dates, steps and shares ("on 4/5", "9/10 people") are none.
void find_ratings(std::string_view text, std::vector<Saying>& out);

}  // namespace plumbline
