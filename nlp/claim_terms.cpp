#include "nlp/claim_terms.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/embedded.h"
#include "base/text.h"
#include "nlp/pattern_file.h"
#include "nlp/talk_words.h"

namespace plumbline {
namespace {

struct Ending {
  std::string_view text;
  std::size_t rest;  // letters that must stay
};

// Longest first.
constexpr Ending kStemEndings[] = {
    {"ations", 4}, {"eries", 4}, {"ation", 4}, {"ements", 4}, {"ement", 4}, {"ments", 4},
    {"iendo", 4},  {"ieron", 4}, {"ungen", 4}, {"mente", 4},  {"ment", 4},  {"ings", 3},
    {"ness", 4},   {"ando", 4},  {"aron", 4},  {"ados", 4},   {"adas", 4},  {"idos", 4},
    {"idas", 4},   {"ing", 3},   {"ung", 4},   {"ers", 4},    {"ery", 4},   {"ies", 4},
    {"ion", 4},    {"ado", 4},   {"ada", 4},   {"ido", 4},    {"ida", 4},   {"ato", 4},
    {"ata", 4},    {"ed", 3},    {"er", 4},    {"en", 4},     {"es", 4},    {"em", 4},
    {"os", 4},     {"as", 4},    {"an", 4},    {"ly", 4},     {"ar", 4},    {"ez", 4},
    {"s", 3},      {"e", 4},     {"n", 4},     {"y", 4},      {"o", 4},     {"a", 4},
    {"t", 4}};

// Forms that no ending explains.
constexpr std::string_view kIrregular[][2] = {
    {"paid", "pay"},     {"bought", "buy"},        {"broke", "break"},
    {"broken", "break"}, {"kept", "keep"},         {"easily", "easy"},
    {"easier", "easy"},  {"easiest", "easy"},      {"bezahlt", "zahlen"},
    {"zahlt", "zahlen"}, {"geliefert", "liefern"}, {"geantwortet", "antworten"},
    {"reply", "repli"},  {"replied", "repli"},     {"replies", "repli"},
    {"came", "come"},    {"got", "get"},           {"fast", "fast"},
    {"days", "day"},     {"lief", "lauf"},         {"repaid", "repay"},
    {"lasted", "last"},  {"lasts", "last"}};

// Words that carry the same matter; the first one names the group. Kept to what claims of sellers
// are about.
constexpr std::string_view kSame[] = {
    "deliver arrive ship shipping dispatch liefern ankommen entregar llegar livrer",
    "answer reply respond response replied antwort reagieren responder respuesta repondre",
    "support helpdesk hotline kundendienst soporte helpline",
    "cost costs fee charge surcharge kosten gebuhr coste costo tarifa comision",
    "hidden surprise versteckt oculto ocultos",
    "subscription abo abonnement suscripcion subscribe",
    "setup install installation einrichten instalar",
    "refund moneyback erstattung reembolso",
    "warranty guarantee garantie garantia",
    "battery akku bateria",
    "last hold durable halten durar"};

// Opposites, parted by a bar: left side names the group.
constexpr std::string_view kOpposite[] = {
    "easy simple effortless intuitive einfach facil|hard difficult complicated confusing "
    "kompliziert schwer dificil complicado",
    "fast quick quickly prompt schnell rapido|slow slowly langsam lento",
    "cheap affordable gunstig barato|expensive overpriced pricey teuer caro",
    "quiet silent leise silencioso|loud noisy laut ruidoso",
    "reliable dependable zuverlassig fiable|unreliable flaky unzuverlassig",
    "secure safe sicher seguro|insecure unsafe hacked unsicher inseguro",
    "friendly polite courteous freundlich amable|rude unfriendly unfreundlich",
    "sturdy solid robust stabil|flimsy fragile brittle",
    "clean sauber limpio|dirty filthy schmutzig sucio"};

// Turns of phrase that mean one thing.
constexpr std::string_view kPhrases[][2] = {{"pay for itself", "payback"},
                                            {"pay for themselves", "payback"},
                                            {"pay itself back", "payback"},
                                            {"pay itself off", "payback"},
                                            {"pay itself", "payback"},
                                            {"pay it back", "payback"},
                                            {"pay off", "payback"},
                                            {"pay back", "payback"},
                                            {"payback", "payback"},
                                            {"earn its money back", "payback"},
                                            {"earn back its cost", "payback"},
                                            {"recoup", "payback"},
                                            {"zahlen gemacht", "payback"},
                                            {"rechnet sich", "payback"},
                                            {"amortisiert", "payback"},
                                            {"se pago solo", "payback"},
                                            {"se paga solo", "payback"},
                                            {"se amortiza", "payback"},
                                            {"se pago sola", "payback"},
                                            {"se paga sola", "payback"},
                                            {"se amortizo", "payback"},
                                            {"set up", "setup"},
                                            {"setting up", "setup"},
                                            {"money back", "refund"},
                                            {"monthly fee", "subscription"},
                                            {"call back", "answer"},
                                            {"get back to", "answer"},
                                            {"hear back", "answer"},
                                            {"pick up", "answer"},
                                            {"show up", "deliver"},
                                            {"turn up", "deliver"},
                                            {"customer service", "support"},
                                            {"customer care", "support"},
                                            {"customer support", "support"},
                                            {"help desk", "support"},
                                            {"gebuhr monatlich", "subscription"}};

constexpr std::string_view kNegations =
    "no not never without nothing nobody none neither nor hardly barely don't dont doesn't doesnt "
    "didn't didnt won't wont isn't isnt wasn't wasnt aren't weren't haven't havent hasn't hasnt "
    "can't cant cannot couldn't wouldn't ain't zero "
    "nicht kein keine keinen keiner keinerlei nie niemals ohne sin ningun ninguna nunca jamas ni "
    "pas sans jamais aucun aucune non senza mai nessun nessuna nao sem nenhum nenhuma niet geen "
    "nooit zonder";
constexpr std::string_view kAgainst =
    "late delayed overdue forever slow slowly fail failed fails failing refused refuses ignored "
    "ignores joke myth lie lied lies false untrue bogus supposedly allegedly nowhere broken wait "
    "waiting waited far impossible funniest laughable hilarious boldest ages "
    "verspatet falsch gelogen warte warten gewartet tarde mentira falso espera esperando esperar "
    "retard menti ritardo atraso";

struct NumberWord {
  std::string_view word;
  double value;
};
constexpr NumberWord kNumbers[] = {
    {"a", 1},       {"an", 1},      {"one", 1},      {"two", 2},     {"three", 3},   {"four", 4},
    {"five", 5},    {"six", 6},     {"seven", 7},    {"eight", 8},   {"nine", 9},    {"ten", 10},
    {"eleven", 11}, {"twelve", 12}, {"fifteen", 15}, {"twenty", 20}, {"thirty", 30}, {"forty", 40},
    {"half", 0.5},  {"couple", 2},  {"few", 3},      {"several", 4}, {"ein", 1},     {"eine", 1},
    {"einem", 1},   {"einer", 1},   {"zwei", 2},     {"drei", 3},    {"vier", 4},    {"funf", 5},
    {"sechs", 6},   {"sieben", 7},  {"acht", 8},     {"neun", 9},    {"zehn", 10},   {"un", 1},
    {"una", 1},     {"dos", 2},     {"tres", 3},     {"cuatro", 4},  {"cinco", 5},   {"seis", 6},
    {"siete", 7},   {"ocho", 8},    {"nueve", 9},    {"diez", 10},   {"same", 1},    {"next", 1},
    {"the", 1},     {"first", 1},   {"per", 1}};

struct TermUnit {
  std::string_view words;
  double hours;
};
constexpr TermUnit kUnits[] = {{"minute minutes min mins minuten minuto minutos", 1.0 / 60},
                               {"hour hours hr hrs stunde stunden hora horas heure heures", 1},
                               {"day days tag tagen tage dia dias jour jours", 24},
                               {"week weeks woche wochen semana semanas semaine semaines", 168},
                               {"month months monat monate monaten mes meses mois", 730},
                               {"year years yr yrs jahr jahre jahren ano anos", 8760},
                               {"quarter quarters season seasons", 2190}};

template <class Each>
void each_word(std::string_view list, Each each) {
  for (std::string_view word : split(list, ' ')) {
    if (!word.empty()) each(word);
  }
}

struct NamedTerm {
  std::string name;
  bool opposite = false;
};

// The lists above, by stem or by word.
struct Tables {
  std::unordered_map<std::string, std::string> irregular;
  std::unordered_map<std::string, NamedTerm> groups;  // by stem
  std::unordered_map<std::string, std::vector<std::pair<std::vector<std::string>, std::string>>>
      phrases;  // by first word
  std::unordered_set<std::string> negations, against, stop;
  std::unordered_map<std::string, double> numbers, units;
};

// Irregular forms first, then at most two endings off.
std::string cut(std::string_view word, const Tables& tables) {
  std::string out(word);
  if (auto known = tables.irregular.find(out); known != tables.irregular.end()) out = known->second;
  for (int round = 0; round < 2; ++round) {
    for (const Ending& ending : kStemEndings) {
      if (out.size() < ending.text.size() + ending.rest || !out.ends_with(ending.text)) continue;
      out.resize(out.size() - ending.text.size());
      break;
    }
  }
  return out;
}

void fill_groups(Tables& out) {
  for (std::string_view group : kSame) {
    std::string name(group.substr(0, group.find(' ')));
    each_word(group, [&](std::string_view word) { out.groups[cut(word, out)] = {name, false}; });
  }
  for (std::string_view pair : kOpposite) {
    std::string name(pair.substr(0, pair.find(' ')));
    std::size_t bar = pair.find('|');
    each_word(pair.substr(0, bar), [&](std::string_view w) { out.groups[cut(w, out)] = {name}; });
    each_word(pair.substr(bar + 1), [&](std::string_view word) {
      out.groups[cut(word, out)] = {name, true};
    });
  }
}

Tables make_tables() {
  Tables out;
  for (const auto& [form, base] : kIrregular) out.irregular[std::string(form)] = base;
  fill_groups(out);
  for (const auto& [phrase, name] : kPhrases) {
    std::vector<std::string> words;
    each_word(phrase, [&](std::string_view word) { words.push_back(cut(word, out)); });
    std::string first = words.front();
    out.phrases[first].emplace_back(std::move(words), std::string(name));
  }
  each_word(kNegations, [&](std::string_view word) { out.negations.emplace(word); });
  each_word(kAgainst, [&](std::string_view word) { out.against.emplace(word); });
  for (const NumberWord& number : kNumbers) out.numbers[std::string(number.word)] = number.value;
  for (const TermUnit& unit : kUnits) {
    each_word(unit.words,
              [&](std::string_view word) { out.units[std::string(word)] = unit.hours; });
  }
  for (const EmbeddedFile& file : embedded_below("lang/")) {
    if (!file.path.ends_with("/stop.txt")) continue;
    if (auto words = read_stop_words(std::string(file.path), file.bytes)) {
      out.stop.insert(words->begin(), words->end());
    }
  }
  return out;
}

const Tables& tables() {
  static const Tables known = make_tables();
  return known;
}

// The number a word stands for, 0 for none.
double number_of(const std::string& word) {
  if (auto known = tables().numbers.find(word); known != tables().numbers.end()) {
    return known->second;
  }
  if (word.size() > 5 ||
      !std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return 0;
  }
  double value = 0;
  for (char c : word) value = value * 10 + (c - '0');
  return value;
}

// Words of a sentence, folded and plain, and their stems.
struct Reduced {
  std::vector<std::string> words, stems;
};

// NumberWord of words from `at` on that make a duration, 0 for none.
std::uint32_t read_duration(const Reduced& text, std::size_t at, double& hours) {
  const Tables& known = tables();
  double number = number_of(text.words[at]);
  if (number > 0) {
    for (std::size_t next = at + 1; next < text.words.size() && next <= at + 3; ++next) {
      if (auto unit = known.units.find(text.words[next]); unit != known.units.end()) {
        if (next + 1 < text.words.size() && text.words[next + 1] == "ago") return 0;
        hours = number * unit->second;
        return static_cast<std::uint32_t>(next - at + 1);
      }
      const std::string& between = text.words[next];
      bool fills = between == "of" || between == "full" || between == "working" ||
                   between == "business" || between == "whole" || number_of(between) > 0;
      if (!fills) return 0;
      if (double inner = number_of(between); inner > 1) number *= inner;
    }
    return 0;
  }
  auto unit = known.units.find(text.words[at]);
  if (unit == known.units.end() || !text.words[at].ends_with('s')) return 0;
  hours = 3 * unit->second;
  return 1;
}

std::uint32_t read_phrase(const Reduced& text, std::size_t at, std::string& name) {
  auto known = tables().phrases.find(text.stems[at]);
  if (known == tables().phrases.end()) return 0;
  std::size_t longest = 0;
  for (const auto& [words, meaning] : known->second) {
    if (words.size() <= longest || at + words.size() > text.stems.size()) continue;
    if (!std::equal(words.begin(), words.end(), text.stems.begin() + static_cast<long>(at))) {
      continue;
    }
    longest = words.size();
    name = meaning;
  }
  return static_cast<std::uint32_t>(longest);
}

void read_word(const Reduced& text, std::size_t at, ClaimTerm& term) {
  const Tables& known = tables();
  const std::string& word = text.words[at];
  if (known.negations.count(word) > 0) {
    term.kind = ClaimTerm::Kind::negation;
    return;
  }
  auto group = known.groups.find(text.stems[at]);
  if (known.against.count(word) > 0) {
    term.kind = ClaimTerm::Kind::against;
    if (group == known.groups.end()) return;
  } else if (group == known.groups.end() && known.stop.count(word) > 0) {
    return;
  } else if (number_of(word) > 0) {
    return;
  } else {
    term.kind = ClaimTerm::Kind::content;
  }
  term.name = group == known.groups.end() ? text.stems[at] : group->second.name;
  term.opposite = group != known.groups.end() && group->second.opposite;
}

}  // namespace

std::string stem(std::string_view plain_word) { return cut(plain_word, tables()); }

void claim_terms(const Prepared& text, std::uint32_t first, std::uint32_t last,
                 std::vector<ClaimTerm>& out) {
  out.clear();
  Reduced reduced;
  for (std::uint32_t w = first; w < last; ++w) {
    reduced.words.push_back(plain(text.words[w].folded));
    reduced.stems.push_back(stem(reduced.words.back()));
  }
  for (std::uint32_t at = 0; at < reduced.words.size();) {
    ClaimTerm& term = out.emplace_back();
    std::uint32_t length = read_duration(reduced, at, term.hours);
    if (length > 0) {
      term.kind = ClaimTerm::Kind::duration;
      term.soft = reduced.words[at] == "same" || reduced.words[at] == "next";
    } else if (length = read_phrase(reduced, at, term.name); length > 0) {
      term.kind = ClaimTerm::Kind::content;
    } else {
      length = 1;
      read_word(reduced, at, term);
    }
    term.first = first + at;
    term.last = first + at + length - 1;
    at += length;
  }
}

std::vector<std::string> words_of_term(const std::string& name) {
  std::vector<std::string> out;
  for (const auto& [known, group] : tables().groups) {
    if (group.name == name) out.push_back(known);
  }
  for (const auto& [first, phrases] : tables().phrases) {
    for (const auto& [words, meaning] : phrases) {
      if (meaning != name) continue;
      out.push_back(*std::max_element(
          words.begin(), words.end(),
          [](const std::string& a, const std::string& b) { return a.size() < b.size(); }));
    }
  }
  if (out.empty()) out.push_back(name);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

int answer_of(std::string_view plain_word) {
  for (std::string_view word : {"no", "not", "nope", "never", "nein", "nicht", "hardly", "if",
                                "only", "nunca", "non", "ha", "haha", "lol", "nee", "nada"}) {
    if (plain_word == word) return -1;
  }
  for (std::string_view word : {"yes", "yep", "yeah", "true", "indeed", "ja", "si", "oui", "sim",
                                "absolutely", "correct", "check"}) {
    if (plain_word == word) return 1;
  }
  return 0;
}

bool asks_openly(std::string_view plain_word) {
  for (std::string_view word :
       {"how",     "what",  "when",     "why",    "who",  "which",  "where", "wie",
        "was",     "wann",  "warum",    "wer",    "como", "cuando", "que",   "quien",
        "comment", "quand", "pourquoi", "anyone", "does", "is",     "has",   "can"}) {
    if (plain_word == word) return true;
  }
  return false;
}

}  // namespace plumbline
