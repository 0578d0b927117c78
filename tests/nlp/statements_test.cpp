// What counts as a statement, whose it is and when: denied and hypothetical ones, people who are
// reported, times, in each of the four languages that are measured.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/text.h"
#include "nlp/analyze.h"

namespace plumbline {
namespace {

// "kind holder tense, ..." of a text.
std::string said(std::string_view lang, std::string_view text) {
  // Folders of one's own keep their cues; the built-in ones leave these languages to a model.
  static const Analyzer analyzer = *Analyzer::load(PLUMBLINE_SOURCE_DIR "/data/lang");
  Document document;
  document.lang = lang;
  document.text = text;
  std::string out;
  for (const StatementSpan& s : analyzer.analyze(document).statements) {
    if (!out.empty()) out += ", ";
    out.append(name_of(s.kind)).append(" ").append(name_of(s.holder)).append(" ");
    out.append(name_of(s.tense));
  }
  return out;
}

struct Said {
  std::string_view lang, text, said;
};

void check(std::initializer_list<Said> cases) {
  for (const Said& c : cases) EXPECT_EQ(said(c.lang, c.text), c.said) << c.lang << ": " << c.text;
}

TEST(Statements, LeavesOutWhatIsDenied) {
  check({{"en", "We don't need a training course.", ""},
         {"en", "I have no fear that it breaks.", ""},
         {"en", "It hasn't cost us a penny.", ""},
         {"de", "Wir brauchen keine Schulung.", ""},
         {"de", "Ich habe keine Angst vor dem Umzug.", ""},
         {"de", "Ich bleibe bei der Bank.", ""},
         {"fr", "On n'a pas besoin de formation.", ""},
         {"fr", "Aucune crainte pour la livraison.", ""},
         {"es", "No hace falta ningún curso.", ""},
         {"es", "No tengo miedo de perder los datos.", ""}});
}

TEST(Statements, LeavesOutWhatHoldsUnderACondition) {
  check({{"en", "I'd be scared of the move if they did not do it for us.", ""},
         {"en", "If the price ever doubles, we're leaving.", ""},
         {"en", "We might need a second licence.", ""},
         {"de", "Wenn wir größer wären, bräuchten wir ein zweites Gerät.", ""},
         {"de", "Falls der Preis steigt, kündigen wir.", ""},
         {"fr", "S'ils baissaient le prix, je signerais demain.", ""},
         {"es", "Si bajaran el precio, firmaría mañana.", ""}});
}

TEST(Statements, TellsWhoHoldsThem) {
  check({{"en", "I am afraid of losing the data.", "fear author present"},
         {"en", "My boss is afraid of losing the data.", "fear other present"},
         {"de", "Ich habe Angst um die Daten.", "fear author present"},
         {"de", "Meine Chefin hat Angst um die Daten.", "fear other present"},
         {"fr", "J'ai peur de perdre les données.", "fear author present"},
         {"fr", "Mon patron craint de perdre les données.", "fear other present"},
         {"es", "Tengo miedo de perder los datos.", "fear author present"},
         {"es", "Mi jefa teme perder los datos.", "fear other present"},
         {"en", "We guarantee delivery within a day.", "promise author present"},
         {"en", "They promised delivery within a day.", "promise other past"},
         {"de", "Der Verkäufer hat versprochen, dass es passt.", "promise other past"}});
}

TEST(Statements, TellsWhenTheyAre) {
  check({{"en", "We're switching to another bank next month.", "switching author future"},
         {"en", "Switched to another bank last autumn.", "switching author past"},
         {"en", "I'm ordering the bigger lathe tomorrow.", "buying author future"},
         {"de", "Letztes Jahr haben wir den Anbieter gewechselt.", "switching author past"},
         {"de", "Wir bestellen morgen sechs Pumpen.", "buying author future"},
         {"fr", "Demain je commande la grande table.", "buying author future"},
         {"es", "Mañana encargo la mesa grande.", "buying author future"}});
}

TEST(Statements, TellsQuestionsFromWishes) {
  check({{"en", "Does it fit through a narrow door?", "question author present"},
         {"en", "Any chance of a longer trial?", "want author present"},
         {"en", "Who on earth buys that?", ""},
         {"de", "Passt das durch eine schmale Tür?", "question author present"},
         {"fr", "Le tarif s'applique à partir de combien d'unités ?", "question author present"},
         {"es", "¿Alguien sabe si cabe por la puerta?", "question author present"}});
}

TEST(Statements, JoinsClausesOfOneKind) {
  EXPECT_EQ(said("en", "Nobody came, nobody rang."), "pain author past");
}

}  // namespace
}  // namespace plumbline
