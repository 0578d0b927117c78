#include "nlp/language.h"

#include <gtest/gtest.h>

#include <string>

namespace plumbline {
namespace {

LanguageFinder languages_finder() {
  LanguageFinder out;
  out.add_stop_words("en", "# function words\nthe is and of to my\nthis was i not\n");
  out.add_stop_words("de", "der\ndie\ndas\nund\nist\nnicht\nich\nmein\nwas\n");
  out.add_stop_words("hi", "hai nahi raha bahut par koi\n");
  return out;
}

std::string found(std::string_view text, std::string_view hint = {}) {
  static const LanguageFinder kFinder = languages_finder();
  Prepared prepared;
  prepare(text, prepared);
  return kFinder.find(prepared, hint);
}

TEST(Language, TellsLanguagesApart) {
  const struct {
    const char *text, *expected;
  } cases[] = {
      {"The pump was delivered two days late and nobody answered the phone.", "en"},
      {"Die Pumpe kam zwei Tage zu spät und niemand ging ans Telefon.", "de"},
      {"La bomba llegó dos días tarde y nadie contestó el teléfono.", "es"},
      {"La pompe est arrivée avec deux jours de retard et personne n'a répondu.", "fr"},
      {"La pompa è arrivata con due giorni di ritardo e nessuno ha risposto.", "it"},
      {"A bomba chegou com dois dias de atraso e ninguém atendeu o telefone.", "pt"},
      {"De pomp kwam twee dagen te laat en niemand nam de telefoon op.", "nl"},
      {"Pompa przyszła dwa dni za późno i nikt nie odbierał telefonu.", "pl"},
      {"Насос пришёл на два дня позже, и никто не брал трубку.", "ru"},
      {"ポンプが二日遅れて届きました", "ja"},
      {"安い!", "ja"},
      {"水泵晚了两天才到", "zh"},
      {"펌프가 이틀 늦게 왔어요", "ko"},
      {"ปั๊มมาช้าสองวัน", "th"},
      {"المضخة وصلت متأخرة يومين", "ar"},
      {"पंप दो दिन देर से आया", "hi"},
      {"Η αντλία ήρθε δύο μέρες αργότερα", "el"},
  };
  for (const auto& c : cases) EXPECT_EQ(found(c.text), c.expected) << c.text;
}

TEST(Language, AdmitsWhatItCannotTell) {
  for (const char* text :
       {"", "!!!", "12345", "@kim @kai", "https://acme.example/die/das/und", "ok", "😡😡"})
    EXPECT_EQ(found(text), "und") << text;
}

TEST(Language, StopWordsOutweighLettersOnAHandfulOfWords) {
  LanguageFinder finder;
  finder.add_stop_words("en", "the is and\n");
  finder.add_stop_words("nl", "elke\n");
  finder.add_stop_words("pl", "za\n");
  finder.add_stop_words("hi", "ka\n");
  const struct {
    const char *text, *expected;
  } cases[] = {{"De app crasht elke dag", "nl"},
               {"Za drogo", "pl"},
               {"Paketa ime nuk ka ardhur", "sq"},  // stop words of Hindi are everywhere
               {"Aplikacioni bllokohet elke çdo ditë", "sq"}};  // letters that say more
  for (const auto& c : cases) {
    Prepared prepared;
    prepare(c.text, prepared);
    EXPECT_EQ(finder.find(prepared, {}), c.expected) << c.text;
  }
}

// What letters make a small language of, when a list of a language known here holds the words.
TEST(Language, ListsOutweighLettersOnAHandfulOfWords) {
  const auto analyzer = Analyzer::load();
  ASSERT_TRUE(analyzer) << describe(analyzer.error());
  const struct {
    const char *text, *expected;
  } cases[] = {{"Guter Service", "de"},
               {"Guter Laden, nettes Personal", "de"},
               {"Snelle levering", "nl"},
               {"La stampante si inceppa continuamente", "it"},
               {"A impressora trava o tempo todo", "pt"},
               {"A disgrace", "en"},
               {"#DeleteAcme", "en"},
               {"أنصح به بشدة", "ar"},
               {"धन्यवाद", "hi"},
               {"zzzx qwrt plk", "und"},
               {"Mycket bra", "sv"},
               {"Veldig god service og hurtig levering", "no"},
               {"Çok güzel", "tr"},
               {"پشتیبانی خوب", "fa"}};
  for (const auto& c : cases) {
    Document document;
    document.text = c.text;
    EXPECT_EQ(analyzer->analyze(document).lang, c.expected) << c.text;
  }
}

TEST(Language, TakesHintWhenUnsure) {
  EXPECT_EQ(found("ok", "nl"), "nl");
  EXPECT_EQ(found("", "en"), "en");
  EXPECT_EQ(found("Die Pumpe kam zwei Tage zu spät und niemand ging ans Telefon.", "en"), "de");
  EXPECT_EQ(found("送料無料", "ja"), "ja");
  EXPECT_EQ(found("送料無料"), "zh");
  // Of a few words the source knows more than the letters, if a stop word bears it out.
  EXPECT_EQ(found("Software ist super", "de"), "de");
  EXPECT_EQ(found("The software is super", "de"), "en");
}

TEST(Language, StopWordsDecideShortTexts) {
  EXPECT_EQ(found("this is my pump"), "en");
  EXPECT_EQ(found("ich nicht und die das"), "de");
}

TEST(Language, KnowsHindiInLatinLetters) {
  for (const char* text : {"yeh pump bahut accha hai par motor nahi chal raha",
                           "bhai kab aayega mera order, koi jawab nahi de raha hai"})
    EXPECT_EQ(found(text), "hi") << text;
}

TEST(Language, HashtagsAreNamesInAnyLanguage) {
  EXPECT_EQ(found("chegou tudo quebrado na caixa #PowerPumpShow #SuperHappyDay #TheWaterShow"),
            "pt");
  EXPECT_EQ(found("#die #und #nicht #ist"), "de") << "where there is nothing else, they count";
}

TEST(Language, IgnoresAddresses) {
  EXPECT_EQ(found("@die_und_das_ist The pump was late and the box was not closed"), "en");
}

}  // namespace
}  // namespace plumbline
