// One utterance as one source published it, and the account that published it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace plumbline {

// An account on one source. An account is not a person: see model/person.h.
struct Author {
  std::string id;      // the source's own id; the handle where it has none
  std::string handle;  // what people type after the @
  std::string name;    // as displayed
};

// Never edited after normalizing (nlp/normalize.h): `title` and `text` are then plain text, valid
// UTF-8, entities resolved, white space folded; a document with a title and no text has its title
// as text and no title. The key is `source`, `site` and
// `id` together.
struct Document {
  std::string source;  // one lower-case word: hackernews, rss, mastodon, csv …
  std::string id;      // the source's own id
  std::string site;    // host, where every site of the source counts for itself; else empty
  std::string url;
  Author author;  // all empty: unknown, and the document is a voice of its own
  Seconds published_at = kNoTime;
  std::string lang;  // as the source says; empty if it does not. What we find ourselves stands in
                     // Analysis::lang
  std::string title;
  std::string text;
  std::string parent;            // id of what it answers, on the same source
  std::optional<double> rating;  // on the source's own scale
  std::optional<std::int64_t> likes;
  std::optional<std::int64_t> shares;
  std::string place;
  std::string
      licence;        // under which the source publishes it, with the attribution due; empty: none
  std::string brand;  // which brand it is about; empty: not decided yet
  // Spoken or written for a moderator rather than in public: a focus group or an interview. Shown
  // beside the chatter, never averaged into it.
  bool from_session = false;
};

// What the document is called among those of its source: "forum.example/17", or the id alone.
inline std::string native_of(const Document& document) {
  return document.site.empty() ? document.id : document.site + "/" + document.id;
}

}  // namespace plumbline
