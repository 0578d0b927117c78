#include "market/same_topic.h"

#include <gtest/gtest.h>

namespace plumbline {
namespace {

struct Pair {
  const char* lang;
  const char* one;
  const char* other;
  bool same;
};

TEST(SameTopic, FoldsPluralsArticlesAndOrder) {
  const Pair pairs[] = {
      {"en", "battery", "batteries", true},
      {"en", "support", "the support", true},
      {"en", "delivery time", "time of delivery", true},
      {"en", "delivery, time", "times delivery", true},
      {"en", "Zone version", "zone versions", true},
      {"en", "neighbor's fence", "neighbor fence", true},
      {"en", "delivery time", "delivery", false},
      {"en", "battery", "battery life", false},
      {"en", "glass", "glasses", true},
      {"en", "price", "prize", false},
      {"de", "Batterie", "Batterien", true},
      {"de", "die Pumpe", "Pumpen", true},
      {"de", "Schlauch", "Schläuche", true},
      {"de", "Lieferung", "Lieferungen", true},
      {"de", "Preis", "Preise", true},
      {"de", "Regen", "Regel", false},
      {"de", "Messe", "Messer", false},
      {"es", "botón", "los botones", true},
      {"es", "luz", "luces", true},
      {"es", "la batería", "baterías", true},
      {"es", "precio", "premio", false},
      {"fr", "la batterie", "batteries", true},
      {"fr", "journal", "journaux", true},
      {"fr", "eau", "eaux", true},
      {"fr", "prix", "pris", false},
      {"it", "batteria", "batterie", true},
      {"it", "pacco", "pacchi", true},
      {"it", "il servizio", "servizi", true},
      {"it", "prezzo", "pezzo", false},
      {"pt", "botão", "botões", true},
      {"pt", "papel", "papéis", true},
      {"pt", "preço", "preto", false},
      {"nl", "batterij", "de batterijen", true},
      {"nl", "prijs", "prijzen", true},
      {"nl", "prijs", "reis", false},
      {"pl", "bateria", "baterie", true},
      {"pl", "cena", "ceny", true},
      {"pl", "cena", "scena", false},
      {"ja", "電池", "電池", true},
      {"ja", "電池", "電気", false},
      {"", "battery", "Batteries", true},
  };
  for (const Pair& pair : pairs)
    EXPECT_EQ(topic_key(pair.one, pair.lang) == topic_key(pair.other, pair.lang), pair.same)
        << pair.lang << ": " << pair.one << ", " << pair.other;
}

TEST(SameTopic, KeepsWhatIsLeftOfStopWords) {
  EXPECT_NE(topic_key("the", "en"), "");
  EXPECT_EQ(topic_key("", "en"), "");
  EXPECT_EQ(topic_key(" ,. ", "en"), "");
}

struct Turn {
  const char* lang;
  const char* topic;
  std::size_t length;  // of the statement in bytes
  bool filler;
};

TEST(SameTopic, KnowsTurnsOfPhrase) {
  const Turn said[] = {
      {"de", "ehrlich gesagt", 14, true},
      {"de", "ehrlich gesagt", 52, false},  // more is said than that
      {"de", "lieferung zugesagt", 18, false},
      {"en", "post", 15, true},  // "that's the post"
      {"en", "post", 38, false},
      {"en", "honest", 12, true},  // "to be honest"
      {"en", "honest numbers", 21, false},
      {"en", "", 15, false},
      {"es", "la verdad", 9, true},
      {"fr", "à vrai dire", 12, true},
      {"it", "detto questo", 12, true},
      {"pt", "dito isto", 9, true},
      {"nl", "eerlijk gezegd", 14, true},
      {"pl", "szczerze mówiąc", 17, true},
      {"ja", "お願い", 18, true},  // お願いします
      {"zh", "说实话", 9, true},
      {"ar", "بصراحة", 12, true},
      {"hi", "मेरी राय में", 31, true},
      {"ko", "정직", 6, false},
      {"ja", "入札", 18, false},
  };
  for (const Turn& one : said)
    EXPECT_EQ(is_filler(filler_lengths(one.topic, one.lang), one.length), one.filler)
        << one.lang << one.topic;
}

}  // namespace
}  // namespace plumbline
