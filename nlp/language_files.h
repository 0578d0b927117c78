// The language folders: what data/lang/ and a workspace's own lang/ hold, before it is understood.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "nlp/lexicon.h"

namespace plumbline {

// Emoji and emoticons that mean the same in every language; its words are never scored.
inline constexpr std::string_view kSharedLanguage = "und";

// A language folder as read: where it lies and the content of its files by name.
struct LanguageFolder {
  std::string where;
  bool built_in = false;
  std::map<std::string, std::string> files;
};
using LanguageFolders = std::map<std::string, LanguageFolder>;  // by language code

// Here as in folders of one's own, files that only reports read (market/same_topic.h) are left out.
LanguageFolders built_in_languages();
// Adds the folders below `path`; one of the same code as a folder that is there replaces it as a
// whole. An empty path adds nothing; one that cannot be read is an error.
Status add_own_languages(const std::string& path, LanguageFolders& folders);

using Lexicons = std::map<std::string, Lexicon, std::less<>>;  // by language code

// The sentiment part of each language, with what the shared folder says in it. A line with a
// mistake is an error with its place.
Result<Lexicons> read_lexicons(const LanguageFolders& folders);

}  // namespace plumbline
