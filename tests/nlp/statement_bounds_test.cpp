// Statements held against their text, and what the plainest words say beside the model.
#include "nlp/statement_bounds.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "nlp/analyze.h"

namespace plumbline {
namespace {

struct BoundCase {
  std::string_view lang, text, said;
};

// "kind [words], ..." of a text, by the fast tier.
std::string stretches(std::string_view lang, std::string_view text) {
  static const Analyzer analyzer = *Analyzer::load();
  Document document;
  document.lang = lang;
  document.text = text;
  std::string out;
  for (const StatementSpan& s : analyzer.analyze(document).statements) {
    if (!out.empty()) out += ", ";
    out.append(name_of(s.kind)).append(" [");
    out.append(text.substr(s.span.begin, s.span.end - s.span.begin)).append("]");
  }
  return out;
}

void check_stretches(std::initializer_list<BoundCase> cases) {
  for (const BoundCase& c : cases) EXPECT_EQ(stretches(c.lang, c.text), c.said) << c.text;
}

TEST(StatementBounds, PraiseThatBlamesIsPain) {
  check_stretches({
      BoundCase{"en", "0/10 would not recommend", "pain [0/10 would not recommend]"},
      BoundCase{"en", "Very disappointed with the quality",
                "pain [Very disappointed with the quality]"},
      BoundCase{"de", "Toller Service, immer wieder", "praise [Toller Service, immer wieder]"},
      BoundCase{"fr", "Le personnel était adorable", "praise [Le personnel était adorable]"},
  });
}

TEST(StatementBounds, EndWhereTheContraryBegins) {
  check_stretches({
      BoundCase{"en", "The camera is amazing but the battery is a joke.",
                "praise [The camera is amazing]"},
      BoundCase{"it", "Il cibo era ottimo ma il cameriere molto maleducato.",
                "praise [Il cibo era ottimo], pain [ma il cameriere molto maleducato]"},
      BoundCase{"en", "The kettle boils fast. The lid broke after a month. Sad.",
                "pain [The lid broke after a month]"},
  });
}

TEST(StatementBounds, ThePlainestWordsAreFound) {
  check_stretches({
      BoundCase{"en", "Not worth the money.", "pain [Not worth the money]"},
      BoundCase{"en", "The food was disgusting", "pain [The food was disgusting]"},
      BoundCase{"en", "Worst airline ever", "pain [Worst airline ever]"},
      BoundCase{"en", "I won't buy from this shop again.",
                "switching [I won't buy from this shop again]"},
      BoundCase{"en", "We will buy ten if you deliver by May.",
                "buying [We will buy ten if you deliver by May]"},
      BoundCase{"de", "Sehr enttäuscht von der Qualität",
                "pain [Sehr enttäuscht von der Qualität]"},
      BoundCase{"de", "Nie wieder Acme", "switching [Nie wieder Acme]"},
      BoundCase{"de", "Wir kaufen zehn, falls der Preis bleibt.",
                "buying [Wir kaufen zehn, falls der Preis bleibt]"},
      BoundCase{"fr", "Plus jamais chez eux", "switching [Plus jamais chez eux]"},
      BoundCase{"fr", "Nous achèterons dix pièces si vous livrez avant mai.",
                "buying [Nous achèterons dix pièces si vous livrez avant mai]"},
      BoundCase{"es", "No vuelvo a comprar aquí", "switching [No vuelvo a comprar aquí]"},
      BoundCase{"es", "Pésimo servicio", "pain [Pésimo servicio]"},
      BoundCase{"nl", "Ik koop hier nooit meer", "switching [Ik koop hier nooit meer]"},
  });
}

TEST(StatementBounds, WhatIsDeniedOrSupposedIsNot) {
  for (const BoundCase& c : {
           BoundCase{"en", "The staff were not rude", ""},
           BoundCase{"en", "Not a waste of money", ""},
           BoundCase{"en", "If the food was bad I would say so", ""},
           BoundCase{"en", "If we needed more storage we would upgrade", ""},
           BoundCase{"de", "Das Personal war nicht unfreundlich", ""},
           BoundCase{"en", "The app never freezes.", ""},
           BoundCase{"de", "Die App stürzt nie ab.", ""},
           BoundCase{"fr", "Je vais résilier mon abonnement le mois prochain.", ""},
           BoundCase{"es", "La aplicación nunca se cuelga.", ""},
           BoundCase{"es", "No es mala calidad", ""},
       }) {
    const std::string found = stretches(c.lang, c.text);
    EXPECT_EQ(found.find("pain"), std::string::npos) << c.text << ": " << found;
    EXPECT_EQ(found.find("buying"), std::string::npos) << c.text << ": " << found;
  }
  EXPECT_EQ(stretches("en", "Never again without this vacuum"), "");
  EXPECT_EQ(stretches("en", "We won't be returning it, it's perfect"), "");
  EXPECT_EQ(stretches("de", "Wir brauchen keine Schulung."), "");
  EXPECT_EQ(stretches("es", "No tengo miedo de la actualización."), "");
  EXPECT_EQ(stretches("en", "They never promised free shipping.").find("promise"),
            std::string::npos);
  EXPECT_EQ(stretches("en", "I'm afraid we're out of stock.").find("fear"), std::string::npos);
}

}  // namespace
}  // namespace plumbline
