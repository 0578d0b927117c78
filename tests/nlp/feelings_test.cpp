// Feelings that are named, in eleven languages.
#include "nlp/feelings.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "base/text.h"
#include "nlp/analyze.h"

namespace plumbline {
namespace {

// tests/data/feelings/named.tsv: invented sentences, emotion TAB language TAB sentence. They were
// written by who wrote the lists, so they show that the lists work, not how much they hold.
TEST(Feelings, AreFoundInElevenLanguages) {
  const auto analyzer = Analyzer::load();
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  std::ifstream in(PLUMBLINE_SOURCE_DIR "/tests/data/feelings/named.tsv");
  int felt = 0, right = 0, none = 0, wrongly = 0;
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string_view> fields = split(line, '\t');
    if (fields.size() != 3) continue;
    Document document;
    document.lang = fields[1];
    document.text = fields[2];
    const EmotionFinding said = analyzer->analyze(document).emotion;
    const std::string_view label = said.judged() ? name_of(said.label) : "none";
    const bool is_none = fields[0] == "none";
    ++(is_none ? none : felt);
    right += !is_none && label == fields[0];
    wrongly += is_none && label != "none";
  }
  EXPECT_GE(felt, 200);
  EXPECT_GE(right * 10, felt * 9);
  EXPECT_GE(none, 60);
  EXPECT_LE(wrongly * 10, none);
}

TEST(Feelings, ADeniedOneIsNone) {
  const auto feelings = Feelings::load("fear\tAngst\njoy\tfreue mich\njoy\t嬉し\njoy\t高兴\n");
  ASSERT_TRUE(feelings) << describe(feelings.error());
  Lexicon lexicon;
  ASSERT_TRUE(read_lexicon({{"negators.txt", "keine\n"}}, "de", lexicon));
  const auto count = [&](const char* text) {
    Prepared prepared;
    prepare(text, prepared);
    std::vector<Feeling> found;
    feelings->find(PlainWords(prepared), lexicon, found);
    return found.size();
  };
  EXPECT_EQ(count("Ich habe Angst"), 1U);
  EXPECT_EQ(count("Ich habe keine Angst"), 0U);
  EXPECT_EQ(count("Keine Sorge. Angst habe ich"), 1U);
  EXPECT_EQ(count("嬉しいです"), 1U);
  EXPECT_EQ(count("嬉しくない"), 0U);
  EXPECT_EQ(count("我很高兴"), 1U);
  EXPECT_EQ(count("我不高兴"), 0U);
}

TEST(Feelings, OfATextThatNoModelJudgedAreWhatIsNamed) {
  EmotionFinding emotion;
  feel({}, emotion);
  EXPECT_FALSE(emotion.judged());
  feel({{{0, 3}, Emotion::joy}}, emotion);
  EXPECT_EQ(emotion.label, Emotion::joy);
  float sum = 0;
  for (const float score : emotion.scores) sum += score;
  EXPECT_NEAR(sum, 1, 1e-5);
}

TEST(Feelings, AnUnreadableLineIsNamed) {
  for (const char* content : {"anger\n", "none\tx\n", "glee\tx\n"}) {
    const auto loaded = Feelings::load(std::string("# a note\n") + content);
    ASSERT_FALSE(loaded) << content;
    EXPECT_EQ(loaded.error().where, "feelings.txt:2") << content;
  }
}

}  // namespace
}  // namespace plumbline
