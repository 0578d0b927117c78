// Brings a document into the shape in which everything is kept: see model/document.h.
#pragma once

#include <string>
#include <string_view>

#include "model/document.h"

namespace plumbline {

// Valid UTF-8, HTML entities resolved (&amp; &#8217; …), lines quoted from others and signatures
// left out (nlp/own_words.h), white space folded, title moved to an empty text, the language tag
// cut to ISO 639-1 ("en-US" gives "en"). Twice gives the same as once. Markup is not removed here:
// that is each source's work (crawler/html_text.h).
Document normalize(Document document);

// Resolves HTML's named and numeric entities once: "&amp;amp;" gives "&amp;". Feeds escape twice
// and more, so normalize goes on until no entity is left.
std::string resolve_entities(std::string_view text);

}  // namespace plumbline
