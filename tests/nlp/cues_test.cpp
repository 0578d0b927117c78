#include "nlp/cues.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "base/embedded.h"
#include "nlp/prepared.h"

namespace plumbline {
namespace {

const Cues& cues_of(const std::string& lang) {
  static std::vector<std::pair<std::string, Cues>> known;
  for (const auto& [code, cues] : known) {
    if (code == lang) return cues;
  }
  std::vector<std::pair<std::string, std::string_view>> files;
  for (const EmbeddedFile& file : embedded_below("lang/" + lang + "/")) {
    files.emplace_back(std::string(file.path.substr(file.path.rfind('/') + 1)), file.bytes);
  }
  Result<Cues> loaded = Cues::load(files);
  EXPECT_TRUE(loaded) << (loaded ? "" : describe(loaded.error()));
  known.reserve(32);
  known.emplace_back(lang, std::move(loaded).value());
  return known.back().second;
}

CueFindings find(const std::string& lang, std::string_view text) {
  Prepared prepared;
  prepare(text, prepared);
  CueFindings found;
  cues_of(lang).find(prepared, found);
  return found;
}

// "need:leaving pain:reliability", in text order.
std::string kinds(const std::string& lang, std::string_view text) {
  std::string out;
  for (const StatementSpan& statement : find(lang, text).statements) {
    out += (out.empty() ? "" : " ") + std::string(name_of(statement.kind));
  }
  return out;
}

struct KindCase {
  const char* lang;
  const char* text;
  const char* kinds;
};

TEST(Cues, FindWhatAuthorsState) {
  const KindCase cases[] = {
      {"en", "I need a refund.", "need"},
      {"en", "Need help with my account", "need"},
      {"en", "I really want a longer cable", "want"},
      {"en", "Wish it had a dark mode", "want"},
      {"en", "It keeps crashing when I open a file.", "pain"},
      {"en", "Can\xE2\x80\x99t log in since Monday", "pain"},
      {"en", "so tired of waiting", "pain"},
      {"en", "Still waiting", "pain"},
      {"en", "Worried that it breaks after a year", "fear"},
      {"en", "I'm a bit afraid of losing my photos", "fear"},
      {"en", "There is no guarantee that they exist next year", "risk"},
      {"en", "What if it breaks after two years?", "risk"},
      {"en", "It costs me $200 a year", "cost"},
      {"en", "Hidden fees everywhere", "cost"},
      {"en", "I expect a reply within a day", "experience"},
      {"en", "This should just work", "experience"},
      {"en", "The printer is great.", ""},
      {"en", "I don't want another app.", ""},
      {"en", "I do not need help.", ""},
      {"en", "Do you need help?", ""},
      {"en", "If you need a refund, write to them.", ""},
      {"en", "She said \"I need a refund\" and left.", ""},
      {"en", "I'm not afraid of it.", ""},
      {"en", "It never crashes and has no hidden fees.", ""},
      {"en", "Exactly what I needed, it does everything I want.", ""},
      {"en", "I want to thank the whole team.", ""},
      {"en", "I had no problems at all", ""},
      {"en", "You won't be disappointed", ""},
  };
  for (const KindCase& c : cases) EXPECT_EQ(kinds(c.lang, c.text), c.kinds) << c.text;
}

}  // namespace
}  // namespace plumbline
